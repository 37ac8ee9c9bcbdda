// Lines and columns out of offsets.
#include "bibmill/source.h"

#include <algorithm>
#include <cstring>

namespace bibmill {

namespace {

constexpr bool continues_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::uint64_t code_points(std::string_view text) {
  return static_cast<std::uint64_t>(std::count_if(text.begin(), text.end(), [](char c) { return !continues_code_point(c); }));
}

/// How often `c` stands in the text. In rows of sixteen bytes, each column with its own count, which compilers make one instruction of; as many rows as fit such a count.
std::uint64_t count_of(char c, std::string_view text) {
  constexpr std::size_t kRow = 16;
  constexpr std::size_t kMostRows = 255;
  std::uint64_t count = 0;
  while (text.size() >= kRow) {
    std::uint8_t found[kRow] = {};
    const std::size_t rows = std::min(text.size() / kRow, kMostRows);
    for (std::size_t row = 0; row < rows; ++row)
      for (std::size_t at = 0; at < kRow; ++at) found[at] = static_cast<std::uint8_t>(found[at] + (text[row * kRow + at] == c ? 1 : 0));
    for (const std::uint8_t each : found) count += each;
    text.remove_prefix(rows * kRow);
  }
  return count + static_cast<std::uint64_t>(std::count(text.begin(), text.end(), c));
}

struct LineBreaks {
  std::uint64_t count = 0;
  std::size_t behind_last = 0;  // offset of the byte behind the last break
};

/// Breaks in `text`; `after_cr` says that a CR stood before it, so that a first LF belongs to that.
LineBreaks line_breaks(std::string_view text, bool after_cr) {
  LineBreaks breaks;
  const bool has_cr = std::memchr(text.data(), '\r', text.size()) != nullptr;
  if (after_cr && text.front() == '\n') breaks.behind_last = 1;
  if (!has_cr) {
    breaks.count = count_of('\n', text.substr(breaks.behind_last));
    if (breaks.count > 0) breaks.behind_last = text.rfind('\n') + 1;
    return breaks;
  }
  for (std::size_t at = breaks.behind_last; at < text.size(); ++at) {
    if (text[at] == '\n' || text[at] == '\r') {
      ++breaks.count;
      if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
      breaks.behind_last = at + 1;
    }
  }
  return breaks;
}

/// Places that are asked for mostly lie near each other: of what is short one look at each byte is enough.
constexpr std::size_t kShort = 96;
void pass_short(std::string_view text, Position& position, bool& after_cr) {
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      position.line += c == '\n' && after_cr ? 0 : 1;
      position.column = 1;
    } else if (!continues_code_point(c)) {
      ++position.column;
    }
    after_cr = c == '\r';
  }
}

}  // namespace

void LineCounter::next(std::string_view piece) {
  if (piece_.size() <= kShort) {
    Position position{line_, column_};
    pass_short(piece_, position, after_cr_);
    line_ = position.line;
    column_ = position.column;
    offset_ += piece_.size();
  } else {
    const LineBreaks breaks = line_breaks(piece_, after_cr_);
    const std::uint64_t tail = code_points(piece_.substr(breaks.behind_last));
    const bool broken = breaks.count > 0 || breaks.behind_last > 0;
    column_ = broken ? 1 + tail : column_ + tail;
    line_ += breaks.count;
    offset_ += piece_.size();
    after_cr_ = piece_.back() == '\r';
  }
  piece_ = piece;
}

Position LineCounter::position(std::uint64_t offset) const {
  const std::size_t at = static_cast<std::size_t>(std::clamp<std::uint64_t>(offset, offset_, offset_ + piece_.size()) - offset_);
  const std::string_view before = piece_.substr(0, at);
  if (before.empty()) return {line_, column_};
  const LineBreaks breaks = line_breaks(before, after_cr_);
  const bool broken = breaks.count > 0 || breaks.behind_last > 0;
  const std::uint64_t tail = code_points(before.substr(breaks.behind_last));
  return {line_ + breaks.count, (broken ? 1 : column_) + tail};
}

}  // namespace bibmill
