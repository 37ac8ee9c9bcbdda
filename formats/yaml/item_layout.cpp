// Writing an item's tree down again. Whatever came of it is parsed and compared before it is taken.
#include "item_layout.h"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>
#include <vector>

#include "bibmill/csl/variables.h"
#include "bibmill/text/tree.h"
#include "bibmill/text/unicode.h"
#include "emitter.h"
#include "lines.h"
#include "parse.h"
#include "scalars.h"

namespace bibmill::yaml {

using text::Member;
using text::Node;

namespace {

/// Deeper trees stay as they stand, so that indents stay in proportion to the text: no item that means anything is as deep.
constexpr std::size_t kDeepest = 24;
constexpr std::string_view kBeforeComment = "  ";

constexpr std::string_view kNoYaml = "the item by itself cannot be read without doubt";
constexpr std::string_view kAdorned = "the item has an anchor, an alias or a tag, which a layout by its values would lose";
constexpr std::string_view kTooDeep = "the item is too deep, or a key in it too long";
constexpr std::string_view kCommentPlace = "a comment in the item has no place of its own in the layout";
constexpr std::string_view kCommentFirst = "the item has a comment above what would be its first key";
constexpr std::string_view kOtherwise = "the item would be read otherwise";

bool is_too_deep(const Node& node, std::size_t left) {
  if (node.is_scalar()) return false;
  return left == 0 || std::any_of(node.members.begin(), node.members.end(), [&](const Member& member) { return member.key.size() > kLongestSimpleKey || is_too_deep(member.value, left - 1); });
}

bool is_variable(const Member& member) { return member.key == csl::kId || member.key == csl::kType || csl::reading_row(member.key) != nullptr; }

/// A list of one item, a map with one item under its id, or an item, as the reader takes them.
bool holds_item(const Node& root) {
  if (root.is_list()) return root.members.size() == 1 && root.members[0].value.is_map();
  const Node& item = root.members.size() == 1 && root.members[0].value.is_map() ? root.members[0].value : root;
  return std::any_of(item.members.begin(), item.members.end(), is_variable);
}

/// What it stands for may be elsewhere.
bool has_alias(std::string_view source) {
  for (std::size_t at = source.find('*', 1); at != std::string_view::npos; at = source.find('*', at + 1))
    if (std::string_view(" [{,").find(source[at - 1]) != std::string_view::npos && at + 1 < source.size() && !text::is_blank(source[at + 1])) return true;
  return false;
}

/// A comment in the source.
struct Comment {
  std::size_t begin;
  std::size_t column;
  std::string_view text;
  bool own_line;
};

std::size_t line_begin_of(std::string_view text, std::size_t at) {
  while (at > 0 && text[at - 1] != '\n' && text[at - 1] != '\r') --at;
  return at;
}

std::vector<Comment> comments_of(std::string_view source, const Parsed& parsed) {
  std::vector<Comment> comments;
  for (const Span& span : parsed.comments) {
    const std::size_t begin = static_cast<std::size_t>(span.begin);
    const std::size_t line = line_begin_of(source, begin);
    const bool own = text::trim(source.substr(line, begin - line)).empty();
    std::string_view comment = source.substr(begin, static_cast<std::size_t>(span.size()));
    while (comment.ends_with(' ') || comment.ends_with('\t')) comment.remove_suffix(1);
    comments.push_back({begin, begin - line, comment, own});
  }
  return comments;
}

/// Thrown where a comment has no place: nothing of the item is taken then.
struct NoPlace {
  std::string_view why = kCommentPlace;
};

class ItemWriter {
 public:
  ItemWriter(std::string_view source, std::vector<Comment> comments, const MemberOrder& order) : source_(source), comments_(std::move(comments)), order_(order) {}

  std::string write(const Node& root) {
    root_ = &root;
    item_ = root.members.size() == 1 && root.members[0].value.is_map() ? &root.members[0].value : &root;
    put_block(root, 0, source_.size(), true);
    if (next_ < comments_.size()) throw NoPlace{};
    return std::move(out_);
  }

 private:
  // ----------------------------------------------------------------------------------------------------------------- trees

  /// `limit`: where what follows begins in the source. `on_line`: its first key or dash goes on with the line.
  void put_block(const Node& node, std::size_t column, std::size_t limit, bool on_line) {
    if (&node == item_ && !order_.is_source())
      put_in_order(node, column, limit, on_line);
    else
      for (std::size_t at = 0; at < node.members.size(); ++at) put_member(node, at, column, limit, on_line && at == 0);
    put_comments_at_end(node, column, limit);
  }

  static std::size_t begin_of(const Node& node, std::size_t at) {
    const Member& member = node.members[at];
    return static_cast<std::size_t>(node.is_map() ? member.key_span.begin : member.value.span.begin);
  }

  static std::size_t limit_of(const Node& node, std::size_t at, std::size_t limit) { return at + 1 < node.members.size() ? begin_of(node, at + 1) : limit; }

  void put_member(const Node& node, std::size_t at, std::size_t column, std::size_t limit, bool on_line) {
    const Member& member = node.members[at];
    put_comments_before(begin_of(node, at), column, on_line);
    if (!on_line) new_line(column);
    const std::size_t end = limit_of(node, at, limit);
    if (node.is_list()) {
      put_element(member.value, column, end);
      return;
    }
    append_inline(out_, member.key);
    out_ += ':';
    put_value(member.value, column, end);
  }

  void put_element(const Node& value, std::size_t column, std::size_t limit) {
    if (value.is_scalar() || value.members.empty()) {
      out_ += '-';
      put_leaf(value, column + kIndent);
    } else {
      out_ += "- ";
      put_block(value, column + kIndent, limit, true);
    }
  }

  /// Behind a key: a list stands on its column, a map two blanks in.
  void put_value(const Node& value, std::size_t column, std::size_t limit) {
    if (value.is_scalar() || value.members.empty())
      put_leaf(value, column + kIndent);
    else
      put_block(value, column + (value.is_map() ? kIndent : 0), limit, false);
  }

  /// A scalar, or what is empty.
  void put_leaf(const Node& value, std::size_t column) {
    const std::size_t begin = static_cast<std::size_t>(value.span.begin);
    const std::size_t end = static_cast<std::size_t>(value.span.end);
    if (next_ < comments_.size() && comments_[next_].begin < begin && !is_nothing(value)) throw NoPlace{};
    const Style style = value.is_text() ? style_for(value.text) : Style::Inline;
    std::string comment;
    if (style != Style::Inline && next_ < comments_.size() && is_behind(comments_[next_], end)) comment = std::string(kBeforeComment).append(comments_[next_++].text);
    if (is_nothing(value)) return;
    out_ += ' ';
    if (style == Style::Inline) {
      put_inline(value);
      return;
    }
    std::string block;
    append_block(block, value.text, style, column);
    const std::size_t header = block.find('\n');
    out_.append(block, 0, header).append(comment).append(block, header);
    line_is_open_ = false;
  }

  static bool is_nothing(const Node& value) { return value.kind == Node::Kind::Null && value.text.empty(); }

  void put_inline(const Node& value) {
    if (value.is_text())
      append_inline(out_, value.text);
    else
      out_ += value.is_map() ? std::string_view("{}") : value.is_list() ? std::string_view("[]") : std::string_view(value.text);
  }

  // --------------------------------------------------------------------------------------------------------------- comments

  /// Within a value, or on the line where it ends.
  bool is_behind(const Comment& comment, std::size_t end) const {
    if (comment.own_line) return false;
    return comment.begin < end || source_.substr(end, comment.begin - end).find_first_of("\r\n") == std::string_view::npos;
  }

  /// All that stand before a key or an element; one behind the dash of a map goes above it. `on_line`: the line has begun already.
  void put_comments_before(std::size_t begin, std::size_t column, bool on_line) {
    while (next_ < comments_.size() && comments_[next_].begin < begin) {
      const Comment& comment = comments_[next_++];
      if (on_line || is_behind_dash(comment)) throw NoPlace{};
      put_comment(comment, column);
    }
  }

  bool is_behind_dash(const Comment& comment) const {
    if (comment.own_line) return false;
    const std::size_t line = line_begin_of(source_, comment.begin);
    return source_.substr(line, comment.begin - line).find_first_not_of(" -\t") == std::string_view::npos;
  }

  /// Those behind its last line, and those that are indented like what it holds.
  void put_comments_at_end(const Node& node, std::size_t column, std::size_t limit) {
    if (node.members.empty() || (&node == root_ && item_ != root_)) return;  // there it would stand outside of the item
    const std::size_t first = begin_of(node, 0);
    const std::size_t line = line_begin_of(source_, first);
    std::size_t source_column = first - line;
    if (node.is_list())
      while (source_column > 0 && source_[line + source_column] != '-') --source_column;
    while (next_ < comments_.size() && comments_[next_].begin < limit) {
      const Comment& comment = comments_[next_];
      if (comment.own_line && comment.column < source_column && comment.begin >= static_cast<std::size_t>(node.span.end)) return;
      put_comment(comment, column);
      ++next_;
    }
  }

  void put_comment(const Comment& comment, std::size_t column) {
    if (comment.own_line) {
      new_line(column);
    } else {
      if (!line_is_open_) throw NoPlace{};
      out_ += kBeforeComment;
    }
    out_ += comment.text;
    line_is_open_ = false;
  }

  void new_line(std::size_t column) {
    out_ += '\n';
    out_.append(column, ' ');
    line_is_open_ = true;
  }

  // ------------------------------------------------------------------------------------------------------------------ order

  /// Each member with the comments above it and behind it, then all in the order that was asked for.
  void put_in_order(const Node& item, std::size_t column, std::size_t limit, bool on_line) {
    struct Piece {
      std::size_t rank;
      std::string_view name;
      std::string text;
    };
    std::vector<Piece> pieces;
    const std::string before = std::exchange(out_, {});
    for (std::size_t at = 0; at < item.members.size(); ++at) {
      line_is_open_ = true;
      put_member(item, at, column, limit, on_line && at == 0);
      put_comments_behind(limit_of(item, at, limit));
      const bool has_line = on_line && at == 0;
      std::string text = has_line ? "\n" + std::string(column, ' ') : std::string();
      text += std::exchange(out_, {});
      const std::string_view key = item.members[at].key;
      pieces.push_back({order_.rank(key), order_.order == "name" ? key : std::string_view{}, std::move(text)});
    }
    std::stable_sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return std::tie(a.rank, a.name) < std::tie(b.rank, b.name); });
    out_ = before;
    for (const Piece& piece : pieces) {
      const bool goes_on = on_line && &piece == pieces.data();
      if (goes_on && piece.text[1 + column] == '#') throw NoPlace{kCommentFirst};
      out_ += goes_on ? std::string_view(piece.text).substr(1 + column) : std::string_view(piece.text);
    }
    line_is_open_ = false;
  }

  /// Those on the last line of a member; they go with it.
  void put_comments_behind(std::size_t limit) {
    while (next_ < comments_.size() && comments_[next_].begin < limit && !comments_[next_].own_line) put_comment(comments_[next_++], 0);
  }

  std::string_view source_;
  std::vector<Comment> comments_;
  const MemberOrder& order_;
  const Node* root_ = nullptr;
  const Node* item_ = nullptr;
  std::string out_;
  std::size_t next_ = 0;
  bool line_is_open_ = true;  ///< a comment may go behind what stands there
};

std::vector<std::string_view> texts_of(const std::vector<Comment>& comments, bool sorted) {
  std::vector<std::string_view> texts;
  for (const Comment& comment : comments) texts.push_back(comment.text);
  if (sorted) std::sort(texts.begin(), texts.end());
  return texts;
}

/// The root with its item's members by name, for a comparison in which their order does not count.
Node in_any_order(Node root, Arena& arena) {
  const bool under = root.members.size() == 1 && root.members[0].value.is_map();
  std::vector<Member> members;
  const Node& item = under ? root.members[0].value : root;
  for (const Member& member : item.members) members.push_back(member);
  std::stable_sort(members.begin(), members.end(), [](const Member& a, const Member& b) { return a.key < b.key; });
  List<Member> sorted;
  for (const Member& member : members) sorted.push_back(arena, member);
  if (!under) {
    root.members = sorted;
    return root;
  }
  Member around = root.members[0];
  around.value.members = sorted;
  root.members = {};
  root.members.push_back(arena, around);
  return root;
}

}  // namespace

std::size_t MemberOrder::rank(std::string_view key) const {
  if (order == "name" || order == "source") return 0;
  if (order == "model") {
    if (key == csl::kId) return 0;
    if (key == csl::kType) return 1;
    const auto row = std::find_if(std::begin(csl::kVariables), std::end(csl::kVariables), [&](const Mapping& one) { return one.key == key; });
    return 2 + static_cast<std::size_t>(row - std::begin(csl::kVariables));
  }
  std::size_t place = 0;
  for (std::string_view rest = order; !rest.empty(); ++place) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    if (text::trim(rest.substr(0, comma)) == key) break;
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return place;
}

LaidOutItem lay_out_item(std::string_view source, const MemberOrder& order) {
  Arena arena;
  DiagnosticList faults;
  const Parsed before = parse(source, 0, arena, arena, faults);
  if (!before.complete && has_alias(source)) return {std::nullopt, kAdorned};
  if (!faults.list.empty() || !before.complete || before.root.is_scalar() || before.root.members.empty()) return {std::nullopt, kNoYaml};
  if (!holds_item(before.root)) return {std::nullopt, {}};
  if (before.adorned) return {std::nullopt, kAdorned};
  if (is_too_deep(before.root, kDeepest)) return {std::nullopt, kTooDeep};
  const std::vector<Comment> comments = comments_of(source, before);
  std::string text;
  try {
    text = ItemWriter(source, comments, order).write(before.root);
  } catch (const NoPlace& fault) {
    return {std::nullopt, fault.why};
  }
  if (source.starts_with(text) && text::trim(source.substr(text.size())).empty() && source.find('\r') == std::string_view::npos) return {std::move(text), {}};  // it was so already
  const std::string whole = text + '\n';
  const Parsed after = parse(whole, 0, arena, arena, faults);
  const bool free_order = !order.is_source();
  const bool same = faults.list.empty() && after.complete && (free_order ? same_tree(in_any_order(before.root, arena), in_any_order(after.root, arena)) : same_tree(before.root, after.root)) &&
                    texts_of(comments, free_order) == texts_of(comments_of(whole, after), free_order);
  if (!same) return {std::nullopt, kOtherwise};
  return {std::move(text), {}};
}

}  // namespace bibmill::yaml
