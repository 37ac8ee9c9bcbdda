// Where records begin and end, found without parsing: by the few bytes that tell.
//
// Comments, CDATA sections and processing instructions are leapt over: what looks like a record in them is none.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace bibmill::pubmed {

/// What stands in a file outside of records, or is one.
struct Piece {
  enum class Kind {
    End,          ///< nothing is left
    Record,       ///< PubmedArticle, PubmedBookArticle, or MedlineCitation and BookDocument by themselves
    Instruction,  ///< DeleteCitation, DeleteDocument
    Tag,          ///< any other start or end tag: a set's, a wrapper's
    Comment,
    Processing,   ///< <?…?> but the XML declaration
    Declaration,  ///< <?xml …?>
    Doctype,
    Text,
  };
  Kind kind = Kind::End;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool complete = true;  ///< false: the text ends within it
};

class Scanner {
 public:
  explicit Scanner(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}
  Piece next();

  /// Does a record's start tag stand here? Then the text from there on, and how to go on behind what another has read of it.
  bool stands_at_record() const;
  std::size_t place() const { return at_; }
  void leap_to(std::size_t at) { at_ = at; }

 private:
  Piece markup();
  Piece until(Piece::Kind kind, std::string_view end, std::size_t from);
  Piece doctype();
  Piece element(Piece::Kind kind, std::string_view end_tag);

  std::string_view text_;
  std::size_t at_;
};

/// Where other records begin inside of what should be one, because its end tag is missing.
std::vector<std::size_t> find_records_within(std::string_view broken);

}  // namespace bibmill::pubmed
