// nfc: all text in Unicode's normal form C.
#include <memory>

#include "bibmill/reflect.h"
#include "bibmill/step.h"
#include "bibmill/text/unicode.h"

namespace bibmill::steps {

namespace {

/// Composes every text of a value, its raw text excepted; whether anything changed.
template <class T>
bool compose(Arena& arena, T& value) {
  if constexpr (std::is_same_v<T, Str>) {
    if (text::is_nfc(value)) return false;
    value = text::nfc(arena, value);
    return true;
  } else if constexpr (IsList<T>::value) {
    bool changed = false;
    for (auto& element : value) changed = compose(arena, element) || changed;
    return changed;
  } else if constexpr (Described<T>) {
    bool changed = false;
    T::members([&](std::string_view name, auto member, std::string_view) {
      if (name != "raw") changed = compose(arena, value.*member) || changed;
    });
    if constexpr (requires { value.raw; }) {
      if (changed) value.raw = {};
    }
    return changed;
  } else {
    return false;
  }
}

class Nfc final : public Step {
 public:
  Verdict record(Record& record, DiagnosticSink&) const override {
    bool changed = false;
    for (Item& item : record.items()) {
      Entry* const entry = std::get_if<Entry>(&item);
      if (entry == nullptr) continue;
      if (!std::visit([&](auto& value) { return compose(record.arena(), value); }, entry->value)) continue;
      entry->raw = {};
      changed = true;
    }
    if (changed) record.layout = {};
    return Verdict::Keep;
  }
};

constexpr StepExample kExamples[] = {{"nfc", "\"e\" and a combining acute accent become \"é\""}};

}  // namespace

const StepDescriptor& nfc() {
  static constexpr StepDescriptor kStep = {
      "nfc",
      "put all text into Unicode's normal form C",
      "Letters and the marks that follow them become one character where there is one. Extras and keys stay as they were "
      "written.",
      {},
      kExamples,
      [](std::span<const StepArgument>) -> AnyStep { return std::make_unique<const Nfc>(); },
  };
  return kStep;
}

}  // namespace bibmill::steps
