// Laying JSON out token by token.
#include "layout.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bibmill/text/json.h"
#include "bibmill/text/unicode.h"
#include "parse.h"
#include "scan.h"

namespace bibmill::csljson {

namespace {

/// Why a text is not one JSON value, and where that shows. As deep as the reader reads and no deeper, so that indents stay in proportion to the text.
std::optional<Diagnostic> fault_of(std::string_view text) {
  Arena arena;
  DiagnosticList faults;
  std::size_t end = 0;
  text::parse_json(arena, text, 0, {.max_depth = kMostDepth, .strict = true}, faults, &end);
  if (!faults.list.empty()) return faults.list.front();
  const std::size_t more = skip_blanks(text, end);
  if (more == text.size()) return std::nullopt;
  return Diagnostic{Severity::Note, "", "more stands behind the first value", {}, {more, more}, {}};
}

/// Of a text that is JSON.
std::vector<std::string_view> tokens_of(std::string_view text) {
  constexpr std::string_view kSigns = "{}[],:";
  std::vector<std::string_view> list;
  for (std::size_t at = skip_blanks(text, 0); at < text.size(); at = skip_blanks(text, at)) {
    const std::size_t end = kSigns.find(text[at]) != std::string_view::npos ? at + 1 : end_of_value(text, at);
    list.push_back(text.substr(at, end - at));
    at = end;
  }
  return list;
}

class JsonLayout {
 public:
  JsonLayout(std::vector<std::string_view> tokens, std::size_t indent, std::string_view line_end) : tokens_(std::move(tokens)), indent_(indent), line_end_(line_end) { find_flat(); }

  std::string run() {
    for (std::size_t at = 0; at < tokens_.size(); ++at) put(at);
    out_ += line_end_;
    return std::move(out_);
  }

 private:
  /// Which brackets enclose nothing, or a list without objects: these stay on a line.
  void find_flat() {
    flat_.resize(tokens_.size());
    std::vector<std::size_t> open;
    std::vector<bool> objects;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      const char c = tokens_[at].front();
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
    const std::string_view token = tokens_[at];
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

  std::vector<std::string_view> tokens_;
  std::size_t indent_;
  std::string_view line_end_;
  std::vector<bool> flat_;
  std::string out_;
  std::size_t depth_ = 0;
  std::size_t flat_depth_ = 0;
};

}  // namespace

LaidOut lay_out(std::string_view text, const Settings& settings) {
  LaidOut done;
  if (const std::optional<Diagnostic> fault = fault_of(text)) {
    done.text = text;
    if (!text::trim(text).empty()) done.left.push_back({Severity::Note, "layout/left", fmt::format("all stays as it is, not being one JSON value: {}", fault->message), {}, fault->span, {}});
    return done;
  }
  const std::size_t first = text.find_first_of("\r\n");
  const std::string_view line_end = first != std::string_view::npos && text.substr(first, 2) == "\r\n" ? "\r\n" : "\n";
  done.text = JsonLayout(tokens_of(text), static_cast<std::size_t>(settings.number("indent", 2)), line_end).run();
  return done;
}

}  // namespace bibmill::csljson
