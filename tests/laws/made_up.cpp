// From numbers to records.
#include "made_up.h"

#include <array>
#include <string>
#include <string_view>

#include "bibmill/reflect.h"
#include "bibmill/text/rich_text.h"

namespace bibmill::laws {

namespace {

using namespace std::string_view_literals;

// ---------------------------------------------------------------------------------------------------------------- text

/// What text is made of, from the harmless to what one format or another takes for its own syntax.
constexpr std::array kPieces = {
    "kelp"sv, "Survey"sv, "of"sv, "NASA"sv, "mRNA"sv, "12"sv, "é"sv, "Ångström"sv, "Straße"sv, "Œuvre"sv,
    // scripts, marks, directions, beyond the basic plane
    "Ωμέγα"sv, "Москва"sv, "東京"sv, "العربية"sv, "עברית"sv, "हिन्दी"sv, "e\u0301"sv, "a\u0323\u0302"sv, "🧬"sv, "𝛼"sv, "\u200f"sv, "\u00a0"sv, "\u2028"sv, "\ufeff"sv, "ﬁ"sv,
    // dashes, quotes, other punctuation
    "–"sv, "—"sv, "--"sv, "“x”"sv, "‘y’"sv, "\"q\""sv, "'q'"sv, "``z''"sv, "…"sv, "..."sv, "end."sv, "Why?"sv, "(b)"sv, "[c]"sv, "x:y"sv, "a;b"sv, "a,b"sv, "a/b"sv, "½"sv, "°"sv,
    // LaTeX
    "\\"sv, "{"sv, "}"sv, "{x}"sv, "$"sv, "$x$"sv, "&"sv, "#"sv, "%"sv, "_"sv, "~"sv, "^"sv, "\\alpha"sv, "\\emph{x}"sv, "@article{a,"sv, "50%"sv, "a_1"sv, "^2"sv,
    // XML, HTML
    "<"sv, ">"sv, "<i>"sv, "</i>"sv, "<b>x</b>"sv, "&amp;"sv, "&lt;"sv, "&#x41;"sv, "]]>"sv, "<!--"sv, "p<0.05"sv, "<span class=\"nocase\">"sv,
    // YAML, Markdown, JSON
    ": "sv, " #"sv, "- "sv, "* "sv, "*x*"sv, "**y**"sv, "H~2~O"sv, "`code`"sv, "? "sv, "! "sv, "| "sv, "> "sv, "&a"sv, "*a"sv, "null"sv, "No"sv, "1.10"sv, "0x1F"sv, "1e10"sv, "---"sv, "\\n"sv, "\\u0041"sv, "{\"a\":1}"sv,
    // tagged text
    "TY  - JOUR"sv, "ER  - "sv, "AU  - X"sv, "PMID- 1"sv, "and"sv, "others"sv, "et al."sv, "Jr."sv, "von"sv, "doi:10.1000/x"sv, "https://doi.org/10.1000/x"sv,
};

constexpr std::array kJoints = {" "sv, ""sv, "  "sv, "\n"sv, " "sv, ". "sv, ": "sv, ", "sv};

std::string make_text(Choices& choices, std::size_t most_pieces = 5) {
  std::string text(kPieces[choices.below(kPieces.size())]);
  for (std::size_t more = choices.below(most_pieces); more > 0; --more) {
    text += kJoints[choices.below(kJoints.size())];
    text += kPieces[choices.below(kPieces.size())];
  }
  if (choices.one_in(40)) text = std::string(1000, 'x') + text;
  if (choices.one_in(20)) text += ' ';
  if (choices.one_in(20)) text.insert(0, " ");
  return text;
}

Str text_of(Choices& choices, Arena& arena) { return arena.copy(make_text(choices)); }

Str maybe_text(Choices& choices, Arena& arena) { return choices.one_in(3) ? text_of(choices, arena) : Str{}; }

// ---------------------------------------------------------------------------------------------------------- identifiers

struct Scheme {
  Field field;
  std::string_view scheme;
  std::array<std::string_view, 3> values;
  std::array<std::string_view, 3> qualifiers;
};

constexpr Scheme kSchemes[] = {
    {Field::Doi, "doi", {"10.1000/xyz123", "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O", "10.5555/a_b%c#d"}, {"", "", ""}},
    {Field::Pmid, "pmid", {"35244835", "1", "99000101"}, {"", "", ""}},
    {Field::Pmcid, "pmcid", {"PMC8895042", "PMC1", "PMC99000101"}, {"", "", ""}},
    {Field::Issn, "issn", {"0167-594X", "1573-7373", "2912-0012"}, {"", "print", "electronic"}},
    {Field::Isbn, "isbn", {"978-3-16-148410-0", "0-306-40615-2", "9783161484100"}, {"", "", "paperback"}},
    {Field::NlmId, "nlm", {"8309335", "0404511", "101589553"}, {"", "", ""}},
    {Field::Identifier, "pii", {"S0092-8674(13)01084-2", "e1392", "10.1007/x"}, {"", "", ""}},
};

Identifier make_identifier(Choices& choices, const Scheme& scheme) {
  Identifier identifier;
  identifier.scheme = scheme.scheme;
  identifier.value = scheme.values[choices.below(3)];
  identifier.qualifier = scheme.qualifiers[choices.below(3)];
  return identifier;
}

Identifier make_orcid() {
  Identifier identifier;
  identifier.scheme = "orcid";
  identifier.value = "0000-0002-1825-0097";
  return identifier;
}

// -------------------------------------------------------------------------------------------------------------- values

struct Maker {
  Choices& choices;
  Arena& arena;
  Field field;

  Str text() const { return text_of(choices, arena); }
  Str maybe() const { return maybe_text(choices, arena); }
  std::size_t few() const { return 1 + choices.below(3); }

  void make(Text& value) const { value.value = text(); }

  void make(RichText& value) const {
    constexpr std::array kMarks = {Mark::Italic, Mark::Bold, Mark::Subscript, Mark::Superscript, Mark::SmallCaps, Mark::NoCase};
    text::RichTextBuilder builder;
    for (std::size_t runs = few(); runs > 0; --runs) {
      Marks marks;
      if (choices.one_in(3)) marks = marks.with(kMarks[choices.below(kMarks.size())]);
      if (choices.one_in(8)) marks = marks.with(kMarks[choices.below(kMarks.size())]);
      builder.append(make_text(choices), marks);
    }
    value = builder.finish(arena);
  }

  void make(Name& name) const {
    switch (choices.below(4)) {
      case 3: name.literal = text(); break;
      case 2: name.family = text(); break;
      default:
        name.family = text();
        name.given = text();
        break;
    }
    if (choices.one_in(6) && name.literal.empty()) name.suffix = choices.one_in(3) ? text() : Str("Jr");
    if (choices.one_in(6) && name.literal.empty()) name.dropping_particle = "von";
    if (choices.one_in(6) && name.literal.empty()) name.non_dropping_particle = "de la";
    if (choices.one_in(8)) name.identifiers.push_back(arena, make_orcid());
    if (choices.one_in(8)) {
      Affiliation affiliation;
      affiliation.text = text();
      name.affiliations.push_back(arena, affiliation);
    }
  }

  void make(Names& value) const {
    make_list(value.list);
    value.complete = !choices.one_in(6);
  }

  void make(DatePoint& point) const {
    point.kind = DatePoint::Kind::Known;
    point.year = choices.one_in(8) ? -43 : static_cast<std::int32_t>(1600 + choices.below(500));
    if (choices.one_in(8)) {
      point.season = static_cast<std::uint8_t>(1 + choices.below(4));
    } else if (choices.below(3) > 0) {
      point.month = static_cast<std::uint8_t>(1 + choices.below(12));
      if (choices.below(2) > 0) point.day = static_cast<std::uint8_t>(1 + choices.below(28));
    }
    point.approximate = choices.one_in(10);
    point.uncertain = choices.one_in(10);
  }

  void make(Date& date) const {
    make(date.from);
    if (choices.one_in(6)) {
      make(date.to);
      if (date.to.year <= date.from.year) date.to.year = date.from.year + 1;
    } else if (choices.one_in(12)) {
      date.to.kind = DatePoint::Kind::Open;
    } else if (choices.one_in(12)) {
      date = {};
      date.literal = text();
    }
  }

  void make(Pages& pages) const {
    constexpr std::array kFirst = {"1"sv, "249"sv, "S10"sv, "e12"sv, "0082"sv, "IV-1"sv};
    constexpr std::array kLast = {""sv, "269"sv, "S15"sv, "e15"sv};
    for (std::size_t ranges = 1 + choices.below(2); ranges > 0; --ranges) {
      PageRange range;
      range.first = kFirst[choices.below(kFirst.size())];
      range.last = kLast[choices.below(kLast.size())];
      if (choices.one_in(8)) range.label = "discussion";
      pages.ranges.push_back(arena, range);
    }
  }

  void make(Identifiers& value) const {
    for (const Scheme& scheme : kSchemes) {
      if (scheme.field != field) continue;
      Identifier first = make_identifier(choices, scheme);
      value.list.push_back(arena, first);
      if (!choices.one_in(3)) continue;
      // A reader marks a repetition as such, so that a list does not hold one.
      Identifier second = make_identifier(choices, scheme);
      if (second.value != first.value) value.list.push_back(arena, second);
    }
  }

  void make(Keyword& keyword) const {
    make(keyword.text);
    keyword.major = choices.one_in(6);
  }
  void make(Keywords& value) const {
    make_list(value.list);
    if (choices.one_in(6)) value.owner = "NASA";
  }

  void make(Term& term) const {
    term.text = text();
    if (choices.one_in(4)) term.identifier = "D016441";
    term.major = choices.one_in(6);
  }
  void make(Terms& value) const { make_list(value.list); }

  void make(Heading& heading) const {
    heading.descriptor = text();
    if (choices.one_in(4)) heading.identifier = "D001943";
    heading.major = choices.one_in(4);
    if (choices.one_in(2)) make_list(heading.qualifiers);
  }
  void make(Headings& value) const { make_list(value.list); }

  void make(Substance& substance) const {
    substance.name = text();
    substance.registry_number = choices.one_in(2) ? Str("EC 2.7.10.1") : Str("0");
    if (choices.one_in(4)) substance.identifier = "D018719";
  }
  void make(Substances& value) const { make_list(value.list); }

  void make(Grant& grant) const {
    grant.agency = text();
    grant.number = maybe();
    if (choices.one_in(4)) grant.acronym = "CA";
    grant.country = maybe();
  }
  void make(Grants& value) const {
    make_list(value.list);
    value.complete = !choices.one_in(8);
  }

  void make(DataBank& bank) const {
    bank.name = text();
    for (std::size_t count = few(); count > 0; --count) bank.accessions.push_back(arena, Text{text()});
  }
  void make(DataBanks& value) const {
    make_list(value.list);
    value.complete = !choices.one_in(8);
  }

  void make(Abstract& abstract) const {
    const bool labelled = choices.one_in(3);
    for (std::size_t sections = labelled ? few() : 1; sections > 0; --sections) {
      AbstractSection section;
      if (labelled) section.label = choices.one_in(3) ? text() : Str("METHODS");
      if (labelled && choices.one_in(3)) section.category = "METHODS";
      make(section.text);
      abstract.sections.push_back(arena, section);
    }
    if (choices.one_in(6)) abstract.copyright = text();
    if (choices.one_in(8)) abstract.type = "Publisher";
    if (choices.one_in(8)) abstract.language = "spa";
  }

  void make(Link& link) const {
    constexpr std::array kTypes = {"ErratumIn"sv, "RetractionIn"sv, "CommentOn"sv, "Cites"sv, "UpdateOf"sv};
    link.type = field == Field::CitedReference ? "reference"sv : kTypes[choices.below(kTypes.size())];
    link.source = text();
    link.note = maybe();
    if (choices.one_in(2)) link.identifiers.push_back(arena, make_identifier(choices, kSchemes[choices.below(3)]));
  }
  void make(Links& value) const { make_list(value.list); }

  void make(Event& event) const {
    constexpr std::array kStatus = {"received"sv, "accepted"sv, "pubmed"sv, "entrez"sv};
    event.status = kStatus[choices.below(kStatus.size())];
    event.date.from.kind = DatePoint::Kind::Known;
    event.date.from.year = static_cast<std::int32_t>(1990 + choices.below(30));
    event.date.from.month = static_cast<std::uint8_t>(1 + choices.below(12));
    event.date.from.day = static_cast<std::uint8_t>(1 + choices.below(28));
  }
  void make(History& value) const { make_list(value.list); }

  void make(OwnedNote& note) const {
    make(note.text);
    if (choices.one_in(2)) note.owner = "NLM";
  }

  template <class T>
  void make_list(List<T>& list) const {
    for (std::size_t count = few(); count > 0; --count) {
      T element{};
      make(element);
      list.push_back(arena, element);
    }
  }
};

/// Three times in four one that the format has a row for.
Field choose_field(Choices& choices, const Format& format) {
  if (!format.mappings.empty() && choices.below(4) > 0) return format.mappings[choices.below(format.mappings.size())].field;
  return static_cast<Field>(choices.below(kFieldCount));
}

}  // namespace

Record make_up_record(Choices& choices, const std::shared_ptr<Arena>& arena, const Format& format) {
  Record record(arena);
  record.type = choices.one_in(2) ? static_cast<Type>(choices.below(kTypeCount)) : Type::ArticleJournal;
  record.key = "key1";
  record.origin = "test";
  for (std::size_t fields = 1 + choices.below(5); fields > 0; --fields) {
    const Field field = choose_field(choices, format);
    if (record.has(field)) continue;
    Value value = empty_value(field);
    std::visit([&](auto& held) { Maker{choices, *arena, field}.make(held); }, value);
    record.add(field, value);
  }
  return record;
}

}  // namespace bibmill::laws
