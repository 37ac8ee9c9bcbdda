// A shared library that is loaded when it is first needed: most runs of the program need none of them, and their start costs every run.
#pragma once

#include <string>
#include <type_traits>

namespace bibmill::text {

class LoadedLibrary {
 public:
  /// `purpose` completes "libxml2, which …". Stays loaded for good. Throws std::runtime_error where the library cannot be loaded.
  LoadedLibrary(const char* file, std::string purpose);

  /// The function of that name. Throws std::runtime_error where there is none.
  template <class Function>
  void find(Function*& function, const char* name) const {
    static_assert(std::is_function_v<Function>);
    function = reinterpret_cast<Function*>(symbol(name));  // NOLINT: that is how the system hands functions out
  }

 private:
  void* symbol(const char* name) const;
  [[noreturn]] void fail() const;

  const char* file_;
  std::string purpose_;
  void* handle_ = nullptr;
};

}  // namespace bibmill::text
