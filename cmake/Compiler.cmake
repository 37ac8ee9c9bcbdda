# How everything here is compiled: the standard, the sanitizers, the cache, the link-time optimisation.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

set_property(GLOBAL PROPERTY USE_FOLDERS ON)
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Kind of build; the presets set it" FORCE)
endif()

# All build folders of all copies of the project share the cache: paths are hashed as seen from the build folder, and that folder's own name is not.
find_program(BIBMILL_CCACHE ccache)
if(BIBMILL_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_NOHASHDIR=1 "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" "${BIBMILL_CCACHE}")
endif()

if(BIBMILL_SANITIZE)
  list(JOIN BIBMILL_SANITIZE "," sanitizers)
  # Every finding ends the test: an undefined shift that is only printed is a shift that nobody reads.
  add_compile_options(-fsanitize=${sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${sanitizers})
  add_compile_definitions(BIBMILL_SANITIZED)
endif()

if(BIBMILL_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "libFuzzer comes with clang: use the preset fuzz, or -DCMAKE_CXX_COMPILER=clang++")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(BIBMILL_COVERAGE)
  add_compile_options(--coverage -fprofile-abs-path)
  add_link_options(--coverage)
endif()

# Out-of-range indices and emptied optionals abort in every build that a developer runs.
add_compile_definitions($<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)

# Only the program is linked with link-time optimisation. The libraries keep ordinary code beside the intermediate one, so
# that the dozens of test programs link as fast as ever.
set(bibmill_lto_compile_options "")
set(bibmill_lto_link_options "")
if(BIBMILL_LTO AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(bibmill_lto_compile_options -flto=auto -ffat-lto-objects)
  set(bibmill_lto_link_options -flto=auto -fuse-linker-plugin)
endif()
