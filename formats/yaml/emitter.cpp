// Block style, line by line.
#include "emitter.h"

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
      begin_element({});
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

/// Room for the first `size` bytes of a line of the level, the first of which may stand behind a dash.
char* YamlEmitter::begin_line(Level& level, std::size_t size) {
  const bool begun = level.empty && level.on_dash;
  level.empty = false;
  if (!begun) return append_line(*out_, level.column, size);
  out_->append(size, ' ');
  return out_->data() + out_->size() - size;
}

/// "key:", as it is.
void YamlEmitter::plain_key(std::string_view name) {
  char* const line = begin_line(levels_.back(), name.size() + 1);
  name.copy(line, name.size());
  line[name.size()] = ':';
}

/// "- value", with as much of the value as is given.
void YamlEmitter::begin_element(std::string_view value) {
  char* const line = begin_line(levels_.back(), 2 + value.size());
  line[0] = '-';  // and the blank that is there
  value.copy(line + 2, value.size());
}

void YamlEmitter::note_key(std::string_view name) {
  if (levels_.size() == carried_depth_) carrying_ = name == text::kCarried;
  after_key_ = true;
}

void YamlEmitter::name(std::string_view word) {
  assert(may_stand_plain(word));
  note_key(word);
  plain_key(word);
}

void YamlEmitter::key(std::string_view name) {
  note_key(name);
  if (name.size() > kLongestSimpleKey) {
    *begin_line(levels_.back(), 2) = '?';
    append_double_quoted(*out_, name);
    *append_line(*out_, levels_.back().column, 1) = ':';
  } else if (may_stand_plain(name)) {
    plain_key(name);
  } else {
    begin_line(levels_.back(), 0);
    append_quoted(*out_, name);
    *out_ += ':';
  }
}

/// The blank or the dash before a scalar, and as much of it as is given.
void YamlEmitter::begin_value(std::string_view value) {
  if (!after_key_ && !levels_.empty()) {
    begin_element(value);
    return;
  }
  if (after_key_) *out_ += ' ';
  after_key_ = false;
  *out_ += value;
}

std::size_t YamlEmitter::column_of_block() const { return levels_.empty() ? kIndent : levels_.back().column + kIndent; }

void YamlEmitter::text(std::string_view value) {
  const bool is_short = value.size() <= kShortText;
  if (is_short && may_stand_plain(value)) {  // on one line, without a blank in front: no armour either
    begin_value(value);
    return;
  }
  std::string armour;
  if (carrying_ && needs_armour(value)) value = armour = armoured(value);
  begin_value({});
  const Style style = style_for(value);
  if (style == Style::Inline)
    is_short ? append_quoted(*out_, value) : append_inline(*out_, value);
  else
    append_block(*out_, value, style, column_of_block());
}

void YamlEmitter::number(std::string_view literal) {
  begin_value(literal);
}

void YamlEmitter::comment(std::string_view comment) {
  if (levels_.empty() || levels_.back().empty) return;
  comment.copy(append_line(*out_, levels_.back().column, comment.size()), comment.size());
}

}  // namespace bibmill::yaml
