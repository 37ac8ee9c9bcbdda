// retractions: says which works were retracted, by their records, their titles and a list.
#include <algorithm>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/step.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/notices.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "csv.h"
#include "whole_file.h"

namespace bibmill::steps {

namespace {

/// Columns of lists, by what they hold: as Retraction Watch's names them, and plainly.
constexpr std::string_view kDoiColumns[] = {"originalpaperdoi", "doi"};
constexpr std::string_view kPmidColumns[] = {"originalpaperpubmedid", "pmid"};
constexpr std::string_view kNatureColumns[] = {"retractionnature", "nature"};

/// What a list says of works that is no warning.
constexpr std::string_view kHarmless[] = {"reinstatement", "correction"};

/// Publishers put it before the title.
constexpr std::string_view kTitleBeginnings[] = {"retracted:", "retracted article:", "[retracted]", "withdrawn:", "retraction:"};

/// Which works a list names, and what became of them.
class RetractionList {
 public:
  /// How many works the text named.
  std::size_t add(std::string_view text) {
    const std::vector<std::string> header = take_csv_row(text, ',');
    const std::size_t doi = column(header, kDoiColumns);
    const std::size_t pmid = column(header, kPmidColumns);
    const std::size_t nature = column(header, kNatureColumns);
    std::size_t count = 0;
    for (std::vector<std::string> row = take_csv_row(text, ','); !row.empty(); row = take_csv_row(text, ',')) {
      const std::string what = nature < row.size() && !row[nature].empty() ? text::to_lower(row[nature]) : std::string("retraction");
      if (std::find(std::begin(kHarmless), std::end(kHarmless), what) != std::end(kHarmless)) continue;
      const bool by_doi = doi < row.size() && add("doi", row[doi], what);
      const bool by_pmid = pmid < row.size() && add("pmid", row[pmid], what);
      if (by_doi || by_pmid) ++count;
    }
    return count;
  }

  /// Empty where the list does not name it.
  std::string_view find(const Identifier& identifier) const {
    const auto known = works_.find(fmt::format("{}:{}", identifier.scheme, text::to_lower(identifier.value)));
    return known == works_.end() ? std::string_view{} : std::string_view(known->second);
  }

 private:
  template <std::size_t size>
  static std::size_t column(const std::vector<std::string>& header, const std::string_view (&names)[size]) {
    for (const std::string_view name : names)
      for (std::size_t at = 0; at < header.size(); ++at)
        if (text::to_lower(text::trim(header[at])) == name) return at;
    return static_cast<std::size_t>(-1);
  }

  /// Lists write 0 and "unavailable" for what they do not know.
  bool add(std::string_view scheme, std::string_view written, const std::string& what) {
    Arena arena;
    const Identifier identifier = text::make_identifier(arena, scheme, text::trim(written));
    const bool known = scheme == "doi" ? identifier.value.starts_with("10.") : !identifier.value.empty() && identifier.value != "0" && text::is_ascii_digit(identifier.value.front());
    if (known) works_.emplace(fmt::format("{}:{}", scheme, text::to_lower(identifier.value)), what);
    return known;
  }

  std::unordered_map<std::string, std::string> works_;
};

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
    for (const std::string& file : files_)
      if (list_->add(whole_file(file)) == 0) throw InputError(fmt::format("{} names no works; it wants a header with DOI or PMID, or Retraction Watch's", file));
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
    {"list", "FILE,…", "lists of retracted works: the CSV of Retraction Watch, or any with a header DOI or PMID (and nature)"},
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
