// Names: BibTeX's grammar, the inverted form, the indexed form, particles.
#include "bibmill/text/names.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>

#include "bibmill/text/byte_scan.h"
#include "scan.h"

namespace bibmill::text {
namespace {

// ------------------------------------------------------------------------------------------------------------- tables

struct Particle {
  std::string_view text;
  bool joins;
};

constexpr Particle kParticles[] = {
#include "tables/particles.inc"
};

struct Suffix {
  std::string_view text;
  bool like_initials;
};

constexpr Suffix kSuffixes[] = {
#include "tables/name_suffixes.inc"
};

constexpr bool are_particles_sorted() {
  for (std::size_t at = 1; at < std::size(kParticles); ++at)
    if (!(kParticles[at - 1].text < kParticles[at].text)) return false;
  return true;
}
static_assert(are_particles_sorted());

bool is_particle(std::string_view word) {
  const auto* const row =
      std::lower_bound(std::begin(kParticles), std::end(kParticles), word,
                       [](const Particle& particle, std::string_view wanted) { return particle.text < wanted; });
  return row != std::end(kParticles) && row->text == word && !row->joins;
}

/// "d'" of "d'Alembert", "al-" of "al-Hassan"; empty for other words.
std::string_view joined_particle(std::string_view word) {
  for (const Particle& particle : kParticles)
    if (particle.joins && word.starts_with(particle.text) && word.size() > particle.text.size())
      return word.substr(0, particle.text.size());
  return {};
}

const Suffix* find_suffix(std::string_view word) {
  if (word.ends_with('.')) word.remove_suffix(1);
  const auto* const row =
      std::find_if(std::begin(kSuffixes), std::end(kSuffixes), [&](const Suffix& suffix) { return suffix.text == word; });
  return row == std::end(kSuffixes) ? nullptr : row;
}

// ------------------------------------------------------------------------------------------------------------- words

std::string_view last_word(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && !is_blank(text[begin - 1])) --begin;
  return text.substr(begin);
}

std::string_view first_word(std::string_view text) {
  return text.substr(0, static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_blank) - text.begin()));
}

/// What stands before a part that `text` ends with.
std::string_view before(std::string_view text, std::string_view end) { return trim(text.substr(0, text.size() - end.size())); }

void append_joined(std::string& out, std::string_view particle, std::string_view family) {
  out += particle;
  const bool joins = particle.ends_with('\'') || particle.ends_with("\xE2\x80\x99") || particle.ends_with('-');
  if (!particle.empty() && !family.empty() && !joins) out += ' ';
  out += family;
}

bool is_nameless(const Name& name) {
  return name.literal.empty() && name.family.empty() && name.given.empty() && name.initials.empty() && name.suffix.empty() &&
         name.dropping_particle.empty() && name.non_dropping_particle.empty();
}

std::string_view given_or_initials(const Name& name) { return name.given.empty() ? name.initials : name.given; }

// ---------------------------------------------------------------------------------------------------- inverted, indexed

/// A name in pieces of the text that it was read from.
struct Parts {
  std::string_view family;
  std::string_view given;
  std::string_view suffix;
  std::string_view literal;
};

Name owned(Arena& arena, const Parts& parts) {
  Name name;
  name.family = arena.copy(parts.family);
  name.given = arena.copy(parts.given);
  name.suffix = arena.copy(parts.suffix);
  name.literal = arena.copy(parts.literal);
  return name;
}

bool has_parts(const Name& name, const Parts& parts) {
  return name.family == parts.family && name.given == parts.given && name.suffix == parts.suffix &&
         name.literal == parts.literal && name.dropping_particle.empty() && name.non_dropping_particle.empty();
}

/// "Martin L Jr", "Jr"; but "II" on its own are initials.
void split_suffix_off(Parts& parts) {
  const std::string_view word = last_word(parts.given);
  const Suffix* const suffix = find_suffix(word);
  if (suffix == nullptr || (suffix->like_initials && word.size() == parts.given.size())) return;
  parts.suffix = word;
  parts.given = before(parts.given, word);
}

Parts read_inverted(std::string_view text, InvertedStyle style) {
  text = trim(text);
  Parts parts;
  const std::size_t first = text.find(',');
  if (first == std::string_view::npos || (first + 1 == text.size())) {
    const std::string_view whole = trim(text.substr(0, first));
    (style.body_without_comma ? parts.literal : parts.family) = whole.empty() ? text : whole;
    return parts;
  }
  const std::size_t second = text.find(',', first + 1);
  parts.family = trim(text.substr(0, first));
  parts.given = trim(text.substr(first + 1, second == std::string_view::npos ? second : second - first - 1));
  if (second != std::string_view::npos) parts.suffix = trim(text.substr(second + 1));
  if (style.suffix_as_last_word && second == std::string_view::npos) split_suffix_off(parts);
  const bool is_list = style.body_without_comma && parts.suffix.find(',') != std::string_view::npos;
  const bool is_empty = parts.family.empty() && parts.given.empty() && parts.suffix.empty();
  if (is_empty && !style.body_without_comma) return Parts{text, {}, {}, {}};
  return is_list || is_empty ? Parts{{}, {}, {}, text} : parts;
}

/// "JM", "J-M": letters in capitals alone.
bool is_initials(std::string_view word) {
  bool any = false;
  for (const char32_t c : CodePoints(word)) {
    if (is_upper(c))
      any = true;
    else if (c != U'-' && c != U'.')
      return false;
  }
  return any;
}

struct Indexed {
  std::string_view family;
  std::string_view initials;
  std::string_view suffix;
};

Indexed read_indexed(std::string_view text) {
  Indexed name;
  name.family = trim(text);
  const auto take_last = [&](std::string_view& part) {
    part = last_word(name.family);
    name.family = before(name.family, part);
  };
  const std::string_view last = last_word(name.family);
  const std::string_view rest = before(name.family, last);
  if (const Suffix* const suffix = find_suffix(last); suffix != nullptr && !rest.empty()) {
    const std::string_view word_before = last_word(rest);
    const bool after_initials = is_initials(word_before) && word_before.size() < rest.size();
    if (!suffix->like_initials || after_initials) take_last(name.suffix);
  }
  const std::string_view initials = last_word(name.family);
  if (initials.size() < name.family.size() && is_initials(initials)) take_last(name.initials);
  return name;
}

/// In capitals alone and short: "JM" is as good as initials, "JOHN" is a name.
bool is_initials_already(std::string_view word) { return is_initials(word) && count_code_points(word) <= 3; }

constexpr bool divides_given_names(char c) { return is_blank(c) || c == '-' || c == '.'; }

// -------------------------------------------------------------------------------------------------------------- BibTeX

constexpr bool is_letter_of_command(char c) { return is_ascii_letter(c); }

/// A tie is a blank; \~ is an accent.
bool is_separator(std::string_view text, std::size_t at) {
  return is_blank(text[at]) || (text[at] == '~' && (at == 0 || text[at - 1] != '\\'));
}

std::string_view trim_separators(std::string_view text) {
  while (!text.empty() && is_separator(text, 0)) text.remove_prefix(1);
  while (!text.empty() && is_separator(text, text.size() - 1)) text.remove_suffix(1);
  return text;
}

/// Brace depth along a text. As in BibTeX, \{ counts; a closing brace without an opening one does not.
class Depth {
 public:
  /// Whether the character stands outside braces, the outermost braces themselves not counted as outside.
  bool is_outside(char c) {
    if (c == '{') {
      ++depth_;
      return false;
    }
    if (c == '}') {
      if (depth_ == 0)
        stray_ = true;
      else
        --depth_;
      return false;
    }
    return depth_ == 0;
  }
  bool balanced() const { return depth_ == 0 && !stray_; }

 private:
  std::size_t depth_ = 0;
  bool stray_ = false;
};

/// Calls `visit(at)` for each of the bytes that `Places` finds, if it stands outside braces. Braces must be among them.
template <class Places, class Visit>
void for_each_outside(std::string_view text, Visit&& visit) {
  Depth depth;
  Places places(text);
  for (std::size_t at = places.next(); at < text.size(); at = places.next())
    if (depth.is_outside(text[at])) visit(at);
}

/// Calls `visit(word)` for each word outside braces.
template <class Visit>
void for_each_word(std::string_view text, Visit&& visit) {
  std::size_t begin = 0;
  for_each_outside<Places<'{', '}', '~', ' ', ByteRange{'\t', '\r'}>>(text, [&](std::size_t at) {
    if (!is_separator(text, at)) return;
    if (at > begin) visit(text.substr(begin, at - begin));
    begin = at + 1;
  });
  if (text.size() > begin) visit(text.substr(begin));
}

/// Calls `visit(piece)` for each piece between the commas outside braces.
template <class Visit>
void for_each_section(std::string_view text, Visit&& visit) {
  std::size_t begin = 0;
  for_each_outside<Places<'{', '}', ','>>(text, [&](std::size_t at) {
    visit(trim_separators(text.substr(begin, at - begin)));
    begin = at + 1;
  });
  visit(trim_separators(text.substr(begin)));
}

/// Calls `visit(name)` for what stands between the "and"s outside braces, in any case and with blanks around; also for nothing
/// between two of them.
template <class Visit>
void for_each_name(std::string_view text, Visit&& visit) {
  std::size_t name_begin = 0;
  std::size_t word_begin = 0;
  const auto end_word = [&](std::size_t at) {
    if (at - word_begin == 3 && equal_ignoring_ascii_case(text.substr(word_begin, 3), "and")) {
      visit(trim_separators(text.substr(name_begin, word_begin - name_begin)));
      name_begin = at;
    }
    word_begin = at + 1;
  };
  for_each_outside<Places<'{', '}', ' ', ByteRange{'\t', '\r'}>>(text, end_word);
  end_word(text.size());
  visit(trim_separators(text.substr(std::min(name_begin, text.size()))));
}

/// The text inside, if one pair of braces holds the whole text.
std::optional<std::string_view> inside_braces(std::string_view text) {
  if (text.size() < 2 || text.front() != '{' || text.back() != '}') return std::nullopt;
  std::size_t depth = 0;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}') --depth;
    if (depth == 0) return std::nullopt;
  }
  return text.substr(1, text.size() - 2);
}

enum class Case : std::uint8_t { None, Lower, Upper };

Case case_of(char32_t c) { return is_lower(c) ? Case::Lower : is_upper(c) ? Case::Upper : Case::None; }

/// The case of the foreign characters of plain TeX, which are commands and not letters (btxhak, 4).
Case case_of_command(std::string_view command) {
  for (const std::string_view lower : {"i", "j", "oe", "ae", "aa", "o", "l", "ss"})
    if (command == lower) return Case::Lower;
  for (const std::string_view upper : {"OE", "AE", "AA", "O", "L"})
    if (command == upper) return Case::Upper;
  return Case::None;
}

/// The case of the special character that `text` begins with ("{\'E}"), and its size in bytes.
Case case_of_special(std::string_view text, std::size_t& size) {
  std::size_t at = 2;
  while (at < text.size() && is_letter_of_command(text[at])) ++at;
  Case found = case_of_command(text.substr(2, at - 2));
  std::size_t depth = 1;
  while (at < text.size() && depth > 0) {
    const CodePoint c = code_point_at(text, at);
    if (c.value == U'{') ++depth;
    if (c.value == U'}') --depth;
    if (found == Case::None) found = case_of(c.value);
    at += c.size;
  }
  size = at;
  return found;
}

std::size_t size_of_group(std::string_view text) {
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}' && --depth == 0) return at + 1;
  }
  return text.size();
}

/// Whether a word belongs to the von part: its first letter outside braces, or of a special character, is in lower case.
bool is_von(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    const std::string_view rest = word.substr(at);
    CodePoint c = first_code_point(rest);
    Case found = Case::None;
    if (rest.starts_with("{\\"))
      found = case_of_special(rest, c.size);
    else if (rest.starts_with('{'))
      c.size = size_of_group(rest);
    else
      found = case_of(c.value);
    if (found != Case::None) return found == Case::Lower;
    at += c.size;
  }
  return false;
}

/// A name in pieces of raw LaTeX.
struct Pieces {
  std::string_view first;
  std::string_view von;
  std::string_view last;
  std::string_view jr;
};

/// "Jean de La Fontaine du Bois": the von part goes from the first to the last word in lower case; the last word is never of it.
void read_first_von_last(std::string_view text, Pieces& pieces) {
  std::string_view word;
  std::string_view before_last;
  std::string_view von_begin;
  std::string_view von_end;
  for_each_word(text, [&](std::string_view next) {
    if (!word.empty() && is_von(word)) {
      if (von_begin.empty()) von_begin = word;
      von_end = word;
    }
    before_last = word;
    word = next;
  });
  const auto offset = [&](std::string_view piece) { return static_cast<std::size_t>(piece.data() - text.data()); };
  if (von_begin.empty()) {
    pieces.first = before_last.empty() ? std::string_view{} : trim_separators(text.substr(0, offset(word)));
    pieces.last = word;
    return;
  }
  pieces.first = trim_separators(text.substr(0, offset(von_begin)));
  pieces.von = spanning(von_begin, von_end);
  pieces.last = trim_separators(text.substr(offset(von_end) + von_end.size()));
}

/// "de la Fuente": the von part is what comes before the first word in upper case, or before the last word.
void read_von_last(std::string_view text, Pieces& pieces) {
  std::string_view word;
  std::size_t von_size = 0;
  bool in_von = true;
  for_each_word(text, [&](std::string_view next) {
    in_von = in_von && (word.empty() || is_von(word));
    if (in_von && !word.empty()) von_size = static_cast<std::size_t>(word.data() + word.size() - text.data());
    word = next;
  });
  pieces.von = text.substr(0, von_size);
  pieces.last = trim_separators(text.substr(von_size));
}

/// A name without braces around it. `commas` is how many it has.
Pieces read_pieces(std::string_view text, std::size_t& commas) {
  std::string_view sections[3];
  commas = 0;
  for_each_section(text, [&](std::string_view section) {
    if (commas < 3)
      sections[commas] = section;
    else
      sections[2] = spanning(sections[2], section);
    ++commas;
  });
  --commas;
  Pieces pieces;
  if (commas == 0) {
    read_first_von_last(sections[0], pieces);
  } else {
    read_von_last(sections[0], pieces);
    pieces.first = sections[commas == 1 ? 1 : 2];
    if (commas > 1) pieces.jr = sections[1];
  }
  return pieces;
}

/// What a part of biblatex's extended form says (biblatex's manual, 3.4, and biber's): those without a place in a Name are kept
/// as attributes.
enum class Part : std::uint8_t { Family, Given, Prefix, Suffix, UsePrefix, Other };

struct PartName {
  std::string_view key;
  Part part;
};

constexpr PartName kPartNames[] = {
    {"family", Part::Family},
    {"given", Part::Given},
    {"prefix", Part::Prefix},
    {"suffix", Part::Suffix},
    {"useprefix", Part::UsePrefix},
    {"id", Part::Other},
    {"family-i", Part::Other},
    {"given-i", Part::Other},
    {"prefix-i", Part::Other},
    {"suffix-i", Part::Other},
    {"nosortothers", Part::Other},
    {"sortingnamekeytemplatename", Part::Other},
    {"uniquenametemplatename", Part::Other},
    {"namehashtemplatename", Part::Other},
};

const PartName* part_named(std::string_view key) {
  const auto* const row =
      std::find_if(std::begin(kPartNames), std::end(kPartNames), [&](const PartName& part) { return part.key == key; });
  return row == std::end(kPartNames) ? nullptr : row;
}

std::size_t count_words(std::string_view latex) {
  std::size_t count = 0;
  for_each_word(latex, [&](std::string_view) { ++count; });
  return count;
}

/// Reads one name after another with what they have in common.
class BibtexNameReader {
 public:
  BibtexNameReader(Arena& arena, std::string_view text, DecodeLatex decode, const BibtexNameOptions& options)
      : arena_(arena), text_(text), decode_(decode), options_(options) {}

  Name read(std::string_view latex) {
    Name name;
    if (const std::size_t comma = comma_of_usual(latex); comma != 0) {
      name.family = options_.owned ? latex.substr(0, comma) : decode_(arena_, latex.substr(0, comma));
      name.given = options_.owned ? latex.substr(comma + 2) : decode_(arena_, latex.substr(comma + 2));
    } else if (const auto body = inside_braces(latex)) {
      name.literal = decoded(trim_separators(*body));
    } else if (options_.extended && begins_extended(latex)) {
      read_extended(latex, name);
    } else {
      const std::string_view number = homonym_number(latex);
      read_classic(trim_separators(latex.substr(0, latex.size() - number.size())), name);
      if (!number.empty()) name.attributes.push_back(arena_, {"homonym", arena_.copy(number)});
    }
    if (!latex.empty()) {
      const std::uint64_t begin = options_.offset + static_cast<std::uint64_t>(latex.data() - text_.data());
      name.span = {begin, begin + latex.size()};
    }
    return name;
  }

  void check_braces() {
    if (!holds<'{', '}'>(text_)) return;
    Depth depth;
    for (const char c : text_) depth.is_outside(c);
    if (!depth.balanced()) problem(NameProblem::Kind::UnbalancedBraces, text_);
  }

  void problem(NameProblem::Kind kind, std::string_view where) {
    if (options_.problems != nullptr) options_.problems->push_back({kind, where});
  }

 private:
  /// "Fenanul, Zel D.": the comma between a family name of one word and given names, where there is nothing else; 0 of any other name.
  static std::size_t comma_of_usual(std::string_view latex) {
    const std::size_t comma = next_not_of<ByteRange{'a', 'z'}, ByteRange{'A', 'Z'}, '-'>(latex, 0);
    if (comma == 0 || latex.size() < comma + 3 || latex[comma] != ',' || latex[comma + 1] != ' ' || latex[comma + 2] == ' ' || latex.back() == ' ') return 0;
    const bool usual = next_not_of<ByteRange{'a', 'z'}, ByteRange{'A', 'Z'}, ' ', '.', '-'>(latex, comma + 2) == latex.size();
    return usual && next_doubled<' ', '-'>(latex, 0) == latex.size() ? comma : 0;
  }

  /// "Ann Roe 0001": DBLP numbers persons of one name.
  static std::string_view homonym_number(std::string_view latex) {
    constexpr std::size_t kDigits = 4;
    if (latex.size() < kDigits + 3 || !is_ascii_digit(latex.back()) || latex[latex.size() - kDigits - 1] != ' ' || latex.find(',') != std::string_view::npos) return {};
    const std::string_view number = latex.substr(latex.size() - kDigits);
    return number.front() == '0' && std::all_of(number.begin(), number.end(), is_ascii_digit) && count_words(trim_separators(latex.substr(0, latex.size() - kDigits))) > 1 ? number : std::string_view{};
  }

  /// The text before the first "=", if it could be a part's name.
  static std::string_view key_of(std::string_view section) {
    const std::size_t equals = section.find('=');
    if (equals == std::string_view::npos) return {};
    const std::string_view key = trim(section.substr(0, equals));
    return std::all_of(key.begin(), key.end(), [](char c) { return is_ascii_lower(c) || c == '-'; }) ? key : std::string_view{};
  }

  static bool begins_extended(std::string_view latex) { return part_named(key_of(latex.substr(0, latex.find(',')))) != nullptr; }

  static std::string_view unquoted(std::string_view value) {
    if (const auto inside = inside_braces(value)) return *inside;
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') return value.substr(1, value.size() - 2);
    return value;
  }

  void read_extended(std::string_view latex, Name& name) {
    bool use_prefix = options_.use_prefix;
    for_each_section(latex, [&](std::string_view section) {
      const std::string_view key = key_of(section);
      const PartName* const part = part_named(key);
      if (part == nullptr) problem(NameProblem::Kind::UnknownPart, section);
      const std::string_view value = key.empty() ? section : unquoted(trim(section.substr(section.find('=') + 1)));
      switch (part == nullptr ? Part::Other : part->part) {
        case Part::Family: name.family = decoded(value); break;
        case Part::Given: name.given = decoded(value); break;
        case Part::Prefix: name.dropping_particle = decoded(value); break;
        case Part::Suffix: name.suffix = decoded(value); break;
        case Part::UsePrefix: use_prefix = equal_ignoring_ascii_case(value, "true"); break;
        case Part::Other: name.attributes.push_back(arena_, {arena_.copy(key), decoded(value)}); break;
      }
    });
    if (use_prefix) std::swap(name.dropping_particle, name.non_dropping_particle);
  }

  void read_classic(std::string_view latex, Name& name) {
    std::size_t commas = 0;
    const Pieces pieces = read_pieces(latex, commas);
    if (commas > 2) problem(NameProblem::Kind::TooManyCommas, latex);
    const bool ends_with_comma = commas == 2 && pieces.first.empty() && !pieces.jr.empty() && !is_name_suffix(pieces.jr);
    if (ends_with_comma) problem(NameProblem::Kind::TrailingComma, latex);
    name.family = decoded(pieces.last);
    name.given = decoded(ends_with_comma ? pieces.jr : pieces.first);
    name.suffix = ends_with_comma ? Str{} : decoded(pieces.jr);
    (options_.use_prefix ? name.non_dropping_particle : name.dropping_particle) = decoded(pieces.von);
  }

  /// Ties and rows of blanks between words become one blank, then LaTeX becomes text.
  Str decoded(std::string_view latex) {
    if (latex.empty()) return {};
    if (is_collapsed(latex) && latex.find('~') == latex.npos) return decode_(arena_, latex);
    joined_.clear();
    for_each_word(latex, [&](std::string_view word) {
      if (!joined_.empty()) joined_ += ' ';
      joined_ += word;
    });
    const Str text = decode_(arena_, joined_);
    const std::less<const char*> less;
    const bool borrowed = !less(text.data(), joined_.data()) && less(text.data(), joined_.data() + joined_.size());
    return borrowed ? arena_.copy(text) : text;
  }

  Arena& arena_;
  std::string_view text_;
  DecodeLatex decode_;
  const BibtexNameOptions& options_;
  std::string joined_;
};

// ------------------------------------------------------------------------------------------------------ writing BibTeX

/// What the reader would take apart in a part: commas, ties, "and", white space other than single blanks.
bool needs_braces(std::string_view latex) {
  const bool one_word = next_not_of<ByteRange{'a', 'z'}, ByteRange{'A', 'Z'}, '.', '-', kBeyondAscii>(latex, 0) == latex.size();
  if (one_word) return equal_ignoring_ascii_case(latex, "and");
  Depth depth;
  for (std::size_t at = 0; at < latex.size(); ++at) {
    if (!depth.is_outside(latex[at])) continue;
    if (latex[at] == ',' || (latex[at] == '~' && is_separator(latex, at))) return true;
  }
  bool has_and = false;
  std::size_t size = 0;
  for_each_word(latex, [&](std::string_view word) {
    has_and = has_and || equal_ignoring_ascii_case(word, "and");
    size += word.size() + (size > 0 ? 1 : 0);
  });
  return has_and || size != latex.size();
}

bool are_all_von(std::string_view latex) {
  bool all = true;
  for_each_word(latex, [&](std::string_view word) { all = all && is_von(word); });
  return all;
}

/// "Multi{ }Word": one word, where braces around the whole would make a body of it.
std::string with_separators_in_braces(std::string_view latex) {
  std::string out;
  Depth depth;
  for (std::size_t at = 0; at < latex.size(); ++at) {
    const bool divides = depth.is_outside(latex[at]) && (latex[at] == ',' || is_separator(latex, at));
    if (divides) out += '{';
    out += latex[at];
    if (divides) out += '}';
  }
  return out;
}

/// A name's parts in LaTeX, ready to be put together.
struct Latex {
  std::string von;
  std::string last;
  std::string jr;
  std::string first;
};

class BibtexNameWriter {
 public:
  BibtexNameWriter(std::string& out, const Name& name, EncodeText encode, const BibtexNameStyle& style)
      : out_(out), name_(name), encode_(encode), style_(style) {}

  Fidelity write() {
    if (is_nameless(name_)) return Fidelity::Refused;
    if (is_usual()) {
      out_.append(name_.family).append(", ").append(name_.given);
      return fidelity_;
    }
    if (name_.is_body()) {
      append_braced(encoded(name_.literal));
      return Fidelity::Exact;
    }
    std::string particle(name_.non_dropping_particle);
    if (!particle.empty() && !name_.dropping_particle.empty()) particle += ' ';
    particle += name_.dropping_particle;
    const Latex latex{encoded(particle), encoded(name_.family), encoded(name_.suffix), encoded(given_or_initials(name_))};
    if (name_.given.empty() && !name_.initials.empty()) narrow();
    if (!name_.non_dropping_particle.empty() && !name_.dropping_particle.empty()) narrow();
    if (style_.extended && (has_extended_attributes() || !is_classic_exact(latex)))
      write_extended(latex);
    else
      write_classic(latex);
    return fidelity_;
  }

 private:
  void narrow() { fidelity_ = Fidelity::Narrowed; }

  /// "Fenanul, Zel D.": ASCII letters, a family name of one word, and nothing else. No encoding changes it, and it is read in no other way.
  bool is_usual() const {
    const auto is_plain = [](std::string_view text) {
      return next_not_of_or_doubled(Bytes<kAsciiLetters, ' ', '.'>{}, Bytes<' '>{}, text, 0) == text.size() && text.front() != ' ' && text.back() != ' ' &&
             next_text<text::Letters::InAnyCase>(text, "and", 0) == text.size();
    };
    const auto is_word = [](std::string_view text) { return next_not_of<kAsciiLetters>(text, 0) == text.size(); };
    return !name_.is_body() && !name_.family.empty() && !name_.given.empty() && name_.suffix.empty() && name_.non_dropping_particle.empty() &&
           name_.dropping_particle.empty() && is_word(name_.family) && is_plain(name_.given) && !(style_.extended && has_extended_attributes());
  }

  std::string encoded(std::string_view text) const {
    std::string latex;
    if (!text.empty()) encode_(latex, text);
    return latex;
  }

  void append_braced(std::string_view latex) { out_.append("{").append(latex).append("}"); }

  void append_part(std::string_view latex) {
    if (needs_braces(latex))
      append_braced(latex);
    else
      out_ += latex;
  }

  /// Whether what is read as von will be a particle of the kind that the name has.
  bool keeps_particle_kind() const {
    return name_.non_dropping_particle.empty() ? name_.dropping_particle.empty() || !style_.use_prefix : style_.use_prefix;
  }

  static bool is_possible_von(const Latex& latex) {
    return !latex.last.empty() && are_all_von(latex.von) && !needs_braces(latex.von);
  }

  static bool is_family_alone(const Latex& latex) { return latex.von.empty() && latex.jr.empty() && latex.first.empty(); }

  bool is_classic_exact(const Latex& latex) const {
    if (!latex.von.empty() && !(keeps_particle_kind() && is_possible_von(latex))) return false;
    return !is_family_alone(latex) ||
           (count_words(latex.last) == 1 && !needs_braces(latex.last) && !inside_braces(latex.last) && latex.last != "others" && !equal_ignoring_ascii_case(latex.last, "and"));
  }

  // -------------------------------------------------------------------------------------------- "von Last, Jr, First"

  void write_classic(const Latex& latex) {
    if (is_family_alone(latex)) return write_family_alone(latex.last);
    std::string von_last;
    std::string_view last = latex.last;
    if (!latex.von.empty() && !keeps_particle_kind()) narrow();
    if (is_possible_von(latex)) {
      out_ += latex.von;
      if (!latex.von.empty()) out_ += ' ';
    } else if (!latex.von.empty()) {
      narrow();
      append_joined(von_last, latex.von, latex.last);
      last = von_last;
    }
    append_family(last);
    if (!latex.jr.empty()) {
      out_ += ", ";
      append_part(latex.jr);
    }
    if (latex.first.empty() && latex.jr.empty() && is_possible_von(latex) && count_words(last) == 1) return;  // "van Gogh"
    out_ += ", ";
    if (latex.first.empty())
      out_ += "{}";
    else
      append_part(latex.first);
  }

  /// In braces where leading words in lower case would be taken for von.
  void append_family(std::string_view last) {
    const bool looks_like_von = count_words(last) > 1 && is_von(first_word(last));
    if (last.empty() || looks_like_von || needs_braces(last))
      append_braced(last);
    else
      out_ += last;
  }

  void write_family_alone(std::string_view last) {
    const std::string word = with_separators_in_braces(last);
    if (inside_braces(word) || word == "others" || equal_ignoring_ascii_case(word, "and")) {
      narrow();
      append_braced(word);
    } else {
      out_ += word;
    }
  }

  // ------------------------------------------------------------------------------------- "family=…, given=…, prefix=…"

  static bool is_extended_attribute(const Attribute& attribute) {
    const PartName* const part = part_named(attribute.name);
    return part != nullptr && part->part == Part::Other;
  }

  bool has_extended_attributes() const {
    return std::any_of(name_.attributes.begin(), name_.attributes.end(), is_extended_attribute);
  }

  void append_pair(std::string_view key, std::string_view latex) {
    if (latex.empty()) return;
    if (pairs_++ > 0) out_ += ", ";
    out_.append(key) += '=';
    if (needs_braces(latex) || inside_braces(latex) || latex.find_first_of("=\"") != std::string_view::npos)
      append_braced(latex);
    else
      out_ += latex;
  }

  void write_extended(const Latex& latex) {
    append_pair("family", latex.last);
    append_pair("given", latex.first);
    append_pair("prefix", latex.von);
    append_pair("suffix", latex.jr);
    if (!latex.von.empty() && !keeps_particle_kind()) append_pair("useprefix", style_.use_prefix ? "false" : "true");
    for (const Attribute& attribute : name_.attributes)
      if (is_extended_attribute(attribute)) append_pair(attribute.name, encoded(attribute.value));
  }

  std::string& out_;
  const Name& name_;
  EncodeText encode_;
  const BibtexNameStyle& style_;
  Fidelity fidelity_ = Fidelity::Exact;
  int pairs_ = 0;
};

}  // namespace

// ------------------------------------------------------------------------------------------------------- public: BibTeX

Name parse_bibtex_name(Arena& arena, std::string_view latex, DecodeLatex decode, const BibtexNameOptions& options) {
  BibtexNameReader reader(arena, latex, decode, options);
  reader.check_braces();
  return reader.read(trim_separators(latex));
}

namespace {

/// "others" of BibTeX, and what people write in its place: "et al.", "{et al.}".
bool means_others(std::string_view name) {
  if (name == "others") return true;
  if (const auto inside = inside_braces(name)) name = trim_separators(*inside);
  return equal_ignoring_ascii_case(name, "et al.") || equal_ignoring_ascii_case(name, "et al") || equal_ignoring_ascii_case(name, "et~al.");
}

}  // namespace

Names parse_bibtex_names(Arena& arena, std::string_view latex, DecodeLatex decode, const BibtexNameOptions& options) {
  BibtexNameReader reader(arena, latex, decode, options);
  reader.check_braces();
  Names names;
  if (trim(latex).empty()) return names;
  std::string_view others;
  for_each_name(latex, [&](std::string_view name) {
    // "others" means more names only at the end; anywhere else it is a name like another.
    if (!others.empty()) names.list.push_back(arena, reader.read(others));
    others = means_others(name) ? name : std::string_view{};
    if (!others.empty()) return;
    const Name read = reader.read(name);
    if (is_nameless(read) && read.attributes.empty()) return reader.problem(NameProblem::Kind::EmptyName, name);
    names.list.push_back(arena, read);
  });
  names.complete = others.empty();
  return names;
}

Fidelity append_bibtex(std::string& out, const Name& name, EncodeText encode, const BibtexNameStyle& style) {
  return BibtexNameWriter(out, name, encode, style).write();
}

Fidelity append_bibtex(std::string& out, const Names& names, EncodeText encode, const BibtexNameStyle& style) {
  Fidelity fidelity = Fidelity::Exact;
  const std::size_t begin = out.size();
  for (const Name& name : names.list) {
    const std::size_t before_name = out.size();
    if (before_name > begin) out += " and ";
    const Fidelity written = append_bibtex(out, name, encode, style);
    if (written == Fidelity::Refused) out.resize(before_name);
    fidelity = std::max(fidelity, written == Fidelity::Refused ? Fidelity::Narrowed : written);
  }
  if (!names.complete) out += out.size() > begin ? " and others" : "others";
  return out.size() > begin ? fidelity : Fidelity::Refused;
}

ParticleKinds particle_kinds(const Names& names) {
  bool dropping = false;
  bool non_dropping = false;
  for (const Name& name : names.list) {
    dropping = dropping || !name.dropping_particle.empty();
    non_dropping = non_dropping || !name.non_dropping_particle.empty();
  }
  if (dropping && non_dropping) return ParticleKinds::Mixed;
  return dropping ? ParticleKinds::Dropping : non_dropping ? ParticleKinds::NonDropping : ParticleKinds::None;
}

// ---------------------------------------------------------------------------------------------- public: other notations

Name parse_inverted_name(Arena& arena, std::string_view text, InvertedStyle style) {
  return owned(arena, read_inverted(text, style));
}

Fidelity append_inverted(std::string& out, const Name& name, InvertedStyle style) {
  if (is_nameless(name)) return Fidelity::Refused;
  const std::size_t begin = out.size();
  if (name.is_body()) {
    out += name.literal;
  } else {
    append_joined(out, name.non_dropping_particle, name.family);
    std::string given(given_or_initials(name));
    if (!given.empty() && !name.dropping_particle.empty()) given += ' ';
    given += name.dropping_particle;
    const Suffix* const suffix = style.suffix_as_last_word ? find_suffix(name.suffix) : nullptr;
    const bool as_word = suffix != nullptr && !(suffix->like_initials && given.empty());
    if (as_word && !given.empty()) given += ' ';
    if (as_word) given += name.suffix;
    const bool suffix_apart = !name.suffix.empty() && !as_word;
    if (out.size() == begin && !suffix_apart) {
      out += given;
    } else {
      if (!given.empty() || suffix_apart) out.append(", ").append(given);
      if (suffix_apart) out.append(", ").append(name.suffix);
    }
  }
  return has_parts(name, read_inverted(std::string_view(out).substr(begin), style)) ? Fidelity::Exact : Fidelity::Narrowed;
}

Name parse_indexed_name(Arena& arena, std::string_view text) {
  const Indexed indexed = read_indexed(text);
  Name name;
  name.family = arena.copy(indexed.family);
  name.initials = arena.copy(indexed.initials);
  name.given = name.initials;
  name.suffix = arena.copy(indexed.suffix);
  return name;
}

Fidelity append_indexed(std::string& out, const Name& name) {
  if (is_nameless(name)) return Fidelity::Refused;
  const std::size_t begin = out.size();
  if (name.is_body()) {
    out += name.literal;
  } else {
    append_joined(out, name.non_dropping_particle, name.family);
    if (!name.initials.empty() || !name.given.empty()) out += ' ';
    if (name.initials.empty())
      append_initials(out, name.given);
    else
      out += name.initials;
    if (!name.suffix.empty()) out.append(" ").append(name.suffix);
  }
  const Indexed read = read_indexed(std::string_view(out).substr(begin));
  const bool exact = read.family == name.family && read.initials == name.initials && read.suffix == name.suffix &&
                     name.non_dropping_particle.empty() && name.dropping_particle.empty() && !name.is_body();
  return exact ? Fidelity::Exact : Fidelity::Narrowed;
}

void append_initials(std::string& out, std::string_view given) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= given.size(); ++at) {
    if (at < given.size() && !divides_given_names(given[at])) continue;
    const std::string_view word = given.substr(begin, at - begin);
    begin = at + 1;
    if (word.empty()) continue;
    if (is_initials_already(word))
      out += word;
    else if (const CodePoint first = first_code_point(word); is_letter(first.value))
      append_utf8(out, to_upper(first.value));
  }
}

// ------------------------------------------------------------------------------------------------------ public: general

bool has_details(const Name& name) {
  return (!name.initials.empty() && name.initials != name.given) || !name.identifiers.empty() || !name.affiliations.empty() ||
         !name.attributes.empty() || name.equal_contribution || !name.valid;
}

bool has_names_marked_as_wrong(const Names& names) {
  return std::any_of(names.list.begin(), names.list.end(), [](const Name& name) { return !name.valid; });
}

Names without_names_marked_as_wrong(Arena& arena, const Names& names) {
  Names valid;
  valid.complete = names.complete;
  for (const Name& name : names.list)
    if (name.valid) valid.list.push_back(arena, name);
  return valid;
}

void split_particles(Name& name) {
  if (name.is_body() || !name.dropping_particle.empty() || !name.non_dropping_particle.empty()) return;
  std::string_view family = trim(name.family);
  while (is_particle(first_word(family)) && first_word(family).size() < family.size())
    family = trim(family.substr(first_word(family).size()));
  family.remove_prefix(joined_particle(first_word(family)).size());
  name.non_dropping_particle = before(trim_right(name.family), family);
  name.family = family;

  std::string_view given = trim_right(name.given);
  while (is_particle(last_word(given)) && last_word(given).size() < given.size())
    given = trim_right(given.substr(0, given.size() - last_word(given).size()));
  name.dropping_particle = trim(name.given.substr(given.size()));
  name.given = given;
}

bool is_name_suffix(std::string_view word) { return find_suffix(word) != nullptr; }

}  // namespace bibmill::text
