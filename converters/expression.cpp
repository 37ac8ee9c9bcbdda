// From text to a tree, with a place for each mistake; and what the tree makes of a record.
#include "expression.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <type_traits>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/nearest.h"
#include "bibmill/reflect.h"
#include "bibmill/text/edtf.h"
#include "bibmill/text/pages.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"

namespace bibmill {

namespace {

using Clause = Expression::Clause;
using Operator = Expression::Operator;
using Operand = Expression::Operand;

/// Longer or deeper ones are nobody's.
constexpr std::size_t kLongestExpression = 65536;
constexpr std::size_t kDeepestExpression = 100;

// ------------------------------------------------------------------------------------------------------------ the words

struct OperatorName {
  std::string_view written;
  Operator how;
  bool orders;  ///< wants something that has an order
};

constexpr OperatorName kOperators[] = {
    {"==", Operator::Equal, false},         {"!=", Operator::Different, false},       {"<=", Operator::LessOrEqual, true},     {">=", Operator::MoreOrEqual, true},   {"<", Operator::Less, true},
    {">", Operator::More, true},            {"contains", Operator::Contains, false},  {"starts-with", Operator::StartsWith, false}, {"ends-with", Operator::EndsWith, false},
};

struct SubjectName {
  std::string_view name;
  Subject::Of of;
};

constexpr SubjectName kSubjects[] = {{"type", Subject::Of::Type}, {"key", Subject::Of::Key}, {"format", Subject::Of::Format}, {"year", Subject::Of::Year}};

bool holds_date(Field field) {
  static const Value kDate{Date{}};
  return info(field).kind == kDate.index();
}

/// Texts that may be numbers: volume, issue, edition.
bool may_hold_number(Field field) {
  static const Value kText{Text{}};
  static const Value kRich{RichText{}};
  return info(field).kind == kText.index() || info(field).kind == kRich.index();
}

std::string_view name_of(const Subject& subject) {
  if (subject.of == Subject::Of::Field) return name_of(subject.field);
  return std::find_if(std::begin(kSubjects), std::end(kSubjects), [&](const SubjectName& each) { return each.of == subject.of; })->name;
}

std::string folded_for_comparison(std::string_view text) { return text::fold_case(text::nfc(text)); }

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// ------------------------------------------------------------------------------------------------------------- reading

struct Token {
  enum class Kind : std::uint8_t { End, Word, Quoted, Sign };
  Kind kind = Kind::End;
  std::string_view text;  ///< without quotes
  std::size_t at = 0;     ///< where it begins
};

constexpr std::string_view kSigns = "()=<>!,";

class ExpressionReader {
 public:
  explicit ExpressionReader(std::string_view text) : text_(text) {
    if (text.size() > kLongestExpression) throw UsageError("the expression is longer than any that a person writes");
    advance();
  }

  Clause read() {
    if (token_.kind == Token::Kind::End) throw UsageError("an expression is missing, such as year >= 2015");
    Clause root = read_alternatives();
    if (token_.text == "&&") fail(token_, "write and");
    if (token_.text == "||") fail(token_, "write or");
    if (token_.kind != Token::Kind::End) fail(token_, fmt::format("\"and\" or \"or\" is missing before {}", token_.text));
    return root;
  }

 private:
  // ---- words

  void advance() {
    while (at_ < text_.size() && text::is_blank(text_[at_])) ++at_;
    token_ = {Token::Kind::End, {}, at_};
    if (at_ == text_.size()) return;
    const char first = text_[at_];
    if (first == '"' || first == '\'') {
      read_quoted(first);
    } else if (kSigns.find(first) != std::string_view::npos) {
      const bool is_long = at_ + 1 < text_.size() && text_[at_ + 1] == '=' && (first == '=' || first == '<' || first == '>' || first == '!');
      take(Token::Kind::Sign, at_ + (is_long ? 2 : 1));
    } else {
      take(Token::Kind::Word, std::min(text_.find_first_of(" \t\n\v\f\r\"'()=<>!,", at_), text_.size()));
    }
  }

  void take(Token::Kind kind, std::size_t end) {
    token_ = {kind, text_.substr(at_, end - at_), at_};
    at_ = end;
  }

  void read_quoted(char quote) {
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) fail(token_, fmt::format("the text that begins here does not end; {} is missing", quote));
    token_ = {Token::Kind::Quoted, text_.substr(at_ + 1, end - at_ - 1), at_};
    at_ = end + 1;
  }

  bool is_word(std::string_view word) const { return token_.kind == Token::Kind::Word && text::equal_ignoring_ascii_case(token_.text, word); }
  bool is_sign(std::string_view sign) const { return token_.kind == Token::Kind::Sign && token_.text == sign; }

  void expect(std::string_view sign, std::string_view why) {
    if (!is_sign(sign)) fail(token_, fmt::format("{} is missing{}", sign, why));
    advance();
  }

  /// Shows the place under the expression.
  [[noreturn]] void fail(const Token& where, std::string_view message) const {
    std::string shown;
    for (const char c : text_) shown += text::is_blank(c) ? ' ' : c;
    const std::size_t column = text::count_code_points(text_.substr(0, where.at));
    throw UsageError(fmt::format("column {} of the expression: {}\n  {}\n  {:>{}}", column + 1, message, shown, '^', column + 1));
  }

  // ---- the grammar

  Clause read_alternatives() {
    return read_joined("or", Clause::Kind::Any, [&] { return read_joined("and", Clause::Kind::All, [&] { return read_negation(); }); });
  }

  template <class Read>
  Clause read_joined(std::string_view word, Clause::Kind kind, Read&& read_part) {
    Clause first = read_part();
    if (!is_word(word)) return first;
    Clause all;
    all.kind = kind;
    all.parts.push_back(std::move(first));
    while (is_word(word)) {
      advance();
      all.parts.push_back(read_part());
    }
    return all;
  }

  Clause read_negation() {
    if (++depth_ > kDeepestExpression) fail(token_, "this lies deeper than any expression needs to");
    Clause clause = read_deeper();
    --depth_;
    return clause;
  }

  Clause read_deeper() {
    if (is_word("not")) {
      advance();
      Clause clause;
      clause.kind = Clause::Kind::Not;
      clause.parts.push_back(read_negation());
      return clause;
    }
    if (is_sign("(")) {
      advance();
      Clause inner = read_alternatives();
      expect(")", "");
      return inner;
    }
    if (is_word("has")) return read_has();
    return read_comparison();
  }

  Clause read_has() {
    Clause clause;
    clause.kind = Clause::Kind::Has;
    advance();
    expect("(", ": has(DOI)");
    clause.subject = read_subject();
    expect(")", "; has looks at one field");
    return clause;
  }

  Clause read_comparison() {
    Clause clause;
    clause.kind = Clause::Kind::Compare;
    clause.subject = read_subject();
    const Token where = token_;
    const bool negated = is_word("not");
    if (negated) advance();
    if (is_word("in")) {
      clause.how = negated ? Operator::Different : Operator::Equal;
      advance();
      read_list(clause);
      return clause;
    }
    if (negated) fail(token_, fmt::format("\"in\" is missing; \"not\" else stands before {}", name_of(clause.subject)));
    const OperatorName& how = read_operator(clause.subject);
    if (how.orders && !has_order(clause.subject)) fail(where, fmt::format("values of {} have no order; compare with == or contains", name_of(clause.subject)));
    clause.how = how.how;
    clause.operands.push_back(read_operand(clause, how.orders));
    return clause;
  }

  void read_list(Clause& clause) {
    expect("(", ": in (a, b)");
    while (true) {
      clause.operands.push_back(read_operand(clause, false));
      if (!is_sign(",")) break;
      advance();
    }
    expect(")", " behind the list");
  }

  Subject read_subject() {
    if (token_.kind != Token::Kind::Word) fail(token_, token_.kind == Token::Kind::End ? "a field is missing at the end" : "a field is missing here");
    const auto own = std::find_if(std::begin(kSubjects), std::end(kSubjects), [&](const SubjectName& each) { return is_word(each.name); });
    if (own != std::end(kSubjects)) {
      advance();
      return {own->of, {}};
    }
    std::vector<std::string_view> names;
    for (const SubjectName& each : kSubjects) names.push_back(each.name);
    for (std::size_t f = 0; f < kFieldCount; ++f) {
      const Field field = static_cast<Field>(f);
      names.push_back(name_of(field));
      if (!is_word(names.back())) continue;
      advance();
      return {Subject::Of::Field, field};
    }
    const std::string meant = suggestion(token_.text, names);
    fail(token_, fmt::format("there is no field {}{}", token_.text, meant.empty() ? "; 'bibmill schema record' has their names" : meant));
  }

  const OperatorName& read_operator(const Subject& subject) {
    const auto found = std::find_if(std::begin(kOperators), std::end(kOperators), [&](const OperatorName& each) { return token_.kind != Token::Kind::Quoted && text::equal_ignoring_ascii_case(token_.text, each.written); });
    if (found != std::end(kOperators)) {
      advance();
      return *found;
    }
    if (is_sign("=")) fail(token_, "one \"=\" compares nothing; write ==");
    std::vector<std::string_view> names;
    for (const OperatorName& each : kOperators) names.push_back(each.written);
    // One sign is near to all of them.
    const std::string_view written = token_.kind == Token::Kind::Word && token_.text.size() > 1 ? token_.text : std::string_view();
    fail(token_, fmt::format("behind {} comes one of {}, in{}", name_of(subject), fmt::join(names, ", "), suggestion(written, names)));
  }

  static bool has_order(const Subject& subject) {
    return subject.of == Subject::Of::Year || (subject.of == Subject::Of::Field && (holds_date(subject.field) || may_hold_number(subject.field)));
  }

  Operand read_operand(const Clause& clause, bool is_ordered) {
    if (token_.kind != Token::Kind::Word && token_.kind != Token::Kind::Quoted) fail(token_, fmt::format("a value to compare {} with is missing", name_of(clause.subject)));
    const Token value = token_;
    advance();
    Operand operand;
    operand.text = folded_for_comparison(value.text);
    const bool as_text = clause.how == Operator::Contains || clause.how == Operator::StartsWith || clause.how == Operator::EndsWith;
    if (as_text) return operand;
    const Subject& subject = clause.subject;
    if (subject.of == Subject::Of::Type) {
      operand.type = type_at(value);
    } else if (subject.of == Subject::Of::Year) {
      operand.number = number_at(value, "a year such as 2015");
    } else if (subject.of == Subject::Of::Field && holds_date(subject.field)) {
      operand.date = date_at(value);
    } else if (is_ordered) {
      operand.number = number_at(value, "a number");
    }
    return operand;
  }

  Type type_at(const Token& value) const {
    if (const std::optional<Type> type = type_named(value.text)) return *type;
    std::vector<std::string_view> names;
    for (std::size_t t = 0; t < kTypeCount; ++t) names.push_back(bibmill::name_of(static_cast<Type>(t)));
    fail(value, fmt::format("there is no type {}{}", value.text, suggestion(value.text, names)));
  }

  std::int64_t number_at(const Token& value, std::string_view wanted) const {
    if (const std::optional<std::int64_t> number = whole_number(value.text)) return *number;
    fail(value, fmt::format("{} is wanted here, not {}", wanted, value.text));
  }

  DatePoint date_at(const Token& value) const {
    const std::optional<DatePoint> date = text::parse_edtf_point(value.text);
    if (date && date->known()) return *date;
    fail(value, fmt::format("a date such as 2015, 2015-06 or 2015-06-30 is wanted here, not {}", value.text));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Token token_;
  std::size_t depth_ = 0;
};

// ------------------------------------------------------------------------------------------------------------- comparing

/// Calls `visit(text)` for all that can be read of a value: each text, of rich texts the plain one, of names the usual forms.
template <class T, class Visit>
void for_each_text(const T& value, Visit&& visit) {
  if constexpr (std::is_same_v<T, Str>) {
    if (!value.empty()) visit(std::string_view(value));
  } else if constexpr (std::is_same_v<T, RichText>) {
    visit(std::string_view(text::plain_text(value)));
  } else if constexpr (std::is_same_v<T, Pages>) {
    std::string words;
    text::append_pages(words, value, text::PageStyle::Hyphen);
    visit(std::string_view(words));
  } else if constexpr (std::is_same_v<T, Name>) {
    if (value.is_body()) return visit(std::string_view(value.literal));
    const std::string family = value.non_dropping_particle.empty() ? std::string(value.family) : fmt::format("{} {}", value.non_dropping_particle, value.family);
    visit(std::string_view(value.family));
    if (!value.given.empty()) {
      visit(std::string_view(fmt::format("{}, {}", family, value.given)));
      visit(std::string_view(fmt::format("{} {}", value.given, family)));
    }
  } else if constexpr (std::is_same_v<T, Identifier>) {
    visit(std::string_view(value.value));
  } else if constexpr (IsList<T>::value) {
    for (const auto& element : value) for_each_text(element, visit);
  } else if constexpr (Described<T>) {
    T::members([&](std::string_view name, auto member, std::string_view) {
      if (name != "raw") for_each_text(value.*member, visit);
    });
  }
}

bool orders_fit(Operator how, int least, int most) {
  // `least` and `most` say how the two ends of a range lie to the operand: before (-1), at (0) or behind it (1).
  switch (how) {
    case Operator::Less: return least < 0;
    case Operator::LessOrEqual: return least <= 0;
    case Operator::More: return most > 0;
    case Operator::MoreOrEqual: return most >= 0;
    default: return least <= 0 && most >= 0;
  }
}

int order_of(std::int64_t number, std::int64_t wanted) { return number < wanted ? -1 : number > wanted ? 1 : 0; }

/// As far as both are known.
int order_of(const DatePoint& date, const DatePoint& wanted) {
  if (date.year != wanted.year) return order_of(date.year, wanted.year);
  if (date.month == 0 || wanted.month == 0) return 0;
  if (date.month != wanted.month) return order_of(date.month, wanted.month);
  return date.day == 0 || wanted.day == 0 ? 0 : order_of(date.day, wanted.day);
}

/// `order(point)` says where an end of the date lies.
template <class OrderOf>
bool date_fits(const Date& date, Operator how, OrderOf&& order) {
  const bool open_from = date.from.kind == DatePoint::Kind::Open;
  const bool open_to = date.to.kind == DatePoint::Kind::Open;
  if (!date.from.known() && !date.to.known()) return false;
  const int least = date.from.known() ? order(date.from) : open_from ? -1 : order(date.to);
  const int most = date.to.known() ? order(date.to) : open_to ? 1 : date.from.known() ? order(date.from) : least;
  return orders_fit(how, least, most);
}

bool text_fits(std::string_view text, Operator how, const Operand& operand) {
  switch (how) {
    case Operator::Contains: return text.find(operand.text) != std::string_view::npos;
    case Operator::StartsWith: return text.starts_with(operand.text);
    case Operator::EndsWith: return text.ends_with(operand.text);
    case Operator::Equal:
    case Operator::Different: return text == operand.text;
    default: break;
  }
  const std::optional<std::int64_t> number = whole_number(text::trim(text));
  const int order = number ? order_of(*number, operand.number) : 0;
  return number && orders_fit(how, order, order);
}

bool text_fits_any(std::string_view text, const Clause& clause) {
  const std::string folded = folded_for_comparison(text);
  return std::any_of(clause.operands.begin(), clause.operands.end(), [&](const Operand& operand) { return text_fits(folded, clause.how, operand); });
}

bool is_about_text(Operator how) { return how == Operator::Contains || how == Operator::StartsWith || how == Operator::EndsWith; }

bool value_fits(const Value& value, const Clause& clause) {
  if (const Date* const date = std::get_if<Date>(&value)) {
    if (!is_about_text(clause.how))
      return std::any_of(clause.operands.begin(), clause.operands.end(), [&](const Operand& operand) { return date_fits(*date, clause.how, [&](const DatePoint& point) { return order_of(point, operand.date); }); });
    std::string words;
    text::append_edtf(words, *date);
    return text_fits_any(words, clause) || text_fits_any(date->literal, clause);
  }
  bool found = false;
  std::visit([&](const auto& held) { for_each_text(held, [&](std::string_view text) { found = found || text_fits_any(text, clause); }); }, value);
  return found;
}

bool year_fits(const Record& record, const Clause& clause) {
  const Date* const issued = record.get<Field::Issued>();
  if (issued == nullptr) return false;
  if (is_about_text(clause.how)) return issued->from.known() && text_fits_any(fmt::format("{}", issued->from.year), clause);
  return std::any_of(clause.operands.begin(), clause.operands.end(), [&](const Operand& operand) { return date_fits(*issued, clause.how, [&](const DatePoint& point) { return order_of(point.year, operand.number); }); });
}

/// Fits one of the operands; of Different, is equal to one.
bool fits_an_operand(const Clause& clause, const Record& record) {
  switch (clause.subject.of) {
    case Subject::Of::Type:
      if (is_about_text(clause.how)) return text_fits_any(name_of(record.type), clause);
      return std::any_of(clause.operands.begin(), clause.operands.end(), [&](const Operand& operand) { return operand.type == record.type; });
    case Subject::Of::Key: return text_fits_any(record.key, clause);
    case Subject::Of::Format: return text_fits_any(record.origin, clause);
    case Subject::Of::Year: return year_fits(record, clause);
    case Subject::Of::Field: break;
  }
  bool found = false;
  for_each_entry(record, [&](const Entry& entry) { found = found || (entry.field == clause.subject.field && value_fits(entry.value, clause)); });
  return found;
}

bool has_subject(const Subject& subject, const Record& record) {
  switch (subject.of) {
    case Subject::Of::Type: return record.type != Type::Document;
    case Subject::Of::Key: return !record.key.empty();
    case Subject::Of::Format: return true;
    case Subject::Of::Year: {
      const Date* const issued = record.get<Field::Issued>();
      return issued != nullptr && issued->from.known();
    }
    case Subject::Of::Field: break;
  }
  return record.has(subject.field);
}

}  // namespace

Expression::Expression(std::string_view text) : root_(ExpressionReader(text).read()) {}

bool Expression::fits(const Clause& clause, const Record& record) {
  const auto part_fits = [&](const Clause& part) { return fits(part, record); };
  switch (clause.kind) {
    case Clause::Kind::Any: return std::any_of(clause.parts.begin(), clause.parts.end(), part_fits);
    case Clause::Kind::All: return std::all_of(clause.parts.begin(), clause.parts.end(), part_fits);
    case Clause::Kind::Not: return !part_fits(clause.parts.front());
    case Clause::Kind::Has: return has_subject(clause.subject, record);
    case Clause::Kind::Compare: break;
  }
  return fits_an_operand(clause, record) != (clause.how == Operator::Different);
}

}  // namespace bibmill
