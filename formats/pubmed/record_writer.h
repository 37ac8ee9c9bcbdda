// From a Record to a record element.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/ledger.h"
#include "bibmill/record.h"
#include "encode.h"
#include "parser.h"

namespace bibmill::pubmed {

class RecordWriter {
 public:
  explicit RecordWriter(std::span<const Mapping> rows = kMappings);

  /// Appends the record as one element without white space, PubmedArticle or PubmedBookArticle, and books what went out. `ledger` is open on the record.
  void write(const Record& record, std::string& out, Ledger& ledger);

  /// Is there a row that writes the field of such a record?
  bool writes(Field field, Type type) const;

  /// Would `write` give exactly this text?
  bool gives(const Record& record, std::string_view text);

 private:
  /// Something to be written: entries of one field, an extra, or a filler, at its place.
  struct Piece {
    std::size_t place = kNowhere;    ///< of a value or attribute; of an extra the structure it stands in
    const Mapping* row = nullptr;    ///< of entries
    std::vector<std::size_t> items;  ///< indices of the entries, or of the extra
    std::string_view filler;         ///< text of a filler
    std::string_view what;           ///< a filler's word in the ledger
    std::size_t type = 0;            ///< 1 + index of kTypes: a publication type to be added
    unsigned depth = 0;              ///< of a list of references: how many lists it stands in
    bool is_extra = false;
    bool is_attribute = false;
  };

  // gathering
  void gather_own();
  void gather_foreign(std::size_t item);
  void place(Piece piece);
  void insert(Piece piece);
  void place_extra(std::size_t item);
  void place_identifiers(std::size_t item, const Mapping& row);
  void place_type();
  void place_fillers();
  std::string_view filler_for(const Filler& filler) const;
  void add_filler(const Filler& filler);
  bool is_book() const;
  bool stands_in_an_extra(std::string_view path) const;
  bool is_vernacular_only(const Entry& title) const;
  bool has_piece(std::string_view path) const;
  Piece* piece_at(std::size_t place);

  // writing
  void emit();
  void go_to(std::size_t structure);
  void open(std::size_t structure);
  void close();
  void fill_if_empty(std::string_view path);
  void emit_attribute(const Piece& piece);
  void emit_value(const Piece& piece);
  void emit_filler(std::size_t place, std::string_view element, std::string_view what);
  void emit_references(const Piece& piece);
  void end_references(unsigned depth);
  void book(std::size_t item, const Encoder& encoder);
  void book_inner_extras();

  const Entry& entry(std::size_t item) const { return *std::get_if<Entry>(&record_->items()[item]); }

  std::span<const Mapping> rows_;
  Parser parser_;
  Arena arena_;                                 ///< of types_
  std::array<Entry, std::size(kTypes)> types_;  ///< each publication type as a value

  // of the record being written
  const Record* record_ = nullptr;
  Ledger* ledger_ = nullptr;
  std::string* out_ = nullptr;
  bool own_ = false;
  std::vector<Piece> pieces_;
  std::vector<std::size_t> open_;           ///< structures, outermost first
  std::array<bool, kPlaceCount> opened_{};  ///< structures that were, and so have their attributes
  unsigned open_lists_ = 0;                 ///< of references
  std::vector<std::size_t> raw_places_;     ///< whose source text was written, with all that stands in it
  std::vector<const Entry*> entries_;
  Ledger judged_;
  std::string judged_text_;
};

}  // namespace bibmill::pubmed
