// What holds for every step: done twice it changes nothing more, and any number of threads gives the same bytes and says the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <variant>

#include <fmt/format.h>

#include "bibmill/lock_file.h"
#include "bibmill/pipeline_file.h"
#include "bibmill/step.h"
#include "bibmill/target.h"
#include "bibmill/text/json.h"
#include "bibmill/text/schema.h"
#include "corpus.h"
#include "pipeline_run.h"
#include "support/folder.h"

namespace bibmill::laws {
namespace {

namespace fs = std::filesystem;

/// One way to use each step. Not here: `cited` and `enrich`, which need files, and have laws below.
constexpr std::string_view kSpecs[] = {
    "case:sentence,language=any", "case:title,language=any,fields=title,container-title", "dates:numbers=dmy", "dates:precision=month", "dates:precision=year", "dedupe", "dedupe:by=identifier,aliases=keep",
    "fields:drop=abstract", "fields:type=article-journal,set=language:en,issued:2019-05,DOI:10.1000/x,default=medium:Print", "identifiers", "journals:abbreviate", "journals:fill,learn=yes", "journals:abbreviate,words=yes", "journals:abbreviate,words=yes,dots=drop", "journals:fill,words=all", "keys:{author}{year}", "merge-sources:pubmed,zotero,prefer=title:ris", "names:initials=spaced,limit=3", "names:limit=2,fields=author",
    "names:initials=bare,particles=split", "nfc", "pages", "pages:contract", "retractions", "retractions:then=drop", "select:year=2000-", "select:type == article-journal and (year >= 2000 or has(DOI)) and author contains a", "sort:by=author,issued", "strip:abstract,keywords,notes,files,database,manager",
    "unicode:punctuation=plain", "unicode:letters=ascii,transliterate=german,punctuation=plain",
};

/// Puts what a whole step says into one text.
class Said final : public StepReport {
 public:
  void about(const GatheredRecord& record, Diagnostic diagnostic) override { text += fmt::format("{} {} {}\n", record.number, diagnostic.code, diagnostic.message); }
  Place place_of(const GatheredRecord& record) const override { return {"input", {record.number, 1}}; }
  bool has_inherited(const GatheredRecord&) const override { return false; }
  void elsewhere(const Place&, const Diagnostic& diagnostic) override { text += fmt::format("{}\n", diagnostic.message); }
  void trailing(const Extra&) override {}
  void file(std::string, std::string) override {}
  std::string text;
};

bool is_finding(std::string_view line) {
  constexpr std::string_view kFindings[] = {"step/journals-unknown", "step/case-capitals", "step/dates-doubtful", "step/enrich-doubtful", "step/unicode-kept"};
  return std::any_of(std::begin(kFindings), std::end(kFindings), [&](std::string_view code) { return line.find(code) != std::string_view::npos; });
}

/// What steps changed, of all that was said: findings that change nothing may come again.
std::string changes_in(const std::string& said) {
  std::string changes;
  std::istringstream lines(said);
  for (std::string line; std::getline(lines, line);)
    if (line.find(" step/") != std::string::npos && !is_finding(line)) changes += line + "\n";
  return changes;
}

struct Done {
  std::vector<GatheredRecord> records;
  std::string said;
};

Done do_step(std::string_view spec, std::vector<GatheredRecord> records) {
  const AnyStep any = make_step(spec);
  Done done;
  if (const auto* const each = std::get_if<std::unique_ptr<const Step>>(&any)) {
    (*each)->begin({all_formats(), nullptr});
    for (GatheredRecord& gathered : records) {
      DiagnosticList list;
      if ((*each)->record(gathered.record, list) == Verdict::Keep) done.records.push_back(std::move(gathered));
      for (const Diagnostic& diagnostic : list.list) done.said += fmt::format("{} {} {}\n", gathered.number, diagnostic.code, diagnostic.message);
    }
    return done;
  }
  const auto& whole = std::get<std::unique_ptr<const WholeStep>>(any);
  whole->begin({all_formats(), nullptr});
  Said said;
  whole->arrange(records, said);
  return {std::move(records), said.text};
}

std::string dump(const std::vector<GatheredRecord>& records) {
  std::string text;
  for (const GatheredRecord& gathered : records) text += text::dump(gathered.record);
  return text;
}

std::vector<GatheredRecord> gathered(Reading& reading) {
  std::vector<GatheredRecord> records;
  for (Record& record : reading.records) {
    GatheredRecord one;
    one.number = records.size() + 1;
    one.made_key = record.key.empty() ? fmt::format("made{}", one.number) : std::string();
    one.record = std::move(record);
    records.push_back(std::move(one));
  }
  return records;
}

class Steps : public testing::TestWithParam<std::string_view> {};

INSTANTIATE_TEST_SUITE_P(Specs, Steps, testing::ValuesIn(kSpecs), [](const auto& spec) {
  std::string name(spec.param);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
});

TEST_P(Steps, TwiceIsOnce) {
  for (const Document& document : all_documents()) {
    Reading reading = read(*document.format, text_of(document));
    Done once = do_step(GetParam(), gathered(reading));
    const std::string first = dump(once.records);
    const Done twice = do_step(GetParam(), std::move(once.records));
    EXPECT_EQ(dump(twice.records), first) << document.name();
    EXPECT_EQ(changes_in(twice.said), "") << document.name();
  }
}

TEST_P(Steps, ThreadsMakeNoDifference) {
  const Format& yaml = *format_named(all_formats(), "yaml");
  for (const Format* const format : all_formats()) {
    std::vector<fs::path> paths;
    for (const Document& document : fixtures())
      if (document.format == format) paths.push_back(document.path);
    if (paths.empty()) continue;
    const auto run = [&](std::size_t threads) {
      constexpr std::size_t kSmallParts = 1024;
      std::vector<AnyStep> steps;
      steps.push_back(make_step(GetParam()));
      return convert_files(paths, *format, yaml, threads, kSmallParts, std::move(steps));
    };
    const Conversion alone = run(1);
    const Conversion many = run(8);
    EXPECT_TRUE(alone.text == many.text) << format->id;
    EXPECT_TRUE(alone.said == many.said) << format->id;
  }
}

/// Sees all records, and so keeps the step behind it from reading the input several times.
class Gathering final : public WholeStep {
  void arrange(std::vector<GatheredRecord>&, StepReport&) const override {}
};

/// Records that meet are read again and arranged alone; what comes out is what comes of arranging all. Each file is there twice, so that there is something to merge.
TEST(StepLaws, MeetingIsAsGoodAsGathering) {
  for (const std::string_view spec : {"dedupe:aliases=keep", "dedupe:keep=first", "merge-sources:scopus"}) {
    for (const Format* const format : all_formats()) {
      std::vector<fs::path> paths;
      for (const Document& document : fixtures())
        if (document.format == format) paths.insert(paths.end(), 2, document.path);
      if (paths.empty()) continue;
      // (Formats that have no place for text between records: where there is one, it stays in it.)
      for (const Format* const to : {format_named(all_formats(), "medline"), format_named(all_formats(), "csljson")}) {
        const auto run = [&](bool gathers, std::size_t threads) {
          constexpr std::size_t kSmallParts = 1024;
          std::vector<AnyStep> steps;
          if (gathers) steps.emplace_back(std::make_unique<const Gathering>());
          steps.push_back(make_step("names:initials=spaced"));
          steps.push_back(make_step(spec));
          steps.push_back(make_step("fields:drop=abstract"));
          return convert_files(paths, *format, *to, threads, kSmallParts, std::move(steps));
        };
        const Conversion gathered = run(true, 1);
        const Conversion met = run(false, 1);
        EXPECT_TRUE(gathered.text == met.text) << spec << ", " << format->id << " to " << to->id;
        EXPECT_GT(met.totals.records_dropped, 0U) << format->id;
        EXPECT_EQ(gathered.totals.records_dropped, met.totals.records_dropped) << format->id;
        EXPECT_EQ(gathered.totals.losses.total(), met.totals.losses.total()) << format->id;
        EXPECT_EQ(gathered.totals.warnings, met.totals.warnings) << format->id;
        EXPECT_TRUE(run(false, 8).said == met.said) << format->id;
      }
    }
  }
}

/// The records of a bibliography, with no more than their titles and identifiers, get the rest back, once.
TEST(StepLaws, EnrichedTwiceIsOnce) {
  for (const Document& source : fixtures()) {
    Reading reading = read(*source.format, text_of(source));
    if (reading.records.empty()) continue;
    std::vector<GatheredRecord> bare = gathered(reading);
    for (GatheredRecord& one : bare)
      one.record.remove_if([](const Item& item) {
        const Entry* const entry = std::get_if<Entry>(&item);
        return entry == nullptr || (entry->field != Field::Title && entry->field != Field::Doi && entry->field != Field::Pmid);
      });
    const std::string spec = fmt::format("enrich:from={}", source.path.string());
    Done once = do_step(spec, std::move(bare));
    const std::string first = dump(once.records);
    const Done twice = do_step(spec, std::move(once.records));
    EXPECT_EQ(dump(twice.records), first) << source.name();
    EXPECT_EQ(changes_in(twice.said), "") << source.name();
  }
}

/// Of a manuscript that cites every other record, what stays once stays always.
TEST(StepLaws, CitedTwiceIsOnce) {
  const support::Folder folder;
  for (const Document& document : all_documents()) {
    Reading reading = read(*document.format, text_of(document));
    std::vector<GatheredRecord> records = gathered(reading);
    const fs::path paper = folder.path() / "paper.tex";
    std::ofstream text(paper);
    for (std::size_t at = 0; at < records.size(); at += 2) text << "\\cite{" << records[at].name() << "}\n";
    text.close();
    const std::string spec = fmt::format("cited:{}", paper.string());
    Done once = do_step(spec, std::move(records));
    const std::string first = dump(once.records);
    const Done twice = do_step(spec, std::move(once.records));
    EXPECT_EQ(dump(twice.records), first) << document.name();
    EXPECT_EQ(changes_in(twice.said), "") << document.name();
  }
}

TEST(StepLaws, HoldAllSteps) {
  for (const StepDescriptor* const step : all_steps()) {
    const bool held = std::any_of(std::begin(kSpecs), std::end(kSpecs), [&](std::string_view spec) { return spec.substr(0, spec.find(':')) == step->name; });
    EXPECT_TRUE(held || step->name == "cited" || step->name == "enrich") << step->name;
  }
}

TEST(StepLaws, EveryStepHasACase) {
  std::string cases;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(support::fixtures().parent_path() / "tests/cases"))
    if (entry.path().extension() == ".md") cases += support::bytes_of(entry.path());
  for (const StepDescriptor* const step : all_steps()) EXPECT_NE(cases.find(fmt::format(" --step {}", step->name)), std::string::npos) << step->name;
}

/// The page says what a step does, each option, and what stays in memory.
TEST(StepLaws, EveryStepHasAPage) {
  const std::string page = support::bytes_of(support::fixtures().parent_path() / "docs/steps.md");
  for (const StepDescriptor* const step : all_steps()) {
    const std::size_t begin = page.find(fmt::format("\n## {}: {}\n", step->name, step->summary));
    ASSERT_NE(begin, std::string::npos) << step->name;
    const std::string_view own = std::string_view(page).substr(begin, page.find("\n## ", begin + 1) - begin);
    for (const StepOption& option : step->options) EXPECT_NE(own.find(fmt::format("| `{}=", option.name)), std::string_view::npos) << step->name << ": " << option.name;
    EXPECT_FALSE(step->examples.empty()) << step->name;
    EXPECT_TRUE(own.find("at a time") != std::string_view::npos || own.find("in memory") != std::string_view::npos) << step->name << " does not say what stays in memory";
  }
}

void expect_current(std::string_view name, void (*emit)(text::Emitter&)) {
  TextBuffer json;
  text::JsonEmitter emitter(json, 2);
  emit(emitter);
  json += '\n';
  const fs::path path = support::fixtures().parent_path() / "schemas" / name;
  if (std::getenv("BIBMILL_BLESS") != nullptr) std::ofstream(path, std::ios::binary) << json.view();
  EXPECT_EQ(support::bytes_of(path), json.view()) << "BIBMILL_BLESS=1 writes it";
}

TEST(PipelineSchema, IsCurrent) { expect_current("pipeline.schema.json", emit_pipeline_schema); }
TEST(TargetSchema, IsCurrent) { expect_current("target.schema.json", emit_target_schema); }
TEST(LockSchema, IsCurrent) { expect_current("lock.schema.json", emit_lock_schema); }

}  // namespace
}  // namespace bibmill::laws
