// cited: keeps what a manuscript cites.
#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/likeness.h"
#include "bibmill/nearest.h"
#include "bibmill/step.h"
#include "bibmill/text/unicode.h"
#include "manuscript/manuscript.h"
#include "references.h"

namespace bibmill::steps {

namespace {

/// Looking for what a missing key may have meant takes time by the number of both.
constexpr std::size_t kMostComparisons = 1'000'000;

/// Of works that share a title or a place in print, no more than these are looked at.
constexpr std::size_t kMostCandidates = 8;

/// "doi:10.1000/x", as some tools cite works without a bibliography of their own.
std::string identifier_key(const Identifier& identifier) { return fmt::format("{}:{}", identifier.scheme, text::to_lower(identifier.value)); }

template <class Take>
void for_each_identifier(const Record& record, Take&& take) {
  for_each_entry(record, [&](const Entry& entry) {
    const bool is_own = entry.field == Field::Doi || entry.field == Field::Pmid || entry.field == Field::Pmcid || entry.field == Field::Isbn || entry.field == Field::Identifier;
    if (!is_own) return;
    for (const Identifier& identifier : std::get<Identifiers>(entry.value).list) take(identifier);
  });
}

template <class Take>
void for_each_alias(const Record& record, Take&& take) {
  for_each_entry(record, [&](const Entry& entry) {
    if (entry.field == Field::CitationKeyAlias) for_each_key(std::get<Text>(entry.value).value, take);
  });
}

class Cited final : public WholeStep {
 public:
  explicit Cited(std::span<const StepArgument> arguments) {
    for (const StepArgument& argument : arguments) {
      if (argument.option == "from") files_ = argument.values;
      if (argument.option == "command") options_.commands = argument.values;
    }
    if (files_.empty()) throw UsageError("the step cited wants from=FILE, the manuscript");
    for (const std::string& file : files_)
      if (!is_manuscript(file)) throw UsageError(fmt::format("the step cited reads {}, not {}", manuscript_extensions(), file));
  }

  void begin(const StepSetting&) const override {
    state_->manuscript = read_manuscripts(files_, options_);
    state_->cited.clear();
    state_->left_out.clear();
    state_->works.clear();
    for (std::size_t at = 0; at < state_->manuscript.citations.size(); ++at) {
      const Citation& citation = state_->manuscript.citations[at];
      if (citation.work != nullptr) {
        note_work(citation, at);
        continue;
      }
      state_->cited.emplace(citation.key, at);
      // Of identifiers the case does not count.
      if (citation.key.find(':') != std::string::npos) state_->cited.emplace(text::to_lower(citation.key), at);
    }
  }

  bool goes_by_key() const override { return true; }

  /// Records that may be referred to by others, or will get a key, wait for the whole.
  Verdict admit(const Record& record, DiagnosticSink& diagnostics) const override {
    if (state_->manuscript.cites_all || record.key.empty() || is_bibtex(record) || is_cited(record, record.key)) return Verdict::Keep;
    diagnostics.report(uncited(record, record.key));
    const std::lock_guard lock(state_->mutex);
    state_->left_out.emplace_back(record.key);
    return Verdict::Drop;
  }

  void arrange(std::vector<GatheredRecord>& records, StepReport& report) const override {
    for (const ManuscriptRemark& remark : state_->manuscript.remarks) report.elsewhere({remark.file, remark.position}, remark.diagnostic);
    std::vector<bool> stays(records.size(), state_->manuscript.cites_all);
    std::vector<bool> found(state_->manuscript.citations.size(), false);
    for (std::size_t at = 0; at < records.size(); ++at)
      stays[at] = find(records[at], found, report) || stays[at];
    keep_parents(records, report, stays);
    for (std::size_t at = 0; at < records.size(); ++at)
      if (!stays[at]) report.about(records[at], uncited(records[at].record, records[at].name()));
    report_missing(records, found, report);
    keep_only(records, stays, report);
  }

 private:
  /// A work that a document cites without a key.
  struct Work {
    std::shared_ptr<const Portrait> portrait;
    std::size_t citation = 0;
  };

  struct State {
    Manuscript manuscript;
    std::unordered_map<std::string, std::size_t> cited;
    std::unordered_map<std::string, std::vector<Work>> works;  // by what records of the same work share
    std::mutex mutex;
    std::vector<std::string> left_out;  // keys of records that were never gathered
  };

  void note_work(const Citation& citation, std::size_t at) const {
    for (const std::string& name : citation.names) state_->cited.emplace(name, at);
    const auto portrait = std::make_shared<const Portrait>(*citation.work);
    for (std::string& key : blocking_keys(*portrait))
      if (std::vector<Work>& works = state_->works[std::move(key)]; works.size() < kMostCandidates) works.push_back({portrait, at});
  }

  /// Works that are the record by its content.
  template <class Take>
  void for_each_work(const Record& record, Take&& take) const {
    if (state_->works.empty()) return;
    const Portrait portrait(record);
    for (const std::string& key : blocking_keys(portrait))
      if (const auto works = state_->works.find(key); works != state_->works.end())
        for (const Work& work : works->second)
          if (is_cited_as(*work.portrait, portrait)) take(work.citation);
  }

  static Diagnostic uncited(const Record& record, std::string_view name) {
    Diagnostic diagnostic{Severity::Note, "step/cited", {}, std::string(name), record.span, {}};
    diagnostic.message = name.empty() ? std::string("a record without a key is not cited, and left out") : fmt::format("{} is not cited, and left out", name);
    return diagnostic;
  }

  template <class Take>
  void for_each_citation(const Record& record, std::string_view name, Take&& take) const {
    const auto look = [&](std::string_view key) {
      const auto cited = state_->cited.find(std::string(key));
      if (cited != state_->cited.end()) take(cited->second);
    };
    look(name);
    for_each_alias(record, look);
    for_each_identifier(record, [&](const Identifier& identifier) { look(identifier_key(identifier)); });
    for_each_work(record, take);
  }

  /// Whether anything cites the record. If only another of its names does, that becomes its key.
  bool find(GatheredRecord& gathered, std::vector<bool>& found, StepReport& report) const {
    bool cited = false;
    for_each_citation(gathered.record, gathered.name(), [&](std::size_t citation) { cited = found[citation] = true; });
    std::vector<std::string> used;  // in the order of its names
    const auto use = [&](std::string_view name) {
      const auto citation = state_->cited.find(std::string(name));
      if (citation == state_->cited.end() || std::find(used.begin(), used.end(), name) != used.end()) return;
      found[citation->second] = cited = true;
      used.emplace_back(name);
    };
    use(gathered.name());
    for_each_alias(gathered.record, use);
    for (const std::string& name : gathered.further_names) use(name);
    if (!used.empty() && used.front() != gathered.name()) rename(gathered, used.front(), report);
    if (used.size() > 1)
      report.about(gathered, Diagnostic{Severity::Warning, "cited/several-keys", fmt::format("{} are cited and are one work, whose key is {}; let the manuscript use that", fmt::join(used, " and "), gathered.name()),
                                        {}, gathered.record.span, {}});
    return cited;
  }

  static void rename(GatheredRecord& gathered, const std::string& key, StepReport& report) {
    report.about(gathered, Diagnostic{Severity::Note, "step/cited", fmt::format("its key is {}, which is cited, and was {}", key, gathered.name()), key, gathered.record.span, {}});
    Record& record = gathered.record;
    record.remove_if([&](const Item& item) {
      const Entry* const entry = std::get_if<Entry>(&item);
      return entry != nullptr && entry->field == Field::CitationKeyAlias && std::get<Text>(entry->value).value == key;
    });
    record.key = record.arena().copy(key);
    record.key_raw = record.layout = {};
    gathered.made_key.clear();
    gathered.source_key.clear();
  }

  bool is_cited(const Record& record, std::string_view name) const {
    bool cited = false;
    for_each_citation(record, name, [&](std::size_t) { cited = true; });
    return cited;
  }

  /// What a record that stays refers to, and has not inherited, stays with it.
  static void keep_parents(const std::vector<GatheredRecord>& records, const StepReport& report, std::vector<bool>& stays) {
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::size_t at = 0; at < records.size(); ++at) places.emplace(records[at].name(), at);
    std::vector<std::size_t> waiting;
    for (std::size_t at = 0; at < records.size(); ++at)
      if (stays[at]) waiting.push_back(at);
    while (!waiting.empty()) {
      const GatheredRecord& child = records[waiting.back()];
      waiting.pop_back();
      if (!is_bibtex(child.record) || report.has_inherited(child)) continue;
      for_each_parent(child.record, [&](std::string_view key) {
        const auto parent = places.find(key);
        if (parent == places.end() || stays[parent->second]) return;
        stays[parent->second] = true;
        waiting.push_back(parent->second);
      });
    }
  }

  template <class Take>
  static void for_each_parent(const Record& record, Take&& take) {
    for (const Item& item : record.items()) {
      const Extra* const extra = std::get_if<Extra>(&item);
      const Entry* const entry = std::get_if<Entry>(&item);
      if (entry != nullptr && entry->field == Field::Related) for_each_key(std::get<Text>(entry->value).value, take);
      if (extra != nullptr && is_reference(*extra)) for_each_key(extra->raw, take);
    }
  }

  void report_missing(const std::vector<GatheredRecord>& records, const std::vector<bool>& found, StepReport& report) const {
    std::vector<std::string_view> names;
    for (const GatheredRecord& record : records) names.push_back(record.name());
    std::sort(state_->left_out.begin(), state_->left_out.end());
    names.insert(names.end(), state_->left_out.begin(), state_->left_out.end());
    std::size_t comparisons = 0;
    for (std::size_t at = 0; at < found.size(); ++at) {
      // A key may be found under its own spelling and as an identifier.
      if (found[at]) continue;
      const Citation& citation = state_->manuscript.citations[at];
      if (citation.work != nullptr) {
        report.elsewhere({citation.file, citation.position},
                         Diagnostic{Severity::Warning, "cited/missing", fmt::format("no record is the work that is cited as {}", citation.key), citation.key, {}, {}});
        continue;
      }
      if (may_be_label(citation.file, citation.key)) continue;
      comparisons += names.size();
      const std::string meant = comparisons <= kMostComparisons ? suggestion(citation.key, names) : std::string{};
      report.elsewhere({citation.file, citation.position},
                       Diagnostic{Severity::Warning, "cited/missing", fmt::format("no record has the key {}, which is cited here{}", citation.key, meant), citation.key, {}, {}});
    }
  }

  std::vector<std::string> files_;
  ManuscriptOptions options_;
  std::unique_ptr<State> state_ = std::make_unique<State>();
};

constexpr StepOption kOptions[] = {
    {"from", "FILE,…", "the manuscript: .tex (with what it includes), .aux, .bcf, .md, .qmd, .Rmd, .Rnw, .typ, .docx; \"from=\" may be left out"},
    {"command", "NAME,…", "further LaTeX commands that cite"},
};

constexpr StepExample kExamples[] = {
    {"cited:paper.tex", "keeps what the paper cites, and names the keys that no record has"},
    {"cited:from=paper.bcf", "the same, as biber sees it"},
    {"cited:main.md,appendix.md", "of two manuscripts"},
    {"cited:paper.docx", "keeps the works that the fields of Zotero, Mendeley or EndNote cite"},
};

}  // namespace

const StepDescriptor& cited() {
  static constexpr StepDescriptor kStep = {
      "cited",
      "keep the records that a manuscript cites",
      "Reads the citations of LaTeX (natbib, biblatex, apacite and others, and commands that the manuscript defines by them), of pandoc's and Quarto's Markdown and of Typst, and the fields of Zotero, Mendeley and EndNote in .docx; "
      "\\nocite{*} keeps all. A record is cited by its key, by a key in its \"ids\", or by an identifier (doi:10.1000/x, pmid:123); a field cites a work, which is the record that has its identifier, or its "
      "title, author and year as the step dedupe tells it. What an entry of BibTeX refers to (crossref, xdata …) "
      "stays with it where the target knows such references. Keys that no record has are warned about, at their place in the manuscript. The records that are cited are kept in memory, "
      "and of BibTeX all.",
      kOptions,
      kExamples,
      [](std::span<const StepArgument> arguments) -> AnyStep { return std::make_unique<const Cited>(arguments); },
      "from",
  };
  return kStep;
}

}  // namespace bibmill::steps
