# One object library per folder of engine/, with its unit tests beside it: foo.cpp is built into ode_<folder>,
# foo_test.cpp into the test program <folder>_tests. Adding a file needs no change here.
set_property(GLOBAL PROPERTY ODE_FLOORS "")

# Reading the standard headers is four fifths of compiling our small files, so they are read once for each target. Files
# still include what they use.
set(ode_precompiled <algorithm> <array> <cmath> <cstdint> <functional> <memory> <optional> <span> <string> <string_view> <unordered_map> <vector>)

# ode_floor(NAME [DEPENDS ode_x …] [LIBRARIES imported …] [TEST_LIBRARIES imported …])
function(ode_floor name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LIBRARIES;TEST_LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/engine/${name}/*.cpp")
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "_bench\\.cpp$")

  add_library(ode_${name} STATIC ${sources})
  target_include_directories(ode_${name} PUBLIC "${CMAKE_SOURCE_DIR}")
  target_link_libraries(ode_${name} PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_LIBRARIES})
  target_precompile_headers(ode_${name} PRIVATE ${ode_precompiled})
  set_property(GLOBAL APPEND PROPERTY ODE_FLOORS ode_${name})

  if(ODE_BUILD_TESTS AND tests)
    add_executable(${name}_tests ${tests})
    target_link_libraries(${name}_tests PRIVATE ode_${name} ${ARG_LIBRARIES} ${ARG_TEST_LIBRARIES} GTest::gmock GTest::gtest_main)
    target_precompile_headers(${name}_tests PRIVATE ${ode_precompiled} <gmock/gmock.h> <gtest/gtest.h>)
    add_test(NAME ${name} COMMAND ${name}_tests)
  endif()
endfunction()
