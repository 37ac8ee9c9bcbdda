// BibTeX's and biblatex's descriptors.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "bibmill/format.h"
#include "bibmill/text/unicode.h"
#include "fields.h"
#include "key_bits.h"
#include "layout.h"
#include "lexer.h"
#include "prelude.h"
#include "reader.h"
#include "types.h"
#include "writer.h"

namespace bibmill::bibtex {

static_assert(is_sound(kBibtexFields));
static_assert(is_sound(kBiblatexFields));

namespace {

/// Fields that biblatex alone has, and that no exporter writes into classic BibTeX.
constexpr std::string_view kTelling[] = {
    "date", "journaltitle", "journalsubtitle", "langid", "xdata", "eventtitle", "eventdate", "maintitle", "booksubtitle", "titleaddon", "origdate", "editortype",
    "pubstate", "eprintclass", "entrysubtype", "relatedtype", "issuetitle", "shorthand", "pagetotal", "verba", "usera", "entryset"};

constexpr KeyBits kTellingBits(kTelling);

bool is_telling(std::string_view key) {
  if (key.find('+') != kNowhere) return true;
  return kTellingBits.may_have(key) && std::any_of(std::begin(kTelling), std::end(kTelling), [&](std::string_view telling) { return text::equal_ignoring_ascii_case(telling, key); });
}

struct Look {
  bool bibtex = false;
  bool biblatex = false;
};

/// `dialect`: what is asked for; of BibTeX the first entry tells.
Look look_at(std::string_view head, Dialect dialect) {
  Look look;
  Block block;
  std::vector<Group> groups;
  for (std::size_t at = 0; !look.biblatex && !(look.bibtex && dialect == Dialect::Bibtex); at = block.end) {
    const Found found = next_block(head, at, Extent::Whole, block, &groups);
    if (found != Found::Whole) break;
    if (block.kind == Block::Kind::Text) continue;
    if (!block.closed) groups.clear();
    EntryScanner scanner(block.inside(head), true, groups);
    FieldSyntax field;
    if (block.kind != Block::Kind::Entry) {
      look.bibtex = look.bibtex || !block.inside(head).empty();
      continue;
    }
    EntryScanner::KeyFlaw flaw;
    const bool key = !scanner.read_key(flaw).empty();
    if (only_in_biblatex(lower(block.type)) && key) look.bibtex = look.biblatex = true;
    bool fields = false;
    while (!look.biblatex && scanner.next_field(field)) {
      fields = true;
      look.biblatex = is_telling(field.key);
    }
    look.bibtex = look.bibtex || key || fields;
  }
  return look;
}

// TeX reads a run of blanks as one; decoding composes letters and marks, some characters have no command or read as another, and braces must be in pairs.
constexpr std::string_view kTextLoses[] = {"white space", "spelling", "characters", "braces"};

constexpr std::string_view kBibtexAliases[] = {"bib"};
constexpr std::string_view kExtensions[] = {".bib"};
constexpr std::string_view kMediaTypes[] = {"application/x-bibtex", "text/x-bibtex"};

std::unique_ptr<Reader> make_bibtex_reader(const ReadOptions& options) { return make_reader(Dialect::Bibtex, options); }
std::unique_ptr<Reader> make_biblatex_reader(const ReadOptions& options) { return make_reader(Dialect::Biblatex, options); }
std::unique_ptr<Writer> make_bibtex_writer(const WriteOptions& options, std::span<const Mapping> rows) { return make_writer(Dialect::Bibtex, options, rows); }
std::unique_ptr<Writer> make_biblatex_writer(const WriteOptions& options, std::span<const Mapping> rows) { return make_writer(Dialect::Biblatex, options, rows); }

LaidOut lay_out_bibtex(std::string_view text, const Settings& settings) { return lay_out(Dialect::Bibtex, text, settings); }
LaidOut lay_out_biblatex(std::string_view text, const Settings& settings) { return lay_out(Dialect::Biblatex, text, settings); }

// BibTeX's own writing is ASCII.
constexpr FormatOption kBibtexOptions[] = {kCommentsOption, kOrderOption, kAlignOption, kWidthOption, kLineEndOption};
constexpr FormatOption kBiblatexOptions[] = {kCommentsOption, kAsciiOption, kOrderOption, kAlignOption, kWidthOption, kLineEndOption};

constexpr Profile kProfiles[] = {
    {kJabref, "says at the end which of the two dialects the library is in, since JabRef takes it for BibTeX otherwise"},
    {kZotero, "sub- and superscripts as formulas, since Zotero reads no \\textsubscript; types that it would drop as @misc with a note"},
    {kIeee, "in BibTeX @electronic, @standard and @periodical, which IEEEtran's styles have"},
    {kAcm, "articleno, numpages and lastaccessed; in BibTeX @online, @software and @dataset: what ACM's styles call them"},
};

Format describe(Dialect dialect) {
  Format format;
  format.id = id_of(dialect);
  format.extensions = kExtensions;
  format.media_types = kMediaTypes;
  format.needs_key = true;
  format.options = dialect == Dialect::Bibtex ? std::span<const FormatOption>(kBibtexOptions) : kBiblatexOptions;
  format.profiles = kProfiles;
  format.text_loses = kTextLoses;
  format.carries_on_request = true;
  format.split = split;
  format.make_look_ahead = make_bibtex_look_ahead;
  format.make_follower = make_bibtex_follower;
  format.layout = dialect == Dialect::Bibtex ? lay_out_bibtex : lay_out_biblatex;
  format.layout_options = kLayoutOptions;
  format.layout_rules = kLayoutRules;
  if (dialect == Dialect::Bibtex) {
    format.aliases = kBibtexAliases;
    format.title = "BibTeX";
    format.description =
        "The bibliographies of LaTeX, in the data model of BibTeX's standard styles and the fields that its users have agreed on since. Both dialects are read alike, "
        "whichever was named: strings, concatenations, crossref and xdata, names in all forms, LaTeX in its many spellings. Written in ASCII, with months as macros, capitals of titles in "
        "braces, and every field that the source had in its place where the source was BibTeX.";
    format.specification = "https://tug.ctan.org/biblio/bibtex/base/btxdoc.pdf";
    format.no_place = "BibTeX's styles know a small set of fields and drop all others without a word; --carry keeps the rest in a field that they skip.";
    format.mappings = kBibtexFields;
    format.types = kBibtexTypes;
    format.recognises = recognises_bibtex;
    format.make_reader = make_bibtex_reader;
    format.make_writer = make_bibtex_writer;
  } else {
    format.title = "biblatex";
    format.description =
        "BibTeX's syntax with the data model of biblatex 3.19: dates in ISO 8601-2, parts of titles apart, many more types and roles. Written in UTF-8; a field that the data model does not "
        "allow for the type is not written, and said to be lost.";
    format.specification = "https://ctan.org/pkg/biblatex";
    format.no_place = "biblatex's data model has no such field, and biber drops what it does not know; --carry keeps the rest in a field that styles skip.";
    format.mappings = kBiblatexFields;
    format.types = kBiblatexTypes;
    format.recognises = recognises_biblatex;
    format.make_reader = make_biblatex_reader;
    format.make_writer = make_biblatex_writer;
  }
  return format;
}

}  // namespace

int recognises_bibtex(std::string_view head) { return look_at(head, Dialect::Bibtex).bibtex ? 80 : 0; }

int recognises_biblatex(std::string_view head) {
  const Look look = look_at(head, Dialect::Biblatex);
  return look.bibtex && look.biblatex ? 90 : look.bibtex ? 40 : 0;
}

}  // namespace bibmill::bibtex

namespace bibmill::formats {

std::span<const Format* const> bibtex_formats() {
  static const Format kBibtex = bibtex::describe(bibtex::Dialect::Bibtex);
  static const Format kBiblatex = bibtex::describe(bibtex::Dialect::Biblatex);
  static const std::array<const Format*, 2> kFormats = {&kBibtex, &kBiblatex};
  return kFormats;
}

}  // namespace bibmill::formats
