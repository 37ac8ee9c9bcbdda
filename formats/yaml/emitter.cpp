// Block style, line by line.
#include "emitter.h"

#include <array>
#include <cassert>

#include "bibmill/text/carry.h"
#include "scalars.h"

namespace bibmill::yaml {

/// Where the lines of a new level begin: under a key a list stands on its column and a map two blanks in; in a list both stand behind the dash.
void YamlEmitter::open(Kind kind) {
  Level level{kind, 0};
  if (!levels_.empty()) {
    Level& around = levels_.back();
    if (after_key_) {
      level.column = around.column + (kind == Kind::Map ? kIndent : 0);
    } else {
      begin_line(around);
      *out_ += "- ";
      level.column = around.column + kIndent;
      level.on_dash = true;
    }
  }
  after_key_ = false;
  levels_.push_back(level);
}

void YamlEmitter::close(std::string_view if_empty) {
  const Level level = levels_.back();
  levels_.pop_back();
  after_key_ = false;
  if (levels_.size() < carried_depth_) carrying_ = false;
  if (!level.empty) return;
  if (!level.on_dash && !levels_.empty()) *out_ += ' ';
  *out_ += if_empty;
}

/// A line end and the blanks of the column.
void YamlEmitter::break_line(std::size_t column) {
  static constexpr auto kLine = [] {
    std::array<char, 65> line{};
    line.fill(' ');
    line[0] = '\n';
    return line;
  }();
  if (column < kLine.size())  // as nearly always: in one go
    out_->append(kLine.data(), 1 + column);
  else
    out_->append(1, '\n').append(column, ' ');
}

void YamlEmitter::begin_line(Level& level) {
  if (!level.empty || !level.on_dash) break_line(level.column);
  level.empty = false;
}

void YamlEmitter::begin_key(std::string_view name) {
  if (levels_.size() == carried_depth_) carrying_ = name == text::kCarried;
  begin_line(levels_.back());
}

void YamlEmitter::end_key() {
  *out_ += ':';
  after_key_ = true;
}

void YamlEmitter::name(std::string_view word) {
  assert(may_stand_plain(word));
  begin_key(word);
  *out_ += word;
  end_key();
}

void YamlEmitter::key(std::string_view name) {
  begin_key(name);
  if (name.size() > kLongestSimpleKey) {
    *out_ += "? ";
    append_double_quoted(*out_, name);
    break_line(levels_.back().column);
  } else {
    append_inline(*out_, name);
  }
  end_key();
}

/// The blank or the dash before a scalar.
void YamlEmitter::begin_value() {
  if (after_key_) {
    *out_ += ' ';
    after_key_ = false;
  } else if (!levels_.empty()) {
    begin_line(levels_.back());
    *out_ += "- ";
  }
}

std::size_t YamlEmitter::column_of_block() const { return levels_.empty() ? kIndent : levels_.back().column + kIndent; }

void YamlEmitter::text(std::string_view value) {
  const bool is_short = value.size() <= kShortText;
  if (is_short && may_stand_plain(value)) {  // on one line, without a blank in front: no armour either
    begin_value();
    *out_ += value;
    return;
  }
  std::string armour;
  if (carrying_ && needs_armour(value)) value = armour = armoured(value);
  begin_value();
  const Style style = style_for(value);
  if (style == Style::Inline)
    is_short ? append_quoted(*out_, value) : append_inline(*out_, value);
  else
    append_block(*out_, value, style, column_of_block());
}

void YamlEmitter::number(std::string_view literal) {
  begin_value();
  *out_ += literal;
}

void YamlEmitter::comment(std::string_view comment) {
  if (levels_.empty() || levels_.back().empty) return;
  break_line(levels_.back().column);
  *out_ += comment;
}

}  // namespace bibmill::yaml
