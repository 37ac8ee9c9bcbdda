// Values: how each codec writes the value of a variable, and what stays behind.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bibmill/csl/item.h"

namespace bibmill::csl {

/// Writes values into a tree. What stays behind of a value is named by literals in `narrowed()`.
class ValueWriter {
 public:
  explicit ValueWriter(const Dialect& dialect) : dialect_(&dialect) {}

  /// Values go here from now on.
  void begin_item(text::Emitter& emitter) {
    emitter_ = &emitter;
    key_ = {};
    narrowed_.clear();
  }

  /// The variable that the next value stands under; empty: the value stands alone.
  void under(std::string_view key) { key_ = key; }

  /// False, with nothing written: the value has nothing that CSL could show.
  bool write(const Entry& entry, const Mapping& row);
  bool write_rich(const RichText& rich);
  bool write_plain(std::string_view text);
  bool write_number(std::string_view text);

  /// Of the last value.
  const std::vector<std::string_view>& narrowed() const { return narrowed_; }
  void forget() { narrowed_.clear(); }
  void narrow(std::string_view part) { narrowed_.push_back(part); }

  /// "a", "a, b" or "a; b, c".
  bool write_keywords(std::size_t count, text::FunctionRef<const RichText&(std::size_t)> keyword);

 private:
  void begin() {
    if (!key_.empty()) emitter_->name(key_);
  }
  void text(std::string_view value) {
    begin();
    emitter_->text(value);
  }
  void member(std::string_view key, std::string_view value);
  std::string_view encoded(std::string_view plain);
  Arena& empty_scratch() {
    constexpr std::size_t kKept = 16 * 1024;
    scratch_.clear(kKept);
    return scratch_;
  }
  Fidelity append_rich(std::string& out, const RichText& rich);

  bool write_names(const Names& names);
  void write_name(const Name& name);
  void write_attributes(const Name& name);
  bool write_names_as_text(const Names& names);
  bool write_date(const Date& date);
  bool write_edtf(const Date& date);
  bool write_literal(std::string_view name, std::string_view text);
  void write_date_parts(const Date& date);
  void write_point(const DatePoint& point);
  void note_what_dates_lose(const Date& date);
  bool reads_back_as(const Identifier& identifier, std::string_view scheme);
  bool reads_back_as_issn(const Identifier& identifier);
  bool write_identifier(const Identifiers& identifiers, std::string_view scheme);
  bool write_issn(const Identifiers& identifiers);
  bool write_isbn(const Identifiers& identifiers);
  bool write_arxiv(const Identifiers& identifiers);
  bool write_categories(const Keywords& keywords);
  bool write_keywords_of(const Keywords& keywords);
  bool write_abstract(const Abstract& abstract);
  void note_what_abstracts_lose(const Abstract& abstract);
  bool write_language(std::string_view language);
  void note_details(const Identifier& identifier);

  text::Emitter* emitter_ = nullptr;
  const Dialect* dialect_;
  std::string_view key_;
  std::vector<std::string_view> narrowed_;
  std::string buffer_;
  std::string joined_;
  Arena scratch_;  // for what one value needs while it is written
  std::vector<std::size_t> ends_;  // of the keywords in the buffer
};

/// Could pandoc see anything in the text but its characters? False is certain.
bool needs_markdown(std::string_view text);

/// "12" of "12.0"; any other number as it is.
Str number_text(Str number);

}  // namespace bibmill::csl
