// What became of a work after it came out: retracted, corrected, replaced; and places in print that cannot be.
#include <algorithm>
#include <array>
#include <iterator>
#include <span>

#include <fmt/format.h>

#include "bibmill/rule.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/pages.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "words.h"

namespace bibmill::rules {

namespace {

/// What another publication says about this one, by NLM's names of links.
enum class Notice : std::uint8_t { Retracted, Concern, Corrected, Superseded, IsNotice };

struct NoticeRow {
  Notice notice;
  std::string_view link;
  std::string_view words;
};

constexpr NoticeRow kNotices[] = {
    {Notice::Retracted, "RetractionIn", "retracted"},
    {Notice::Retracted, "PartialRetractionIn", "retracted in part"},
    {Notice::Retracted, "RetractedandRepublishedIn", "retracted and published anew"},
    {Notice::Concern, "ExpressionOfConcernIn", "under an expression of concern"},
    {Notice::Corrected, "ErratumIn", "corrected"},
    {Notice::Corrected, "CorrectedandRepublishedIn", "corrected and published anew"},
    {Notice::Superseded, "UpdateIn", "superseded by a later version"},
    {Notice::IsNotice, "RetractionOf", "the notice of a retraction, not the work"},
    {Notice::IsNotice, "PartialRetractionOf", "the notice of a retraction in part, not the work"},
    {Notice::IsNotice, "ExpressionOfConcernFor", "an expression of concern, not the work that it is about"},
};

std::string where(const Link& link) {
  for (const std::string_view scheme : {"doi", "pmid"})
    for (const Identifier& identifier : link.identifiers)
      if (identifier.scheme == scheme) return fmt::format(" (see {} {})", scheme == "doi" ? "DOI" : "PMID", identifier.value);
  return link.source.empty() ? std::string() : fmt::format(" (see {})", link.source);
}

/// True if a link said so: what else the record says of it is not told again. Of several links the gravest is told, the first of kNotices.
template <Notice notice>
bool tell_links(const CheckedRecord& checked, Findings& findings) {
  const NoticeRow* gravest = nullptr;
  const Link* told = nullptr;
  Span of_entry;
  for_each_entry(checked.record(), [&](const Entry& entry) {
    const auto* const links = std::get_if<Links>(&entry.value);
    if (links == nullptr || entry.field != Field::CommentsCorrections) return;
    for (const Link& link : links->list)
      for (const NoticeRow& row : kNotices) {
        if (row.notice != notice || link.type != row.link || (gravest != nullptr && gravest <= &row)) continue;
        gravest = &row;
        told = &link;
        of_entry = entry.span;
      }
  });
  if (told == nullptr) return false;
  findings.add(told->span.empty() ? of_entry : told->span, fmt::format("this work {} {}{}", notice == Notice::IsNotice ? "is" : "was", gravest->words, where(*told)));
  return true;
}

constexpr std::array<std::string_view, 8> kRetractedTitles = {"RETRACTED:", "Retracted:", "RETRACTED ARTICLE", "Retracted article:", "[RETRACTED]", "[Retracted]", "WITHDRAWN:", "Withdrawn:"};

/// "Tides (Retracted Article. See vol. 3, pg 4, 2020)": Web of Science's.
constexpr std::string_view kRetractedEndings[] = {"(retracted article", "(retracted publication", "(retracted paper", "(withdrawn article", "(withdrawn publication"};
constexpr std::string_view kNoticeTitles[] = {"retraction note", "retraction notice", "retraction to:", "retraction:", "notice of retraction", "statement of retraction", "expression of concern:", "expression of concern to:", "editorial expression of concern"};
/// "Tides (Retraction of vol 3, pg 4, 2019)": Web of Science's.
constexpr std::string_view kNoticeEndings[] = {"(retraction of vol", "(expression of concern of vol"};

bool ends_with_remark(std::string_view title, std::span<const std::string_view> remarks) {
  if (!title.ends_with(')')) return false;
  const std::size_t at = title.rfind('(');
  return std::any_of(remarks.begin(), remarks.end(), [&](std::string_view remark) { return find_ignoring_case(title.substr(at), remark) == 0; });
}

bool says_retracted(std::string_view title) {
  const auto begins = [&](std::string_view words) { return title.starts_with(words); };
  return std::any_of(kRetractedTitles.begin(), kRetractedTitles.end(), begins) || ends_with_remark(title, kRetractedEndings);
}

bool is_title_of_notice(std::string_view title) {
  const auto begins = [&](std::string_view words) { return title.size() >= words.size() && text::equal_ignoring_ascii_case(title.substr(0, words.size()), words); };
  return std::any_of(std::begin(kNoticeTitles), std::end(kNoticeTitles), begins) || ends_with_remark(title, kNoticeEndings);
}

void retracted(const CheckedRecord& checked, Findings& findings) {
  if (tell_links<Notice::Retracted>(checked, findings)) return;
  const Record& record = checked.record();
  bool told = false;
  for_each_entry(record, [&](const Entry& entry) {
    if (told) return;
    if (const auto* const terms = std::get_if<Terms>(&entry.value); terms != nullptr && entry.field == Field::PublicationType) {
      for (const Term& term : terms->list) told = told || term.text == "Retracted Publication";
    } else if (entry.field == Field::Status || entry.field == Field::Genre) {
      told = text::equal_ignoring_ascii_case(text::trim(text_of(entry)), "retracted");
    } else if (entry.field == Field::Note) {
      const std::string note = text_of(entry);
      told = note.starts_with("Retracted in") || note.starts_with("Retracted.") || text::trim(note) == "Retracted";
    } else if (entry.field == Field::Title) {
      told = says_retracted(text::trim(text_of(entry)));
    }
    if (told) findings.add(entry.span, "this work was retracted");
  });
}

void expression_of_concern(const CheckedRecord& checked, Findings& findings) {
  if (tell_links<Notice::Concern>(checked, findings)) return;
  for_each_entry(checked.record(), [&](const Entry& entry) {
    if (entry.field == Field::Status && text::equal_ignoring_ascii_case(text::trim(text_of(entry)), "expression of concern")) findings.add(entry.span, "there is an expression of concern about this work");
  });
}

void corrected(const CheckedRecord& checked, Findings& findings) { tell_links<Notice::Corrected>(checked, findings); }
void superseded(const CheckedRecord& checked, Findings& findings) { tell_links<Notice::Superseded>(checked, findings); }
void retraction_notice(const CheckedRecord& checked, Findings& findings) {
  if (tell_links<Notice::IsNotice>(checked, findings)) return;
  for_each_entry(checked.record(), [&](const Entry& entry) {
    if (entry.field == Field::Title && is_own(entry) && !entry.same_as && is_title_of_notice(text::trim(text_of(entry)))) findings.add(entry.span, "this is the notice of a retraction or concern, not the work");
  });
}

void listed_as_retracted(const CheckedRecord& checked, const RuleSettings& settings, Findings& findings) {
  if (settings.retracted.empty()) return;
  bool told = false;
  for_each_entry(checked.record(), [&](const Entry& entry) {
    const auto* const list = std::get_if<Identifiers>(&entry.value);
    if (list == nullptr || told || !is_own(entry) || !is_one_of<Field::Doi, Field::Pmid>(entry.field)) return;
    for (const Identifier& identifier : list->list) {
      const std::string_view nature = told ? std::string_view() : settings.retracted.find(identifier);
      if (nature.empty()) continue;
      told = true;
      findings.add(entry.span, fmt::format("{} is in the list of retracted works{}", identifier.value, nature == RetractionList::kNature ? "" : fmt::format(": {}", nature)));
    }
  });
}

// ------------------------------------------------------------------------------------------------------- places in print

void pages_backwards(const CheckedRecord&, const Entry& entry, Findings& findings) {
  const auto* const pages = std::get_if<Pages>(&entry.value);
  if (pages == nullptr) return;
  for (const PageRange& range : pages->ranges)
    if (text::runs_backwards(range)) findings.add(entry.span, fmt::format("the pages run backwards: {} to {}", range.first, range.last));
}

/// Two texts whose first letters are of ASCII, and not the same.
bool begin_otherwise(const RichText& a, const RichText& b) {
  const auto first = [](const RichText& text) { return text.runs.empty() || text.runs[0].text.empty() ? '\0' : text::ascii_lower(text.runs[0].text.front()); };
  return text::is_ascii_lower(first(a)) && text::is_ascii_lower(first(b)) && first(a) != first(b);
}

/// Of the work itself, by roles that make a work.
void same_title_as_container(const CheckedRecord& checked, const Entry& entry, Findings& findings) {
  const Record& record = checked.record();
  if (record.type == Type::Book || record.type == Type::Periodical || record.type == Type::Collection) return;
  const RichText* const container = record.get<Field::ContainerTitle>();
  const auto* const title = std::get_if<RichText>(&entry.value);
  if (container == nullptr || title == nullptr || begin_otherwise(*title, *container)) return;
  const std::string folded_title = folded(text::plain_text(*title));
  if (folded_title.size() > 3 && folded_title == folded(text::plain_text(*container))) findings.add(entry.span, "the title is that of what it stands in; one of them is wrong");
}

void subtitle_in_title(const CheckedRecord& checked, const Entry& entry, Findings& findings) {
  const RichText* const title = checked.record().get<Field::Title>();
  const auto* const subtitle = std::get_if<RichText>(&entry.value);
  if (title == nullptr || subtitle == nullptr) return;
  const std::string part = folded(text::plain_text(*subtitle));
  if (part.size() > 8 && folded(text::plain_text(*title)).ends_with(" " + part)) findings.add(entry.span, "the title ends with the subtitle already, so that it is printed twice");
}

// clang-format off
constexpr Rule kRules[] = {
    {.code = "integrity/retracted", .summary = "The record says that the work was retracted.", .why = "A retracted work should not be cited as evidence; where it is cited all the same, say so. Links, publication types, states and titles are looked at.",
     .bad = {"medline", "PMID- 1\nTI  - Tides.\nAU  - Lind O\nJT  - Coast\nDP  - 2001\nPT  - Journal Article\nPT  - Retracted Publication\nRIN - Coast. 2003;5(1):9. PMID: 12345\n"},
     .good = {"medline", "PMID- 1\nTI  - Tides.\nAU  - Lind O\nJT  - Coast\nDP  - 2001\nPT  - Journal Article\n"},
     .record = retracted},
    {.code = "integrity/listed-as-retracted", .summary = "The work is in a list of retracted works.", .why = "Most records were exported before the retraction. --retractions takes Retraction Watch's data, or any file of DOIs and PMIDs.", .option = "--retractions FILE", .told = listed_as_retracted},
    {.code = "integrity/expression-of-concern", .summary = "There is an expression of concern about the work.", .why = "Its editors doubt it; look at what they say before you cite it.",
     .bad = {"medline", "PMID- 1\nTI  - Tides.\nAU  - Lind O\nJT  - Coast\nDP  - 2001\nECI - Coast. 2003;5(1):9. PMID: 12345\n"},
     .good = {"medline", "PMID- 1\nTI  - Tides.\nAU  - Lind O\nJT  - Coast\nDP  - 2001\n"},
     .record = expression_of_concern},
    {.code = "integrity/corrected", .summary = "The work was corrected.", .why = "Look whether what you cite it for still stands.", .severity = Severity::Note,
     .bad = {"medline", "PMID- 1\nTI  - Tides.\nAU  - Lind O\nJT  - Coast\nDP  - 2001\nEIN - Coast. 2003;5(1):9. PMID: 12345\n"},
     .good = {"medline", "PMID- 1\nTI  - Tides.\nAU  - Lind O\nJT  - Coast\nDP  - 2001\n"},
     .record = corrected},
    {.code = "integrity/superseded", .summary = "There is a later version of the work.", .why = "Reviews that are kept up to date, and preprints, are best cited in their last version.", .severity = Severity::Note,
     .bad = {"medline", "PMID- 1\nTI  - Tides.\nAU  - Lind O\nJT  - Coast\nDP  - 2001\nUIN - Coast. 2003;5(1):9. PMID: 12345\n"},
     .good = {"medline", "PMID- 1\nTI  - Tides.\nAU  - Lind O\nJT  - Coast\nDP  - 2001\n"},
     .record = superseded},
    {.code = "integrity/retraction-notice", .summary = "The record is the notice of a retraction or concern, not the work.", .why = "Searches find both; the notice is rarely what is meant to be cited.", .severity = Severity::Note,
     .bad = {"medline", "PMID- 1\nTI  - Retraction: Tides.\nJT  - Coast\nDP  - 2003\nROF - Coast. 2001;3(1):9. PMID: 12345\n"},
     .good = {"medline", "PMID- 1\nTI  - Tides.\nAU  - Lind O\nJT  - Coast\nDP  - 2001\n"},
     .record = retraction_notice},
    {.code = "integrity/pages-backwards", .summary = "A range of pages runs backwards.", .why = "One of the two was mistyped. A last page that NLM's rule abbreviates (1203-10) is no such case.",
     .bad = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast}, year = 2001, pages = {1203--1199}}\n"},
     .good = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast}, year = 2001, pages = {1203--10}}\n"},
     .wants = is_one_of<Field::Page>, .value = pages_backwards},
    {.code = "title/same-as-container", .summary = "The title is that of the journal or book.", .why = "An importer filled one of them from the other.",
     .bad = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Coast and Shelf}, journal = {Coast and Shelf}, year = 2001}\n"},
     .good = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides of Coast and Shelf}, journal = {Coast and Shelf}, year = 2001}\n"},
     .wants = is_one_of<Field::Title>, .value = same_title_as_container},
    {.code = "title/subtitle-repeated", .summary = "The title ends with the subtitle that has a field of its own.", .why = "Styles print title and subtitle one after the other.",
     .bad = {"biblatex", "@misc{a, title = {Tides: a history of water}, subtitle = {A History of Water}, date = {2001}}\n"},
     .good = {"biblatex", "@misc{a, title = {Tides}, subtitle = {A History of Water}, date = {2001}}\n"},
     .wants = is_one_of<Field::Subtitle>, .value = subtitle_in_title},
};
// clang-format on

}  // namespace

std::span<const Rule> integrity_rules() { return kRules; }

}  // namespace bibmill::rules
