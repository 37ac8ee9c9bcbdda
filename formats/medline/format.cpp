// MEDLINE's descriptor.
#include <array>
#include <span>
#include <string_view>

#include "bibmill/format.h"
#include "bibmill/tagged/layout.h"
#include "reader.h"
#include "split.h"
#include "tags.h"
#include "writer.h"

namespace bibmill::medline {

namespace {

LaidOut lay_out_medline(std::string_view text, const Settings&) { return tagged::lay_out(text, kGrammar, {.blank_lines_divide = true}); }

constexpr std::array<std::string_view, 1> kAliases = {"nbib"};
constexpr std::array<std::string_view, 3> kExtensions = {".nbib", ".medline", ".txt"};
constexpr std::array<std::string_view, 2> kMediaTypes = {"application/nbib", "application/x-nbib"};

/// PMID first, of PubMed, ERIC and KoreaMed, leaves no doubt, nor does TY, which is RIS; else known tags must outweigh what is not MEDLINE's.
int recognises(std::string_view head) {
  constexpr int kEnough = 20;
  tagged::Lines lines(head, 0, kGrammar);
  tagged::Line line;
  int tagged_lines = 0;
  int known = 0;
  int stray = 0;
  while (tagged_lines < kEnough && stray < 3 && lines.next(line)) {
    if (line.kind == tagged::Line::Kind::Loose) ++stray;
    if (!line.is_tagged()) continue;
    if (line.code == tagged::code("TY")) return 0;
    if (line.code == tagged::code("PMID") && tagged_lines == 0) return line.standard && stray == 0 ? 100 : 90;
    ++tagged_lines;
    if (line.known) ++known;
  }
  if (known < 3 || known * 5 < tagged_lines * 3) return 0;
  return known >= 6 ? 80 : 60;
}

constexpr std::string_view kTextLoses[] = {"white space"};

constexpr std::array<FormatOption, 1> kOptions = {kLineEndOption};

constexpr Format kFormat = [] {
  Format format;
  format.options = kOptions;
  format.id = kId;
  format.aliases = kAliases;
  format.extensions = kExtensions;
  format.media_types = kMediaTypes;
  format.title = "MEDLINE, PubMed's tagged text";
  format.description =
      "What PubMed saves as .nbib and efetch gives as rettype=medline: a tag of up to four letters, a dash, a value, and six "
      "blanks before what continues "
      "it. Tags that NLM retired are read too, and so are the exports of ERIC and KoreaMed. Records come back byte for byte "
      "unless they were changed.";
  format.specification = "https://pubmed.ncbi.nlm.nih.gov/help/#pubmed-format";
  format.no_place =
      "MEDLINE has a tag for each thing that NLM records of journal articles and of the books on its shelf, and programs that "
      "read "
      "it expect no other tags.";
  format.text_loses = kTextLoses;
  format.mappings = kMappings;
  format.types = kTypes;
  format.default_layout = Layout::Source;
  format.recognises = recognises;
  format.split = split;
  format.make_reader = make_reader;
  format.make_writer = make_writer;
  format.layout = lay_out_medline;
  format.layout_rules = "Tags that the format has in capitals and in their form (`PMID- 1`), one blank line between records, no blanks at the ends of lines. Values, the lines that they go on over, lines without a tag and their order stay as they were written.";
  return format;
}();

}  // namespace

}  // namespace bibmill::medline

namespace bibmill::formats {

std::span<const Format* const> medline_formats() {
  static constexpr const Format* kAll[] = {&medline::kFormat};
  return kAll;
}

}  // namespace bibmill::formats
