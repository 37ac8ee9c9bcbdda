// Values in RIS's notation, to and from the record model.
//
// A value takes one line or several; `LineBuffer` gathers them. What `decode` takes belongs to the arena already, and results point into it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/arena.h"
#include "bibmill/mapping.h"
#include "bibmill/record.h"
#include "producers.h"
#include "tags.h"

namespace bibmill::ris {

/// What the rest of a record says about the meaning of a tag.
struct Context {
  bool pubmed = false;         ///< DB or DP says that AN is a PMID
  bool arxiv = false;          ///< DB says that AN is arXiv's
  bool embase = false;         ///< DB says that the record is Embase's
  bool has_last_page = false;  ///< EP
  bool sole_keyword = false;   ///< one KW on one line: commas divide keywords as well
  By by = By::Nobody;          ///< who wrote the record
  Str place;                   ///< what CY says

  /// Takes a value of DB (`database`) or DP into account.
  void see_provider(std::string_view name, bool database);
};

// ------------------------------------------------------------------------------------------------------------- reading

/// Whether all lines of the key make one value: names, keywords, serial numbers.
bool gathers(Codec codec);

/// Reads one line's text into `value`, which is empty, or begun by earlier lines where the codec gathers. False, with `value` as it was: the text is none of
/// the codec's. `span` is where the text stood; elements get theirs from it.
bool decode(Codec codec, Arena& arena, Str text, Span span, const Context& context, Value& value);

/// DA, Y1, PY, Y2: text::parse_ris_date, and a time in the fourth part.
Date decode_date(Arena& arena, Str text, std::optional<int> year = std::nullopt);

/// "0000", "0000/00/00/": programs write it where they know no date.
bool is_no_date(std::string_view text);

/// PY: the year alone. Refused where it is not known, or would be read as none.
Fidelity append_year(std::string& out, const Date& date);

/// Pages from SP and EP; `last` may be empty.
Pages decode_pages(Arena& arena, Str first, Str last);

/// "http://a http://b", "http://a;http://b": the addresses, as pieces of the text; none where it is anything else, or one alone.
std::vector<std::string_view> several_addresses(std::string_view text);

/// Where a piece of a text stood, if the text stood at `span` as it is.
Span span_within(std::string_view text, Span span, std::string_view piece);

/// Whether C2 holds a PMID.
bool reads_as_pmid_in_c2(std::string_view text);

/// "in press" and the like, where a year is expected.
bool means_state(std::string_view text);

/// "English; Spanish": each.
std::vector<std::string_view> several_languages(std::string_view text);

/// Whether a text has character references ("&amp;"); under the tag: and they are read as what they stand for.
bool holds_references(std::string_view text);
bool holds_references(std::string_view tag, std::string_view text);

/// The text with each character reference as what it stands for; the same text if there is none.
Str without_references(Arena& arena, Str text);

/// "et al.", "...", "others": where a list of names was cut off.
bool means_et_al(std::string_view name);

/// Whether the producer means a person by such a name without a comma.
bool reads_as_person(std::string_view name, NameOrder order);

// ------------------------------------------------------------------------------------------------------------- writing

/// Lines of one value: a tag and a text each, the text without line feeds or blanks at its ends.
class LineBuffer {
 public:
  struct Line {
    std::string_view tag;
    std::size_t begin;
    std::size_t end;
  };

  void clear() {
    text_.clear();
    lines_.clear();
    lost_white_space_ = false;
  }
  /// Starts a line; its text is appended to what this returns, and then closed. A text that is empty makes no line.
  std::string& open(std::string_view tag);
  void close();
  void add(std::string_view tag, std::string_view text) {
    open(tag) += text;
    close();
  }

  /// Puts more at the end of the last line.
  void extend(std::string_view text) {
    text_ += text;
    lines_.back().end = text_.size();
  }

  bool empty() const { return lines_.empty(); }
  std::span<const Line> lines() const { return lines_; }
  std::string_view text(const Line& line) const { return std::string_view(text_).substr(line.begin, line.end - line.begin); }
  /// Some text had line feeds, or blanks at its ends.
  bool lost_white_space() const { return lost_white_space_; }
  /// The text is as it was written, and its white space no part of the value.
  void forgive_white_space() { lost_white_space_ = false; }

 private:
  std::string text_;
  std::vector<Line> lines_;
  bool lost_white_space_ = false;
};

/// How a value went out, and what stayed behind.
struct Outcome {
  Fidelity fidelity = Fidelity::Exact;
  std::vector<std::string_view> parts;
  bool altered = false;     ///< nothing stayed behind, but reading it back gives more: markup
  const bool html = false;  ///< markup is asked for

  void clear() {
    fidelity = Fidelity::Exact;
    parts.clear();
    altered = false;
  }
  void narrow(std::string_view part);
  void refuse() { fidelity = Fidelity::Refused; }
};

/// Writes a value in the codec's notation, under `tag` and its companions.
void encode(Codec codec, std::string_view tag, const Value& value, LineBuffer& lines, Outcome& outcome);

/// Which tag a file goes under.
std::string_view tag_for_file(std::string_view file);

/// The text that stands for the line in `raw`: one line, without the white space that a line cannot hold.
std::string one_line(std::string_view text);

}  // namespace bibmill::ris
