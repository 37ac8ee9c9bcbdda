// From an item to a record.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "bibmill/csl/item.h"
#include "bibmill/reflect.h"
#include "bibmill/text/byte_scan.h"
#include "bibmill/text/carry.h"
#include "bibmill/text/dates.h"
#include "bibmill/text/edtf.h"
#include "bibmill/text/html.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/markdown.h"
#include "bibmill/text/pages.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "note_fields.h"
#include "shape.h"
#include "values.h"

namespace bibmill::csl {

using text::Member;
using text::Node;

// --------------------------------------------------------------------------------------------------------------- texts

namespace {

constexpr bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F; }

bool has_control(std::string_view text) { return text::holds<text::ByteRange{0, '\n' - 1}, text::ByteRange{'\n' + 1, 0x1F}, '\x7F'>(text); }

}  // namespace

namespace {

/// Crossref's names of types, which its JSON has where CSL's stand. Source: api.crossref.org/types.
struct TypeOfCrossref {
  std::string_view name;
  Type type;
};

constexpr TypeOfCrossref kTypesOfCrossref[] = {
    {"journal-article", Type::ArticleJournal}, {"proceedings-article", Type::PaperConference}, {"book-chapter", Type::Chapter},
    {"book-section", Type::Chapter},           {"book-part", Type::Chapter},                   {"reference-entry", Type::Entry},
    {"monograph", Type::Book},                 {"edited-book", Type::Book},                    {"reference-book", Type::Book},
    {"proceedings", Type::Book},               {"posted-content", Type::Article},              {"dissertation", Type::Thesis},
    {"peer-review", Type::Review},             {"journal", Type::Periodical},                  {"journal-issue", Type::Periodical},
    {"report-component", Type::Report},        {"database", Type::Dataset},
};

}  // namespace

std::optional<Type> type_of(std::string_view name) {
  if (const std::optional<Type> type = type_named(name)) return type;
  const TypeOfCrossref* const end = std::end(kTypesOfCrossref);
  const TypeOfCrossref* const row = std::find_if(std::begin(kTypesOfCrossref), end, [&](const TypeOfCrossref& one) { return one.name == name; });
  return row == end ? std::nullopt : std::optional(row->type);
}

Str without_controls(Arena& arena, Str text, Span span, DiagnosticSink& diagnostics) {
  if (!has_control(text)) return text;
  std::string clean;
  std::optional<unsigned> left_out;
  clean.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\r') {
      if (at + 1 == text.size() || text[at + 1] != '\n') clean += '\n';
    } else if (c == '\t') {
      clean += ' ';
    } else if (!is_control(c)) {
      clean += c;
    } else if (!left_out) {
      left_out = static_cast<unsigned char>(c);
    }
  }
  if (left_out) diagnostics.warning("csl/control-character", span, fmt::format("the control character U+{:04X} is left out", *left_out));
  return arena.copy(clean);
}

Str number_text(Str number) {
  const std::size_t dot = number.find('.');
  if (dot == Str::npos || number.find_first_not_of('0', dot + 1) != Str::npos) return number;
  return number.substr(0, dot);
}

namespace {

/// The members of a date, of a name, that are read.
constexpr std::string_view kDateMembers[] = {"date-parts", "season", "circa", "literal", "raw", "year", "month", "day"};

/// Where an entry came from.
struct OriginOfEntry {
  std::size_t item;
  const Node* node;
  const Mapping* row;
};

}  // namespace

/// What a reader of items keeps from one to the next.
struct ReadingMemory {
  explicit ReadingMemory(const Dialect& of) : dialect(of), values(dialect), shape(dialect) {}

  Dialect dialect;
  std::vector<MemberName> names;                               // of each member
  std::array<std::uint16_t, std::size(kVariables)> winners{};  // of each row: a member's index plus 1
  std::vector<OriginOfEntry> origins;
  ValueWriter values;
  ShapeCheck shape;
};

namespace {

class ItemInHand {
 public:
  /// Of the item's members, the first `own` were written as such.
  ItemInHand(const Node& item, std::size_t own, const std::shared_ptr<Arena>& arena, ReadingMemory& memory,
             const ReadOptions& options, DiagnosticSink& diagnostics)
      : item_(item),
        own_members_(own),
        memory_(memory),
        dialect_(memory.dialect),
        options_(options),
        diagnostics_(diagnostics),
        arena_(*arena),
        read_{Record(arena), nullptr} {
    memory_.origins.clear();
  }

  ReadItem read() {
    Record& record = read_.record;
    record.origin = dialect_.origin;
    record.span = item_.span;
    record.items().reserve(arena_, item_.members.size());
    find_winners();
    for (std::size_t at = 0; at < item_.members.size(); ++at) take(at);
    if (!typed_ && !has_type_member())
      diagnostics_.warning("csl/unknown-type", head_span(), "this item has no type; it is read as a document");
    say_unknown();
    if (options_.keep_raw) keep_raw_where_needed();
    return std::move(read_);
  }

 private:
  // ------------------------------------------------------------------------------------------------- the item's members

  bool has_type_member() const { return item_.find(kType) != nullptr; }
  Span head_span() const { return {item_.span.begin, std::min(item_.span.begin + 1, item_.span.end)}; }

  /// For each member the one that gives the value of its row: of those that say something, the first of the row's names.
  void find_winners() {
    memory_.names.resize(item_.members.size());
    memory_.winners.fill(0);
    for (std::size_t at = 0; at < item_.members.size(); ++at) {
      // Nearly always the item before had the same member in this place.
      MemberName& name = memory_.names[at];
      if (name.row == nullptr || name.text != item_.members[at].key) name = member_name(item_.members[at].key);
      if (name.row == nullptr) continue;
      std::uint16_t& winner = memory_.winners[name.row_number()];
      if (winner == 0 || is_better(*name.row, item_.members[at], item_.members[winner - 1U]))
        winner = static_cast<std::uint16_t>(std::min<std::size_t>(at + 1, 0xFFFF));
    }
  }

  /// Crossref's "issued" may be empty where "published-print" is not.
  static bool is_better(const Mapping& row, const Member& member, const Member& winner) {
    const bool says_something = holds_something(member.value);
    if (says_something != holds_something(winner.value)) return says_something;
    return rank(row, member.key) < rank(row, winner.key);
  }

  /// Is there a scalar in it, other than null and the empty text?
  static bool holds_something(const Node& node) {
    if (node.is_scalar()) return !node.text.empty() && !(node.kind == Node::Kind::Null && node.text == "null");
    return std::any_of(node.members.begin(), node.members.end(), [](const Member& one) { return holds_something(one.value); });
  }

  static std::size_t rank(const Mapping& row, std::string_view key) { return row.key == key ? 0 : row.also.find(key) + 1; }

  void take(std::size_t at) {
    const Member& member = item_.members[at];
    if (memory_.names[at].row != nullptr) {
      take_variable(at, memory_.names[at]);
    } else if (member.key == kId) {
      take_key(member);
    } else if (member.key == kType) {
      take_type(member);
    } else if (member.key == kCustom) {
      take_custom(member);
    } else {
      keep(member);
      note_unknown(member);
    }
  }

  /// One note for an item, however many members CSL does not know.
  void note_unknown(const Member& member) {
    if (dialect_.words_are_text || is_in_schema(member.key)) return;  // in YAML nobody minds
    if (unknown_count_++ == 0) first_unknown_ = &member;
  }

  void say_unknown() {
    if (unknown_count_ == 0) return;
    const std::string others =
        unknown_count_ == 1 ? "is no variable" : fmt::format("and {} more are no variables", unknown_count_ - 1);
    diagnostics_.note("csl/unknown-variable", first_unknown_->key_span,
                      fmt::format("\"{}\" {} of CSL's; CSL-JSON keeps such members in their place, or with --strict in custom",
                                  shortened(first_unknown_->key), others));
  }

  void keep(const Member& member) {
    read_.record.add(Extra{dialect_.origin, arena_.copy(member.key), raw_of(arena_, member.value), whole(member)});
  }

  static Span whole(const Member& member) {
    return {member.key_span.empty() ? member.value.span.begin : std::min(member.key_span.begin, member.value.span.begin),
            member.value.span.end};
  }

  void mark(const Member& member) {
    Record& record = read_.record;
    if (!member.key_span.empty()) record.markers.push_back(arena_, member.key_span);
    record.markers.push_back(arena_, member.value.span);
  }

  void take_key(const Member& member) {
    const bool fits =
        dialect_.words_are_text ? member.value.is_scalar() : member.value.is_text() || member.value.kind == Node::Kind::Number;
    if (keyed_ || !fits || member.value.text.empty() || !member.value.raw.empty()) {
      if (keyed_) say_repeated(member);
      if (!keyed_ && !fits) say_bad(member, "a text or a number");
      keep(member);
      return;
    }
    keyed_ = true;
    Record& record = read_.record;
    record.key = markdown() ? without_controls(arena_, text::read_markdown_plain(arena_, member.value.text), member.value.span, diagnostics_)
                            : clean(member.value, number_or_text(member.value));
    if (!dialect_.words_are_text && member.value.kind == Node::Kind::Number) record.key_raw = member.value.text;
    if (record.key != member.value.text && record.key_raw.empty()) record.key_raw = raw_of(arena_, member.value);
    mark(member);
  }

  void take_type(const Member& member) {
    Record& record = read_.record;
    if (typed_ || !member.value.is_scalar() || !member.value.raw.empty()) {
      if (typed_) say_repeated(member);
      keep(member);
      return;
    }
    typed_ = true;
    mark(member);
    record.type_as_written = clean(member.value, member.value.text);
    if (const std::optional<Type> type = type_of(record.type_as_written)) {
      record.type = *type;
      if (record.type_as_written != name_of(*type))
        diagnostics_.warning("csl/unknown-type", member.value.span,
                             fmt::format("\"{}\" is Crossref's name of a type; the item is read as \"{}\"", shortened(member.value.text), name_of(*type)));
    } else {
      diagnostics_.warning(
          "csl/unknown-type", member.value.span,
          fmt::format("\"{}\" is no type of CSL's; the item is read as a document", shortened(member.value.text)));
    }
  }

  /// `custom` holds what CSL has no variable for: what a writer of ours carried, and what others put there.
  void take_custom(const Member& member) {
    const Node* const carried = member.value.is_map() ? member.value.find(text::kCarried) : nullptr;
    if (carried == nullptr || !carried->is_map() || read_.carried != nullptr || !text::is_record(*carried, diagnostics_)) {
      keep(member);
      return;
    }
    read_.carried = carried;
    Node others = member.value;
    others.members = {};
    for (const Member& inner : member.value.members)
      if (&inner.value != carried) others.members.push_back(arena_, inner);
    if (!others.members.empty())
      read_.record.add(Extra{dialect_.origin, kCustom, raw_of(arena_, others), whole(member)});
    else
      mark(member);
  }

  void take_variable(std::size_t at, const MemberName& name) {
    const Member& member = item_.members[at];
    const Mapping& row = *name.row;
    std::uint16_t& place = memory_.winners[name.row_number()];
    const std::size_t winner = place - 1U;
    Entry& entry = read_.record.add();
    entry.field = row.field;
    if (!read_value(row, member.value, entry, true) || (winner != at && !repeats(winner, at, entry))) {
      read_.record.items().pop_back();
      keep(member);
      return;
    }
    entry.same_as = winner < at;
    if (at < winner) place = static_cast<std::uint16_t>(at + 1);  // the better name, which comes later, is the one that repeats
    entry.key = name.text;
    entry.span = member.value.span;
    if (options_.keep_spans && !member.key_span.empty()) entry.more.push_back(arena_, member.key_span);
    if (options_.keep_raw && at < own_members_) memory_.origins.push_back({read_.record.items().size() - 1, &member.value, &row});
  }

  /// Says the member at `at`, read as `entry`, the same as the one that gives the value?
  bool repeats(std::size_t winner, std::size_t at, const Entry& entry) {
    const Member& member = item_.members[at];
    if (member.key == item_.members[winner].key) say_repeated(member);
    Entry first;
    first.field = memory_.names[at].row->field;
    return read_value(*memory_.names[at].row, item_.members[winner].value, first, false) && first.field == entry.field &&
           same_content(first.value, entry.value);
  }

  // ----------------------------------------------------------------------------------------------------------- complaints

  static std::string_view shortened(std::string_view text) { return text.substr(0, 60); }

  void say_repeated(const Member& member) {
    if (dialect_.words_are_text) return;  // YAML's reader has said it, for it is an error there
    diagnostics_.warning(
        "csl/repeated-member", member.key_span,
        fmt::format("\"{}\" stands twice in this item; the first one counts, this one is kept as it is", shortened(member.key)));
  }

  void say_bad(const Member& member, std::string_view wanted) {
    diagnostics_.warning("csl/bad-value", member.value.span,
                         fmt::format("\"{}\" wants {}; what stands there is kept as it is", shortened(member.key), wanted));
  }

  void say_bad(const Mapping& row, const Node& node, std::string_view wanted) {
    diagnostics_.warning("csl/bad-value", node.span,
                         fmt::format("\"{}\" wants {}; what stands there is kept as it is", row.key, wanted));
  }

  // --------------------------------------------------------------------------------------------------------------- values

  /// Room that is made for a list before its elements are seen, all of which may come to nothing.
  static constexpr std::size_t kMostRoom = 64;

  bool markdown() const { return dialect_.markup == Markup::Markdown; }

  /// Nothing stands there: not worth a word, but kept.
  static bool is_empty(const Node& node) {
    return (node.kind == Node::Kind::Null || node.is_text())
               ? node.text.empty() || (node.kind == Node::Kind::Null && node.text == "null")
               : !node.is_scalar() && node.members.empty();
  }

  /// {"date-parts": [[null]]} is how Crossref says that there is no date.
  static bool is_date_without_parts(const Node& node) {
    return node.is_map() && node.members.size() == 1 && node.members[0].key == "date-parts" && node.members[0].value.is_list();
  }

  Str number_or_text(const Node& node) const {
    return node.kind == Node::Kind::Number && !dialect_.words_are_text ? number_text(node.text) : node.text;
  }

  /// The text of a scalar, or of a list that holds just one.
  const Node* scalar_of(const Node& node) const {
    if (node.is_list() && node.members.size() == 1) return scalar_of_scalar(node.members[0].value);
    return scalar_of_scalar(node);
  }
  /// Crossref's titles are lists, of a title and its translation: the first text of one.
  const Node* first_of(const Mapping& row, const Node& node, Entry& entry, bool aloud) {
    const bool is_list_of_texts = node.is_list() && node.members.size() > 1 && std::all_of(node.members.begin(), node.members.end(), [&](const Member& one) { return scalar_of_scalar(one.value) != nullptr; });
    if (!is_list_of_texts) return scalar_of(node);
    entry.left_out = "further texts";
    if (aloud) diagnostics_.warning("csl/bad-value", node.span, fmt::format("\"{}\" wants a text; of this list the first is read", row.key));
    return &node.members[0].value;
  }

  const Node* scalar_of_scalar(const Node& node) const {
    if (dialect_.words_are_text) return node.is_scalar() && !node.text.empty() ? &node : nullptr;
    return node.is_text() || node.kind == Node::Kind::Number ? &node : nullptr;
  }

  /// `text` is of that node.
  Str clean(const Node& node, Str text) { return node.has_no_controls ? text : without_controls(arena_, text, node.span, diagnostics_); }

  Str plain(const Node& scalar) {
    const Str text = number_or_text(scalar);
    if (markdown() && needs_markdown(text)) return without_controls(arena_, text::read_markdown_plain(arena_, text), scalar.span, diagnostics_);
    return clean(scalar, text);
  }

  /// `text` is of that node.
  RichText rich(const Node& node, Str text) {
    const Str clean = this->clean(node, text);
    if (markdown()) return needs_markdown(clean) ? text::read_markdown(arena_, clean) : RichText::of(arena_, clean);
    return clean.find('<') == Str::npos ? RichText::of(arena_, clean) : text::read_html(arena_, clean);
  }

  /// False: the member becomes an extra. `aloud`: say why.
  bool read_value(const Mapping& row, const Node& node, Entry& entry, bool aloud) {
    if (!node.raw.empty()) return false;
    if (is_empty(node) && !(dialect_.words_are_text && node.text == "null")) return false;
    bool good = false;
    std::string_view wanted = "a text";
    switch (codec_of(row)) {
      case Codec::Names:
        good = read_names(node, entry.value);
        wanted = "a list of names";
        break;
      case Codec::Date:
        good = read_date(node, entry.value, aloud);
        wanted = "a date";
        break;
      case Codec::Issn:
      case Codec::Isbn: good = read_serials(row, node, entry.value); break;
      case Codec::Keywords:
      case Codec::Categories: good = read_keywords(node, entry.value); break;
      default: {
        const Node* const scalar = codec_of(row) == Codec::Rich ? first_of(row, node, entry, aloud) : scalar_of(node);
        good = scalar != nullptr && read_scalar(row, *scalar, entry);
      }
    }
    if (!good && aloud && !is_date_without_parts(node)) say_bad(row, node, wanted);
    return good;
  }

  bool read_scalar(const Mapping& row, const Node& scalar, Entry& entry) {
    switch (codec_of(row)) {
      case Codec::Rich: entry.value = rich(scalar, scalar.text); break;
      case Codec::Pages: entry.value = text::parse_pages(arena_, plain(scalar)); break;
      case Codec::Doi: entry.value = identifiers("doi", plain(scalar), scalar.span); break;
      case Codec::Identifier:
        entry.value = identifiers(row.field == Field::Pmid ? "pmid" : "pmcid", plain(scalar), scalar.span);
        break;
      case Codec::Abstract: {
        Abstract& abstract = entry.value.emplace<Abstract>();
        abstract.sections.reserve(arena_, 1);
        AbstractSection& section = abstract.sections.push_back(arena_);
        section.text = rich(scalar, scalar.text);
        if (options_.keep_spans) section.span = scalar.span;
        break;
      }
      case Codec::Number:
        if (row.field == Field::Edition)
          entry.value = rich(scalar, number_or_text(scalar));
        else
          read_number(row, scalar, entry);
        break;
      default: entry.value = Text{plain(scalar)};
    }
    return !is_empty_value(entry.value);
  }

  static bool is_empty_value(const Value& value) {
    if (const RichText* const rich = std::get_if<RichText>(&value)) return rich->empty();
    if (const Text* const text = std::get_if<Text>(&value)) return text->value.empty();
    if (const Pages* const pages = std::get_if<Pages>(&value)) return pages->ranges.empty();
    if (const Identifiers* const identifiers = std::get_if<Identifiers>(&value))
      return identifiers->list.empty() || identifiers->list[0].value.empty();
    if (const Abstract* const abstract = std::get_if<Abstract>(&value))
      return abstract->sections.empty() || abstract->sections[0].text.empty();
    return false;
  }

  /// A preprint's number may be its identifier at arXiv; an article's is its article number.
  void read_number(const Mapping& row, const Node& scalar, Entry& entry) {
    const Str number = plain(scalar);
    if (row.field == Field::Number && number.starts_with("arXiv:") && item_.text_of(kType) == "article" &&
        !text::arxiv_from(number).id.empty()) {
      entry.field = Field::Identifier;
      entry.value = identifiers("arxiv", number, scalar.span);
      return;
    }
    if (row.field == Field::Number) {
      const std::optional<Type> type = type_of(item_.text_of(kType));
      if (type.has_value() && kInPeriodical.has(*type)) entry.field = Field::ArticleNumber;
    }
    entry.value = Text{number};
  }

  Identifiers identifiers(std::string_view scheme, Str written, Span span) {
    Identifiers value;
    value.list.reserve(arena_, 1);
    Identifier& identifier = value.list.push_back(arena_, text::make_identifier(arena_, scheme, written));
    if (options_.keep_spans) identifier.span = span;
    return value;
  }

  /// The number alone: Crossref gives ISBNs, and some their ISSNs, as addresses.
  static Str without_resolver(Str written) {
    static constexpr std::string_view kResolvers[] = {"http://id.crossref.org/isbn/", "https://id.crossref.org/isbn/",
                                                      "http://id.crossref.org/issn/", "https://id.crossref.org/issn/",
                                                      "https://portal.issn.org/resource/ISSN/"};
    for (const std::string_view resolver : kResolvers)
      if (written.starts_with(resolver)) return written.substr(resolver.size());
    return written;
  }

  /// ISSNs and ISBNs: one text of one or several, or a list of texts.
  bool read_serials(const Mapping& row, const Node& node, Value& value) {
    const std::string_view scheme = row.field == Field::Issn ? "issn" : "isbn";
    Identifiers all;
    // Crossref gives one number as an address and as itself; a list that is longer than any work's is not searched.
    constexpr std::size_t kLongestSearched = 64;
    const auto add = [&](const Identifier& identifier) {
      const auto same = [&](const Identifier& other) { return same_content(other, identifier); };
      if (all.list.size() > kLongestSearched || std::none_of(all.list.begin(), all.list.end(), same)) all.list.push_back(arena_, identifier);
    };
    const auto read_one = [&](const Node& scalar) {
      const Str written = without_resolver(plain(scalar));
      const std::size_t before = all.list.size();
      List<Identifier> found;
      bool of_this_kind = text::read_serial_numbers(arena_, written, found) && !found.empty();
      for (const Identifier& identifier : found) of_this_kind = of_this_kind && identifier.scheme == scheme;
      if (of_this_kind)
        for (const Identifier& identifier : found) add(identifier);
      else
        add(text::make_identifier(arena_, scheme, written));
      if (options_.keep_spans)
        for (std::size_t at = before; at < all.list.size(); ++at) all.list[at].span = scalar.span;
    };
    if (!for_each_scalar(node, read_one)) return false;
    value = all;
    return true;
  }

  /// Calls `visit` for a scalar, or for each element of a list of scalars. False: it is neither.
  template <class Visit>
  bool for_each_scalar(const Node& node, Visit&& visit) {
    if (!node.is_list()) {
      const Node* const scalar = scalar_of_scalar(node);
      if (scalar != nullptr) visit(*scalar);
      return scalar != nullptr;
    }
    for (const Member& member : node.members)
      if (scalar_of_scalar(member.value) == nullptr) return false;
    for (const Member& member : node.members) visit(member.value);
    return !node.members.empty();
  }

  /// One text, divided at semicolons if it has any and at commas otherwise, or a list of texts.
  bool read_keywords(const Node& node, Value& value) {
    Keywords keywords;
    const auto add = [&](const Node& scalar, Str text) {
      const Str trimmed = text::trim(text);
      if (!trimmed.empty())
        keywords.list.push_back(arena_, Keyword{rich(scalar, trimmed), false, {}, options_.keep_spans ? scalar.span : Span{}});
    };
    if (node.is_list()) {
      if (!for_each_scalar(node, [&](const Node& scalar) { add(scalar, number_or_text(scalar)); })) return false;
    } else {
      const Node* const scalar = scalar_of_scalar(node);
      if (scalar == nullptr) return false;
      const char divider = scalar->text.find(';') == Str::npos ? ',' : ';';
      Str rest = number_or_text(*scalar);
      while (true) {
        const std::size_t end = rest.find(divider);
        add(*scalar, rest.substr(0, end));
        if (end == Str::npos) break;
        rest.remove_prefix(end + 1);
      }
    }
    value = keywords;
    return !keywords.list.empty();
  }

  // ---------------------------------------------------------------------------------------------------------------- names

  bool read_names(const Node& node, Value& value) {
    Names& names = value.emplace<Names>();
    names.list.reserve(arena_, node.is_list() ? std::min(node.members.size(), kMostRoom) : 1);
    if (node.is_map()) {  // one name without a list around it
      add_name(node, names, true);
    } else if (node.is_list()) {
      for (const Member& member : node.members)
        if (!member.value.is_map() && scalar_of_scalar(member.value) == nullptr) return false;
      for (std::size_t at = 0; at < node.members.size(); ++at)
        add_name(node.members[at].value, names, at + 1 == node.members.size());
    } else if (scalar_of_scalar(node) != nullptr) {
      add_name(node, names, true);
    } else {
      return false;
    }
    return !names.list.empty() || !names.complete;
  }

  void add_name(const Node& node, Names& names, bool last) {
    Name& name = names.list.push_back(arena_);
    if (node.is_map()) {
      for (const Member& member : node.members) read_name_member(member, name);
    } else {
      name.literal = plain(node);
      diagnostics_.warning(
          "csl/name-as-text", node.span,
          fmt::format("\"{}\" should be a map of a name's parts; it is read as one that nothing splits", shortened(node.text)));
    }
    if (options_.keep_spans) name.span = node.span;
    const bool others = last && name.literal == "others" && name.family.empty() && name.given.empty();
    if (others) names.complete = false;  // pandoc's way to say et al.
    if (others || says_nothing(name)) names.list.pop_back();
  }

  static bool says_nothing(const Name& name) {
    return name.family.empty() && name.given.empty() && name.literal.empty() && name.suffix.empty() && name.dropping_particle.empty() &&
           name.non_dropping_particle.empty();
  }

  void read_name_member(const Member& member, Name& name) {
    struct Part {
      std::string_view key;
      Str Name::*part;
    };
    static constexpr Part kParts[] = {
        {"family", &Name::family},
        {"given", &Name::given},
        {"dropping-particle", &Name::dropping_particle},
        {"non-dropping-particle", &Name::non_dropping_particle},
        {"suffix", &Name::suffix},
        {"literal", &Name::literal},
        {"name", &Name::literal},  // Crossref's bodies
    };
    const Node& node = member.value;
    for (const Part& part : kParts) {
      if (part.key != member.key || !(name.*part.part).empty()) continue;
      if (!node.is_list() || node.members.empty()) {
        if (scalar_of_scalar(node) != nullptr) {
          name.*part.part = plain(node);
          return;
        }
        if (is_empty(node)) return;
        break;
      }
      std::string joined;  // pandoc-citeproc wrote given names as a list
      if (!for_each_scalar(node, [&](const Node& scalar) { joined.append(joined.empty() ? "" : " ").append(plain(scalar)); }))
        break;
      name.*part.part = arena_.copy(joined);
      return;
    }
    if (read_name_detail(member, name)) return;
    if (!is_empty(node))
      name.attributes.push_back(
          arena_, Attribute{arena_.copy(member.key), node.is_scalar() ? clean(node, node.text) : raw_of(arena_, node)});
  }

  /// What some producers add to CSL's names: ORCIDs and affiliations.
  bool read_name_detail(const Member& member, Name& name) {
    const Node& node = member.value;
    if (text::equal_ignoring_ascii_case(member.key, "orcid") && node.is_text()) {
      name.identifiers.push_back(arena_, text::make_identifier(arena_, "orcid", plain(node)));
      return true;
    }
    if (member.key != "affiliation") return false;
    if (scalar_of_scalar(node) != nullptr) {
      name.affiliations.push_back(arena_, Affiliation{plain(node), {}, {}, {}});
      return true;
    }
    if (!node.is_list()) return false;
    for (const Member& one : node.members)
      if (!one.value.is_map() || one.value.members.size() != 1 || one.value.members[0].key != "name" ||
          !one.value.members[0].value.is_text())
        return false;
    for (const Member& one : node.members)
      name.affiliations.push_back(arena_, Affiliation{plain(one.value.members[0].value), {}, {}, {}});
    return true;
  }

  // ---------------------------------------------------------------------------------------------------------------- dates

  bool read_date(const Node& node, Value& value, bool aloud) {
    Date& date = value.emplace<Date>();
    bool good = false;
    aloud_ = aloud;
    if (node.is_map())
      good = read_date_map(node, date, aloud);
    else if (node.is_list())
      good = read_date_list(node, date, aloud);
    else if (scalar_of_scalar(node) != nullptr)
      good = read_date_text(node, date);
    if (options_.keep_spans) date.span = node.span;
    return good;
  }

  /// "2024-02-30": numerals as of a date, which is none.
  static bool looks_like_date(std::string_view text) {
    constexpr std::size_t kYearAndDash = 5;
    if (text.size() <= kYearAndDash || text[kYearAndDash - 1] != '-' || text.find_first_not_of("0123456789-/.~?%XT:Z+") != std::string_view::npos) return false;
    return std::all_of(text.begin(), text.begin() + kYearAndDash - 1, text::is_ascii_digit);
  }

  /// EDTF, a date in words ("5 May 2001"), else words.
  bool read_date_text(const Node& node, Date& date) {
    const Str text = plain(node);
    std::optional<Date> read = text::parse_edtf(text);
    if (!read) read = text::parse_date_in_words(text);
    if (read) {
      date.from = read->from;
      date.to = read->to;
      return true;
    }
    if (aloud_ && looks_like_date(text)) diagnostics_.warning("csl/bad-value", node.span, fmt::format("\"{}\" is no date that there is; it is kept as text", shortened(text)));
    date.literal = text;
    return !text.empty();
  }

  static std::optional<int> number_of(const Node& node) {
    const Str text = node.is_scalar() ? number_text(text::trim(node.text)) : Str{};
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
  }

  /// CSL counts -1 as 1 BC and knows no year 0; the model counts as astronomers do.
  static int astronomical(int csl_year) { return csl_year < 0 ? csl_year + 1 : csl_year; }

  /// 1–4 as CSL has them, 13–16 and 21–24 as older processors and EDTF do; 0 otherwise.
  static unsigned season_of(int number) {
    if (number >= 1 && number <= 4) return static_cast<unsigned>(number);
    return season_in_month(number);
  }
  static unsigned season_in_month(int number) {
    if (number >= 13 && number <= 16) return static_cast<unsigned>(number - 12);
    if (number >= 21 && number <= 24) return static_cast<unsigned>(number - 20);
    return 0;
  }

  /// A day that the month does not have is left out, and said.
  void set_day(DatePoint& point, int day, const Node& node) {
    if (day == 0) return;
    if (point.month != 0 && day >= 1 && day <= 31 && text::is_day_of_month(point.year, point.month, static_cast<unsigned>(day)))
      point.day = static_cast<std::uint8_t>(day);
    else
      say_impossible(node, "day");
  }

  void set_month(DatePoint& point, int month, const Node& node) {
    if (month >= 1 && month <= 12)
      point.month = static_cast<std::uint8_t>(month);
    else
      point.season = static_cast<std::uint8_t>(season_in_month(month));
    if (month != 0 && point.month == 0 && point.season == 0) say_impossible(node, "month");
  }

  void say_impossible(const Node& node, std::string_view what) {
    if (aloud_)
      diagnostics_.warning(
          "csl/bad-value", node.span,
          fmt::format("there is no {} \"{}\" in this date; it is left out of the date", what, shortened(node.text)));
  }

  /// [2001, 5, 7]; zeros and null stand for nothing.
  void read_point(const Node& parts, DatePoint& point) {
    if (!parts.is_list() || parts.members.empty()) return;
    const int year = number_of(parts.members[0].value).value_or(0);
    if (year == 0) return;
    point.kind = DatePoint::Kind::Known;
    point.year = astronomical(year);
    if (parts.members.size() > 1) set_month(point, number_of(parts.members[1].value).value_or(0), parts.members[1].value);
    if (parts.members.size() > 2) set_day(point, number_of(parts.members[2].value).value_or(0), parts.members[2].value);
  }

  bool read_date_map(const Node& node, Date& date, bool aloud) {
    bool good = false;
    if (const Node* const parts = node.find("date-parts"); parts != nullptr && parts->is_list())
      good = read_date_parts(*parts, date);
    if (!good && node.find("year") != nullptr) good = read_year_map(node, date);
    const Node* const raw = node.find("raw");
    if (raw != nullptr && scalar_of_scalar(*raw) != nullptr && !good) good = read_date_text(*raw, date);
    const Node* const literal = node.find("literal");
    if (literal != nullptr && scalar_of_scalar(*literal) != nullptr && date.literal.empty()) {
      date.literal = plain(*literal);
      good = good || !date.literal.empty();
    }
    read_season(node, date);
    if (const Node* const circa = node.find("circa"); circa != nullptr && says_yes(*circa)) {
      if (date.from.known()) date.from.approximate = true;
      if (date.to.known()) date.to.approximate = true;
    }
    if (good && aloud) say_unknown_members(node);
    return good;
  }

  static bool says_yes(const Node& node) {
    return node.is_scalar() && !node.text.empty() && node.text != "false" && node.text != "0" && node.text != "null" &&
           node.text != "no";
  }

  bool read_date_parts(const Node& parts, Date& date) {
    if (parts.members.empty()) return false;
    if (!parts.members[0].value.is_list()) {  // one list too few
      read_point(parts, date.from);
      return date.from.known();
    }
    read_point(parts.members[0].value, date.from);
    if (parts.members.size() < 2) return date.from.known();
    read_point(parts.members[1].value, date.to);
    if (!date.from.known()) {  // a range without beginning
      if (!date.to.known()) return false;
      date.from.kind = DatePoint::Kind::Open;
    } else if (!date.to.known()) {
      date.to.kind = DatePoint::Kind::Open;
    }
    return true;
  }

  /// {year: 2007, month: 9}: pandoc's older form.
  bool read_year_map(const Node& node, Date& date) {
    const Node* const year_node = node.find("year");
    const std::optional<int> year = year_node == nullptr ? std::nullopt : number_of(*year_node);
    if (!year || *year == 0) return false;
    date.from.kind = DatePoint::Kind::Known;
    date.from.year = astronomical(*year);
    if (const Node* const month = node.find("month")) {
      const unsigned named = month->is_scalar() ? text::month_named(month->text) : 0;
      set_month(date.from, named != 0 ? static_cast<int>(named) : number_of(*month).value_or(0), *month);
    }
    if (const Node* const day = node.find("day")) set_day(date.from, number_of(*day).value_or(0), *day);
    return true;
  }

  static void read_season(const Node& node, Date& date) {
    const Node* const season = node.find("season");
    if (season == nullptr || !season->is_scalar() || !date.from.known() || date.from.month != 0) return;
    const unsigned named = text::season_named(season->text);
    date.from.season = static_cast<std::uint8_t>(named != 0 ? named : season_of(number_of(*season).value_or(0)));
  }

  /// [{year: 1976}, {year: 1977}]: pandoc-citeproc's older form of a date and a range.
  bool read_date_list(const Node& node, Date& date, bool aloud) {
    if (node.members.empty() || node.members.size() > 2) return false;
    if (!read_date_element(node.members[0].value, date, aloud) || date.is_range()) return false;
    if (node.members.size() == 1) return true;
    Date last;
    if (!read_date_element(node.members[1].value, last, aloud) || last.is_range() || !last.from.known() || !date.from.known())
      return false;
    date.to = last.from;
    return true;
  }

  bool read_date_element(const Node& node, Date& date, bool aloud) {
    if (node.is_map()) return read_date_map(node, date, aloud);
    if (scalar_of_scalar(node) != nullptr) return read_date_text(node, date);
    return false;
  }

  void say_unknown_members(const Node& node) {
    for (const Member& member : node.members)
      if (std::find(std::begin(kDateMembers), std::end(kDateMembers), member.key) == std::end(kDateMembers))
        diagnostics_.warning(
            "csl/unknown-date-member", member.key_span,
            fmt::format("\"{}\" says nothing about a date in CSL; only {} keeps it", shortened(member.key), dialect_.origin));
  }

  // ------------------------------------------------------------------------------------------------------------------ raw

  /// Sets `raw` of the entries that would be written in another shape than they had.
  void keep_raw_where_needed();

  const Node& item_;
  std::size_t own_members_;
  ReadingMemory& memory_;
  const Dialect& dialect_;
  const ReadOptions& options_;
  DiagnosticSink& diagnostics_;
  Arena& arena_;
  ReadItem read_;
  const Member* first_unknown_ = nullptr;
  std::size_t unknown_count_ = 0;
  bool aloud_ = true;  // of the date being read
  bool keyed_ = false;
  bool typed_ = false;
};

void ItemInHand::keep_raw_where_needed() {
  ValueWriter& values = memory_.values;
  ShapeCheck& shape = memory_.shape;
  values.begin_item(shape);
  for (const OriginOfEntry& origin : memory_.origins) {
    Entry& entry = std::get<Entry>(read_.record.items()[origin.item]);
    if (!markdown() && stands_for_itself(entry.value, codec_of(*origin.row), *origin.node)) continue;
    shape.expect(*origin.node);
    if (!values.write(entry, *origin.row) || !shape.same()) entry.raw = raw_of(arena_, *origin.node);
  }
}

}  // namespace

ItemReader::ItemReader(const Dialect& dialect) : memory_(std::make_unique<ReadingMemory>(dialect)) {}
ItemReader::~ItemReader() = default;

ReadItem ItemReader::read(const Node& item, const std::shared_ptr<Arena>& arena, const ReadOptions& options, DiagnosticSink& diagnostics) {
  if (!options.settings.has(kNoteFieldsOption.name))
    return ItemInHand(item, item.members.size(), arena, *memory_, options, diagnostics).read();
  const NoteFields with_note = read_note_fields(*arena, item);
  return ItemInHand(with_note.item, with_note.own_members, arena, *memory_, options, diagnostics).read();
}

ReadItem read_item(const Node& item, const std::shared_ptr<Arena>& arena, const Dialect& dialect, const ReadOptions& options,
                   DiagnosticSink& diagnostics) {
  return ItemReader(dialect).read(item, arena, options, diagnostics);
}

}  // namespace bibmill::csl
