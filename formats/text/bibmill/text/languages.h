// Languages: one table (tables/languages.inc) behind the codes and names that formats use for them.
//
// A language is written "en" or "en-US" (BCP 47, the record model), "eng" (MARC, as NLM writes it: ISO 639-2/B), "english"
// (babel, polyglossia) or "English". Text that names no language of the table is nobody's to translate: every function answers
// with nothing, and the caller keeps the text.
#pragma once

#include <optional>
#include <string_view>

#include "bibmill/arena.h"

namespace bibmill::text {

/// The BCP 47 tag for any spelling, in any case: "eng", "ger", "deu", "de", "German" and "english" give the bare language; a
/// well-formed tag whose language is known ("pt_BR", "EN-us", "zh-Hant-TW") comes back in the usual case; a babel name that is no
/// English name gives its region too ("ngerman" is de-DE).
std::optional<Str> bcp47_from(Arena& arena, std::string_view written);

/// A langid of babel or polyglossia with the region that it stands for: "english" is en-US, "british" en-GB, "french" fr-FR.
/// Nothing for other spellings. `options` are polyglossia's, biblatex's langidopts: with "variant=british" english is en-GB.
std::optional<std::string_view> bcp47_from_langid(std::string_view langid, std::string_view options = {});

/// NLM's three letters for any spelling: "eng", "ger" (not deu), "fre", "chi"; regions are left out.
std::optional<std::string_view> marc_from(std::string_view written);

/// babel's name for a BCP 47 tag: en → english, en-US → american, en-GB → british, de → ngerman. A region that babel does not
/// tell apart is left out.
std::optional<std::string_view> langid_from(std::string_view bcp47);

/// "und" and "mul", of a text whose language nobody knows and of one in several: they name no language, and styles and other programs can do nothing with them.
bool names_no_language(std::string_view written);

/// "German" for any spelling.
std::optional<std::string_view> language_name(std::string_view written);

}  // namespace bibmill::text
