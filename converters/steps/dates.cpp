// dates: words that are dates become dates, ranges run forwards, and what a list need not show is cut off.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/step.h"
#include "bibmill/text/dates.h"
#include "bibmill/text/edtf.h"
#include "bibmill/text/unicode.h"

namespace bibmill::steps {

namespace {

enum class Precision : std::uint8_t { Full, Day, Month, Year };
/// What "01.04.2016" means.
enum class Numbers : std::uint8_t { Unambiguous, DayFirst, MonthFirst };

/// Words for "about". "c1990" without a blank is a year of copyright in catalogues.
constexpr std::string_view kAbout[] = {"c. ", "ca. ", "ca ", "circa "};

std::optional<unsigned> number_of(std::string_view text) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool is_year(std::string_view text) { return text.size() == 4 && std::all_of(text.begin(), text.end(), text::is_ascii_digit); }

Date date_of(int year, unsigned month, unsigned day) {
  Date date;
  date.from.kind = DatePoint::Kind::Known;
  date.from.year = year;
  date.from.month = static_cast<std::uint8_t>(month);
  date.from.day = static_cast<std::uint8_t>(day);
  return date;
}

/// "May 5th" -> "May 5".
std::string without_ordinals(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    out += text[at];
    const std::string ending = text::ascii_lowered(text.substr(at + 1, 2));
    const bool is_ordinal = text::is_ascii_digit(text[at]) && (ending == "st" || ending == "nd" || ending == "rd" || ending == "th");
    if (is_ordinal && (at + 3 == text.size() || !text::is_ascii_letter(text[at + 3]))) at += 2;
  }
  return out;
}

std::string_view without_commas(std::string_view text) {
  while (!text.empty() && (text.back() == ',' || text::is_blank(text.back()))) text.remove_suffix(1);
  while (!text.empty() && (text.front() == ',' || text::is_blank(text.front()))) text.remove_prefix(1);
  return text;
}

/// "5 May 2019", "May 5th, 2019", "2019, May 5": the year stands at one end.
std::optional<Date> with_months(std::string_view text) {
  constexpr std::size_t kYear = 4;
  if (text.size() <= kYear + 1) return std::nullopt;
  const std::string_view last = text.substr(text.size() - kYear);
  const std::string_view first = text.substr(0, kYear);
  const auto months = [](std::string_view rest, std::string_view year) { return text::parse_months(without_ordinals(without_commas(rest)), static_cast<int>(*number_of(year))); };
  const char before = text[text.size() - kYear - 1];
  const char behind = text[kYear];
  if (is_year(last) && (before == ' ' || before == ',')) return months(text.substr(0, text.size() - kYear), last);
  if (is_year(first) && (behind == ' ' || behind == ',')) return months(text.substr(kYear), first);
  return std::nullopt;
}

/// What three numbers may mean; none, one or two dates.
std::vector<Date> from_numbers(std::string_view text, Numbers numbers) {
  const std::size_t first = text.find_first_of("./-");
  if (first == std::string_view::npos) return {};
  const std::size_t second = text.find(text[first], first + 1);
  if (second == std::string_view::npos) return {};
  const std::array<std::string_view, 3> parts = {text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
  std::array<unsigned, 3> values{};
  for (std::size_t at = 0; at < parts.size(); ++at) {
    const std::optional<unsigned> number = number_of(parts[at]);
    if (!number) return {};
    values[at] = *number;
  }
  std::vector<Date> dates;
  const auto add = [&](unsigned year, unsigned month, unsigned day) {
    if (month < 1 || month > 12 || !text::is_day_of_month(static_cast<int>(year), month, day)) return;
    const Date date = date_of(static_cast<int>(year), month, day);
    if (dates.empty() || !(dates.front().from == date.from)) dates.push_back(date);
  };
  if (is_year(parts[0]) && parts[1].size() <= 2 && parts[2].size() <= 2) add(values[0], values[1], values[2]);
  if (is_year(parts[2]) && parts[0].size() <= 2 && parts[1].size() <= 2) {
    if (numbers != Numbers::MonthFirst) add(values[2], values[1], values[0]);
    if (numbers != Numbers::DayFirst) add(values[2], values[0], values[1]);
  }
  return dates;
}

/// All that the words may mean.
std::vector<Date> meanings_of(Arena& arena, std::string_view words, Numbers numbers) {
  std::string_view text = text::trim(words);
  if (text.size() > 1 && text.back() == '.') text.remove_suffix(1);
  for (const std::string_view about : kAbout) {
    if (!text::equal_ignoring_ascii_case(text.substr(0, about.size()), about)) continue;
    const std::string_view rest = text.substr(about.size());
    const bool repeats = std::any_of(std::begin(kAbout), std::end(kAbout), [&](std::string_view again) { return text::equal_ignoring_ascii_case(rest.substr(0, again.size()), again); });
    if (repeats) return {};
    std::vector<Date> dates = meanings_of(arena, rest, numbers);
    for (Date& date : dates) date.from.approximate = true;
    if (!dates.empty() && dates.front().to.known()) dates.front().to.approximate = true;
    return dates;
  }
  if (const std::optional<Date> date = text::parse_edtf(text); date && date->from.known()) return {*date};
  for (const Date& date : {text::parse_medline_date(arena, text), text::parse_medline_stamp(arena, text)})
    if (date.from.known() && date.literal.empty()) return {date};
  if (const std::optional<Date> date = with_months(text); date && date->from.known()) return {*date};
  return from_numbers(text, numbers);
}

std::string in_words(const Date& date) {
  std::string words;
  text::append_edtf(words, date);
  return words;
}

/// Before, at or behind, as far as both are known.
bool is_behind(const DatePoint& a, const DatePoint& b) {
  if (a.year != b.year) return a.year > b.year;
  if (a.month == 0 || b.month == 0) return false;
  if (a.month != b.month) return a.month > b.month;
  return a.day != 0 && b.day != 0 && a.day > b.day;
}

void cut(DatePoint& point, Precision precision) {
  if (precision == Precision::Full) return;
  point.has_time = point.has_zone = false;
  point.hour = point.minute = point.second = 0;
  point.zone = 0;
  if (precision == Precision::Day) return;
  point.day = 0;
  point.unspecified_day = false;
  if (precision == Precision::Month) return;
  point.month = point.season = 0;
  point.unspecified_month = false;
}

class Dates final : public Step {
 public:
  explicit Dates(std::span<const StepArgument> arguments) {
    for (const StepArgument& argument : arguments) {
      const std::string& word = argument.values.front();
      if (argument.option == "precision") set_precision(word);
      if (argument.option == "numbers") set_numbers(word);
      if (argument.option == "fields")
        for (const std::string& name : argument.values) add_field(name);
    }
  }

  Verdict record(Record& record, DiagnosticSink& diagnostics) const override {
    for (Item& item : record.items()) {
      Entry* const entry = std::get_if<Entry>(&item);
      Date* const date = entry == nullptr ? nullptr : std::get_if<Date>(&entry->value);
      if (date == nullptr || (!fields_.empty() && std::find(fields_.begin(), fields_.end(), entry->field) == fields_.end())) continue;
      const bool read = read_words(record, *entry, *date, diagnostics);
      const bool turned = turn(record, *entry, *date, diagnostics);
      const bool is_cut = shorten(record, *entry, *date, diagnostics);
      if (!read && !turned && !is_cut) continue;
      date->raw = {};
      entry->raw = record.layout = {};
    }
    return Verdict::Keep;
  }

 private:
  void set_precision(const std::string& word) {
    if (word != "full" && word != "day" && word != "month" && word != "year") throw UsageError(fmt::format("the precision of the step dates is full, day, month or year, not {}", word));
    precision_ = word == "day" ? Precision::Day : word == "month" ? Precision::Month : word == "year" ? Precision::Year : Precision::Full;
  }

  void set_numbers(const std::string& word) {
    if (word != "unambiguous" && word != "dmy" && word != "mdy") throw UsageError(fmt::format("the step dates reads numbers that are unambiguous, dmy (day first) or mdy (month first), not {}", word));
    numbers_ = word == "dmy" ? Numbers::DayFirst : word == "mdy" ? Numbers::MonthFirst : Numbers::Unambiguous;
  }

  void add_field(const std::string& name) {
    fields_.push_back(field_for_step(name));
    if (!std::holds_alternative<Date>(empty_value(fields_.back()))) throw UsageError(fmt::format("{} holds no date", name));
  }

  /// What stands at two places (year and month) is said once.
  static void say(DiagnosticSink& diagnostics, const Record& record, const Entry& entry, std::string_view code, const std::string& what) {
    if (!entry.same_as) say_change(diagnostics, record, code, entry.span, fmt::format("{} {}", name_of(entry.field), what));
  }

  /// Words beside a date say more than it, and stay.
  bool read_words(const Record& record, const Entry& entry, Date& date, DiagnosticSink& diagnostics) const {
    if (date.literal.empty() || date.from.kind != DatePoint::Kind::Absent) return false;
    const std::vector<Date> dates = meanings_of(record.arena(), date.literal, numbers_);
    if (dates.size() > 1)
      say(diagnostics, record, entry, "step/dates-doubtful", fmt::format("\"{}\" may be {} or {}, and stays; numbers=dmy or numbers=mdy tells", shortened(date.literal), in_words(dates[0]), in_words(dates[1])));
    if (dates.size() != 1) return false;
    say(diagnostics, record, entry, "step/dates", fmt::format("\"{}\" is the date {}", shortened(date.literal), in_words(dates.front())));
    date.from = dates.front().from;
    date.to = dates.front().to;
    date.literal = {};
    return true;
  }

  static bool turn(const Record& record, const Entry& entry, Date& date, DiagnosticSink& diagnostics) {
    if (!date.from.known() || !date.to.known() || !is_behind(date.from, date.to)) return false;
    const std::string before = in_words(date);
    std::swap(date.from, date.to);
    say(diagnostics, record, entry, "step/dates", fmt::format("{} runs backwards, and is turned to {}", before, in_words(date)));
    return true;
  }

  bool shorten(const Record& record, const Entry& entry, Date& date, DiagnosticSink& diagnostics) const {
    Date less = date;
    cut(less.from, precision_);
    cut(less.to, precision_);
    if (less.from.known() && less.to == less.from) less.to = {};
    if (less.from == date.from && less.to == date.to) return false;
    say(diagnostics, record, entry, "step/dates", fmt::format("{} is cut to {}", in_words(date), in_words(less)));
    date.from = less.from;
    date.to = less.to;
    return true;
  }

  Precision precision_ = Precision::Full;
  Numbers numbers_ = Numbers::Unambiguous;
  std::vector<Field> fields_;  // empty: all that hold dates
};

constexpr StepOption kOptions[] = {
    {"precision", "full|day|month|year", "cut off what is more precise: day leaves no time, month no day, year no month and no season"},
    {"numbers", "unambiguous|dmy|mdy", "what 01.04.2016 means: nothing that is certain (default), the first of April (dmy), or the fourth of January (mdy)"},
    {"fields", "FIELD,…", "of these fields; of all that hold dates where it is not given"},
};

constexpr StepExample kExamples[] = {
    {"dates", "the words \"May 5th, 2019\" become the date 2019-05-05, \"c. 1990\" becomes 1990~"},
    {"dates:precision=year,fields=issued", "dates of publication are years"},
    {"dates:numbers=dmy", "01.04.2016 is the first of April"},
};

}  // namespace

const StepDescriptor& dates() {
  static constexpr StepDescriptor kStep = {
      "dates",
      "make dates of words, turn ranges, cut off days or months",
      "Words that stand where a date should become one if they can mean one date only: as in EDTF, MEDLINE, or a month's name in one of many languages with a year. Words beside a date, and words that are "
      "no date (\"in press\"), stay. What changes, and what could mean two dates, is noted (--changes=all). One record at a time.",
      kOptions,
      kExamples,
      [](std::span<const StepArgument> arguments) -> AnyStep { return std::make_unique<const Dates>(arguments); },
  };
  return kStep;
}

}  // namespace bibmill::steps
