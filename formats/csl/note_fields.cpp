// Reading lines of notes. Reference: the Zotero manual, "Citing fields from Extra"; citeproc-js's manual, "Cheater syntax".
#include "note_fields.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/csl/variables.h"
#include "bibmill/text/unicode.h"

namespace bibmill::csl {

using text::Member;
using text::Node;

namespace {

constexpr std::string_view kNote = "note";
constexpr std::string_view kBars = "||";
constexpr std::size_t kLongestName = 40;

/// The row of a variable that is named "DOI", "Original Date" or "event-place".
const Mapping* row_of(std::string_view written) {
  if (written.empty() || written.size() > kLongestName) return nullptr;
  if (const Mapping* const row = reading_row(written)) return row;
  std::string name;
  for (const char c : written) name += c == ' ' || c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return reading_row(name);
}

class NoteReader {
 public:
  NoteReader(Arena& arena, const Node& item) : arena_(arena), item_(item) {}

  NoteFields read() {
    NoteFields result{item_, item_.members.size()};
    const auto note =
        std::find_if(item_.members.begin(), item_.members.end(), [](const Member& member) { return member.key == kNote; });
    if (note == item_.members.end() || !note->value.is_text() || !note->value.raw.empty()) return result;
    where_ = note->value.span;
    const std::string rest = without_fields(note->value.text);
    if (found_.empty()) return result;
    result.item.members = {};
    for (const Member& member : item_.members) {
      Member copy = member;
      if (&member == note) copy.value.text = arena_.copy(rest);
      if (&member != note || !rest.empty()) result.item.members.push_back(arena_, copy);
    }
    result.own_members = result.item.members.size();
    for (const Member& member : found_) result.item.members.push_back(arena_, member);
    return result;
  }

 private:
  std::string without_fields(std::string_view note) {
    std::string rest;
    while (true) {
      const std::size_t end = note.find('\n');
      const std::string_view line = note.substr(0, end);
      const std::string left = take_field(line) ? std::string() : without_passages(line);
      if (!left.empty() || line.empty()) rest.append(left).append(1, '\n');
      if (end == note.npos) break;
      note.remove_prefix(end + 1);
    }
    return std::string(text::trim(rest));
  }

  /// A line without its "{:key: value}".
  std::string without_passages(std::string_view line) {
    std::string rest;
    while (true) {
      const std::size_t begin = line.find("{:");
      const std::size_t end = begin == line.npos ? begin : line.find('}', begin);
      if (end == line.npos) break;
      rest += line.substr(0, begin);
      if (!take_field(line.substr(begin + 2, end - begin - 2))) rest += line.substr(begin, end + 1 - begin);
      line.remove_prefix(end + 1);
    }
    return rest.append(line);
  }

  bool take_field(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == line.npos) return false;
    const Mapping* const row = row_of(text::trim(line.substr(0, colon)));
    const std::string_view value = text::trim(line.substr(colon + 1));
    if (row == nullptr || row->key == kNote || value.empty() || has(*row)) return false;
    const bool names = codec_of(*row) == Codec::Names;
    const auto before = std::find_if(found_.begin(), found_.end(), [&](const Member& member) { return member.key == row->key; });
    if (before != found_.end()) {
      if (!names) return false;
      before->value.members.push_back(arena_, Member{{}, {}, name(value)});
      return true;
    }
    Node node = names ? Node{} : scalar(value);
    if (names) {
      node.kind = Node::Kind::List;
      node.span = where_;
      node.members.push_back(arena_, Member{{}, {}, name(value)});
    }
    found_.push_back(Member{row->key, {}, node});
    return true;
  }

  bool has(const Mapping& row) const {
    return std::any_of(item_.members.begin(), item_.members.end(),
                       [&](const Member& member) { return reading_row(member.key) == &row; });
  }

  Node scalar(std::string_view value) {
    Node node;
    node.kind = Node::Kind::Text;
    node.text = arena_.copy(value);
    node.span = where_;
    return node;
  }

  Node name(std::string_view value) {
    Node node;
    node.kind = Node::Kind::Map;
    node.span = where_;
    const std::size_t bars = value.find(kBars);
    if (bars == value.npos) {
      node.members.push_back(arena_, Member{"literal", {}, scalar(value)});
      return node;
    }
    node.members.push_back(arena_, Member{"family", {}, scalar(text::trim(value.substr(0, bars)))});
    node.members.push_back(arena_, Member{"given", {}, scalar(text::trim(value.substr(bars + kBars.size())))});
    return node;
  }

  Arena& arena_;
  const Node& item_;
  Span where_;
  std::vector<Member> found_;
};

}  // namespace

NoteFields read_note_fields(Arena& arena, const Node& item) { return NoteReader(arena, item).read(); }

}  // namespace bibmill::csl
