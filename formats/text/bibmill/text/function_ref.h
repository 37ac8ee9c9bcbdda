// FunctionRef: a call-back that is lent for the length of one call.
//
// Two words, no allocation, no ownership: what it refers to must live as long as the call that takes it.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace bibmill::text {

template <class Signature>
class FunctionRef;

template <class Result, class... Arguments>
class FunctionRef<Result(Arguments...)> {
 public:
  template <class Callable>
  requires(!std::is_same_v<std::remove_cvref_t<Callable>, FunctionRef> && std::is_invocable_r_v<Result, Callable&, Arguments...>)
      FunctionRef(Callable&& callable) {  // NOLINT: a lambda is passed as it stands
    using Target = std::remove_reference_t<Callable>;
    if constexpr (std::is_function_v<Target>) {
      target_.function = reinterpret_cast<void (*)()>(&callable);
      call_ = [](Storage target, Arguments... arguments) -> Result {
        return reinterpret_cast<Target*>(target.function)(std::forward<Arguments>(arguments)...);
      };
    } else {
      target_.object = const_cast<void*>(static_cast<const void*>(std::addressof(callable)));
      call_ = [](Storage target, Arguments... arguments) -> Result {
        return (*static_cast<Target*>(target.object))(std::forward<Arguments>(arguments)...);
      };
    }
  }

  Result operator()(Arguments... arguments) const { return call_(target_, std::forward<Arguments>(arguments)...); }

 private:
  union Storage {
    void* object;
    void (*function)();
  };

  Storage target_{};
  Result (*call_)(Storage, Arguments...) = nullptr;
};

}  // namespace bibmill::text
