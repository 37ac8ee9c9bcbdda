// Words of journals' names, aligned.
#include "journal_names.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bibmill/likeness.h"
#include "bibmill/nearest.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "journal_title.h"

namespace bibmill {

namespace {

/// Words that abbreviations leave out.
constexpr std::string_view kLeftOut[] = {"als", "an", "and", "as", "au", "aus", "da", "dans", "das", "de", "del", "dell", "della", "delle", "dem", "den", "der", "des", "di",
                                         "die", "do", "dos", "du", "el", "em", "en", "et", "for", "from", "fur", "het", "im", "in", "la", "las", "le", "les", "los", "mit", "na",
                                         "och", "of", "og", "on", "par", "part", "per", "pour", "pt", "sect", "section", "ser", "series", "the", "to", "uber", "und", "van",
                                         "von", "voor", "with", "zu", "zum", "zur"};
/// The same of one letter, unless they end a name: there they name a section.
constexpr std::string_view kLettersLeftOut = "adeiloy";
/// What a subtitle says of a journal that is no part of another.
constexpr std::string_view kPublication[] = {"official", "journal", "publication", "bulletin", "magazine", "revue", "zeitschrift", "organ"};

/// A name may go on behind so many words that agree: "Proc Natl Acad Sci" is that of the United States. "Lancet" is not "Lancet Oncology".
constexpr std::size_t kWordsBeforeMore = 4;
/// One word of so many may be left out within a name: "Philos Trans R Soc (Lond) B".
constexpr std::size_t kWordsForOne = 5;
constexpr std::size_t kLongestInitials = 8;
/// "Natl", "Dtsch", "Jpn": letters out of the middle of a word; longer ones have its beginning, as "Kinderheilkd".
constexpr std::size_t kLongestContraction = 5;
constexpr std::size_t kBeginning = 4;
constexpr std::size_t kMostWords = 32;

constexpr char kBetweenNames = '\n';

using Words = std::vector<std::string>;
using Readings = std::vector<std::string>;

template <std::size_t size>
bool is_among(std::string_view word, const std::string_view (&list)[size]) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

template <class Visit>
void for_each_part(std::string_view text, char divider, Visit&& visit) {
  for (; !text.empty();) {
    const std::size_t end = std::min(text.find(divider), text.size());
    if (end > 0) visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::string without_brackets(std::string_view name) {
  std::string kept;
  int depth = 0;
  for (const char c : name) {
    if (c == '(') ++depth;
    if (depth == 0) kept += c;
    if (c == ')' && depth > 0) --depth;
  }
  return kept;
}

/// "Chest: official publication of …", "Physical Review B: Condensed Matter": what stands behind the colon only describes. "Circulation: Heart Failure" is another journal.
bool only_describes(const std::string& head, const std::string& more) {
  const bool ends_with_section = head.size() > 2 && head[head.size() - 2] == ' ';
  bool names_publication = false;
  for_each_part(more, ' ', [&](std::string_view word) { names_publication = names_publication || is_among(word, kPublication); });
  return ends_with_section || names_publication;
}

void add_name(Readings& names, std::string name) {
  if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

/// The words that NLM abbreviates a title by: without bodies, and of sections the letter.
std::string words_of_nlm(std::string_view written) {
  static const JournalTitles titles;
  std::u32string text;
  for (const char32_t c : text::CodePoints(written)) text += c;
  std::string words;
  for (const TitleWord& word : titles.words_of_title(text, JournalStyle::Nlm)) words += (words.empty() ? "" : " ") + word.key;
  return words;
}

void add_names(Readings& names, std::string_view written) {
  // "Title = Title in another language", "Title / Body".
  if (const std::size_t equals = written.find(" = "); equals != std::string_view::npos) {
    add_names(names, written.substr(0, equals));
    add_names(names, written.substr(equals + 3));
    return;
  }
  written = written.substr(0, written.find(" / "));
  const std::string bare = without_brackets(written);
  add_name(names, folded_words(bare));
  const std::size_t mark = bare.find_first_of(":;");
  if (mark == std::string::npos) {
    if (bare.find(". ") != std::string::npos) add_name(names, words_of_nlm(bare));
    return;
  }
  std::string head = folded_words(std::string_view(bare).substr(0, mark));
  const bool is_subtitle = bare[mark] == ';' || (mark > 0 && bare[mark - 1] == ' ');  // as NLM writes it
  if (is_subtitle || only_describes(head, folded_words(std::string_view(bare).substr(mark)))) add_name(names, std::move(head));
}

/// All ways that a list of names as written may be read.
Readings names_in(std::string_view list) {
  Readings names;
  for_each_part(list, kBetweenNames, [&](std::string_view written) { add_names(names, written); });
  return names;
}

/// "Haematology" and "Hematology" are one.
std::string without_digraphs(std::string_view word) {
  std::string plain;
  for (std::size_t at = 0; at < word.size(); ++at)
    if ((word[at] != 'a' && word[at] != 'o') || at + 1 >= word.size() || word[at + 1] != 'e') plain += word[at];
  return plain;
}

Words words_of_name(std::string_view name) {
  Words words;
  for_each_part(name, ' ', [&](std::string_view word) {
    if (words.size() < kMostWords) words.push_back(without_digraphs(word));
  });
  return words;
}

bool may_be_left_out(const Words& words, std::size_t at) {
  const std::string& word = words[at];
  if (word.size() == 1) return at + 1 < words.size() && kLettersLeftOut.find(word[0]) != std::string_view::npos;
  return is_among(word, kLeftOut);
}

std::size_t count_telling(const Words& words, std::size_t from = 0) {
  std::size_t count = 0;
  for (std::size_t at = from; at < words.size(); ++at) count += may_be_left_out(words, at) ? 0U : 1U;
  return count;
}

/// The letters in their order, with others between them.
bool are_letters_of(std::string_view letters, std::string_view word) {
  std::size_t at = 0;
  for (const char c : letters) {
    at = word.find(c, at);
    if (at == std::string_view::npos) return false;
    ++at;
  }
  return true;
}

bool may_be_one_word(std::string_view a, std::string_view b, bool alone) {
  const std::string_view shorter = a.size() < b.size() ? a : b;
  const std::string_view longer = a.size() < b.size() ? b : a;
  constexpr std::size_t kShortestAlone = 3;
  constexpr std::size_t kLong = 5;
  if (longer.starts_with(shorter)) return !alone || shorter.size() >= std::min(kShortestAlone, longer.size());
  if (!alone && shorter.size() > 1 && shorter.size() <= kLongestContraction && shorter[0] == longer[0] && are_letters_of(shorter, longer)) return true;
  if (shorter.size() > kBeginning && longer.starts_with(shorter.substr(0, kBeginning)) && are_letters_of(shorter, longer)) return true;
  return shorter.size() >= kLong && longer.size() - shorter.size() <= 1 && edit_distance(a, b) <= 1;
}

/// The same; an elided article stands before neither: "l'Académie".
bool may_be_one_word_without_article(std::string_view a, std::string_view b, bool alone) {
  if (may_be_one_word(a, b, alone)) return true;
  const auto rest = [](std::string_view word) {
    const bool elided = word.size() > 2 && (word[0] == 'l' || word[0] == 'd') && std::string_view("aeiouh").find(word[1]) != std::string_view::npos;
    return elided ? word.substr(1) : word;
  };
  return (rest(a) != a || rest(b) != b) && may_be_one_word(rest(a), rest(b), alone);
}

/// "nejm", "apj", "mnras" of the words from `at` on: each gives its first letter, and may give more. `taken_of`: so many words before gave some.
bool are_initials_of(std::string_view letters, const Words& words, std::size_t at, std::size_t taken_of) {
  if (letters.empty()) return taken_of >= kWordsBeforeMore || (taken_of > 1 && count_telling(words, at) == 0);
  if (at == words.size()) return false;
  if (may_be_left_out(words, at) && are_initials_of(letters, words, at + 1, taken_of)) return true;
  if (words[at][0] != letters[0]) return false;
  for (std::size_t taken = 1; taken <= letters.size() && are_letters_of(letters.substr(0, taken), words[at]); ++taken)
    if (are_initials_of(letters.substr(taken), words, at + 1, taken_of + 1)) return true;
  return false;
}

bool are_initials_of(const Words& one, const Words& words) {
  return one.size() == 1 && one[0].size() > 1 && one[0].size() <= kLongestInitials && count_telling(words) > 1 && are_initials_of(one[0], words, 0, 0);
}

/// "AJR American journal of roentgenology" without its initials.
Words without_initials(const Words& words) {
  const Words rest(words.begin() + (words.empty() ? 0 : 1), words.end());
  return !words.empty() && are_initials_of(Words{words[0]}, rest) ? rest : words;
}

/// "ama" of "A.M.A.", "aapg" of "Am Assoc Pet Geol": behind the words whose first letters the word at `at` is; 0 if it is not.
std::size_t end_of_initials(const Words& words, std::size_t at, const Words& others, std::size_t from) {
  if (at >= words.size() || words[at].size() < 2 || words[at].size() > kLongestInitials) return 0;
  for (const char letter : words[at]) {
    while (from < others.size() && others[from][0] != letter && may_be_left_out(others, from)) ++from;
    if (from >= others.size() || others[from][0] != letter) return 0;
    ++from;
  }
  return from;
}

/// "Nat.forsch." of "Naturforschende", "Pharmacobio-dynamics": two words that are one.
bool is_compound(const Words& words, std::size_t at, const Words& others, std::size_t from) {
  if (at >= words.size() || from + 1 >= others.size() || others[from].size() < 2 || others[from + 1].size() < 2) return false;
  return words[at].starts_with(others[from]) && are_letters_of(others[from + 1], std::string_view(words[at]).substr(others[from].size()));
}

/// Can the words be laid side by side, so that hardly one of those that tell is left out?
bool may_be_aligned(const Words& a, const Words& b) {
  constexpr std::size_t kNever = kMostWords * 2;
  const std::size_t all = std::min(count_telling(a), count_telling(b));
  const std::size_t most_left_out = all / kWordsForOne;
  const bool alone = std::max(count_telling(a), count_telling(b)) <= 1;
  std::array<std::array<std::size_t, kMostWords + 1>, kMostWords + 1> left_out;  // by how many words of each lie behind
  for (auto& row : left_out) row.fill(kNever);
  left_out[0][0] = 0;
  const auto reach = [&](std::size_t i, std::size_t j, std::size_t count) { left_out[i][j] = std::min(left_out[i][j], count); };
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j) {
      const std::size_t count = left_out[i][j];
      if (count > most_left_out) continue;
      if ((i == a.size() || j == b.size()) && (count_telling(a, i) + count_telling(b, j) == 0 || all - count >= kWordsBeforeMore)) return true;
      // The first words must agree.
      const bool begun = count_telling(a, i) < count_telling(a) && count_telling(b, j) < count_telling(b);
      if (i < a.size() && j < b.size() && may_be_one_word_without_article(a[i], b[j], alone)) reach(i + 1, j + 1, count);
      if (const std::size_t more = end_of_initials(a, i, b, j); more > 0) reach(i + 1, more, count);
      if (const std::size_t more = end_of_initials(b, j, a, i); more > 0) reach(more, j + 1, count);
      if (is_compound(a, i, b, j)) reach(i + 1, j + 2, count);
      if (is_compound(b, j, a, i)) reach(i + 2, j + 1, count);
      if (i < a.size() && (begun || may_be_left_out(a, i))) reach(i + 1, j, count + (may_be_left_out(a, i) ? 0 : 1));
      if (j < b.size() && (begun || may_be_left_out(b, j))) reach(i, j + 1, count + (may_be_left_out(b, j) ? 0 : 1));
    }
  return false;
}

bool may_be_one_name(std::string_view a, std::string_view b) {
  if (a == b || text::is_ascii(a) != text::is_ascii(b)) return true;
  const Words first = without_initials(words_of_name(a));
  const Words second = without_initials(words_of_name(b));
  return are_initials_of(first, second) || are_initials_of(second, first) || may_be_aligned(first, second);
}

template <class Test>
bool any_pair(std::string_view list, std::string_view other_list, Test&& test) {
  if (list == other_list) return true;
  const Readings names = names_in(list);
  const Readings others = names_in(other_list);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return std::any_of(others.begin(), others.end(), [&](const std::string& other) { return test(name, other); });
  });
}

}  // namespace

std::string container_names(const Record& record) {
  std::string names;
  for_each_entry(record, [&](const Entry& entry) {
    if (entry.field != Field::ContainerTitle && entry.field != Field::ContainerTitleShort) return;
    const RichText* const rich = std::get_if<RichText>(&entry.value);
    if (rich == nullptr) return;
    if (!names.empty()) names += kBetweenNames;
    names += text::plain_text(*rich);
  });
  return names;
}

bool may_be_one_journal(std::string_view names, std::string_view other_names) { return names.empty() || other_names.empty() || any_pair(names, other_names, may_be_one_name); }

bool share_a_name(std::string_view names, std::string_view other_names) {
  return !names.empty() && !other_names.empty() && any_pair(names, other_names, [](std::string_view a, std::string_view b) { return a == b; });
}

bool may_be_one_book(std::string_view names, std::string_view other_names) {
  return names.empty() || other_names.empty() || any_pair(names, other_names, [](std::string_view a, std::string_view b) {
    Words first = words_of_name(a);
    Words second = words_of_name(b);
    std::sort(first.begin(), first.end());
    std::sort(second.begin(), second.end());
    Words both;
    std::set_intersection(first.begin(), first.end(), second.begin(), second.end(), std::back_inserter(both));
    return both.size() * 2 >= std::min(first.size(), second.size()) || may_be_one_name(a, b);
  });
}

}  // namespace bibmill
