// keys: gives all records new keys, and tells which became which.
#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/key_register.h"
#include "bibmill/keys.h"
#include "bibmill/likeness.h"
#include "bibmill/reflect.h"
#include "bibmill/step.h"
#include "bibmill/text/schema.h"
#include "manuscript/manuscript.h"
#include "manuscript/renaming.h"
#include "references.h"

namespace bibmill::steps {

namespace {

Transliteration rules_named(const std::string& name) {
  if (name == "plain") return Transliteration::Plain;
  if (name == "german") return Transliteration::German;
  if (name == "nordic") return Transliteration::Nordic;
  throw UsageError(fmt::format("the step keys transliterates as plain, german or nordic, not as {}", name));
}

/// What tells works with one base apart, whatever the order of the input: their content, not their keys.
struct Rank {
  explicit Rank(const Record& record) {
    const Portrait portrait(record);
    title = portrait.title;
    rest = fmt::format("{}|{}|{}|{}", portrait.container, portrait.volume, portrait.first_page, fmt::join(portrait.identifiers, "|"));
    Record nameless = record;
    nameless.key = nameless.key_raw = {};
    digest = text::digest(nameless);
  }
  std::string title;
  std::string rest;
  std::uint64_t digest;
  friend bool operator<(const Rank& a, const Rank& b) { return std::tie(a.title, a.rest, a.digest) < std::tie(b.title, b.rest, b.digest); }
};

class Keys final : public WholeStep {
 public:
  explicit Keys(std::span<const StepArgument> arguments) {
    std::string pattern;
    Transliteration rules = Transliteration::Plain;
    for (const StepArgument& argument : arguments) {
      if (argument.option == "pattern") pattern = fmt::format("{}", fmt::join(argument.values, ","));
      if (argument.option == "transliterate") rules = rules_named(argument.values.front());
      if (argument.option == "map") map_ = argument.values.front();
      if (argument.option == "manuscript") manuscripts_ = argument.values;
      if (argument.option == "command") citing_.commands = argument.values;
    }
    for (const std::string& file : manuscripts_)
      if (!has_keys_to_change(file)) throw UsageError(fmt::format("the step keys changes keys in texts that people write, such as .tex, .md and .typ, not in {}", file));
    if (pattern.empty()) throw UsageError("the step keys wants pattern=PATTERN, such as [auth][year]");
    pattern_ = KeyPattern(pattern, rules);
  }

  void begin(const StepSetting&) const override {
    if (!manuscripts_.empty()) *manuscript_ = read_manuscripts(manuscripts_, citing_);
  }

  bool goes_by_key() const override { return true; }

  void arrange(std::vector<GatheredRecord>& records, StepReport& report) const override {
    const std::vector<std::string> made = made_keys(records);
    std::unordered_set<std::string> old_names;
    KeyChanges changed;
    std::string map;
    const auto change = [&](const std::string& before, const std::string& now) {
      // Of records of one name the first has it.
      if (!old_names.insert(before).second || before == now) return;
      changed.emplace(before, now);
      fmt::format_to(std::back_inserter(map), "{}\t{}\n", before, now);
    };
    for (std::size_t at = 0; at < records.size(); ++at) {
      const std::string before(records[at].name());
      change(before, made[at]);
      if (before != made[at]) report.about(records[at], Diagnostic{Severity::Note, "step/keys", fmt::format("its key is {}, and was {}", made[at], before), made[at], records[at].record.span, {}});
    }
    for (std::size_t at = 0; at < records.size(); ++at)
      for (const std::string& name : records[at].further_names) change(name, made[at]);
    for (std::size_t at = 0; at < records.size(); ++at) name(records[at], made[at]);
    for (GatheredRecord& record : records) follow(record.record, changed);
    if (!map_.empty()) report.file(map_, std::move(map));
    if (!manuscripts_.empty()) rename_in_manuscripts(changed, old_names, {made.begin(), made.end()}, report);
  }

 private:
  /// Bases in their order, and works of one base in the order of their content, so that the letters behind them do not depend on the order of the input.
  std::vector<std::string> made_keys(const std::vector<GatheredRecord>& records) const {
    std::vector<std::string> bases;
    std::vector<Rank> ranks;
    for (const GatheredRecord& record : records) {
      bases.push_back(base_of(record));
      ranks.emplace_back(record.record);
    }
    std::vector<std::size_t> order(records.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      if (bases[a] != bases[b]) return bases[a] < bases[b];
      if (ranks[a] < ranks[b] || ranks[b] < ranks[a]) return ranks[a] < ranks[b];
      return a < b;
    });
    KeyRegister taken;
    for (const std::size_t at : order) taken.add_distinct(bases[at]);
    return bases;
  }

  std::string base_of(const GatheredRecord& record) const {
    std::string pattern;
    pattern_.append(pattern, record.record);
    std::string base;
    for (const char c : pattern) base += c == KeyPattern::kNumberPlace ? fmt::format("{}", record.number) : std::string(1, c);
    return base;
  }

  static void name(GatheredRecord& gathered, const std::string& key) {
    Record& record = gathered.record;
    gathered.made_key.clear();
    gathered.source_key.clear();
    if (record.key == key) return;
    record.key = record.arena().copy(key);
    record.key_raw = {};
    record.layout = {};
  }

  void rename_in_manuscripts(const KeyChanges& changed, const std::unordered_set<std::string>& old_names, const std::unordered_set<std::string>& made, StepReport& report) const {
    std::vector<ManuscriptRemark> remarks = manuscript_->remarks;
    if (const Citation* const ahead = changed_before(changed, old_names, made)) {
      report.elsewhere({ahead->file, ahead->position}, Diagnostic{Severity::Warning, "keys/changed-before",
                                                                  fmt::format("{} is a key that is new and is cited already: the manuscript seems to have its new keys, and stays as it is", ahead->key), ahead->key, {}, {}});
    } else {
      for (RenamedFile& file : rename_keys(*manuscript_, changed, remarks)) {
        report.elsewhere({file.path, {}}, Diagnostic{Severity::Note, "step/keys", fmt::format("{} {} changed in it", file.count, file.count == 1 ? "key is" : "keys are"), {}, {}, {}});
        report.file(std::move(file.path), std::move(file.bytes));
      }
    }
    for (const ManuscriptRemark& remark : remarks) report.elsewhere({remark.file, remark.position}, remark.diagnostic);
  }

  /// Where one record's new key is the old one of another, changing keys twice would mix the works up: a citation that shows that it was done, or null.
  const Citation* changed_before(const KeyChanges& changed, const std::unordered_set<std::string>& old_names, const std::unordered_set<std::string>& made) const {
    const std::vector<Citation>& citations = manuscript_->citations;
    const bool can_mix = std::any_of(citations.begin(), citations.end(), [&](const Citation& each) { return changed.count(each.key) > 0 && made.count(each.key) > 0; });
    if (!can_mix) return nullptr;
    const auto ahead = std::find_if(citations.begin(), citations.end(), [&](const Citation& each) { return old_names.count(each.key) == 0 && made.count(each.key) > 0; });
    return ahead == citations.end() ? nullptr : &*ahead;
  }

  /// What refers to a record goes on doing so.
  static void follow(Record& record, const std::unordered_map<std::string, std::string>& changed) {
    for (Item& item : record.items()) {
      if (Extra* const extra = std::get_if<Extra>(&item); extra != nullptr && is_reference(*extra)) {
        if (const std::string raw = renamed(extra->raw, changed); raw != extra->raw) {
          extra->raw = record.arena().copy(raw);
          record.layout = {};
        }
      }
      Entry* const entry = std::get_if<Entry>(&item);
      if (entry == nullptr || entry->field != Field::Related) continue;
      Text& keys = std::get<Text>(entry->value);
      if (const std::string now = renamed(keys.value, changed); now != keys.value) {
        keys.value = record.arena().copy(now);
        entry->raw = record.layout = {};
      }
    }
  }

  static std::string renamed(std::string_view raw, const std::unordered_map<std::string, std::string>& changed) {
    std::string now;
    std::size_t from = 0;
    for_each_key(raw, [&](std::string_view key) {
      const auto known = changed.find(std::string(key));
      const std::size_t begin = static_cast<std::size_t>(key.data() - raw.data());
      now.append(raw, from, begin - from).append(known == changed.end() ? key : std::string_view(known->second));
      from = begin + key.size();
    });
    return now.append(raw, from);
  }

  KeyPattern pattern_;
  std::string map_;
  std::vector<std::string> manuscripts_;
  ManuscriptOptions citing_;
  std::unique_ptr<Manuscript> manuscript_ = std::make_unique<Manuscript>();
};

constexpr StepOption kOptions[] = {
    {"pattern", "PATTERN", "how keys look, as with --keys: {author}{year}{title:1}, or with JabRef's names in brackets: [auth][year], [authEtAl:lower]_[shorttitle]; \"pattern=\" may be left out"},
    {"transliterate", "plain|german|nordic", "Müller becomes Muller (plain, the default) or Mueller (german); Ørsted becomes Orsted or Oersted (nordic)"},
    {"map", "FILE", "write the old and the new keys, divided by a tab"},
    {"manuscript", "FILE,…", "change the keys in these manuscripts too (.tex, .Rnw, .md, .qmd, .Rmd, .typ), in the files that they include, and nothing else in them"},
    {"command", "NAME,…", "further LaTeX commands that cite"},
};

constexpr StepExample kExamples[] = {
    {"keys:[auth][year]", "Ortega2019, Ortega2019a"},
    {"keys:[auth][year],manuscript=paper.tex", "the same, and the paper cites the new keys"},
    {"keys:{author:lower}_{year}_{title:1:lower},map=keys.tsv", "ortega_2019_counting, and a list of what was called how"},
};

}  // namespace

const StepDescriptor& keys() {
  static constexpr StepDescriptor kStep = {
      "keys",
      "give the records new keys by a pattern",
      "Works whose keys would be the same get the letters a, b … in the order of their titles and places in print, so that the keys do not depend on the order of the input. Greek and Cyrillic "
      "names are transliterated. crossref and its like follow. Manuscripts are changed in place when all else is done; keys of records that were merged become that of the work. Done twice it changes nothing more, "
      "but where a new key is the old one of another work: save the bibliography with its manuscript. All records are kept in memory.",
      kOptions,
      kExamples,
      [](std::span<const StepArgument> arguments) -> AnyStep { return std::make_unique<const Keys>(arguments); },
      "pattern",
  };
  return kStep;
}

}  // namespace bibmill::steps
