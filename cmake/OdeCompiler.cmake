# Flags that every target shares. Pixels must not depend on the compiler, so contraction of a·b+c into one rounding is
# off and fast-math never on (ARCHITECTURE, deterministic pixels).
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_compile_options(-ffp-contract=off -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror=return-type)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # ODE_TRY is a GNU statement expression on purpose.
  add_compile_options(-Wno-gnu-statement-expression)
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)  # lets ccache see which precompiled header a file uses
endif()

set(ODE_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined")
if(ODE_SANITIZE)
  add_compile_options(-fsanitize=${ODE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ODE_SANITIZE})
  # Poppler's library exports no type information for classes it keeps to itself, which the vptr check would need.
  add_compile_options(-fno-sanitize=vptr)
endif()
if(ODE_BUILD_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# What ccache asks of precompiled headers is in its manual; paths below the source folder are cached as relative, so that a fresh clone beside this one finds its objects made.
find_program(ODE_CCACHE ccache)
if(ODE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${ODE_CCACHE})
endif()
