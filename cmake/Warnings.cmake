# The warnings that every file compiles without, with g++ and with clang.

function(bibmill_set_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
  if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # clang counts changes of sign among the conversions, g++ does not in C++; one rule for both.
    target_compile_options(${target} PRIVATE -Wno-sign-conversion)
  elseif(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # g++ 12 takes "/" + std::to_string(x) for overlapping memory (GCC bug 105651).
    target_compile_options(${target} PRIVATE -Wno-restrict)
  endif()
  if(BIBMILL_UNITY)
    # What one file keeps to itself the next, compiled with it, is warned of.
    target_compile_options(${target} PRIVATE -Wno-shadow)
    if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
      target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
    endif()
  endif()
  if(BIBMILL_SANITIZE AND NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # g++ takes std::regex under the sanitizers for uninitialized (GCC bug 105562).
    target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)
  endif()
  if(BIBMILL_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()
