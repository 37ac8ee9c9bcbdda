// From elements to values.
//
// A decoder works on one record's tree. Whatever it meets in an element that the value has no place for (unknown elements and attributes, text where none
// belongs, comments) is kept as an extra under its path, and what was wrong with the text is gathered in `findings`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bibmill/format.h"
#include "bibmill/record.h"
#include "bibmill/text/rich_text.h"
#include "tree.h"
#include "xml.h"

namespace bibmill::pubmed {

/// Key of extras that hold what libxml2 refused: no well-formed XML, and never written.
inline constexpr std::string_view kRestKey = "#rest";
/// Behind the path of an element: text between its children, where there should be none.
inline constexpr std::string_view kTextKey = "/#text";

/// Before the number of a preprint of arXiv.
inline constexpr std::string_view kArxivLabel = "arXiv:";

/// What becomes of line ends in running text. Those of a file's indentation are blanks in any case.
enum class Lines {
  Blanks,
  Kept,  ///< one that stands alone divides paragraphs
};

class Decoder {
 public:
  Decoder(Arena& arena, const ReadOptions& options) : arena_(&arena), options_(&options) {}

  // characters
  Str text(Node node, Lines lines = Lines::Blanks);
  /// The text, where there is none yet: what should stand once is kept as an extra the second time.
  void take(Str& to, Node node);
  RichText rich(Node node, Lines lines = Lines::Blanks);
  /// The text for the moment: mostly a view of the source, which is soon gone.
  std::string_view word(Node node);
  void take_word(std::string_view& to, Node node);
  /// An attribute's value, decoded; `otherwise` where the tag has none of that name.
  Str attribute(Node node, AttributeId name, Str otherwise = {});
  Str value_of(Node node, const AttributePlace& place);
  bool is_yes(Node node, AttributeId name, bool otherwise);

  // values
  Date date(Node node);  ///< PubDate, ContributionDate
  Date day(Node node);   ///< Year, Month, Day in digits, and the time
  Identifier identifier(Node node, std::string_view scheme);
  Identifier pmid(Node node);
  Identifier issn(Node node);        ///< ISSN and ISSNLinking
  Identifier article_id(Node node);  ///< ArticleId, ELocationID, OtherID
  Abstract abstract(Node node);
  Names names(Node node);
  Name name(Node node);
  DataBanks data_banks(Node node);
  Grants grants(Node node);
  Term term(Node node);
  Terms terms(Node list);
  Substances substances(Node node);
  Headings supplementary_names(Node node);
  Links links(Node node);
  Headings headings(Node node);
  Keywords keywords(Node node);
  OwnedNote note(Node node);
  History history(Node node);
  Links references(Node node);  ///< of this list alone, not of the lists in it

  /// Keeps as extras what no method above reads within the element: attributes, stray text, comments.
  /// No value is deeper than `levels`; below that everything belongs to an element that is kept as a whole.
  void inspect(Node node, unsigned levels = 8);
  /// Keeps the element as an extra.
  void keep(Node node);
  void keep(Node node, std::string_view source, Span span, std::string_view suffix = {});
  void keep_attribute(Node node, const AttributePlace& place);
  /// Keeps what stands between two tags and is no white space.
  void keep_text(Node node, std::uint32_t begin, std::uint32_t end);

  /// "MedlineCitation/Article/AuthorList" for messages and extras.
  std::string path_of(Node node) const;

  std::vector<Extra>& extras() { return extras_; }
  /// The first element that no DTD has, if any was kept.
  const std::string& unknown_element() const { return unknown_element_; }
  Span unknown_element_span() const { return unknown_element_span_; }
  const Findings& findings() const { return findings_; }
  Arena& arena() { return *arena_; }

 private:
  class Collector;

  Span span_if_kept(Node node) const { return options_->keep_spans ? node.span() : Span{}; }
  Affiliation affiliation(Node node);
  Link link(Node node);
  Link reference(Node node);
  Heading heading(Node node);
  Str lower(Str text);
  void inspect_attributes(Node node);
  void inspect_text(Node node);

  Arena* arena_;
  const ReadOptions* options_;
  Findings findings_;
  std::vector<Extra> extras_;
  std::string scratch_;
  std::string unknown_element_;
  Span unknown_element_span_;
  text::RichTextBuilder builder_;
};

}  // namespace bibmill::pubmed
