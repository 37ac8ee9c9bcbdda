# Compiling by what a run of the program did: first with counters, then, once these have counted something, by them (`./bootstrap optimise` does all of it).

set(BIBMILL_PROFILE "" CACHE STRING "record: count in each run what it does; use: compile by these counts; both in one build folder, where the counts are")
set_property(CACHE BIBMILL_PROFILE PROPERTY STRINGS "" record use)

if(BIBMILL_PROFILE AND NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  message(FATAL_ERROR "BIBMILL_PROFILE knows the options of g++ alone")
endif()
if(BIBMILL_PROFILE STREQUAL "record")
  add_compile_options(-fprofile-generate)
  add_link_options(-fprofile-generate)
elseif(BIBMILL_PROFILE STREQUAL "use")
  # What no run came to is compiled as it would be without counts.
  add_compile_options(-fprofile-use -fprofile-partial-training -Wno-missing-profile)
elseif(BIBMILL_PROFILE)
  message(FATAL_ERROR "BIBMILL_PROFILE is record or use, not ${BIBMILL_PROFILE}")
endif()
