// Frames: made of a text, and filled in again.
#include "layout.h"

#include <algorithm>
#include <cstddef>

#include "bibmill/text/unicode.h"

namespace bibmill::ris {

namespace {

constexpr std::string_view kBlanks = " \t\r\n\f\v";

/// Where the line begins that the position is in.
std::size_t beginning_of_line(std::string_view text, std::size_t at) {
  const std::size_t end = at == 0 ? std::string_view::npos : text.find_last_of("\r\n", at - 1);
  return end == std::string_view::npos ? 0 : end + 1;
}

std::size_t first_visible(std::string_view text) { return std::min(text.find_first_not_of(kBlanks), text.size()); }

std::string frame_of(std::string_view text) {
  const std::size_t last_visible = text.find_last_not_of(kBlanks);
  if (last_visible == std::string_view::npos) return {};
  return std::string(text.substr(0, first_visible(text))).append(text.substr(beginning_of_line(text, last_visible)));
}

/// LF, CR LF or CR: the first in the text.
std::string_view line_end_in(std::string_view text) {
  const std::size_t at = text.find_first_of("\r\n");
  if (at == std::string_view::npos) return "\n";
  return text.substr(at, text.substr(at).starts_with("\r\n") ? 2 : 1);
}

}  // namespace

std::string layout_of(std::string_view text, std::string_view canonical) {
  if (text.starts_with('\n') && text.substr(1) == canonical) return {};
  std::string frame = frame_of(text);
  return is_frame(frame) && fill(frame, canonical) == text ? frame : std::string(text);
}

bool is_frame(std::string_view layout) { return text::equal_ignoring_ascii_case(layout.substr(first_visible(layout), 2), "ER"); }

std::string fill(std::string_view frame, std::string_view canonical) {
  const std::size_t before = first_visible(frame);
  const std::string_view last_line = frame.substr(before);
  const std::string_view line_end = line_end_in(last_line);
  std::string text(frame.substr(0, before));
  text.reserve(frame.size() + canonical.size() + canonical.size() / 16);
  for (canonical = canonical.substr(0, beginning_of_line(canonical, canonical.find_last_not_of('\n'))); !canonical.empty();) {
    const std::size_t end = std::min(canonical.find('\n'), canonical.size());
    text.append(canonical.substr(0, end)).append(line_end);
    canonical.remove_prefix(std::min(end + 1, canonical.size()));
  }
  return text.append(last_line);
}

}  // namespace bibmill::ris
