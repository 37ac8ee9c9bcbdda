// enrich: fills what records lack from the records of the same works in other bibliographies.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/library.h"
#include "bibmill/likeness.h"
#include "bibmill/pipeline.h"
#include "bibmill/reflect.h"
#include "bibmill/step.h"
#include "bibmill/text/rich_text.h"
#include "references.h"

namespace bibmill::steps {

namespace {

/// Of records that share a title or a place in print, no more than these are looked at.
constexpr std::size_t kMostCandidates = 8;

/// What is said of a bibliography's own record or its user's files, and of no other record of the work.
constexpr Field kOwn[] = {Field::DateCreated,      Field::DateCompleted, Field::DateRevised,   Field::RecordOwner,    Field::RecordStatus, Field::RecordSource, Field::IndexingMethod,
                          Field::CitationSubset,   Field::CitationText,  Field::PublicationStatus, Field::Source,     Field::File,         Field::Annote,       Field::Related,
                          Field::CitationKeyAlias, Field::CitationLabel, Field::CitationNumber, Field::YearSuffix,    Field::SortKey,      Field::Accessed};

/// Fields that continue another: a subtitle belongs to the title that it was taken apart from.
struct Continuation {
  Field field;
  Field head;
};
constexpr Continuation kContinuations[] = {
    {Field::Subtitle, Field::Title},
    {Field::TitleAddon, Field::Title},
    {Field::ContainerSubtitle, Field::ContainerTitle},
    {Field::ContainerTitleAddon, Field::ContainerTitle},
    {Field::MainSubtitle, Field::MainTitle},
    {Field::MainTitleAddon, Field::MainTitle},
    {Field::IssueSubtitle, Field::IssueTitle},
    {Field::IssueTitleAddon, Field::IssueTitle},
    {Field::EventSubtitle, Field::EventTitle},
    {Field::EventTitleAddon, Field::EventTitle},
};

/// Fields of which a record has one or the other: where one says it, the other would say it again.
constexpr Continuation kAlternatives[] = {{Field::Page, Field::ArticleNumber}, {Field::ArticleNumber, Field::Page}, {Field::Number, Field::Issue}, {Field::Issue, Field::Number}};

/// What an entry of BibTeX that refers to another (crossref, xdata) does not take from that: all else it may seem to lack and have.
constexpr Field kNotInherited[] = {Field::Doi, Field::Pmid, Field::Pmcid, Field::Identifier, Field::Abstract, Field::Keyword, Field::Heading, Field::Page, Field::ArticleNumber};

bool refers_to_another(const Record& record) {
  return std::any_of(record.items().begin(), record.items().end(), [](const Item& item) {
    const Extra* const extra = std::get_if<Extra>(&item);
    return extra != nullptr && is_reference(*extra);
  });
}

template <std::size_t size>
bool is_among(const Field (&fields)[size], Field field) {
  return std::find(std::begin(fields), std::end(fields), field) != std::end(fields);
}

/// Spans of another file are no places of this one, and what was written in another format is none of this one's. (Pages that are no ranges are nothing but what was written.)
template <class T>
void forget_source(T& value, bool is_same_format) {
  if constexpr (std::is_same_v<T, Span>) {
    value = {};
  } else if constexpr (IsList<T>::value) {
    for (auto& element : value) forget_source(element, is_same_format);
  } else if constexpr (Described<T>) {
    T::members([&](std::string_view, auto member, std::string_view) { forget_source(value.*member, is_same_format); });
    if constexpr (requires { value.raw; } && !std::is_same_v<T, Pages>) {
      if (!is_same_format) value.raw = {};
    }
  }
}

std::string folded_text(const Record& record, Field field) {
  const Entry* const entry = record.find(field);
  const RichText* const rich = entry == nullptr ? nullptr : std::get_if<RichText>(&entry->value);
  return rich == nullptr ? std::string() : folded_words(text::plain_text(*rich));
}

/// The bibliographies that are drawn from, with what finds a record in them.
class Sources {
 public:
  void add(Library library) {
    libraries_.push_back(std::move(library));
    const Library& added = libraries_.back();
    for (std::size_t at = 0; at < added.records.size(); ++at) {
      const std::size_t number = known_.size();
      known_.push_back({libraries_.size() - 1, at, Portrait(added.records[at].record)});
      for (const std::string& identifier : known_.back().portrait.identifiers) by_identifier_.emplace(identifier, number);
      for (std::string& key : blocking_keys(known_.back().portrait))
        if (std::vector<std::size_t>& others = by_content_[std::move(key)]; others.size() < kMostCandidates) others.push_back(number);
    }
  }

  struct Found {
    const LoadedRecord* record = nullptr;
    std::string place;  ///< "Ortega2019 (pubmed.nbib:12)"
    std::string reason;
    Likeness::Kind kind = Likeness::Kind::Different;
  };

  /// The record of the same work: by an identifier, else by content; of several the first.
  Found find(const Record& record) const {
    const Portrait portrait(record);
    Found doubtful;
    for (const std::string& identifier : portrait.identifiers)
      if (const auto known = by_identifier_.find(identifier); known != by_identifier_.end())
        if (consider(known->second, compare_by_identifier(known_[known->second].portrait, portrait, identifier), doubtful)) return doubtful;
    for (const std::string& key : blocking_keys(portrait))
      if (const auto others = by_content_.find(key); others != by_content_.end())
        for (const std::size_t other : others->second)
          if (consider(other, compare_by_content(known_[other].portrait, portrait), doubtful)) return doubtful;
    return doubtful;
  }

 private:
  struct Known {
    std::size_t source;
    std::size_t at;
    Portrait portrait;
  };

  /// Takes the record down if it is, or may be, the one; true if it is.
  bool consider(std::size_t number, Likeness likeness, Found& found) const {
    if (likeness.kind == Likeness::Kind::Different || (likeness.kind == Likeness::Kind::Doubtful && found.record != nullptr)) return false;
    const Known& known = known_[number];
    const Library& library = libraries_[known.source];
    const LoadedRecord& record = library.records[known.at];
    const std::string place = fmt::format("{}:{}", library.name, record.position.line);
    found = {&record, record.record.key.empty() ? place : fmt::format("{} ({})", record.record.key, place), std::move(likeness.reason), likeness.kind};
    return likeness.kind == Likeness::Kind::Same;
  }

  std::vector<Library> libraries_;
  std::vector<Known> known_;
  std::unordered_map<std::string, std::size_t> by_identifier_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_content_;
};

class Enrich final : public Step {
 public:
  explicit Enrich(std::span<const StepArgument> arguments) {
    for (const StepArgument& argument : arguments) {
      if (argument.option == "from") files_ = argument.values;
      if (argument.option == "fields")
        for (const std::string& name : argument.values) fields_.push_back(field_for_step(name));
    }
    if (std::find(files_.begin(), files_.end(), "-") != files_.end()) throw UsageError("the step enrich fills from files, not from the standard input");
    if (files_.empty()) throw UsageError("the step enrich wants from=FILE, a bibliography to fill from");
  }

  void begin(const StepSetting& setting) const override {
    *sources_ = {};
    for (const std::string& file : files_) {
      LoadOptions options;
      options.path = file;
      options.formats = setting.formats;
      Deaf deaf;
      Library library = load(options, setting.listener == nullptr ? static_cast<Listener&>(deaf) : *setting.listener);
      if (library.records.empty()) throw InputError(fmt::format("{} holds no records to fill from", file));
      sources_->add(std::move(library));
    }
  }

  Verdict record(Record& record, DiagnosticSink& diagnostics) const override {
    // What is filled, such as a DOI, may lead to a further record of the work.
    for (std::size_t round = 0; round < kMostCandidates; ++round)
      if (!fill_once(record, diagnostics)) break;
    return Verdict::Keep;
  }

 private:
  /// Whether anything was filled.
  bool fill_once(Record& record, DiagnosticSink& diagnostics) const {
    const Sources::Found found = sources_->find(record);
    if (found.kind == Likeness::Kind::Doubtful)
      say_change(diagnostics, record, "step/enrich-doubtful", {}, fmt::format("it may be the same work as {}: {}; nothing is filled from it", found.place, found.reason));
    if (found.kind != Likeness::Kind::Same) return false;
    const Record& source = found.record->record;
    std::vector<Field> filled;
    for (std::size_t f = 0; f < kFieldCount; ++f)
      if (const Field field = static_cast<Field>(f); may_fill(record, source, field)) filled.push_back(field);
    for (const Field field : filled) {
      fill(record, source, field);
      say_change(diagnostics, record, "step/enrich", {}, fmt::format("{} is filled from {}, the same work by {}", name_of(field), found.place, found.reason));
    }
    if (!filled.empty()) record.layout = {};
    return !filled.empty();
  }

  class Deaf final : public Listener {
    void diagnostic(const Place&, const Diagnostic&) override {}
  };

  bool may_fill(const Record& record, const Record& source, Field field) const {
    if (record.has(field) || !source.has(field)) return false;
    if (refers_to_another(record) && !is_among(kNotInherited, field)) return false;
    const bool is_wanted = fields_.empty() ? !is_among(kOwn, field) : std::find(fields_.begin(), fields_.end(), field) != fields_.end();
    if (!is_wanted) return false;
    const bool is_said = std::any_of(std::begin(kAlternatives), std::end(kAlternatives), [&](const Continuation& each) { return each.field == field && record.has(each.head); });
    if (is_said) return false;
    const auto row = std::find_if(std::begin(kContinuations), std::end(kContinuations), [&](const Continuation& each) { return each.field == field; });
    return row == std::end(kContinuations) || !record.has(row->head) || folded_text(record, row->head) == folded_text(source, row->head);
  }

  static void fill(Record& record, const Record& source, Field field) {
    for_each_entry(source, [&](const Entry& entry) {
      if (entry.field != field || entry.same_as) return;
      Value value = clone(entry.value, record.arena());
      std::visit([&](auto& held) { forget_source(held, record.origin == source.origin); }, value);
      record.add(field, std::move(value));
    });
  }

  std::vector<std::string> files_;
  std::vector<Field> fields_;  // empty: all but a record's own
  std::shared_ptr<Sources> sources_ = std::make_shared<Sources>();
};

constexpr StepOption kOptions[] = {
    {"from", "FILE,…", "bibliographies to fill from, in any format; earlier ones win; \"from=\" may be left out"},
    {"fields", "FIELD,…", "fill these fields; where it is not given, all but what is said of a database's or a user's own record (its dates, owner, files, annotations)"},
};

constexpr StepExample kExamples[] = {
    {"enrich:pubmed.nbib", "abstracts, DOIs, PMIDs and whatever else PubMed knows of the same works"},
    {"enrich:from=library.bib,fields=DOI,abstract", "these two fields only"},
};

}  // namespace

const StepDescriptor& enrich() {
  static constexpr StepDescriptor kStep = {
      "enrich",
      "fill what records lack from another bibliography",
      "The record of the same work is found as by the step dedupe: by DOI, PMID, PMCID, arXiv id, or ISBN and title; else by title, first author, year and place in print, with nothing against it. A field "
      "that the record has stays as it is, whatever it says; one that is filled is noted with its source (--changes=all). Where something speaks against the match nothing is filled, and that is noted. "
      "Of an entry of BibTeX that refers to another (crossref, xdata), only identifiers, abstract, keywords and pages are filled: the rest it may have from there. Nothing is looked up in the net. The bibliographies to fill from are kept in memory, the records that are filled are not.",
      kOptions,
      kExamples,
      [](std::span<const StepArgument> arguments) -> AnyStep { return std::make_unique<const Enrich>(arguments); },
      "from",
  };
  return kStep;
}

}  // namespace bibmill::steps
