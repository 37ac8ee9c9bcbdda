// Finding blocks in a .bib file, and fields in a block.
#include "lexer.h"

#include <algorithm>
#include <array>
#include <type_traits>

#include "bibmill/text/byte_scan.h"
#include "bibmill/text/unicode.h"

namespace bibmill::bibtex {

namespace {

using text::equal_ignoring_ascii_case;
using text::is_blank;

constexpr std::array<bool, 256> make_name_chars() {
  std::array<bool, 256> allowed{};
  for (std::size_t c = 0x21; c < 256; ++c) allowed[c] = c != 0x7F;
  for (const char c : std::string_view("\"#%'(),={}@")) allowed[static_cast<unsigned char>(c)] = false;
  return allowed;
}
constexpr std::array<bool, 256> kNameChars = make_name_chars();

std::size_t skip_blanks_from(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

std::size_t skip_name_from(std::string_view text, std::size_t at) {
  while (at < text.size() && is_name_char(text[at])) ++at;
  return at;
}

// What matters between the delimiters of blocks and of values.
using InBracedBlock = text::Places<text::ByteRange{'{', 0x7F}, '@'>;  // the braces, and three seldom ones that make the range cheap to tell
using InParentheses = text::Places<'{', '}', '@', '"', ')'>;
using InBraces = text::Places<'{', '}'>;
using InQuotes = text::Places<'{', '}', '"'>;

// ------------------------------------------------------------------------------------------------------------- blocks

enum class Start : std::uint8_t { No, Yes, Unknown };

/// Does a block begin at this '@'? Unknown: the text ends before that is clear.
Start begins_block(std::string_view text, std::size_t at, Block& block) {
  const std::size_t name = skip_blanks_from(text, at + 1);
  const std::size_t name_end = skip_name_from(text, name);
  const std::size_t brace = skip_blanks_from(text, name_end);
  if (brace == text.size()) return Start::Unknown;
  if (text[brace] != '{' && text[brace] != '(') return Start::No;
  block.type = text.substr(name, name_end - name);
  if (block.type.empty()) {
    // "@{doe2001, …": an entry whose type was forgotten, unless no key follows.
    const std::size_t key = skip_blanks_from(text, brace + 1);
    const std::size_t key_end = skip_name_from(text, key);
    if (key_end == text.size()) return Start::Unknown;
    if (key_end == key || text[key_end] != ',') return Start::No;
  }
  block.begin = at;
  block.body = brace + 1;
  block.closer = text[brace] == '{' ? '}' : ')';
  return Start::Yes;
}

Block::Kind kind_of(std::string_view type) {
  if (equal_ignoring_ascii_case(type, "string")) return Block::Kind::String;
  if (equal_ignoring_ascii_case(type, "preamble")) return Block::Kind::Preamble;
  if (equal_ignoring_ascii_case(type, "comment")) return Block::Kind::Comment;
  return Block::Kind::Entry;
}

bool begins_line(std::string_view text, std::size_t from, std::size_t at) {
  while (at > from && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
  return at > from && (text[at - 1] == '\n' || text[at - 1] == '\r');
}

/// How far an unclosed block is looked through for its end once a line seems to begin another block. Comments often hold whole entries.
constexpr unsigned kPatience = 3;
constexpr unsigned kPatienceInComments = 256;
constexpr std::size_t kReach = std::size_t{64} << 10;
constexpr std::size_t kReachInComments = std::size_t{1} << 20;

/// No entry has as many fields; a file may have as many braces as bytes.
constexpr std::size_t kMostGroups = 1024;

/// Finds the end of a block that has begun.
template <class Places>
Found find_end(std::string_view text, Extent extent, Block& block, std::vector<Group>* groups) {
  const bool comment = block.kind == Block::Kind::Comment;
  const unsigned patience = comment ? kPatienceInComments : kPatience;
  const std::size_t reach = comment ? kReachInComments : kReach;
  constexpr bool in_parentheses = std::is_same_v<Places, InParentheses>;
  Places places(text, block.body);
  std::size_t depth = 0;
  std::size_t group = 0;
  bool quoted = false;
  std::size_t next_begins = kNowhere;
  unsigned others = 0;
  for (std::size_t at = places.next(); at < text.size(); at = places.next()) {
    if (next_begins != kNowhere && (others >= patience || at - next_begins > reach)) {
      block.closed = false;
      block.end = next_begins;
      return Found::Whole;
    }
    switch (text[at]) {
      case '{':
        if (depth++ == 0) group = at;
        break;
      case '}':
        if (depth > 0) {
          if (--depth == 0 && groups != nullptr && groups->size() < kMostGroups) groups->push_back({group - block.body, at - block.body});
          break;
        }
        block.well_closed = !in_parentheses;
        block.end = at + 1;
        return Found::Whole;
      case '"': quoted = in_parentheses && depth == 0 ? !quoted : quoted; break;
      case ')':
        if (!in_parentheses || depth > 0 || quoted) break;
        block.end = at + 1;
        return Found::Whole;
      case '@': {
        Block other;
        if (begins_line(text, block.body, at) && begins_block(text, at, other) == Start::Yes) {
          if (next_begins == kNowhere) next_begins = at;
          ++others;
        }
        break;
      }
      default: break;
    }
  }
  if (extent == Extent::Window) return Found::Incomplete;
  block.closed = false;
  block.end = next_begins == kNowhere ? text.size() : next_begins;
  return Found::Whole;
}

}  // namespace

Block Block::moved_to(std::string_view alone) const {
  Block moved = *this;
  moved.begin = 0;
  moved.end = end - begin;
  moved.body = body - begin;
  moved.type = alone.substr(skip_blanks_from(alone, 1), type.size());
  return moved;
}

bool is_name_char(char c) { return kNameChars[static_cast<unsigned char>(c)]; }

bool is_balanced(std::string_view text) {
  std::size_t depth = 0;
  InBraces places(text);
  for (std::size_t at = places.next(); at < text.size(); at = places.next()) {
    if (text[at] == '{') {
      ++depth;
    } else {
      if (depth == 0) return false;
      --depth;
    }
  }
  return depth == 0;
}

Found next_block(std::string_view text, std::size_t from, Extent extent, Block& block, std::vector<Group>* groups) {
  if (groups != nullptr) groups->clear();
  block = {};
  block.begin = from;
  if (from >= text.size()) return Found::Nothing;
  std::size_t at = from;
  while ((at = text.find('@', at)) != kNowhere) {
    Block found;
    const Start start = begins_block(text, at, found);
    if (start == Start::Unknown && extent == Extent::Window) return Found::Incomplete;
    if (start == Start::Yes) {
      if (at > from) break;
      block = found;
      block.kind = kind_of(block.type);
      return block.closer == ')' ? find_end<InParentheses>(text, extent, block, groups) : find_end<InBracedBlock>(text, extent, block, groups);
    }
    ++at;
  }
  if (at == kNowhere && extent == Extent::Window) return Found::Incomplete;
  block.end = at == kNowhere ? text.size() : at;
  return Found::Whole;
}

// -------------------------------------------------------------------------------------------------------------- fields

void EntryScanner::skip_blanks() {
  at_ = skip_blanks_from(inside_, at_);
  if (!at_end() && here() == '%') skip_comments();
}

/// Not BibTeX's, but many write it and biber reads it: a comment to the end of the line, between fields.
void EntryScanner::skip_comments() {
  while (!at_end() && here() == '%') {
    const std::size_t from = at_;
    at_ = std::min(inside_.find_first_of("\r\n", at_), inside_.size());
    rubbish_.push_back(inside_.substr(from, at_ - from));
    at_ = skip_blanks_from(inside_, at_);
  }
}

std::string_view EntryScanner::take_word() {
  const std::size_t from = at_;
  at_ = skip_name_from(inside_, at_);
  return inside_.substr(from, at_ - from);
}

std::string_view EntryScanner::read_key(KeyFlaw& flaw) {
  flaw = KeyFlaw::None;
  skip_blanks();
  const std::size_t begin = at_;
  const auto ends_key = [](char c) { return is_blank(c) || c == ',' || c == '{' || c == '}' || c == '='; };
  while (!at_end() && !ends_key(here())) ++at_;
  const std::string_view word = inside_.substr(begin, at_ - begin);
  at_ = skip_blanks_from(inside_, at_);
  if (at_end() && !word.empty()) return word;
  if (!at_end() && here() == ',') {
    ++at_;
    if (word.empty()) flaw = KeyFlaw::Missing;
    return word;
  }
  if (word.empty()) {
    flaw = KeyFlaw::Missing;
    return {};
  }
  if (here() == '=') {
    flaw = KeyFlaw::NoCommaAtAll;
    at_ = begin;
    return {};
  }
  const std::size_t next = inside_.find_first_of(",={}\"", at_);
  if (next == kNowhere || inside_[next] != ',') {
    flaw = KeyFlaw::MissingComma;
    return word;
  }
  flaw = KeyFlaw::Blank;
  at_ = next + 1;
  return text::trim_right(inside_.substr(begin, next - begin));
}

bool EntryScanner::field_begins(std::size_t at) const {
  const std::size_t end = skip_name_from(inside_, at);
  if (end == at) return false;
  const std::size_t equals = skip_blanks_from(inside_, end);
  return equals < inside_.size() && inside_[equals] == '=';
}

/// Goes on behind the next comma outside braces, or before a field that begins without one.
void EntryScanner::skip_rubbish(std::size_t from) {
  std::size_t depth = 0;
  for (; !at_end(); ++at_) {
    if (here() == '{') ++depth;
    if (here() == '}' && depth > 0) --depth;
    if (here() == ',' && depth == 0) break;
  }
  const std::string_view rubbish = text::trim(inside_.substr(from, at_ - from));
  if (!rubbish.empty()) rubbish_.push_back(rubbish);
}

bool EntryScanner::next_field(FieldSyntax& field) {
  while (true) {
    field.flaw = {};
    field.pieces.clear();
    bool comma = !after_value_;
    skip_blanks();
    while (!at_end() && here() == ',') {
      comma = true;
      ++at_;
      skip_blanks();
    }
    if (at_end()) return false;
    const std::size_t begin = at_;
    field.key = take_word();
    at_ = skip_blanks_from(inside_, at_);
    const bool equals = !at_end() && here() == '=';
    const bool value = !at_end() && (here() == '{' || here() == '"');
    if (field.key.empty() || (!equals && !value)) {
      skip_rubbish(begin);
      after_value_ = false;
      continue;
    }
    if (!comma) field.flaw = {Flaw::Kind::MissingComma, field.key};
    if (equals)
      ++at_;
    else
      field.flaw = {Flaw::Kind::MissingEquals, inside_.substr(at_, 1)};
    read_value(field);
    after_value_ = true;
    return true;
  }
}

void EntryScanner::read_value(FieldSyntax& field) {
  at_ = skip_blanks_from(inside_, at_);
  if (read_known_group(field)) return;
  const std::size_t from = at_;
  std::size_t to = at_;
  while (read_piece(field)) {
    to = at_;
    at_ = skip_blanks_from(inside_, at_);
    if (field.flaw.kind == Flaw::Kind::Unclosed) break;
    if (at_end() || here() != '#') break;
    ++at_;
    at_ = skip_blanks_from(inside_, at_);
  }
  if (field.pieces.empty()) field.flaw = {Flaw::Kind::MissingValue, field.key};
  if (!field.pieces.empty() && field.pieces.back().kind == Piece::Kind::Macro && !at_end() && here() != ',' && !field_begins(at_)) {
    take_bare_words(field, from);
    to = at_;
  }
  field.expression = text::trim_right(inside_.substr(from, to - from));
}

/// "title = First bell": everything up to the next comma, as if it stood in braces.
void EntryScanner::take_bare_words(FieldSyntax& field, std::size_t from) {
  at_ = std::min(inside_.find_first_of(",{}\"", at_), inside_.size());
  const std::string_view words = text::trim_right(inside_.substr(from, at_ - from));
  field.pieces.assign(1, {Piece::Kind::Braced, words});
  field.flaw = {Flaw::Kind::BareWords, words};
}

bool EntryScanner::read_piece(FieldSyntax& field) {
  if (at_end()) return false;
  if (here() == '{' || here() == '"') {
    read_delimited(field);
    return true;
  }
  const std::string_view word = take_word();
  if (word.empty()) return false;
  const bool number = std::all_of(word.begin(), word.end(), text::is_ascii_digit);
  field.pieces.push_back({number ? Piece::Kind::Number : Piece::Kind::Macro, word});
  return true;
}

namespace {

template <class Places>
std::size_t partner_of(std::string_view text, std::size_t open) {
  constexpr bool quoted = std::is_same_v<Places, InQuotes>;
  std::size_t depth = 0;
  Places places(text, open + 1);
  for (std::size_t at = places.next(); at < text.size(); at = places.next()) {
    if (text[at] == '{') {
      ++depth;
    } else if (depth > 0) {
      if (text[at] == '}') --depth;
    } else {
      return quoted && text[at] == '}' ? kNowhere : at;
    }
  }
  return kNowhere;
}

}  // namespace

/// A group whose end is known, and nothing else: what most values are.
bool EntryScanner::read_known_group(FieldSyntax& field) {
  while (!groups_.empty() && groups_.front().open < at_) groups_ = groups_.subspan(1);
  if (groups_.empty() || groups_.front().open != at_) return false;
  const std::size_t close = groups_.front().close;
  const std::size_t next = skip_blanks_from(inside_, close + 1);
  if (next < inside_.size() && inside_[next] == '#') return false;
  field.pieces.push_back({Piece::Kind::Braced, inside_.substr(at_ + 1, close - at_ - 1)});
  field.expression = inside_.substr(at_, close + 1 - at_);
  at_ = next;
  return true;
}

/// The offset of the partner of the brace or quote at `open`.
std::size_t EntryScanner::find_closer(std::size_t open) const {
  return inside_[open] == '"' ? partner_of<InQuotes>(inside_, open) : partner_of<InBraces>(inside_, open);
}

void EntryScanner::read_delimited(FieldSyntax& field) {
  const std::size_t open = at_;
  const std::size_t close = find_closer(open);
  const bool swallows = !closed_ && close != kNowhere && text::trim(inside_.substr(close + 1)).empty() && field_within(open, close) != kNowhere;
  if (close == kNowhere || swallows) {
    cut_unclosed(field, open);
    return;
  }
  field.pieces.push_back({inside_[open] == '{' ? Piece::Kind::Braced : Piece::Kind::Quoted, inside_.substr(open + 1, close - open - 1)});
  at_ = close + 1;
}

/// The comma before the first field that seems to begin within [from, to).
std::size_t EntryScanner::field_within(std::size_t from, std::size_t to) const {
  for (std::size_t comma = inside_.find(',', from); comma < to; comma = inside_.find(',', comma + 1))
    if (field_begins(skip_blanks_from(inside_, comma + 1))) return comma;
  return kNowhere;
}

/// A value that nothing closes is cut where the next field seems to begin, so that it swallows no other.
void EntryScanner::cut_unclosed(FieldSyntax& field, std::size_t open) {
  // Each failure has cost a look to the end: an entry with many is given up, so that the whole stays linear.
  constexpr unsigned kMostFailures = 16;
  std::size_t cut = kNowhere;
  if (++failures_ <= kMostFailures) cut = field_within(open, inside_.size());
  at_ = std::min(cut, inside_.size());
  std::string_view value = text::trim_right(inside_.substr(open + 1, at_ - open - 1));
  if (!value.empty() && (value.back() == '}' || value.back() == '"') && cut != kNowhere) value.remove_suffix(1);
  const std::size_t escaped = value.find("\\{");
  field.flaw = {Flaw::Kind::Unclosed, escaped == kNowhere ? inside_.substr(open, 1) : value.substr(escaped, 2)};
  field.pieces.push_back({Piece::Kind::Braced, value});
}

}  // namespace bibmill::bibtex
