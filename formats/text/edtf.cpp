// EDTF: reading and writing of ISO 8601-2's levels 0 and 1.
#include "bibmill/text/edtf.h"

#include <algorithm>
#include <array>

#include "scan.h"

namespace bibmill::text {
namespace {

constexpr bool is_leap_year(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr unsigned kSpring = 21;  // EDTF's number of the first season of level 1
constexpr unsigned kWinter = 24;

/// "Y17000", "Y-17000": more than four digits (level 1, letter-prefixed calendar year).
bool read_long_year(Cursor& in, DatePoint& point) {
  const bool negative = in.take('-');
  const std::string_view digits = in.take_digits();
  if (digits.size() <= 4 || digits.front() == '0') return false;
  const auto year = number_from(digits);
  if (!year) return false;
  point.year = negative ? -*year : *year;
  return true;
}

/// "2001", "-0043", "19XX".
bool read_year(Cursor& in, DatePoint& point) {
  if (in.take('Y')) return read_long_year(in, point);
  const bool negative = in.take('-');
  std::int32_t year = 0;
  for (int place = 0; place < 4; ++place) {
    std::int32_t digit = 0;
    if (in.take('X')) {
      ++point.unspecified_year;
    } else if (point.unspecified_year > 0 || !in.take_number(1, digit)) {
      return false;
    }
    year = year * 10 + digit;
  }
  if (negative && year == 0 && point.unspecified_year == 0) return false;
  point.year = negative ? -year : year;
  // "-000X" and "-XXXX" would lose their sign in a number.
  return !(negative && year == 0);
}

bool read_day(Cursor& in, DatePoint& point) {
  if (in.take("XX")) {
    point.unspecified_day = true;
    return true;
  }
  std::int32_t day = 0;
  if (point.unspecified_month || !in.take_number(2, day)) return false;
  if (day < 1 || !is_day_of_month(point.year, point.month, static_cast<unsigned>(day))) return false;
  point.day = static_cast<std::uint8_t>(day);
  return true;
}

bool read_month_or_season(Cursor& in, DatePoint& point) {
  if (in.take("XX")) {
    point.unspecified_month = true;
    return true;
  }
  std::int32_t number = 0;
  if (point.unspecified_year > 0 || !in.take_number(2, number)) return false;
  if (number >= 1 && number <= 12) {
    point.month = static_cast<std::uint8_t>(number);
    return true;
  }
  if (number < static_cast<std::int32_t>(kSpring) || number > static_cast<std::int32_t>(kWinter)) return false;
  point.season = static_cast<std::uint8_t>(number - static_cast<std::int32_t>(kSpring) + 1);
  return true;
}

/// "Z", "+05:30", "-04", or nothing for local time.
bool read_zone(Cursor& in, DatePoint& point) {
  if (in.take('Z')) {
    point.has_zone = true;
    return true;
  }
  const bool west = in.peek() == '-';
  if (!in.take('+') && !in.take('-')) return true;
  std::int32_t hours = 0;
  std::int32_t minutes = 0;
  if (!in.take_number(2, hours) || hours > 23) return false;
  if (in.take(':') && (!in.take_number(2, minutes) || minutes > 59)) return false;
  point.has_zone = true;
  point.zone = static_cast<std::int16_t>((west ? -1 : 1) * (hours * 60 + minutes));
  return true;
}

/// "10:30:00" with a zone.
bool read_edtf_time(Cursor& in, DatePoint& point) {
  std::int32_t hour = 0;
  std::int32_t minute = 0;
  std::int32_t second = 0;
  if (!in.take_number(2, hour) || !in.take(':') || !in.take_number(2, minute) || !in.take(':') || !in.take_number(2, second))
    return false;
  if (hour > 23 || minute > 59 || second > 60) return false;  // 60 is a leap second
  point.has_time = true;
  point.hour = static_cast<std::uint8_t>(hour);
  point.minute = static_cast<std::uint8_t>(minute);
  point.second = static_cast<std::uint8_t>(second);
  return read_zone(in, point);
}

void read_qualifier(Cursor& in, DatePoint& point) {
  const bool both = in.take('%');
  point.uncertain = both || in.take('?');
  point.approximate = both || (!point.uncertain && in.take('~'));
}

void append_year(std::string& out, const DatePoint& point) {
  const bool negative = point.year < 0;
  // Through unsigned, where the least number has an absolute value too.
  const std::uint32_t year = negative ? 0U - static_cast<std::uint32_t>(point.year) : static_cast<std::uint32_t>(point.year);
  if (year > 9999) out += 'Y';
  if (negative) out += '-';
  append_padded(out, year, 4);
  const std::size_t hidden = std::min<std::size_t>(point.unspecified_year, 4);
  out.replace(out.size() - hidden, hidden, hidden, 'X');
}

void append_time(std::string& out, const DatePoint& point) {
  out += 'T';
  append_padded(out, point.hour, 2);
  out += ':';
  append_padded(out, point.minute, 2);
  out += ':';
  append_padded(out, point.second, 2);
  if (!point.has_zone) return;
  if (point.zone == 0) {
    out += 'Z';
    return;
  }
  const auto minutes = static_cast<std::uint32_t>(point.zone < 0 ? -point.zone : point.zone);
  out += point.zone < 0 ? '-' : '+';
  append_padded(out, minutes / 60, 2);
  out += ':';
  append_padded(out, minutes % 60, 2);
}

void append_known_point(std::string& out, const DatePoint& point) {
  append_year(out, point);
  if (point.season != 0) {
    out += '-';
    append_padded(out, kSpring + point.season - 1U, 2);
  } else if (point.month != 0 || point.unspecified_month) {
    out += '-';
    if (point.unspecified_month)
      out += "XX";
    else
      append_padded(out, point.month, 2);
    if (point.unspecified_day)
      out += "-XX";
    else if (point.day != 0 && !point.unspecified_month) {
      out += '-';
      append_padded(out, point.day, 2);
    }
  }
  if (point.has_time) append_time(out, point);
  if (point.uncertain && point.approximate)
    out += '%';
  else if (point.uncertain)
    out += '?';
  else if (point.approximate)
    out += '~';
}

}  // namespace

bool is_day_of_month(int year, unsigned month, unsigned day) {
  constexpr std::array<unsigned, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= kDays[month - 1] + (month == 2 && is_leap_year(year) ? 1 : 0);
}

std::optional<DatePoint> parse_edtf_point(std::string_view text) {
  DatePoint point;
  if (text.empty() || text == "..") {
    point.kind = text.empty() ? DatePoint::Kind::Unknown : DatePoint::Kind::Open;
    return point;
  }
  Cursor in(text);
  point.kind = DatePoint::Kind::Known;
  if (!read_year(in, point)) return std::nullopt;
  if (in.take('-')) {
    if (!read_month_or_season(in, point)) return std::nullopt;
    if (point.season == 0 && in.take('-') && !read_day(in, point)) return std::nullopt;
  }
  if (point.day != 0 && in.take('T') && !read_edtf_time(in, point)) return std::nullopt;
  read_qualifier(in, point);
  if (!in.done()) return std::nullopt;
  return point;
}

std::optional<Date> parse_edtf(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto from = parse_edtf_point(text.substr(0, slash));
  if (!from) return std::nullopt;
  Date date;
  date.from = *from;
  if (slash != std::string_view::npos) {
    const auto to = parse_edtf_point(text.substr(slash + 1));
    if (!to) return std::nullopt;
    date.to = *to;
  }
  if (!date.from.known() && !date.to.known()) return std::nullopt;
  return date;
}

void append_edtf_point(std::string& out, const DatePoint& point) {
  if (point.kind == DatePoint::Kind::Open) out += "..";
  if (point.known()) append_known_point(out, point);
}

Fidelity append_edtf(std::string& out, const Date& date) {
  if (!date.from.known() && !date.to.known()) return Fidelity::Refused;
  append_edtf_point(out, date.from);
  if (date.is_range()) {
    out += '/';
    append_edtf_point(out, date.to);
  }
  return date.literal.empty() ? Fidelity::Exact : Fidelity::Narrowed;
}

}  // namespace bibmill::text
