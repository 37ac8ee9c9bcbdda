# bibmill_add_test(name source... [LINKS library...] [LABELS label...] [INCLUDES folder...] [FOLLOWS file...] [SHARDS n] [EACH])
#
# A GoogleTest program. ctest runs it as a whole, since starting thousands of processes takes longer than their tests do; with SHARDS in so many runs that may
# go side by side; with EACH as one run per test, <name>.<Suite>.<Test>, where it matters to the outside which of them are skipped. Single tests are
# run with the program itself: build/dev/tests/laws/laws --gtest_filter='*ris*'. FOLLOWS names data over which the tests are generated.
#
# Labels: unit, laws, cases, fuzz, architecture, interop; sanitize marks what runs a second time in the preset asan
# (cmake --build --preset asan --target sanitize_tests && ctest --preset asan -L sanitize).

include(GoogleTest)

add_custom_target(sanitize_tests COMMENT "The tests that run under the sanitizers are built")

# What every test may know about the place it runs in. A test of the whole program depends on bibmill being built.
function(bibmill_describe_surroundings target)
  target_compile_definitions(${target} PRIVATE
    BIBMILL_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    BIBMILL_SAMPLES="${BIBMILL_SAMPLES}")
  if(TARGET bibmill)
    target_compile_definitions(${target} PRIVATE BIBMILL_BINARY="$<TARGET_FILE:bibmill>")
  endif()
endfunction()

function(bibmill_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "EACH" "SHARDS" "LINKS;LABELS;INCLUDES;FOLLOWS")
  add_executable(${name} ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE ${arg_LINKS} GTest::gmock_main)
  target_include_directories(${name} PRIVATE ${arg_INCLUDES})
  bibmill_set_warnings(${name})
  # What is tested is optimised in full; the tests themselves run for moments and are most of what a release builds.
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  bibmill_describe_surroundings(${name})
  bibmill_follow(${name} "${arg_FOLLOWS}")
  if("sanitize" IN_LIST arg_LABELS)
    add_dependencies(sanitize_tests ${name})
  endif()
  if(arg_EACH)
    bibmill_discover_tests(${name} "${arg_LABELS}")
  else()
    bibmill_add_runs(${name} "${arg_SHARDS}" "${arg_LABELS}")
  endif()
endfunction()

function(bibmill_add_runs name shards labels)
  if(NOT shards)
    set(shards 1)
  endif()
  math(EXPR last "${shards} - 1")
  foreach(shard RANGE ${last})
    set(test ${name})
    if(shards GREATER 1)
      string(APPEND test ".${shard}")
    endif()
    add_test(NAME ${test} COMMAND ${name} --gtest_brief=1 WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
    set_tests_properties(${test} PROPERTIES LABELS "${labels}" TIMEOUT 900
      ENVIRONMENT "GTEST_TOTAL_SHARDS=${shards};GTEST_SHARD_INDEX=${shard}")
  endforeach()
endfunction()

function(bibmill_discover_tests name labels)
  gtest_discover_tests(${name} TEST_PREFIX "${name}." TEST_LIST discovered DISCOVERY_TIMEOUT 120
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    PROPERTIES TIMEOUT 600)
  # gtest_discover_tests takes one label at most (its properties pass through several lists): all are set when ctest reads the tests.
  set(script "${CMAKE_CURRENT_BINARY_DIR}/${name}_labels.cmake")
  file(CONFIGURE OUTPUT "${script}" @ONLY CONTENT
"foreach(test IN LISTS discovered)
  set_tests_properties(\"\${test}\" PROPERTIES LABELS \"@labels@\")
endforeach()
set(discovered)
")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${script}")
endfunction()

# Links the target again when the list of files changes.
function(bibmill_follow target files)
  if(files)
    set(list "${CMAKE_CURRENT_BINARY_DIR}/${target}.follows")
    list(JOIN files "\n" content)
    file(CONFIGURE OUTPUT "${list}" CONTENT "${content}\n" @ONLY)
    set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS "${list}")
  endif()
endfunction()
