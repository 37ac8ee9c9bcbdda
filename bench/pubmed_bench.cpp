// PubMed XML to CSL-JSON against the null parse: what libxml2 takes to walk through the same file with callbacks that do nothing.
//
// Interleaved pairs are measured in CPU time, and the median of their ratios is shown. "share" is our speed as a part of the null parse's. "waste" is what a
// conversion with two threads takes beyond two conversions with one thread each that run side by side and do the same work; "busy" is what these two take
// beyond one that runs alone, which is the machine's doing. The file is made of the fixtures, again and again.
#include <benchmark/benchmark.h>
#include <libxml/parser.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "bibmill/catalogue.h"
#include "bibmill/pipeline.h"

namespace bibmill::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSize = 16'000'000;
constexpr std::size_t kPairs = 21;

std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The articles of every file of the present DTD, repeated to the size; gone when the program ends.
class Corpus {
 public:
  Corpus() : path_(fs::temp_directory_path() / ("bibmill-bench-" + std::to_string(getpid()) + ".xml")) {
    std::string articles;
    for (const char* folder : {"pairs", "pubmed"})
      for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(BIBMILL_SOURCE_DIR) / "fixtures/pubmed" / folder))
        if (entry.path().extension() == ".xml") add_articles(content_of(entry.path()), articles);
    std::ofstream out(path_, std::ios::binary);
    out << "<PubmedArticleSet>\n";
    for (std::size_t size = 0; size < kSize && !articles.empty(); size += articles.size()) out << articles;
    out << "</PubmedArticleSet>\n";
  }
  ~Corpus() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  std::string path() const { return path_.string(); }
  std::int64_t size() const { return static_cast<std::int64_t>(fs::file_size(path_)); }

 private:
  static void add_articles(std::string_view text, std::string& to) {
    constexpr std::string_view kBegin = "<PubmedArticle>";
    constexpr std::string_view kEnd = "</PubmedArticle>";
    for (std::size_t at = text.find(kBegin); at != std::string_view::npos; at = text.find(kBegin, at + 1))
      to.append(text.substr(at, text.find(kEnd, at) + kEnd.size() - at)).append("\n");
  }

  fs::path path_;
};

const Corpus& corpus() {
  static const Corpus kCorpus;
  return kCorpus;
}

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <class Work>
double seconds_of(Work&& work) {
  const double begin = cpu_seconds();
  work();
  return cpu_seconds() - begin;
}

void null_parse() {
  xmlSAXHandler sax;
  std::memset(&sax, 0, sizeof sax);
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = [](void* count, const xmlChar*, const xmlChar*, const xmlChar*, int, const xmlChar**, int, int, const xmlChar**) {
    ++*static_cast<std::uint64_t*>(count);
  };
  sax.endElementNs = [](void*, const xmlChar*, const xmlChar*, const xmlChar*) {};
  sax.characters = sax.ignorableWhitespace = [](void* count, const xmlChar*, int size) {
    *static_cast<std::uint64_t*>(count) += static_cast<std::uint64_t>(size);
  };
  std::uint64_t count = 0;
  xmlSAXUserParseFile(&sax, &count, corpus().path().c_str());
  benchmark::DoNotOptimize(count);
}

void convert_to_csl(std::size_t threads) {
  struct Nowhere final : TextSink {
    std::size_t size = 0;
    void write(std::string_view text) override { size += text.size(); }
  } output;
  struct Nobody final : Listener {
    void diagnostic(const Place&, const Diagnostic&) override {}
  } listener;
  ConvertOptions options;
  options.inputs = {corpus().path()};
  options.formats = all_formats();
  options.from = format_named(all_formats(), "pubmed");
  options.to = format_named(all_formats(), "csljson");
  options.threads = threads;
  convert(options, output, listener);
  benchmark::DoNotOptimize(output.size);
}

/// Two conversions that know nothing of each other.
void convert_side_by_side() {
  std::thread other([] { convert_to_csl(1); });
  convert_to_csl(1);
  other.join();
}

/// With two threads, twice.
void convert_by_two() {
  convert_to_csl(2);
  convert_to_csl(2);
}

void convert_twice() {
  convert_to_csl(1);
  convert_to_csl(1);
}

/// The median of first / second over pairs that were measured one after the other.
template <class First, class Second>
double median_ratio(First&& first, Second&& second) {
  std::vector<double> ratios;
  for (std::size_t pair = 0; pair < kPairs; ++pair) {
    const double one = seconds_of(first);
    ratios.push_back(one / seconds_of(second));
  }
  std::sort(ratios.begin(), ratios.end());
  return ratios[ratios.size() / 2];
}

void pubmed_to_csl_json(benchmark::State& state) {
  for (auto _ : state) convert_to_csl(1);
  state.SetBytesProcessed(state.iterations() * corpus().size());
  state.counters["share"] = median_ratio(null_parse, [] { convert_to_csl(1); });
  state.counters["waste"] = median_ratio(convert_by_two, convert_side_by_side) - 1;
  state.counters["busy"] = median_ratio(convert_side_by_side, convert_twice) - 1;
}
BENCHMARK(pubmed_to_csl_json)->Unit(benchmark::kMillisecond);

void null_parse_of_libxml2(benchmark::State& state) {
  for (auto _ : state) null_parse();
  state.SetBytesProcessed(state.iterations() * corpus().size());
}
BENCHMARK(null_parse_of_libxml2)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bibmill::bench
