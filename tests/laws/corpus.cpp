// Finding the documents of the laws.
#include "corpus.h"

#include <algorithm>

namespace bibmill::laws {

namespace fs = std::filesystem;

namespace {

/// What stands beside the data: descriptions and expectations.
bool is_data(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension != ".md" && extension != ".dump" && extension != ".gz" && extension != ".py";
}

/// Every data file below `root`/<format>/, or for traps below `root`/<syntax>/.
std::vector<Document> documents_below(const fs::path& root) {
  std::vector<Document> documents;
  for (const Format* const format : all_formats()) {
    const fs::path folder = root / std::string(format->id);
    if (!fs::is_directory(folder)) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file() && is_data(entry.path())) documents.push_back({entry.path(), format});
  }
  std::sort(documents.begin(), documents.end(), [](const Document& a, const Document& b) { return a.path < b.path; });
  return documents;
}

}  // namespace

std::string Document::name() const {
  const fs::path fixture = path.lexically_relative(support::fixtures());
  return fixture.empty() || *fixture.begin() == ".." ? "samples/" + path.lexically_relative(support::samples()).generic_string() : fixture.generic_string();
}

std::vector<Document> fixtures() { return documents_below(support::fixtures()); }
std::vector<Document> traps() { return documents_below(support::fixtures() / "traps"); }
std::vector<Document> samples() { return documents_below(support::samples()); }

std::vector<Document> all_documents() {
  std::vector<Document> all = fixtures();
  for (const std::vector<Document>& more : {traps(), samples()}) all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace bibmill::laws
