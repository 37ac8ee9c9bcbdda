// XML at the level of characters: references, attributes, escapes.
//
// What stands between two tags is decoded here, from the source's own bytes, once libxml2 has found it well-formed or a mended copy of it. Nothing is expanded but
// the predefined entities and numeric references; a reference to anything else stays the text that it is.
#pragma once

#include <string>
#include <string_view>

namespace bibmill::pubmed {

/// What decoding came across, and where it was first: an address within the raw text that was given.
struct Findings {
  const char* unknown_reference = nullptr;  ///< &eacute;, or & that begins no reference: kept as text
  const char* control = nullptr;            ///< a character that XML or the model does not allow: left out
  const char* escaped_twice = nullptr;      ///< &amp;lt; and the like: kept as text
};

/// Is the text not simply its own bytes? (References, CDATA sections, comments, and every control: line ends and tabs too.)
bool needs_decoding(std::string_view raw);

/// Appends the characters of the text between two tags, line ends as LF.
void append_decoded(std::string& out, std::string_view raw, Findings& findings);

/// The size of the reference at the start of the text to a predefined entity or to a character that XML allows; 0 where none stands there.
std::size_t plain_reference(std::string_view text);

/// White space as XML has it.
constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool is_blank(std::string_view text);

/// Text with & < > escaped, and quotation marks in an attribute. What XML cannot hold (controls, U+FFFE, U+FFFF) is left out: false then.
bool append_text(std::string& out, std::string_view text);
bool append_attribute(std::string& out, std::string_view name, std::string_view value);

/// Source text that was kept, but for references to what no reader of the output knows.
void append_verbatim(std::string& out, std::string_view source);

/// Goes through the attributes of a tag ("<Author ValidYN="Y">").
class Attributes {
 public:
  explicit Attributes(std::string_view tag);
  /// The next one; false behind the last.
  bool next();
  std::string_view name() const { return name_; }
  std::string_view value() const { return value_; }    ///< as written, without its quotation marks
  std::string_view source() const { return source_; }  ///< name="value"

 private:
  std::string_view rest_;
  std::string_view name_;
  std::string_view value_;
  std::string_view source_;
};

/// "mml:math" of "<mml:math display='block'>" and of "</mml:math>".
std::string_view tag_name(std::string_view tag);

/// Where the tag that begins at text[at] ends: behind its ">", or npos. Quotation marks are heeded.
std::size_t end_of_tag(std::string_view text, std::size_t at);

/// The first `most` bytes, or fewer where a character would be cut.
std::string_view beginning(std::string_view text, std::size_t most);

/// A copy of the same length in which what libxml2 would refuse is blanked out or replaced by harmless characters: controls, references to
/// what is no character, ampersands that begin no reference, attributes that a tag repeats.
struct Mended {
  std::string text;
  bool changed = false;
  bool repeated_attributes = false;
  bool stray_cdata_end = false;  ///< "]]>" where no CDATA is open
};
Mended mended(std::string_view source);

}  // namespace bibmill::pubmed
