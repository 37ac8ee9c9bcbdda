// Asking the tables of producers, by tag.
#include "producers.h"

#include <algorithm>
#include <span>

#include "bibmill/text/unicode.h"

namespace bibmill::ris {

namespace {

using text::equal_ignoring_ascii_case;

/// The rows of a table by tag, those of one tag in the table's order.
template <class Row, std::size_t count>
struct ByTag {
  std::array<std::uint8_t, count> rows{};
  std::array<std::uint8_t, kTags.names.size() + 1> begin{};  // in `rows`, of each tag

  constexpr explicit ByTag(const Row (&table)[count]) {
    for (const Row& row : table) ++begin[std::size_t{kTags.find(row.tag)} + 1];
    for (std::size_t tag = 1; tag < begin.size(); ++tag) begin[tag] = static_cast<std::uint8_t>(begin[tag] + begin[tag - 1]);
    auto next = begin;
    for (std::size_t row = 0; row < count; ++row) rows[next[kTags.find(table[row].tag)]++] = static_cast<std::uint8_t>(row);
  }

  constexpr std::span<const std::uint8_t> of(TagId tag) const { return std::span(rows).subspan(begin[tag], std::size_t{begin[tag + 1U]} - begin[tag]); }
};

constexpr ByTag kSignsOf(kSigns);
constexpr ByTag kNoValuesOf(kNoValues);

/// The tags that must stand behind the signs; unknown where any may.
constexpr auto kNextOf = [] {
  std::array<TagId, std::size(kSigns)> tags{};
  for (std::size_t row = 0; row < tags.size(); ++row) tags[row] = kSigns[row].next.empty() ? kUnknownTag : kTags.find(kSigns[row].next);
  return tags;
}();

/// What a text that says nothing can begin with.
constexpr auto kBeginsNoValue = [] {
  std::array<bool, 256> begins{};
  for (const NoValue& row : kNoValues) begins[static_cast<unsigned char>(row.text.front())] = true;
  return begins;
}();

/// The characters that stand before slashes, a bit for each of 64. Nearly all texts that a sign may look for in another are hosts, whose last letter tells that most are not there.
std::uint64_t letters_before_slashes(std::string_view text) {
  std::uint64_t letters = 0;
  for (std::size_t slash = text.find('/', 1); slash < text.size(); slash = text.find('/', slash + 1)) letters |= std::uint64_t{1} << (static_cast<unsigned char>(text[slash - 1]) % 64U);
  return letters;
}

/// A sign's bit among them; all of them where it is no host.
constexpr std::uint64_t bits_of(const Sign& sign) {
  if (sign.test != Test::Holds || !sign.text.ends_with('/')) return ~std::uint64_t{0};
  return std::uint64_t{1} << (static_cast<unsigned char>(sign.text[sign.text.size() - 2]) % 64U);
}

/// Of each sign.
constexpr auto kBitsOf = [] {
  std::array<std::uint64_t, std::size(kSigns)> bits{};
  for (std::size_t row = 0; row < bits.size(); ++row) bits[row] = bits_of(kSigns[row]);
  return bits;
}();

/// Whether a tag has signs that are hosts.
constexpr auto kHasHosts = [] {
  std::array<bool, kTags.names.size() + 1> has{};
  for (const Sign& sign : kSigns)
    if (bits_of(sign) != ~std::uint64_t{0}) has[kTags.find(sign.tag)] = true;
  return has;
}();

bool passes(const Sign& sign, std::string_view text) {
  switch (sign.test) {
    case Test::Any: return true;
    case Test::Is: return equal_ignoring_ascii_case(text, sign.text);
    case Test::Begins: return text.starts_with(sign.text);
    case Test::Holds: return text.find(sign.text) != std::string_view::npos;
    case Test::Ends: return text.ends_with(sign.text);
    case Test::Again: return false;  // seen with the lines behind it
  }
  return false;
}

/// "2011/05//", "2011", "2011/05//": a date, its year, and the date in the same words.
bool is_said_again(std::span<const TaggedText> lines, std::size_t at) {
  static constexpr TagId kPY = kTags.find("PY");
  static constexpr TagId kDA = kTags.find("DA");
  if (at + 2 >= lines.size() || lines[at + 1].tag != kPY || lines[at + 2].tag != kDA) return false;
  return lines[at].text == lines[at + 2].text && lines[at].text.starts_with(lines[at + 1].text);
}

/// Whether a record has a tag that the producer never writes.
bool deceives(By by, std::span<const TaggedText> lines) {
  for (const Never& never : kNever)
    if (never.by == by && std::any_of(lines.begin(), lines.end(), [&](const TaggedText& line) { return line.tag == kTags.find(never.tag); })) return true;
  return false;
}

}  // namespace

By producer_of(std::span<const TaggedText> lines) {
  By by = By::Nobody;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const TagId tag = lines[at].tag;
    if (tag == kUnknownTag) continue;
    const TagId next = at + 1 < lines.size() ? lines[at + 1].tag : kUnknownTag;
    const std::uint64_t letters = kHasHosts[tag] ? letters_before_slashes(lines[at].text) : ~std::uint64_t{0};
    for (const std::uint8_t row : kSignsOf.of(tag)) {
      const Sign& sign = kSigns[row];
      if (sign.by < by && (kBitsOf[row] & letters) != 0 && (kNextOf[row] == kUnknownTag || kNextOf[row] == next) &&
          (sign.test == Test::Again ? is_said_again(lines, at) : passes(sign, lines[at].text)))
        by = sign.by;
    }
  }
  return by != By::Nobody && deceives(by, lines) ? By::Nobody : by;
}

By producer_of(std::string_view tag, std::string_view text) {
  By by = By::Nobody;
  for (const Sign& sign : kSigns)
    if (sign.by < by && sign.tag == tag && sign.next.empty() && passes(sign, text)) by = sign.by;
  return by;
}

By producer_of_empty(TagId tag) {
  By by = By::Nobody;
  if (tag == kUnknownTag) return by;
  for (const std::uint8_t row : kSignsOf.of(tag))
    if (kSigns[row].test == Test::Any && kSigns[row].next.empty()) by = std::min(by, kSigns[row].by);
  return by;
}

const Elsewhere* elsewhere(By by, Type type, std::string_view key) {
  if (by == By::Nobody) return nullptr;
  for (const Elsewhere& row : kElsewhere)
    if (row.by == by && row.types.has(type) && row.key == key) return &row;
  return nullptr;
}

namespace {

bool says_nothing(TagId tag, std::string_view text) {
  const std::span<const std::uint8_t> rows = kNoValuesOf.of(tag);
  return std::any_of(rows.begin(), rows.end(), [&](std::uint8_t row) { return kNoValues[row].text == text; });
}

}  // namespace

bool says_nothing(const TaggedText& line) { return line.tag != kUnknownTag && kBeginsNoValue[static_cast<unsigned char>(line.text.front())] && says_nothing(line.tag, line.text); }

bool says_nothing(std::string_view tag, std::string_view text) {
  if (text.empty() || !kBeginsNoValue[static_cast<unsigned char>(text.front())]) return false;
  const TagId id = kTags.find(tag);
  return id != kUnknownTag && says_nothing(id, text);
}

}  // namespace bibmill::ris
