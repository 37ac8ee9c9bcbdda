// Characters that went wrong on their way: decoded twice, escaped twice, invisible, out of place.
#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "bibmill/rule.h"
#include "bibmill/text/byte_scan.h"
#include "bibmill/text/entities.h"
#include "bibmill/text/unicode.h"
#include "latex_text.h"
#include "words.h"

namespace bibmill::rules {

namespace {

using text::CodePoint;
using text::CodePoints;

/// Windows-1252 from 0x80 to 0x9F; the five bytes that it leaves out stand for controls of the same number.
constexpr std::array<char32_t, 32> kWindows1252 = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                                   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

/// The byte that Windows-1252 has for a character; 0 for none.
unsigned char byte_of(char32_t c) {
  if (c >= 0xA0 && c <= 0xFF) return static_cast<unsigned char>(c);
  for (std::size_t at = 0; at < kWindows1252.size(); ++at)
    if (kWindows1252[at] == c) return static_cast<unsigned char>(0x80 + at);
  return 0;
}

/// Calls `visit(piece)` for each run of characters beyond ASCII.
template <class Visit>
void for_each_foreign_run(std::string_view text, Visit&& visit) {
  for (std::size_t begin = text::next_of<text::kBeyondAscii>(text, 0); begin < text.size();) {
    std::size_t end = begin + 1;
    while (end < text.size() && static_cast<unsigned char>(text[end]) >= 0x80) ++end;
    visit(text.substr(begin, end - begin));
    begin = text::next_of<text::kBeyondAscii>(text, end);
  }
}

/// Calls `visit(character, piece)` for each character beyond ASCII.
template <class Visit>
void for_each_foreign(std::string_view text, Visit&& visit) {
  for_each_foreign_run(text, [&](std::string_view run) {
    const CodePoints points(run);
    for (auto at = points.begin(); at != points.end(); ++at) visit(*at, run.substr(at.offset(), at.size()));
  });
}

std::string utf8(char32_t c) {
  std::string out;
  text::append_utf8(out, c);
  return out;
}

// -------------------------------------------------------------------------------------------------------------- mojibake

/// What a run says if it is UTF-8 that was read as Windows-1252; empty if it is not.
std::string undone(std::string_view run) {
  std::string bytes;
  for (const char32_t c : CodePoints(run)) {
    const unsigned char byte = byte_of(c);
    if (byte == 0) return {};
    bytes += static_cast<char>(byte);
  }
  return bytes.size() >= 2 && text::is_valid_utf8(bytes) ? bytes : std::string();
}

/// The beginning of a run of three characters that may be undone while the whole may not, such as "â€™" before a dash of its own.
std::string_view damaged_part(std::string_view run) {
  if (!undone(run).empty()) return run;
  // A character of UTF-8 takes at most four bytes.
  std::array<std::size_t, 5> ends{};
  const CodePoints points(run);
  std::size_t count = 0;
  for (auto at = points.begin(); at != points.end() && count < 4; ++at) ends[++count] = at.offset() + at.size();
  for (std::size_t size = count; size >= 2; --size)
    if (!undone(run.substr(0, ends[size])).empty()) return run.substr(0, ends[size]);
  return {};
}

/// Two characters alone may stand side by side by chance behind a word in capitals: "CAFÉ–BAR", "«IRMÃ»".
bool may_be_chance(std::string_view text, std::string_view piece) {
  if (text::count_code_points(piece) > 2) return false;
  const std::size_t at = static_cast<std::size_t>(piece.data() - text.data());
  const bool behind_capital = at > 0 && text::is_ascii_upper(text[at - 1]);
  const char32_t first = text::first_code_point(piece).value;
  const char32_t second = text::last_code_point(piece).value;
  const bool punctuation = second >= 0x2010 || second == 0xBB || second == 0xAB;
  return behind_capital || (punctuation && first != 0xC3 && first != 0xC2);
}

void mojibake(const CheckedRecord& record, std::string_view written, Findings& findings) {
  Cluster cluster(record, findings);
  for_each_foreign_run(written, [&](std::string_view run) {
    const std::string_view piece = damaged_part(run);
    if (piece.empty() || may_be_chance(written, piece)) return;
    const std::string meant = undone(piece);
    cluster.add(piece, fmt::format("\"{}\" was \"{}\" before somebody read UTF-8 as Windows-1252", piece, meant), meant);
  });
  cluster.tell("write what was meant");
}

// ----------------------------------------------------------------------------------------------------------- characters

bool is_right_to_left(char32_t c) { return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC); }

bool has_right_to_left(std::string_view text) {
  bool found = false;
  for_each_foreign(text, [&](char32_t c, std::string_view) { found = found || is_right_to_left(c); });
  return found;
}

/// Characters that nobody sees. Joiners are not among them: Persian and the scripts of India need those.
bool is_invisible(char32_t c) { return c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0xAD || c == 0x180E || c == 0x2028 || c == 0x2029; }

void invisible_character(const CheckedRecord& record, std::string_view written, Findings& findings) {
  Cluster cluster(record, findings);
  for_each_foreign(written, [&](char32_t c, std::string_view piece) {
    if (is_invisible(c)) cluster.add(piece, fmt::format("an invisible character U+{:04X} stands here", static_cast<unsigned>(c)), c == 0x2028 || c == 0x2029 ? " " : "");
  });
  cluster.tell("remove it");
}

void bidi_control(const CheckedRecord& record, std::string_view written, Findings& findings) {
  const bool marks_are_right = has_right_to_left(written);
  Cluster cluster(record, findings);
  for_each_foreign(written, [&](char32_t c, std::string_view piece) {
    const bool embeds = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    const bool marks = (c == 0x200E || c == 0x200F || c == 0x061C) && !marks_are_right;
    if (embeds || marks) cluster.add(piece, fmt::format("U+{:04X} changes the direction of the text without being seen", static_cast<unsigned>(c)), "");
  });
  cluster.tell("remove it");
}

void replacement_character(const CheckedRecord& record, std::string_view written, Findings& findings) {
  Cluster cluster(record, findings);
  for_each_foreign(written, [&](char32_t c, std::string_view piece) {
    if (c == text::kReplacement) cluster.add(piece, "a character was lost here: U+FFFD stands for one that could not be decoded");
  });
  cluster.tell();
}

void c1_control(const CheckedRecord& record, std::string_view written, Findings& findings) {
  Cluster cluster(record, findings);
  for_each_foreign(written, [&](char32_t c, std::string_view piece) {
    if (c < 0x80 || c > 0x9F) return;
    const char32_t meant = kWindows1252[c - 0x80];
    if (meant == c) {
      cluster.add(piece, fmt::format("a control character U+{:04X} stands here", static_cast<unsigned>(c)));
    } else {
      cluster.add(piece, fmt::format("a control character U+{:04X} stands here; \"{}\" was meant", static_cast<unsigned>(c), utf8(meant)), utf8(meant));
    }
  });
  cluster.tell("write what was meant");
}

void private_use(const CheckedRecord& record, std::string_view written, Findings& findings) {
  Cluster cluster(record, findings);
  for_each_foreign(written, [&](char32_t c, std::string_view piece) {
    if ((c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000)
      cluster.add(piece, fmt::format("U+{:04X} means something in one font only", static_cast<unsigned>(c)));
  });
  cluster.tell();
}

constexpr std::array<std::string_view, 7> kLigatures = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};

void ligature(const CheckedRecord& record, std::string_view written, Findings& findings) {
  Cluster cluster(record, findings);
  for_each_foreign(written, [&](char32_t c, std::string_view piece) {
    if (c < 0xFB00 || c > 0xFB06) return;
    const std::string_view letters = kLigatures[c - 0xFB00];
    cluster.add(piece, fmt::format("the ligature \"{}\" was copied from print; searches do not find it", piece), std::string(letters));
  });
  cluster.tell("write letters");
}

bool is_cyrillic(char32_t c) { return c >= 0x400 && c <= 0x52F; }
bool is_latin(char32_t c) { return (c < 0x250 && text::is_letter(c)) || (c >= 0x1E00 && c <= 0x1EFF); }

/// Words are looked at as far as they are written in letters.
void mixed_scripts(const CheckedRecord& record, std::string_view written, Findings& findings) {
  Cluster cluster(record, findings);
  for_each_foreign(written, [&](char32_t c, std::string_view piece) {
    if (!is_cyrillic(c)) return;
    const std::size_t at = static_cast<std::size_t>(piece.data() - written.data());
    const std::string_view behind = written.substr(at + piece.size());
    const char32_t next = text::first_code_point(behind).value;
    const char32_t before = at == 0 ? 0 : text::last_code_point(written.substr(0, at)).value;
    // A command of LaTeX is no word: "\cyrchar".
    const bool command = at > 1 && written.find_last_of("\\ {}", at - 1) != std::string_view::npos && written[written.find_last_of("\\ {}", at - 1)] == '\\';
    if ((is_latin(before) || is_latin(next)) && !command)
      cluster.add(piece, fmt::format("the Cyrillic letter \"{}\" (U+{:04X}) stands in a word of Latin letters", piece, static_cast<unsigned>(c)));
  });
  cluster.tell();
}

/// The smallest piece that is not in normal form C: a letter and its marks.
void not_nfc(const CheckedRecord& record, std::string_view written, Findings& findings) {
  if (text::is_nfc(written)) return;
  Cluster cluster(record, findings);
  for (const std::string_view word : words_of(written)) {
    if (text::is_nfc(word)) continue;
    cluster.add(word, "letters and accents stand apart here (not in normal form C), so that searches and comparisons fail", text::nfc(word));
  }
  cluster.tell("compose them", true);
}

void non_ascii(const CheckedRecord& record, std::string_view written, Findings& findings) {
  Cluster cluster(record, findings);
  for_each_foreign(written, [&](char32_t c, std::string_view piece) { cluster.add(piece, fmt::format("\"{}\" (U+{:04X}) is not ASCII, which old BibTeX demands", piece, static_cast<unsigned>(c))); });
  cluster.tell();
}

// ------------------------------------------------------------------------------------------------------------- entities

/// An entity or character reference, and what it stands for.
struct Reference {
  std::string_view written;  ///< with its '&' and ';', and in LaTeX the backslashes that escape it; empty: none
  std::string meaning;
};

/// The one that begins with the ampersand at `at`. "\&\#39;" is what others made of "&#39;" in LaTeX.
Reference reference_at(std::string_view text, std::size_t at, bool latex) {
  constexpr std::size_t kLongest = 12;
  const text::CharacterReference plain = text::character_reference_at(text, at);
  const std::size_t before = text.substr(0, at).find_last_not_of('\\');
  const std::size_t backslashes = at - (before == std::string_view::npos ? 0 : before + 1);
  const std::size_t begin = latex && backslashes % 2 == 1 ? at - 1 : at;  // two backslashes end a line
  if (plain.size > 0) return {text.substr(begin, at - begin + plain.size), utf8(plain.character)};
  if (!latex || text.substr(at + 1, 2) != "\\#") return {};
  const text::CharacterReference escaped = text::character_reference_at(fmt::format("&{}", text.substr(at + 2, kLongest)), 0);
  return escaped.size == 0 ? Reference{} : Reference{text.substr(begin, at - begin + escaped.size + 1), utf8(escaped.character)};
}

/// Fields that are no text of LaTeX: biblatex's verbatim fields, and those that reference managers treat alike.
bool is_verbatim_field(std::string_view key, std::string_view value) {
  const std::string name = text::ascii_lowered(key);
  return has_word("doi url file eprint pdf", name) || name.starts_with("bdsk-") || value.starts_with("{http://") || value.starts_with("{https://");
}

/// How LaTeX reads the pieces of a record: by the field that each stands in, and by the commands around it.
class LatexPlaces {
 public:
  explicit LatexPlaces(const CheckedRecord& record) : record_(&record) {}

  LatexPlace of(std::string_view piece) {
    const Span span = record_->span_of(piece);
    if (span.begin < value_.begin || span.end > value_.end) enter_value_of(span);
    // The ampersand may be escaped; what follows it is not.
    const std::uint64_t inside = span.end - 2;
    const auto behind = std::upper_bound(stretches_.begin(), stretches_.end(), inside, [](std::uint64_t at, const Stretch& stretch) { return at < stretch.begin; });
    return behind == stretches_.begin() || inside >= std::prev(behind)->end ? LatexPlace::Text : std::prev(behind)->place;
  }

 private:
  struct Stretch {
    std::uint64_t begin;
    std::uint64_t end;
    LatexPlace place;
  };

  void enter_value_of(Span span) {
    stretches_.clear();
    value_ = span;
    for (const Item& item : record_->record().items()) {
      const auto* const entry = std::get_if<Entry>(&item);
      const auto* const extra = std::get_if<Extra>(&item);
      const Span value = entry != nullptr ? entry->span : extra->span;
      if ((entry != nullptr && !is_own(*entry)) || span.begin < value.begin || span.end > value.end) continue;
      value_ = value;
      const std::string_view written = record_->written(value);
      if (is_verbatim_field(entry != nullptr ? entry->key : extra->key, written)) {
        stretches_.push_back({value.begin, value.end, LatexPlace::Verbatim});
      } else {
        for_each_latex_byte(written, [&](std::size_t at, LatexPlace place) { add(value.begin + at, place); });
      }
      return;
    }
  }

  void add(std::uint64_t at, LatexPlace place) {
    if (place == LatexPlace::Text) return;
    if (stretches_.empty() || stretches_.back().end != at || stretches_.back().place != place) stretches_.push_back({at, at, place});
    stretches_.back().end = at + 1;
  }

  const CheckedRecord* record_;
  Span value_;
  std::vector<Stretch> stretches_;  ///< of that value: what is no text
};

struct Spelling {
  std::string_view character;
  std::string_view written;
};
constexpr Spelling kInText[] = {{"\\", "{\\textbackslash}"}, {"~", "{\\textasciitilde}"}, {"^", "{\\textasciicircum}"}, {"<", "{\\textless}"}, {">", "{\\textgreater}"}, {"\xC2\xA0", "~"}};

std::string in_latex(LatexPlace place, std::string_view character) {
  if (place == LatexPlace::Verbatim) return std::string(character);
  if (character.size() == 1 && std::string_view("&%$#_{}").find(character.front()) != std::string_view::npos) return fmt::format("\\{}", character);
  for (const Spelling& spelling : kInText)
    if (spelling.character == character && place == LatexPlace::Text) return std::string(spelling.written);
  return std::string(character);
}

/// As the format writes a character where `piece` stands; nothing where that is not clear, such as a quotation mark of YAML.
std::optional<std::string> in_notation(const CheckedRecord& record, LatexPlaces& places, std::string_view piece, std::string_view character) {
  const std::string_view format = record.format().id;
  if (has_word(kLatexFormats, format)) {
    const LatexPlace place = places.of(piece);
    if (place == LatexPlace::Verbatim && (character == "{" || character == "}")) return std::nullopt;
    return in_latex(place, character);
  }
  if (format == "csljson" && (character == "\"" || character == "\\")) return fmt::format("\\{}", character);
  if (format == "yaml" && (character == "\"" || character == "'" || character == "\\")) return std::nullopt;
  return std::string(character);
}

/// References of a record, told as one finding.
class ReferenceCluster {
 public:
  ReferenceCluster(const CheckedRecord& record, Findings& findings) : record_(&record), places_(record), cluster_(record, findings) {}

  void add(const Reference& reference, std::string message) {
    std::optional<std::string> replacement = in_notation(*record_, places_, reference.written, reference.meaning);
    if (replacement) {
      cluster_.add(reference.written, std::move(message), std::move(*replacement));
    } else {
      cluster_.add(reference.written, std::move(message));
    }
  }
  void tell() { cluster_.tell("write what was meant"); }

 private:
  const CheckedRecord* record_;
  LatexPlaces places_;
  Cluster cluster_;
};

/// What "&amp;lt;" means, at its '&'.
Reference twice_escaped_at(const CheckedRecord& record, std::string_view written, std::size_t at) {
  constexpr std::size_t kLongest = 16;
  if (!written.substr(at).starts_with("&amp;")) return {};
  const std::string rest = fmt::format("&{}", written.substr(at + 5, kLongest));
  const Reference inner = reference_at(rest, 0, has_word(kLatexFormats, record.format().id));
  return inner.written.empty() ? Reference{} : Reference{written.substr(at, 4 + inner.written.size()), inner.meaning};
}

void escaped_twice(const CheckedRecord& record, std::string_view written, Findings& findings) {
  ReferenceCluster cluster(record, findings);
  for (std::size_t at = written.find("&amp;"); at != std::string_view::npos; at = written.find("&amp;", at + 1)) {
    const Reference reference = twice_escaped_at(record, written, at);
    if (reference.written.empty()) continue;
    cluster.add(reference, fmt::format("\"{}\" was escaped twice; \"{}\" was meant", reference.written, reference.meaning));
  }
  cluster.tell();
}

void html_entity(const CheckedRecord& record, std::string_view written, Findings& findings) {
  const bool latex = has_word(kLatexFormats, record.format().id);
  ReferenceCluster cluster(record, findings);
  for (std::size_t at = written.find('&'); at != std::string_view::npos; at = written.find('&', at + 1)) {
    const Reference reference = reference_at(written, at, latex);
    // "&amp;lt;" is another matter.
    if (reference.written.empty() || !twice_escaped_at(record, written, at).written.empty()) continue;
    cluster.add(reference, fmt::format("\"{}\" is HTML and means \"{}\"", reference.written, reference.meaning));
  }
  cluster.tell();
}

/// Tags that databases put into titles and abstracts.
constexpr std::array<std::string_view, 16> kTags = {"i", "b", "em", "strong", "sub", "sup", "inf", "sc", "scp", "span", "p", "br", "italic", "bold", "u", "div"};

std::string_view tag_at(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 80;
  const std::size_t end = text.find('>', at);
  if (end == std::string_view::npos || end - at > kLongest) return {};
  std::size_t name_end = at + 1;
  if (name_end < end && text[name_end] == '/') ++name_end;
  const std::size_t name_begin = name_end;
  while (name_end < end && (text::is_ascii_letter(text[name_end]) || text[name_end] == ':')) ++name_end;
  std::string name(text.substr(name_begin, name_end - name_begin));
  std::transform(name.begin(), name.end(), name.begin(), text::ascii_lower);
  const bool ends = name_end == end || text[name_end] == ' ' || text[name_end] == '/';
  const bool known = std::find(kTags.begin(), kTags.end(), name) != kTags.end() || name.starts_with("jats:") || name.starts_with("mml:");
  return ends && known ? text.substr(at, end - at + 1) : std::string_view{};
}

void html_tag(const CheckedRecord& record, std::string_view written, Findings& findings) {
  Cluster cluster(record, findings);
  for (std::size_t at = written.find('<'); at != std::string_view::npos; at = written.find('<', at + 1))
    if (const std::string_view tag = tag_at(written, at); !tag.empty()) cluster.add(tag, fmt::format("\"{}\" is HTML, which LaTeX prints as it stands", tag));
  cluster.tell();
}

constexpr std::array<std::string_view, 10> kCommands = {"\\textit{", "\\emph{", "\\textbf{", "\\textsc{", "\\textsuperscript{", "\\textsubscript{", "{\\'", "{\\\"", "{\\`", "{\\^"};

void latex_outside_latex(const CheckedRecord& record, std::string_view written, Findings& findings) {
  for (const std::string_view command : kCommands) {
    const std::size_t at = written.find(command);
    if (at == std::string_view::npos) continue;
    findings.add(record.span_of(written.substr(at, command.size())), fmt::format("\"{}…\" is LaTeX, which this format shows as it stands", command));
    return;
  }
}

// clang-format off
constexpr std::string_view kNotXml = "bibtex biblatex csljson medline ris yaml";

constexpr Rule kRules[] = {
    {.code = "text/mojibake", .summary = "UTF-8 that was read as another encoding and written again.", .why = "\"Ã©\" stands where \"é\" was. Whoever searches for the right word does not find the record.", .fix = "suggested",
     .bad = {"bibtex", "@misc{a, title = {CafÃ© au port}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Café au port, CAFÉ–BAR}, year = 2001}\n"},
     .trait = Trait::NonAscii, .text = mojibake},
    {.code = "text/escaped-twice", .summary = "A character of HTML or XML was escaped twice.", .why = "Readers see \"&lt;\" or \"&amp;\" where a sign should stand.", .formats = kNotXml, .fix = "suggested",
     .bad = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides &amp;lt; 2 m", "container-title": "Coast"}])" "\n"},
     .good = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides < 2 m & more", "container-title": "Coast"}])" "\n"},
     .trait = Trait::Ampersand, .text = escaped_twice},
    {.code = "text/html-entity", .summary = "An entity or character reference of HTML stands in text that is not HTML.", .why = "It is shown as it stands: \"R&amp;D\".", .formats = kNotXml, .fix = "suggested",
     .bad = {"bibtex", "@misc{a, title = {Research \\&amp; development}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Research \\& development}, year = 2001}\n"},
     .trait = Trait::Ampersand, .text = html_entity},
    {.code = "text/html-tag", .summary = "Tags of HTML stand in LaTeX.", .why = "They are printed as they stand. Write \\textit{…}, \\textsubscript{…} and their like.", .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a, title = {Growth of <i>Laminaria</i>}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Growth of \\textit{Laminaria} where $p<0.05$}, year = 2001}\n"},
     .trait = Trait::Angle, .text = html_tag},
    {.code = "text/latex-outside-latex", .summary = "Commands of LaTeX stand in a format that is no LaTeX.", .why = "They are shown as they stand.", .severity = Severity::Note, .formats = "ris medline pubmed",
     .bad = {"ris", "TY  - JOUR\nAU  - Lind, Oda\nTI  - Growth of \\textit{Laminaria}\nT2  - Coast\nPY  - 2001\nER  - \n"}, .good = {"ris", "TY  - JOUR\nAU  - Lind, Oda\nTI  - Growth of Laminaria\nT2  - Coast\nPY  - 2001\nER  - \n"},
     .trait = Trait::Latex, .text = latex_outside_latex},
    {.code = "text/not-nfc", .summary = "Letters and their accents stand apart.", .why = "\"é\" may be one character or two. In normal form C, which nearly all programs expect, it is one; the two look alike and compare unequal.", .fix = "safe",
     .bad = {"bibtex", "@misc{a, title = {Cafe\xCC\x81 au port}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Café au port}, year = 2001}\n"},
     .trait = Trait::NonAscii, .text = not_nfc},
    {.code = "text/invisible-character", .summary = "Characters that nobody sees stand in the text.", .why = "Zero-width spaces, byte-order marks and soft hyphens come with copying from web pages and PDFs; words with them are not found and keys with them not matched.", .fix = "suggested",
     .bad = {"bibtex", "@misc{a, title = {Low\xE2\x80\x8B tide}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Low tide}, year = 2001}\n"},
     .trait = Trait::NonAscii, .text = invisible_character},
    {.code = "text/bidi-control", .summary = "Characters that change the direction of the text stand in it.", .why = "What is seen is not what is written; they can also hide something on purpose. Marks of direction are allowed in records with Hebrew or Arabic.", .fix = "suggested",
     .bad = {"bibtex", "@misc{a, title = {Low \xE2\x80\xAEtide}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Low tide}, year = 2001}\n"},
     .trait = Trait::NonAscii, .text = bidi_control},
    {.code = "text/replacement-character", .summary = "A character was lost when the text was decoded.", .why = "U+FFFD stands for what could not be read. Only the source has it.",
     .bad = {"bibtex", "@misc{a, title = {Caf\xEF\xBF\xBD au port}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Café au port}, year = 2001}\n"},
     .trait = Trait::NonAscii, .text = replacement_character},
    {.code = "text/c1-control", .summary = "A control character stands where Windows-1252 has a quotation mark or dash.", .why = "The text was decoded as Latin-1, though it was Windows-1252.", .fix = "suggested",
     .bad = {"bibtex", "@misc{a, title = {The tide\xC2\x92s turn}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {The tide’s turn}, year = 2001}\n"},
     .trait = Trait::NonAscii, .text = c1_control},
    {.code = "text/private-use", .summary = "A character without a meaning of its own stands in the text.", .why = "It looks right in one font, and is a box in all others.",
     .bad = {"bibtex", "@misc{a, title = {Tides \xEF\x81\xA1}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Tides α}, year = 2001}\n"},
     .trait = Trait::NonAscii, .text = private_use},
    {.code = "text/ligature", .summary = "A ligature was copied from print.", .why = "\"ﬁ\" as one character is not found by those who type \"fi\".", .fix = "suggested",
     .bad = {"bibtex", "@misc{a, title = {Coastal ﬁsh}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Coastal fish}, year = 2001}\n"},
     .trait = Trait::NonAscii, .text = ligature},
    {.code = "text/mixed-scripts", .summary = "A Cyrillic letter stands in a word of Latin letters.", .why = "\"С\" and \"C\" look alike; the word is not found.",
     .bad = {"bibtex", "@misc{a, title = {\xD0\xA1oastal fish}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Coastal fish of the Белое море, TGFβ1}, year = 2001}\n"},
     .trait = Trait::NonAscii, .text = mixed_scripts},
    {.code = "text/non-ascii", .summary = "A character beyond ASCII stands in BibTeX.", .why = "BibTeX itself, other than bibtex8, bibtexu and biber, sorts and truncates such text wrongly.", .severity = Severity::Note, .by_default = false, .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a, title = {Café}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Caf{\\'e}}, year = 2001}\n"},
     .trait = Trait::NonAscii, .text = non_ascii},
};
// clang-format on

}  // namespace

std::span<const Rule> text_rules() { return kRules; }

}  // namespace bibmill::rules
