// Writes CSL-JSON.
#pragma once

#include <memory>
#include <span>

#include "bibmill/format.h"

namespace bibmill::csljson {

inline constexpr FormatOption kStrictOption = {
    .name = "strict", .argument = {}, .summary = "move members that CSL's schema does not allow to custom"};
inline constexpr FormatOption kIndentOption = {.name = "indent",
                                               .argument = "N",
                                               .summary = "indent members by N blanks a level; 0 gives an item a line",
                                               .otherwise = "2",
                                               .least = 0,
                                               .most = 8};
inline constexpr FormatOption kLinesOption = {
    .name = "ndjson",
    .argument = {},
    .summary = "write a line of JSON for each item, and no array; an output named .ndjson or .jsonl is written so",
    .implied_by = ".ndjson|.jsonl"};

std::unique_ptr<Writer> make_writer(const WriteOptions& options, std::span<const Mapping> rows);

}  // namespace bibmill::csljson
