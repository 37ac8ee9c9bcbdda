# How everything here is compiled: the standard, the sanitizers, the cache.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# clang gives up on a constant after a million steps, and whether a table is sound takes more.
add_compile_options($<$<CXX_COMPILER_ID:Clang>:-fconstexpr-steps=100000000>)

set_property(GLOBAL PROPERTY USE_FOLDERS ON)
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Kind of build; the presets set it" FORCE)
endif()

# All build folders of all copies of the project share the cache: paths are hashed as seen from the build folder, and that folder's own name is not.
find_program(BIBMILL_CCACHE ccache)
# Not where what a run did is counted: g++ finds the counts by the very paths that it was given, of which the cache shortens some.
if(BIBMILL_CCACHE AND NOT BIBMILL_PROFILE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_NOHASHDIR=1 "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" "${BIBMILL_CCACHE}")
endif()

# Most of the time goes into reading the same headers again and again. The presets dev and fuzz compile each file alone, so that none lives off another's includes.
if(BIBMILL_UNITY)
  set(CMAKE_UNITY_BUILD ON)
  set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)
endif()

if(BIBMILL_SANITIZE)
  list(JOIN BIBMILL_SANITIZE "," sanitizers)
  # Every finding ends the test: an undefined shift that is only printed is a shift that nobody reads.
  add_compile_options(-fsanitize=${sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${sanitizers})
  if("undefined" IN_LIST BIBMILL_SANITIZE AND "address" IN_LIST BIBMILL_SANITIZE AND NOT BIBMILL_FUZZ)
    # Checks of each pointer for null, alignment, size and type take a third of the time to compile. The preset fuzz has them all.
    add_compile_options(-fno-sanitize=null,alignment,object-size,vptr)
  endif()
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

# Everything ends in one program: no function of it is replaced by another's at run time, so all may be inlined although the code is position-independent.
# (Link-time optimisation on top was measured: 3 to 5 % more instructions, and a minute for each link.)
add_compile_options($<$<CONFIG:Release>:-fno-semantic-interposition>)

# g++ fills and copies what has from 32 bytes to 8 KiB by `rep stos` and `rep movs`, which take some thirty cycles to begin; records are full of values of 100 to 200 bytes.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|i[3-6]86)$")
  set(how unrolled_loop:256:noalign,libcall:-1:noalign)
  add_compile_options($<$<CONFIG:Release>:-mmemset-strategy=${how}> $<$<CONFIG:Release>:-mmemcpy-strategy=${how}>)
endif()
