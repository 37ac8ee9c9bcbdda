# bibmill_add_format(NAME ris LINKS bibmill::tagged [PRIVATE library...])
#
# One format, one folder: a static library bibmill_<name> of every source in it. The folder exports no header, so that no format
# and no converter can lean on another format's inside; what the world sees is the descriptor in format.cpp, which the catalogue finds.

function(bibmill_add_format)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME" "LINKS;PRIVATE")
  cmake_path(GET CMAKE_CURRENT_SOURCE_DIR FILENAME folder)
  if(NOT arg_NAME STREQUAL folder)
    message(FATAL_ERROR "The format ${arg_NAME} lives in the folder ${folder}: a format is named after its folder")
  endif()
  if(IS_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}/bibmill")
    message(FATAL_ERROR "formats/${folder}/bibmill: a format exports no header")
  endif()
  bibmill_add_library(${arg_NAME} GLOB *.cpp PUBLIC ${arg_LINKS} PRIVATE ${arg_PRIVATE})
  bibmill_catalogue_add_format(${arg_NAME})
endfunction()
