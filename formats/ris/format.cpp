// RIS, Research Information Systems' tagged format: what the catalogue knows of it.
#include <array>
#include <span>
#include <string_view>

#include "bibmill/format.h"
#include "bibmill/tagged/layout.h"
#include "profiles.h"
#include "reader.h"
#include "split.h"
#include "tags.h"
#include "writer.h"

namespace bibmill::formats {

namespace {

using namespace std::string_view_literals;

LaidOut lay_out_ris(std::string_view text, const Settings&) { return tagged::lay_out(text, ris::kGrammar, {.begins = "TY", .ends = "ER"}); }

constexpr std::array kExtensions = {".ris"sv, ".txt"sv};
constexpr std::array kOptions = {
    kLineEndOption,
    FormatOption{"bom", "", "begin with a byte-order mark, for programs that would take another encoding"},
    FormatOption{"rich-text", "NOTATION", "write markup in titles, abstracts and notes so, whatever the profile says", FormatOption::Side::Writing, "plain|html"},
};
constexpr std::array kMediaTypes = {"application/x-research-info-systems"sv};

constexpr std::array kTextLoses = {"white space"sv};

const Format kRis = {
    .id = ris::kId,
    .aliases = {},
    .extensions = kExtensions,
    .media_types = kMediaTypes,
    .title = "RIS, Research Information Systems' tagged format",
    .description =
        "What databases export and reference managers import. Each writes it differently: the meaning of a tag depends on the type of the work, and on who wrote "
        "the file. bibmill reads the dialects of all of them, keeps what no field holds under its own tag, and writes strict lines that all of them read.",
    .specification = "https://en.wikipedia.org/wiki/RIS_(file_format)",
    .no_place = "RIS has a fixed list of tags with two characters each, none of which means this, and no importer reads others; --carry keeps it in a line N1.",
    .text_loses = kTextLoses,
    .mappings = ris::kMappings,
    .types = ris::kTypes,
    .options = kOptions,
    .profiles = ris::kProfiles,
    .carries_on_request = true,
    .default_layout = Layout::Canonical,
    .recognises = ris::recognises,
    .producer = ris::producer_in,
    .split = ris::split,
    .make_reader = ris::make_reader,
    .make_writer = ris::make_writer,
    .layout = lay_out_ris,
    .layout_rules = "Tags that the format has in capitals and in their form (`TY  - JOUR`), one blank line between records, no blanks at the ends of lines, none between the tags of a record. Values, the lines that they go on over, lines without a tag and their order stay as they were written.",
};

constexpr std::array<const Format*, 1> kFormats = {&kRis};

}  // namespace

std::span<const Format* const> ris_formats() { return kFormats; }

}  // namespace bibmill::formats
