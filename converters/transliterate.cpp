// Letter by letter, by table; what no table knows goes by its likeness in ASCII.
#include "bibmill/transliterate.h"

#include <algorithm>
#include <span>

#include "bibmill/text/unicode.h"

namespace bibmill {

namespace {

struct Spelling {
  char32_t letter;  // in lower case
  std::string_view latin;
};

constexpr Spelling kScripts[] = {
#include "tables/transliteration.inc"
};

/// "ου" is "ou" in ISO 843's transcription, where an upsilon alone is "y".
constexpr char32_t kOmicron = U'ο';
constexpr char32_t kUpsilon = U'υ';

constexpr Spelling kGerman[] = {{U'ä', "ae"}, {U'ö', "oe"}, {U'ü', "ue"}, {U'ß', "ss"}};
constexpr Spelling kNordic[] = {{U'ä', "ae"}, {U'å', "aa"}, {U'æ', "ae"}, {U'ö', "oe"}, {U'ø', "oe"}};

const Spelling* find(std::span<const Spelling> table, char32_t letter) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Spelling& each) { return each.letter == letter; });
  return found == table.end() ? nullptr : &*found;
}

const Spelling* find(char32_t letter, Transliteration rules) {
  const Spelling* found = nullptr;
  if (rules == Transliteration::German) found = find(kGerman, letter);
  if (rules == Transliteration::Nordic) found = find(kNordic, letter);
  return found != nullptr ? found : find(kScripts, letter);
}

}  // namespace

std::string transliterated(std::string_view text, Transliteration rules) {
  if (text::is_ascii(text)) return std::string(text);
  std::string out;
  char32_t before = 0;  // letter
  const std::string composed = text::nfc(text);
  for (const char32_t c : text::CodePoints(composed)) {
    const char32_t lower = text::to_lower(c);
    const Spelling* spelling = find(lower, rules);
    // Greek's accents are marks on letters of the table.
    if (spelling == nullptr && c >= 0x370) {
      const std::u32string parts = text::decompose(lower);
      if (parts.size() > 1) spelling = find(parts.front(), rules);
    }
    if (spelling == nullptr) {
      before = 0;
      out += text::ascii_fold(text::to_utf8(std::u32string_view(&c, 1)));
      continue;
    }
    const std::size_t begin = out.size();
    const bool is_diphthong = spelling->letter == kUpsilon && before == kOmicron && lower != U'ϋ' && lower != U'ΰ';
    out += is_diphthong ? std::string_view("u") : spelling->latin;
    before = lower;
    if (c != lower && out.size() > begin) out[begin] = text::ascii_upper(out[begin]);
  }
  return out;
}

}  // namespace bibmill
