// Languages: look-ups in the tables of codes, names, and babel's names.
#include "bibmill/text/languages.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <string>

#include "scan.h"

namespace bibmill::text {
namespace {

struct Language {
  std::string_view tag;            // of BCP 47: two letters where there are two
  std::string_view terminology;    // ISO 639-2/T, and -3
  std::string_view bibliographic;  // ISO 639-2/B
  std::string_view name;
};

constexpr Language kLanguages[] = {
#include "tables/languages.inc"
};

struct Alias {
  std::string_view spelling;
  std::string_view tag;
};

constexpr Alias kAliases[] = {
#include "tables/language_aliases.inc"
};

enum class Use : std::uint8_t { Written, General, Read };

struct BabelLanguage {
  std::string_view langid;
  std::string_view tag;
  Use use;
};

constexpr BabelLanguage kBabelLanguages[] = {
#include "tables/babel_languages.inc"
};

struct BabelVariant {
  std::string_view langid;
  std::string_view variant;
  std::string_view tag;
};

constexpr BabelVariant kBabelVariants[] = {
#include "tables/babel_variants.inc"
};

constexpr bool are_languages_sorted() {
  for (std::size_t at = 1; at < std::size(kLanguages); ++at)
    if (!(kLanguages[at - 1].tag < kLanguages[at].tag)) return false;
  return true;
}
static_assert(are_languages_sorted());

/// The row that `fits`, or null.
template <class Row, std::size_t size, class Fits>
const Row* first_of(const Row (&rows)[size], Fits&& fits) {
  const auto* const row = std::find_if(std::begin(rows), std::end(rows), fits);
  return row == std::end(rows) ? nullptr : row;
}

constexpr std::string_view primary_subtag(std::string_view tag) { return tag.substr(0, tag.find_first_of("-_")); }

const Language* language_with_tag(std::string_view tag) {
  return first_of(kLanguages, [&](const Language& language) { return language.tag == tag; });
}

/// A code of up to three letters as one number, in any case.
constexpr std::uint32_t packed(std::string_view code) {
  std::uint32_t number = 0;
  for (const char c : code) number = number << 8 | static_cast<unsigned char>(ascii_lower(c));
  return number;
}

struct CodeOfRow {
  std::uint32_t code;
  std::uint16_t row;

  friend constexpr bool operator<(const CodeOfRow& a, const CodeOfRow& b) { return a.code != b.code ? a.code < b.code : a.row < b.row; }
};

/// All codes of kLanguages in order; of rows that share one the first comes first.
constexpr auto kCodes = [] {
  std::array<CodeOfRow, 3 * std::size(kLanguages)> codes{};
  std::size_t count = 0;
  for (std::size_t row = 0; row < std::size(kLanguages); ++row)
    for (const std::string_view code : {kLanguages[row].tag, kLanguages[row].terminology, kLanguages[row].bibliographic})
      codes[count++] = {packed(code), static_cast<std::uint16_t>(row)};
  std::sort(codes.begin(), codes.end());
  return codes;
}();

/// Two or three letters in any case.
const Language* language_with_code(std::string_view code) {
  if (code.size() != 2 && code.size() != 3) return nullptr;
  const std::uint32_t key = packed(code);
  const auto found = std::lower_bound(kCodes.begin(), kCodes.end(), CodeOfRow{key, 0});
  return found == kCodes.end() || found->code != key ? nullptr : &kLanguages[found->row];
}

const Language* language_spelled(std::string_view text) {
  if (const Language* const language = language_with_code(text)) return language;
  if (const auto* const language =
          first_of(kLanguages, [&](const Language& row) { return equal_ignoring_ascii_case(row.name, text); }))
    return language;
  const std::string folded = to_lower(text);
  const Alias* const alias = first_of(kAliases, [&](const Alias& row) { return row.spelling == folded; });
  return alias == nullptr ? nullptr : language_with_tag(alias->tag);
}

const BabelLanguage* babel_language(std::string_view langid) {
  return first_of(kBabelLanguages, [&](const BabelLanguage& row) { return equal_ignoring_ascii_case(row.langid, langid); });
}

/// What "variant" is set to among options such as "variant=british, spelling=old"; nothing where it is not.
std::string_view variant_among(std::string_view options) {
  while (!options.empty()) {
    const std::string_view option = options.substr(0, options.find(','));
    options.remove_prefix(std::min(option.size() + 1, options.size()));
    const std::size_t equals = option.find('=');
    if (equals == std::string_view::npos || !equal_ignoring_ascii_case(trim(option.substr(0, equals)), "variant")) continue;
    std::string_view value = trim(option.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '{' && value.back() == '}') value = trim(value.substr(1, value.size() - 2));
    return value;
  }
  return {};
}

/// Letters and digits, one to eight of them, in each part (RFC 5646, 2.1).
bool is_well_formed_tag(std::string_view text) {
  std::size_t size = 0;
  for (const char c : text) {
    if (c == '-' || c == '_') {
      if (size == 0) return false;
      size = 0;
    } else if (!is_ascii_alnum(c) || ++size > 8) {
      return false;
    }
  }
  return size > 0;
}

/// Scripts as Latn, regions as DE, all else in lower case; nothing special behind a singleton such as x (RFC 5646, 2.1.1).
void append_subtag(std::string& out, std::string_view subtag, bool behind_singleton) {
  const bool is_script = !behind_singleton && subtag.size() == 4 && is_ascii_letter(subtag.front());
  const bool is_region = !behind_singleton && subtag.size() == 2;
  for (std::size_t at = 0; at < subtag.size(); ++at)
    out += is_region || (is_script && at == 0) ? ascii_upper(subtag[at]) : ascii_lower(subtag[at]);
}

/// "pt_br" as "pt-BR"; empty where the language is not in the table.
std::string usual_tag(std::string_view text) {
  const Language* const language = language_with_code(primary_subtag(text));
  if (language == nullptr) return {};
  std::string out(language->tag);
  bool behind_singleton = false;
  for (std::string_view rest = text.substr(primary_subtag(text).size()); !rest.empty();) {
    rest.remove_prefix(1);
    const std::string_view subtag = primary_subtag(rest);
    out += '-';
    append_subtag(out, subtag, behind_singleton);
    behind_singleton = behind_singleton || subtag.size() == 1;
    rest.remove_prefix(subtag.size());
  }
  return out;
}

bool has_subtags(std::string_view text) { return text.find_first_of("-_") != std::string_view::npos && is_well_formed_tag(text); }

const Language* language_of(std::string_view written) {
  written = trim(written);
  if (written.empty()) return nullptr;
  if (const Language* const language = language_spelled(written)) return language;
  if (has_subtags(written))
    if (const Language* const language = language_with_code(primary_subtag(written))) return language;
  const BabelLanguage* const babel = babel_language(written);
  return babel == nullptr ? nullptr : language_with_tag(primary_subtag(babel->tag));
}

}  // namespace

std::optional<Str> bcp47_from(Arena& arena, std::string_view written) {
  written = trim(written);
  if (written.empty()) return std::nullopt;
  if (const Language* const language = language_spelled(written)) return language->tag;
  if (has_subtags(written))
    if (const std::string tag = usual_tag(written); !tag.empty()) return arena.copy(tag);
  if (const BabelLanguage* const babel = babel_language(written)) return babel->tag;
  return std::nullopt;
}

std::optional<std::string_view> bcp47_from_langid(std::string_view langid, std::string_view options) {
  langid = trim(langid);
  if (const std::string_view variant = variant_among(options); !variant.empty()) {
    const auto is_meant = [&](const BabelVariant& row) { return equal_ignoring_ascii_case(row.langid, langid) && equal_ignoring_ascii_case(row.variant, variant); };
    if (const BabelVariant* const row = first_of(kBabelVariants, is_meant)) return row->tag;
  }
  const BabelLanguage* const babel = babel_language(langid);
  return babel == nullptr ? std::nullopt : std::optional(babel->tag);
}

std::optional<std::string_view> marc_from(std::string_view written) {
  const Language* const language = language_of(written);
  return language == nullptr ? std::nullopt : std::optional(language->bibliographic);
}

std::optional<std::string_view> langid_from(std::string_view bcp47) {
  const auto* exact = first_of(kBabelLanguages, [&](const BabelLanguage& row) {
    return row.use != Use::Read && equal_ignoring_ascii_case(row.tag, bcp47);
  });
  if (exact != nullptr) return exact->langid;
  const std::string_view language = primary_subtag(bcp47);
  const auto* general = first_of(kBabelLanguages, [&](const BabelLanguage& row) {
    return row.use == Use::General && equal_ignoring_ascii_case(primary_subtag(row.tag), language);
  });
  return general == nullptr ? std::nullopt : std::optional(general->langid);
}

bool names_no_language(std::string_view written) { return equal_ignoring_ascii_case(written, "und") || equal_ignoring_ascii_case(written, "mul"); }

std::optional<std::string_view> language_name(std::string_view written) {
  const Language* const language = language_of(written);
  return language == nullptr ? std::nullopt : std::optional(language->name);
}

}  // namespace bibmill::text
