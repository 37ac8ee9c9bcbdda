// Manuscripts: which keys a text cites, and where.
//
// LaTeX sources and what LaTeX writes beside them (.aux, .bcf), Markdown as pandoc and Quarto read it, and Typst. Nothing is typeset: each reader knows how its
// language spells citations, comments, verbatim text and included files, and says what it cannot follow.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/diagnostic.h"
#include "bibmill/source.h"

namespace bibmill {

/// The first place that cites a key.
struct Citation {
  std::string key;
  std::string file;
  Position position;
};

/// What is to be said about a manuscript.
struct ManuscriptRemark {
  Diagnostic diagnostic;
  std::string file;
  Position position;
};

struct Manuscript {
  std::vector<Citation> citations;  ///< in the order of the text, each key once
  bool cites_all = false;           ///< \nocite{*} and its like
  std::vector<ManuscriptRemark> remarks;
};

struct ManuscriptOptions {
  std::vector<std::string> commands;  ///< further LaTeX commands that cite, without backslash
};

/// Whether the name of the file tells a manuscript that can be read.
bool is_manuscript(std::string_view path);

/// "tex, ltx, …" for messages.
std::string manuscript_extensions();

/// Reads the manuscripts in order, and what they include. Throws InputError where one that is named cannot be read.
Manuscript read_manuscripts(const std::vector<std::string>& paths, const ManuscriptOptions& options);

}  // namespace bibmill
