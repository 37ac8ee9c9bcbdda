// Manuscripts: which keys a text cites, and where.
//
// LaTeX sources and what LaTeX writes beside them (.aux, .bcf), Markdown as pandoc and Quarto read it, Typst, and the fields of reference managers in word processors'
// documents. Nothing is typeset: each reader knows how its language spells citations, comments, verbatim text and included files, and says what it cannot follow.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/diagnostic.h"
#include "bibmill/record.h"
#include "bibmill/source.h"

namespace bibmill {

/// The first place that cites a key, or a work.
struct Citation {
  std::string key;  ///< of a work that has none: what it is called in messages
  std::string file;
  Position position;               ///< line 0: the file has no lines
  std::vector<std::string> names;  ///< of a work: its key, "doi:10.1000/x" and whatever else tells it
  std::shared_ptr<const Record> work;  ///< what a field says of the work that it cites, where it does
};

/// What is to be said about a manuscript.
struct ManuscriptRemark {
  Diagnostic diagnostic;
  std::string file;
  Position position;
};

enum class ManuscriptLanguage : std::uint8_t { Latex, Aux, Bcf, Pandoc, Quarto, Typst, Docx };

/// A key where it stands in a file's text, in whatever way it is used.
struct KeyPlace {
  std::string key;
  std::uint64_t offset = 0;
};

struct ManuscriptFile {
  std::string path;
  ManuscriptLanguage language = ManuscriptLanguage::Latex;
  std::vector<KeyPlace> places;
};

struct Manuscript {
  std::vector<Citation> citations;  ///< in the order of the text, each key once
  bool cites_all = false;           ///< \nocite{*} and its like
  std::vector<ManuscriptRemark> remarks;
  std::vector<ManuscriptFile> files;  ///< all that were read, in the order in which they were opened
};

struct ManuscriptOptions {
  std::vector<std::string> commands;  ///< further LaTeX commands that cite, without backslash
};

/// Whether the name of the file tells a manuscript that can be read.
bool is_manuscript(std::string_view path);

/// Whether a key cited in the file may be a label of its own: "fig:tides" is one to pandoc-crossref, unless a record has that key.
bool may_be_label(std::string_view path, std::string_view key);

/// Whether a person writes it, and keys can be changed in it.
bool has_keys_to_change(std::string_view path);

/// "tex, ltx, …" for messages.
std::string manuscript_extensions();

/// Reads the manuscripts in order, and what they include. Throws InputError where one that is named cannot be read.
Manuscript read_manuscripts(const std::vector<std::string>& paths, const ManuscriptOptions& options);

}  // namespace bibmill
