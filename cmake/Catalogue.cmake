# The file's name is its registration.
#
# A catalogue is a generated source file that calls one function per file found, in the order of their names, so that nothing is
# registered twice, forgotten by the linker, or run before main. Adding formats/<id>/format.cpp, converters/steps/<name>.cpp or
# cli/commands/<name>.cpp adds the format, the step or the command.

# bibmill_catalogue(out
#   NAMES ris yaml …            what was found, one registration each
#   HEADER <bibmill/step.h>     declares the element type and the function FUNCTION
#   NAMESPACE bibmill::steps    where the registrations are defined
#   ELEMENT ::bibmill::StepDescriptor   FUNCTION bibmill::all_steps
#   FACTORY @NAME@              the name of one registration's function
#   [MANY | ROWS])              it returns a span of pointers, or of rows, rather than one reference
#
# Sets out to the path of the generated source.
function(bibmill_catalogue out)
  cmake_parse_arguments(PARSE_ARGV 1 arg "MANY;ROWS" "FILE;HEADER;NAMESPACE;ELEMENT;FUNCTION;FACTORY" "NAMES")
  set(NAMES ${arg_NAMES})
  list(SORT NAMES)
  set(declarations "")
  set(collect "")
  foreach(NAME IN LISTS NAMES)
    string(CONFIGURE "${arg_FACTORY}" factory @ONLY)
    if(arg_MANY)
      string(APPEND declarations "std::span<const ${arg_ELEMENT}* const> ${factory}();\n")
      string(APPEND collect "    for (const auto* element : ${arg_NAMESPACE}::${factory}()) {\n      all.push_back(element);\n    }\n")
    elseif(arg_ROWS)
      string(APPEND declarations "std::span<const ${arg_ELEMENT}> ${factory}();\n")
      string(APPEND collect "    for (const auto& element : ${arg_NAMESPACE}::${factory}()) {\n      all.push_back(&element);\n    }\n")
    else()
      string(APPEND declarations "const ${arg_ELEMENT}& ${factory}();\n")
      string(APPEND collect "    all.push_back(&${arg_NAMESPACE}::${factory}());\n")
    endif()
  endforeach()
  set(HEADER "${arg_HEADER}")
  set(NAMESPACE "${arg_NAMESPACE}")
  set(ELEMENT "${arg_ELEMENT}")
  set(FUNCTION "${arg_FUNCTION}")
  set(path "${CMAKE_CURRENT_BINARY_DIR}/${arg_FILE}")
  # Written only when it differs: a file added elsewhere rebuilds nothing here.
  configure_file("${PROJECT_SOURCE_DIR}/cmake/catalogue.cpp.in" "${path}" @ONLY)
  set(${out} "${path}" PARENT_SCOPE)
endfunction()

# bibmill_stems(out steps/*.cpp): the names of the matching files in the current folder, without folder and extension.
function(bibmill_stems out pattern)
  file(GLOB files CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${pattern}")
  set(stems "")
  foreach(file IN LISTS files)
    cmake_path(GET file STEM stem)
    list(APPEND stems ${stem})
  endforeach()
  set(${out} ${stems} PARENT_SCOPE)
endfunction()

# bibmill_embed(out FILE kName header.h [PIECES]): a text file as `constexpr std::string_view bibmill::kName` in a generated header; PIECES: as an array of its pieces,
# for what is longer than compilers let one literal be.
function(bibmill_embed out file name header)
  file(READ "${file}" content)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  cmake_path(GET file FILENAME source)
  set(brackets "")
  set(comma "")
  if("PIECES" IN_LIST ARGN)
    set(brackets "[]")
    set(comma ",")
  endif()
  # In pieces: compilers limit the length of one literal.
  set(literals "")
  string(LENGTH "${content}" length)
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${content}" ${at} 8000 piece)
    string(APPEND literals "    R\"~(${piece})~\"${comma}\n")
    math(EXPR at "${at} + 8000")
  endwhile()
  if("PIECES" IN_LIST ARGN)
    set(literals "  {\n${literals}    }\n")
  endif()
  set(path "${CMAKE_CURRENT_BINARY_DIR}/${header}")
  file(CONFIGURE OUTPUT "${path}" @ONLY CONTENT "// Generated from ${source} (cmake/Catalogue.cmake).
#pragma once

#include <string_view>

namespace bibmill {

inline constexpr std::string_view ${name}${brackets} =
${literals}    ;

}  // namespace bibmill
")
  set(${out} "${path}" PARENT_SCOPE)
endfunction()

# bibmill_embed_files(out Element kName header.h file…): text files as rows {name, text} of `constexpr bibmill::Element bibmill::kName[]`, by their names without folder and extension.
# The header that declares Element is included before this one.
function(bibmill_embed_files out element name header)
  set(rows "")
  set(files ${ARGN})
  list(SORT files)
  foreach(file IN LISTS files)
    file(READ "${file}" content)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
    cmake_path(GET file STEM stem)
    string(APPEND rows "    {\"${stem}\", R\"~(${content})~\"},\n")
  endforeach()
  set(path "${CMAKE_CURRENT_BINARY_DIR}/${header}")
  file(CONFIGURE OUTPUT "${path}" @ONLY CONTENT "// Generated from text files (cmake/Catalogue.cmake).
#pragma once

namespace bibmill {

inline constexpr ${element} ${name}[] = {
${rows}};

}  // namespace bibmill
")
  set(${out} "${path}" PARENT_SCOPE)
endfunction()

# Notes a format for bibmill_add_format_catalogue(), if its folder has a descriptor.
function(bibmill_catalogue_add_format name)
  bibmill_stems(descriptor format.cpp)
  if(descriptor)
    set_property(GLOBAL APPEND PROPERTY BIBMILL_FORMATS ${name})
  endif()
endfunction()

# The target bibmill::catalogue: every format, behind bibmill::all_formats().
function(bibmill_add_format_catalogue)
  get_property(formats GLOBAL PROPERTY BIBMILL_FORMATS)
  bibmill_catalogue(source NAMES ${formats} FILE catalogue.cpp MANY
    HEADER "<bibmill/catalogue.h>" NAMESPACE bibmill::formats FACTORY "@NAME@_formats"
    ELEMENT ::bibmill::Format FUNCTION bibmill::all_formats)
  add_library(bibmill_catalogue STATIC "${source}")
  add_library(bibmill::catalogue ALIAS bibmill_catalogue)
  bibmill_set_warnings(bibmill_catalogue)
  list(TRANSFORM formats PREPEND bibmill::)
  target_link_libraries(bibmill_catalogue PUBLIC bibmill::core PRIVATE ${formats})
endfunction()
