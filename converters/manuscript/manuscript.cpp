// Opening manuscripts and what they include, and where the keys stand.
#include "manuscript/manuscript.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <unordered_set>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/text/unicode.h"
#include "manuscript/citations.h"
#include "manuscript/latex_commands.h"
#include "places.h"
#include "whole_file.h"

namespace bibmill {

namespace {

namespace fs = std::filesystem;

/// Files include files; a manuscript that goes deeper has gone astray.
constexpr std::size_t kDeepest = 64;

using Language = ManuscriptLanguage;

struct Extension {
  std::string_view name;
  Language language;
};

constexpr Extension kExtensions[] = {
    {".tex", Language::Latex}, {".ltx", Language::Latex}, {".latex", Language::Latex}, {".rnw", Language::Latex}, {".aux", Language::Aux},        {".bcf", Language::Bcf},
    {".md", Language::Pandoc}, {".markdown", Language::Pandoc}, {".rmd", Language::Pandoc}, {".qmd", Language::Quarto}, {".typ", Language::Typst},
    {".docx", Language::Docx},
};

const Extension* extension_of(std::string_view path) {
  const std::string ending = text::to_lower(fs::path(path).extension().string());
  const auto found = std::find_if(std::begin(kExtensions), std::end(kExtensions), [&](const Extension& each) { return each.name == ending; });
  return found == std::end(kExtensions) ? nullptr : &*found;
}

/// What pandoc-crossref's labels begin with, the first letter in either case.
constexpr std::string_view kLabels[] = {"fig:", "tbl:", "eq:", "sec:", "lst:"};

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

class Gatherer final : private CitationSink {
 public:
  explicit Gatherer(const ManuscriptOptions& options) : commands_(options.commands) {}

  void read(const std::string& path) {
    main_folder_ = fs::path(path).parent_path();
    open(path);
  }

  Manuscript manuscript;

 private:
  /// A file under way, and what in it waits for its line and column.
  struct File {
    std::string name;
    std::size_t number;  // among all that were read
    std::vector<std::pair<std::size_t, std::uint64_t>> citations;  // which, and its offset
    std::vector<std::pair<std::size_t, std::uint64_t>> remarks;
  };

  void open(const std::string& path) {
    if (!seen_.insert(fs::path(path).lexically_normal().string()).second) return;
    const Extension* const extension = extension_of(path);
    const Language language = extension == nullptr ? Language::Latex : extension->language;
    const std::string text = language == Language::Docx ? std::string() : whole_file(path);
    File file{path, manuscript.files.size(), {}, {}};
    manuscript.files.push_back({path, language, {}});
    File* const outer = std::exchange(file_, &file);
    ++depth_;
    dispatch(language, text);
    --depth_;
    file_ = outer;
    find_places(file, text);
  }

  void dispatch(Language language, std::string_view text) {
    switch (language) {
      case Language::Latex: return read_latex(text, commands_, *this);
      case Language::Aux: return read_aux(text, *this);
      case Language::Bcf: return read_bcf(text, *this);
      case Language::Pandoc: return read_markdown(text, MarkdownFlavour::Pandoc, *this);
      case Language::Quarto: return read_markdown(text, MarkdownFlavour::Quarto, *this);
      case Language::Typst: return read_typst(text, *this);
      case Language::Docx: return read_docx(file_->name, *this);
    }
  }

  void find_places(const File& file, std::string_view text) {
    std::vector<std::uint64_t> wanted;
    for (const auto& [which, offset] : file.citations) wanted.push_back(offset);
    for (const auto& [which, offset] : file.remarks) wanted.push_back(offset);
    if (text.empty()) return;  // a document has no lines
    Places places;
    places.pass(text, 0, wanted, false);
    for (const auto& [which, offset] : file.citations) manuscript.citations[which].position = places.at(offset);
    for (const auto& [which, offset] : file.remarks) manuscript.remarks[which].position = places.at(offset);
  }

  void mention(std::string_view key, std::size_t offset) override { manuscript.files[file_->number].places.push_back({std::string(key), offset}); }

  void cite(std::string_view key, std::size_t offset) override {
    mention(key, offset);
    if (!keys_.insert(std::string(key)).second) return;
    file_->citations.emplace_back(manuscript.citations.size(), offset);
    manuscript.citations.push_back({std::string(key), file_->name, {}, {}, {}});
  }

  void cite(Citation citation) override {
    // One work may be cited by one name here and by another there.
    const bool is_known = keys_.count(citation.key) > 0 || std::any_of(citation.names.begin(), citation.names.end(), [&](const std::string& name) { return keys_.count(name) > 0; });
    keys_.insert(citation.key);
    keys_.insert(citation.names.begin(), citation.names.end());
    if (is_known) return;
    citation.file = file_->name;
    manuscript.citations.push_back(std::move(citation));
  }

  void cite_all() override { manuscript.cites_all = true; }

  void warn(std::string_view code, std::size_t offset, std::string message) override {
    file_->remarks.emplace_back(manuscript.remarks.size(), offset);
    manuscript.remarks.push_back({Diagnostic{Severity::Warning, code, std::move(message), {}, {}, {}}, file_->name, {}});
  }

  /// TeX looks from the folder of the main file; others from that of the file that includes.
  void include(std::string_view path, std::string_view folder, std::string_view extension, std::size_t offset) override {
    if (path.empty() || path.find_first_of("#\\") != std::string_view::npos) return;
    const fs::path here = fs::path(file_->name).parent_path();
    for (const fs::path& base : {main_folder_ / folder, here / folder}) {
      for (const std::string& name : {std::string(path), std::string(path).append(extension)}) {
        const fs::path file = base / name;
        if (!is_file(file)) continue;
        const Extension* const known = extension_of(file.string());
        // A table or a picture in another language cites nothing.
        if (known == nullptr && extension.empty()) return;
        if (depth_ >= kDeepest) return warn("cited/unreadable-file", offset, fmt::format("{} is included more than {} files deep, and is not read", path, kDeepest));
        open(file.string());
        return;
      }
    }
    warn("cited/unreadable-file", offset, fmt::format("there is no file {}; what it cites is not known", path));
  }

  LatexCommands commands_;
  fs::path main_folder_;
  std::set<std::string> seen_;
  std::unordered_set<std::string> keys_;
  File* file_ = nullptr;
  std::size_t depth_ = 0;
};

}  // namespace

bool is_manuscript(std::string_view path) { return extension_of(path) != nullptr; }

bool may_be_label(std::string_view path, std::string_view key) {
  const Extension* const extension = extension_of(path);
  if (extension == nullptr || (extension->language != Language::Pandoc && extension->language != Language::Quarto)) return false;
  return std::any_of(std::begin(kLabels), std::end(kLabels), [&](std::string_view label) {
    return key.size() > label.size() && text::ascii_lower(key.front()) == label.front() && key.substr(1).starts_with(label.substr(1));
  });
}

bool has_keys_to_change(std::string_view path) {
  const Extension* const extension = extension_of(path);
  if (extension == nullptr) return false;
  return extension->language != Language::Aux && extension->language != Language::Bcf && extension->language != Language::Docx;
}

std::string manuscript_extensions() {
  std::string list;
  for (const Extension& extension : kExtensions) list += fmt::format("{}{}", list.empty() ? "" : ", ", extension.name);
  return list;
}

Manuscript read_manuscripts(const std::vector<std::string>& paths, const ManuscriptOptions& options) {
  Gatherer gatherer(options);
  for (const std::string& path : paths) gatherer.read(path);
  return std::move(gatherer.manuscript);
}

}  // namespace bibmill
