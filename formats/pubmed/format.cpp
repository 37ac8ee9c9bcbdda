// PubMed XML: the descriptor.
#include "bibmill/format.h"

#include <array>

#include "elements.h"
#include "layout.h"
#include "pubmed_schema.h"
#include "reader.h"
#include "scan.h"
#include "split.h"
#include "writer.h"
#include "xml.h"

namespace bibmill {

namespace pubmed {

namespace {

/// Sure at the first tag that is one of PubMed's; likely where a wrapper's tag stands before it.
int recognises(std::string_view head) {
  constexpr int kSurely = 100;
  constexpr int kLikely = 60;
  bool first = true;
  Scanner scanner(head);
  for (Piece piece = scanner.next(); piece.kind != Piece::Kind::End; piece = scanner.next()) {
    const std::string_view text = head.substr(piece.begin, piece.end - piece.begin);
    switch (piece.kind) {
      case Piece::Kind::Record:
      case Piece::Kind::Instruction: return first ? kSurely : kLikely;
      case Piece::Kind::Text:
        if (!is_blank(text) && first) return 0;
        break;
      case Piece::Kind::Tag: {
        const NameId name = find_name(tag_name(text));
        if (name != kUnknownName && kElements[name].content == Content::Set) return first ? kSurely : kLikely;
        first = false;
        break;
      }
      default: break;
    }
  }
  return 0;
}

constexpr std::array<std::string_view, 1> kAliases = {"pubmed-xml"};
constexpr std::array<std::string_view, 1> kExtensions = {".xml"};
constexpr std::array<std::string_view, 2> kMediaTypes = {"application/xml", "text/xml"};

constexpr std::string_view kTextLoses[] = {"white space"};

constexpr std::array<FormatOption, 1> kOptions = {kLineEndOption};

constexpr Format kFormat = [] {
  Format format;
  format.options = kOptions;
  format.id = "pubmed";
  format.aliases = kAliases;
  format.extensions = kExtensions;
  format.media_types = kMediaTypes;
  format.title = "PubMed XML";
  format.description =
      "NLM's own form of PubMed's records, as efetch and the yearly baseline give them: articles, books and chapters, with "
      "indexing, grants, links, "
      "history and cited references. DTDs from 2002 to 2025 are read, sets of MedlineCitation too, and citations without any "
      "set; what is written follows the DTD of "
      "January 2025. Unchanged records come back as they stood.";
  format.specification = "https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/";
  format.no_place =
      "The DTD has an element for each thing that NLM records of journal articles and of the books on its shelf; any other element would make the "
      "document invalid.";
  format.text_loses = kTextLoses;
  format.schema = kPubmedSchema;
  format.mappings = kMappings;
  format.types = kTypes;
  format.default_layout = Layout::Source;
  format.recognises = recognises;
  format.split = split;
  format.make_reader = make_reader;
  format.make_writer = make_writer;
  format.layout = lay_out;
  format.layout_options = kLayoutOptions;
  format.layout_rules = kLayoutRules;
  return format;
}();

}  // namespace

}  // namespace pubmed

namespace formats {

std::span<const Format* const> pubmed_formats() {
  static constexpr std::array<const Format*, 1> kFormats = {&pubmed::kFormat};
  return kFormats;
}

}  // namespace formats

}  // namespace bibmill
