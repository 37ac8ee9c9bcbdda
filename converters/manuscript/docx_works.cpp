// From the citation data of fields to works: CSL's JSON and EndNote's XML.
#include "manuscript/docx.h"

#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>

#include "bibmill/text/dates.h"
#include "bibmill/text/html.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/json.h"
#include "bibmill/text/pages.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "xml_events.h"

namespace bibmill {

namespace {

/// EndNote's kinds of references that are told from others; the rest may be anything.
struct EndnoteKind {
  std::string_view name;
  std::string_view type;
};
constexpr EndnoteKind kEndnoteKinds[] = {{"Journal Article", "article-journal"}, {"Electronic Article", "article-journal"}, {"Magazine Article", "article-magazine"}, {"Newspaper Article", "article-newspaper"},
                                         {"Book", "book"},                       {"Edited Book", "book"},                   {"Electronic Book", "book"},              {"Book Section", "chapter"},
                                         {"Conference Paper", "paper-conference"}, {"Conference Proceedings", "paper-conference"}, {"Thesis", "thesis"},               {"Report", "report"}};

/// Where an element of EndNote's <record> goes. The first that is filled stays.
struct EndnoteElement {
  std::string_view parent;
  std::string_view name;
  std::string CitedWork::*to;
};
constexpr EndnoteElement kEndnoteElements[] = {
    {"titles", "title", &CitedWork::title},         {"titles", "secondary-title", &CitedWork::container}, {"authors", "author", &CitedWork::author}, {"Cite", "Author", &CitedWork::author},
    {"dates", "year", &CitedWork::year},            {"Cite", "Year", &CitedWork::year},                   {"record", "volume", &CitedWork::volume},  {"record", "pages", &CitedWork::page},
    {"record", "electronic-resource-num", &CitedWork::doi}, {"record", "accession-num", &CitedWork::pmid}, {"record", "isbn", &CitedWork::isbn},     {"record", "label", &CitedWork::key},
};

/// "ITEM-1" and bare numbers tell works of one document apart, and say nothing elsewhere.
bool is_local(std::string_view name) {
  constexpr std::string_view kItem = "ITEM-";
  if (name.starts_with(kItem)) name.remove_prefix(kItem.size());
  return std::all_of(name.begin(), name.end(), text::is_ascii_digit);
}

void add_name(CitedWork& work, std::string_view name) {
  if (!is_local(name)) work.names.emplace_back(name);
}

std::string_view first_name(const text::Node* names) {
  if (names == nullptr || names->members.empty()) return {};
  const text::Node& first = names->members[0].value;
  const std::string_view family = first.text_of("family");
  return family.empty() ? first.text_of("literal") : family;
}

/// {"date-parts":[["2019",5]]}, or a date in one text.
std::string year_of(const text::Node* date) {
  if (date == nullptr) return {};
  const text::Node* part = date->find("date-parts");
  for (int level = 0; level < 2 && part != nullptr; ++level) part = part->members.empty() ? nullptr : &part->members[0].value;
  std::string_view written = part != nullptr && part->is_scalar() ? std::string_view(part->text) : std::string_view();
  for (const std::string_view key : {"raw", "literal"})
    if (written.empty()) written = date->text_of(key);
  return std::string(written.substr(0, written.find_first_not_of("0123456789")));
}

/// Titles have CSL's markup: "CO<sub>2</sub>".
void take_markup_off(std::string& title) {
  if (title.find('<') == std::string::npos) return;
  Arena arena;
  title = text::plain_text(text::read_html(arena, title));
}

void read_item(const text::Node& item, CitedWork& work) {
  add_name(work, item.text_of("id"));
  for (const std::string_view list : {"uris", "uri"})
    if (const text::Node* const names = item.find(list); names != nullptr && names->is_list())
      for (const text::Member& name : names->members) add_name(work, name.value.text);
  const text::Node* const data = item.find("itemData");
  if (data == nullptr) return;
  struct Member {
    std::string_view name;
    std::string CitedWork::*to;
  };
  constexpr Member kMembers[] = {{"type", &CitedWork::type},     {"title", &CitedWork::title}, {"container-title", &CitedWork::container}, {"volume", &CitedWork::volume}, {"page", &CitedWork::page},
                                 {"DOI", &CitedWork::doi},       {"PMID", &CitedWork::pmid},   {"ISBN", &CitedWork::isbn},                 {"citation-key", &CitedWork::key}};
  for (const Member& member : kMembers) work.*member.to = data->text_of(member.name);
  take_markup_off(work.title);
  take_markup_off(work.container);
  for (const std::string_view who : {"author", "editor"})
    if (work.author.empty()) work.author = first_name(data->find(who));
  work.year = year_of(data->find("issued"));
  add_name(work, data->text_of("id"));
}

/// Gathers the records of <Cite> elements; text may be dressed in <style>.
class EndnoteCites final : public XmlEvents {
 public:
  explicit EndnoteCites(std::vector<CitedWork>& works) : works_(&works) {}

  void begin_element(std::string_view name, const std::vector<XmlAttribute>& attributes) override {
    if (name == "style") return;
    if (name == "EndNote") is_endnote = true;
    if (name == "Cite") works_->emplace_back();
    if (name == "ref-type") note_kind(attributes);
    path_.emplace_back(name);
    text_.clear();
  }

  void end_element(std::string_view name) override {
    if (name == "style") return;
    path_.pop_back();
    if (const std::string_view value = text::trim(text_); !value.empty() && !works_->empty()) note(name, value);
    text_.clear();
  }

  void text(std::string_view more) override { text_.append(more); }

  bool is_endnote = false;

 private:
  void note(std::string_view name, std::string_view value) {
    CitedWork& work = works_->back();
    if (name == "rec-number") work.names.push_back(fmt::format("RN{}", value));
    const std::string_view parent = path_.empty() ? std::string_view() : std::string_view(path_.back());
    for (const EndnoteElement& row : kEndnoteElements)
      if (row.name == name && row.parent == parent && (work.*row.to).empty()) work.*row.to = value;
  }

  void note_kind(const std::vector<XmlAttribute>& attributes) {
    if (works_->empty()) return;
    for (const XmlAttribute& attribute : attributes)
      for (const EndnoteKind& kind : kEndnoteKinds)
        if (attribute.name == "name" && attribute.value == kind.name) works_->back().type = kind.type;
  }

  std::vector<CitedWork>* works_;
  std::vector<std::string> path_;
  std::string text_;
};

void add_identifier(Record& record, Field field, std::string_view scheme, std::string_view written) {
  if (written.empty()) return;
  Identifiers identifiers;
  identifiers.list.push_back(record.arena(), text::make_identifier(record.arena(), scheme, written));
  record.add(field, identifiers);
}

void add_text(Record& record, Field field, std::string_view text) {
  if (!text.empty()) record.add(field, RichText::of(record.arena(), record.arena().copy(text)));
}

/// What likeness is told by.
std::shared_ptr<const Record> record_of(const CitedWork& work) {
  auto record = std::make_shared<Record>(std::make_shared<Arena>());
  Arena& arena = record->arena();
  record->type = type_named(work.type).value_or(Type::Document);
  add_text(*record, Field::Title, work.title);
  add_text(*record, Field::ContainerTitle, work.container);
  if (!work.author.empty()) {
    Names names;
    names.list.push_back(arena, Name{});
    names.list[0].family = arena.copy(work.author);
    record->add(Field::Author, names);
  }
  if (!work.year.empty()) record->add(Field::Issued, text::parse_ris_date(arena, work.year));
  if (!work.volume.empty()) record->add(Field::Volume, Text{arena.copy(work.volume)});
  if (!work.page.empty()) record->add(Field::Page, text::parse_pages(arena, work.page));
  add_identifier(*record, Field::Doi, "doi", work.doi);
  add_identifier(*record, Field::Pmid, "pmid", work.pmid);
  add_identifier(*record, Field::Isbn, "isbn", work.isbn);
  return record;
}

/// "Quist 2019: Tides in small harbours".
std::string spoken(const CitedWork& work) {
  std::string words = work.author;
  if (!work.year.empty()) words += (words.empty() ? "" : " ") + work.year;
  if (!work.title.empty()) words += (words.empty() ? "" : ": ") + work.title;
  return words;
}

}  // namespace

std::string decode_base64(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    if (c == '=' || text::is_blank(c)) continue;
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) return {};
    bits = ((bits << 6U) | static_cast<std::uint32_t>(digit)) & 0xffffU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>((bits >> count) & 0xffU);
  }
  return bytes;
}

bool read_citation_items(std::string_view json, std::vector<CitedWork>& works) {
  Arena arena;
  DiagnosticList faults;
  const text::Node data = text::parse_json(arena, json, 0, {}, faults);
  const text::Node* const items = data.is_map() ? data.find("citationItems") : nullptr;
  if (items == nullptr || !items->is_list()) return false;
  for (const text::Member& item : items->members) read_item(item.value, works.emplace_back());
  return faults.list.empty();
}

bool read_endnote_cites(std::string_view xml, std::vector<CitedWork>& works) {
  EndnoteCites cites(works);
  // The data of a field is filled up with zeros.
  const std::string fault = read_xml(xml.substr(0, xml.rfind('>') + 1), cites);
  return fault.empty() && cites.is_endnote;
}

Citation citation_of(const CitedWork& work) {
  CitedWork known = work;
  if (!std::all_of(known.pmid.begin(), known.pmid.end(), text::is_ascii_digit)) known.pmid.clear();
  known.author = text::trim(std::string_view(known.author).substr(0, known.author.find(',')));
  Citation citation;
  citation.work = record_of(known);
  for_each_entry(*citation.work, [&](const Entry& entry) {
    if (const Identifiers* const identifiers = std::get_if<Identifiers>(&entry.value); identifiers != nullptr && entry.field != Field::Isbn)
      for (const Identifier& one : identifiers->list) citation.names.push_back(fmt::format("{}:{}", one.scheme, text::to_lower(one.value)));
  });
  citation.names.insert(citation.names.end(), work.names.begin(), work.names.end());
  if (!work.key.empty()) citation.names.insert(citation.names.begin(), work.key);
  citation.key = work.key;
  if (citation.key.empty()) citation.key = spoken(known);
  if (citation.key.empty() && !citation.names.empty()) citation.key = citation.names.front();
  return citation;
}

}  // namespace bibmill
