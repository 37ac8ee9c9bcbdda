// How each language writes keys, and the edits that follow.
#include "manuscript/renaming.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "file_text.h"
#include "manuscript/citations.h"
#include "places.h"

namespace bibmill {

namespace {

bool has_none_of(std::string_view key, std::string_view characters) { return !key.empty() && key.find_first_of(characters) == std::string_view::npos; }

/// The key as the language writes it where `before` is the character before it; nothing where it cannot.
std::optional<std::string> spelled(ManuscriptLanguage language, char before, const std::string& key) {
  using Language = ManuscriptLanguage;
  switch (language) {
    case Language::Latex: return has_none_of(key, ",{}%#\\~ \t\n") ? std::optional(key) : std::nullopt;
    case Language::Pandoc:
    case Language::Quarto: {
      const MarkdownFlavour flavour = language == Language::Quarto ? MarkdownFlavour::Quarto : MarkdownFlavour::Pandoc;
      const bool is_bare = is_markdown_key(key, flavour);
      const bool can_be_braced = has_none_of(key, "{}\n") && (is_bare || flavour == MarkdownFlavour::Pandoc || !is_markdown_key(key, MarkdownFlavour::Pandoc));
      if (before == '{') return can_be_braced ? std::optional(key) : std::nullopt;
      if (is_bare) return key;
      return can_be_braced ? std::optional(fmt::format("{{{}}}", key)) : std::nullopt;
    }
    case Language::Typst: return (before == '"' ? has_none_of(key, "\"\\\n") : is_typst_key(key)) ? std::optional(key) : std::nullopt;
    case Language::Aux:
    case Language::Bcf:
    case Language::Docx: break;
  }
  return std::nullopt;
}

class FileRenaming {
 public:
  FileRenaming(const ManuscriptFile& file, const KeyChanges& changes) : file_(&file), changes_(&changes), bytes_(bytes_to_write_back(file.path)), decoded_(bytes_, std::nullopt) {}

  RenamedFile run(std::vector<ManuscriptRemark>& remarks) {
    std::vector<KeyPlace> places = file_->places;
    std::sort(places.begin(), places.end(), [](const KeyPlace& a, const KeyPlace& b) { return a.offset < b.offset; });
    std::vector<Edit> edits;
    for (const KeyPlace& place : places) {
      const auto change = changes_->find(place.key);
      // (A file that changed since it was read is left alone where it did.)
      if (change == changes_->end() || decoded_.text().compare(place.offset, place.key.size(), place.key) != 0) continue;
      const char before = place.offset == 0 ? '\0' : decoded_.text()[place.offset - 1];
      if (const std::optional<std::string> key = spelled(file_->language, before, change->second)) {
        edits.push_back({{place.offset, place.offset + place.key.size()}, *key});
      } else {
        remarks.push_back(unwritable(place, change->second));
      }
    }
    return {file_->path, edits.empty() ? std::string() : with_edits(bytes_, edits, std::nullopt), edits.size()};
  }

 private:
  ManuscriptRemark unwritable(const KeyPlace& place, const std::string& key) const {
    Places positions;
    std::vector<std::uint64_t> wanted = {place.offset};
    positions.pass(decoded_.text(), 0, wanted, false);
    return {Diagnostic{Severity::Warning, "keys/unwritable", fmt::format("{} is now {}, which cannot be cited in this language, and stays", place.key, key), place.key, {}, {}}, file_->path, positions.at(place.offset)};
  }

  const ManuscriptFile* file_;
  const KeyChanges* changes_;
  std::string bytes_;
  FileText decoded_;
};

}  // namespace

std::vector<RenamedFile> rename_keys(const Manuscript& manuscript, const KeyChanges& changes, std::vector<ManuscriptRemark>& remarks) {
  std::vector<RenamedFile> renamed;
  for (const ManuscriptFile& file : manuscript.files) {
    const bool is_concerned = std::any_of(file.places.begin(), file.places.end(), [&](const KeyPlace& place) { return changes.count(place.key) > 0; });
    if (!is_concerned) continue;
    RenamedFile result = FileRenaming(file, changes).run(remarks);
    if (result.count > 0) renamed.push_back(std::move(result));
  }
  return renamed;
}

}  // namespace bibmill
