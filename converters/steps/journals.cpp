// journals: titles of journals in full or abbreviated, by lists and by what the records themselves tell.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/step.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "journal_list.h"
#include "journal_words.h"
#include "whole_file.h"

namespace bibmill::steps {

namespace {

constexpr std::string_view kCode = "step/journals";
constexpr std::string_view kByWords = ", word by word";
constexpr std::string_view kByLikeWords = ", word by word, some as words like them";
constexpr std::string_view kUnknown = "step/journals-unknown";

constexpr TypeSet kInJournals = Type::ArticleJournal | Type::ArticleMagazine | Type::ArticleNewspaper | Type::Review | Type::ReviewBook;

enum class Target : std::uint8_t { Abbreviate, Expand, Fill };
enum class Words : std::uint8_t { No, Sure, All };

struct Options {
  Target target = Target::Abbreviate;
  bool drops_dots = false;
  Words words = Words::No;
  std::vector<std::string> files;
};

Target target_named(const std::string& name) {
  if (name == "abbreviate") return Target::Abbreviate;
  if (name == "expand") return Target::Expand;
  if (name == "fill") return Target::Fill;
  throw UsageError(fmt::format("the step journals can abbreviate, expand or fill, not {}", name));
}

std::string title_in(const Record& record, Field field) {
  const Entry* const entry = record.find(field);
  return entry == nullptr ? std::string() : text::plain_text(std::get<RichText>(entry->value));
}

/// Mends one record at a time by a list.
class Mender {
 public:
  Mender(const Options& options, const JournalList& list) : options_(&options), list_(&list) {}

  void mend(Record& record, DiagnosticSink& diagnostics) const {
    if (!kInJournals.has(record.type)) return;
    const std::string title = title_in(record, Field::ContainerTitle);
    const std::string abbreviation = title_in(record, Field::ContainerTitleShort);
    if (title.empty() && abbreviation.empty()) return;
    switch (options_->target) {
      case Target::Abbreviate: return abbreviate(record, title, abbreviation, diagnostics);
      case Target::Expand: return expand(record, title.empty() ? abbreviation : title, diagnostics);
      case Target::Fill: return fill(record, title, abbreviation, diagnostics);
    }
  }

 private:
  void abbreviate(Record& record, const std::string& title, const std::string& own, DiagnosticSink& diagnostics) const {
    const JournalTitle known = list_->find(title.empty() ? own : title);
    if (known.kind == JournalTitle::Kind::Unknown && !own.empty()) return set(record, Field::ContainerTitle, title, dotted(own), diagnostics);
    if (const std::optional<TitleByWords> words = by_words(known, title)) return set(record, Field::ContainerTitle, title, dotted(words->text), diagnostics, how(*words));
    if (!is_sure(record, known, title, diagnostics)) return;
    // One that is short already stays as somebody wrote it, but for its dots.
    set(record, Field::ContainerTitle, title, dotted(known.kind == JournalTitle::Kind::Short ? std::string_view(title) : known.abbreviation), diagnostics);
  }

  void expand(Record& record, const std::string& title, DiagnosticSink& diagnostics) const {
    const JournalTitle known = list_->find(title);
    if (!is_sure(record, known, title, diagnostics) || known.kind == JournalTitle::Kind::Full) return;
    set(record, Field::ContainerTitle, title, std::string(known.full), diagnostics);
  }

  void fill(Record& record, const std::string& title, const std::string& own, DiagnosticSink& diagnostics) const {
    if (!title.empty() && !own.empty()) return;
    const JournalTitle known = list_->find(title.empty() ? own : title);
    if (const std::optional<TitleByWords> words = by_words(known, title)) return set(record, Field::ContainerTitleShort, own, dotted(words->text), diagnostics, how(*words));
    if (!is_sure(record, known, title.empty() ? own : title, diagnostics)) return;
    if (own.empty() && known.kind == JournalTitle::Kind::Full) set(record, Field::ContainerTitleShort, own, dotted(known.abbreviation), diagnostics);
    if (title.empty() && known.kind == JournalTitle::Kind::Short) set(record, Field::ContainerTitle, title, std::string(known.full), diagnostics);
  }

  bool is_sure(const Record& record, const JournalTitle& known, const std::string& title, DiagnosticSink& diagnostics) const {
    if (known.kind == JournalTitle::Kind::Unknown) {
      say_change(diagnostics, record, kUnknown, {}, fmt::format("no list has the journal {}{}; it stays as it is", title, options_->words == Words::Sure ? ", and its words are not sure, or short already" : ""));
      return false;
    }
    if (known.ambiguous) say_change(diagnostics, record, kUnknown, {}, fmt::format("the lists do not agree about {}; it stays as it is", title));
    return !known.ambiguous;
  }

  /// Where no list has the title.
  std::optional<TitleByWords> by_words(const JournalTitle& known, const std::string& title) const {
    if (options_->words == Words::No || known.kind != JournalTitle::Kind::Unknown || title.empty()) return std::nullopt;
    static const JournalWords kWords;
    std::optional<TitleByWords> answer = kWords.abbreviate(title, options_->drops_dots ? JournalStyle::Nlm : JournalStyle::Iso4);
    if (answer && options_->words == Words::Sure && answer->sure < kSureTitle) answer.reset();
    return answer;
  }

  static std::string_view how(const TitleByWords& words) { return words.sure < 1 ? kByLikeWords : kByWords; }

  std::string dotted(std::string_view abbreviation) const {
    std::string text(abbreviation);
    if (options_->drops_dots) std::erase(text, '.');
    return text;
  }

  static void set(Record& record, Field field, const std::string& before, const std::string& now, DiagnosticSink& diagnostics, std::string_view how = {}) {
    if (before == now) return;
    const Entry* const entry = record.find(field);
    say_change(diagnostics, record, kCode, entry == nullptr ? Span{} : entry->span, fmt::format("the journal {} is written {}{}", before.empty() ? name_of(field) : std::string_view(before), now, how));
    record.set(field, RichText::of(record.arena(), record.arena().copy(now)));
  }

  const Options* options_;
  const JournalList* list_;
};

class ByLists final : public Step {
 public:
  explicit ByLists(Options options) : options_(std::move(options)) {}
  void begin(const StepSetting&) const override {
    *list_ = {};
    for (const std::string& file : options_.files)
      if (list_->add_file(whole_file(file)) == 0) throw InputError(fmt::format("{} holds no pairs of titles and abbreviations", file));
  }
  Verdict record(Record& record, DiagnosticSink& diagnostics) const override {
    Mender(options_, *list_).mend(record, diagnostics);
    return Verdict::Keep;
  }

 private:
  Options options_;
  std::unique_ptr<JournalList> list_ = std::make_unique<JournalList>();
};

/// Learns from all records before it mends any.
class ByRecords final : public WholeStep {
 public:
  explicit ByRecords(Options options) : options_(std::move(options)) {}
  void arrange(std::vector<GatheredRecord>& records, StepReport& report) const override {
    JournalList list;
    for (const std::string& file : options_.files) list.add_file(whole_file(file));
    for (const GatheredRecord& gathered : records)
      if (kInJournals.has(gathered.record.type)) list.add(title_in(gathered.record, Field::ContainerTitle), title_in(gathered.record, Field::ContainerTitleShort));
    for (GatheredRecord& gathered : records) {
      DiagnosticList said;
      Mender(options_, list).mend(gathered.record, said);
      for (Diagnostic& diagnostic : said.list) report.about(gathered, std::move(diagnostic));
    }
  }

 private:
  Options options_;
};

AnyStep make(std::span<const StepArgument> arguments) {
  Options options;
  bool learns = false;
  for (const StepArgument& argument : arguments) {
    const std::string& value = argument.values.front();
    if (argument.option == "to") options.target = target_named(value);
    if (argument.option == "list") options.files = argument.values;
    if (argument.option == "dots") {
      if (value != "keep" && value != "drop") throw UsageError(fmt::format("the step journals can keep or drop dots, not {} them", value));
      options.drops_dots = value == "drop";
    }
    if (argument.option == "words") {
      if (value != "yes" && value != "no" && value != "all") throw UsageError(fmt::format("the step journals goes by words, yes, all or no, not {}", value));
      options.words = value == "no" ? Words::No : value == "yes" ? Words::Sure : Words::All;
    }
    if (argument.option == "learn") {
      if (value != "yes" && value != "no") throw UsageError(fmt::format("the step journals learns from the records, yes or no, not {}", value));
      learns = value == "yes";
    }
  }
  if (learns) return std::make_unique<const ByRecords>(std::move(options));
  const bool has_source = !options.files.empty() || (options.words != Words::No && options.target == Target::Fill);
  if (!has_source && options.target != Target::Abbreviate) throw UsageError("the step journals wants list=FILE, or learn=yes");
  return std::make_unique<const ByLists>(std::move(options));
}

constexpr StepOption kOptions[] = {
    {"to", "abbreviate|expand|fill", "abbreviate (default) or expand the journal's title; fill: keep it, and add the other form where it is missing; \"to=\" may be left out"},
    {"list", "FILE,…", "lists of journals: CSV as at abbrv.jabref.org, or NLM's J_Medline.txt; earlier ones win"},
    {"learn", "no|yes", "yes: also learn from records that have both forms, such as PubMed's; all records are then kept in memory"},
    {"words", "no|yes|all", "yes: what no list has is abbreviated word by word, if what becomes of its words is fairly sure; all: always"},
    {"dots", "keep|drop", "drop: without the dots of ISO 4, as NLM abbreviates"},
};

constexpr StepExample kExamples[] = {
    {"journals:abbreviate,list=journals.csv", "\"Journal of Coastal Notes\" becomes \"J. Coast. Notes\""},
    {"journals:abbreviate,words=yes", "\"Biotechnology advances\" becomes \"Biotechnol. Adv.\" without a list"},
    {"journals:fill,learn=yes", "records without an abbreviation get that of PubMed's records of the same journal"},
};

}  // namespace

const StepDescriptor& journals() {
  static constexpr StepDescriptor kStep = {
      "journals",
      "abbreviate or expand titles of journals",
      "A title is changed if a list knows it, or if the record has both forms; what no list knows, and what lists do not agree about, stays as it is and is noted. No list comes with bibmill, but a table of words does, counted in one half of published lists; "
      "words that it has not go as words like them. Of the 10,700 titles of the other half, words=all has 75 in 100 as the lists have them, letter by letter but for dots; words=yes answers 87 in 100, and has 81 in 100 of these right; the others stay as "
      "they are. With dots=drop titles are taken apart as NLM does (without subtitles and bodies), else as ISO 4 is written (with sections, and places in brackets). Such changes say that they were made word by word, and whether some words "
      "went as words like them. One record at a time, "
      "but with learn=yes.",
      kOptions,
      kExamples,
      make,
      "to",
  };
  return kStep;
}

}  // namespace bibmill::steps
