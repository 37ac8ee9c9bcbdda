# Finds the libraries that bibmill builds on. Each is linked by the one target that uses it; only fmt is in public headers.

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

# bibmill_import_library(target header.h name [OPTIONAL]): the archive with BIBMILL_STATIC, where there is one, else the shared library.
# OPTIONAL: no target where it is absent.
function(bibmill_import_library target header library)
  set(required REQUIRED)
  if("OPTIONAL" IN_LIST ARGN)
    set(required "")
  endif()
  set(names ${library})
  if(BIBMILL_STATIC)
    set(names ${CMAKE_STATIC_LIBRARY_PREFIX}${library}${CMAKE_STATIC_LIBRARY_SUFFIX} ${library})
  endif()
  string(MAKE_C_IDENTIFIER "BIBMILL_${library}" name)
  find_path(${name}_INCLUDE_DIR ${header} ${required})
  find_library(${name}_LIBRARY NAMES ${names} ${required})
  mark_as_advanced(${name}_INCLUDE_DIR ${name}_LIBRARY)
  if(NOT ${name}_INCLUDE_DIR OR NOT ${name}_LIBRARY)
    return()
  endif()
  add_library(${target} UNKNOWN IMPORTED GLOBAL)
  set_target_properties(${target} PROPERTIES
    IMPORTED_LOCATION "${${name}_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${${name}_INCLUDE_DIR}")
endfunction()

find_package(fmt 9 REQUIRED)
find_package(LibXml2 2.9 REQUIRED)
find_package(simdjson 3 REQUIRED)
bibmill_import_library(bibmill_utf8proc utf8proc.h utf8proc)
bibmill_import_library(bibmill_yaml_cpp yaml-cpp/yaml.h yaml-cpp)
bibmill_import_library(bibmill_nettle nettle/sha2.h nettle)
bibmill_import_library(bibmill_zstd zstd.h zstd OPTIONAL)

# bibmill_load_libxml2(target): it includes libxml2's headers and loads the library when it is needed, under the name that its installed version has.
function(bibmill_load_libxml2 target)
  get_target_property(library LibXml2::LibXml2 IMPORTED_LOCATION)
  file(REAL_PATH "${library}" library)
  cmake_path(GET library FILENAME library)
  string(REGEX REPLACE "^(.*\\.so\\.[0-9]+).*$" "\\1" library "${library}")
  target_compile_definitions(${target} PRIVATE BIBMILL_LIBXML2="${library}")
  target_include_directories(${target} SYSTEM PRIVATE $<TARGET_PROPERTY:LibXml2::LibXml2,INTERFACE_INCLUDE_DIRECTORIES>)
endfunction()

set(ZLIB_USE_STATIC_LIBS ${BIBMILL_STATIC})
find_package(ZLIB REQUIRED)

set(Boost_USE_STATIC_LIBS ${BIBMILL_STATIC})
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)

if(BIBMILL_TESTS)
  find_package(GTest 1.12 REQUIRED)
  find_package(rapidcheck REQUIRED)
endif()
if(BIBMILL_BENCH)
  find_package(benchmark 1.7 REQUIRED)
endif()
