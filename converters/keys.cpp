// Making keys.
#include "bibmill/keys.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/nearest.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"

namespace bibmill {

namespace {

/// A body's name may be a sentence; a key is something to type.
constexpr std::size_t kLongestPiece = 40;

/// Words that begin titles in English, German, French, Spanish and Italian and tell nothing apart.
constexpr std::array<std::string_view, 28> kEmptyWords = {"a",  "an", "and", "das", "de", "der", "des", "die", "ein", "eine",
                                                          "el", "en", "for", "il",  "in", "la",  "las", "le",  "les", "los",
                                                          "of", "on", "the", "to",  "un", "una", "une", "zur"};

/// The letters and digits of `text` in ASCII.
std::string ascii_word(std::string_view text, Transliteration rules) {
  std::string word = transliterated(text, rules);
  std::erase_if(word, [](char c) { return !text::is_ascii_letter(c) && !text::is_ascii_digit(c); });
  if (word.size() > kLongestPiece) word.resize(kLongestPiece);
  return word;
}

/// Words of letters and digits, in ASCII.
std::vector<std::string> ascii_words(std::string_view text, Transliteration rules) {
  std::vector<std::string> words;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(" \n-/"), rest.size());
    if (std::string word = ascii_word(rest.substr(0, end), rules); !word.empty()) words.push_back(std::move(word));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return words;
}

bool says_nothing(std::string_view word) { return std::binary_search(kEmptyWords.begin(), kEmptyWords.end(), text::to_lower(word)); }

/// The words that tell a title, `most` of them, or all where that is 0.
std::vector<std::string> telling_words(const RichText* title, unsigned most, Transliteration rules) {
  std::vector<std::string> telling;
  if (title == nullptr) return telling;
  for (std::string& word : ascii_words(text::plain_text(*title), rules)) {
    if (says_nothing(word)) continue;
    telling.push_back(std::move(word));
    if (telling.size() == most) break;
  }
  return telling;
}

/// The family names of a list, `most` of them, or all where that is 0.
std::vector<std::string> families(const Names* names, unsigned most, Transliteration rules) {
  std::vector<std::string> words;
  if (names == nullptr) return words;
  for (const Name& name : names->list) {
    if (std::string word = ascii_word(name.is_body() ? name.literal : name.family, rules); !word.empty()) words.push_back(std::move(word));
    if (words.size() == most) break;
  }
  return words;
}

bool is_longer(const Names* names, std::size_t most) { return names != nullptr && (names->list.size() > most || !names->complete); }

std::string year_of(const Record& record) {
  const Date* const date = record.get<Field::Issued>();
  return date != nullptr && date->from.known() ? fmt::format("{}", std::abs(date->from.year)) : std::string{};
}

template <Field field>
std::string identifier_of(const Record& record) {
  const Identifiers* const identifiers = record.get<field>();
  return identifiers == nullptr || identifiers->list.empty() ? std::string{} : ascii_word(identifiers->list.front().value, Transliteration::Plain);
}

template <Field field>
std::string text_of(const Record& record) {
  const Text* const text = record.get<field>();
  return text == nullptr ? std::string{} : ascii_word(text->value, Transliteration::Plain);
}

std::string first_page(const Record& record) {
  const Pages* const pages = record.get<Field::Page>();
  return pages == nullptr || pages->ranges.empty() ? std::string{} : ascii_word(pages->ranges[0].first, Transliteration::Plain);
}

void capitalize(std::string& word) {
  if (!word.empty()) word.front() = text::ascii_upper(word.front());
}

}  // namespace

/// What can stand in braces and brackets.
struct KeyPattern::Word {
  std::string_view name;
  Piece::Kind kind;
  unsigned count = 0;
  bool may_count = false;         ///< a number behind it, or behind its colon, is a count
  bool only_in_brackets = false;  ///< JabRef's meaning
};

KeyPattern::KeyPattern(std::string_view pattern, Transliteration rules) : rules_(rules) {
  constexpr std::string_view kAllowed = "-_:./+";
  std::string literal;
  const auto flush = [&] {
    if (literal.empty()) return;
    Piece piece;
    piece.text = std::exchange(literal, {});
    pieces_.push_back(std::move(piece));
  };
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if (c == '{' || c == '[') {
      const std::size_t end = pattern.find(c == '{' ? '}' : ']', at);
      if (end == std::string_view::npos) throw UsageError(fmt::format("the key pattern {} lacks a closing {}", pattern, c == '{' ? "brace" : "bracket"));
      flush();
      pieces_.push_back(parse(pattern.substr(at + 1, end - at - 1), c == '['));
      at = end;
    } else if (text::is_ascii_letter(c) || text::is_ascii_digit(c) || kAllowed.find(c) != std::string_view::npos) {
      literal += c;
    } else {
      throw UsageError(fmt::format("the key pattern {} may hold letters, digits and {} besides its braces, not '{}'", pattern, kAllowed, c));
    }
  }
  flush();
  if (pieces_.empty()) throw UsageError("the key pattern is empty");
}

KeyPattern::Piece KeyPattern::parse(std::string_view inside, bool brackets) {
  using Kind = Piece::Kind;
  // Of two rows of one name, the one for brackets stands first.
  constexpr Word kWords[] = {
      {"author", Kind::Author}, {"auth", Kind::Author}, {"authors", Kind::Authors, 0, true}, {"authEtAl", Kind::AuthEtAl}, {"editor", Kind::Editor}, {"edtr", Kind::Editor},
      {"year", Kind::Year}, {"shortyear", Kind::ShortYear}, {"title", Kind::Camel, 0, false, true}, {"title", Kind::Title, 1, true}, {"shorttitle", Kind::Title, 3, true},
      {"veryshorttitle", Kind::Title, 1}, {"camel", Kind::Camel, 0, true}, {"journal", Kind::Journal}, {"volume", Kind::Volume}, {"issue", Kind::Issue}, {"firstpage", Kind::FirstPage},
      {"pmid", Kind::Pmid}, {"doi", Kind::Doi}, {"DOI", Kind::Doi}, {"type", Kind::Type}, {"entrytype", Kind::Type}, {"key", Kind::Key}, {"citationkey", Kind::Key}, {"number", Kind::Number},
  };
  const auto number_in = [](std::string_view text) {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? number : 0U;
  };
  std::size_t colon = std::min(inside.find(':'), inside.size());
  const std::string_view written = inside.substr(0, colon);
  const std::string_view name = written.substr(0, written.find_last_not_of("0123456789") + 1);
  const unsigned number = number_in(written.substr(name.size()));
  const auto found = std::find_if(std::begin(kWords), std::end(kWords), [&](const Word& word) { return word.name == name && (brackets || !word.only_in_brackets); });
  const bool is_author = found != std::end(kWords) && found->kind == Kind::Author;
  if (found == std::end(kWords) || (written.size() > name.size() && (number == 0 || (!found->may_count && !is_author)))) {
    std::vector<std::string_view> names;
    for (const Word& word : kWords) names.push_back(word.name);
    throw UsageError(fmt::format("{}{}{} is nothing a key can be made of{}", brackets ? "[" : "{", inside, brackets ? "]" : "}", suggestion(name, names)));
  }
  Piece piece;
  piece.kind = found->kind;
  piece.count = number > 0 && !is_author ? number : found->count;
  if (is_author) piece.longest = number;
  while (colon < inside.size()) {
    const std::size_t next = std::min(inside.find(':', colon + 1), inside.size());
    const std::string_view how = inside.substr(colon + 1, next - colon - 1);
    colon = next;
    const unsigned count = number_in(how);
    const unsigned longest = how.size() > 2 && how.front() == '(' && how.back() == ')' ? number_in(how.substr(1, how.size() - 2)) : 0;
    if (how == "lower") {
      piece.letters = Piece::Case::Lower;
    } else if (how == "upper") {
      piece.letters = Piece::Case::Upper;
    } else if (how == "capitalize") {
      piece.letters = Piece::Case::Capitalized;
    } else if (how == "abbr") {
      piece.abbreviates = true;
    } else if (longest > 0) {
      piece.longest = longest;
    } else if (count > 0 && found->may_count) {
      piece.count = count;
    } else {
      throw UsageError(fmt::format("in the key pattern {{{}}}, \"{}\" is none of lower, upper, capitalize, abbr, (N), or a number of words of a title", inside, how));
    }
  }
  return piece;
}

void KeyPattern::append(std::string& out, const Record& record) const {
  const std::size_t begin = out.size();
  if (pieces_.empty()) {
    if (const std::string pmid = identifier_of<Field::Pmid>(record); !pmid.empty()) {
      out.append("pmid").append(pmid);
    } else if (const std::vector<std::string> author = families(record.get<Field::Author>(), 1, rules_); !author.empty()) {
      out.append(author.front()).append(year_of(record));
    }
  }
  // Of a record that has none of what is asked for, signs between are no key.
  bool says_something = pieces_.empty();
  for (const Piece& piece : pieces_) {
    const std::size_t before = out.size();
    append(out, piece, record);
    says_something = says_something || (out.size() > before && (piece.kind != Piece::Kind::Literal || pieces_.size() == 1));
  }
  if (!says_something) out.resize(begin);
  if (out.size() == begin) out.append("ref").push_back(kNumberPlace);
}

std::vector<std::string> KeyPattern::words(const Piece& piece, const Record& record) const {
  using Kind = Piece::Kind;
  const Names* const authors = record.get<Field::Author>();
  switch (piece.kind) {
    case Kind::Literal: return {piece.text};
    case Kind::Author: {
      // The first author, not the first whose name has a letter of ASCII. A work without one goes by its editor.
      const Names* const names = authors != nullptr && !authors->list.empty() ? authors : record.get<Field::Editor>();
      if (names == nullptr || names->list.empty()) return {};
      const Name& first = names->list.front();
      return {ascii_word(first.is_body() ? first.literal : first.family, rules_)};
    }
    case Kind::Authors: {
      // Of all of them none is left out, though a name may have nothing that ASCII can spell.
      std::vector<std::string> names = families(authors, piece.count, rules_);
      if (authors != nullptr && !names.empty() && is_longer(authors, piece.count > 0 ? piece.count : authors->list.size())) names.emplace_back("EtAl");
      return names;
    }
    case Kind::AuthEtAl: {
      std::vector<std::string> names = families(authors, is_longer(authors, 2) ? 1 : 2, rules_);
      if (!names.empty() && is_longer(authors, 2)) names.emplace_back("EtAl");
      return names;
    }
    case Kind::Editor: return families(record.get<Field::Editor>(), 1, rules_);
    case Kind::Year: return {year_of(record)};
    case Kind::ShortYear: {
      const std::string year = year_of(record);
      return {year.substr(year.size() - std::min<std::size_t>(year.size(), 2))};
    }
    case Kind::Title: return telling_words(record.get<Field::Title>(), piece.count, rules_);
    case Kind::Camel: {
      std::vector<std::string> camel = telling_words(record.get<Field::Title>(), piece.count, rules_);
      for (std::string& word : camel) capitalize(word);
      return camel;
    }
    case Kind::Journal: {
      std::vector<std::string> initials = telling_words(record.get<Field::ContainerTitle>(), 0, rules_);
      for (std::string& word : initials) word = std::string(1, text::ascii_upper(word.front()));
      return initials;
    }
    case Kind::Volume: return {text_of<Field::Volume>(record)};
    case Kind::Issue: return {text_of<Field::Issue>(record)};
    case Kind::FirstPage: return {first_page(record)};
    case Kind::Pmid: return {identifier_of<Field::Pmid>(record)};
    case Kind::Doi: return {identifier_of<Field::Doi>(record)};
    case Kind::Type: return {std::string(name_of(record.type))};
    case Kind::Key: return {std::string(record.key)};
    case Kind::Number: return {std::string(1, kNumberPlace)};
  }
  return {};
}

void KeyPattern::append(std::string& out, const Piece& piece, const Record& record) const {
  std::string text;
  for (std::string& word : words(piece, record)) {
    if (piece.letters == Piece::Case::Capitalized) capitalize(word);
    text += piece.abbreviates ? word.substr(0, 1) : word;
  }
  if (piece.longest > 0 && text.size() > piece.longest) text.resize(piece.longest);
  if (piece.letters == Piece::Case::Lower) std::transform(text.begin(), text.end(), text.begin(), text::ascii_lower);
  if (piece.letters == Piece::Case::Upper) std::transform(text.begin(), text.end(), text.begin(), text::ascii_upper);
  out += text;
}

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

}  // namespace bibmill
