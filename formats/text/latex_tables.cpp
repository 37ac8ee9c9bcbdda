// The LaTeX tables, proved sorted and unique while compiling, and the index by character that is made when something is first written.
#include "latex_tables.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <vector>

#include "bibmill/text/unicode.h"

namespace bibmill::text {

namespace {

constexpr auto Text = LatexMode::Text;
constexpr auto Math = LatexMode::Math;
constexpr auto Any = LatexMode::Any;
constexpr auto Both = LatexWay::Both;
constexpr auto ReadOnly = LatexWay::ReadOnly;

constexpr LatexSymbol kSymbols[] = {
#include "tables/latex_unicode.inc"
};

constexpr LatexAccent kAccents[] = {
#include "tables/latex_accents.inc"
};

/// Sorted by command, then mode, and no command twice in one mode.
template <class Row, std::size_t size>
constexpr bool is_sorted_and_unique(const Row (&rows)[size]) {
  for (std::size_t at = 1; at < size; ++at) {
    const int order = rows[at - 1].command.compare(rows[at].command);
    if (order > 0) return false;
    if (order == 0 && (rows[at - 1].mode != Text || rows[at].mode != Math)) return false;
  }
  return true;
}

/// What is written is one character, so that its row can be found by it.
constexpr bool writes_single_characters() {
  return std::all_of(std::begin(kSymbols), std::end(kSymbols),
                     [](const LatexSymbol& row) { return row.way == ReadOnly || row.characters.size() == 1; });
}

static_assert(is_sorted_and_unique(kSymbols));
static_assert(is_sorted_and_unique(kAccents));
static_assert(writes_single_characters());

constexpr bool is_known_in(LatexMode row, LatexMode mode) { return row == mode || row == Any; }

/// Where the commands of each byte behind the backslash begin: a table is searched among those of one byte alone.
template <class Row, std::size_t size>
constexpr std::array<std::uint16_t, 257> begins_of(const Row (&rows)[size]) {
  constexpr auto byte = [](char c) { return static_cast<unsigned char>(c); };
  std::array<std::uint16_t, 257> begins{};
  std::size_t row = 0;
  for (std::size_t second = 0; second < begins.size(); ++second) {
    const auto stands_before = [&](std::string_view command) {
      return byte(command.front()) < byte('\\') || (command.front() == '\\' && (command.size() == 1 || byte(command[1]) < second));
    };
    while (row < size && stands_before(rows[row].command)) ++row;
    begins[second] = static_cast<std::uint16_t>(row);
  }
  return begins;
}

constexpr auto kSymbolBegins = begins_of(kSymbols);
constexpr auto kAccentBegins = begins_of(kAccents);

template <class Row, std::size_t size>
const Row* find(const Row (&rows)[size], const std::array<std::uint16_t, 257>& begins, std::string_view command, LatexMode mode) {
  const bool is_command = command.size() > 1 && command.front() == '\\';
  const std::size_t second = is_command ? static_cast<unsigned char>(command[1]) : 0;
  const bool stands_before = !command.empty() && static_cast<unsigned char>(command.front()) < '\\';  // as most signs of text do
  const Row* const begin = is_command ? rows + begins[second] : std::begin(rows);
  const Row* const end = is_command ? rows + begins[second + 1] : stands_before ? rows + begins[0] : std::end(rows);
  const Row* const first = std::lower_bound(begin, end, command,
                                            [](const Row& row, std::string_view wanted) { return row.command < wanted; });
  const Row* other = nullptr;
  for (const Row* row = first; row != std::end(rows) && row->command == command; ++row) {
    if (is_known_in(row->mode, mode)) return row;
    other = row;
  }
  return other;
}

struct Spelling {
  char32_t character;
  const LatexSymbol* row;
};

std::vector<Spelling> spellings_by_character() {
  std::vector<Spelling> index;
  for (const LatexSymbol& row : kSymbols)
    if (row.way == Both) index.push_back({row.characters.front(), &row});
  std::sort(index.begin(), index.end(), [](const Spelling& a, const Spelling& b) { return a.character < b.character; });
  return index;
}

}  // namespace

const LatexSymbol* find_symbol(std::string_view command, LatexMode mode) {
  const LatexSymbol* const row = find(kSymbols, kSymbolBegins, command, mode);
  const bool is_ligature = !command.empty() && command.front() != '\\';
  return row != nullptr && is_ligature && !is_known_in(row->mode, mode) ? nullptr : row;
}

const LatexAccent* find_accent(std::string_view command, LatexMode mode) {
  const LatexAccent* const row = find(kAccents, kAccentBegins, command, mode);
  return row != nullptr && is_known_in(row->mode, mode) ? row : nullptr;
}

const LatexSymbol* spelling_of(char32_t character) {
  static const std::vector<Spelling> index = spellings_by_character();
  const auto found =
      std::lower_bound(index.begin(), index.end(), character, [](const Spelling& one, char32_t wanted) { return one.character < wanted; });
  return found != index.end() && found->character == character ? found->row : nullptr;
}

const LatexAccent* spelling_of_mark(char32_t mark) {
  const LatexAccent* const found = std::find_if(std::begin(kAccents), std::end(kAccents),
                                                [&](const LatexAccent& row) { return row.mark == mark && row.way == Both; });
  return found != std::end(kAccents) ? found : nullptr;
}

std::string_view command_at(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && is_ascii_letter(text[end])) ++end;
  if (end == at + 1) end += code_point_at(text, end).size;
  return text.substr(at, end - at);
}

bool is_word(std::string_view command) { return command.size() > 1 && is_ascii_letter(command[1]); }

LatexTables latex_tables() { return {kSymbols, std::size(kSymbols), kAccents, std::size(kAccents)}; }

}  // namespace bibmill::text
