// The tree builder behind yaml-cpp's parser.
#include "parse.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <numeric>
#include <streambuf>
#include <string>

#include "bibmill/text/byte_scan.h"
#include "bibmill/text/json.h"
#include "bibmill/text/unicode.h"
#include "lines.h"
#include "scalars.h"

namespace bibmill::yaml {

using text::Member;
using text::Node;

namespace {

constexpr std::size_t kMostUnfolded = 100'000;  // nodes that the aliases of one document stand for

constexpr bool is_blank_or_line_end(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class MemoryBuffer final : public std::streambuf {
 public:
  explicit MemoryBuffer(std::string_view text) {
    char* const begin = const_cast<char*>(text.data());
    setg(begin, begin, begin + text.size());
  }
};

/// yaml-cpp's "?" of plain values and "!" of quoted ones: nothing stands there.
bool is_no_tag(std::string_view tag) { return tag.empty() || (tag.size() == 1 && (tag[0] == '?' || tag[0] == '!')); }

/// What YAML itself defines: such a tag says nothing that matters here, since all scalars are text.
bool is_known_tag(const std::string& tag) {
  static constexpr std::string_view kOwn = "tag:yaml.org,2002:";
  static constexpr std::string_view kNames[] = {"str", "int", "float", "bool", "null", "map", "seq", "timestamp"};
  if (is_no_tag(tag)) return true;
  if (!tag.starts_with(kOwn)) return false;
  const std::string_view name = std::string_view(tag).substr(kOwn.size());
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

class Builder final : public YAML::EventHandler {
 public:
  Builder(std::string_view text, std::uint64_t offset, Arena& texts, Arena& lists, DiagnosticSink& diagnostics)
      : text_(text), offset_(offset), texts_(texts), lists_(lists), diagnostics_(diagnostics) {}

  // ---------------------------------------------------------------------------------------------------- yaml-cpp's events

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const std::size_t begin = behind_properties(position(mark));
    const std::size_t size = size_of_null(begin);
    note_properties(position(mark), begin, anchor, {});
    Node node;
    node.text = texts_.copy(text_.substr(begin, size));
    node.span = size == 0 ? span(covered_, covered_) : span(begin, begin + size);
    if (size != 0) cover(begin, begin + size);
    add(node, anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const std::size_t begin = position(mark);
    std::size_t end = begin;
    while (end < text_.size() && !is_blank_or_line_end(text_[end]) && text_[end] != ',' && text_[end] != ']' && text_[end] != '}') ++end;
    cover(begin, end);
    adorned_ = true;
    Node node = unfolded(anchor, span(begin, end));
    node.span = span(begin, end);
    add(node, 0);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    const std::size_t from = position(mark);
    const std::size_t begin = behind_properties(from);
    const std::size_t end = end_of_scalar(begin, value);
    note_properties(from, begin, anchor, tag);
    cover(begin, end);
    cover_header(begin, end);
    Node node;
    node.text =
        text_[std::min(begin, text_.size() - 1)] == '"' && !text::is_valid_utf8(value) ? mended(value) : texts_.copy(value);
    node.span = span(begin, end);
    node.kind = is_plain(begin) ? kind_of(value) : Node::Kind::Text;
    if (!is_known_tag(tag)) refuse(node, from, end);
    add(node, anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Node::Kind::List, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    open(Node::Kind::Map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

  // -------------------------------------------------------------------------------------------------------------- results

  /// Closes what a fault left open.
  void close_all() {
    while (!open_.empty()) close();
  }

  bool adorned() const { return adorned_; }

  void cover_rest() { cover(text_.size(), text_.size()); }

  const Node& root() const { return root_; }
  std::size_t covered() const { return covered_; }
  std::vector<Span>& comments() { return comments_; }

 private:
  struct Open {
    Node node;
    YAML::anchor_t anchor = 0;
    std::size_t begin = 0;
    std::size_t tag = 0;   // where its tag or anchor begins
    std::size_t size = 1;  // nodes in it, aliases unfolded
    bool has_key = false;
    bool refused = false;
    bool merges = false;
    Str key;
    Span key_span;
  };

  struct Anchor {
    Node node;
    std::size_t size = 0;  // 0: not finished
  };

  Span span(std::size_t begin, std::size_t end) const { return {offset_ + begin, offset_ + end}; }
  std::size_t position(const YAML::Mark& mark) const {
    return std::min(text_.size(), static_cast<std::size_t>(std::max(mark.pos, 0)));
  }

  // ------------------------------------------------------------------------------------------------------------- the tree

  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    Open& level = open_.emplace_back();
    level.node.kind = kind;
    level.anchor = anchor;
    level.begin = behind_properties(position(mark));
    level.refused = !is_known_tag(tag);
    level.tag = position(mark);
    note_properties(level.tag, level.begin, anchor, tag);
    if (anchor != 0) remember(anchor, {}, 0);
  }

  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    if (done.has_key) attach(done, Node{});  // a fault came between key and value
    cover_close(done);
    done.node.span = span(std::min(done.begin, covered_), covered_);
    if (done.node.is_map()) {
      say_repeated_keys(done.node);
      if (done.merges) merge(done);
    }
    if (done.refused) refuse(done.node, done.tag, covered_);
    if (done.anchor != 0) remember(done.anchor, done.node, done.size);
    add_finished(done.node, done.size);
  }

  void add(const Node& node, YAML::anchor_t anchor) {
    if (anchor != 0) remember(anchor, node, 1);
    add_finished(node, 1);
  }

  void add_finished(const Node& node, std::size_t size) {
    if (open_.empty()) {
      root_ = node;
      return;
    }
    Open& around = open_.back();
    around.size += size;
    if (around.node.is_map() && !around.has_key) {
      around.has_key = true;
      adorned_ = adorned_ || !node.is_scalar() || node.text == "<<";
      around.key = node.is_scalar() ? node.text : source_of(node.span);
      around.key_span = node.span;
      return;
    }
    attach(around, node);
  }

  /// A list or a map may be a key; nobody means it. What stood there is its name, since keys within keys would grow with every level.
  Str source_of(Span where) const {
    const std::size_t begin = static_cast<std::size_t>(where.begin - offset_);
    const std::size_t size = static_cast<std::size_t>(where.end - where.begin);
    return texts_.copy(text_.substr(std::min(begin, text_.size()), std::min(size, kLongestKey)));
  }

  void attach(Open& around, const Node& node) {
    around.merges = around.merges || (around.has_key && around.key == "<<");
    Member& member = around.node.members.push_back(lists_);
    member.key = around.key;
    member.key_span = around.key_span;
    member.value = node;
    around.has_key = false;
    around.key = {};
    around.key_span = {};
  }

  void refuse(Node& node, std::size_t begin, std::size_t end) {
    end = std::max(begin, end);  // a fault may have ended it before anything was read
    std::string quoted;
    text::append_json_string(quoted, text_.substr(begin, std::min<std::size_t>(end - begin, 4096)));
    node.raw = texts_.copy(quoted);
    diagnostics_.error("yaml/tag", span(begin, end),
                       "only YAML's own tags are known here; this one is refused, and what it stands before is kept as text");
  }

  // ------------------------------------------------------------------------------------------------------ anchors, aliases

  void remember(YAML::anchor_t anchor, const Node& node, std::size_t size) {
    if (anchors_.size() <= anchor) anchors_.resize(anchor + 1);
    anchors_[anchor] = {node, size};
  }

  Node unfolded(YAML::anchor_t anchor, Span where) {
    if (anchor >= anchors_.size() || anchors_[anchor].size == 0) {
      diagnostics_.error("yaml/alias", where, "this alias stands within what it refers to; nothing takes its place");
      return {};
    }
    if (unfolded_ + anchors_[anchor].size > kMostUnfolded) {
      if (!said_bomb_)
        diagnostics_.error(
            "yaml/alias", where,
            fmt::format("the aliases of this document stand for more than {} values; from here on nothing takes their place",
                        kMostUnfolded));
      said_bomb_ = true;
      return {};
    }
    unfolded_ += anchors_[anchor].size;
    if (!open_.empty()) open_.back().size += anchors_[anchor].size - 1;
    return anchors_[anchor].node;
  }

  /// Puts the members of "<<" in its place, but for those that the map has itself (yaml.org/type/merge).
  void merge(Open& level) {
    if (level.node.members.size() > kMostMerged) return;
    List<Member> merged;
    std::size_t added = 0;
    const auto has = [&](const List<Member>& members, Str key) {
      return std::any_of(members.begin(), members.end(), [&](const Member& member) { return member.key == key; });
    };
    const auto take = [&](const Node& from, Span place) {  // they stand where the merge key does
      if (!from.is_map()) return;
      for (const Member& member : from.members) {
        if (added > kMostMerged || has(level.node.members, member.key) || has(merged, member.key)) continue;
        merged.push_back(lists_, Member{member.key, place, member.value});
        ++added;
      }
    };
    for (const Member& member : level.node.members) {
      const bool merges = member.key == "<<" && (member.value.is_map() || member.value.is_list());
      if (!merges) {
        merged.push_back(lists_, member);
      } else if (member.value.is_map()) {
        take(member.value, member.key_span);
      } else {
        for (const Member& one : member.value.members) take(one.value, member.key_span);
      }
    }
    level.node.members = merged;
  }

  // ------------------------------------------------------------------------------------------------------------ complaints

  /// Among few keys, most of which differ in size, looking at each pair is faster than sorting.
  static bool has_repeated_keys(const Node& map) {
    for (const Member* one = map.members.begin(); one != map.members.end(); ++one)
      if (std::any_of(map.members.begin(), one, [&](const Member& other) { return other.key == one->key; })) return true;
    return false;
  }

  /// YAML forbids what JSON only frowns upon. Both places are named.
  void say_repeated_keys(const Node& map) {
    if (map.members.size() < 2 || (map.members.size() <= kFew && !has_repeated_keys(map))) return;
    order_.resize(map.members.size());
    std::iota(order_.begin(), order_.end(), std::uint32_t{0});
    std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return map.members[a].key != map.members[b].key ? map.members[a].key < map.members[b].key : a < b;
    });
    for (std::size_t at = 1; at < order_.size(); ++at) {
      const Member& one = map.members[order_[at - 1]];
      const Member& other = map.members[order_[at]];
      if (one.key != other.key || one.key == "<<") continue;
      diagnostics_.error(
          "yaml/repeated-key", other.key_span,
          fmt::format("\"{}\" stands twice in this map, which YAML forbids; the first one counts", other.key.substr(0, 60)));
      diagnostics_.note("yaml/repeated-key", one.key_span,
                        fmt::format("\"{}\" stands here for the first time", one.key.substr(0, 60)));
    }
  }

  // ------------------------------------------------------------------------------------------------------------ the source

  /// Behind "&name" and "!tag".
  std::size_t behind_properties(std::size_t at) const {
    while (at < text_.size() && (text_[at] == '&' || text_[at] == '!')) {
      while (at < text_.size() && !is_blank_or_line_end(text_[at])) ++at;
      at = skip_gap(at);
    }
    return at;
  }

  /// Blanks, line ends and comments.
  std::size_t skip_gap(std::size_t at) const {
    while (at < text_.size()) {
      if (is_blank_or_line_end(text_[at])) {
        ++at;
      } else if (text_[at] == '#' && (at == 0 || is_blank_or_line_end(text_[at - 1]))) {
        while (at < text_.size() && text_[at] != '\n' && text_[at] != '\r') ++at;
      } else {
        break;
      }
    }
    return at;
  }

  /// yaml-cpp calls nothing, ~ and null alike, and marks nothing at the next token, which may be a key of that name.
  std::size_t size_of_null(std::size_t at) const {
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
      if (text_.substr(at, word.size()) != word) continue;
      std::size_t end = at + word.size();
      if (end < text_.size() && !is_blank_or_line_end(text_[end]) && text_[end] != ',' && text_[end] != ']' && text_[end] != '}' &&
          text_[end] != ':')
        continue;
      while (end < text_.size() && (text_[end] == ' ' || text_[end] == '\t')) ++end;
      const bool is_value = !open_.empty() && open_.back().has_key;
      if (is_value && end < text_.size() && text_[end] == ':') continue;
      return word.size();
    }
    return 0;
  }

  bool is_plain(std::size_t at) const {
    return at < text_.size() && text_[at] != '"' && text_[at] != '\'' && text_[at] != '|' && text_[at] != '>';
  }

  /// yaml-cpp 0.7 makes single bytes of \N and \_.
  Str mended(std::string_view value) {
    std::string text;
    for (std::size_t at = 0; at < value.size();) {
      const text::CodePoint here = text::code_point_at(value, at);
      const auto byte = static_cast<unsigned char>(value[at]);
      if (here.value == text::kReplacement && here.size == 1)
        text::append_utf8(text, byte);
      else
        text.append(value, at, here.size);
      at += here.size;
    }
    return texts_.copy(text);
  }

  static Node::Kind kind_of(std::string_view plain) {
    if (plain == "true" || plain == "false") return Node::Kind::Boolean;
    return is_no_text(plain) ? Node::Kind::Number : Node::Kind::Text;
  }

  std::size_t end_of_scalar(std::size_t begin, std::string_view value) const {
    if (begin >= text_.size()) return text_.size();
    switch (text_[begin]) {
      case '"': {
        std::size_t at = begin + 1;
        while (at < text_.size() && text_[at] != '"') at += text_[at] == '\\' ? 2 : 1;
        return std::min(text_.size(), at + 1);
      }
      case '\'': {
        std::size_t at = begin + 1;
        while (at < text_.size() && (text_[at] != '\'' || text_.substr(at, 2) == "''")) at += text_[at] == '\'' ? 2 : 1;
        return std::min(text_.size(), at + 1);
      }
      case '|':
      case '>': return end_of_block_scalar(begin);
      default: return end_of_plain(begin, value);
    }
  }

  /// Where the value was folded, the source has line ends and blanks.
  std::size_t end_of_plain(std::size_t begin, std::string_view value) const {
    if (text_.substr(begin, value.size()) == value) return begin + value.size();
    std::size_t at = begin;
    for (std::size_t v = 0; v < value.size() && at < text_.size();) {
      if (!is_blank_or_line_end(value[v])) {
        if (text_[at] != value[v]) break;
        ++at;
        ++v;
        continue;
      }
      while (v < value.size() && is_blank_or_line_end(value[v])) ++v;
      while (at < text_.size() && is_blank_or_line_end(text_[at])) ++at;
    }
    return at;
  }

  /// All lines that are indented more deeply than the key, or the dash, that the scalar belongs to.
  std::size_t end_of_block_scalar(std::size_t begin) const {
    std::size_t line_begin = begin;
    while (line_begin > 0 && text_[line_begin - 1] != '\n' && text_[line_begin - 1] != '\r') --line_begin;
    std::size_t column = line_begin;
    std::size_t parent = line_begin;
    while (column < begin) {
      while (column < begin && text_[column] == ' ') ++column;
      if (column == begin) break;
      parent = column;
      if (text_[column] != '-' || text_[column + 1] != ' ') break;
      ++column;
    }
    const std::size_t indent = parent - line_begin;
    Line line = line_at(text_, begin);
    std::size_t end = line.end;
    for (std::size_t at = line.next; at < text_.size(); at = line.next) {
      line = line_at(text_, at);
      if (line.next == at) break;
      if (line.empty) continue;
      if (line.indent <= indent) break;
      end = line.end;
    }
    return end;
  }

  void note_properties(std::size_t from, std::size_t begin, YAML::anchor_t anchor, const std::string& tag) {
    adorned_ = adorned_ || from != begin || anchor != 0 || !is_no_tag(tag);
  }

  /// A comment may stand behind the sign of a block scalar.
  void cover_header(std::size_t begin, std::size_t end) {
    if (begin >= text_.size() || (text_[begin] != '|' && text_[begin] != '>')) return;
    const std::size_t line_end = std::min({text_.find_first_of("\r\n", begin), end, text_.size()});
    for (std::size_t at = begin + 1; at < line_end; ++at)
      if (text_[at] == '#' && is_blank_or_line_end(text_[at - 1])) {
        comments_.push_back(span(at, line_end));
        return;
      }
  }

  /// Everything before `begin` that no token covers is punctuation, or a comment.
  void cover(std::size_t begin, std::size_t end) {
    for (std::size_t at = covered_; at < begin; ++at) {
      const void* const found = std::char_traits<char>::find(text_.data() + at, begin - at, '#');
      if (found == nullptr) break;
      at = static_cast<std::size_t>(static_cast<const char*>(found) - text_.data());
      if (at > 0 && !is_blank_or_line_end(text_[at - 1])) continue;
      std::size_t to = at;
      while (to < text_.size() && text_[to] != '\n' && text_[to] != '\r') ++to;
      comments_.push_back(span(at, to));
      at = to;
    }
    covered_ = std::max(covered_, end);
  }

  /// The bracket that closes a flow collection.
  void cover_close(const Open& level) {
    if (level.begin >= text_.size() || (text_[level.begin] != '[' && text_[level.begin] != '{')) return;
    std::size_t at = skip_gap(covered_);
    if (at < text_.size() && text_[at] == ',') at = skip_gap(at + 1);
    if (at < text_.size() && (text_[at] == ']' || text_[at] == '}')) cover(at, at + 1);
  }

  static constexpr std::size_t kFew = 32;
  static constexpr std::size_t kMostMerged = 1000;
  static constexpr std::size_t kLongestKey = 4096;

  std::string_view text_;
  std::uint64_t offset_;
  Arena& texts_;
  Arena& lists_;
  DiagnosticSink& diagnostics_;
  std::vector<Open> open_;
  std::vector<Anchor> anchors_;
  std::vector<std::uint32_t> order_;
  Node root_;
  std::vector<Span> comments_;
  std::size_t covered_ = 0;
  std::size_t unfolded_ = 0;
  bool said_bomb_ = false;
  bool adorned_ = false;
};

/// Does anything follow the first document?
class Follower final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& mark) override {
    found = true;
    begin = static_cast<std::size_t>(std::max(mark.pos, 0));
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}

  bool found = false;
  std::size_t begin = 0;
};

/// A control character ends yaml-cpp's stream, or its patience: it becomes a blank, and is said. The answer may be the text itself.
std::string_view without_controls(std::string_view text, std::string& clean, std::uint64_t offset, DiagnosticSink& diagnostics,
                                  bool aloud) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t'; };
  const std::size_t first = text::next_of<text::ByteRange{0, '\t' - 1}, text::ByteRange{'\n' + 1, '\r' - 1}, text::ByteRange{'\r' + 1, 0x1F}>(text, 0);
  if (first == text.size()) return text;
  const std::uint64_t at = offset + first;
  if (aloud)
    diagnostics.warning("yaml/control-character", {at, at + 1},
                        "YAML has no place for control characters; a blank takes the place of each");
  clean = text;
  std::replace_if(clean.begin(), clean.end(), is_control, ' ');
  return clean;
}

}  // namespace

Parsed parse(std::string_view text, std::uint64_t offset, Arena& texts, Arena& lists, DiagnosticSink& diagnostics, bool aloud) {
  std::string clean;
  const std::string_view source = without_controls(text, clean, offset, diagnostics, aloud);
  DiagnosticList unsaid;
  DiagnosticSink& sink = aloud ? diagnostics : static_cast<DiagnosticSink&>(unsaid);
  MemoryBuffer buffer(source);
  std::istream in(&buffer);
  Builder builder(source, offset, texts, lists, sink);
  Parsed parsed;
  std::optional<std::size_t> fault;
  std::string message;
  try {
    YAML::Parser parser(in);
    if (parser.HandleNextDocument(builder)) {
      Follower follower;
      if (parser.HandleNextDocument(follower) && follower.found) {
        fault = std::min(std::max(follower.begin, builder.covered()), source.size());
        message = "this does not belong to what stands before it";
      }
    }
  } catch (const YAML::Exception& exception) {
    fault = exception.mark.is_null() ? builder.covered()
                                     : std::min(source.size(), static_cast<std::size_t>(std::max(exception.mark.pos, 0)));
    message = exception.msg;
  }
  builder.close_all();
  if (!fault) builder.cover_rest();
  parsed.root = builder.root();
  parsed.comments = std::move(builder.comments());
  parsed.complete = !fault;
  parsed.adorned = builder.adorned();
  parsed.read = fault ? std::min(builder.covered(), source.size()) : source.size();
  if (fault)
    sink.error("yaml/syntax", {offset + *fault, offset + std::min(*fault + 1, source.size())},
               fmt::format("this is no YAML: {}; what stands before it is read", message));
  return parsed;
}

}  // namespace bibmill::yaml
