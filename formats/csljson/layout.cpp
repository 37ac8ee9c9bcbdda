// Laying JSON out token by token.
#include "layout.h"

#include <cstddef>
#include <string>
#include <vector>

#include "bibmill/text/unicode.h"

namespace bibmill::csljson {

namespace {

/// The tokens of one JSON value, checked for how they follow one another.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  /// False: it is not one JSON value, or several; `fault` is where that shows.
  bool read() {
    bool value = true;  // is wanted next
    bool key = false;   // is wanted next
    bool may_close = false;
    std::vector<char> open;
    for (std::size_t at = 0;;) {
      while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t' || text_[at] == '\n' || text_[at] == '\r')) ++at;
      fault = at;
      if (at == text_.size()) return !list.empty() && open.empty();
      const char c = text_[at];
      const std::size_t end = end_of_token(at);
      if (end == at) return false;
      if (!list.empty() && open.empty()) return false;
      if (c == '}' || c == ']') {
        if (open.empty() || open.back() != c || (!may_close && (value || key))) return false;
        open.pop_back();
        value = key = false;
      } else if (c == ',') {
        if (value || key || colon_ || open.empty()) return false;
        key = open.back() == '}';
        value = !key;
      } else if (c == ':') {
        if (!colon_) return false;
        colon_ = false;
        value = true;
      } else if (key) {
        if (c != '"') return false;
        key = false;
        colon_ = true;
      } else if (!value || colon_) {
        return false;
      } else {
        value = false;
        if (c == '{' || c == '[') {
          open.push_back(c == '{' ? '}' : ']');
          key = c == '{';
          value = !key;
        }
      }
      if (colon_ && (c == '}' || c == ']')) return false;
      may_close = c == '{' || c == '[';
      list.push_back(text_.substr(at, end - at));
      at = end;
    }
  }

  std::vector<std::string_view> list;
  std::size_t fault = 0;

 private:
  /// `at` itself where no token begins.
  std::size_t end_of_token(std::size_t at) const {
    const char c = text_[at];
    if (std::string_view("{}[],:").find(c) != std::string_view::npos) return at + 1;
    if (c == '"') {
      for (std::size_t end = at + 1; end < text_.size(); ++end) {
        if (text_[end] == '\\') {
          ++end;
        } else if (text_[end] == '"') {
          return end + 1;
        } else if (static_cast<unsigned char>(text_[end]) < 0x20) {
          return at;
        }
      }
      return at;
    }
    std::size_t end = at;
    while (end < text_.size() && (text::is_ascii_letter(text_[end]) || text::is_ascii_digit(text_[end]) || std::string_view("+-.").find(text_[end]) != std::string_view::npos)) ++end;
    const std::string_view word = text_.substr(at, end - at);
    if (word == "true" || word == "false" || word == "null") return end;
    return text::is_ascii_digit(c) || c == '-' ? end : at;
  }

  std::string_view text_;
  bool colon_ = false;  // is wanted next
};

class JsonLayout {
 public:
  JsonLayout(const std::vector<std::string_view>& tokens, std::size_t indent, std::string_view line_end) : tokens_(&tokens), indent_(indent), line_end_(line_end) { find_flat(); }

  std::string run() {
    for (std::size_t at = 0; at < tokens_->size(); ++at) put(at);
    out_ += line_end_;
    return std::move(out_);
  }

 private:
  /// Which brackets enclose nothing, or a list without objects: these stay on a line.
  void find_flat() {
    flat_.resize(tokens_->size());
    std::vector<std::size_t> open;
    std::vector<bool> objects;
    for (std::size_t at = 0; at < tokens_->size(); ++at) {
      const char c = (*tokens_)[at].front();
      if (c == '{' || c == '[') {
        open.push_back(at);
        objects.push_back(c == '{');
      } else if (c == '}' || c == ']') {
        const bool has_objects = objects.back();
        flat_[open.back()] = flat_[at] = !has_objects || at == open.back() + 1;
        open.pop_back();
        objects.pop_back();
        if (!objects.empty() && has_objects) objects.back() = true;
      }
    }
  }

  void put(std::size_t at) {
    const std::string_view token = (*tokens_)[at];
    const char c = token.front();
    const bool closes = c == '}' || c == ']';
    if (closes && !flat_[at]) {
      --depth_;
      new_line();
    }
    if (closes && flat_[at]) --flat_depth_;
    out_ += token;
    if (c == ':') out_ += ' ';
    if (c == '{' || c == '[') {
      if (flat_[at]) {
        ++flat_depth_;
      } else {
        ++depth_;
        new_line();
      }
    }
    if (c == ',' && flat_depth_ > 0) out_ += ' ';
    if (c == ',' && flat_depth_ == 0) new_line();
  }

  void new_line() {
    out_ += line_end_;
    out_.append(depth_ * indent_, ' ');
  }

  const std::vector<std::string_view>* tokens_;
  std::size_t indent_;
  std::string_view line_end_;
  std::vector<bool> flat_;
  std::string out_;
  std::size_t depth_ = 0;
  std::size_t flat_depth_ = 0;
};

}  // namespace

LaidOut lay_out(std::string_view text, const Settings& settings) {
  Tokens tokens(text);
  LaidOut done;
  if (!tokens.read()) {
    done.text = text;
    if (!text::trim(text).empty()) done.left.push_back({Severity::Note, "layout/left", "stays as it is from its beginning: it is not one JSON value", {}, {tokens.fault, tokens.fault}, {}});
    return done;
  }
  const std::size_t first = text.find_first_of("\r\n");
  const std::string_view line_end = first != std::string_view::npos && text.substr(first, 2) == "\r\n" ? "\r\n" : "\n";
  done.text = JsonLayout(tokens.list, static_cast<std::size_t>(settings.number("indent", 2)), line_end).run();
  return done;
}

}  // namespace bibmill::csljson
