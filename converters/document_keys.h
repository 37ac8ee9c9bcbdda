// What files of settings share: keys that are known, words of which one is chosen, and how messages and schemas say so.
#pragma once

#include <span>
#include <string_view>

#include "bibmill/document.h"
#include "bibmill/text/tree.h"

namespace bibmill {

/// "a map", "a list", "a word", "nothing".
std::string_view kind_of(const text::Node& node);

/// Refuses a key that is none of the names, with the nearest right one. Throws UsageError.
[[noreturn]] void refuse_key(const Document& document, const text::Member& member, std::string_view what, std::span<const std::string_view> names);

/// Whether "error|warning|loss" has the word.
bool is_choice(std::string_view choices, std::string_view word);
/// The same as a schema has it.
void emit_choices(text::Emitter& emitter, std::string_view choices);

}  // namespace bibmill
