// Assembly: the lines of one record become its items.
//
// The rows decide (tags.h); this is their order of business. A line ends up as one entry, as a part of one, or as an extra, and keeps its place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bibmill/field_index.h"
#include "bibmill/format.h"
#include "table.h"
#include "tagged_text.h"
#include "values.h"

namespace bibmill::ris {

/// Builds one record at a time.
class Assembly {
 public:
  explicit Assembly(const ReadOptions& options) : keep_raw_(options.keep_raw), by_tag_(kTags.count) {}

  /// What was seen of a record beside its lines.
  struct Seen {
    By by = By::Nobody;        ///< whom an empty line gives away
    bool references = false;   ///< somewhere there are character references
  };

  /// Makes the items of `record` of its lines. `record` knows what stands in TY, and nothing else yet; `type_span` is where that stood.
  void assemble(Record& record, Span type_span, std::vector<TaggedText>& lines, Seen seen, DiagnosticSink& diagnostics);

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  /// An entry and the line in whose place it stands.
  struct Made {
    std::size_t line;
    Entry entry;
  };
  struct DateLine {
    std::size_t line;
    Date date;
  };

  void sort_by_tag();
  void find_type(Span type_span);
  void see_context(By by);
  void keep_what_says_nothing();
  void keep_what_stands_elsewhere();
  void read_references();
  void take_key();

  void take(const IndexedRow& row);
  bool take_tag(const IndexedRow& row, TagId tag, bool has_value);
  bool take_together(const IndexedRow& row, TagId tag, bool has_value);
  const std::vector<std::size_t>& gather(const IndexedRow& row, TagId tag, bool has_value);
  bool names_others(const IndexedRow& row, TagId tag, TagId other);
  bool take_one_by_one(const IndexedRow& row, TagId tag, bool has_value);
  void make_further_languages(std::size_t line);
  void take_last_page(std::size_t nth, Str first, Made& made);
  void take_issued(const IndexedRow& row);
  void add_dates(TagId tag, std::optional<int> year);
  void report_disagreement(const DateLine& other, const Date& best);

  void note_hidden();
  void take_type_quirks();
  void take_repeats();
  bool repeats(const IndexedRow& row, std::size_t line);
  void order_by_line();
  void put_repeats_last();
  void add_items();
  void report_misfit(const TaggedText& line);

  Made& make(Field field, std::size_t line, const Value& value);
  bool has(Field field) const { return fields_.test(static_cast<std::size_t>(field)); }
  void note(Field field) { fields_.set(static_cast<std::size_t>(field)); }
  bool has_equal(Field field, const Value& value);
  void keep_raw(Made& made, Codec codec, const std::vector<std::size_t>& lines);
  bool gives_back(Codec codec, std::string_view tag, const Value& value, const std::vector<std::size_t>& lines);
  bool keep_raw_of_names(Names& names, const std::vector<std::size_t>& lines);
  Str joined(const std::vector<std::size_t>& lines);

  TaggedText& line(std::size_t at) { return (*lines_)[at]; }
  const std::vector<std::size_t>& lines_of(TagId tag) const { return by_tag_[tag]; }
  Arena& arena() { return record_->arena(); }

  bool keep_raw_;
  Record* record_ = nullptr;
  std::vector<TaggedText>* lines_ = nullptr;
  DiagnosticSink* diagnostics_ = nullptr;
  Context context_;
  std::vector<Made> made_;
  std::unordered_multimap<std::uint64_t, std::size_t> by_content_;  // of more than a few: the number of each that repeats no other, by its value's hash
  std::size_t indexed_ = 0;  // how many have been seen to
  std::vector<std::uint32_t> first_made_;  // of each line, in the order in which they were made; kNone if there is none
  std::vector<std::uint32_t> next_made_;   // of the same line, for each
  FieldSet fields_;             // that have an entry among them
  std::vector<Made*> order_;    // as they will stand in the record
  std::vector<std::vector<std::size_t>> by_tag_;  // the lines of each known tag
  std::vector<TagId> tags_;                       // those that the record has
  TagSet tag_set_;                                // the same
  std::vector<std::size_t> gathered_;
  std::vector<std::size_t> taken_;
  std::vector<DateLine> dates_;
  LineBuffer buffer_;
  Outcome outcome_;
};

}  // namespace bibmill::ris
