# bibmill_add_library(NAME GLOB pattern... [EXCEPT file...] [SOURCES generated file...] [PUBLIC library...] [PRIVATE library...]
#                     [DEFINES NAME=value...]
#                     [ALONE pattern...])
#
# A static library bibmill_<name>, known as bibmill::<name>, of the sources in the current folder that the patterns match. Its
# public headers stand in the subfolder bibmill/, if it has one, and are included as <bibmill/...>; all others are included
# with quotes, named from the folder, by the folder's own files.
# ALONE: files that name their tables alike, as each step its options, and are therefore never compiled together (BIBMILL_UNITY).

function(bibmill_add_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "GLOB;EXCEPT;ALONE;SOURCES;PUBLIC;PRIVATE;DEFINES")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "bibmill_add_library(${name}): what is ${arg_UNPARSED_ARGUMENTS}?")
  endif()
  set(sources "")
  foreach(pattern IN LISTS arg_GLOB)
    file(GLOB found CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${pattern}")
    list(APPEND sources ${found})
  endforeach()
  foreach(file IN LISTS arg_EXCEPT)
    list(REMOVE_ITEM sources "${CMAKE_CURRENT_SOURCE_DIR}/${file}")
  endforeach()

  if(arg_ALONE)
    file(GLOB alone CONFIGURE_DEPENDS ${arg_ALONE})
    set_source_files_properties(${alone} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endif()

  set(target bibmill_${name})
  if(NOT sources)
    # Nothing to compile: a library of headers alone.
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE ${arg_PUBLIC})
    bibmill_export_headers(${target} INTERFACE)
    add_library(bibmill::${name} ALIAS ${target})
    return()
  endif()

  add_library(${target} STATIC ${sources} ${arg_SOURCES})
  add_library(bibmill::${name} ALIAS ${target})
  target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
  bibmill_export_headers(${target} PUBLIC)
  target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
  target_compile_definitions(${target} PRIVATE ${arg_DEFINES})
  bibmill_set_warnings(${target})
endfunction()

# Public headers stand in bibmill/ and the folder above it is searched for them; a folder without one exports no header.
function(bibmill_export_headers target scope)
  if(IS_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}/bibmill")
    target_include_directories(${target} ${scope} "${CMAKE_CURRENT_SOURCE_DIR}")
  endif()
endfunction()
