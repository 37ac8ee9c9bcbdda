// The reader of CSL-YAML: documents and their items are found by indentation (lines.h), and each item is parsed by itself.
//
// So one broken item costs no other, and a part may begin and end between any two items. Where that cannot be, a document is parsed as a whole: in braces and
// brackets, and where it defines anchors.
#include "reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "bibmill/csl/item.h"
#include "bibmill/text/byte_scan.h"
#include "bibmill/text/carry.h"
#include "bibmill/text/html.h"
#include "bibmill/text/schema.h"
#include "dialect.h"
#include "lines.h"
#include "parse.h"
#include "scalars.h"

namespace bibmill::yaml {

using text::Member;
using text::Node;

namespace {

/// Memory that is kept from one item to the next.
struct Workshop {
  csl::ItemReader markdown{kMarkdown};
  csl::ItemReader html{kHtml};
  Arena lists;  // of the item under way

  Arena& empty_lists() {
    constexpr std::size_t kKept = std::size_t{64} << 10U;
    lists.clear(kKept);
    return lists;
  }
};

class PartReader {
 public:
  PartReader(const ReadOptions& options, Workshop& workshop, const Part& part, RecordSink& records, DiagnosticSink& diagnostics)
      : options_(options), workshop_(workshop), part_(part), text_(part.text), records_(records), diagnostics_(diagnostics) {}

  Flow read() {
    std::size_t begin = 0;
    // Signs that stand twice are few, and a marker has some.
    for (std::size_t at = text::next_doubled<'-', '.'>(text_, 0); at < text_.size() && !stopped_; at = text::next_doubled<'-', '.'>(text_, at + 1)) {
      if (at > 0 && text_[at - 1] != '\n' && text_[at - 1] != '\r') continue;
      const Line line = line_at(text_, at);
      if (!line.marker) continue;
      read_document({begin, line.begin});
      begin = std::min(line.begin + 3, line.end);  // something may stand behind the marker
    }
    if (!stopped_) read_document({begin, text_.size()});
    return stopped_ ? Flow::Stop : Flow::Continue;
  }

 private:
  // ------------------------------------------------------------------------------------------------------------ documents

  void read_document(Range range) {
    const Line first = first_line(range);
    if (first.begin >= range.end) return;
    const char c = text_[first.begin + first.indent];
    if (c == '{' || c == '[') {
      read_tree({first.begin, range.end}, false);
      return;
    }
    std::size_t at = first.begin;
    if (first.dash)
      at = read_list({at, range.end}, first.indent);
    else if (defines_anchor(before_references({at, range.end})) && read_whole({at, range.end}))
      return;
    if (at < range.end && !stopped_) read_members({at, range.end}, first.dash);
  }

  /// What the items of a list could refer to: the document down to its list.
  std::string_view before_references(Range range) const {
    for (std::size_t at = range.begin; at < range.end;) {
      const Line line = line_at(text_, at);
      std::size_t value = 0;
      if (line.indent == 0 && key_of(text_, line, &value) == kReferences && is_bare(text_, value, line))
        return text_.substr(range.begin, line.end - range.begin);
      at = line.next;
    }
    return text_.substr(range.begin, range.end - range.begin);
  }

  /// The first line that says something. Comments and directives before it stand between records.
  Line first_line(Range range) {
    for (std::size_t at = range.begin; at < range.end && !stopped_;) {
      const Line line = line_at(text_, at);
      const bool directive = !line.empty && text_[line.begin] == '%';
      if (line.significant() && !directive) return line;
      if (!line.empty) keep_line(line);
      at = line.next;
    }
    Line none;
    none.begin = range.end;
    return none;
  }

  void keep_line(const Line& line) {
    std::size_t begin = line.begin;
    while (text_[begin] == ' ' || text_[begin] == '\t') ++begin;
    keep({begin, line.end}, {});
  }

  /// Gives text that no record owns to the sink.
  void keep(Range range, std::string_view key) {
    Extra extra;
    extra.origin = kOrigin;
    extra.key = part_.arena->copy(key);
    while (range.end > range.begin &&
           (text_[range.end - 1] == '\n' || text_[range.end - 1] == '\r' || text_[range.end - 1] == ' '))
      --range.end;
    extra.raw = part_.arena->copy(text_.substr(range.begin, range.end - range.begin));
    extra.span = span(range);
    stopped_ = stopped_ || records_.between(std::move(extra)) == Flow::Stop;
  }

  Span span(Range range) const { return {part_.offset + range.begin, part_.offset + range.end}; }

  // --------------------------------------------------------------------------------------------------------- block style

  /// Reads the items of a list whose dashes stand in `column`; behind the last one.
  std::size_t read_list(Range range, std::size_t column) {
    std::size_t at = range.begin;
    bool gave_up = false;
    while (at < range.end && !stopped_) {
      const Line line = line_at(text_, at);
      if (line.empty) {
        at = line.next;
      } else if (line.comment) {
        keep_line(line);
        at = line.next;
      } else if (line.indent == column && line.dash) {
        const std::size_t end = end_of_block(text_, line, range.end, false);
        const bool anchored = !gave_up && defines_anchor(text_.substr(at, end - at));
        const std::size_t list_end = anchored ? end_of_list({at, range.end}, column) : end;
        gave_up = gave_up || (anchored && !read_whole({at, list_end}));  // then each by itself, and aliases in vain
        if (!anchored || gave_up) read_item({at, end});
        at = gave_up ? end : list_end;
      } else if (line.indent > column) {
        diagnostics_.error("yaml/syntax", span({line.begin, line.end}),
                           "this line is indented as if it belonged to an item, but there is none before it");
        keep_line(line);
        at = line.next;
      } else {
        break;
      }
    }
    return std::min(at, range.end);
  }

  std::size_t end_of_list(Range range, std::size_t column) const {
    std::size_t at = range.begin;
    std::size_t end = at;
    while (at < range.end) {
      const Line line = line_at(text_, at);
      if (line.significant() && line.indent < column) break;
      if (line.significant() && line.indent == column && !line.dash) break;
      if (!line.significant()) {
        at = line.next;
        continue;
      }
      end = line.indent == column ? end_of_block(text_, line, range.end, false) : std::min(line.next, range.end);
      at = end;
    }
    return end;
  }

  /// A list of one item.
  void read_item(Range range) {
    if (is_too_large(range)) return;
    const Parsed parsed =
        parse(text_.substr(range.begin, range.end - range.begin), part_.offset + range.begin, *part_.arena, workshop_.empty_lists(), diagnostics_);
    const bool good = parsed.root.is_list() && parsed.root.members.size() == 1 && parsed.root.members[0].value.is_map();
    if (!good) {
      say_no_item(range);
      keep(range, {});
      return;
    }
    pass(parsed.root.members[0].value, range, parsed, {});
  }

  void say_no_item(Range range) {
    diagnostics_.error("yaml/no-item", {part_.offset + range.begin, part_.offset + std::min(range.begin + 1, range.end)},
                       "an item is a map of CSL's variables; this is none and is left out");
  }

  bool is_too_large(Range range) {
    if (range.end - range.begin <= options_.max_record) return false;
    diagnostics_.error("yaml/too-large", {part_.offset + range.begin, part_.offset + range.begin + 1},
                       fmt::format("this item is larger than {} bytes and is left out", options_.max_record));
    return true;
  }

  /// A member at the margin: "references:" with its list, another member of the map around it, an item under its id, or a line that is nothing of all that.
  struct Block {
    std::string_view key;
    Range range;
    std::size_t value;  // offset behind the colon
    Line line;
  };

  /// `behind_list`: the map around a list of items goes on.
  void read_members(Range range, bool behind_list) {
    const bool wrapper = behind_list || holds_references(range);
    if (!wrapper && holds_item(range)) {
      read_single(range);
      return;
    }
    for (std::size_t at = range.begin; at < range.end && !stopped_;) {
      const Line line = line_at(text_, at);
      if (line.empty || line.comment) {
        if (line.comment) keep_line(line);
        at = line.next;
        continue;
      }
      Block block{{}, {line.begin, end_of_block(text_, line, range.end, true)}, line.end, line};
      block.key = key_of(text_, line, &block.value);
      at = block.range.end;
      if (block.key == kReferences)
        read_references(block);
      else if (wrapper || block.key.empty())
        keep(block.range, block.key);
      else
        read_under_id(block);
    }
  }

  /// Calls `visit(key)` for the keys at the margin.
  template <class Visit>
  void for_each_key(Range range, Visit&& visit) const {
    std::size_t margin = text_.size();
    for (std::size_t at = range.begin; at < range.end;) {
      const Line line = line_at(text_, at);
      at = line.next;
      if (!line.significant()) continue;
      margin = std::min(margin, line.indent);
      if (line.indent == margin && !line.dash) visit(key_of(text_, line));
    }
  }

  bool holds_references(Range range) const {
    bool found = false;
    for_each_key(range, [&](std::string_view key) { found = found || key == kReferences; });
    return found;
  }

  bool holds_item(Range range) const {
    bool found = false;
    for_each_key(range, [&](std::string_view key) { found = found || key == csl::kId || key == csl::kType; });
    return found;
  }

  void read_references(const Block& block) {
    mark(block.line.begin, block.value);
    if (!is_bare(text_, block.value, block.line)) {  // references: [ … ]
      read_tree(block.range, true);
      return;
    }
    const std::size_t hash = text_.find('#', block.value);
    if (hash < block.line.end) keep({hash, block.line.end}, {});
    const Range inside{std::min(block.line.next, block.range.end), block.range.end};
    const Line first = first_line(inside);
    if (first.begin >= inside.end) return;
    if (!first.dash) {
      read_tree(block.range, true);
      return;
    }
    const std::size_t end = read_list({first.begin, inside.end}, first.indent);
    if (end < inside.end && !stopped_) read_members({end, inside.end}, true);
  }

  /// key: {type: …}
  void read_under_id(const Block& block) {
    Arena lists;
    if (is_too_large(block.range)) return;
    const std::string_view content = text_.substr(block.range.begin, block.range.end - block.range.begin);
    const Parsed parsed = parse(content, part_.offset + block.range.begin, *part_.arena, lists, diagnostics_);
    if (!parsed.root.is_map() || parsed.root.members.empty() || !looks_like_item(parsed.root.members[0].value)) {
      say_no_item(block.range);
      keep(block.range, block.key);
      return;
    }
    pass(parsed.root.members[0].value, block.range, parsed, parsed.root.members[0]);
  }

  static bool looks_like_item(const Node& node) {
    if (!node.is_map()) return false;
    return std::any_of(node.members.begin(), node.members.end(), [](const Member& member) {
      return member.key == csl::kType || member.key == csl::kId || csl::reading_row(member.key) != nullptr;
    });
  }

  /// One item is the whole document.
  void read_single(Range range) {
    if (is_too_large(range)) return;
    Arena lists;
    const Parsed parsed =
        parse(text_.substr(range.begin, range.end - range.begin), part_.offset + range.begin, *part_.arena, lists, diagnostics_);
    if (parsed.root.is_map())
      pass(parsed.root, range, parsed, {});
    else
      keep(range, {});
  }

  /// What leads to the items belongs to the first of them.
  void mark(std::size_t begin, std::size_t end) { waiting_marks_.push_back(span({begin, end})); }

  // ------------------------------------------------------------------------------------------------------ whole documents

  /// Reads what cannot be cut, because of its anchors. False, with nothing done: it has a fault.
  bool read_whole(Range range) {
    Arena lists;
    Arena texts;
    if (!parse(text_.substr(range.begin, range.end - range.begin), 0, texts, lists, diagnostics_, false).complete) return false;
    read_tree(range, false);
    return true;
  }

  /// Parses the range, finds the items in the tree, and gives them and what is between them in their order. `only_list`: it is "references: …".
  void read_tree(Range range, bool only_list) {
    Arena lists;
    const Parsed parsed =
        parse(text_.substr(range.begin, range.end - range.begin), part_.offset + range.begin, *part_.arena, lists, diagnostics_);
    Tree tree{parsed};
    if (parsed.root.is_map()) {
      const Node* const references = parsed.root.find(kReferences);
      const bool wrapper = only_list || (references != nullptr && !references->is_scalar());
      if (!wrapper && (parsed.root.find(csl::kId) != nullptr || parsed.root.find(csl::kType) != nullptr)) {
        pass_node(tree, parsed.root, {});
      } else {
        for (const Member& member : parsed.root.members) read_tree_member(tree, member, wrapper);
      }
    } else if (parsed.root.is_list()) {
      pass_list(tree, parsed.root);
    } else if (parsed.root.is_scalar() && !parsed.root.text.empty()) {
      say_no_item(range);
      keep(range, {});
    }
    pass_comments(tree, part_.offset + range.end);
    if (!parsed.complete && !stopped_ && range.begin + parsed.read < range.end) keep({range.begin + parsed.read, range.end}, {});
  }

  struct Tree {
    const Parsed& parsed;
    std::size_t next_comment = 0;
    std::uint64_t next_item = 0;  ///< where the one behind the item of a list begins
  };

  void read_tree_member(Tree& tree, const Member& member, bool wrapper) {
    if (stopped_) return;
    if (member.key == kReferences && member.value.is_list()) {
      mark(static_cast<std::size_t>(member.key_span.begin - part_.offset),
           static_cast<std::size_t>(member.key_span.end - part_.offset));
      pass_list(tree, member.value);
    } else if (!wrapper && looks_like_item(member.value)) {
      pass_node(tree, member.value, member);
    } else {
      pass_comments(tree, member.key_span.begin);
      keep(range_of({member.key_span.begin, std::max(member.key_span.end, member.value.span.end)}), member.key);
      skip_comments(tree, member.value.span.end);
    }
  }

  Range range_of(Span where) const {
    return {static_cast<std::size_t>(where.begin - part_.offset), static_cast<std::size_t>(where.end - part_.offset)};
  }

  void pass_comments(Tree& tree, std::uint64_t before) {
    const std::vector<Span>& comments = tree.parsed.comments;
    while (tree.next_comment < comments.size() && comments[tree.next_comment].begin < before && !stopped_)
      keep(range_of(comments[tree.next_comment++]), {});
  }
  static void skip_comments(Tree& tree, std::uint64_t before) {
    while (tree.next_comment < tree.parsed.comments.size() && tree.parsed.comments[tree.next_comment].begin < before)
      ++tree.next_comment;
  }

  void pass_list(Tree& tree, const Node& list) {
    for (std::size_t at = 0; at < list.members.size(); ++at) {
      tree.next_item = at + 1 < list.members.size() ? list.members[at + 1].value.span.begin : list.span.end + tree.parsed.read;
      pass_node(tree, list.members[at].value, {});
    }
  }

  /// Behind its last value, but indented like its members or on its last line: the comment is the item's.
  bool belongs(Span comment, Span item) const {
    const auto line_of = [&](std::uint64_t offset) {
      std::size_t begin = static_cast<std::size_t>(offset - part_.offset);
      while (begin > 0 && text_[begin - 1] != '\n' && text_[begin - 1] != '\r') --begin;
      return begin;
    };
    const std::size_t line = line_of(comment.begin);
    if (line == line_of(item.end)) return true;
    const std::size_t column = range_of(comment).begin - line;
    return line_at(text_, line).comment && column >= range_of(item).begin - line_of(item.begin);
  }

  void pass_node(Tree& tree, const Node& node, const Member& under) {
    if (stopped_) return;
    const Span where = under.key.empty() ? node.span : Span{under.key_span.begin, node.span.end};
    pass_comments(tree, where.begin);
    const Range range = range_of(where);
    if (!node.is_map()) {
      say_no_item(range);
      keep(range, {});
      return;
    }
    Parsed own;
    while (tree.next_comment < tree.parsed.comments.size() && tree.parsed.comments[tree.next_comment].begin < where.end)
      own.comments.push_back(tree.parsed.comments[tree.next_comment++]);
    while (tree.next_comment < tree.parsed.comments.size() && tree.parsed.comments[tree.next_comment].begin < tree.next_item &&
           belongs(tree.parsed.comments[tree.next_comment], node.span))
      own.comments.push_back(tree.parsed.comments[tree.next_comment++]);
    own.read = range.end - range.begin;
    pass(node, range, own, under);
  }

  // ---------------------------------------------------------------------------------------------------------------- items

  void pass(const Node& node, Range range, const Parsed& parsed, const Member& under) {
    const bool html = !is_archived(node) && has_html(node);
    if (html)
      diagnostics_.note("yaml/html", node.span, "text of this item holds CSL's HTML; it is read as that, and not as Markdown");
    ReadOptions options = options_;
    options.keep_raw = options_.keep_raw && !html;  // what is written is Markdown, and raw texts would be HTML
    csl::ReadItem item = (html ? workshop_.html : workshop_.markdown).read(node, part_.arena, options, diagnostics_);
    Record& record = item.record;
    record.span = span(trimmed(range));
    if (!under.key.empty() && record.key.empty()) record.key = csl::without_controls(*part_.arena, under.key, under.key_span, diagnostics_);
    if (!under.key_span.empty()) record.markers.push_back(*part_.arena, under.key_span);
    for (const Span& mark : waiting_marks_) record.markers.push_back(*part_.arena, mark);
    waiting_marks_.clear();
    add_comments(record, parsed, node, range);
    give(item);
  }

  Range trimmed(Range range) const {
    while (range.end > range.begin &&
           (text_[range.end - 1] == '\n' || text_[range.end - 1] == '\r' || text_[range.end - 1] == ' '))
      --range.end;
    return range;
  }

  static bool is_archived(const Node& item) {
    const Node* const custom = item.find(csl::kCustom);
    return custom != nullptr && custom->is_map() && custom->find(text::kCarried) != nullptr;
  }

  /// Does any text of the item hold one of CSL's tags, opened and closed?
  static bool has_html(const Node& item) {
    return std::any_of(item.members.begin(), item.members.end(), [](const Member& member) {
      const Mapping* const row = csl::reading_row(member.key);
      if (row == nullptr) return false;
      const csl::Codec codec = csl::codec_of(*row);
      if (codec == csl::Codec::Keywords && member.value.is_list())
        return std::any_of(member.value.members.begin(), member.value.members.end(),
                           [](const Member& keyword) { return is_html(keyword.value); });
      return (codec == csl::Codec::Rich || codec == csl::Codec::Abstract || codec == csl::Codec::Keywords) &&
             is_html(member.value);
    });
  }
  static bool is_html(const Node& node) {
    return node.is_scalar() && node.text.find('<') != Str::npos && text::has_html_markup(node.text);
  }

  /// Comments within an item, and what a fault left unread, become extras in their places.
  void add_comments(Record& record, const Parsed& parsed, const Node& node, Range range) {
    std::vector<Extra> extras;
    for (const Span& comment : parsed.comments) extras.push_back(extra_of(range_of(comment)));
    if (!parsed.complete && range.begin + parsed.read < range.end) {
      const Range rest = trimmed({range.begin + parsed.read, range.end});
      if (rest.end > rest.begin) extras.push_back(extra_of(rest));
    }
    if (extras.empty()) return;
    List<Item> items;
    items.reserve(*part_.arena, record.items().size() + extras.size());
    std::size_t next = 0;
    for (const Item& item : record.items()) {
      const std::uint64_t place = place_of(std::visit([](const auto& held) { return held.span; }, item), node, range);
      while (next < extras.size() && extras[next].span.begin < place) items.push_back(*part_.arena, extras[next++]);
      items.push_back(*part_.arena, item);
    }
    while (next < extras.size()) items.push_back(*part_.arena, extras[next++]);
    record.items() = items;
  }

  /// Where a member stands among the item's lines: one that a merge key brought, whose text is elsewhere, where that key is.
  std::uint64_t place_of(Span value, const Node& node, Range range) const {
    if (value.begin >= part_.offset + range.begin) return value.begin;
    for (const Member& member : node.members)
      if (member.value.span.begin == value.begin) return member.key_span.begin;
    return value.begin;
  }

  Extra extra_of(Range range) const {
    return {kOrigin, {}, part_.arena->copy(text_.substr(range.begin, range.end - range.begin)), span(range)};
  }

  void give(csl::ReadItem& item) {
    if (item.carried == nullptr) {
      stopped_ = stopped_ || records_.record(std::move(item.record)) == Flow::Stop;
      return;
    }
    const Node carried = without_armour(*item.carried);
    if (options_.check_schema) text::hold_against_schema(carried, diagnostics_);
    item.carried = &carried;
    forget_carried_comments(item);
    const auto write_and_read = [](const Record& record) { return csl::write_and_read(record, kMarkdown); };
    Record record = text::restore(*item.carried, item.record, write_and_read, diagnostics_);
    const std::shared_ptr<Arena> arena = record.shared_arena();
    const Str before = record.before;
    const Str after = record.after;
    record.before = {};
    record.after = {};
    stopped_ = stopped_ || text::pass_between(arena, before, records_) == Flow::Stop;
    stopped_ = stopped_ || records_.record(std::move(record)) == Flow::Stop;
    stopped_ = stopped_ || text::pass_between(arena, after, records_) == Flow::Stop;
  }

  /// Takes the last line "|" off again (scalars.h).
  Node without_armour(const Node& node) const {
    Node bare = node;
    if (node.is_text() && node.text.ends_with(kArmour)) bare.text.remove_suffix(kArmour.size());
    if (std::none_of(node.members.begin(), node.members.end(),
                     [](const Member& member) { return !member.value.is_scalar() || member.value.text.ends_with(kArmour); }))
      return bare;
    bare.members = {};
    bare.members.reserve(*part_.arena, node.members.size());
    for (const Member& member : node.members)
      bare.members.push_back(*part_.arena, Member{member.key, member.key_span, without_armour(member.value)});
    return bare;
  }

  /// A comment that stands in the item and is carried too is one comment.
  static void forget_carried_comments(csl::ReadItem& item) {
    const Node* const items = item.carried->find("items");
    if (items == nullptr) return;
    std::set<std::string_view> carried;
    for (const Member& member : items->members)
      if (const Node* const key = member.value.find("extra"); key != nullptr && key->text.empty())
        carried.insert(member.value.text_of("raw"));
    if (carried.empty()) return;
    item.record.remove_if([&](const Item& held) {
      const Extra* const extra = std::get_if<Extra>(&held);
      return extra != nullptr && extra->key.empty() && carried.contains(extra->raw);
    });
  }

  const ReadOptions& options_;
  Workshop& workshop_;
  const Part& part_;
  std::string_view text_;
  RecordSink& records_;
  DiagnosticSink& diagnostics_;
  std::vector<Span> waiting_marks_;
  bool stopped_ = false;
};

class YamlReader final : public Reader {
 public:
  explicit YamlReader(const ReadOptions& options) : options_(options) {}

  Flow read(const Source&, const Part& part, RecordSink& records, DiagnosticSink& diagnostics) override {
    return PartReader(options_, workshop_, part, records, diagnostics).read();
  }

 private:
  ReadOptions options_;
  Workshop workshop_;
};

}  // namespace

std::unique_ptr<Reader> make_reader(const ReadOptions& options) { return std::make_unique<YamlReader>(options); }

}  // namespace bibmill::yaml
