// Asking the tables of producers, by tag.
#include "producers.h"

#include <algorithm>

#include "bibmill/text/unicode.h"

namespace bibmill::ris {

namespace {

using text::equal_ignoring_ascii_case;

/// The rows of a table by tag: which tag each row is about, and for each tag the rows from the first that is about it to the last.
template <std::size_t count>
struct ByTag {
  std::array<TagId, count> tags{};
  std::array<std::uint8_t, kTags.names.size()> begin{};
  std::array<std::uint8_t, kTags.names.size()> end{};

  template <class Rows>
  constexpr explicit ByTag(const Rows& rows) {
    for (std::size_t row = 0; row < count; ++row) {
      const TagId tag = kTags.find(rows[row].tag);
      tags[row] = tag;
      if (end[tag] == 0) begin[tag] = static_cast<std::uint8_t>(row);
      end[tag] = static_cast<std::uint8_t>(row + 1);
    }
  }
};

constexpr ByTag<std::size(kSigns)> kSignsOf(kSigns);
constexpr ByTag<std::size(kNoValues)> kNoValuesOf(kNoValues);

bool passes(const Sign& sign, std::string_view text) {
  switch (sign.test) {
    case Test::Any: return true;
    case Test::Is: return equal_ignoring_ascii_case(text, sign.text);
    case Test::Begins: return text.starts_with(sign.text);
    case Test::Holds: return text.find(sign.text) != std::string_view::npos;
    case Test::Ends: return text.ends_with(sign.text);
  }
  return false;
}

}  // namespace

By producer_of(std::span<const TaggedText> lines) {
  By by = By::Nobody;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const TagId tag = lines[at].tag;
    if (tag == kUnknownTag || kSignsOf.end[tag] == 0) continue;
    const bool is_followed = at + 1 < lines.size() && lines[at + 1].tag != kUnknownTag;
    const std::string_view next = is_followed ? kTags.names[lines[at + 1].tag] : std::string_view{};
    for (std::size_t row = kSignsOf.begin[tag]; row < kSignsOf.end[tag]; ++row) {
      const Sign& sign = kSigns[row];
      if (sign.by < by && kSignsOf.tags[row] == tag && (sign.next.empty() || sign.next == next) && passes(sign, lines[at].text)) by = sign.by;
    }
  }
  return by;
}

By producer_of(std::string_view tag, std::string_view text) {
  By by = By::Nobody;
  for (const Sign& sign : kSigns)
    if (sign.by < by && sign.tag == tag && sign.next.empty() && passes(sign, text)) by = sign.by;
  return by;
}

bool says_nothing(const TaggedText& line) {
  if (line.tag == kUnknownTag) return false;
  for (std::size_t row = kNoValuesOf.begin[line.tag]; row < kNoValuesOf.end[line.tag]; ++row)
    if (kNoValuesOf.tags[row] == line.tag && kNoValues[row].text == line.text) return true;
  return false;
}

}  // namespace bibmill::ris
