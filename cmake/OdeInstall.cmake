# The library for other programs, and what `cmake --install` puts where: bin/ode, lib/libode.{a,so}, include/ode.h,
# share/ode/fonts (OdeFontPack.cmake), a pkg-config file and a CMake package with the targets ode::ode and ode::ode_static.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

get_property(floors GLOBAL PROPERTY ODE_FLOORS)
set(ode_objects "")
foreach(floor IN LISTS floors)
  list(APPEND ode_objects "$<TARGET_OBJECTS:${floor}>")
endforeach()
set(ode_libraries PkgConfig::POPPLER PkgConfig::FREETYPE PkgConfig::LCMS PkgConfig::OPENJPEG PkgConfig::JPEG
    PkgConfig::WEBP PkgConfig::DEFLATE PkgConfig::BROTLI PkgConfig::ZLIB PkgConfig::RE2)

add_library(ode_shared SHARED ${ode_objects})
target_link_libraries(ode_shared PRIVATE ${ode_libraries} Threads::Threads)
target_link_options(ode_shared PRIVATE -Wl,--as-needed -Wl,-O1 "-Wl,--version-script=${CMAKE_SOURCE_DIR}/cmake/libode.map")
set_target_properties(ode_shared PROPERTIES
  OUTPUT_NAME ode EXPORT_NAME ode LINKER_LANGUAGE CXX
  VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}
  LINK_DEPENDS "${CMAKE_SOURCE_DIR}/cmake/libode.map"
  LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")

add_library(ode_static STATIC ${ode_objects})
set_target_properties(ode_static PROPERTIES
  OUTPUT_NAME ode LINKER_LANGUAGE CXX ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")

install(TARGETS ode ode_shared ode_static
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES engine/api/ode.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

configure_file(cmake/ode.pc.in "${CMAKE_BINARY_DIR}/ode.pc" @ONLY)
install(FILES "${CMAKE_BINARY_DIR}/ode.pc" DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

set(ode_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/ode)
configure_package_config_file(cmake/odeConfig.cmake.in "${CMAKE_BINARY_DIR}/odeConfig.cmake"
  INSTALL_DESTINATION ${ode_package_dir}
  PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR)
write_basic_package_version_file("${CMAKE_BINARY_DIR}/odeConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_BINARY_DIR}/odeConfig.cmake" "${CMAKE_BINARY_DIR}/odeConfigVersion.cmake"
  DESTINATION ${ode_package_dir})
