// Dates in words and in slashes: one small grammar for MEDLINE, RIS and BibTeX's months.
//
// A text is cut into tokens (year, number, month, season, dash); a date is one point or two points with a dash between, each
// written as far as it differs from the other. Writers spell a date in the ways that their format has, most usual first, and take
// the first that reads back as the same date.
#include "bibmill/text/dates.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

#include "bibmill/text/edtf.h"
#include "scan.h"

namespace bibmill::text {
namespace {

// -------------------------------------------------------------------------------------------------- names of months

struct NamedMonth {
  std::string_view name;
  std::uint8_t number;
};

constexpr NamedMonth kNamedMonths[] = {
#include "tables/months.inc"
};

constexpr std::size_t kLongestName = 16;

constexpr bool is_table_in_order() {
  for (std::size_t at = 0; at < std::size(kNamedMonths); ++at) {
    if (kNamedMonths[at].name.size() > kLongestName) return false;
    if (at > 0 && !(kNamedMonths[at - 1].name < kNamedMonths[at].name)) return false;
  }
  return true;
}
static_assert(is_table_in_order());

constexpr std::uint8_t kFirstSeason = 21;  // as in EDTF

/// Lower case of A–Z and of the Latin-1 letters, which are all that the table has.
constexpr char folded(char c, char before) {
  const auto byte = static_cast<unsigned char>(c);
  const bool upper_latin1 = before == '\xC3' && byte >= 0x80 && byte <= 0x9E && byte != 0x97;
  return upper_latin1 ? static_cast<char>(byte + 0x20) : ascii_lower(c);
}

/// The table's number for a name, 0 for any other word.
unsigned number_named(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  if (name.empty() || name.size() > kLongestName) return 0;
  std::array<char, kLongestName> buffer;
  char before = '\0';
  for (std::size_t at = 0; at < name.size(); ++at) {
    buffer[at] = folded(name[at], before);
    before = name[at];
  }
  const std::string_view key(buffer.data(), name.size());
  const auto* const row = std::lower_bound(std::begin(kNamedMonths), std::end(kNamedMonths), key,
                                           [](const NamedMonth& month, std::string_view wanted) { return month.name < wanted; });
  return row != std::end(kNamedMonths) && row->name == key ? row->number : 0;
}

constexpr std::array<std::string_view, 12> kMonthNames = {"January", "February", "March",     "April",   "May",      "June",
                                                          "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 4> kSeasonNames = {"Spring", "Summer", "Fall", "Winter"};

// ------------------------------------------------------------------------------------------------------------ tokens

struct Token {
  enum class Kind : std::uint8_t { Year, Number, Month, Season, Dash };
  Kind kind{};
  std::int32_t number = 0;
  std::size_t end = 0;     // offset behind it
  bool ends_word = false;  // a blank or the end of the text follows
};

constexpr std::size_t kMostTokens = 9;  // "1999 Oct 29 - 2000 Nov 4" has seven

struct Tokens {
  std::array<Token, kMostTokens> list;
  std::size_t size = 0;
  bool complete = false;  // the whole text was cut

  std::span<const Token> first(std::size_t count) const { return std::span(list).first(count); }
};

constexpr std::string_view kNoBreak = "\xC2\xA0";  // what a decoded "~" is

/// "-", "--", "/", and the dashes U+2010 to U+2015.
bool take_dash(Cursor& in) {
  if (in.take('/')) return true;
  bool any = false;
  while (in.take('-')) any = true;
  if (any) return true;
  const std::string_view rest = in.rest();
  if (rest.size() < 3 || !rest.starts_with("\xE2\x80") || rest[2] < '\x90' || rest[2] > '\x95') return false;
  return in.take(rest.substr(0, 3));
}

bool take_blanks(Cursor& in) {
  bool any = false;
  while (in.take_blanks() || in.take(kNoBreak)) any = true;
  return any;
}

constexpr bool continues_word(char c) { return is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80; }

/// The word's end, where a dash or a no-break space may follow without a blank.
std::string_view take_letters(Cursor& in) {
  const std::string_view rest = in.rest();
  std::size_t end = 0;
  while (end < rest.size() && continues_word(rest[end]) && !rest.substr(end).starts_with(kNoBreak) &&
         !rest.substr(end).starts_with("\xE2\x80"))
    ++end;
  if (end > 0 && end < rest.size() && rest[end] == '.') ++end;
  in.take(rest.substr(0, end));
  return rest.substr(0, end);
}

bool take_number_token(Cursor& in, Token& token) {
  const std::string_view digits = in.take_digits();
  if (digits.size() != 4 && (digits.empty() || digits.size() > 2)) return false;
  if (continues_word(in.peek()) && !in.rest().starts_with(kNoBreak) && !in.rest().starts_with("\xE2\x80")) return false;  // "1st"
  token.kind = digits.size() == 4 ? Token::Kind::Year : Token::Kind::Number;
  token.number = *number_from(digits);
  return token.kind == Token::Kind::Year || token.number != 0;
}

bool take_name_token(Cursor& in, Token& token) {
  const unsigned number = number_named(take_letters(in));
  if (number == 0 || is_ascii_digit(in.peek())) return false;
  token.kind = number < kFirstSeason ? Token::Kind::Month : Token::Kind::Season;
  token.number = static_cast<std::int32_t>(number < kFirstSeason ? number : number - kFirstSeason + 1);
  return true;
}

bool take_token(Cursor& in, Token& token) {
  if (is_ascii_digit(in.peek())) return take_number_token(in, token);
  if (take_dash(in)) {
    token.kind = Token::Kind::Dash;
    return true;
  }
  return take_name_token(in, token);
}

/// The tokens that the text begins with, up to the first thing that no date contains.
Tokens cut(std::string_view text) {
  Tokens tokens;
  Cursor in(text);
  take_blanks(in);
  while (!in.done() && tokens.size < kMostTokens) {
    Token& token = tokens.list[tokens.size];
    if (!take_token(in, token)) return tokens;
    token.end = text.size() - in.rest().size();
    const bool comma = in.take(',');  // "May 5, 2001"
    token.ends_word = take_blanks(in) || in.done();
    if (comma && !token.ends_word) return tokens;
    ++tokens.size;
  }
  tokens.complete = in.done();
  return tokens;
}

// ------------------------------------------------------------------------------------------------------------ points

/// One end of a date as far as it is written; 0 and nothing for what is not.
struct Written {
  std::optional<std::int32_t> year;
  std::int32_t month = 0;
  std::int32_t day = 0;
  std::int32_t season = 0;
  std::int32_t number = 0;  // a number of its own: a month or a day, as the other end tells
};

using Kind = Token::Kind;

/// The year may stand at either end: "2001 May 5", "5 May 2001", "May 2001".
std::span<const Token> take_year(std::span<const Token> tokens, Written& point) {
  if (tokens.front().kind == Kind::Year) {
    point.year = tokens.front().number;
    return tokens.subspan(1);
  }
  if (tokens.back().kind == Kind::Year) {
    point.year = tokens.back().number;
    return tokens.first(tokens.size() - 1);
  }
  return tokens;
}

std::optional<Written> read_point(std::span<const Token> tokens) {
  if (tokens.empty()) return std::nullopt;
  Written point;
  const bool year_first = tokens.front().kind == Kind::Year;
  tokens = take_year(tokens, point);
  const auto is = [&](std::size_t at, Kind kind) { return tokens[at].kind == kind; };
  switch (tokens.size()) {
    case 0: return point;
    case 1:
      if (is(0, Kind::Month)) point.month = tokens[0].number;
      if (is(0, Kind::Season)) point.season = tokens[0].number;
      if (is(0, Kind::Number)) (year_first ? point.month : point.number) = tokens[0].number;
      return is(0, Kind::Year) ? std::nullopt : std::optional(point);
    case 2: {
      const bool day_first = is(0, Kind::Number) && is(1, Kind::Month);
      const bool month_first = is(1, Kind::Number) && (is(0, Kind::Month) || (year_first && is(0, Kind::Number)));
      if (!day_first && !month_first) return std::nullopt;
      point.month = tokens[day_first ? 1 : 0].number;
      point.day = tokens[day_first ? 0 : 1].number;
      return point;
    }
    default: return std::nullopt;
  }
}

/// Checks the calendar and fills the point.
bool settle(const Written& written, std::int32_t year, DatePoint& point) {
  if (written.month > 12 || (written.month == 0 && written.day != 0)) return false;
  if (written.day != 0 && !is_day_of_month(year, static_cast<unsigned>(written.month), static_cast<unsigned>(written.day)))
    return false;
  point.kind = DatePoint::Kind::Known;
  point.year = year;
  point.month = static_cast<std::uint8_t>(written.month);
  point.day = static_cast<std::uint8_t>(written.day);
  point.season = static_cast<std::uint8_t>(written.season);
  return true;
}

/// Decides what a number on its own is: "May 5-11" ends on a day, "5-11 May" begins on one, "5-7" and "5" are months.
bool settle_numbers(Written& from, Written* to) {
  if (to != nullptr && from.number != 0 && to->day != 0 && to->month != 0) {
    from.day = from.number;
    from.month = to->month;
  } else if (from.number != 0) {
    from.month = from.number;
  }
  if (to == nullptr || to->number == 0) return true;
  if (from.day != 0) {
    to->month = from.month;
    to->day = to->number;
    return true;
  }
  to->month = to->number;
  return from.number != 0;  // "May-7" is neither
}

/// "2018-Jul-15", "1987-Sep": ERIC joins the parts of one date with dashes. A year is no end of a range whose other end is a month.
std::optional<Date> read_joined(std::span<const Token> tokens) {
  const auto is = [&](std::size_t at, Kind kind) { return tokens[at].kind == kind; };
  if (tokens.size() < 3 || !is(0, Kind::Year) || !is(1, Kind::Dash) || !(is(2, Kind::Month) || is(2, Kind::Season))) return std::nullopt;
  const bool has_day = tokens.size() == 5 && is(3, Kind::Dash) && is(4, Kind::Number);
  if (tokens.size() != 3 && !has_day) return std::nullopt;
  Written written;
  (is(2, Kind::Month) ? written.month : written.season) = tokens[2].number;
  if (has_day) written.day = tokens[4].number;
  Date date;
  return settle(written, tokens[0].number, date.from) ? std::optional(date) : std::nullopt;
}

/// All of the tokens as one date. `year` is that of the text before them, if there was one.
std::optional<Date> read_date(std::span<const Token> tokens, std::optional<std::int32_t> year) {
  if (auto joined = read_joined(tokens)) return joined;
  const auto dash = std::find_if(tokens.begin(), tokens.end(), [](const Token& token) { return token.kind == Kind::Dash; });
  const auto before = static_cast<std::size_t>(dash - tokens.begin());
  auto from = read_point(tokens.first(before));
  if (!from) return std::nullopt;
  std::optional<Written> to;
  if (dash != tokens.end()) {
    to = read_point(tokens.subspan(before + 1));
    if (!to) return std::nullopt;
  }
  if (from->year && year && from->year != year) return std::nullopt;
  if (!from->year) from->year = year ? year : to ? to->year : std::nullopt;
  if (!from->year || !settle_numbers(*from, to ? &*to : nullptr)) return std::nullopt;
  Date date;
  if (!settle(*from, *from->year, date.from)) return std::nullopt;
  if (to && !settle(*to, to->year.value_or(*from->year), date.to)) return std::nullopt;
  return date;
}

/// The whole text as one date in words.
std::optional<Date> read_words(std::string_view text, std::optional<std::int32_t> year) {
  const Tokens tokens = cut(text);
  if (!tokens.complete || tokens.size == 0) return std::nullopt;
  return read_date(tokens.first(tokens.size), year);
}

/// The longest beginning that is a date; the words behind it are the literal, a view into `text`.
Date read_beginning(std::string_view text, std::optional<std::int32_t> year) {
  text = trim(text);
  const Tokens tokens = cut(text);
  for (std::size_t count = tokens.size; count > 0; --count) {
    const Token& last = tokens.list[count - 1];
    if (!last.ends_word) continue;
    if (auto date = read_date(tokens.first(count), year)) {
      date->literal = trim(text.substr(last.end));
      return *date;
    }
  }
  Date words;
  words.literal = text;
  return words;
}

Date owned(Arena& arena, Date date) {
  date.literal = arena.copy(date.literal);
  return date;
}

bool same(const Date& a, const Date& b) { return a.from == b.from && a.to == b.to && a.literal == b.literal; }

// ---------------------------------------------------------------------------------------------------- writing words

bool has_plain_year(const DatePoint& point) { return point.known() && point.year >= 0 && point.year <= 9999; }

/// Where 0000 says that the year is not known, as in RIS, the year 0 of ISO 8601 (1 BC) is written otherwise.
bool has_year_of_ris(const DatePoint& point) { return has_plain_year(point) && point.year != 0; }

void append_year_of(std::string& out, const DatePoint& point) { append_padded(out, static_cast<std::uint32_t>(point.year), 4); }

void append_month_and_day(std::string& out, const DatePoint& point) {
  out += month_abbreviation(point.month);
  if (point.day == 0) return;
  out += ' ';
  append_padded(out, point.day, 1);
}

/// What follows the year; nothing for a year alone.
void append_rest(std::string& out, const DatePoint& point) {
  if (point.season != 0)
    out += season_name(point.season);
  else if (point.month != 0)
    append_month_and_day(out, point);
}

void append_point(std::string& out, const DatePoint& point) {
  append_year_of(out, point);
  if (point.season == 0 && point.month == 0) return;
  out += ' ';
  append_rest(out, point);
}

/// "1999 Oct 29-Nov 4": the second end as far as it differs from the first.
void append_words(std::string& out, const Date& date) {
  const DatePoint& from = has_plain_year(date.from) ? date.from : date.to;
  const DatePoint& to = date.to;
  if (!has_plain_year(from)) return;
  append_point(out, from);
  if (&from == &to || !has_plain_year(to)) return;
  out += '-';
  if (to.year != from.year || (to.season == 0 && to.month == 0)) return append_point(out, to);
  if (to.month != from.month || from.day == 0 || to.day == 0) return append_rest(out, to);
  append_padded(out, to.day, 1);
}

/// Whether the text was written, and reads back as the date.
Fidelity judge(std::string_view written, const Date& date, const Date& read_back) {
  if (written.empty()) return Fidelity::Refused;
  return same(date, read_back) ? Fidelity::Exact : Fidelity::Narrowed;
}

// --------------------------------------------------------------------------------------------------------- stamps

/// "20060220", "200602", "2006".
bool read_compact(Cursor& in, Written& written) {
  std::int32_t year = 0;
  if (!in.take_number(4, year)) return false;
  written.year = year;
  if (in.done()) return true;
  if (!in.take_number(2, written.month) || written.month == 0) return false;
  return in.done() || (in.take_number(2, written.day) && written.day != 0 && in.done());
}

/// One or two digits that are not zero, behind a slash or a hyphen.
bool read_component(Cursor& in, char divider, std::int32_t& number) {
  if (!in.take(divider)) return false;
  const std::string_view digits = in.take_digits();
  if (digits.empty() || digits.size() > 2) return false;
  number = *number_from(digits);
  return number != 0;
}

/// " 09:00", " 9:00:30".
bool read_time(Cursor& in, DatePoint& point) {
  const auto component = [&in](std::int32_t& number) {
    const std::string_view digits = in.take_digits();
    if (digits.empty() || digits.size() > 2) return false;
    number = *number_from(digits);
    return true;
  };
  std::int32_t hour = 0;
  std::int32_t minute = 0;
  std::int32_t second = 0;
  if (!component(hour) || !in.take(':') || !component(minute)) return false;
  if (in.take(':') && !component(second)) return false;
  if (hour > 23 || minute > 59 || second > 60) return false;
  point.has_time = true;
  point.hour = static_cast<std::uint8_t>(hour);
  point.minute = static_cast<std::uint8_t>(minute);
  point.second = static_cast<std::uint8_t>(second);
  return true;
}

/// "2006/02/20 09:00", "2006/02", "2006-02-20".
bool read_divided(Cursor& in, Written& written) {
  std::int32_t year = 0;
  if (!in.take_number(4, year)) return false;
  written.year = year;
  const char divider = in.peek();
  if (divider != '/' && divider != '-') return false;
  if (!read_component(in, divider, written.month)) return false;
  return in.peek() != divider || read_component(in, divider, written.day);
}

std::optional<DatePoint> read_stamp(std::string_view text) {
  DatePoint point;
  Written written;
  Cursor in(text);
  if (all_digits(text)) {
    if (!read_compact(in, written)) return std::nullopt;
  } else if (!read_divided(in, written)) {
    return std::nullopt;
  }
  if (!settle(written, *written.year, point)) return std::nullopt;
  if (point.day != 0 && in.take_blanks() && !read_time(in, point)) return std::nullopt;
  if (!in.done()) return std::nullopt;
  return point;
}

Date read_stamp_or_words(std::string_view text) {
  Date date;
  text = trim(text);
  if (const auto point = read_stamp(text))
    date.from = *point;
  else
    date.literal = text;
  return date;
}

// ------------------------------------------------------------------------------------------------------------- RIS

/// Whether `fuller` says all that `point` does (as far as a RIS date can say it), so that it may stand in its place.
bool says_as_much(const DatePoint& fuller, const DatePoint& point) {
  if (!point.known()) return true;
  return fuller.known() && fuller.year == point.year && (point.month == 0 || fuller.month == point.month) &&
         (point.day == 0 || fuller.day == point.day) && (point.season == 0 || fuller.season == point.season);
}

/// The date that the fourth part spells out.
std::optional<Date> read_fourth_part(const DatePoint& point, std::string_view text) {
  const std::optional<std::int32_t> year = point.known() ? std::optional(point.year) : std::nullopt;
  auto date = read_words(text, year);
  if (!date) date = parse_edtf(text);
  if (!date || !says_as_much(date->from.known() ? date->from : date->to, point)) return std::nullopt;
  return date;
}

/// The text before the next slash, which is taken too.
std::string_view take_part(std::string_view& rest) {
  const std::size_t slash = rest.find('/');
  const std::string_view part = trim(rest.substr(0, slash));
  rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
  return part;
}

bool is_absent(std::string_view part) { return part.empty() || part == "0" || part == "00"; }

/// Month and day of "2017/04/07/…". False, with `rest` where it was, at the first that is neither.
bool read_month_and_day(std::string_view& rest, Date& date) {
  std::string_view ahead = rest;
  const std::string_view month = take_part(ahead);
  if (!is_absent(month)) {
    const auto months = read_words(month, date.from.year);
    if (!months) return false;
    date = *months;
  }
  rest = ahead;
  const std::string_view day = take_part(ahead);
  if (!is_absent(day)) {
    const auto number = day.size() <= 2 ? number_from(day) : std::nullopt;
    if (!number || date.from.day != 0 || !is_day_of_month(date.from.year, date.from.month, static_cast<unsigned>(*number)))
      return false;
    date.from.day = static_cast<std::uint8_t>(*number);
  }
  rest = ahead;
  return true;
}

/// "1995", "1995/09/27": what most are.
std::optional<Date> read_usual_ris_date(std::string_view text) {
  if (text.size() != 4 && (text.size() != 10 || text[4] != '/' || text[7] != '/')) return std::nullopt;
  const auto year = number_from(text.substr(0, 4));
  if (!year) return std::nullopt;
  Date date;
  date.from.kind = DatePoint::Kind::Known;
  date.from.year = *year;
  if (text.size() == 4) return date;
  const auto month = number_from(text.substr(5, 2));
  const auto day = number_from(text.substr(8, 2));
  if (!month || !day || *month < 1 || *month > 12 || *day < 1 || !is_day_of_month(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day))) return std::nullopt;
  date.from.month = static_cast<std::uint8_t>(*month);
  date.from.day = static_cast<std::uint8_t>(*day);
  return date;
}

/// "2004-4-5", "2004/4/5": the year stands first, so that there is no doubt which is the month.
std::optional<Date> read_numbers(std::string_view text) {
  constexpr std::size_t kYear = 4;
  const char divider = text.size() > kYear ? text[kYear] : ' ';
  const std::size_t second = text.find(divider, kYear + 1);
  if ((divider != '-' && divider != '/') || second == std::string_view::npos) return std::nullopt;
  const std::string_view month_text = text.substr(kYear + 1, second - kYear - 1);
  const std::string_view day_text = text.substr(second + 1);
  if (month_text.size() > 2 || day_text.size() > 2) return std::nullopt;
  const auto year = number_from(text.substr(0, kYear));
  const auto month = number_from(month_text);
  const auto day = number_from(day_text);
  if (!year || !month || !day || *month < 1 || *month > 12 || *day < 1) return std::nullopt;
  if (!is_day_of_month(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day))) return std::nullopt;
  Date date;
  date.from.kind = DatePoint::Kind::Known;
  date.from.year = *year;
  date.from.month = static_cast<std::uint8_t>(*month);
  date.from.day = static_cast<std::uint8_t>(*day);
  return date;
}

/// The literal is a view into `text`.
Date read_ris_date(std::string_view text, std::optional<std::int32_t> year) {
  text = trim(text);
  if (const auto usual = read_usual_ris_date(text)) return *usual;
  // A slash divides the parts first: "2001/" is a year and no open range.
  const bool divided = text.find('/') != std::string_view::npos;
  if (const auto edtf = parse_edtf(text); edtf && (!divided || edtf->to.known())) return *edtf;
  Date date;
  if (text.size() == std::string_view("20010506").size() && all_digits(text)) {
    if (const auto point = read_stamp(text)) {
      date.from = *point;
      return date;
    }
  }
  if (!divided) return read_beginning(text, year);
  std::string_view rest = text;
  const std::string_view first = take_part(rest);
  const auto number = first.size() == 4 ? number_from(first) : std::nullopt;
  if (number) {
    date.from.kind = DatePoint::Kind::Known;
    date.from.year = *number;
  } else if (!text.starts_with("///")) {
    date.literal = text;
    return date;
  }
  if (read_month_and_day(rest, date) && !date.is_range()) {
    if (const auto fuller = read_fourth_part(date.from, rest)) return *fuller;
  }
  date.literal = trim(rest);
  return date;
}

/// "2017/04/07/" and the fourth part.
void append_slashes(std::string& out, const DatePoint& point, std::string_view fourth) {
  const bool has_year = has_year_of_ris(point);
  if (has_year) append_year_of(out, point);
  out += '/';
  if (has_year && point.month != 0) append_padded(out, point.month, 2);
  out += '/';
  if (has_year && point.month != 0 && point.day != 0) append_padded(out, point.day, 2);
  out += '/';
  out += fourth;
}

/// MEDLINE's words without the year that stands in the first part.
std::string words_for_fourth_part(const Date& date) {
  std::string words;
  append_words(words, date);
  if (words.size() > 5 && words[4] == ' ') words.erase(0, 5);
  return words;
}

}  // namespace

// --------------------------------------------------------------------------------------------------------- the public

unsigned month_named(std::string_view name) {
  const unsigned number = number_named(name);
  return number < kFirstSeason ? number : 0;
}

unsigned season_named(std::string_view name) {
  const unsigned number = number_named(name);
  return number < kFirstSeason ? 0 : number - kFirstSeason + 1;
}

std::string_view month_name(unsigned month) { return month >= 1 && month <= 12 ? kMonthNames[month - 1] : std::string_view{}; }
std::string_view month_abbreviation(unsigned month) { return month_name(month).substr(0, 3); }
std::string_view season_name(unsigned season) {
  return season >= 1 && season <= 4 ? kSeasonNames[season - 1] : std::string_view{};
}

std::optional<Date> parse_months(std::string_view text, int year) { return read_words(text, year); }

std::optional<Date> parse_date_in_words(std::string_view text) {
  text = trim(text);
  if (const auto numbers = read_numbers(text)) return numbers;
  const bool has_letter = std::any_of(text.begin(), text.end(), [](char c) { return is_ascii_letter(c); });
  if (!has_letter && text.find('/') != std::string_view::npos) return std::nullopt;
  return read_words(text, std::nullopt);
}

Date parse_medline_date(Arena& arena, std::string_view text) { return owned(arena, read_beginning(text, std::nullopt)); }

Fidelity append_medline_date(std::string& out, const Date& date) {
  const std::size_t begin = out.size();
  append_words(out, date);
  if (out.size() > begin && !date.literal.empty()) out += ' ';
  out += date.literal;
  const std::string_view written = std::string_view(out).substr(begin);
  return judge(written, date, read_beginning(written, std::nullopt));
}

Date parse_medline_stamp(Arena& arena, std::string_view text) { return owned(arena, read_stamp_or_words(text)); }

Fidelity append_medline_stamp(std::string& out, const Date& date, StampStyle style) {
  const std::size_t begin = out.size();
  const DatePoint& point = date.from;
  const std::string_view divider = style == StampStyle::Slashes ? "/" : "";
  if (has_plain_year(point)) {
    append_year_of(out, point);
    if (point.month != 0) append_padded(out.append(divider), point.month, 2);
    if (point.month != 0 && point.day != 0) append_padded(out.append(divider), point.day, 2);
    if (point.has_time && point.day != 0 && style == StampStyle::Slashes) {
      append_padded(out.append(" "), point.hour, 2);
      append_padded(out.append(":"), point.minute, 2);
      if (point.second != 0) append_padded(out.append(":"), point.second, 2);
    }
  } else {
    out += date.literal;
  }
  const std::string_view written = std::string_view(out).substr(begin);
  return judge(written, date, read_stamp_or_words(written));
}

Date parse_ris_date(Arena& arena, std::string_view text, std::optional<int> year) {
  return owned(arena, read_ris_date(text, year));
}

Fidelity append_ris_date(std::string& out, const Date& date) {
  if (!date.from.known() && !date.to.known()) {
    out += date.literal;
    return judge(date.literal, date, read_ris_date(date.literal, std::nullopt));
  }
  const DatePoint& point = date.from.known() ? date.from : date.to;
  const std::size_t begin = out.size();
  const auto reads_back_with = [&](std::string_view fourth) {
    out.resize(begin);
    append_slashes(out, point, fourth);
    return same(date, read_ris_date(std::string_view(out).substr(begin), std::nullopt));
  };
  // Words that someone wrote go before those that we could write.
  if (reads_back_with(date.literal)) return Fidelity::Exact;
  if (!date.literal.empty()) return Fidelity::Narrowed;
  if (reads_back_with(words_for_fourth_part(date))) return Fidelity::Exact;
  std::string edtf;
  append_edtf(edtf, date);
  return reads_back_with(edtf) ? Fidelity::Exact : Fidelity::Narrowed;
}

Fidelity append_year(std::string& out, const Date& date) {
  if (!has_plain_year(date.from)) return Fidelity::Refused;
  append_year_of(out, date.from);
  Date year;
  year.from.kind = DatePoint::Kind::Known;
  year.from.year = date.from.year;
  return same(date, year) ? Fidelity::Exact : Fidelity::Narrowed;
}

}  // namespace bibmill::text
