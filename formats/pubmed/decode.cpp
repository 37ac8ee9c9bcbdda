// Element by element, what each becomes.
#include "decode.h"

#include <algorithm>

#include "bibmill/reflect.h"
#include "bibmill/text/dates.h"
#include "bibmill/text/edtf.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/unicode.h"

namespace bibmill::pubmed {

namespace {

struct MarkedElement {
  NameId name;
  Mark mark;
};
constexpr MarkedElement kMarkup[] = {
    {name_id("i"), Mark::Italic},        {name_id("b"), Mark::Bold},      {name_id("sub"), Mark::Subscript},
    {name_id("sup"), Mark::Superscript}, {name_id("u"), Mark::Underline},
};

/// IdType in PubMed's words and the model's scheme.
struct Scheme {
  std::string_view written;
  Str scheme;
};
constexpr Scheme kSchemes[] = {{"pubmed", "pmid"}, {"pmc", "pmcid"}, {"doi", "doi"}, {"pii", "pii"}};

bool is_arxiv_number(std::string_view text) {
  return text.substr(0, kArxivLabel.size()) == kArxivLabel && !text::arxiv_from(text).id.empty();
}

/// A name may be as long as the record; what is said of it need not.
constexpr std::size_t kLongestName = 64;

bool digits_only(std::string_view text) {
  return !text.empty() && text.size() <= 4 && std::all_of(text.begin(), text.end(), text::is_ascii_digit);
}

unsigned number(std::string_view digits) {
  unsigned value = 0;
  for (const char c : digits) value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

}  // namespace

// ---------------------------------------------------------------------------------------------------------- characters

/// Gathers text between tags. A run of white space with a line end or tab in it is the file's layout: one blank, and nothing at either end.
class Decoder::Collector {
 public:
  Collector(Decoder& decoder, Lines lines) : decoder_(decoder), lines_(lines) { decoder_.builder_.clear(); }

  void append(std::string_view raw, Marks marks) {
    std::string& decoded = decoder_.scratch_;
    decoded.clear();
    append_decoded(decoded, raw, decoder_.findings_);
    std::string_view rest = decoded;
    // Where nothing is layout, blanks are text like any other.
    if (!layout_ && std::none_of(rest.begin(), rest.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }))
      return rest.empty() ? void() : put(rest, marks);
    while (!rest.empty()) {
      const std::size_t space = std::min(rest.find_first_of(" \n\t\r"), rest.size());
      if (space > 0) put(rest.substr(0, space), marks);
      rest.remove_prefix(space);
      const std::size_t end = std::min(rest.find_first_not_of(" \n\t\r"), rest.size());
      if (end > 0) put_space(rest.substr(0, end), marks);
      rest.remove_prefix(end);
    }
  }
  void append_formula(std::string_view source) {
    flush({});
    decoder_.builder_.append(source, Mark::Math, text::kMathMl);
    marks_ = {};
  }
  RichText finish() { return decoder_.builder_.finish(*decoder_.arena_); }

 private:
  void put(std::string_view text, Marks marks) {
    flush(marks);
    decoder_.builder_.append(text, marks);
    marks_ = marks;
  }
  void put_space(std::string_view space, Marks marks) {
    const bool blanks = space.find_first_not_of(' ') == std::string_view::npos;
    if (blanks && !layout_) return put(space, marks);
    if (blanks) return;
    const bool needless = decoder_.builder_.empty() || decoder_.builder_.text().back() == ' ';
    layout_ = true;
    stands_for_ = needless ? "" : lines_ == Lines::Kept && space == "\n" ? "\n" : " ";
  }
  /// The layout before this was between words, and looks as both do.
  void flush(Marks marks) {
    const Marks common = Marks::from_bits(static_cast<std::uint16_t>(marks_.bits & marks.bits));
    if (layout_ && !stands_for_.empty()) decoder_.builder_.append(stands_for_, common);
    layout_ = false;
  }

  Decoder& decoder_;
  Lines lines_;
  bool layout_ = false;
  std::string_view stands_for_;
  Marks marks_;  // of the last text
};

namespace {

template <class Append, class Formula>
void collect(Node node, Marks marks, Append&& append, Formula&& formula) {
  for_each_piece(
      node, [&](std::uint32_t begin, std::uint32_t end) { append(node.slice(begin, end), marks); },
      [&](Node child) {
        if (child.name() == name_id("math") && !child.is_broken_off()) return formula(child.well_formed(child.source()));
        Marks inner = marks;
        bool inline_text = child.name() == kUnknownName || child.name() == name_id("DispFormula");
        for (const MarkedElement& markup : kMarkup) {
          if (markup.name != child.name()) continue;
          inner = inner.with(markup.mark);
          inline_text = true;
        }
        // An element that belongs elsewhere is no text: an end tag is missing. `inspect` keeps it.
        if (inline_text) collect(child, inner, append, formula);
      });
}

bool is_simple(Node node) {
  return !node.has_children() && (!node.element().coded || (!node.tree().mended && !needs_decoding(node.inside())));
}

}  // namespace

Str Decoder::text(Node node, Lines lines) {
  if (is_simple(node)) return arena_->copy(node.inside());
  Collector collector(*this, lines);
  collect(
      node, {}, [&](std::string_view raw, Marks) { collector.append(raw, {}); },
      [&](std::string_view source) { collector.append_formula(source); });
  return text::plain_text(*arena_, collector.finish());
}

void Decoder::take(Str& to, Node node) {
  if (to.empty())
    to = text(node);
  else
    keep(node);
}

std::string_view Decoder::word(Node node) { return is_simple(node) ? node.inside() : std::string_view(text(node)); }

void Decoder::take_word(std::string_view& to, Node node) {
  if (to.empty())
    to = word(node);
  else
    keep(node);
}

RichText Decoder::rich(Node node, Lines lines) {
  if (is_simple(node)) return RichText::of(*arena_, arena_->copy(node.inside()));
  Collector collector(*this, lines);
  collect(
      node, {}, [&](std::string_view raw, Marks marks) { collector.append(raw, marks); },
      [&](std::string_view source) { collector.append_formula(source); });
  return collector.finish();
}

Str Decoder::attribute(Node node, AttributeId name, Str otherwise) {
  const AttributePlace* const place = node.attribute(name);
  return place == nullptr ? otherwise : value_of(node, *place);
}

Str Decoder::value_of(Node node, const AttributePlace& place) {
  const std::string_view written = node.value_of(place);
  if (!node.tree().mended && !needs_decoding(written)) return arena_->copy(written);
  scratch_.clear();
  append_decoded(scratch_, written, findings_);
  // XML 1.0, 3.3.3: white space in an attribute is blanks.
  std::replace_if(
      scratch_.begin(), scratch_.end(), [](char c) { return c == '\t' || c == '\r'; }, ' ');
  return arena_->copy(scratch_);
}

bool Decoder::is_yes(Node node, AttributeId name, bool otherwise) {
  const AttributePlace* const place = node.attribute(name);
  return place == nullptr ? otherwise : node.well_formed(node.value_of(*place)) == "Y";
}

Str Decoder::lower(Str text) {
  if (std::none_of(text.begin(), text.end(), text::is_ascii_upper)) return text;
  scratch_ = text;
  std::transform(scratch_.begin(), scratch_.end(), scratch_.begin(), text::ascii_lower);
  return arena_->copy(scratch_);
}

// ---------------------------------------------------------------------------------------------------------------- dates

namespace {

/// The parts of a date as written.
struct DateParts {
  std::string_view year, month, day, season, words, hour, minute, second;

  bool has_time() const { return !hour.empty() || !minute.empty() || !second.empty(); }
  bool empty() const { return year.empty() && month.empty() && day.empty() && season.empty() && words.empty() && !has_time(); }
};

DateParts parts_of(Decoder& decoder, Node node) {
  DateParts parts;
  for (const Node child : node) {
    switch (child.name()) {
      case name_id("Year"): decoder.take_word(parts.year, child); break;
      case name_id("Month"): decoder.take_word(parts.month, child); break;
      case name_id("Day"): decoder.take_word(parts.day, child); break;
      case name_id("Season"): decoder.take_word(parts.season, child); break;
      case name_id("MedlineDate"): decoder.take_word(parts.words, child); break;
      case name_id("Hour"): decoder.take_word(parts.hour, child); break;
      case name_id("Minute"): decoder.take_word(parts.minute, child); break;
      case name_id("Second"): decoder.take_word(parts.second, child); break;
      default: decoder.keep(child);
    }
  }
  return parts;
}

unsigned month_of(std::string_view text) {
  if (!digits_only(text)) return text::month_named(text);
  const unsigned month = number(text);
  return month <= 12 ? month : 0;
}

/// Year, month and day, as far as they are given and make sense; an absent point otherwise.
DatePoint point_of(const DateParts& parts) {
  DatePoint point;
  if (parts.year.size() != 4 || !digits_only(parts.year)) return point;
  const unsigned year = number(parts.year);
  const unsigned month = month_of(parts.month);
  const unsigned day = digits_only(parts.day) ? number(parts.day) : 0;
  const unsigned season = text::season_named(parts.season);
  if ((month == 0 && !parts.month.empty()) || (day == 0 && !parts.day.empty()) || (season == 0 && !parts.season.empty()))
    return point;
  if (day != 0 && (month == 0 || !text::is_day_of_month(static_cast<int>(year), month, day))) return point;
  if (month != 0 && season != 0) return point;
  point.year = static_cast<std::int32_t>(year);
  point.month = static_cast<std::uint8_t>(month);
  point.day = static_cast<std::uint8_t>(day);
  point.season = static_cast<std::uint8_t>(season);
  point.kind = DatePoint::Kind::Known;
  return point;
}

/// 24:00, and minutes that no hour has, are no time.
bool add_time(DatePoint& point, const DateParts& parts) {
  if (!parts.has_time()) return true;
  if (!point.known() || point.day == 0 || !digits_only(parts.hour) || number(parts.hour) > 23) return false;
  if (!parts.minute.empty() && (!digits_only(parts.minute) || number(parts.minute) > 59)) return false;
  if (!parts.second.empty() && (!digits_only(parts.second) || number(parts.second) > 59)) return false;
  point.has_time = true;
  point.hour = static_cast<std::uint8_t>(number(parts.hour));
  point.minute = static_cast<std::uint8_t>(parts.minute.empty() ? 0 : number(parts.minute));
  point.second = static_cast<std::uint8_t>(parts.second.empty() ? 0 : number(parts.second));
  return true;
}

Str in_words(Arena& arena, const DateParts& parts) {
  std::string words;
  for (const std::string_view part : {parts.words, parts.year, parts.season, parts.month, parts.day, parts.hour, parts.minute, parts.second}) {
    if (part.empty()) continue;
    if (!words.empty()) words += ' ';
    words += part;
  }
  return arena.copy(words);
}

}  // namespace

Date Decoder::date(Node node) {
  const DateParts parts = parts_of(*this, node);
  if (parts.words.empty()) {
    Date date;
    date.from = point_of(parts);
    if (date.from.known() && !parts.has_time()) return date;
  }
  return parts.empty() ? Date{} : text::parse_medline_date(*arena_, in_words(*arena_, parts));
}

Date Decoder::day(Node node) {
  const DateParts parts = parts_of(*this, node);
  Date date;
  date.from = point_of(parts);
  if (!date.from.known() || !add_time(date.from, parts) || !parts.words.empty()) {
    date.from = {};
    date.literal = in_words(*arena_, parts);
  }
  return date;
}

// ---------------------------------------------------------------------------------------------------------- identifiers

Identifier Decoder::identifier(Node node, std::string_view scheme) {
  Identifier identifier = text::make_identifier(*arena_, scheme, word(node));
  if (!options_->keep_raw) identifier.raw = {};
  identifier.span = span_if_kept(node);
  return identifier;
}

Identifier Decoder::pmid(Node node) {
  Identifier identifier = this->identifier(node, "pmid");
  const Str version = attribute(node, attribute_id("Version"));
  if (version != kFirstVersion) identifier.version = version;
  return identifier;
}

Identifier Decoder::issn(Node node) {
  Identifier identifier = this->identifier(node, "issn");
  if (node.name() == name_id("ISSNLinking"))
    identifier.qualifier = "linking";
  else if (const Str type = attribute(node, attribute_id("IssnType")); !type.empty())
    identifier.qualifier = lower(type);
  return identifier;
}

Identifier Decoder::article_id(Node node) {
  if (node.name() == name_id("OtherID")) return identifier(node, lower(attribute(node, attribute_id("Source"))));
  if (node.name() == name_id("MedlineID")) return identifier(node, "medline");
  const bool location = node.name() == name_id("ELocationID");
  const Str type = location ? attribute(node, attribute_id("EIdType")) : attribute(node, attribute_id("IdType"), "pubmed");
  Str scheme = type;
  for (const Scheme& known : kSchemes)
    if (known.written == type) scheme = known.scheme;
  // A preprint's number stands where a publisher's would.
  if (scheme == "pii" && is_arxiv_number(word(node))) scheme = "arxiv";
  Identifier identifier = this->identifier(node, scheme);
  identifier.scheme = scheme;
  if (location) identifier.valid = is_yes(node, attribute_id("ValidYN"), true);
  return identifier;
}

// ---------------------------------------------------------------------------------------------------------------- names

namespace {

std::size_t count_of_children(Node node) {
  std::size_t count = 0;
  for (Node::Iterator at = node.begin(); !(at == node.end()); ++at) ++count;
  return count;
}

}  // namespace

Affiliation Decoder::affiliation(Node node) {
  Affiliation affiliation;
  affiliation.span = span_if_kept(node);
  if (node.name() == name_id("Affiliation")) {
    affiliation.text = text(node);
    return affiliation;
  }
  for (const Node child : node) {
    if (child.name() == name_id("Affiliation") && affiliation.text.empty())
      affiliation.text = text(child);
    else if (child.name() == name_id("Identifier"))
      affiliation.identifiers.push_back(*arena_, identifier(child, lower(attribute(child, attribute_id("Source")))));
    else
      keep(child);
  }
  return affiliation;
}

Name Decoder::name(Node node) {
  Name name;
  name.valid = is_yes(node, attribute_id("ValidYN"), true);
  name.equal_contribution = is_yes(node, attribute_id("EqualContrib"), false);
  name.span = span_if_kept(node);
  Str middle;
  for (const Node child : node) {
    switch (child.name()) {
      case name_id("LastName"): take(name.family, child); break;
      case name_id("ForeName"):
      case name_id("FirstName"): take(name.given, child); break;
      case name_id("MiddleName"): take(middle, child); break;
      case name_id("Initials"): take(name.initials, child); break;
      case name_id("Suffix"): take(name.suffix, child); break;
      case name_id("CollectiveName"):
        take(name.literal, child);
        if (const Str group = attribute(child, attribute_id("Investigators")); !group.empty())
          name.attributes.push_back(*arena_, Attribute{"investigators", group});
        break;
      case name_id("Identifier"):
      case name_id("NameID"): name.identifiers.push_back(*arena_, identifier(child, lower(attribute(child, attribute_id("Source"))))); break;
      case name_id("AffiliationInfo"):
      case name_id("Affiliation"): name.affiliations.push_back(*arena_, affiliation(child)); break;
      default: keep(child);
    }
  }
  if (!middle.empty()) name.given = name.given.empty() ? middle : arena_->concat({name.given, " ", middle});
  // Where only initials are known they are the given names, as in MEDLINE's AU.
  if (name.given.empty()) name.given = name.initials;
  return name;
}

Names Decoder::names(Node node) {
  Names names;
  names.complete = is_yes(node, attribute_id("CompleteYN"), true);
  names.list.reserve(*arena_, count_of_children(node));
  for (const Node child : node) {
    switch (child.name()) {
      case name_id("Author"):
      case name_id("Investigator"):
      case name_id("PersonalNameSubject"):
        if (const Name each = name(child); !each.family.empty() || !is_default(each)) names.list.push_back(*arena_, each);
        break;
      default: keep(child);
    }
  }
  return names;
}

// ---------------------------------------------------------------------------------------------------- text of the work

Abstract Decoder::abstract(Node node) {
  Abstract abstract;
  if (node.name() == name_id("OtherAbstract")) {
    abstract.type = attribute(node, attribute_id("Type"));
    abstract.language = attribute(node, attribute_id("Language"), "eng");  // the DTD's default
  }
  for (const Node child : node) {
    if (child.name() == name_id("AbstractText")) {
      AbstractSection section;
      section.label = attribute(child, attribute_id("Label"));
      section.category = attribute(child, attribute_id("NlmCategory"));
      section.text = rich(child, Lines::Kept);
      section.span = span_if_kept(child);
      abstract.sections.push_back(*arena_, section);
    } else if (child.name() == name_id("CopyrightInformation") && abstract.copyright.empty()) {
      abstract.copyright = text(child);
    } else {
      keep(child);
    }
  }
  return abstract;
}

OwnedNote Decoder::note(Node node) { return {rich(node), attribute(node, attribute_id("Owner"), "NLM")}; }

// --------------------------------------------------------------------------------------------------- money, data, links

Grants Decoder::grants(Node node) {
  Grants grants;
  grants.complete = is_yes(node, attribute_id("CompleteYN"), true);
  for (const Node child : node) {
    if (child.name() != name_id("Grant")) {
      keep(child);
      continue;
    }
    Grant grant;
    grant.span = span_if_kept(child);
    for (const Node part : child) {
      switch (part.name()) {
        case name_id("GrantID"): take(grant.number, part); break;
        case name_id("Acronym"): take(grant.acronym, part); break;
        case name_id("Agency"): take(grant.agency, part); break;
        case name_id("Country"): take(grant.country, part); break;
        default: keep(part);
      }
    }
    grants.list.push_back(*arena_, grant);
  }
  return grants;
}

DataBanks Decoder::data_banks(Node node) {
  DataBanks banks;
  banks.complete = is_yes(node, attribute_id("CompleteYN"), true);
  for (const Node child : node) {
    if (child.name() != name_id("DataBank")) {
      keep(child);
      continue;
    }
    DataBank bank;
    bank.span = span_if_kept(child);
    for (const Node part : child) {
      if (part.name() == name_id("DataBankName")) {
        take(bank.name, part);
      } else if (part.name() == name_id("AccessionNumberList")) {
        for (const Node accession : part) {
          if (accession.name() == name_id("AccessionNumber"))
            bank.accessions.push_back(*arena_, Text{text(accession)});
          else
            keep(accession);
        }
      } else {
        keep(part);
      }
    }
    banks.list.push_back(*arena_, bank);
  }
  return banks;
}

Link Decoder::link(Node node) {
  Link link;
  link.type = attribute(node, attribute_id("RefType"));
  link.span = span_if_kept(node);
  Identifier pmid;
  for (const Node part : node) {
    switch (part.name()) {
      case name_id("RefSource"): take(link.source, part); break;
      case name_id("PMID"):
        if (pmid.value.empty())
          pmid = this->pmid(part);
        else
          keep(part);
        break;
      case name_id("Note"): take(link.note, part); break;
      default: keep(part);
    }
  }
  if (const std::string_view doi = text::find_doi(link.source); !doi.empty()) {
    Identifier identifier;
    identifier.scheme = "doi";
    identifier.value = doi;
    link.identifiers.push_back(*arena_, identifier);
  }
  if (!pmid.value.empty()) link.identifiers.push_back(*arena_, pmid);
  return link;
}

Links Decoder::links(Node node) {
  Links links;
  links.list.reserve(*arena_, count_of_children(node));
  // Until 2008 each kind of link was an element of its own, called as RefType is today.
  const bool old = node.name() == name_id("CommentsCorrections");
  for (const Node child : node) {
    if (child.name() == name_id("CommentsCorrections")) {
      links.list.push_back(*arena_, link(child));
    } else if (old && is_old_link(child.name())) {
      links.list.push_back(*arena_, link(child));
      links.list.back().type = kElements[child.name()].name;
    } else {
      keep(child);
    }
  }
  return links;
}

Link Decoder::reference(Node node) {
  Link link;
  link.type = "reference";
  link.span = span_if_kept(node);
  for (const Node part : node) {
    if (part.name() == name_id("Citation")) {
      take(link.source, part);
    } else if (part.name() == name_id("ArticleIdList")) {
      for (const Node id : part) {
        if (id.name() == name_id("ArticleId"))
          link.identifiers.push_back(*arena_, article_id(id));
        else
          keep(id);
      }
    } else {
      keep(part);
    }
  }
  return link;
}

Links Decoder::references(Node node) {
  Links links;
  links.list.reserve(*arena_, count_of_children(node));
  for (const Node child : node) {
    if (child.name() == name_id("Title") && links.title.empty())
      links.title = text(child);
    else if (child.name() == name_id("Reference"))
      links.list.push_back(*arena_, reference(child));
    else if (child.name() != name_id("ReferenceList"))
      keep(child);
  }
  return links;
}

// ----------------------------------------------------------------------------------------------------------- what about

Term Decoder::term(Node node) {
  Term term;
  term.text = text(node);
  term.identifier = attribute(node, attribute_id("UI"));
  term.span = span_if_kept(node);
  return term;
}

Terms Decoder::terms(Node list) {
  Terms terms;
  for (const Node child : list) {
    if (child.name() == name_id("PublicationType") || child.name() == name_id("GeneSymbol"))
      terms.list.push_back(*arena_, term(child));
    else
      keep(child);
  }
  return terms;
}

Substances Decoder::substances(Node node) {
  Substances substances;
  substances.list.reserve(*arena_, count_of_children(node));
  for (const Node child : node) {
    if (child.name() != name_id("Chemical")) {
      keep(child);
      continue;
    }
    Substance substance;
    substance.span = span_if_kept(child);
    for (const Node part : child) {
      if (part.name() == name_id("RegistryNumber")) {
        take(substance.registry_number, part);
      } else if (part.name() == name_id("NameOfSubstance")) {
        take(substance.name, part);
        substance.identifier = attribute(part, attribute_id("UI"));
      } else {
        keep(part);
      }
    }
    substances.list.push_back(*arena_, substance);
  }
  return substances;
}

Headings Decoder::supplementary_names(Node node) {
  Headings headings;
  for (const Node child : node) {
    if (child.name() != name_id("SupplMeshName")) {
      keep(child);
      continue;
    }
    Heading heading;
    heading.descriptor = text(child);
    heading.identifier = attribute(child, attribute_id("UI"));
    heading.type = attribute(child, attribute_id("Type"));
    heading.span = span_if_kept(child);
    headings.list.push_back(*arena_, heading);
  }
  return headings;
}

Heading Decoder::heading(Node node) {
  Heading heading;
  heading.span = span_if_kept(node);
  for (const Node part : node) {
    if (part.name() == name_id("QualifierName") || part.name() == name_id("SubHeading")) {
      Term qualifier = term(part);
      qualifier.major = is_yes(part, attribute_id("MajorTopicYN"), false);
      heading.qualifiers.push_back(*arena_, qualifier);
    } else if ((part.name() == name_id("DescriptorName") || part.name() == name_id("Descriptor")) && heading.descriptor.empty()) {
      heading.descriptor = text(part);
      heading.identifier = attribute(part, attribute_id("UI"));
      heading.type = attribute(part, attribute_id("Type"));
      heading.major = is_yes(part, attribute_id("MajorTopicYN"), false);
    } else {
      keep(part);
    }
  }
  return heading;
}

Headings Decoder::headings(Node node) {
  Headings headings;
  headings.list.reserve(*arena_, count_of_children(node));
  for (const Node child : node) {
    if (child.name() == name_id("MeshHeading"))
      headings.list.push_back(*arena_, heading(child));
    else
      keep(child);
  }
  return headings;
}

Keywords Decoder::keywords(Node node) {
  Keywords keywords;
  keywords.list.reserve(*arena_, count_of_children(node));
  keywords.owner = attribute(node, attribute_id("Owner"), "NLM");  // the DTD's default
  for (const Node child : node) {
    if (child.name() != name_id("Keyword")) {
      keep(child);
      continue;
    }
    Keyword keyword;
    keyword.text = rich(child);
    keyword.major = is_yes(child, attribute_id("MajorTopicYN"), false);
    keyword.span = span_if_kept(child);
    keywords.list.push_back(*arena_, keyword);
  }
  return keywords;
}

History Decoder::history(Node node) {
  History history;
  history.list.reserve(*arena_, count_of_children(node));
  for (const Node child : node) {
    if (child.name() != name_id("PubMedPubDate")) {
      keep(child);
      continue;
    }
    Event event;
    event.status = attribute(child, attribute_id("PubStatus"));
    event.date = day(child);
    event.date.span = span_if_kept(child);
    history.list.push_back(*arena_, event);
  }
  return history;
}

// ------------------------------------------------------------------------------------------------- what has no place

void Decoder::inspect(Node node, unsigned levels) {
  if (!node.element().odd || node.name() == kUnknownName || levels == 0) return;
  inspect_attributes(node);
  if (kElements[node.name()].content != Content::Elements) return inspect_text(node);
  std::uint32_t from = node.element().tag_end;
  for (const Node child : node) {
    if (child.element().begin != from) keep_text(node, from, child.element().begin);
    inspect(child, levels - 1);
    from = child.element().end;
  }
  if (node.element().close != from) keep_text(node, from, node.element().close);
}

/// Running text may hold markup and formulas; the text of other elements in it is read, and they are kept besides.
void Decoder::inspect_text(Node node) {
  if (node.inside().find('<') == std::string_view::npos) return;
  const bool mixed = kElements[node.name()].content == Content::Mixed;
  for_each_piece(
      node,
      [&](std::uint32_t begin, std::uint32_t end) {
        const std::string_view text = node.slice(begin, end);
        if (text.find("<!--") != std::string_view::npos || text.find("<?") != std::string_view::npos) keep_text(node, begin, end);
      },
      [&](Node child) {
        if (child.name() == name_id("math") && !child.is_broken_off()) return;
        const bool markup = std::any_of(std::begin(kMarkup), std::end(kMarkup),
                                        [&](const MarkedElement& each) { return each.name == child.name(); });
        if (mixed && (markup || child.name() == name_id("DispFormula")))
          inspect_text(child);
        else
          keep(child);
      });
}

void Decoder::inspect_attributes(Node node) {
  for (const AttributePlace& place : node.attributes())
    if (!is_read(place.id, node.well_formed(node.value_of(place)), node.name())) keep_attribute(node, place);
}

void Decoder::keep_attribute(Node node, const AttributePlace& place) {
  keep(node, node.source_of(place), node.span_of(place), "@" + std::string(beginning(node.well_formed(node.name_of(place)), kLongestName)));
}

/// Text where none belongs, comments, processing instructions.
void Decoder::keep_text(Node node, std::uint32_t begin, std::uint32_t end) {
  if (is_blank(node.well_formed(node.slice(begin, end)))) return;
  while (is_space(node.well_formed(node.slice(begin, end)).front())) ++begin;
  while (is_space(node.well_formed(node.slice(begin, end)).back())) --end;
  keep(node, node.slice(begin, end), node.absolute(begin, end), kTextKey);
}

void Decoder::keep(Node node) {
  if (node.name() == kUnknownName && unknown_element_.empty()) {
    unknown_element_ = beginning(tag_name(node.start_tag()), kLongestName);
    unknown_element_span_ = node.span();
  }
  keep(node, node.source(), node.span());
}

void Decoder::keep(Node node, std::string_view source, Span span, std::string_view suffix) {
  Extra extra;
  extra.origin = "pubmed";
  // What was open where the record breaks off has no end tag.
  extra.key = node.is_broken_off() && suffix.empty() ? Str(kRestKey) : arena_->concat({path_of(node), suffix});
  extra.raw = arena_->copy(node.well_formed(source));
  extra.span = span;
  extras_.push_back(extra);
}

std::string Decoder::path_of(Node node) const {
  constexpr std::size_t kDeepest = 12;  // components; what is deeper is called by its own name alone
  std::vector<std::string_view> names;
  for (Node at = node;; at = Node(node.tree(), at.element().parent)) {
    const std::string_view name = beginning(tag_name(at.start_tag()), kLongestName);
    const bool top = at.index() == 0;
    // The record element itself is no part of a path, but a MedlineCitation by itself is.
    if (!top || place_at(name) != kNowhere) names.push_back(name);
    if (top) break;
  }
  std::string path;
  for (std::size_t depth = 0; depth < names.size(); ++depth) {
    const bool left_out = depth >= kDeepest && depth + 1 < names.size();
    if (left_out) continue;
    if (!path.empty()) path += '/';
    path += names[names.size() - 1 - depth];
  }
  return path;
}

}  // namespace bibmill::pubmed
