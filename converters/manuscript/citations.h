// What the readers of manuscripts say, and the readers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "manuscript/manuscript.h"

namespace bibmill {

/// Takes what a reader finds in one file; offsets are in that file's text.
class CitationSink {
 public:
  virtual ~CitationSink() = default;
  virtual void cite(std::string_view key, std::size_t offset) = 0;
  virtual void cite_all() = 0;
  /// A key that stands here without being cited, as in \defcitealias.
  virtual void mention(std::string_view key, std::size_t offset) = 0;
  /// A work that has no place in a text.
  virtual void cite(Citation citation) = 0;
  virtual void warn(std::string_view code, std::size_t offset, std::string message) = 0;
  /// Reads another file as if it stood here. `path` is as written; `folder`, where not empty, is where to look for it first.
  virtual void include(std::string_view path, std::string_view folder, std::string_view extension, std::size_t offset) = 0;
};

/// Brackets that are not closed within so many bytes are taken for unclosed: this keeps the time linear, whatever the text.
inline constexpr std::size_t kLongestGroup = 8192;

/// What a reader of LaTeX learns in one file and needs in the next.
class LatexCommands;

void read_latex(std::string_view text, LatexCommands& commands, CitationSink& sink);
void read_aux(std::string_view text, CitationSink& sink);
void read_bcf(std::string_view text, CitationSink& sink);

enum class MarkdownFlavour : std::uint8_t { Pandoc, Quarto };
void read_markdown(std::string_view text, MarkdownFlavour flavour, CitationSink& sink);
void read_typst(std::string_view text, CitationSink& sink);

/// Whether the key can be written as @key.
bool is_markdown_key(std::string_view key, MarkdownFlavour flavour);
/// Whether the key can be written as @key and <key>.
bool is_typst_key(std::string_view key);

/// Throws InputError where the file is no document.
void read_docx(const std::string& path, CitationSink& sink);

}  // namespace bibmill
