// Marks of records, and what two of them say.
#include "bibmill/work_marks.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bibmill/likeness.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "journal_names.h"

namespace bibmill {

namespace {

constexpr std::string_view kRetracted[] = {"retracted", "retracted article", "retracted paper", "withdrawn", "withdrawn article"};
/// What stands before a work's title in the title of what corrects, retracts or answers it: before a colon,
constexpr std::string_view kNotices[] = {"addendum", "author correction", "author reply", "comment", "commentary", "corrected", "correction", "corrections", "corrigenda",
                                         "corrigendum", "editorial", "editorial comment", "errata", "erratum", "expression of concern", "notice of retraction",
                                         "publisher correction", "re", "reply", "response", "retraction", "retraction note", "retraction notice", "withdrawal"};
/// or before the title itself.
constexpr std::string_view kNoticesOf[] = {"addendum to ", "comment on ", "commentary on ", "comments on ", "correction for ", "correction to ", "corrigendum for ",
                                           "corrigendum to ", "errata for ", "errata to ", "erratum for ", "erratum in ", "erratum of ", "erratum to ", "reply to ",
                                           "response to ", "retraction of ", "retraction notice to ", "retraction note to ", "retraction to ", "withdrawal of "};
constexpr std::string_view kGreek[] = {"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "omicron", "pi",
                                       "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"};
constexpr char32_t kFirstGreek = U'\u03B1';
constexpr char32_t kLastGreek = U'\u03C9';
constexpr std::string_view kTags[] = {"b", "em", "i", "inf", "p", "scp", "strong", "sub", "sup", "u"};
constexpr std::string_view kConferenceAbstracts[] = {"conference abstract", "meeting abstract", "congress abstract"};
constexpr std::string_view kOrdinals[] = {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"};
constexpr std::string_view kPreprintPrefixes[] = {"10.1101/", "10.48550/", "10.21203/", "10.20944/", "10.31234/", "10.2139/", "10.26434/", "10.36227/"};
/// Their names, alone or with more behind them; dblp calls arXiv so that it is a journal.
constexpr std::string_view kPreprintServers[] = {"arxiv", "biorxiv", "chemrxiv", "medrxiv", "osf preprints", "preprints", "psyarxiv", "research square", "ssrn"};
constexpr std::string_view kArxivOfDblp = "corr";

template <std::size_t size>
bool is_listed(std::string_view word, const std::string_view (&list)[size]) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

std::uint32_t number_of(std::string_view text) {
  return text.empty() ? 0 : static_cast<std::uint32_t>(std::hash<std::string_view>()(text)) | 1U;
}

template <class Number>
bool differ(Number a, Number b) {
  return a != 0 && b != 0 && a != b;
}
template <class Number>
bool agree(Number a, Number b) {
  return a != 0 && a == b;
}

/// Of sets.
bool are_disjoint(std::uint64_t a, std::uint64_t b) { return a != 0 && b != 0 && (a & b) == 0; }

std::string plain_field(const Record& record, Field field) {
  const Entry* const entry = record.find(field);
  if (entry == nullptr) return {};
  if (const RichText* const rich = std::get_if<RichText>(&entry->value)) return text::plain_text(*rich);
  if (const Text* const text = std::get_if<Text>(&entry->value)) return std::string(text->value);
  return {};
}

/// Runs of digits, without zeros in front.
std::vector<std::string> numbers_in(std::string_view text) {
  std::vector<std::string> numbers;
  for (std::size_t at = 0; at < text.size();) {
    if (!text::is_ascii_digit(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && text::is_ascii_digit(text[end])) ++end;
    while (at + 1 < end && text[at] == '0') ++at;
    numbers.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return numbers;
}

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text)
    if (text::is_ascii_digit(c) && (c != '0' || !digits.empty())) digits += c;
  return digits;
}

/// Where the volume ends in "9(2)", "26 Suppl 1", "58 Pt 2": behind its digits, if an issue follows.
std::size_t end_of_volume(std::string_view volume) {
  std::size_t end = 0;
  while (end < volume.size() && text::is_ascii_digit(volume[end])) ++end;
  const std::string_view rest = text::trim_left(volume.substr(end));
  if (end == 0 || rest.empty()) return volume.size();
  const std::string words = folded_words(rest);
  const bool in_brackets = rest.starts_with('(') && rest.ends_with(')') && !numbers_in(rest).empty();
  const bool names_issue = in_brackets || words.starts_with("suppl") || words.starts_with("pt ") || words.starts_with("part ");
  return names_issue ? end : volume.size();
}

std::uint64_t issues_of(const Record& record) {
  constexpr unsigned kBits = 64;
  std::uint64_t issues = 0;
  const std::string volume = plain_field(record, Field::Volume);
  for (const std::string& text : {plain_field(record, Field::Issue), plain_field(record, Field::SupplementNumber), volume.substr(end_of_volume(volume))})
    for (const std::string& number : numbers_in(text))
      if (number != "0") issues |= std::uint64_t{1} << (std::strtoull(number.c_str(), nullptr, 10) % kBits);
  return issues;
}

/// Of "TR-1" and "Report 1" the same; of a patent the number without its country and stage.
std::string number_in_short(const Record& record) {
  const std::string written = plain_field(record, Field::Number);
  std::vector<std::string> numbers = numbers_in(written);
  if (numbers.empty()) return folded_words(written);
  if (record.type == Type::Patent) return *std::max_element(numbers.begin(), numbers.end(), [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
  return fmt::format("{}", fmt::join(numbers, " "));
}

/// "2" of "Second edition" and "2nd ed."; 0 where it is not told.
std::uint8_t edition_of(const Record& record) {
  const std::string written = folded_words(plain_field(record, Field::Edition));
  if (written.empty()) return 0;
  const std::string_view word = std::string_view(written).substr(0, written.find(' '));
  if (const auto ordinal = std::find(std::begin(kOrdinals), std::end(kOrdinals), word); ordinal != std::end(kOrdinals)) return static_cast<std::uint8_t>(ordinal - std::begin(kOrdinals) + 1);
  constexpr std::size_t kMostDigits = 2;
  const std::string digits = std::string(word.substr(0, std::min(word.find_first_not_of("0123456789"), word.size())));
  return digits.empty() || digits.size() > kMostDigits ? std::uint8_t{0} : static_cast<std::uint8_t>(std::strtoul(digits.c_str(), nullptr, 10));
}

/// Bits of the first letters of given names; of "JM" both. 0 where one is in another script.
std::uint32_t initials_of(const Record& record) {
  const Names* names = record.get<Field::Author>();
  if (names == nullptr || names->list.empty()) names = record.get<Field::Editor>();
  if (names == nullptr || names->list.empty() || names->list.front().is_body()) return 0;
  const std::string_view given = names->list.front().given;
  constexpr std::size_t kMostInitials = 3;
  const bool is_bare = given.size() <= kMostInitials && std::all_of(given.begin(), given.end(), text::is_ascii_upper);
  std::uint32_t initials = 0;
  bool begins = true;
  for (const char c : folded_words(given)) {
    if (static_cast<unsigned char>(c) >= 0x80) return 0;
    if ((begins || is_bare) && text::is_ascii_lower(c)) initials |= 1U << static_cast<unsigned>(c - 'a');
    begins = c == ' ';
  }
  return initials;
}

bool says_preprint(const Record& record, std::string_view names) {
  bool has_arxiv = false;
  bool has_preprint_doi = false;
  bool says = false;
  for_each_entry(record, [&](const Entry& entry) {
    const auto* const identifiers = std::get_if<Identifiers>(&entry.value);
    if (identifiers != nullptr && (entry.field == Field::Identifier || entry.field == Field::Doi))
      for (const Identifier& one : identifiers->list) {
        has_arxiv = has_arxiv || (entry.field == Field::Identifier && one.scheme == "arxiv");
        const bool begins = std::any_of(std::begin(kPreprintPrefixes), std::end(kPreprintPrefixes), [&](std::string_view prefix) { return one.value.starts_with(prefix); });
        has_preprint_doi = has_preprint_doi || (entry.field == Field::Doi && begins);
      }
    if (const auto* const terms = std::get_if<Terms>(&entry.value); terms != nullptr && entry.field == Field::PublicationType)
      for (const Term& term : terms->list) says = says || term.text == "Preprint";
  });
  if (says || (record.type == Type::Article && has_arxiv)) return true;
  constexpr std::size_t kEnough = 32;
  const std::string container = folded_words(names.substr(0, std::min(names.find('\n'), kEnough)));
  if (container == kArxivOfDblp) return true;
  for (const std::string_view server : kPreprintServers)
    if (container.starts_with(server) && (container.size() == server.size() || container[server.size()] == ' ')) return true;
  // A container says that it came out elsewhere, whatever its DOI.
  return names.empty() && has_preprint_doi;
}

void note_genre(const Record& record, WorkMarks& marks) {
  const auto note = [&](std::string_view text) {
    const std::string lowered = text::ascii_lowered(text);
    for (const std::string_view one : kConferenceAbstracts) marks.conference_abstract = marks.conference_abstract || lowered.find(one) != std::string::npos;
  };
  note(plain_field(record, Field::Genre));
  if (const Terms* const terms = record.get<Field::PublicationType>())
    for (const Term& term : terms->list) note(term.text);
}

void note_numbers_of_journal(const Record& record, WorkMarks& marks) {
  std::size_t count = 0;
  for_each_entry(record, [&](const Entry& entry) {
    const auto* const identifiers = std::get_if<Identifiers>(&entry.value);
    if (identifiers == nullptr || (entry.field != Field::Issn && entry.field != Field::NlmId)) return;
    for (const Identifier& one : identifiers->list)
      if (count < marks.journal_numbers.size()) marks.journal_numbers[count++] = number_of(text::ascii_lowered(one.value));
  });
}

/// "L373791783" of Embase, "WOS:000298449100001", or what Archive names the database of. Programs that manage records have numbers of their own.
void note_accession(const Record& record, WorkMarks& marks) {
  const std::string written = text::ascii_lowered(text::trim(plain_field(record, Field::ArchiveLocation)));
  if (written.empty() || written.starts_with("rayyan")) return;
  std::string database = folded_words(plain_field(record, Field::Archive));
  if (database.empty()) {
    const std::size_t letters = std::min(written.find_first_of("0123456789"), written.size());
    if (letters == written.size()) return;
    database = written.substr(0, letters);
  }
  marks.database = number_of(database);
  marks.accession = number_of(written);
}

std::string address_in_short(std::string_view url) {
  std::string address = text::ascii_lowered(text::trim(url));
  if (const std::size_t scheme = address.find("://"); scheme != std::string::npos) address.erase(0, scheme + 3);
  if (address.starts_with("www.")) address.erase(0, 4);
  address.erase(std::min(address.find('#'), address.size()));
  while (address.ends_with('/')) address.pop_back();
  return address;
}

bool is_page_of_web(Type type) { return type == Type::Webpage || type == Type::Post || type == Type::PostWeblog; }

// ------------------------------------------------------------------------------------------------------------------ titles

/// Folded, what stands before a colon or within brackets in front; empty where nothing does.
std::string label_of(std::string_view title) {
  title = text::trim_left(title);
  const bool bracketed = title.starts_with('[') || title.starts_with('(');
  const std::size_t end = title.find_first_of(bracketed ? "])" : ":.");
  constexpr std::size_t kLongest = 32;
  return end == std::string_view::npos || end > kLongest ? std::string() : folded_words(title.substr(0, end));
}

/// Without "RETRACTED:".
std::string_view without_label(std::string_view title) { return is_titled_retracted(title) ? title.substr(title.find_first_of("]):.") + 1) : title; }

bool is_notice(std::string_view title) {
  if (is_listed(label_of(title), kNotices)) return true;
  constexpr std::size_t kEnough = 40;
  const std::string words = folded_words(title.substr(0, kEnough));
  return std::any_of(std::begin(kNoticesOf), std::end(kNoticesOf), [&](std::string_view beginning) { return words.starts_with(beginning); });
}

/// The digit that a raised or lowered one is ("CO₂"), and how many bytes that has; 0 bytes of others.
std::pair<char, std::size_t> digit_in_index(std::string_view text) {
  struct Run {
    char32_t first;
    char32_t last;
    char digit;
  };
  constexpr Run kRuns[] = {{0xB2, 0xB3, '2'}, {0xB9, 0xB9, '1'}, {0x2070, 0x2070, '0'}, {0x2074, 0x2079, '4'}, {0x2080, 0x2089, '0'}};
  const text::CodePoint point = text::code_point_at(text, 0);
  for (const Run& run : kRuns)
    if (point.value >= run.first && point.value <= run.last) return {static_cast<char>(run.digit + static_cast<char>(point.value - run.first)), point.size};
  return {};
}

/// "&" as a word, plain digits, and no tags that were meant for a browser.
std::string spelled_out(std::string_view title) {
  std::string text;
  for (std::size_t at = 0; at < title.size();) {
    const std::string_view rest = title.substr(at);
    if (rest[0] == '<') {
      const std::size_t name = rest.starts_with("</") ? 2 : 1;
      const std::size_t end = rest.find('>');
      if (end != std::string_view::npos && is_listed(text::ascii_lowered(rest.substr(name, end - name)), kTags)) {
        at += end + 1;
        continue;
      }
    }
    if (rest[0] == '&') {
      constexpr std::string_view kEscaped = "&amp;";
      text += " and ";
      at += rest.starts_with(kEscaped) ? kEscaped.size() : 1;
      continue;
    }
    if (const auto [digit, size] = digit_in_index(rest); size > 0) {
      text += digit;
      at += size;
      continue;
    }
    text += rest[0];
    ++at;
  }
  return text;
}

bool is_greek(char32_t c) { return c >= kFirstGreek && c <= kLastGreek; }

/// Letters that stand for themselves, not words of Greek.
std::string with_greek_spelled(std::string_view folded) {
  std::u32string all;
  for (const char32_t c : text::CodePoints(folded)) all += c;
  std::string text;
  for (std::size_t at = 0; at < all.size(); ++at) {
    const bool alone = is_greek(all[at]) && (at == 0 || !is_greek(all[at - 1])) && (at + 1 == all.size() || !is_greek(all[at + 1]));
    if (alone)
      text += kGreek[all[at] - kFirstGreek];
    else
      text::append_utf8(text, all[at]);
  }
  return text;
}

/// Whether folding it needs no more.
bool is_plain(std::string_view written) { return text::is_ascii(written) && written.find_first_of("<&") == std::string_view::npos; }

std::string folded_part(std::string_view written) {
  const std::string words = folded_words(is_plain(written) ? std::string(written) : spelled_out(written));
  return text::is_ascii(words) ? words : with_greek_spelled(words);
}

// ------------------------------------------------------------------------------------------------------------------- kinds

enum class Kin : std::uint8_t { Any, Journal, Part, Book, Own };

Kin kin_of(Type type) {
  switch (type) {
    case Type::Document: return Kin::Any;
    case Type::ArticleJournal:
    case Type::ArticleMagazine:
    case Type::ArticleNewspaper:
    case Type::Review:
    case Type::ReviewBook: return Kin::Journal;
    case Type::Chapter:
    case Type::PaperConference:
    case Type::EntryEncyclopedia:
    case Type::EntryDictionary: return Kin::Part;
    case Type::Book:
    case Type::Collection: return Kin::Book;
    default: return Kin::Own;
  }
}

bool are_kin(Type a, Type b) {
  const Kin first = kin_of(a);
  const Kin second = kin_of(b);
  if (first == Kin::Any || second == Kin::Any) return true;
  return first == second && (first != Kin::Own || a == b);
}

/// Papers of a conference are left out: what holds them has too many names.
bool is_part_of_book(Type type) { return kin_of(type) == Kin::Part && type != Type::PaperConference; }
bool may_be_in_journal(Type type) { return kin_of(type) == Kin::Journal || kin_of(type) == Kin::Any; }

bool share_journal(const WorkMarks& a, const WorkMarks& b) {
  const auto& others = b.journal_numbers;
  return std::any_of(a.journal_numbers.begin(), a.journal_numbers.end(), [&](std::uint32_t one) { return one != 0 && std::find(others.begin(), others.end(), one) != others.end(); });
}

bool are_in_different_journals(const WorkMarks& a, std::string_view names, const WorkMarks& b, std::string_view other_names) {
  return may_be_in_journal(a.type) && may_be_in_journal(b.type) && !share_journal(a, b) && !may_be_one_journal(names, other_names);
}

}  // namespace

WorkMarks::WorkMarks(const Record& record, std::string_view names)
    : issues(issues_of(record)), volume(number_of(volume_of(record))), first_page(number_of(first_page_of(record))), initials(initials_of(record)), type(record.type) {
  if (record.has(Field::Number)) number = number_of(number_in_short(record));
  if (record.has(Field::Edition)) edition = edition_of(record);
  if (is_page_of_web(type)) address = number_of(address_in_short(plain_field(record, Field::Url)));
  if (const Date* const date = record.get<Field::Issued>(); date != nullptr && date->from.known()) year = date->from.year;
  in_container = !names.empty();
  preprint = says_preprint(record, names);
  note_genre(record, *this);
  note_numbers_of_journal(record, *this);
  note_accession(record, *this);
  const std::string title = plain_field(record, Field::Title);
  retracted = is_titled_retracted(title);
  notice = is_notice(title);
}

void WorkMarks::add(const WorkMarks& other) {
  const auto take = [](auto& mine, const auto& theirs) {
    if (mine == std::remove_cvref_t<decltype(mine)>()) mine = theirs;
  };
  take(issues, other.issues);
  take(volume, other.volume);
  take(first_page, other.first_page);
  take(number, other.number);
  take(address, other.address);
  if (database == 0 && accession == 0) {
    database = other.database;
    accession = other.accession;
  }
  take(initials, other.initials);
  take(journal_numbers, other.journal_numbers);
  take(year, other.year);
  take(type, other.type);
  take(edition, other.edition);
  take(in_container, other.in_container);
}

Objection objection(const WorkMarks& a, std::string_view names, const WorkMarks& b, std::string_view other_names) {
  if (!are_kin(a.type, b.type)) return Objection::Kinds;
  if (a.notice != b.notice) return Objection::Notice;
  if (differ(a.volume, b.volume)) return Objection::Volumes;
  if (differ(a.first_page, b.first_page)) return Objection::Pages;
  if (are_disjoint(a.issues, b.issues)) return Objection::Issues;
  if (differ(a.number, b.number)) return Objection::Numbers;
  if (differ(a.edition, b.edition)) return Objection::Editions;
  if (differ(a.address, b.address)) return Objection::Addresses;
  // A year may be that of the paper or that of its first showing: only the same page tells.
  const int years_apart = a.year != 0 && b.year != 0 ? std::abs(a.year - b.year) : 0;
  if (years_apart > 0 && (years_apart > 1 || !have_one_place(a, names, b, other_names))) return Objection::Years;
  if (a.preprint != b.preprint && (a.preprint ? b : a).in_container) return Objection::Preprint;
  if (is_part_of_book(a.type) && is_part_of_book(b.type) && !may_be_one_book(names, other_names)) return Objection::Books;
  if (!a.preprint && are_in_different_journals(a, names, b, other_names)) return Objection::Journals;
  // The volume and page together leave no doubt, whatever a database calls it, and however the name was typed.
  if (agree(a.volume, b.volume) && agree(a.first_page, b.first_page)) return Objection::None;
  if (a.conference_abstract != b.conference_abstract) return Objection::Abstract;
  if (a.retracted != b.retracted) return Objection::Retracted;
  if (agree(a.database, b.database) && differ(a.accession, b.accession)) return Objection::Accessions;
  return are_disjoint(a.initials, b.initials) ? Objection::GivenNames : Objection::None;
}

Objection objection_in_one_book(const WorkMarks& a, const WorkMarks& b) {
  const Kin first = kin_of(a.type);
  const Kin second = kin_of(b.type);
  if ((first == Kin::Book && second == Kin::Part) || (first == Kin::Part && second == Kin::Book)) return Objection::Kinds;
  if (differ(a.volume, b.volume)) return Objection::Volumes;
  return first == Kin::Part && second == Kin::Part && differ(a.first_page, b.first_page) ? Objection::Pages : Objection::None;
}

bool have_one_place(const WorkMarks& a, std::string_view names, const WorkMarks& b, std::string_view other_names) {
  return agree(a.first_page, b.first_page) && (agree(a.volume, b.volume) || share_a_name(names, other_names));
}

std::string described(Objection objection, const WorkMarks& marks, const WorkMarks& other) {
  switch (objection) {
    case Objection::None: return {};
    case Objection::Kinds: return fmt::format("one is {}, the other {}", name_of(marks.type), name_of(other.type));
    case Objection::Notice: return "one corrects or answers the other, by its title";
    case Objection::Volumes: return "they stand in different volumes";
    case Objection::Pages: return "they stand on different pages";
    case Objection::Issues: return "they stand in different issues";
    case Objection::Numbers: return "they have different numbers";
    case Objection::Editions: return "they are different editions";
    case Objection::Years: return "the years differ";
    case Objection::Preprint: return "one is a preprint, the other was published";
    case Objection::Abstract: return "one is a conference abstract";
    case Objection::Retracted: return "the title of one says that it was retracted";
    case Objection::Accessions: return "they have different numbers in one database";
    case Objection::GivenNames: return "the first authors' given names differ";
    case Objection::Addresses: return "they have different addresses";
    case Objection::Books: return "they stand in different books";
    case Objection::Journals: return "they stand in different journals";
  }
  return {};
}

bool is_titled_retracted(std::string_view title) { return is_listed(label_of(title), kRetracted); }

std::string folded_title(const Record& record, std::string_view folded) {
  const std::string written = plain_field(record, Field::Title);
  const std::string subtitle = plain_field(record, Field::Subtitle);
  const std::string_view bare = without_label(written);
  if (bare.size() == written.size() && is_plain(written) && is_plain(subtitle)) return std::string(folded);
  std::string title = folded_part(bare);
  if (const std::string more = folded_part(subtitle); !more.empty()) title += title.empty() ? more : " " + more;
  return title;
}

std::string volume_of(const Record& record) {
  const std::string written = plain_field(record, Field::Volume);
  return folded_words(std::string_view(written).substr(0, end_of_volume(written)));
}

std::string first_page_of(const Record& record) {
  if (const Pages* const pages = record.get<Field::Page>(); pages != nullptr && !pages->ranges.empty()) return digits_of(pages->ranges[0].first);
  return digits_of(plain_field(record, Field::ArticleNumber));
}

}  // namespace bibmill
