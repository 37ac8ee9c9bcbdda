// select: keeps the records that fit.
#include <algorithm>
#include <charconv>
#include <limits>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/step.h"
#include "bibmill/text/unicode.h"
#include "expression.h"

namespace bibmill::steps {

namespace {

struct Years {
  int first = std::numeric_limits<int>::min();
  int last = std::numeric_limits<int>::max();
};

int year_of(std::string_view text, std::string_view whole) {
  int year = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  if (error != std::errc{} || end != text.data() + text.size())
    throw UsageError(fmt::format("the step select wants years such as 2010, 2010-2019, 2010- or -1999, not {}", whole));
  return year;
}

/// "2010", "2010-2019", "2010-", "-1999".
Years years_of(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) {
    const int year = year_of(text, text);
    return {year, year};
  }
  Years years;
  if (dash > 0) years.first = year_of(text.substr(0, dash), text);
  if (dash + 1 < text.size()) years.last = year_of(text.substr(dash + 1), text);
  if (text.size() == 1 || years.first > years.last) throw UsageError(fmt::format("no year lies in {}", text));
  return years;
}

Type type_of(const std::string& name) {
  // "type=book and year >= 2000" is two ways of saying it in one.
  if (name.find(' ') != std::string::npos) throw UsageError(fmt::format("the option type= takes types alone, not {}; in an expression, == compares", name));
  return type_for_step(name);
}

/// "doi" (any), "doi:10.1000/x" (this one), "10.1000/x" (of any scheme, or the record's key).
struct WantedIdentifier {
  std::string scheme;
  std::string value;
};

WantedIdentifier identifier_of(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon != std::string::npos) return {text::to_lower(text.substr(0, colon)), text.substr(colon + 1)};
  const bool is_scheme = std::all_of(text.begin(), text.end(), text::is_ascii_letter);
  return is_scheme ? WantedIdentifier{text::to_lower(text), {}} : WantedIdentifier{{}, text};
}

bool fits(const WantedIdentifier& wanted, const Identifier& identifier) {
  return (wanted.scheme.empty() || wanted.scheme == identifier.scheme) &&
         (wanted.value.empty() || text::equal_ignoring_ascii_case(wanted.value, identifier.value));
}

bool has_identifier(const Record& record, const WantedIdentifier& wanted) {
  if (wanted.scheme.empty() && wanted.value == record.key) return true;
  bool found = false;
  for_each_entry(record, [&](const Entry& entry) {
    const Identifiers* const identifiers = std::get_if<Identifiers>(&entry.value);
    if (identifiers != nullptr)
      for (const Identifier& identifier : identifiers->list) found = found || fits(wanted, identifier);
  });
  return found;
}

class Select final : public Step {
 public:
  explicit Select(std::span<const StepArgument> arguments) {
    for (const StepArgument& argument : arguments)
      for (const std::string& value : argument.values) {
        if (argument.option == "type") types_ = types_ | type_of(value);
        if (argument.option == "year") years_.push_back(years_of(value));
        if (argument.option == "identifier") identifiers_.push_back(identifier_of(value));
        if (argument.option == "where") where_.emplace_back(value);
      }
    if (arguments.empty()) throw UsageError("the step select wants an expression, type=, year= or identifier=");
  }

  Verdict record(Record& record, DiagnosticSink&) const override {
    const bool fits = (types_.empty() || types_.has(record.type)) && (years_.empty() || fits_year(record)) &&
                      (identifiers_.empty() || fits_identifier(record)) &&
                      std::all_of(where_.begin(), where_.end(), [&](const Expression& where) { return where.fits(record); });
    return fits ? Verdict::Keep : Verdict::Drop;
  }

 private:
  /// A range of dates fits if a year of it does.
  bool fits_year(const Record& record) const {
    const Date* const date = record.get<Field::Issued>();
    if (date == nullptr || !date->from.known()) return false;
    const int first = date->from.year;
    const int last = date->to.known() ? date->to.year : first;
    return std::any_of(years_.begin(), years_.end(),
                       [&](const Years& years) { return first <= years.last && years.first <= last; });
  }

  bool fits_identifier(const Record& record) const {
    return std::any_of(identifiers_.begin(), identifiers_.end(),
                       [&](const WantedIdentifier& wanted) { return has_identifier(record, wanted); });
  }

  TypeSet types_;
  std::vector<Years> years_;
  std::vector<WantedIdentifier> identifiers_;
  std::vector<Expression> where_;  // a list in a pipeline file may have several
};

constexpr StepOption kOptions[] = {
    {"type", "TYPE,…", "records of one of these types, named as CSL names them"},
    {"year", "YEARS,…", "published in one of these years: 2010, 2010-2019, 2010-, -1999"},
    {"identifier", "ID,…",
     "with one of these identifiers: doi:10.1000/x, pmid:123; doi alone: with any DOI; a bare value: of any kind, or the key"},
    {"where", "EXPRESSION",
     "that fit this: FIELD compared by == != < <= > >= contains starts-with ends-with with a value (in quotes where it has blanks or signs), FIELD in (A, B), has(FIELD), joined by and, or, not and "
     "parentheses; type, key, format and year count as fields; takes all that follows it; \"where=\" may be left out",
     true},
};

constexpr StepExample kExamples[] = {
    {"select:type=article-journal,year=2010-", "keeps the journal articles since 2010"},
    {"select:identifier=pmid", "keeps what is in PubMed"},
    {"select:type == article-journal and year >= 2015 and not has(DOI)", "the journal articles since 2015 that lack a DOI"},
    {"select:keyword contains \"tide\" or title starts-with 'On the' or volume in (3, 4)", "by words, whatever their case"},
};

}  // namespace

const StepDescriptor& select() {
  static constexpr StepDescriptor kStep = {
      "select",
      "keep records by type, year, identifier, or an expression",
      "A record is kept if it fits every option that is given, and fits an option by fitting one of its values. In an expression fields are named as in the record schema; a field with several values "
      "fits if one of them does; case does not count; what a record lacks fits no comparison but != and \"not in\". Dates are compared as far as both are known, and a range reaches over all of its "
      "years. One record at a time.",
      kOptions,
      kExamples,
      [](std::span<const StepArgument> arguments) -> AnyStep { return std::make_unique<const Select>(arguments); },
      "where",
  };
  return kStep;
}

}  // namespace bibmill::steps
