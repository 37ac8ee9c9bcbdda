// simdjson's on-demand interface, and the tolerant parser behind it.
//
// A list of items is one document as far as it is what JSON allows. simdjson refuses a whole document for one bad byte, so from there on each item is a document of its own. It reads up to 32 bytes
// beyond a document, so each is copied to where there is room behind it: into the arena, so that strings without escapes are pieces of the copy.
#include "parse.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "bibmill/text/byte_scan.h"
#include "bibmill/text/json.h"
#include "scan.h"

namespace bibmill::csljson {

using text::Member;
using text::Node;

namespace {

namespace ondemand = simdjson::ondemand;
using simdjson::error_code;

constexpr std::size_t kUsualMembers = 24;  // of an item

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// On-demand parsing leaves it to us whether a word is a number (RFC 8259, 6).
bool is_number(std::string_view text) {
  std::size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
  const auto digits = [&] {
    const std::size_t from = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at - from;
  };
  const std::size_t whole = at;
  const std::size_t count = digits();
  if (count == 0 || (count > 1 && text[whole] == '0')) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

std::string_view trimmed(std::string_view token) {
  while (!token.empty() && (token.back() == ' ' || token.back() == '\n' || token.back() == '\t' || token.back() == '\r'))
    token.remove_suffix(1);
  return token;
}

}  // namespace

struct ItemParser::Strict {
  ondemand::parser parser;

  // Of the item being parsed.
  const char* begin = nullptr;
  const char* end = nullptr;
  const char* doubtful = nullptr;  ///< from where it was last looked for, the next backslash or DEL, the one control character that JSON lets pass
  std::uint64_t offset = 0;
  Arena* texts = nullptr;
  Arena* lists = nullptr;
  ondemand::document* document = nullptr;

  Span span(const char* from, const char* to) const {
    return {offset + static_cast<std::uint64_t>(from - begin), offset + static_cast<std::uint64_t>(to - begin)};
  }

  bool parse(std::string_view text, std::size_t from, std::size_t to, std::uint64_t at, Arena& to_texts, Arena& to_lists,
             Node& node) {
    const std::size_t size = to - from;
    begin = padded_copy(to_texts, text.substr(from, size));
    end = begin + size;
    doubtful = begin;
    offset = at + from;
    texts = &to_texts;
    lists = &to_lists;
    ondemand::document here;
    if (parser.iterate(simdjson::padded_string_view(begin, size, size + simdjson::SIMDJSON_PADDING)).get(here) !=
        simdjson::SUCCESS)
      return false;
    document = &here;
    ondemand::object object;
    if (here.get_object().get(object) != simdjson::SUCCESS) return false;
    if (!read_object(object, node, 0)) return false;
    node.span = span(begin, end);
    const char* rest = nullptr;
    return here.current_location().get(rest) != simdjson::SUCCESS;  // nothing behind it
  }

  /// With the room that simdjson wants, and for one more sign, behind it.
  static char* padded_copy(Arena& arena, std::string_view text) {
    constexpr std::size_t kRoom = 1 + simdjson::SIMDJSON_PADDING;
    char* const copy = static_cast<char*>(arena.allocate(text.size() + kRoom, 1));
    std::memset(std::copy_n(text.data(), text.size(), copy), ' ', kRoom);
    return copy;
  }

  /// Reads the items of `list`, a padded text, as far as all is well; how much of the text that was.
  std::size_t parse_list(std::string_view list, std::uint64_t at, bool first, Arena& to_texts, Arena& to_lists, text::FunctionRef<bool(const Node&)> take) {
    begin = list.data();
    end = begin + list.size();
    doubtful = begin;
    offset = at;
    texts = &to_texts;
    lists = &to_lists;
    std::size_t done = 0;
    ondemand::document here;
    ondemand::array items;
    if (parser.iterate(simdjson::padded_string_view(begin, list.size(), list.size() + simdjson::SIMDJSON_PADDING)).get(here) != simdjson::SUCCESS) return done;
    document = &here;
    if (here.get_array().get(items) != simdjson::SUCCESS) return done;
    for (auto result : items) {
      lists->clear(kKeptLists);
      Node node;
      if (result.error() != simdjson::SUCCESS || !read_item(result.value_unsafe(), node) || opens_wrapper(node, std::exchange(first, false))) break;
      done = static_cast<std::size_t>(node.span.end - offset);
      if (!take(node)) break;
    }
    return done;
  }

  bool read_item(ondemand::value& value, Node& node) {
    const char* const from = value.raw_json_token().data();
    ondemand::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS || !read_object(object, node, 0)) return false;
    node.span = span(from, behind_container());
    return true;
  }

  /// Is it the object around a list of items? Walk asks the same of the text.
  static bool opens_wrapper(const Node& node, bool first) {
    for (const Member& member : node.members) {
      const bool has_name = member.key == "items" || member.key == "references";
      if (has_name && member.value.is_list() && (member.value.members.empty() || member.value.members.front().value.is_map())) return true;
      if (!first || member.key == "id" || member.key == "type") return false;
    }
    return false;
  }

  /// Is the text, which is behind all that were asked about, as it stands? Few are not, so that most need no look of their own.
  bool is_plain(std::string_view text) {
    if (doubtful < text.data()) doubtful = text.data() + text::next_of_far<'\\', '\x7F'>({text.data(), static_cast<std::size_t>(end - text.data())}, 0);
    return doubtful >= text.data() + text.size();
  }

  bool read_object(ondemand::object& object, Node& node, std::size_t depth) {
    if (depth == kMostDepth) return false;
    node.kind = Node::Kind::Map;
    if (depth == 0) node.members.reserve(*lists, kUsualMembers);
    for (auto result : object) {
      if (result.error() != simdjson::SUCCESS) return false;
      ondemand::field& field = result.value_unsafe();
      Member& member = node.members.push_back(*lists);
      if (!read_key(field, member)) return false;
      if (!read_value(field.value(), member.value, depth)) return false;
    }
    return true;
  }

  bool read_array(ondemand::array& array, Node& node, std::size_t depth) {
    if (depth == kMostDepth) return false;
    node.kind = Node::Kind::List;
    for (auto result : array) {
      if (result.error() != simdjson::SUCCESS) return false;
      Member& member = node.members.push_back(*lists);
      if (!read_value(result.value_unsafe(), member.value, depth)) return false;
    }
    return true;
  }

  /// A key without escapes stays where it stands.
  bool read_key(ondemand::field& field, Member& member) {
    const char* const from = field.key().raw();  // behind the quote
    const std::string_view rest(from, static_cast<std::size_t>(end - from));
    std::size_t quote = text::next_of<'"', '\\'>(rest, 0);
    if (quote == rest.size()) return false;
    if (rest[quote] == '"') {
      member.key = rest.substr(0, quote);
    } else {
      std::string_view key;
      if (field.unescaped_key().get(key) != simdjson::SUCCESS) return false;
      member.key = texts->copy(key);
      while (quote < rest.size() && rest[quote] != '"') quote += rest[quote] == '\\' ? 2 : 1;
    }
    member.key_span = span(from - 1, from + quote + 1);
    return true;
  }

  bool read_value(ondemand::value& value, Node& node, std::size_t depth) {
    const std::string_view token = trimmed(value.raw_json_token());
    if (token.empty()) return false;
    switch (token.front()) {
      case '{': {
        ondemand::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS || !read_object(object, node, depth + 1)) return false;
        node.span = span(token.data(), behind_container());
        return true;
      }
      case '[': {
        ondemand::array array;
        if (value.get_array().get(array) != simdjson::SUCCESS || !read_array(array, node, depth + 1)) return false;
        node.span = span(token.data(), behind_container());
        return true;
      }
      case '"': return read_string(value, token, node);
      default: return read_word(value, token, node);
    }
  }

  /// The next token is at the current location; what stands before it ends the container that was just read.
  const char* behind_container() {
    const char* here = nullptr;
    if (document->current_location().get(here) != simdjson::SUCCESS) here = end;
    while (here > begin && here[-1] != '}' && here[-1] != ']') --here;
    return here;
  }

  bool read_string(ondemand::value& value, std::string_view token, Node& node) {
    node.kind = Node::Kind::Text;
    node.span = span(token.data(), token.data() + token.size());
    const std::string_view inside = token.substr(1, token.size() - 2);
    if (token.size() >= 2 && token.back() == '"' && is_plain(inside)) {
      node.text = inside;
      node.has_no_controls = true;
      ondemand::raw_json_string consumed;  // moves on
      return value.get_raw_json_string().get(consumed) == simdjson::SUCCESS;
    }
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS) return false;
    node.text = texts->copy(text);
    return true;
  }

  bool read_word(ondemand::value& value, std::string_view token, Node& node) {
    node.span = span(token.data(), token.data() + token.size());
    if (token == "null") {
      bool null = false;
      node.text = "null";
      return value.is_null().get(null) == simdjson::SUCCESS && null;
    }
    if (token == "true" || token == "false") {
      bool truth = false;
      node.kind = Node::Kind::Boolean;
      node.text = token == "true" ? "true" : "false";
      return value.get_bool().get(truth) == simdjson::SUCCESS;
    }
    if (!is_number(token)) return false;
    node.kind = Node::Kind::Number;
    node.text = token;
    ondemand::number number;
    const error_code error = value.get_number().get(number);
    return error == simdjson::SUCCESS;
  }
};

ItemParser::ItemParser() : strict_(std::make_unique<Strict>()) {}
ItemParser::~ItemParser() = default;

std::string_view ItemParser::copy_of_list(std::string_view text, Arena& texts) {
  const std::size_t begin = skip_blanks(text, 0);
  if (begin == text.size() || (text[begin] != '[' && text[begin] != ',')) return {};
  char* const copy = Strict::padded_copy(texts, text);
  copy[begin] = '[';
  copy[text.size()] = ']';
  return {copy, text.size() + 1};
}

std::size_t ItemParser::parse_list(std::string_view list, std::uint64_t offset, bool first, Arena& texts, Arena& lists, text::FunctionRef<bool(const Node&)> take) {
  return strict_->parse_list(list, offset, first, texts, lists, take);
}

Node ItemParser::parse(std::string_view text, std::size_t begin, std::size_t end, std::uint64_t offset, Arena& texts,
                       Arena& lists, DiagnosticSink& diagnostics) {
  Node node;
  if (strict_->parse(text, begin, end, offset, texts, lists, node)) return node;
  return text::parse_json(texts, text.substr(begin, end - begin), offset + begin, {.max_depth = kMostDepth}, diagnostics);
}

}  // namespace bibmill::csljson
