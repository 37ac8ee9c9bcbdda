// The nearest right word: what a misspelled command, option, format, step or field may have meant.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace bibmill {

/// Letters to insert, remove, replace or swap with their neighbour until `a` is `b`, the case of ASCII letters ignored.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate that the word most likely means; empty if none is near. The first of equally near ones.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

/// "; did you mean X?" or nothing.
std::string suggestion(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace bibmill
