// What only several records together show: duplicates, contradictions, references that lead nowhere.
//
// Works are compared by folded titles. Within one first author and year two titles are taken for the same if they are equal, or, where both have 24 letters or
// more, if they share nine tenths of their pairs of neighbouring letters (Dice's coefficient), unless their digits differ; never if both records have different DOIs,
// PMIDs or types, or if anything else speaks against it that speaks against it for the step dedupe (work_marks.h).
#include <algorithm>
#include <array>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "bibmill/rule.h"
#include "bibmill/text/unicode.h"
#include "manuscript/manuscript.h"
#include "number_map.h"
#include "words.h"

namespace bibmill::rules {

namespace {

// ------------------------------------------------------------------------------------------------------------- the same thing

using Pick = std::string_view (*)(const Facts&);

std::string_view doi_of(const Facts& facts) { return facts.doi; }
std::string_view pmid_of(const Facts& facts) { return facts.pmid; }
std::string_view pmcid_of(const Facts& facts) { return facts.pmcid; }
std::string_view arxiv_of(const Facts& facts) { return facts.arxiv; }
std::string_view key_of(const Facts& facts) { return facts.key; }
std::string_view nothing_of(const Facts&) { return {}; }
/// A preprint and its article may both have the number; that is told of elsewhere.
std::string_view stage_of(const Facts& facts) { return facts.preprint ? "preprint" : "published"; }

bool differ(std::string_view a, std::string_view b) { return !a.empty() && !b.empty() && a != b; }

/// Of a text that is kept as a number: of two that differ the numbers do too, as good as certainly. 0 is that of no text.
std::uint64_t number_of(std::string_view text) { return text.empty() ? 0 : std::hash<std::string_view>()(text) | 1U; }
std::uint64_t number_of(std::uint64_t one, std::uint64_t other) { return ((one ^ other >> 32U) * 0x9E3779B97F4A7C15U ^ other) | 1U; }

bool differ(std::uint64_t a, std::uint64_t b) { return a != 0 && b != 0 && a != b; }

/// The same identifier, or the same something, in two records; unless another identifier of theirs differs, which is told elsewhere.
class Repeated final : public SetRule {
 public:
  Repeated(std::string_view what, Pick pick, Pick other) : what_(what), pick_(pick), other_(other) {}

  void record(const Facts& facts, SetFindings& findings) override {
    const std::string_view value = pick_(facts);
    if (value.empty()) return;
    const std::uint64_t other = number_of(other_(facts));
    const auto [known, fresh] = first_.try_emplace(number_of(value), Seen{other, facts.number});
    if (fresh || differ(known.other, other)) return;
    findings.add(facts.number, fmt::format("{} is that of ", fmt::format(fmt::runtime(what_), value)), known.number, " too");
  }

 private:
  struct Seen {
    std::uint64_t other = 0;
    RecordNumber number = 0;
  };
  std::string_view what_;
  Pick pick_;
  Pick other_;
  NumberMap<Seen> first_;
};

std::unique_ptr<SetRule> same_doi(const RuleSettings&) { return std::make_unique<Repeated>("the DOI {}", doi_of, pmid_of); }
std::unique_ptr<SetRule> same_pmid(const RuleSettings&) { return std::make_unique<Repeated>("the PMID {}", pmid_of, doi_of); }
std::unique_ptr<SetRule> same_pmcid(const RuleSettings&) { return std::make_unique<Repeated>("the PMCID {}", pmcid_of, nothing_of); }
std::unique_ptr<SetRule> same_arxiv(const RuleSettings&) { return std::make_unique<Repeated>("the number of arXiv {}", arxiv_of, stage_of); }
std::unique_ptr<SetRule> same_key(const RuleSettings&) { return std::make_unique<Repeated>("the key {}", key_of, nothing_of); }

class SameAbstract final : public SetRule {
 public:
  void record(const Facts& facts, SetFindings& findings) override {
    if (facts.abstract == 0) return;
    const auto [known, fresh] = first_.try_emplace(facts.abstract, facts.number);
    if (!fresh) findings.add(facts.number, "the abstract is that of ", known, " too");
  }

 private:
  NumberMap<RecordNumber> first_;
};

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const std::string_view word : words_of(text)) {
    const bool number = std::all_of(word.begin(), word.end(), [](char c) { return text::is_ascii_digit(c) || std::string_view("ivx").find(c) != std::string_view::npos; });
    if (number) digits += fmt::format("{} ", word);
  }
  return digits;
}

using Pairs = std::vector<std::uint16_t>;

Pairs pairs_of(std::string_view text) {
  Pairs pairs;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) pairs.push_back(static_cast<std::uint16_t>(static_cast<unsigned char>(text[at]) << 8U | static_cast<unsigned char>(text[at + 1])));
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

/// Dice's coefficient of the pairs of neighbouring letters, at least nine tenths?
bool are_alike(std::string_view a, std::string_view b) {
  constexpr std::size_t kLongEnough = 24;
  if (a == b) return true;
  if (a.size() < kLongEnough || b.size() < kLongEnough || a.size() > b.size() * 5 / 4 || b.size() > a.size() * 5 / 4 || digits_of(a) != digits_of(b)) return false;
  const Pairs first = pairs_of(a);
  const Pairs second = pairs_of(b);
  Pairs shared;
  std::set_intersection(first.begin(), first.end(), second.begin(), second.end(), std::back_inserter(shared));
  return shared.size() * 20 >= (first.size() + second.size()) * 9;
}

/// Records of one work by title, year and first author.
class SameWork final : public SetRule {
 public:
  void record(const Facts& facts, SetFindings& findings) override {
    if (facts.title.empty() || facts.author.empty() || facts.year == 0) return;
    const Work work = work_of(facts);
    Shelf& shelf = shelves_.try_emplace(number_of(work.author, static_cast<std::uint64_t>(facts.year)), Shelf{}).first;
    for (std::uint32_t at = shelf.first; at != kNone; at = works_[at].next) {
      const Work& other = works_[at];
      if (!may_be_one(work, other) || !are_alike(other.title, facts.title) || objection(work.marks, *work.containers, other.marks, *other.containers) != Objection::None) continue;
      findings.add(facts.number, "this seems to be the work of ", other.number, fmt::format(": same year, first author and {} title", other.title == facts.title ? "the same" : "nearly the same"));
      break;
    }
    if (shelf.count < kMostCompared) put(work, shelf);
  }

 private:
  /// Nobody writes more in a year; a file in which somebody does must not take quadratic time.
  static constexpr std::uint32_t kMostCompared = 200;
  static constexpr std::uint32_t kNone = UINT32_MAX;

  /// Of texts that are only compared the numbers.
  struct Work {
    std::string title;
    std::vector<std::uint64_t> related;
    std::uint64_t author = 0;
    std::uint64_t doi = 0;
    std::uint64_t pmid = 0;
    std::uint64_t key = 0;
    const std::string* containers = nullptr;
    WorkMarks marks;
    RecordNumber number = 0;
    std::uint32_t next = kNone;  ///< of the same first author and year
  };
  /// The works of a first author in a year, in their order.
  struct Shelf {
    std::uint32_t first = kNone;
    std::uint32_t last = kNone;
    std::uint32_t count = 0;
  };

  Work work_of(const Facts& facts) {
    const std::string& containers = *containers_.insert(facts.containers).first;
    Work work{facts.title, {}, number_of(facts.author), number_of(facts.doi), number_of(facts.pmid), number_of(facts.key), &containers, facts.marks, facts.number, kNone};
    for (const std::string& key : facts.related) work.related.push_back(number_of(key));
    return work;
  }

  static bool may_be_one(const Work& one, const Work& other) {
    const Type type = one.marks.type;
    if (one.author != other.author || one.marks.year != other.marks.year || one.marks.preprint != other.marks.preprint) return false;
    if (differ(one.doi, other.doi) || differ(one.pmid, other.pmid) || (one.key != 0 && one.key == other.key)) return false;
    if (type != other.marks.type && type != Type::Document && other.marks.type != Type::Document) return false;
    // What shares an identifier is told of elsewhere.
    if ((one.doi != 0 && one.doi == other.doi) || (one.pmid != 0 && one.pmid == other.pmid)) return false;
    // A reprint or translation that names the other says what it is.
    return !refers_to(one, other) && !refers_to(other, one);
  }

  static bool refers_to(const Work& one, const Work& other) { return std::find(one.related.begin(), one.related.end(), other.key) != one.related.end(); }

  void put(const Work& work, Shelf& shelf) {
    const auto at = static_cast<std::uint32_t>(works_.size());
    works_.push_back(work);
    if (shelf.last == kNone)
      shelf.first = at;
    else
      works_[shelf.last].next = at;
    shelf.last = at;
    ++shelf.count;
  }

  std::deque<Work> works_;
  std::unordered_set<std::string> containers_;  // few in number: journals come again
  NumberMap<Shelf> shelves_;
};

/// A preprint and the article that came of it: same first author and title, whatever the year.
class PublishedPreprint final : public SetRule {
 public:
  void record(const Facts& facts, SetFindings& findings) override {
    if (facts.title.size() < kLongEnough || facts.author.empty()) return;
    Pair& pair = pairs_.try_emplace(number_of(number_of(facts.title), number_of(facts.author)), Pair{}).first;
    std::optional<RecordNumber>& mine = facts.preprint ? pair.preprint : pair.article;
    if (mine || (!facts.preprint && facts.container.empty())) return;
    mine = facts.number;
    if (pair.preprint && pair.article)
      findings.add(*pair.preprint, "this preprint was published: ", *pair.article, {});
  }

 private:
  static constexpr std::size_t kLongEnough = 12;
  struct Pair {
    std::optional<RecordNumber> preprint;
    std::optional<RecordNumber> article;
  };
  NumberMap<Pair> pairs_;
};

// --------------------------------------------------------------------------------------------------------- contradictions

/// A DOI with two PMIDs, or a PMID with two DOIs.
class IdentifiersDisagree final : public SetRule {
 public:
  void record(const Facts& facts, SetFindings& findings) override {
    if (facts.doi.empty() || facts.pmid.empty()) return;
    compare(by_doi_, facts, "DOI", facts.doi, "PMID", facts.pmid, findings);
    compare(by_pmid_, facts, "PMID", facts.pmid, "DOI", facts.doi, findings);
  }

 private:
  struct Other {
    std::string value;
    RecordNumber number = 0;
  };
  using Index = NumberMap<Other>;

  static void compare(Index& index, const Facts& facts, std::string_view name, const std::string& value, std::string_view other_name, const std::string& other, SetFindings& findings) {
    const auto [known, fresh] = index.try_emplace(number_of(value), Other{other, facts.number});
    if (!fresh && known.value != other)
      findings.add(facts.number, fmt::format("the {} {} has the {} {} here, and {} in ", name, value, other_name, other, known.value), known.number, {});
  }

  Index by_doi_;
  Index by_pmid_;
};

/// Do the words of the shorter title begin those of the longer, in order? "J Clin Invest" is "Journal of Clinical Investigation".
bool may_abbreviate(std::string_view a, std::string_view b) {
  const std::vector<std::string_view> shorter = words_of(a.size() < b.size() ? a : b);
  const std::vector<std::string_view> longer = words_of(a.size() < b.size() ? b : a);
  std::size_t at = 0;
  for (const std::string_view word : shorter) {
    while (at < longer.size() && !longer[at].starts_with(word.substr(0, 1))) ++at;
    if (at == longer.size()) return false;
    ++at;
  }
  return true;
}

/// Without what stands in parentheses and without "and", which the ampersand is too.
std::string bare(std::string_view container) {
  std::string title;
  int depth = 0;
  for (const char c : container) {
    depth += c == '(' ? 1 : 0;
    if (depth == 0) title += c;
    depth -= c == ')' && depth > 0 ? 1 : 0;
  }
  const std::string fold = folded(title);
  std::string words;
  for (const std::string_view word : words_of(fold))
    if (word != "and" && word != "the") words += fmt::format("{}{}", words.empty() ? "" : " ", word);
  return words;
}

/// One ISSN with journals of different titles.
class JournalsDisagree final : public SetRule {
 public:
  void record(const Facts& facts, SetFindings& findings) override {
    if (facts.container.empty() || !is_one_of_journals(facts.type)) return;
    for (const std::string& issn : facts.issns) {
      const auto [known, fresh] = by_issn_.try_emplace(issn, Journal{facts.container_as_written, facts.number});
      if (fresh || known->second.written == facts.container_as_written) continue;
      const std::string title = bare(facts.container_as_written);
      const std::string known_title = bare(known->second.written);
      if (known_title == title || may_abbreviate(known_title, title)) continue;
      if (!told_.insert(fmt::format("{} {}", issn, title)).second) continue;
      findings.add(facts.number, fmt::format("the ISSN {} is that of \"{}\" here, and of \"{}\" in ", issn, facts.container_as_written, known->second.written), known->second.number, {});
      return;
    }
  }

 private:
  static bool is_one_of_journals(Type type) { return type == Type::ArticleJournal || type == Type::ArticleMagazine || type == Type::Periodical; }
  struct Journal {
    std::string written;
    RecordNumber number;
  };
  std::unordered_map<std::string, Journal> by_issn_;
  std::unordered_set<std::string> told_;
};

/// One journal by NLM's identifier with two sets of ISSNs.
class NlmIdsDisagree final : public SetRule {
 public:
  void record(const Facts& facts, SetFindings& findings) override {
    if (facts.nlm_id.empty() || facts.issns.empty()) return;
    for (const std::string& issn : facts.issns) {
      const auto [known, fresh] = by_issn_.try_emplace(issn, Journal{facts.nlm_id, facts.number});
      if (fresh || known->second.nlm_id == facts.nlm_id || !told_.insert(fmt::format("{} {}", issn, facts.nlm_id)).second) continue;
      findings.add(facts.number, fmt::format("the ISSN {} goes with NLM's journal {} here, and with {} in ", issn, facts.nlm_id, known->second.nlm_id), known->second.number, {});
      return;
    }
  }

 private:
  struct Journal {
    std::string nlm_id;
    RecordNumber number;
  };
  std::unordered_map<std::string, Journal> by_issn_;
  std::unordered_set<std::string> told_;
};

// ---------------------------------------------------------------------------------------------------------------- keys

/// Keys in `related` that no record has.
class RelatedMissing final : public SetRule {
 public:
  void record(const Facts& facts, SetFindings&) override {
    if (!facts.key.empty()) keys_.push_back(number_of(facts.key));
    for (const std::string& key : facts.related) wanted_.push_back({facts.number, key});
  }
  void finish(SetFindings& findings) override {
    if (!wanted_.empty()) std::sort(keys_.begin(), keys_.end());
    for (const Wanted& wanted : wanted_)
      if (!std::binary_search(keys_.begin(), keys_.end(), number_of(wanted.key))) findings.add(wanted.by, fmt::format("no record has the key {}, which stands under related", wanted.key));
  }

 private:
  struct Wanted {
    RecordNumber by;
    std::string key;
  };
  std::vector<std::uint64_t> keys_;
  std::vector<Wanted> wanted_;
};

/// Which citations a record is meant by: those of its key or of one of its identifiers ("doi:10.1000/x"), and works, as documents of word processors cite
/// them, that are it by title, first author and year.
class Citations {
 public:
  explicit Citations(const RuleSettings& settings) : all_(&settings.citations) {
    for (std::size_t at = 0; at < all_->size(); ++at) {
      const RuleSettings::Citation& citation = (*all_)[at];
      if (citation.key == RuleSettings::kAll) continue;
      if (citation.work == nullptr) {
        by_name_.emplace(citation.key, at);
        if (citation.key.find(':') != std::string::npos) by_name_.emplace(text::to_lower(citation.key), at);  // of identifiers the case does not count
      }
      for (const std::string& name : citation.names) by_name_.emplace(name, at);
      if (citation.work == nullptr) continue;
      has_works_ = true;
      by_author_[citation.work->author].push_back(at);
    }
  }

  bool has_works() const { return has_works_; }

  template <class Visit>
  void for_each_of(const Facts& facts, Visit&& visit) const {
    look_up(facts.key, visit);
    for (const auto& [scheme, value] : {std::pair{"doi", &facts.doi}, {"pmid", &facts.pmid}, {"pmcid", &facts.pmcid}, {"arxiv", &facts.arxiv}})
      if (!value->empty()) look_up(fmt::format("{}:{}", scheme, *value), visit);
    if (facts.title.empty()) return;
    for (const std::string& author : {facts.author, std::string()}) {
      const auto works = by_author_.find(author);
      if (works == by_author_.end()) continue;
      for (const std::size_t at : works->second)
        if (is_meant(*(*all_)[at].work, facts)) visit(at);
      if (author.empty()) break;
    }
  }

 private:
  template <class Visit>
  void look_up(const std::string& name, Visit&& visit) const {
    const auto found = by_name_.find(name);
    if (!name.empty() && found != by_name_.end()) visit(found->second);
  }

  static bool is_meant(const Facts& work, const Facts& facts) {
    const bool years_differ = work.year != 0 && facts.year != 0 && work.year != facts.year;
    return !years_differ && !differ(work.doi, facts.doi) && !differ(work.pmid, facts.pmid) && !work.title.empty() && are_alike(work.title, facts.title);
  }

  const std::vector<RuleSettings::Citation>* all_;
  std::unordered_map<std::string, std::size_t> by_name_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_author_;  // works
  bool has_works_ = false;
};

/// What manuscripts cite and no record is.
class CitedButMissing final : public SetRule {
 public:
  explicit CitedButMissing(const RuleSettings& settings) : settings_(&settings), citations_(settings), found_(settings.citations.size(), false) {}
  void record(const Facts& facts, SetFindings&) override {
    if (settings_->has_manuscripts) citations_.for_each_of(facts, [&](std::size_t at) { found_[at] = true; });
  }
  void finish(SetFindings& findings) override {
    for (std::size_t at = 0; at < found_.size(); ++at) {
      const RuleSettings::Citation& citation = settings_->citations[at];
      if (found_[at] || citation.key == RuleSettings::kAll || (citation.work == nullptr && may_be_label(citation.source, citation.key))) continue;
      findings.add(citation.source, citation.position,
                   citation.work == nullptr ? fmt::format("no record has the key {}, which is cited here", citation.key) : fmt::format("no record is the work that is cited as {}", citation.key));
    }
  }

 private:
  const RuleSettings* settings_;
  Citations citations_;
  std::vector<bool> found_;
};

/// Records that no manuscript cites.
class Uncited final : public SetRule {
 public:
  explicit Uncited(const RuleSettings& settings)
      : looks_(settings.has_manuscripts && std::none_of(settings.citations.begin(), settings.citations.end(), [](const RuleSettings::Citation& one) { return one.key == RuleSettings::kAll; })), citations_(settings) {}
  void record(const Facts& facts, SetFindings& findings) override {
    if (!looks_ || (facts.key.empty() && !citations_.has_works())) return;
    bool cited = false;
    citations_.for_each_of(facts, [&](std::size_t) { cited = true; });
    if (!cited) findings.add(facts.number, fmt::format("no manuscript cites {}", facts.key.empty() ? "this record" : facts.key));
  }

 private:
  bool looks_;
  Citations citations_;
};

// ------------------------------------------------------------------------------------------------------------- consistency

/// Fields that nearly all records of a type have, and this one lacks.
class UnusualGaps final : public SetRule {
 public:
  void record(const Facts& facts, SetFindings&) override {
    Group& group = groups_[facts.type];
    group.records.push_back({facts.number, facts.fields});
    for (std::size_t field = 0; field < kFieldCount; ++field) group.counts[field] += facts.fields.test(field) ? 1U : 0U;
  }
  void finish(SetFindings& findings) override {
    constexpr std::size_t kEnough = 10;
    for (const auto& [type, group] : groups_) {
      if (group.records.size() < kEnough) continue;
      for (const auto& [name, field] : by_name()) {
        const std::size_t count = group.counts[field];
        if (count == group.records.size() || count * 10 < group.records.size() * 9) continue;
        for (const auto& [number, fields] : group.records)
          if (!fields.test(field)) findings.add(number, fmt::format("{} of {} records of this type have {}; this one does not", count, group.records.size(), name), fmt::format("nearly all records of this type have {}", name));
      }
    }
  }

 private:
  struct Group {
    std::vector<std::pair<RecordNumber, std::bitset<kFieldCount>>> records;
    std::array<std::size_t, kFieldCount> counts{};
  };
  static std::map<std::string_view, std::size_t> by_name() {
    std::map<std::string_view, std::size_t> fields;
    for (std::size_t field = 0; field < kFieldCount; ++field) fields.emplace(name_of(static_cast<Field>(field)), field);
    return fields;
  }
  std::map<Type, Group> groups_;
};

/// The order of keys in each file.
class KeysOutOfOrder final : public SetRule {
 public:
  void record(const Facts& facts, SetFindings& findings) override {
    if (facts.key.empty()) return;
    std::string key = folded(facts.key);
    if (!last_.empty() && facts.format == format_ && key < last_) findings.add(facts.number, fmt::format("{} stands behind {}, which comes later in the alphabet", facts.key, last_written_));
    last_ = std::move(key);
    last_written_ = facts.key;
    format_ = facts.format;
  }

 private:
  std::string last_;
  std::string last_written_;
  const Format* format_ = nullptr;
};

template <class Kind>
std::unique_ptr<SetRule> make(const RuleSettings& settings) {
  if constexpr (std::is_constructible_v<Kind, const RuleSettings&>) {
    return std::make_unique<Kind>(settings);
  } else {
    return std::make_unique<Kind>();
  }
}

// clang-format off
constexpr Rule kRules[] = {
    {.code = "duplicate/doi", .summary = "Two records have the same DOI.", .why = "A DOI names one work: the records are of the same one, or one of the DOIs is wrong.",
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = 2001, doi = {10.5555/kelp}}\n@misc{b, title = {Low Tides}, year = 2002, doi = {10.5555/KELP}}\n"},
     .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001, doi = {10.5555/kelp}}\n@misc{b, title = {Low Tides}, year = 2002, doi = {10.5555/kelp2}}\n"}, .set = same_doi},
    {.code = "duplicate/pmid", .summary = "Two records have the same PMID.", .why = "They are of the same work, or one of the PMIDs is wrong.",
     .bad = {"medline", "PMID- 1\nTI  - Tides.\nJT  - Coast\nDP  - 2001\n\nPMID- 1\nTI  - Low tides.\nJT  - Coast\nDP  - 2001\n"},
     .good = {"medline", "PMID- 1\nTI  - Tides.\nJT  - Coast\nDP  - 2001\n\nPMID- 2\nTI  - Low tides.\nJT  - Coast\nDP  - 2001\n"}, .set = same_pmid},
    {.code = "duplicate/pmcid", .summary = "Two records have the same PMCID.", .why = "They are of the same work, or one of the PMCIDs is wrong.",
     .bad = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides", "container-title": "Coast", "PMCID": "PMC1"}, {"id": "b", "type": "article-journal", "title": "Low tides", "container-title": "Coast", "PMCID": "PMC1"}])" "\n"},
     .good = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides", "container-title": "Coast", "PMCID": "PMC1"}, {"id": "b", "type": "article-journal", "title": "Low tides", "container-title": "Coast", "PMCID": "PMC2"}])" "\n"}, .set = same_pmcid},
    {.code = "duplicate/arxiv", .summary = "Two records have the same number of arXiv.", .why = "They are of the same work, or one of the numbers is wrong.",
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = 2001, eprint = {2101.00001}, archiveprefix = {arXiv}}\n@misc{b, title = {Low Tides}, year = 2002, eprint = {2101.00001}, archiveprefix = {arXiv}}\n"},
     .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001, eprint = {2101.00001}, archiveprefix = {arXiv}}\n@misc{b, title = {Low Tides}, year = 2002, eprint = {2101.00002}, archiveprefix = {arXiv}}\n"}, .set = same_arxiv},
    {.code = "duplicate/key", .summary = "Two records have the same key.", .why = "A citation of it means either. (Of BibTeX the reader says so.)", .formats = "csljson yaml",
     .bad = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides", "container-title": "Coast"}, {"id": "a", "type": "article-journal", "title": "Low tides", "container-title": "Coast"}])" "\n"},
     .good = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides", "container-title": "Coast"}, {"id": "b", "type": "article-journal", "title": "Low tides", "container-title": "Coast"}])" "\n"}, .set = same_key},
    {.code = "duplicate/work", .summary = "Two records seem to be of the same work.", .why = "They have the same first author and year, and titles that are equal or nearly so (nine tenths of their pairs of letters), and nothing tells them apart: no DOI, PMID or type, and nothing of what the step dedupe minds (volume, page, issue, journal, number, given names …).",
     .bad = {"bibtex", "@misc{a, author = {Lind, Oda}, title = {Counting kelp from orbit}, year = 2001}\n@misc{b, author = {Lind, O.}, title = {Counting Kelp from Orbit}, year = 2001}\n"},
     .good = {"bibtex", "@misc{a, author = {Lind, Oda}, title = {Counting kelp from orbit, part 1}, year = 2001}\n@misc{b, author = {Lind, O.}, title = {Counting Kelp from Orbit, Part 2}, year = 2001}\n"}, .set = make<SameWork>},
    {.code = "duplicate/abstract", .summary = "Two records have the same abstract.", .why = "They are of the same work, or one of the abstracts was filled in wrongly.", .severity = Severity::Note,
     .bad = {"ris", "TY  - JOUR\nTI  - Tides\nT2  - Coast\nPY  - 2001\nAB  - We counted kelp from orbit in all bays of the northern coast over a period of ten years, and compared the counts with those of divers, fishermen and the admiralty's charts. Counts from orbit were higher by a third in summer, and lower in winter.\nER  - \nTY  - JOUR\nTI  - Harbours\nT2  - Coast\nPY  - 2002\nAB  - We counted kelp from orbit in all bays of the northern coast over a period of ten years, and compared the counts with those of divers, fishermen and the admiralty's charts. Counts from orbit were higher by a third in summer, and lower in winter.\nER  - \n"},
     .good = {"ris", "TY  - JOUR\nTI  - Tides\nT2  - Coast\nPY  - 2001\nAB  - Short.\nER  - \nTY  - JOUR\nTI  - Harbours\nT2  - Coast\nPY  - 2002\nAB  - Short.\nER  - \n"}, .set = make<SameAbstract>},
    {.code = "duplicate/preprint", .summary = "A preprint and the article that came of it stand in the same set.", .why = "Cite the published version, unless you mean the other.", .severity = Severity::Note,
     .bad = {"bibtex", "@misc{a, author = {Lind, Oda}, title = {Counting kelp from orbit}, year = 2001, eprint = {2101.00001}, archiveprefix = {arXiv}}\n@article{b, author = {Lind, Oda}, title = {Counting kelp from orbit}, journal = {Coast}, year = 2002}\n"},
     .good = {"bibtex", "@misc{a, author = {Lind, Oda}, title = {Counting kelp from orbit}, year = 2001, eprint = {2101.00001}, archiveprefix = {arXiv}}\n@article{b, author = {Lind, Oda}, title = {Counting kelp from boats}, journal = {Coast}, year = 2002}\n"}, .set = make<PublishedPreprint>},
    {.code = "identifier/doi-and-pmid-disagree", .summary = "Two records give a DOI different PMIDs, or a PMID different DOIs.", .why = "One of them is wrong.",
     .bad = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides", "container-title": "Coast", "DOI": "10.5555/kelp", "PMID": "1"}, {"id": "b", "type": "article-journal", "title": "Low tides", "container-title": "Coast", "DOI": "10.5555/kelp", "PMID": "2"}])" "\n"},
     .good = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides", "container-title": "Coast", "DOI": "10.5555/kelp", "PMID": "1"}, {"id": "b", "type": "article-journal", "title": "Low tides", "container-title": "Coast", "DOI": "10.5555/kelp2", "PMID": "2"}])" "\n"}, .set = make<IdentifiersDisagree>},
    {.code = "identifier/journals-disagree", .summary = "Two records give one ISSN to journals of different titles.", .why = "One of the two is wrong, or the journal changed its name. A title and its abbreviation are taken for the same.", .severity = Severity::Note,
     .bad = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast and Shelf}, year = 2001, issn = {1097-4172}}\n@article{b, author = {Berg, Nils}, title = {Kelp}, journal = {Harbour Letters}, year = 2002, issn = {1097-4172}}\n"},
     .good = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast and Shelf}, year = 2001, issn = {1097-4172}}\n@article{b, author = {Berg, Nils}, title = {Kelp}, journal = {Coast Shelf}, year = 2002, issn = {1097-4172}}\n"}, .set = make<JournalsDisagree>},
    {.code = "identifier/nlm-ids-disagree", .summary = "Two records give one ISSN to different journals of NLM's catalogue.", .why = "One of the two is wrong.", .severity = Severity::Note,
     .bad = {"medline", "PMID- 1\nTI  - Tides.\nJT  - Coast\nDP  - 2001\nIS  - 1097-4172 (Print)\nJID - 100\n\nPMID- 2\nTI  - Low tides.\nJT  - Coast\nDP  - 2001\nIS  - 1097-4172 (Print)\nJID - 200\n"},
     .good = {"medline", "PMID- 1\nTI  - Tides.\nJT  - Coast\nDP  - 2001\nIS  - 1097-4172 (Print)\nJID - 100\n\nPMID- 2\nTI  - Low tides.\nJT  - Coast\nDP  - 2001\nIS  - 1097-4172 (Print)\nJID - 100\n"}, .set = make<NlmIdsDisagree>},
    {.code = "integrity/related-missing", .summary = "A record refers to one that is not there.", .why = "The reference is dropped in print. (Of crossref and xdata the reader says so.)",
     .bad = {"biblatex", "@misc{a, title = {Tides}, date = {2001}, related = {b}}\n"}, .good = {"biblatex", "@misc{a, title = {Tides}, date = {2001}, related = {b}}\n@misc{b, title = {Harbours}, date = {2002}}\n"}, .set = make<RelatedMissing>},
    {.code = "integrity/cited-but-missing", .summary = "A manuscript cites what no record is.", .why = "It prints as a question mark.", .severity = Severity::Error, .option = "--cited FILE", .set = make<CitedButMissing>},
    {.code = "integrity/uncited", .summary = "No manuscript cites a record.", .why = "It may have been kept by mistake, or a citation lost.", .severity = Severity::Note, .option = "--cited FILE", .set = make<Uncited>},
    {.code = "style/unusual-gap", .summary = "A record lacks a field that nine of ten records of its type have.", .why = "References in one list look alike only if they give the same things.", .severity = Severity::Note, .by_default = false, .set = make<UnusualGaps>},
    {.code = "style/keys-out-of-order", .summary = "Records do not stand in the order of their keys.", .why = "Some teams keep files so, to see at once whether a record is there.", .severity = Severity::Note, .by_default = false,
     .bad = {"bibtex", "@misc{b, title = {Tides}, year = 2001}\n@misc{a, title = {Harbours}, year = 2002}\n"}, .good = {"bibtex", "@misc{a, title = {Harbours}, year = 2002}\n@misc{b, title = {Tides}, year = 2001}\n"}, .set = make<KeysOutOfOrder>},
};
// clang-format on

}  // namespace

std::span<const Rule> sets_rules() { return kRules; }

}  // namespace bibmill::rules
