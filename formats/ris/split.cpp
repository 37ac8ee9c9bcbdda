// Where RIS can be cut: behind an ER, and before a TY, since both mean the same wherever they stand.
#include "split.h"

#include <algorithm>

#include "bibmill/tagged/lines.h"
#include "tags.h"

namespace bibmill::ris {

namespace {

using tagged::line_at;
using tagged::line_begin;
using tagged::PhysicalLine;

/// TY, ER, or neither.
TagId delimiter_in(std::string_view line) {
  // Most lines are neither, which two characters tell.
  std::size_t at = tagged::behind_mark(line, kGrammar);
  while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
  if (at + 2 >= line.size()) return kUnknownTag;
  const TagId tag = kTags.find(line.substr(at, 2));
  if (tag != kTY && tag != kER) return kUnknownTag;
  return tagged::form_of(line, kGrammar).kind == tagged::LineForm::Kind::Tagged ? tag : kUnknownTag;
}

TagId delimiter_in(std::string_view text, const PhysicalLine& line) { return delimiter_in(text.substr(line.begin, line.end - line.begin)); }

/// The first line from `from` on that begins a record; text.size() if none does.
std::size_t next_type(std::string_view text, std::size_t from) {
  while (from < text.size()) {
    const PhysicalLine line = line_at(text, from);
    if (delimiter_in(text, line) == kTY) return from;
    from = line.next;
  }
  return text.size();
}

/// Whether a line as it should be ends a record: all that is left of RIS where TY was left out.
bool ends_a_record(std::string_view text) {
  for (std::size_t from = 0; from < text.size();) {
    const PhysicalLine line = line_at(text, from);
    const std::string_view bytes = text.substr(line.begin, line.end - line.begin);
    if (delimiter_in(bytes) == kER && tagged::form_of(bytes, kGrammar).standard) return true;
    from = line.next;
  }
  return false;
}

/// Blank lines go with what follows them.
std::size_t before_blank_lines(std::string_view text, std::size_t at) {
  while (at > 0) {
    const std::size_t begin = line_begin(text, at - 1);
    if (!tagged::is_blank(text.substr(begin, line_at(text, begin).end - begin))) break;
    at = begin;
  }
  return at;
}

/// The last end of a record at or before `limit`, which is the beginning of a line; `type_follows`: a record begins at or behind `limit`. 0 if there is none.
std::size_t last_end(std::string_view text, std::size_t limit, bool type_follows) {
  for (std::size_t at = limit; at > 0;) {
    const std::size_t begin = line_begin(text, at - 1);
    const TagId tag = delimiter_in(text, line_at(text, begin));
    if (tag == kER && type_follows) return at;
    if (tag == kTY) {
      type_follows = true;
      // A record without ER may end here.
      const std::size_t cut = before_blank_lines(text, begin);
      if (cut > 0) {
        const std::size_t line = line_begin(text, cut - 1);
        if (delimiter_in(text, line_at(text, line)) != kER) return cut;
      }
    }
    at = begin;
  }
  return 0;
}

}  // namespace

std::size_t split(std::string_view text, std::size_t about) {
  if (text.empty()) return 0;
  const std::size_t limit = about >= text.size() ? text.size() : line_begin(text, about);
  const std::size_t type = next_type(text, limit);
  if (const std::size_t cut = last_end(text, limit, type < text.size()); cut > 0) return cut;
  // The first record that ends behind `about`: at an ER, or before a TY.
  std::size_t first_end = 0;
  for (std::size_t at = limit; at < text.size();) {
    const PhysicalLine line = line_at(text, at);
    const TagId tag = delimiter_in(text, line);
    if (tag == kER && first_end == 0) first_end = line.next;
    if (tag == kTY) {
      const std::size_t cut = first_end > 0 ? first_end : before_blank_lines(text, at);
      if (cut > 0) return cut;
    }
    at = line.next;
  }
  return 0;
}

int recognises(std::string_view head) {
  constexpr int kCertain = 95;
  constexpr int kLikely = 90;
  const std::size_t type = next_type(head, 0);
  if (type == head.size()) return ends_a_record(head) ? kLikely : 0;
  const PhysicalLine line = line_at(head, type);
  return tagged::form_of(head.substr(line.begin, line.end - line.begin), kGrammar).standard ? kCertain : kLikely;
}

}  // namespace bibmill::ris
