// Value by value, how each is written.
#include "encode.h"

#include <algorithm>

#include "bibmill/text/dates.h"
#include "bibmill/text/languages.h"
#include "bibmill/text/pages.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "decode.h"
#include "xml.h"

namespace bibmill::pubmed {

namespace {

struct MarkTag {
  Mark mark;
  std::string_view open;
  std::string_view close;
};
constexpr MarkTag kMarkTags[] = {{Mark::Bold, "<b>", "</b>"},
                                 {Mark::Italic, "<i>", "</i>"},
                                 {Mark::Underline, "<u>", "</u>"},
                                 {Mark::Subscript, "<sub>", "</sub>"},
                                 {Mark::Superscript, "<sup>", "</sup>"}};

/// Elements in which the DTD allows MathML.
constexpr std::string_view kWithFormulas = "ArticleTitle AbstractText BookTitle CollectionTitle Citation Keyword VernacularTitle";

/// Elements in which the DTD allows markup, of those that are text in the model.
constexpr std::string_view kYes = "Y";
constexpr std::string_view kNo = "N";

/// White space around something else.
bool is_space_at_ends(std::string_view text) {
  const std::string_view inner = text::trim(text);
  return !inner.empty() && inner.size() != text.size();
}

std::string digits(unsigned value, std::size_t width) {
  std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

bool is_calendar_year(const DatePoint& point) { return point.known() && point.year >= 1000 && point.year <= 9999; }

/// Nothing but year, month, day and season.
bool is_plain(const DatePoint& point) {
  return is_calendar_year(point) && !point.approximate && !point.uncertain && point.unspecified_year == 0 &&
         !point.unspecified_month && !point.unspecified_day && !point.has_time;
}

bool is_full_day(const DatePoint& point) {
  return is_calendar_year(point) && point.day != 0 && !point.unspecified_day && !point.unspecified_month &&
         point.unspecified_year == 0;
}

/// Takes a well-formed element and nothing else.
class OneElement final : public TreeSink {
 public:
  bool tree(const Tree& tree) override {
    ++count_;
    size_ = tree.source.size();
    return true;
  }
  bool is_whole(std::string_view text) const { return count_ == 1 && size_ == text.size(); }

 private:
  std::size_t count_ = 0;
  std::size_t size_ = 0;
};

bool is_well_formed(Parser& parser, std::string_view text) {
  OneElement element;
  return parser.parse(text, text, 0, element).well_formed && element.is_whole(text);
}

/// MathML as NLM's DTD has it: every element with the prefix mml.
std::string with_prefix(std::string_view mathml) {
  if (mathml.starts_with("<mml:math")) return std::string(mathml);
  std::string out;
  for (std::size_t at = 0; at < mathml.size(); ++at) {
    out.push_back(mathml[at]);
    if (mathml[at] != '<') continue;
    if (at + 1 < mathml.size() && mathml[at + 1] == '/') out.push_back(mathml[++at]);
    if (at + 1 < mathml.size() && text::is_ascii_letter(mathml[at + 1])) out += "mml:";
  }
  constexpr std::string_view kDefault = " xmlns=";
  constexpr std::string_view kPrefixed = " xmlns:mml=";
  const std::size_t tag_end = out.find('>');
  if (const std::size_t at = out.find(kDefault); at < tag_end)
    out.replace(at, kDefault.size(), kPrefixed);
  else if (out.find(kPrefixed) > tag_end && out.starts_with("<mml:math"))
    out.insert(std::string_view("<mml:math").size(), " xmlns:mml=\"http://www.w3.org/1998/Math/MathML\"");
  return out;
}

}  // namespace

std::string_view id_type_of(std::string_view scheme) {
  if (scheme == "pmid") return "pubmed";
  if (scheme == "pmcid") return "pmc";
  if (scheme == "arxiv") return "pii";
  return scheme;
}

bool is_other_id(std::string_view scheme) { return detail::is_within(choice("OtherID@Source").values, text::to_upper(scheme)); }

// -------------------------------------------------------------------------------------------------------------- elements

void Encoder::open(std::string_view name) {
  out_->push_back('<');
  out_->append(name);
}

void Encoder::attribute(std::string_view name, std::string_view value) {
  if (!append_attribute(*out_, name, value)) narrow("control characters");
}

void Encoder::end(std::string_view name) {
  out_->append("</");
  out_->append(name);
  out_->push_back('>');
}

void Encoder::leaf(std::string_view name, std::string_view text) {
  open(name);
  close_tag();
  characters(text);
  end(name);
}

/// Text on one line.
void Encoder::characters(std::string_view text) {
  check_layout(text, false);
  if (!append_text(*out_, text)) narrow("control characters");
}

void Encoder::leaf_if_any(std::string_view name, std::string_view text) {
  if (!text.empty()) leaf(name, text);
}

void Encoder::narrow(std::string_view part) {
  if (std::find(narrowed_.begin(), narrowed_.end(), part) == narrowed_.end()) narrowed_.push_back(part);
}

/// Line ends are layout in XML, and read as blanks; one by itself divides the paragraphs of an abstract.
void Encoder::check_layout(std::string_view text, bool lines_kept) {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    const bool alone = at > 0 && at + 1 < text.size() && !is_space(text[at - 1]) && !is_space(text[at + 1]);
    if (!lines_kept || !alone) return narrow("white space");
  }
}

std::string_view Encoder::chosen(const Choice& choice, std::string_view value, std::string_view part) {
  if (own_ || detail::is_within(choice.values, value)) return value;
  if (!value.empty()) narrow(part);
  return choice.otherwise;
}

bool Encoder::write_attribute(std::string_view path, const Entry& entry) {
  const std::string_view value = value_of<Text>(entry).value;
  if (!own_) {
    const std::size_t slash = path.rfind('/');
    const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    for (const Choice& choice : kChoices)
      if (choice.attribute == name && !detail::is_within(choice.values, value)) return false;
  }
  attribute(last_name(path), value);
  return true;
}

bool Encoder::write(std::size_t place, Codec codec, std::span<const Entry* const> entries) {
  const std::string_view name = last_name(kPlaces[place].path);
  const Entry& entry = *entries.front();
  const std::size_t before = out_->size();
  bool written = true;
  switch (codec) {
    case Codec::Text: leaf(name, value_of<Text>(entry).value); break;
    case Codec::Rich:
      if (name == "BookTitle" || name == "ArticleTitle" || name == "VernacularTitle")
        title_of_book(name, value_of<RichText>(entry));
      else
        rich(name, value_of<RichText>(entry));
      break;
    case Codec::Words: words(name, value_of<RichText>(entry)); break;
    case Codec::Title: title(name, value_of<RichText>(entry)); break;
    case Codec::Language: written = language(name, value_of<Text>(entry)); break;
    case Codec::PubDate: written = pub_date(name, value_of<Date>(entry)); break;
    case Codec::Day: written = day(name, value_of<Date>(entry)); break;
    case Codec::Issn: written = issn(name, entries); break;
    case Codec::Pmid:
    case Codec::ArticleId:
    case Codec::Isbn:
    case Codec::NlmId: {
      bool any = false;
      for (const Entry* const each : entries)
        for (const Identifier& identifier : value_of<Identifiers>(*each).list) {
          if (any && !kPlaces[place].repeats) {
            narrow("further identifiers");
            continue;
          }
          if (any && !own_ && entry.field == Field::Doi) {
            narrow("further DOIs");  // a work has one: readers take the first
            continue;
          }
          const bool went = name == "PMID"                                  ? pmid(identifier)
                            : codec == Codec::Isbn || codec == Codec::NlmId ? plain_identifier(name, identifier)
                                                                            : work_identifier(name, identifier);
          if (went)
            any = true;
          else
            narrow("identifiers");
        }
      written = any;
      break;
    }
    case Codec::Pagination: written = pagination(entry); break;
    case Codec::LocationLabel: location_label(entry); break;
    case Codec::Abstract: written = abstract(name, value_of<Abstract>(entry)); break;
    case Codec::Names: written = names(name, place, entries); break;
    case Codec::DataBanks: data_banks(entries); break;
    case Codec::Grants: grants(entries); break;
    case Codec::PublicationTypes:
      terms(name == "PublicationTypeList" ? name : std::string_view{}, "PublicationType", entries, true);
      break;
    case Codec::Terms:
      terms(name == "GeneSymbolList" ? name : std::string_view{}, name == "GeneSymbolList" ? "GeneSymbol" : name, entries, false);
      break;
    case Codec::Substances: substances(entries); break;
    case Codec::SupplementaryNames: supplementary_names(entries); break;
    case Codec::Links: written = links(entries); break;
    case Codec::Headings: headings(entries); break;
    case Codec::Keywords: keywords(value_of<Keywords>(entry)); break;
    case Codec::Note:
      if (const RichText* const plain = std::get_if<RichText>(&entry.value)) {
        narrow("kind of note");
        note(OwnedNote{*plain, {}});
      } else {
        note(value_of<OwnedNote>(entry));
      }
      break;
    case Codec::History: written = history(entries); break;
    case Codec::References:
      begin_references(value_of<Links>(entry));
      end_references();
      break;
  }
  if (!written) out_->resize(before);
  return written;
}

// ------------------------------------------------------------------------------------------------------------------ text

void Encoder::rich(std::string_view name, const RichText& text) {
  open(name);
  close_tag();
  rich_content(text, detail::is_within(kWithFormulas, name), false);
  end(name);
}

/// Marks that go on from one run to the next stay open, so that "K" bold and "+" bold and raised are <b>K<sup>+</sup></b>.
void Encoder::rich_content(const RichText& text, bool formulas, bool lines_kept) {
  std::vector<const MarkTag*> open_marks;
  const auto close_down_to = [&](std::size_t depth) {
    while (open_marks.size() > depth) {
      out_->append(open_marks.back()->close);
      open_marks.pop_back();
    }
  };
  for (const Run& run : text.runs) {
    if (run.marks.has(Mark::SmallCaps) || run.marks.has(Mark::NoCase) || run.marks.has(Mark::Quote) ||
        run.marks.has(Mark::Verbatim))
      narrow("markup");
    std::size_t kept = 0;
    while (kept < open_marks.size() && run.marks.has(open_marks[kept]->mark)) ++kept;
    close_down_to(kept);
    for (const MarkTag& tag : kMarkTags) {
      if (!run.marks.has(tag.mark) || std::find(open_marks.begin(), open_marks.end(), &tag) != open_marks.end()) continue;
      out_->append(tag.open);
      open_marks.push_back(&tag);
    }
    if (run.marks.has(Mark::Math)) {
      formula(run, formulas);
      continue;
    }
    check_layout(run.text, lines_kept);
    if (!append_text(*out_, run.text)) narrow("control characters");
  }
  close_down_to(0);
}

void Encoder::formula(const Run& run, bool allowed) {
  if (allowed && run.notation == text::kMathMl) {
    if (own_ || parser_ == nullptr) {
      out_->append(run.text);
      return;
    }
    const std::string prefixed = with_prefix(run.text);
    if (prefixed.starts_with("<mml:math") && is_well_formed(*parser_, prefixed)) {
      if (prefixed != run.text) narrow("formula");
      out_->append(prefixed);
      return;
    }
  }
  narrow("formula");
  if (!append_text(*out_, run.text)) narrow("control characters");
}

void Encoder::words(std::string_view name, const RichText& text) {
  if (!text.plain()) narrow("markup");
  leaf(name, text::plain_text(text));
}

/// Titles of books and of their parts have no dot of NLM's; one of their own would be taken for it, and white space around them for layout.
void Encoder::title_of_book(std::string_view name, const RichText& text) {
  const std::string plain = text::plain_text(text);
  if (plain.ends_with('.')) narrow("final dot");
  if (!is_space_at_ends(plain)) return rich(name, text);
  Arena arena;
  narrow("white space");
  rich(name, text::trimmed(arena, text));
}

/// NLM ends titles with a dot, which the model leaves out.
void Encoder::title(std::string_view name, const RichText& text) {
  const std::string plain = text::plain_text(text);
  if (is_space_at_ends(plain)) {
    Arena arena;
    narrow("white space");
    return title(name, text::trimmed(arena, text));
  }
  open(name);
  close_tag();
  rich_content(text, true, false);
  if (!text::ends_like_nlm(plain))
    out_->push_back('.');
  else if (plain.ends_with('.') && !plain.ends_with(".."))
    narrow("final dot");  // it would be taken for NLM's
  end(name);
}

bool Encoder::language(std::string_view name, const Text& text) {
  std::string_view written = text.value;
  if (!own_) {
    if (const auto marc = text::marc_from(text.value); marc.has_value() && *marc != text.value) {
      written = *marc;
      narrow("spelling");
    }
  }
  leaf(name, written);
  return true;
}

// ----------------------------------------------------------------------------------------------------------------- dates

void Encoder::point(const DatePoint& point) {
  leaf("Year", std::to_string(point.year));
  if (point.season != 0) leaf("Season", text::season_name(point.season));
  if (point.month != 0) leaf("Month", text::month_abbreviation(point.month));
  if (point.month != 0 && point.day != 0) leaf("Day", digits(point.day, 2));
}

bool Encoder::pub_date(std::string_view name, const Date& date) {
  open(name);
  close_tag();
  if (is_plain(date.from) && !date.is_range() && date.literal.empty()) {
    point(date.from);
  } else if (name == "PubDate") {
    std::string words;
    if (text::append_medline_date(words, date) == Fidelity::Narrowed) narrow("precision");
    if (words.empty()) return false;
    leaf("MedlineDate", words);
  } else {
    if (!is_calendar_year(date.from)) return false;
    narrow("precision");
    point(date.from);
  }
  end(name);
  return true;
}

bool Encoder::day(std::string_view name, const Date& date) {
  if (!is_full_day(date.from)) return false;
  if (date.is_range() || !date.literal.empty() || date.from.has_time || date.from.approximate || date.from.uncertain)
    narrow("precision");
  open(name);
  if (name == "ArticleDate") attribute("DateType", "Electronic");
  close_tag();
  leaf("Year", std::to_string(date.from.year));
  leaf("Month", digits(date.from.month, 2));
  leaf("Day", digits(date.from.day, 2));
  end(name);
  return true;
}

bool Encoder::history(std::span<const Entry* const> entries) {
  bool any = false;
  open("History");
  close_tag();
  for (const Entry* const entry : entries)
    for (const Event& event : value_of<History>(*entry).list) {
      const DatePoint& at = event.date.from;
      const bool known = own_ || detail::is_within(choice("PubMedPubDate@PubStatus").values, event.status);
      if (!known || !is_full_day(at)) {
        narrow("events");
        continue;
      }
      if (event.date.is_range() || !event.date.literal.empty() || at.has_zone || at.approximate || at.uncertain)
        narrow("precision");
      open("PubMedPubDate");
      attribute("PubStatus", event.status);
      close_tag();
      leaf("Year", std::to_string(at.year));
      leaf("Month", std::to_string(at.month));
      leaf("Day", std::to_string(at.day));
      if (at.has_time) {
        leaf("Hour", std::to_string(at.hour));
        leaf("Minute", std::to_string(at.minute));
        if (at.second != 0) leaf("Second", std::to_string(at.second));
      }
      end("PubMedPubDate");
      any = true;
    }
  end("History");
  return any;
}

// ----------------------------------------------------------------------------------------------------------- identifiers

bool Encoder::pmid(const Identifier& identifier) {
  if (identifier.value.empty()) return false;
  open("PMID");
  attribute("Version", identifier.version.empty() ? kFirstVersion : identifier.version);
  close_tag();
  append_text(*out_, identifier.value);
  end("PMID");
  return true;
}

/// The written form where it is known and this format's own.
bool Encoder::plain_identifier(std::string_view name, const Identifier& identifier) {
  if (!own_ && (!identifier.valid || !identifier.version.empty())) narrow("details");
  if (!own_ && !identifier.qualifier.empty()) narrow("qualifier");
  leaf(name, own_ && !identifier.raw.empty() ? identifier.raw : identifier.value);
  return true;
}

bool Encoder::work_identifier(std::string_view name, const Identifier& identifier) {
  std::string spelled;
  if (identifier.scheme == "arxiv") {
    spelled.append(kArxivLabel).append(identifier.value);
    if (!identifier.version.empty()) spelled.append("v").append(identifier.version);
  }
  const std::string_view value = own_ && !identifier.raw.empty() ? std::string_view(identifier.raw) : spelled.empty() ? std::string_view(identifier.value) : spelled;
  std::string upper;
  if (name == "OtherID") {
    upper = text::to_upper(identifier.scheme);
    if (!own_ && !is_other_id(identifier.scheme)) return false;
    open(name);
    attribute("Source", upper);
  } else if (name == "MedlineID") {
    open(name);
  } else if (name == "ELocationID") {
    const std::string_view type = id_type_of(identifier.scheme);
    if (type != "doi" && type != "pii" && !own_) return false;
    open(name);
    attribute("EIdType", type);
    attribute("ValidYN", identifier.valid ? kYes : kNo);
  } else {
    const std::string_view type = id_type_of(identifier.scheme);
    if (!own_ && !detail::is_within(choice("ArticleId@IdType").values, type)) return false;
    if (!own_ && !identifier.valid) narrow("validity");
    open(name);
    attribute("IdType", type);
  }
  if (!own_ && !identifier.qualifier.empty()) narrow("qualifier");
  if (!own_ && !identifier.version.empty() && spelled.empty()) narrow("version");
  close_tag();
  characters(value);
  end(name);
  return true;
}

/// Journal/ISSN takes the first that is not the linking one, ISSNLinking that one.
bool Encoder::issn(std::string_view name, std::span<const Entry* const> entries) {
  const bool linking = name == "ISSNLinking";
  const Identifier* found = nullptr;
  std::size_t count[2] = {0, 0};  // of printed and electronic ones, of linking ones
  for (const Entry* const entry : entries)
    for (const Identifier& identifier : value_of<Identifiers>(*entry).list) {
      const bool links = identifier.qualifier == "linking";
      if (++count[links] == 1 && links == linking) found = &identifier;
    }
  if (found == nullptr) return false;
  if (count[0] > 1 || count[1] > 1) narrow("further ISSNs");  // said by both elements: what either books as exact would count
  open(name);
  if (!linking) {
    std::string type(found->qualifier);
    if (!type.empty()) type.front() = text::ascii_upper(type.front());
    const std::string_view chosen_type = chosen(choice("ISSN@IssnType"), type, "qualifier");
    if (type.empty() && !own_) supplied_.push_back({"qualifier", std::string(chosen_type)});
    if (!chosen_type.empty()) attribute("IssnType", chosen_type);
  }
  close_tag();
  append_text(*out_, own_ && !found->raw.empty() ? found->raw : found->value);
  end(name);
  return true;
}

// ----------------------------------------------------------------------------------------------------------------- pages

bool Encoder::pagination(const Entry& entry) {
  std::string words;
  const PageRange* only = nullptr;
  if (const Text* const number = std::get_if<Text>(&entry.value)) {
    words = "pii: " + std::string(number->value);
    if (text::trim(number->value).size() != number->value.size()) narrow("white space");
  } else {
    const Pages& pages = value_of<Pages>(entry);
    if (pages.ranges.empty()) return false;
    if (text::append_nlm_pages(words, pages) == Fidelity::Narrowed) narrow("ranges");
    if (pages.ranges.size() == 1 && pages.ranges[0].label.empty()) only = &pages.ranges[0];
  }
  open("Pagination");
  close_tag();
  if (only != nullptr && !only->first.empty()) {
    leaf("StartPage", only->first);
    leaf_if_any("EndPage", only->last);
  }
  leaf("MedlinePgn", words);
  end("Pagination");
  return true;
}

void Encoder::location_label(const Entry& entry) {
  open("LocationLabel");
  attribute("Type", entry.field == Field::Section ? "section" : "chapter");
  close_tag();
  characters(value_of<Text>(entry).value);
  end("LocationLabel");
}

// -------------------------------------------------------------------------------------------------------------- abstract

bool Encoder::abstract(std::string_view name, const Abstract& abstract) {
  if (abstract.sections.empty() && !own_) return false;
  open(name);
  if (name == "OtherAbstract") {
    const std::string_view type = chosen(choice("OtherAbstract@Type"), abstract.type, "type");
    if (abstract.type.empty()) supplied_.push_back({"type", std::string(type)});
    attribute("Type", type);
    attribute("Language", abstract.language.empty() ? std::string_view("eng") : abstract.language);
    if (abstract.language.empty()) supplied_.push_back({"language", "eng"});
  } else if (!abstract.type.empty() || !abstract.language.empty()) {
    narrow("language");
  }
  close_tag();
  for (const AbstractSection& section : abstract.sections) {
    open("AbstractText");
    if (!section.label.empty()) attribute("Label", section.label);
    if (const std::string_view category = chosen(choice("AbstractText@NlmCategory"), section.category, "category");
        !category.empty())
      attribute("NlmCategory", category);
    close_tag();
    rich_content(section.text, true, true);
    end("AbstractText");
  }
  leaf_if_any("CopyrightInformation", abstract.copyright);
  end(name);
  return true;
}

// ----------------------------------------------------------------------------------------------------------------- names

bool Encoder::names(std::string_view list, std::size_t place, std::span<const Entry* const> entries) {
  const std::string_view element = list == "AuthorList"         ? "Author"
                                   : list == "InvestigatorList" ? "Investigator"
                                                                : "PersonalNameSubject";
  bool complete = true;
  std::size_t count = 0;
  for (const Entry* const entry : entries) {
    complete = complete && value_of<Names>(*entry).complete;
    count += value_of<Names>(*entry).list.size();
  }
  if (count == 0 && !own_) return false;
  open(list);
  if (list == "AuthorList") {
    const bool book = kPlaces[place].path.starts_with("BookDocument");
    const bool editors = entries.front()->field == Field::Editor;
    if (book || editors) attribute("Type", editors ? "editors" : "authors");
    attribute("CompleteYN", complete ? kYes : kNo);
  } else if (!complete) {
    narrow("et al.");
  }
  close_tag();
  for (const Entry* const entry : entries)
    for (const Name& each : value_of<Names>(*entry).list) name(element, each);
  end(list);
  return true;
}

void Encoder::name(std::string_view element, const Name& name) {
  const bool author = element == "Author";
  const bool subject = element == "PersonalNameSubject";
  open(element);
  if (!subject) attribute("ValidYN", name.valid ? kYes : kNo);
  if (author && name.equal_contribution) attribute("EqualContrib", kYes);
  close_tag();
  if (!author && name.equal_contribution) narrow("equal contribution");
  std::string_view group;
  for (const Attribute& each : name.attributes) {
    if (each.name == "investigators" && author && own_)
      group = each.value;
    else
      narrow("attributes");
  }
  if (name.is_body() && author) {
    open("CollectiveName");
    if (!group.empty()) attribute("Investigators", group);
    close_tag();
    check_layout(name.literal, false);
    characters(name.literal);
    end("CollectiveName");
    if (!name.family.empty() || !name.given.empty()) narrow("parts of names");
  } else {
    // LastName is demanded; a body may stand among authors alone.
    std::string family(name.is_body() ? name.literal : name.family);
    std::string given(name.given);
    if (name.is_body()) narrow("bodies");
    if (!name.non_dropping_particle.empty()) {
      family = std::string(name.non_dropping_particle) + (name.non_dropping_particle.ends_with('\'') ? "" : " ") + family;
      narrow("particles");
    }
    if (!name.dropping_particle.empty()) {
      given += (given.empty() ? "" : " ") + std::string(name.dropping_particle);
      narrow("particles");
    }
    if (family.empty() && !given.empty() && !own_) {
      family.swap(given);
      narrow("parts of names");
    }
    if (!family.empty() || !own_) leaf("LastName", family);
    leaf_if_any("ForeName", given);
    leaf_if_any("Initials", name.initials);
    if (given.empty() && !name.initials.empty()) narrow("parts of names");
    leaf_if_any("Suffix", name.suffix);
  }
  if (subject) {
    if (!name.valid) narrow("validity");
    if (!name.identifiers.empty()) narrow("identifiers");
    if (!name.affiliations.empty()) narrow("affiliations");
  } else {
    for (const Identifier& each : name.identifiers) identifier_of(each);
    for (const Affiliation& each : name.affiliations) affiliation(each);
  }
  end(element);
}

void Encoder::identifier_of(const Identifier& identifier) {
  if (!own_ && (!identifier.qualifier.empty() || !identifier.version.empty() || !identifier.valid)) narrow("identifiers");
  open("Identifier");
  attribute("Source", text::to_upper(identifier.scheme));
  close_tag();
  append_text(*out_, own_ && !identifier.raw.empty() ? identifier.raw : identifier.value);
  end("Identifier");
}

void Encoder::affiliation(const Affiliation& affiliation) {
  open("AffiliationInfo");
  close_tag();
  leaf("Affiliation", affiliation.text);
  for (const Identifier& each : affiliation.identifiers) identifier_of(each);
  end("AffiliationInfo");
}

// --------------------------------------------------------------------------------------------------- money, data, links

void Encoder::data_banks(std::span<const Entry* const> entries) {
  bool complete = true;
  for (const Entry* const entry : entries) complete = complete && value_of<DataBanks>(*entry).complete;
  open("DataBankList");
  attribute("CompleteYN", complete ? kYes : kNo);
  close_tag();
  for (const Entry* const entry : entries)
    for (const DataBank& bank : value_of<DataBanks>(*entry).list) {
      open("DataBank");
      close_tag();
      leaf("DataBankName", bank.name);
      if (!bank.accessions.empty()) {
        open("AccessionNumberList");
        close_tag();
        for (const Text& accession : bank.accessions) leaf("AccessionNumber", accession.value);
        end("AccessionNumberList");
      }
      end("DataBank");
    }
  end("DataBankList");
}

void Encoder::grants(std::span<const Entry* const> entries) {
  bool complete = true;
  for (const Entry* const entry : entries) complete = complete && value_of<Grants>(*entry).complete;
  open("GrantList");
  attribute("CompleteYN", complete ? kYes : kNo);
  close_tag();
  for (const Entry* const entry : entries)
    for (const Grant& grant : value_of<Grants>(*entry).list) {
      open("Grant");
      close_tag();
      leaf_if_any("GrantID", grant.number);
      leaf_if_any("Acronym", grant.acronym);
      leaf("Agency", grant.agency);
      leaf_if_any("Country", grant.country);
      end("Grant");
    }
  end("GrantList");
}

bool Encoder::links(std::span<const Entry* const> entries) {
  bool any = false;
  open("CommentsCorrectionsList");
  close_tag();
  for (const Entry* const entry : entries)
    for (const Link& link : value_of<Links>(*entry).list) {
      if (!own_ && !detail::is_within(choice("CommentsCorrections@RefType").values, link.type)) {
        narrow("kinds of links");
        continue;
      }
      open("CommentsCorrections");
      attribute("RefType", link.type);
      close_tag();
      leaf("RefSource", link.source);
      for (const Identifier& each : link.identifiers) {
        if (each.scheme == "pmid")
          pmid(each);
        else if (each.scheme != "doi" || link.source.find(each.value) == std::string_view::npos)
          narrow("identifiers");
      }
      // A DOI in the words of the source is read as the first identifier.
      if (const std::string_view doi = text::find_doi(link.source); !own_ && !doi.empty()) {
        if (link.identifiers.empty())
          supplied_.push_back({"identifiers", std::string(doi)});
        else if (link.identifiers[0].scheme != "doi" || link.identifiers[0].value != doi)
          narrow("identifiers");
      }
      leaf_if_any("Note", link.note);
      end("CommentsCorrections");
      any = true;
    }
  end("CommentsCorrectionsList");
  return any;
}

void Encoder::begin_references(const Links& links) {
  open("ReferenceList");
  close_tag();
  leaf_if_any("Title", links.title);
  for (const Link& link : links.list) {
    open("Reference");
    close_tag();
    leaf("Citation", link.source);
    if (!link.note.empty()) narrow("notes");
    const auto can_stand = [&](const Identifier& each) {
      return own_ || detail::is_within(choice("ArticleId@IdType").values, id_type_of(each.scheme));
    };
    if (std::any_of(link.identifiers.begin(), link.identifiers.end(), can_stand)) {
      open("ArticleIdList");
      close_tag();
      for (const Identifier& each : link.identifiers)
        if (can_stand(each)) work_identifier("ArticleId", each);
      end("ArticleIdList");
    }
    if (!std::all_of(link.identifiers.begin(), link.identifiers.end(), can_stand)) narrow("identifiers");
    end("Reference");
  }
}

// ----------------------------------------------------------------------------------------------------------- what about

void Encoder::terms(std::string_view list, std::string_view element, std::span<const Entry* const> entries, bool identifiers) {
  if (!list.empty()) {
    open(list);
    close_tag();
  }
  for (const Entry* const entry : entries)
    for (const Term& term : value_of<Terms>(*entry).list) {
      open(element);
      if (identifiers) attribute("UI", term.identifier);
      if ((!identifiers && !term.identifier.empty()) || term.major) narrow("details");
      close_tag();
      check_layout(term.text, false);
      characters(term.text);
      end(element);
    }
  if (!list.empty()) end(list);
}

void Encoder::substances(std::span<const Entry* const> entries) {
  open("ChemicalList");
  close_tag();
  for (const Entry* const entry : entries)
    for (const Substance& substance : value_of<Substances>(*entry).list) {
      open("Chemical");
      close_tag();
      leaf("RegistryNumber", substance.registry_number.empty() && !own_ ? std::string_view("0") : substance.registry_number);
      open("NameOfSubstance");
      attribute("UI", substance.identifier);
      close_tag();
      characters(substance.name);
      end("NameOfSubstance");
      end("Chemical");
    }
  end("ChemicalList");
}

void Encoder::supplementary_names(std::span<const Entry* const> entries) {
  open("SupplMeshList");
  close_tag();
  for (const Entry* const entry : entries)
    for (const Heading& heading : value_of<Headings>(*entry).list) {
      open("SupplMeshName");
      const std::string_view type = chosen(choice("SupplMeshName@Type"), heading.type, "type");
      if (heading.type.empty() && !own_) supplied_.push_back({"type", std::string(type)});
      attribute("Type", type);
      attribute("UI", heading.identifier);
      close_tag();
      if (heading.major || !heading.qualifiers.empty()) narrow("qualifiers");
      characters(heading.descriptor);
      end("SupplMeshName");
    }
  end("SupplMeshList");
}

void Encoder::headings(std::span<const Entry* const> entries) {
  open("MeshHeadingList");
  close_tag();
  for (const Entry* const entry : entries)
    for (const Heading& heading : value_of<Headings>(*entry).list) {
      open("MeshHeading");
      close_tag();
      open("DescriptorName");
      attribute("UI", heading.identifier);
      attribute("MajorTopicYN", heading.major ? kYes : kNo);
      if (const std::string_view type = chosen(choice("DescriptorName@Type"), heading.type, "type"); !type.empty())
        attribute("Type", type);
      close_tag();
      characters(heading.descriptor);
      end("DescriptorName");
      for (const Term& qualifier : heading.qualifiers) {
        open("QualifierName");
        attribute("UI", qualifier.identifier);
        attribute("MajorTopicYN", qualifier.major ? kYes : kNo);
        close_tag();
        characters(qualifier.text);
        end("QualifierName");
      }
      end("MeshHeading");
    }
  end("MeshHeadingList");
}

void Encoder::keywords(const Keywords& keywords) {
  open("KeywordList");
  const std::string_view owner = chosen(choice("KeywordList@Owner"), keywords.owner, "owner");
  if (keywords.owner.empty()) supplied_.push_back({"owner", std::string(owner)});
  attribute("Owner", owner);
  close_tag();
  for (const Keyword& keyword : keywords.list) {
    open("Keyword");
    attribute("MajorTopicYN", keyword.major ? kYes : kNo);
    close_tag();
    rich_content(keyword.text, true, false);
    end("Keyword");
  }
  end("KeywordList");
}

void Encoder::note(const OwnedNote& note) {
  open("GeneralNote");
  const std::string_view owner = chosen(choice("GeneralNote@Owner"), note.owner, "owner");
  if (note.owner.empty()) supplied_.push_back({"owner", std::string(owner)});
  attribute("Owner", owner);
  close_tag();
  if (!note.text.plain()) narrow("markup");
  const std::string plain = text::plain_text(note.text);
  check_layout(plain, false);
  characters(plain);
  end("GeneralNote");
}

}  // namespace bibmill::pubmed
