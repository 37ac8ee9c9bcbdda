// Identifiers: prefixes and resolvers off, check digits.
#include "bibmill/text/identifiers.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <string>

#include "bibmill/text/byte_scan.h"
#include "scan.h"

namespace bibmill::text {
namespace {

constexpr std::string_view kNoId = {};

bool has(std::string_view text, char c) { return text.find(c) != std::string_view::npos; }

/// Takes the first of the prefixes that the text begins with, in any case.
bool take_any(Cursor& in, std::initializer_list<std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view prefix) { return in.take_word(prefix); });
}

/// "https://", "http://" and "www.", each where it is there.
bool take_scheme(Cursor& in) {
  const bool taken = take_any(in, {"https://", "http://"});
  in.take_word("www.");
  return taken;
}

/// A label such as "DOI", "ISBN-13:" before an identifier, with blanks and one colon behind it. The label must not run on into
/// the identifier.
bool take_label(Cursor& in, std::string_view label) {
  // Most have none: the first letter tells.
  if (in.rest().empty() || ascii_lower(in.rest().front()) != ascii_lower(label.front())) return false;
  Cursor ahead = in;
  if (!ahead.take_word(label)) return false;
  const bool blanks = ahead.take_blanks();
  const bool colon = ahead.take(':');
  if (!blanks && !colon) return false;
  ahead.take_blanks();
  in = ahead;
  return true;
}

/// Query and fragment of a URL, and a slash at the end.
std::string_view path_of(std::string_view text) {
  text = text.substr(0, text.find_first_of("?#"));
  while (text.ends_with('/')) text.remove_suffix(1);
  return text;
}

std::string_view without_dot(std::string_view text) {
  while (text.ends_with('.') || text.ends_with(',') || text.ends_with(';')) text.remove_suffix(1);
  return text;
}

// ----------------------------------------------------------------------------------------------------------------- DOI

/// "10.", four to nine digits with further parts, "/", and at least one character (DOI Handbook, 2.2).
std::size_t doi_prefix_size(std::string_view text) {
  Cursor in(text);
  if (!in.take("10.") || in.take_digits().size() < 4) return 0;
  while (in.take('.'))
    if (in.take_digits().empty()) return 0;
  return in.take('/') && !in.done() ? text.size() - in.rest().size() : 0;
}

/// How often each bracket was opened more than closed.
struct Brackets {
  int round = 0;
  int square = 0;
  int angle = 0;
  int curly = 0;

  int* count_of(char c) {
    switch (c) {
      case '(':
      case ')': return &round;
      case '[':
      case ']': return &square;
      case '<':
      case '>': return &angle;
      case '{':
      case '}': return &curly;
      default: return nullptr;
    }
  }
};

constexpr bool closes(char c) { return std::string_view(")]>}").find(c) != std::string_view::npos; }
constexpr bool ends_sentence(char c) { return std::string_view(".,;:!?'\"").find(c) != std::string_view::npos; }

/// Without what belongs to the sentence around it: stops, quotes, brackets that were not opened inside.
std::string_view without_sentence(std::string_view doi) {
  Brackets open;
  for (const char c : doi)
    if (int* const count = open.count_of(c)) *count += closes(c) ? -1 : 1;
  while (!doi.empty()) {
    const char last = doi.back();
    const bool lonely = closes(last) && *open.count_of(last) < 0;
    if (!lonely && !ends_sentence(last)) break;
    if (lonely) ++*open.count_of(last);
    doi.remove_suffix(1);
  }
  return doi;
}

int hex_value(char c) {
  if (is_ascii_digit(c)) return c - '0';
  const char lower = ascii_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// "%2F" as "/". A code that is none stays, and so does one that would be a control character.
std::string percent_decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int high = text[at] == '%' && at + 2 < text.size() ? hex_value(text[at + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[at + 2]) : -1;
    const int byte = high * 16 + low;
    if (low < 0 || byte <= ' ' || byte == 0x7F) {
      out += text[at];
      continue;
    }
    out += static_cast<char>(byte);
    at += 2;
  }
  return is_valid_utf8(out) ? out : std::string(text);
}

/// Everything that stands before a DOI, once or in sequence ("doi: https://doi.org/…"). True if a resolver was among it.
bool take_doi_prefixes(Cursor& in) {
  bool resolver = false;
  while (true) {
    Cursor ahead = in;
    take_scheme(ahead);
    if (take_any(ahead, {"doi.org/", "dx.doi.org/", "doi.acm.org/"})) {
      resolver = true;
    } else {
      ahead = in;
      if (!take_label(ahead, "doi") && !take_any(ahead, {"info:doi/", "urn:doi:", "doi/"})) return resolver;
    }
    ahead.take_blanks();
    in = ahead;
  }
}

// ------------------------------------------------------------------------------------------------------- check digits

/// 0–9, and 10 for X; -1 for anything else.
int check_value(char c) { return is_ascii_digit(c) ? c - '0' : c == 'X' || c == 'x' ? 10 : -1; }

/// The characters of a number without hyphens and blanks, up to 16 of them.
struct Bare {
  std::array<char, 16> characters{};
  std::size_t size = 0;  // larger than 16: too long

  std::string_view text() const { return {characters.data(), std::min(size, characters.size())}; }
};

Bare bare(std::string_view written) {
  Bare number;
  for (const char c : written) {
    if (c == '-' || is_blank(c)) continue;
    if (number.size < number.characters.size()) number.characters[number.size] = ascii_upper(c);
    ++number.size;
  }
  return number;
}

/// `count` characters: digits, the last one also X where `x_allowed`.
bool is_number_of(const Bare& number, std::size_t count, bool x_allowed) {
  if (number.size != count) return false;
  const std::string_view text = number.text();
  return all_digits(text.substr(0, count - 1)) && (is_ascii_digit(text.back()) || (x_allowed && text.back() == 'X'));
}

/// ISSN and ISBN-10: the weighted sum, the last weight being 1, is a multiple of 11 (ISO 3297, ISO 2108:1992).
bool has_valid_mod_11(std::string_view number) {
  int sum = 0;
  for (std::size_t at = 0; at < number.size(); ++at) sum += check_value(number[at]) * static_cast<int>(number.size() - at);
  return sum % 11 == 0;
}

/// ISBN-13: weights 1 and 3 in turn, a multiple of 10 (ISO 2108:2017).
bool has_valid_mod_10(std::string_view number) {
  int sum = 0;
  for (std::size_t at = 0; at < number.size(); ++at) sum += check_value(number[at]) * (at % 2 == 0 ? 1 : 3);
  return sum % 10 == 0;
}

/// ORCID and ISNI (ISO/IEC 7064, MOD 11-2).
bool has_valid_mod_11_2(std::string_view number) {
  int total = 0;
  for (const char c : number.substr(0, number.size() - 1)) total = (total + check_value(c)) * 2;
  return (12 - total % 11) % 11 == check_value(number.back());
}

bool is_isbn(const Bare& number) {
  return is_number_of(number, 10, true) ||
         (is_number_of(number, 13, false) && (number.text().starts_with("978") || number.text().starts_with("979")));
}

// ------------------------------------------------------------------------------------------------------------ scheme

/// "1097-4172 (Electronic)": what stands in brackets behind a number, in lower case.
struct Qualified {
  std::string_view number;
  std::string_view qualifier;
};

Qualified split_qualifier(std::string_view written) {
  written = trim(written);
  if (!written.ends_with(')')) return {written, kNoId};
  const std::size_t open = written.rfind('(');
  if (open == std::string_view::npos) return {written, kNoId};
  return {trim(written.substr(0, open)), trim(written.substr(open + 1, written.size() - open - 2))};
}

constexpr std::string_view kSchemes[] = {"doi", "pmid", "pmcid", "issn", "isbn", "orcid", "arxiv",
                                         "nct", "pii",  "isni",  "ror",  "mid",  "nlm"};
constexpr std::string_view kQualifiers[] = {"print", "electronic", "linking"};

/// In lower case; the words that are met all the time are not copied.
Str lower_copy(Arena& arena, std::string_view text, std::span<const std::string_view> common) {
  for (const std::string_view word : common)
    if (word.size() == text.size() && equal_ignoring_ascii_case(word, text)) return word;
  return arena.copy(to_lower(text));
}

/// Labels that stand before serial and book numbers.
void take_number_label(Cursor& in) {
  if (in.rest().empty() || is_ascii_digit(in.rest().front())) return;
  for (const std::string_view label : {"issn", "eissn", "e-issn", "p-issn", "pissn", "issn-l", "urn:issn", "isbn", "isbn-13",
                                       "isbn-10", "isbn13", "isbn10", "e-isbn", "eisbn", "urn:isbn"})
    if (take_label(in, label)) return;
}

std::string_view without_number_label(std::string_view written) {
  Cursor in(trim(written));
  take_number_label(in);
  return in.rest();
}

/// Eight digits, the last perhaps an X, and at most the one hyphen in their middle.
bool is_issn(std::string_view text) {
  const bool shaped = text.size() == 8 || (text.size() == 9 && text[4] == '-');
  return shaped && is_number_of(bare(text), 8, true);
}

/// Value, qualifier and version of a written identifier, owned by the arena; an empty value where it has no bare form.
void read_into(Arena& arena, Identifier& identifier, std::string_view written) {
  const std::string_view scheme = identifier.scheme;
  if (scheme == "doi") identifier.value = doi_from(arena, written);
  if (scheme == "pmid") identifier.value = arena.copy(pmid_from(written));
  if (scheme == "pmcid") identifier.value = pmcid_from(arena, written);
  if (scheme == "orcid") identifier.value = orcid_from(arena, written);
  if (scheme == "nct") identifier.value = nct_from(arena, written);
  if (scheme == "arxiv") {
    const ArxivId arxiv = arxiv_from(written);
    identifier.value = arena.copy(arxiv.id);
    identifier.version = arena.copy(arxiv.version);
  }
  if (scheme == "issn" || scheme == "isbn") {
    const auto from = scheme == "issn" ? issn_from : isbn_from;
    const Qualified parts = split_qualifier(written);
    identifier.value = from(arena, parts.number);
    if (!identifier.value.empty()) identifier.qualifier = lower_copy(arena, parts.qualifier, kQualifiers);
  }
}

/// A pattern of one character each: "9" a digit, "X" a digit or X, anything else itself.
bool fits(std::string_view text, std::string_view pattern) {
  if (text.size() != pattern.size()) return false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool fit = pattern[at] == '9'   ? is_ascii_digit(text[at])
                     : pattern[at] == 'X' ? is_ascii_digit(text[at]) || text[at] == 'X'
                                          : text[at] == pattern[at];
    if (!fit) return false;
  }
  return true;
}

/// "10.1000/abc-1(2).x" of characters that no sentence, label or resolver brings along.
bool is_bare_doi(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || slash < 7 || !text.starts_with("10.") || !all_digits(text.substr(3, slash - 3))) return false;
  const std::string_view suffix = text.substr(slash + 1);
  return !suffix.empty() && is_ascii_alnum(suffix.back()) &&
         next_not_of<kAsciiLetters, ByteRange{'-', '9'}, '_'>(suffix, 0) == suffix.size();  // '-' to '9' are - . / and the digits
}

/// Is there nothing to take off? What databases write is bare nearly always.
bool is_bare(std::string_view scheme, std::string_view written) {
  if (scheme == "doi") return is_bare_doi(written);
  if (scheme == "pmid") return written.size() <= 10 && all_digits(written);
  if (scheme == "pmcid") return written.size() > 3 && written.starts_with("PMC") && all_digits(written.substr(3));
  if (scheme == "issn") return fits(written, "9999-999X");
  if (scheme == "orcid") return fits(written, "9999-9999-9999-999X");
  return false;
}

}  // namespace

// ---------------------------------------------------------------------------------------------------------- the public

bool is_bare_identifier(std::string_view scheme, std::string_view written) { return is_bare(scheme, written); }

Str doi_from(Arena& arena, std::string_view written) {
  if (is_bare_doi(written)) return arena.copy(written);
  Cursor in(trim(written));
  in.take('<');  // "<https://doi.org/…>", whose other bracket goes as that of a sentence
  const bool resolver = take_doi_prefixes(in);
  const std::string_view rest = in.rest();
  const std::string decoded = resolver && has(rest, '%') ? percent_decoded(rest) : std::string();
  const std::string_view doi = decoded.empty() ? rest : std::string_view(decoded);
  if (doi_prefix_size(doi) == 0 || std::any_of(doi.begin(), doi.end(), is_blank)) return {};
  const std::string_view bare_doi = without_sentence(doi);
  return doi_prefix_size(bare_doi) == 0 ? Str{} : arena.copy(bare_doi);
}

std::string_view find_doi(std::string_view text) {
  for (std::size_t at = text.find("10."); at != std::string_view::npos; at = text.find("10.", at + 3)) {
    if (at > 0 && (is_ascii_alnum(text[at - 1]) || text[at - 1] == '.')) continue;
    const std::string_view rest = text.substr(at);
    if (doi_prefix_size(rest) == 0) continue;
    const auto end = std::find_if(rest.begin(), rest.end(), [](char c) { return is_blank(c) || c == '"'; });
    const std::string_view doi = without_sentence(rest.substr(0, static_cast<std::size_t>(end - rest.begin())));
    if (doi_prefix_size(doi) != 0) return doi;
  }
  return {};
}

bool same_doi(std::string_view a, std::string_view b) { return equal_ignoring_ascii_case(a, b); }

std::string_view pmid_from(std::string_view written) {
  if (is_bare("pmid", written)) return written;
  Cursor in(trim(written));
  if (take_scheme(in)) {
    if (!take_any(in, {"pubmed.ncbi.nlm.nih.gov/", "ncbi.nlm.nih.gov/pubmed/", "ncbi.nlm.nih.gov/m/pubmed/", "pubmed.gov/"}))
      return {};
    const std::string_view id = path_of(in.rest());
    return all_digits(id) ? id : kNoId;
  }
  for (const std::string_view label : {"pmid", "pm", "pubmed", "medline"}) {
    if (take_label(in, label)) break;
  }
  in.take_word("pmid");  // "PMID35244835"
  const std::string_view id = without_dot(trim(in.rest()));
  return all_digits(id) && id.size() <= 10 ? id : kNoId;
}

Str pmcid_from(Arena& arena, std::string_view written) {
  Cursor in(trim(written));
  if (take_scheme(in) && !take_any(in, {"ncbi.nlm.nih.gov/pmc/articles/", "pmc.ncbi.nlm.nih.gov/articles/",
                                        "europepmc.org/article/PMC/", "europepmc.org/articles/"}))
    return {};
  if (!take_label(in, "pmcid")) take_label(in, "pmc");
  in.take_word("pmc");
  in.take_blanks();
  const std::string_view digits = in.take_digits();
  const std::string_view rest = without_dot(path_of(in.rest()));
  const bool version = rest.starts_with('.') && all_digits(rest.substr(1));
  if (digits.empty() || digits.size() > 10 || !(rest.empty() || version)) return {};
  return arena.concat({"PMC", digits});
}

Str issn_from(Arena& arena, std::string_view written) {
  const std::string_view text = without_number_label(written);
  if (!is_issn(text)) return {};
  const Bare number = bare(text);
  return arena.concat({number.text().substr(0, 4), "-", number.text().substr(4)});
}

Str isbn_from(Arena& arena, std::string_view written) {
  const std::string_view text = without_number_label(written);
  if (!is_isbn(bare(text))) return {};
  std::string isbn(text);
  std::replace_if(isbn.begin(), isbn.end(), is_blank, '-');
  std::replace(isbn.begin(), isbn.end(), 'x', 'X');
  return arena.copy(isbn);
}

Str orcid_from(Arena& arena, std::string_view written) {
  Cursor in(trim(written));
  take_label(in, "orcid");
  take_scheme(in);
  take_any(in, {"orcid.org/", "sandbox.orcid.org/"});
  const std::string_view text = path_of(in.rest());
  const Bare number = bare(text);
  if (text.size() > 19 || !is_number_of(number, 16, true)) return {};
  const std::string_view digits = number.text();
  return arena.concat({digits.substr(0, 4), "-", digits.substr(4, 4), "-", digits.substr(8, 4), "-", digits.substr(12)});
}

ArxivId arxiv_from(std::string_view written) {
  Cursor in(trim(written));
  if (take_scheme(in)) {
    if (!take_any(in, {"arxiv.org/abs/", "arxiv.org/pdf/", "arxiv.org/html/", "arxiv.org/ps/", "export.arxiv.org/abs/"}))
      return {};
  } else if (!take_label(in, "arxiv")) {
    in.take_word("arxiv:");
  }
  ArxivId arxiv;
  std::string_view text = path_of(in.rest());
  if (const std::size_t open = text.find(" ["); open != std::string_view::npos && text.ends_with(']')) {
    arxiv.archive = text.substr(open + 2, text.size() - open - 3);
    text = trim(text.substr(0, open));
  }
  if (text.ends_with(".pdf")) text.remove_suffix(4);

  // Since April 2007 "YYMM.NNNN", five digits since 2015; before "archive/YYMMNNN" or "archive.CL/YYMMNNN" (arXiv identifier
  // scheme).
  Cursor id(text);
  const std::string_view archive = id.take_while([](char c) { return is_ascii_letter(c) || c == '-' || c == '.'; });
  if (!archive.empty()) {
    if (!id.take('/') || id.take_digits().size() != 7) return {};
  } else {
    if (id.take_digits().size() != 4 || !id.take('.')) return {};
    const std::size_t size = id.take_digits().size();
    if (size != 4 && size != 5) return {};
  }
  arxiv.id = text.substr(0, text.size() - id.rest().size());
  if (id.take('v')) {
    arxiv.version = id.take_digits();
    if (arxiv.version.empty()) return {};
  }
  return id.done() ? arxiv : ArxivId{};
}

Str nct_from(Arena& arena, std::string_view written) {
  Cursor in(trim(written));
  if (take_scheme(in) && !take_any(in, {"clinicaltrials.gov/study/", "clinicaltrials.gov/ct2/show/", "clinicaltrials.gov/show/",
                                        "clinicaltrials.gov/"}))
    return {};
  if (!in.take_word("nct")) return {};
  const std::string_view digits = in.take_digits();
  return digits.size() == 8 && path_of(in.rest()).empty() ? arena.concat({"NCT", digits}) : Str{};
}

bool has_valid_check_digit(std::string_view scheme, std::string_view value) {
  const Bare number = bare(value);
  if (scheme == "issn") return is_number_of(number, 8, true) && has_valid_mod_11(number.text());
  if (scheme == "isbn")
    return is_isbn(number) && (number.size == 10 ? has_valid_mod_11(number.text()) : has_valid_mod_10(number.text()));
  if (scheme == "orcid" || scheme == "isni") return is_number_of(number, 16, true) && has_valid_mod_11_2(number.text());
  return true;
}

Identifier make_identifier(Arena& arena, std::string_view scheme, std::string_view written) {
  Identifier identifier;
  identifier.scheme = lower_copy(arena, scheme, kSchemes);
  if (is_bare(identifier.scheme, written)) {
    identifier.value = arena.copy(written);
    return identifier;
  }
  read_into(arena, identifier, written);
  if (identifier.value.empty()) {
    identifier.value = arena.copy(written);
    return identifier;
  }
  if (identifier.value != written) identifier.raw = arena.copy(written);
  return identifier;
}

bool read_serial_numbers(Arena& arena, std::string_view written, List<Identifier>& to) {
  const std::size_t before = to.size();
  const auto undo = [&] {
    while (to.size() > before) to.pop_back();
    return false;
  };
  std::string_view rest = trim(written);
  if (is_issn(rest)) {
    to.push_back(arena, make_identifier(arena, "issn", rest));
    return true;
  }
  if (is_isbn(bare(without_number_label(rest)))) {  // also with blanks between its groups
    to.push_back(arena, make_identifier(arena, "isbn", rest));
    return true;
  }
  while (!rest.empty()) {
    // A label, the number, and a qualifier in brackets.
    Cursor in(rest);
    take_number_label(in);
    in.take_while([](char c) { return is_ascii_digit(c) || c == '-' || c == 'X' || c == 'x'; });
    in.take_blanks();
    if (in.take('(')) {
      in.take_while([](char c) { return c != ')'; });
      if (!in.take(')')) return undo();
    }
    const std::string_view piece = trim(rest.substr(0, rest.size() - in.rest().size()));
    const std::string_view number = split_qualifier(piece).number;
    const std::string_view plain = without_number_label(number);
    const std::string_view scheme = is_issn(plain) ? "issn" : is_isbn(bare(plain)) ? "isbn" : "";
    if (scheme.empty()) return undo();
    to.push_back(arena, make_identifier(arena, scheme, piece));
    in.take_while([](char c) { return is_blank(c) || c == ',' || c == ';'; });
    rest = in.rest();
  }
  return to.size() > before;
}

}  // namespace bibmill::text
