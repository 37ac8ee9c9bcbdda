// Character references: the names of HTML 4, and all numbers. HTML 5, section 13.5.
#include "bibmill/text/entities.h"

#include <algorithm>
#include <iterator>

#include "bibmill/text/unicode.h"

namespace bibmill::text {

namespace {

struct Named {
  std::string_view name;
  char32_t character;
};

constexpr Named kNamed[] = {
#include "tables/html_entities.inc"
};

static_assert(std::is_sorted(std::begin(kNamed), std::end(kNamed), [](const Named& a, const Named& b) { return a.name < b.name; }));

constexpr std::size_t kLongestReference = 12;

int digit_value(char c, int base) {
  const char lower = ascii_lower(c);
  if (is_ascii_digit(c)) return c - '0';
  if (base == 16 && lower >= 'a' && lower <= 'f') return lower - 'a' + 10;
  return -1;
}

/// "#8211" or "#x2013"; 0 for what is no character.
char32_t numbered(std::string_view name) {
  name.remove_prefix(1);
  const bool hex = !name.empty() && ascii_lower(name.front()) == 'x';
  if (hex) name.remove_prefix(1);
  if (name.empty() || name.size() > 8) return 0;
  char32_t value = 0;
  for (const char c : name) {
    const int digit = digit_value(c, hex ? 16 : 10);
    if (digit < 0) return 0;
    value = value * (hex ? 16 : 10) + static_cast<char32_t>(digit);
  }
  const bool is_character = value >= 0x20 && value <= 0x10FFFF && (value < 0xD800 || value >= 0xE000);
  return is_character ? value : 0;
}

}  // namespace

CharacterReference character_reference_at(std::string_view text, std::size_t at) {
  const std::string_view head = text.substr(at + 1, kLongestReference);
  const std::size_t end = head.find(';');
  if (end == std::string_view::npos || end == 0) return {};
  const std::string_view name = head.substr(0, end);
  if (name.front() == '#') {
    const char32_t character = numbered(name);
    return character == 0 ? CharacterReference{} : CharacterReference{character, end + 2};
  }
  const Named* const found = std::lower_bound(std::begin(kNamed), std::end(kNamed), name, [](const Named& row, std::string_view wanted) { return row.name < wanted; });
  return found == std::end(kNamed) || found->name != name ? CharacterReference{} : CharacterReference{found->character, end + 2};
}

}  // namespace bibmill::text
