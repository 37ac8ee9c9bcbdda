// CSL-JSON, what citation processors and Zotero speak.
#include "bibmill/format.h"
#include "bibmill/csl/item.h"
#include "layout.h"
#include "reader.h"
#include "split.h"
#include "writer.h"

namespace bibmill::formats {

namespace {

constexpr std::string_view kAliases[] = {"csl-json", "json"};
constexpr std::string_view kExtensions[] = {".json", ".ndjson", ".jsonl"};
constexpr std::string_view kMediaTypes[] = {"application/vnd.citationstyles.csl+json"};

constexpr FormatOption kOptions[] = {csl::kNoteFieldsOption, csljson::kStrictOption, csljson::kIndentOption,
                                     csljson::kLinesOption};

const Format kCslJson = {
    .id = "csljson",
    .aliases = kAliases,
    .extensions = kExtensions,
    .media_types = kMediaTypes,
    .title = "CSL-JSON",
    .description =
        "The items of the Citation Style Language 1.0.2, as citation processors read them. Read as an array, as {\"items\": "
        "[…]}, as one object or as a line "
        "for each item; written as an array, or as such lines with --ndjson. Titles hold CSL's subset of HTML. What CSL has no "
        "variable for is kept in place, "
        "and with --carry in custom.bibmill.",
    .specification = "https://docs.citationstyles.org/en/v1.0.2/specification.html",
    .no_place = "CSL 1.0.2 has a closed list of variables and none for this; --carry keeps the rest in the item's custom object.",
    .mappings = csl::kVariables,
    .types = csl::kItemTypes,
    .options = kOptions,
    .needs_key = true,
    .carries_on_request = true,
    .default_layout = Layout::Source,
    .recognises = csljson::recognises,
    .split = csljson::split,
    .make_reader = csljson::make_reader,
    .make_writer = csljson::make_writer,
    .layout = csljson::lay_out,
    .layout_options = csljson::kLayoutOptions,
    .layout_rules = csljson::kLayoutRules,
};

constexpr const Format* kFormats[] = {&kCslJson};

}  // namespace

std::span<const Format* const> csljson_formats() { return kFormats; }

}  // namespace bibmill::formats
