// strip: leaves out what nobody should see in a submission: abstracts, keywords, notes, files, traces of reference managers.
#include <algorithm>
#include <bitset>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/nearest.h"
#include "bibmill/step.h"
#include "bibmill/text/unicode.h"

namespace bibmill::steps {

namespace {

/// What one word stands for.
struct Group {
  std::string_view name;
  std::span<const Field> fields;
  std::span<const std::string_view> extras;  ///< keys, in lower case; a star stands for any end
};

constexpr Field kAbstracts[] = {Field::Abstract, Field::OtherAbstract};
constexpr Field kKeywords[] = {Field::Keyword, Field::Heading, Field::SupplementaryConcept};
constexpr Field kNotes[] = {Field::Note, Field::Annote, Field::GeneralNote};
constexpr Field kFiles[] = {Field::File};
constexpr Field kDatabase[] = {Field::DateCreated, Field::DateCompleted, Field::DateRevised, Field::RecordOwner, Field::RecordStatus, Field::IndexingMethod, Field::CitationSubset, Field::RecordSource, Field::Source};
constexpr std::string_view kFileExtras[] = {"file", "pdf", "bdsk-file-*", "local-url", "attachments", "l1", "l2", "l3", "l4"};
constexpr std::string_view kManagerExtras[] = {"__markedentry", "bdsk-*", "creationdate", "date-added", "date-modified", "groups", "mendeley-*", "modificationdate", "owner", "printed", "priority",
                                               "qualityassured", "ranking", "read", "readstatus", "relevance", "timestamp", "citedby", "biburl", "bibsource", "added-at", "interhash", "intrahash"};

constexpr Group kGroups[] = {
    {"abstract", kAbstracts, {}}, {"keywords", kKeywords, {}}, {"notes", kNotes, {}}, {"files", kFiles, kFileExtras}, {"database", kDatabase, {}}, {"manager", {}, kManagerExtras},
};

bool fits(std::string_view key, std::string_view pattern) {
  if (!pattern.ends_with('*')) return key == pattern;
  return key.starts_with(pattern.substr(0, pattern.size() - 1));
}

class Strip final : public Step {
 public:
  explicit Strip(std::span<const StepArgument> arguments) {
    for (const StepArgument& argument : arguments)
      for (const std::string& name : argument.values) add(name);
    if (fields_.none() && extras_.empty()) throw UsageError("the step strip wants what=GROUP, such as abstract or files");
  }

  Verdict record(Record& record, DiagnosticSink& diagnostics) const override {
    record.remove_if([&](const Item& item) {
      const Entry* const entry = std::get_if<Entry>(&item);
      const Extra* const extra = std::get_if<Extra>(&item);
      const bool goes = entry != nullptr ? fields_.test(static_cast<std::size_t>(entry->field)) : has(*extra);
      if (!goes) return false;
      const Span where = entry != nullptr ? entry->span : extra->span;
      say_change(diagnostics, record, "step/strip", where, fmt::format("{} is left out", entry != nullptr ? name_of(entry->field) : extra->key));
      return true;
    });
    return Verdict::Keep;
  }

 private:
  void add(const std::string& name) {
    const auto group = std::find_if(std::begin(kGroups), std::end(kGroups), [&](const Group& each) { return each.name == name; });
    if (group == std::end(kGroups)) {
      std::vector<std::string_view> names;
      for (const Group& each : kGroups) names.push_back(each.name);
      throw UsageError(fmt::format("the step strip knows {}, not {}{}", fmt::join(names, ", "), name, suggestion(name, names)));
    }
    for (const Field field : group->fields) fields_.set(static_cast<std::size_t>(field));
    extras_.insert(extras_.end(), group->extras.begin(), group->extras.end());
  }

  bool has(const Extra& extra) const {
    const std::string key = text::to_lower(extra.key);
    return std::any_of(extras_.begin(), extras_.end(), [&](std::string_view pattern) { return fits(key, pattern); });
  }

  std::bitset<kFieldCount> fields_;
  std::vector<std::string_view> extras_;
};

constexpr StepOption kOptions[] = {
    {"what", "GROUP,…", "abstract, keywords (and subject headings), notes, files (names of files on somebody's disk), database (dates and owners of database records), manager (fields that only "
                        "reference managers use); \"what=\" may be left out"},
};

constexpr StepExample kExamples[] = {
    {"strip:abstract,keywords,files", "a reference list to hand in"},
    {"strip:manager", "no timestamps, owners, groups and read states of JabRef, BibDesk, Mendeley"},
};

}  // namespace

const StepDescriptor& strip() {
  static constexpr StepDescriptor kStep = {
      "strip",
      "leave out abstracts, keywords, notes, files or traces of programs",
      "Groups of fields, where the step fields names single ones. What is left out is noted (--changes=all), and not reported as lost. One record at a time.",
      kOptions,
      kExamples,
      [](std::span<const StepArgument> arguments) -> AnyStep { return std::make_unique<const Strip>(arguments); },
      "what",
  };
  return kStep;
}

}  // namespace bibmill::steps
