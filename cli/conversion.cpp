// The ends of conversions.
#include "conversion.h"

#include "command.h"
#include "output_file.h"

namespace bibmill::cli {

TextReport::Losses how_much(const Arguments& arguments, std::string_view option) {
  const std::string_view how = arguments.value(option);
  return how == "all" ? TextReport::Losses::All : how == "none" ? TextReport::Losses::None : TextReport::Losses::Summary;
}

int exit_code(const Totals& totals, std::string_view fail_on) {
  const bool lost = totals.losses.total() > 0;
  const bool fails = totals.errors > 0 || (fail_on == "warning" && (totals.warnings > 0 || lost)) || (fail_on == "loss" && lost);
  return fails ? kFindings : kDone;
}

void write_step_files(const Totals& totals) {
  for (const StepFile& wanted : totals.files) {
    OutputFile file(wanted.path);
    file.write(wanted.content);
    file.commit();
  }
}

}  // namespace bibmill::cli
