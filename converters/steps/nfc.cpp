// nfc: the step unicode without options, under the name that it had before it had any.
#include "bibmill/step.h"

namespace bibmill::steps {

namespace {

constexpr StepExample kExamples[] = {{"nfc", "\"e\" and a combining acute accent become \"é\""}};

}  // namespace

const StepDescriptor& nfc() {
  static constexpr StepDescriptor kStep = {
      "nfc",
      "put all text into Unicode's normal form C",
      "The same as the step unicode without options. Letters and the marks that follow them become one character where there is one. Extras and keys stay as they were written. One record at a time.",
      {},
      kExamples,
      [](std::span<const StepArgument>) -> AnyStep { return make_step("unicode"); },
  };
  return kStep;
}

}  // namespace bibmill::steps
