// Making keys and telling them apart.
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
std::string ascii_word(std::string_view text) {
  std::string word = text::ascii_fold(text);
  std::erase_if(word, [](char c) { return !text::is_ascii_letter(c) && !text::is_ascii_digit(c); });
  if (word.size() > kLongestPiece) word.resize(kLongestPiece);
  return word;
}

/// Words of letters and digits, in ASCII.
std::vector<std::string> ascii_words(std::string_view text) {
  std::vector<std::string> words;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(" \n-/"), rest.size());
    if (std::string word = ascii_word(rest.substr(0, end)); !word.empty()) words.push_back(std::move(word));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return words;
}

bool says_nothing(std::string_view word) {
  return std::binary_search(kEmptyWords.begin(), kEmptyWords.end(), text::to_lower(word));
}

std::string first_author(const Record& record) {
  const Names* const names = record.get<Field::Author>();
  if (names == nullptr || names->list.empty()) return {};
  const Name& name = names->list.front();
  return ascii_word(name.is_body() ? name.literal : name.family);
}

std::string year_of(const Record& record) {
  const Date* const date = record.get<Field::Issued>();
  return date != nullptr && date->from.known() ? fmt::format("{}", std::abs(date->from.year)) : std::string{};
}

template <Field field>
std::string identifier_of(const Record& record) {
  const Identifiers* const identifiers = record.get<field>();
  return identifiers == nullptr || identifiers->list.empty() ? std::string{} : ascii_word(identifiers->list.front().value);
}

std::string title_words(const Record& record, unsigned count) {
  const RichText* const title = record.get<Field::Title>();
  if (title == nullptr) return {};
  std::string joined;
  for (const std::string& word : ascii_words(text::plain_text(*title))) {
    if (count == 0) break;
    if (says_nothing(word)) continue;
    joined += word;
    --count;
  }
  return joined;
}

std::string journal_initials(const Record& record) {
  const RichText* const title = record.get<Field::ContainerTitle>();
  if (title == nullptr) return {};
  std::string initials;
  for (const std::string& word : ascii_words(text::plain_text(*title)))
    if (!says_nothing(word)) initials += text::ascii_upper(word.front());
  return initials;
}

}  // namespace

KeyPattern::KeyPattern(std::string_view pattern) {
  constexpr std::string_view kAllowed = "-_:./+";
  std::string literal;
  const auto flush = [&] {
    if (!literal.empty()) pieces_.push_back({Piece::Kind::Literal, false, 1, std::exchange(literal, {})});
  };
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if (c == '{') {
      const std::size_t end = pattern.find('}', at);
      if (end == std::string_view::npos) throw UsageError(fmt::format("the key pattern {} lacks a closing brace", pattern));
      flush();
      pieces_.push_back(parse(pattern.substr(at + 1, end - at - 1)));
      at = end;
    } else if (text::is_ascii_letter(c) || text::is_ascii_digit(c) || kAllowed.find(c) != std::string_view::npos) {
      literal += c;
    } else {
      throw UsageError(
          fmt::format("the key pattern {} may hold letters, digits and {} besides its braces, not '{}'", pattern, kAllowed, c));
    }
  }
  flush();
  if (pieces_.empty()) throw UsageError("the key pattern is empty");
}

KeyPattern::Piece KeyPattern::parse(std::string_view inside) {
  using Kind = Piece::Kind;
  constexpr std::array<std::string_view, 9> kNames = {"author", "year", "title", "journal", "pmid",
                                                      "doi",    "type", "key",   "number"};
  constexpr std::array<Kind, 9> kKinds = {Kind::Author, Kind::Year, Kind::Title, Kind::Journal, Kind::Pmid,
                                          Kind::Doi,    Kind::Type, Kind::Key,   Kind::Number};
  std::size_t colon = std::min(inside.find(':'), inside.size());
  const std::string_view name = inside.substr(0, colon);
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end())
    throw UsageError(fmt::format("{{{}}} is nothing a key can be made of{}", inside, suggestion(name, kNames)));
  Piece piece;
  piece.kind = kKinds[static_cast<std::size_t>(found - kNames.begin())];
  while (colon < inside.size()) {
    const std::size_t next = std::min(inside.find(':', colon + 1), inside.size());
    const std::string_view how = inside.substr(colon + 1, next - colon - 1);
    colon = next;
    const auto [end, error] = std::from_chars(how.data(), how.data() + how.size(), piece.count);
    const bool counts = error == std::errc{} && end == how.data() + how.size() && piece.count > 0;
    if (how == "lower") {
      piece.lower = true;
      piece.count = std::max(piece.count, 1U);
    } else if (!counts || piece.kind != Kind::Title) {
      throw UsageError(
          fmt::format("in the key pattern {{{}}}, \"{}\" is neither \"lower\" nor a number of title words", inside, how));
    }
  }
  return piece;
}

void KeyPattern::append(std::string& out, const Record& record) const {
  const std::size_t begin = out.size();
  if (pieces_.empty()) {
    if (const std::string pmid = identifier_of<Field::Pmid>(record); !pmid.empty()) {
      out.append("pmid").append(pmid);
    } else if (const std::string author = first_author(record); !author.empty()) {
      out.append(author).append(year_of(record));
    }
  }
  for (const Piece& piece : pieces_) append(out, piece, record);
  if (out.size() == begin) out.append("ref").push_back(kNumberPlace);
}

void KeyPattern::append(std::string& out, const Piece& piece, const Record& record) const {
  using Kind = Piece::Kind;
  const std::size_t begin = out.size();
  switch (piece.kind) {
    case Kind::Literal: out += piece.text; break;
    case Kind::Author: out += first_author(record); break;
    case Kind::Year: out += year_of(record); break;
    case Kind::Title: out += title_words(record, piece.count); break;
    case Kind::Journal: out += journal_initials(record); break;
    case Kind::Pmid: out += identifier_of<Field::Pmid>(record); break;
    case Kind::Doi: out += identifier_of<Field::Doi>(record); break;
    case Kind::Type: out += name_of(record.type); break;
    case Kind::Key: out += record.key; break;
    case Kind::Number: out += kNumberPlace; break;
  }
  if (piece.lower)
    std::transform(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), out.begin() + static_cast<std::ptrdiff_t>(begin),
                   text::ascii_lower);
}

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

void KeyRegister::add_distinct(std::string& key) {
  if (add(key)) return;
  const std::size_t base = key.size();
  std::uint32_t& next = next_[hash_of(key)];
  do {
    key.resize(base);
    // a … z, aa … zz, aaa …: the letters of a number in base 26 without a zero.
    char letters[8];
    std::size_t at = sizeof letters;
    for (std::uint32_t number = ++next; number > 0; number = (number - 1) / 26)
      letters[--at] = static_cast<char>('a' + (number - 1) % 26);
    key.append(letters + at, sizeof letters - at);
  } while (!add(key));
}

bool KeyRegister::add(std::uint64_t hash) {
  hash += hash == 0 ? 1 : 0;
  if (used_ * 8 >= slots_.size() * 7) grow();
  for (std::size_t at = hash % slots_.size();; at = (at + 1) % slots_.size()) {
    if (slots_[at] == hash) return false;
    if (slots_[at] != 0) continue;
    slots_[at] = hash;
    ++used_;
    return true;
  }
}

void KeyRegister::grow() {
  std::vector<std::uint64_t> old(slots_.size() * 2);
  old.swap(slots_);
  for (const std::uint64_t hash : old) {
    if (hash == 0) continue;
    std::size_t at = hash % slots_.size();
    while (slots_[at] != 0) at = (at + 1) % slots_.size();
    slots_[at] = hash;
  }
}

}  // namespace bibmill
