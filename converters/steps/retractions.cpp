// retractions: says which works were retracted, by their records, their titles and a list.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/retraction_list.h"
#include "bibmill/step.h"
#include "bibmill/text/notices.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"

namespace bibmill::steps {

namespace {

/// Publishers put it before the title.
constexpr std::string_view kTitleBeginnings[] = {"retracted:", "retracted article:", "[retracted]", "withdrawn:", "retraction:"};

class Retractions final : public Step {
 public:
  explicit Retractions(std::span<const StepArgument> arguments) {
    for (const StepArgument& argument : arguments) {
      const std::string& value = argument.values.front();
      if (argument.option == "list") files_ = argument.values;
      if (argument.option != "then") continue;
      if (value != "warn" && value != "drop") throw UsageError(fmt::format("of what was retracted, the step retractions can warn, or drop it, not {}", value));
      drops_ = value == "drop";
    }
  }

  void begin(const StepSetting&) const override {
    *list_ = {};
    for (const std::string& file : files_) list_->add_file(file);
  }

  Verdict record(Record& record, DiagnosticSink& diagnostics) const override {
    const std::string why = reason(record);
    if (why.empty()) return Verdict::Keep;
    if (drops_) {
      say_change(diagnostics, record, "step/retractions", {}, fmt::format("it is left out: {}", why));
      return Verdict::Drop;
    }
    diagnostics.report(Diagnostic{Severity::Warning, "retractions/retracted", why, std::string(record.key), record.span, {}});
    return Verdict::Keep;
  }

 private:
  /// What the record itself says counts before what others say.
  std::string reason(const Record& record) const {
    std::string why;
    for_each_entry(record, [&](const Entry& entry) {
      if (!why.empty()) return;
      if (const std::string_view state = text::state_of(entry, record); !state.empty()) {
        const std::string notice = text::notice_of(entry, record);
        why = fmt::format("its record says: {}", shortened(notice.empty() ? std::string(state) : notice));
      } else if (entry.field == Field::Title) {
        const std::string title = text::to_lower(text::plain_text(std::get<RichText>(entry.value)));
        for (const std::string_view beginning : kTitleBeginnings)
          if (title.starts_with(beginning)) why = fmt::format("its title begins with \"{}\"", beginning);
      }
    });
    if (!why.empty()) return why;
    for_each_entry(record, [&](const Entry& entry) {
      const Identifiers* const identifiers = std::get_if<Identifiers>(&entry.value);
      if (identifiers == nullptr || !why.empty() || (entry.field != Field::Doi && entry.field != Field::Pmid)) return;
      for (const Identifier& identifier : identifiers->list)
        if (const std::string_view what = list_->find(identifier); !what.empty()) why = fmt::format("the list says of {} {}: {}", identifier.scheme, identifier.value, what);
    });
    return why;
  }

  std::vector<std::string> files_;
  bool drops_ = false;
  std::unique_ptr<RetractionList> list_ = std::make_unique<RetractionList>();
};

constexpr StepOption kOptions[] = {
    {"list", "FILE,…", "lists of retracted works: the CSV of Retraction Watch, one with a header DOI or PMID (and nature), or DOIs and PMIDs in any text"},
    {"then", "warn|drop", "warn (default), or leave such works out"},
};

constexpr StepExample kExamples[] = {
    {"retractions", "a warning for each work that PubMed's record calls retracted or of concern"},
    {"retractions:list=retraction_watch.csv", "also for those that the list names"},
};

}  // namespace

const StepDescriptor& retractions() {
  static constexpr StepDescriptor kStep = {
      "retractions",
      "say which works were retracted",
      "A work counts as retracted, or as one of concern, by the links and publication types of its record, by a title that begins so, or by its DOI or PMID in a list. Nothing is looked up in the net; "
      "no list comes with bibmill. One record at a time.",
      kOptions,
      kExamples,
      [](std::span<const StepArgument> arguments) -> AnyStep { return std::make_unique<const Retractions>(arguments); },
      "list",
  };
  return kStep;
}

}  // namespace bibmill::steps
