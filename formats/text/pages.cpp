// Pages: cutting a text into ranges, and completing the last pages that NLM abbreviates.
#include "bibmill/text/pages.h"

#include <algorithm>
#include <optional>

#include "bibmill/reflect.h"
#include "bibmill/text/byte_scan.h"
#include "scan.h"

namespace bibmill::text {
namespace {

/// A page label as letters, digits, letters: "S10", "1194", "12A". Without digits, or with other characters, `plain` is false.
struct Label {
  std::string_view prefix;
  std::string_view digits;
  std::string_view suffix;
  bool plain = false;
};

Label taken_apart(std::string_view text) {
  Cursor in(text);
  Label label;
  label.prefix = in.take_while(is_ascii_letter);
  label.digits = in.take_digits();
  label.suffix = in.take_while(is_ascii_letter);
  label.plain = in.done() && !label.digits.empty();
  return label;
}

/// Compares two numbers of any length without leading zeros' weight.
bool is_less(std::string_view a, std::string_view b) {
  a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
  b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

/// How much of the first page stands before an abbreviated last page: "1194-205" lends "1", "S10-5" lends "S1", "S10-15" lends
/// "S". Empty where the last page is complete, or would make no sense when completed.
std::string_view lent_by(std::string_view first, std::string_view last) {
  const Label from = taken_apart(first);
  const Label to = taken_apart(last);
  if (!from.plain || !to.plain || !to.prefix.empty() || from.suffix != to.suffix) return {};
  const std::size_t missing = from.digits.size() - std::min(from.digits.size(), to.digits.size());
  const std::string_view lent = first.substr(0, from.prefix.size() + missing);
  // With as many digits as the first page, or more, what is written is the whole number.
  const bool backwards = missing > 0 ? from.digits.substr(missing) > to.digits : is_less(to.digits, from.digits);
  return backwards ? std::string_view{} : lent;
}

/// How many characters NLM leaves out of the last page: what it has in common with the first, if reading puts them back.
std::size_t left_out(std::string_view first, std::string_view last) {
  const Label from = taken_apart(first);
  const Label to = taken_apart(last);
  if (!from.plain || !to.plain || from.prefix != to.prefix || from.suffix != to.suffix) return 0;
  if (from.digits.size() != to.digits.size() || first == last) return 0;
  const auto differ = std::mismatch(from.digits.begin(), from.digits.end(), to.digits.begin());
  const std::size_t common = from.prefix.size() + static_cast<std::size_t>(differ.first - from.digits.begin());
  return lent_by(first, last.substr(common)) == first.substr(0, common) ? common : 0;
}

// ----------------------------------------------------------------------------------------------------------- reading

constexpr bool is_roman_digit(char c) { return std::string_view("ivxlcdmIVXLCDM").find(c) != std::string_view::npos; }
bool is_roman(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_roman_digit); }
bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_ascii_digit); }

/// A dash in a text: hyphens in a row, or one of U+2010 to U+2015 and U+2212 (minus).
struct Dash {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool strong = false;  // no hyphen of a label is written so
};

constexpr std::size_t kTypographicDash = 3;  // bytes

constexpr bool is_typographic_dash(std::string_view bytes) {
  return bytes == "\xE2\x88\x92" ||
         (bytes.starts_with("\xE2\x80") && bytes.size() == kTypographicDash && bytes[2] >= '\x90' && bytes[2] <= '\x95');
}

constexpr bool begins_with_dash(std::string_view text) {
  return text.starts_with('-') || is_typographic_dash(text.substr(0, kTypographicDash));
}

constexpr bool ends_with_dash(std::string_view text) {
  return text.ends_with('-') ||
         (text.size() >= kTypographicDash && is_typographic_dash(text.substr(text.size() - kTypographicDash)));
}

std::optional<Dash> next_dash(std::string_view text, std::size_t at) {
  while (at < text.size() && !begins_with_dash(text.substr(at))) ++at;
  if (at >= text.size()) return std::nullopt;
  if (text[at] != '-') return Dash{at, at + kTypographicDash, true};
  const std::size_t end = std::min(text.find_first_not_of('-', at), text.size());
  return Dash{at, end, end - at > 1};
}

/// The dash that divides a range: the only strong one; or else the middle one of an odd number of hyphens ("1-1-1-8").
std::optional<Dash> dividing_dash(std::string_view text) {
  std::size_t hyphens = 0;
  std::size_t strong = 0;
  Dash only;
  for (auto dash = next_dash(text, 0); dash; dash = next_dash(text, dash->end)) {
    ++(dash->strong ? strong : hyphens);
    if (dash->strong || strong == 0) only = *dash;
  }
  if (strong == 1) return only;
  if (strong > 1 || hyphens % 2 == 0) return std::nullopt;
  auto middle = next_dash(text, 0);
  for (std::size_t skipped = 0; skipped < hyphens / 2; ++skipped) middle = next_dash(text, middle->end);
  return middle;
}

bool is_one_word(std::string_view text) { return !text.empty() && std::none_of(text.begin(), text.end(), is_blank); }

/// Both ends have digits, or both are Roman: "IV-1" and "A-1" are labels, and so is what has a slash.
bool are_two_ends(std::string_view first, std::string_view last) {
  if (first.find('/') != std::string_view::npos || last.find('/') != std::string_view::npos) return false;
  return (has_digit(first) && has_digit(last)) || (is_roman(first) && is_roman(last));
}

/// Where a label of words ends and the page begins: behind the last blank that is not beside a dash, if a page follows.
std::size_t end_of_words(std::string_view text) {
  std::size_t end = 0;
  std::size_t word_end = 0;  // of the word before the blanks that are being passed
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_blank(text[at])) continue;
    const bool begins_word = at > word_end;
    if (begins_word && !begins_with_dash(text.substr(at)) && !ends_with_dash(text.substr(0, word_end))) end = at;
    word_end = at + 1;
  }
  const std::string_view page = text.substr(end);
  return has_digit(page) || is_roman(page) ? end : 0;
}

/// One range as it is written; the last page is `lent` and `last` together.
struct Written {
  std::string_view label;
  std::string_view first;
  std::string_view lent;
  std::string_view last;
};

/// "1194-1205", "1194": what nearly all pages are.
std::optional<Written> read_range_of_digits(std::string_view text) {
  Cursor in(text);
  const std::string_view first = in.take_digits();
  if (first.empty()) return std::nullopt;
  if (in.done()) return Written{{}, first, {}, {}};
  if (!in.take('-')) return std::nullopt;
  in.take('-');
  const std::string_view last = in.take_digits();
  if (last.empty() || !in.done()) return std::nullopt;
  return Written{{}, first, lent_by(first, last), last};
}

Written read_range(std::string_view text) {
  if (const std::optional<Written> range = read_range_of_digits(text)) return *range;
  const std::size_t words = end_of_words(text);
  const std::string_view page = text.substr(words);
  Written range{trim(text.substr(0, words)), page, {}, {}};
  const auto dash = dividing_dash(page);
  if (!dash) return range;
  const std::string_view first = trim(page.substr(0, dash->begin));
  const std::string_view last = trim(page.substr(dash->end));
  if (!is_one_word(first) || !is_one_word(last) || !(dash->strong || are_two_ends(first, last))) return range;
  return {range.label, first, lent_by(first, last), last};
}

// ----------------------------------------------------------------------------------------------------------- writing

bool has_hyphen(std::string_view text) { return text.find('-') != std::string_view::npos; }

std::string_view written_last(const PageRange& range, PageStyle style) {
  return style == PageStyle::Abbreviated ? range.last.substr(left_out(range.first, range.last)) : range.last;
}

std::string_view dash_for(const PageRange& range, PageStyle style) {
  const bool double_hyphen = style == PageStyle::DoubleHyphen || has_hyphen(range.first) || has_hyphen(range.last);
  return double_hyphen ? "--" : "-";
}

/// Whether reading gives the range that was written.
bool reads_back(const PageRange& range, std::string_view text) {
  if (holds<',', ';'>(text) || trim(text).size() != text.size()) return false;
  const Written written = read_range(text);
  return written.label == range.label && written.first == range.first &&
         range.last.size() == written.lent.size() + written.last.size() && range.last.starts_with(written.lent) &&
         range.last.ends_with(written.last);
}

PageRange owned(Arena& arena, const Written& written) {
  return {arena.copy(written.first), arena.concat({written.lent, written.last}), arena.copy(written.label)};
}

}  // namespace

PageRange make_page_range(Arena& arena, std::string_view first, std::string_view last) {
  return owned(arena, Written{{}, first, lent_by(first, last), last});
}

Pages parse_pages(Arena& arena, std::string_view text) {
  Pages pages;
  while (!text.empty()) {
    const std::size_t end = next_of<',', ';'>(text, 0);
    const std::string_view range = trim(text.substr(0, end));
    if (!range.empty()) pages.ranges.push_back(arena, owned(arena, read_range(range)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pages;
}

void append_page_range(std::string& out, const PageRange& range, PageStyle style) {
  out += range.first;
  if (range.last.empty()) return;
  out += dash_for(range, style);
  out += written_last(range, style);
}

bool is_of_numbers(const Pages& pages) {
  if (pages.ranges.size() != 1) return false;
  const PageRange& range = pages.ranges.front();
  const auto is_number = [](std::string_view text) { return std::all_of(text.begin(), text.end(), is_ascii_digit); };
  return range.label.empty() && !range.first.empty() && is_number(range.first) && (range.last.empty() || (is_number(range.last) && range.last.size() >= range.first.size()));
}

Fidelity append_pages(std::string& out, const Pages& pages, PageStyle style) {
  if (pages.ranges.empty()) return Fidelity::Refused;
  if (style != PageStyle::Abbreviated && is_of_numbers(pages)) {
    append_page_range(out, pages.ranges.front(), style);
    return Fidelity::Exact;
  }
  Fidelity fidelity = Fidelity::Exact;
  for (const PageRange& range : pages.ranges) {
    if (&range != pages.ranges.begin()) out += range.label.empty() ? ", " : "; ";
    const std::size_t begin = out.size();
    if (!range.label.empty()) out.append(range.label) += ' ';
    append_page_range(out, range, style);
    if (!reads_back(range, std::string_view(out).substr(begin))) fidelity = Fidelity::Narrowed;
  }
  return fidelity;
}

Fidelity append_nlm_pages(std::string& out, const Pages& pages) {
  if (!pages.raw.empty()) {
    Arena scratch;
    if (same_content(parse_pages(scratch, pages.raw), pages)) {
      out += pages.raw;
      return Fidelity::Exact;
    }
  }
  return append_pages(out, pages, PageStyle::Abbreviated);
}

void keep_nlm_text(Pages& pages, Str text) {
  std::string written;
  append_pages(written, pages, PageStyle::Abbreviated);
  if (written != text) pages.raw = text;
}

bool runs_backwards(const PageRange& range) {
  const Label from = taken_apart(range.first);
  const Label to = taken_apart(range.last);
  if (!from.plain || !to.plain || from.prefix != to.prefix || from.suffix != to.suffix) return false;
  return is_less(to.digits, from.digits) && lent_by(range.first, range.last).empty();
}

}  // namespace bibmill::text
