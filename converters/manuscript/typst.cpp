// Citations in Typst: @key and #cite(<key>); a label of the document itself is a cross-reference.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "bibmill/text/unicode.h"
#include "manuscript/citations.h"

namespace bibmill {

namespace {

std::size_t typst_name_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const text::CodePoint c = text::code_point_at(text, at);
    const bool marks = c.value == U'_' || c.value == U'-' || c.value == U':' || c.value == U'.';
    if (!marks && !text::is_letter(c.value) && !text::is_digit(c.value) && !text::is_combining(c.value)) break;
    at += c.size;
  }
  return at;
}

class Typst {
 public:
  Typst(std::string_view text, CitationSink& sink) : text_(text), sink_(&sink) {}

  void read() {
    while (at_ < text_.size()) step();
    for (const Found& found : found_)
      if (found.sure || labels_.count(found.key) == 0) sink_->cite(found.key, found.offset);
  }

 private:
  struct Found {
    std::string key;
    std::size_t offset;
    bool sure;  // by #cite
  };

  bool here(std::string_view word) const { return text_.substr(at_).starts_with(word); }

  void step() {
    if (here("//") && (at_ == 0 || text_[at_ - 1] != ':')) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (here("/*")) {
      comment();
    } else if (here("`")) {
      raw();
    } else if (here("\\")) {
      at_ += 2;
    } else if (here("@")) {
      reference();
    } else if (here("<")) {
      label();
    } else if (is_word("cite")) {
      cite();
    } else if (is_word("include")) {
      include();
    } else if (is_word("bibliography")) {
      bibliography();
    } else {
      ++at_;
    }
  }

  /// The word itself, not the end or the beginning of another.
  bool is_word(std::string_view word) const {
    if (!here(word)) return false;
    const auto is_name = [](char c) { return text::is_ascii_letter(c) || text::is_ascii_digit(c) || c == '-' || c == '_' || c == '.'; };
    const bool begins = at_ == 0 || !is_name(text_[at_ - 1]);
    const std::size_t end = at_ + word.size();
    return begins && (end == text_.size() || !is_name(text_[end]));
  }

  /// Comments nest.
  void comment() {
    std::size_t depth = 0;
    do {
      if (here("/*")) {
        ++depth;
        at_ += 2;
      } else if (here("*/")) {
        --depth;
        at_ += 2;
      } else {
        ++at_;
      }
    } while (depth > 0 && at_ < text_.size());
  }

  void raw() {
    std::size_t length = 0;
    while (at_ + length < text_.size() && text_[at_ + length] == '`') ++length;
    const std::string fence(length, '`');
    at_ += length;
    if (length == 2) return;  // nothing between them
    const std::size_t end = text_.find(fence, at_);
    at_ = end == std::string_view::npos ? text_.size() : end + length;
  }

  std::size_t name_end(std::size_t at) const { return typst_name_end(text_, at); }

  void reference() {
    const std::size_t begin = ++at_;
    // "name@example.org" is text.
    if (begin > 1) {
      const text::CodePoint before = text::last_code_point(text_.substr(0, begin - 1));
      if (text::is_letter(before.value) || text::is_digit(before.value)) return;
    }
    std::size_t end = name_end(begin);
    while (end > begin && (text_[end - 1] == '.' || text_[end - 1] == ':')) --end;
    if (end > begin) found_.push_back({std::string(text_.substr(begin, end - begin)), begin, false});
    at_ = std::max(at_, end);
  }

  void label() {
    const std::size_t begin = ++at_;
    const std::size_t end = name_end(begin);
    if (end > begin && end < text_.size() && text_[end] == '>') {
      labels_.insert(std::string(text_.substr(begin, end - begin)));
      at_ = end + 1;
    }
  }

  void skip_blanks() {
    while (at_ < text_.size() && text::is_blank(text_[at_])) ++at_;
  }

  /// cite(<key>), cite(label("key"))
  void cite() {
    at_ += 4;
    skip_blanks();
    if (!here("(")) return;
    ++at_;
    skip_blanks();
    const std::string_view near = text_.substr(0, at_ + kLongestGroup);
    std::size_t begin = 0;
    std::size_t end = 0;
    if (here("<")) {
      begin = at_ + 1;
      end = near.find('>', begin);
    } else if (here("label")) {
      begin = near.find('"', at_) + 1;
      end = begin == 0 ? std::string_view::npos : near.find('"', begin);
    } else {
      return;
    }
    if (end == std::string_view::npos) return;
    found_.push_back({std::string(text_.substr(begin, end - begin)), begin, true});
    at_ = end + 1;
  }

  void include() {
    const std::size_t offset = at_;
    at_ += 7;
    skip_blanks();
    if (!here("\"")) return;
    const std::size_t end = text_.substr(0, at_ + kLongestGroup).find('"', at_ + 1);
    if (end == std::string_view::npos) return;
    const std::string_view path = text_.substr(at_ + 1, end - at_ - 1);
    if (path.ends_with(".typ")) sink_->include(path, {}, {}, offset);
    at_ = end + 1;
  }

  /// bibliography("refs.bib", full: true) prints all of it.
  void bibliography() {
    at_ += 12;
    skip_blanks();
    if (!here("(")) return;
    const std::size_t end = std::min(text_.substr(0, at_ + kLongestGroup).find(')', at_), text_.size());
    std::string inside(text_.substr(at_, end - at_));
    std::erase_if(inside, text::is_blank);
    if (inside.find("full:true") != std::string::npos) sink_->cite_all();
    at_ = end;
  }

  std::string_view text_;
  CitationSink* sink_;
  std::size_t at_ = 0;
  std::vector<Found> found_;
  std::set<std::string, std::less<>> labels_;
};

}  // namespace

bool is_typst_key(std::string_view key) { return !key.empty() && typst_name_end(key, 0) == key.size() && !key.ends_with('.') && !key.ends_with(':'); }

void read_typst(std::string_view text, CitationSink& sink) { Typst(text, sink).read(); }

}  // namespace bibmill
