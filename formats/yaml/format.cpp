// CSL-YAML: what people keep in git and edit by hand, and the archive that loses nothing.
#include "bibmill/format.h"
#include "bibmill/csl/item.h"
#include "layout.h"
#include "lines.h"
#include "reader.h"
#include "writer.h"

namespace bibmill::formats {

namespace {

constexpr std::string_view kAliases[] = {"csl-yaml", "yml"};
constexpr std::string_view kExtensions[] = {".yaml", ".yml"};
constexpr std::string_view kMediaTypes[] = {"application/yaml", "text/yaml", "application/x-yaml"};

constexpr FormatOption kOptions[] = {csl::kNoteFieldsOption};

const Format kYaml = {
    .id = "yaml",
    .aliases = kAliases,
    .extensions = kExtensions,
    .media_types = kMediaTypes,
    .title = "CSL-YAML",
    .description =
        "CSL's items as pandoc and Quarto read them, and bibmill's archive: what CSL has no variable for stands in "
        "custom.bibmill of each item, under the record "
        "schema, so that any record comes back whole. Read as a list, under \"references\", as a map of items by their ids, as "
        "one item, in one document or "
        "several. Every value is the text that stands there: No, 010 and 1.10 are not turned into anything else. Text is written "
        "as pandoc's Markdown; an "
        "item whose text holds CSL's HTML (<i>…</i>) and that is not an archive of ours is read as HTML, and a note says so.",
    .specification = "https://pandoc.org/MANUAL.html#specifying-bibliographic-data",
    .no_place = "CSL 1.0.2 has a closed list of variables and none for this; the item's custom map holds it, always.",
    .mappings = csl::kVariables,
    .types = csl::kItemTypes,
    .options = kOptions,
    .needs_key = true,
    .carries_always = true,
    .carries_on_request = true,
    .default_layout = Layout::Canonical,
    .recognises = yaml::recognises,
    .split = yaml::split,
    .make_reader = yaml::make_reader,
    .make_writer = yaml::make_writer,
    .layout = yaml::lay_out,
    .layout_options = yaml::kLayoutOptions,
    .layout_rules = yaml::kLayoutRules,
};

constexpr const Format* kFormats[] = {&kYaml};

}  // namespace

std::span<const Format* const> yaml_formats() { return kFormats; }

}  // namespace bibmill::formats
