// From values to elements.
//
// An encoder writes one place's elements. For records that were read as PubMed XML it writes what the model holds, whatever the DTD of today says of it; for all
// others it keeps to the DTD and notes what stays behind.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/ledger.h"
#include "bibmill/record.h"
#include "parser.h"
#include "places.h"

namespace bibmill::pubmed {

class Encoder {
 public:
  /// `own`: the record was read as PubMed XML. `parser` judges formulas and may be null where all come from this format.
  Encoder(std::string& out, bool own, Parser* parser) : out_(&out), own_(own), parser_(parser) {}

  /// Writes the entries, one or several of one field, as the elements of a place. False, with nothing written: none of it can stand there.
  bool write(std::size_t place, Codec codec, std::span<const Entry* const> entries);

  /// An attribute's value, if it may stand there.
  bool write_attribute(std::string_view path, const Entry& entry);

  /// What stayed behind since the last `clear`: literals.
  const std::vector<std::string_view>& narrowed() const { return narrowed_; }
  /// What the DTD demanded beyond the value.
  const std::vector<Supply>& supplied() const { return supplied_; }
  void clear() {
    narrowed_.clear();
    supplied_.clear();
  }

 private:
  template <class T>
  static const T& value_of(const Entry& entry) {
    return *std::get_if<T>(&entry.value);
  }

  void open(std::string_view name);
  void attribute(std::string_view name, std::string_view value);
  void close_tag() { out_->push_back('>'); }
  void end(std::string_view name);
  void leaf(std::string_view name, std::string_view text);
  void leaf_if_any(std::string_view name, std::string_view text);
  void narrow(std::string_view part);
  void characters(std::string_view text);
  void check_layout(std::string_view text, bool lines_kept);
  /// The value if the choice has it, else what is written instead (maybe nothing).
  std::string_view chosen(const Choice& choice, std::string_view value, std::string_view part);

  void rich(std::string_view name, const RichText& text);
  void rich_content(const RichText& text, bool formulas, bool lines_kept);
  void formula(const Run& run, bool allowed);
  void words(std::string_view name, const RichText& text);
  void title(std::string_view name, const RichText& text);
  void title_of_book(std::string_view name, const RichText& text);
  bool language(std::string_view name, const Text& text);
  bool pub_date(std::string_view name, const Date& date);
  void point(const DatePoint& point);
  bool day(std::string_view name, const Date& date);
  bool pmid(const Identifier& identifier);
  bool work_identifier(std::string_view name, const Identifier& identifier);
  bool issn(std::string_view name, std::span<const Entry* const> entries);
  bool plain_identifier(std::string_view name, const Identifier& identifier);
  bool pagination(const Entry& entry);
  void location_label(const Entry& entry);
  bool abstract(std::string_view name, const Abstract& abstract);
  bool names(std::string_view name, std::size_t place, std::span<const Entry* const> entries);
  void name(std::string_view element, const Name& name);
  void affiliation(const Affiliation& affiliation);
  void identifier_of(const Identifier& identifier);
  void data_banks(std::span<const Entry* const> entries);
  void grants(std::span<const Entry* const> entries);
  void terms(std::string_view list, std::string_view element, std::span<const Entry* const> entries, bool identifiers);
  void substances(std::span<const Entry* const> entries);
  void supplementary_names(std::span<const Entry* const> entries);
  bool links(std::span<const Entry* const> entries);
  void headings(std::span<const Entry* const> entries);
  void keywords(const Keywords& keywords);
  void note(const OwnedNote& note);
  bool history(std::span<const Entry* const> entries);

 public:
  /// A list of references without its end tag, so that lists within it may follow.
  void begin_references(const Links& links);
  void end_references() { end("ReferenceList"); }

 private:
  std::string* out_;
  bool own_;
  Parser* parser_;
  std::vector<std::string_view> narrowed_;
  std::vector<Supply> supplied_;
};

/// "pmid" to "pubmed", "pmcid" to "pmc"; other schemes are called the same.
std::string_view id_type_of(std::string_view scheme);

/// Does an identifier of the scheme belong in OtherID?
bool is_other_id(std::string_view scheme);

}  // namespace bibmill::pubmed
