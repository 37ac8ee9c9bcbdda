// The walk over items.
#include "scan.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "bibmill/text/byte_masks.h"
#include "bibmill/text/byte_scan.h"

namespace bibmill::csljson {

namespace {

constexpr bool is_json_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// Behind the string whose opening quote stands at `at`.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const char* from = begin + at + 1;
  while (from < end) {
    const char* const quote = static_cast<const char*>(std::memchr(from, '"', static_cast<std::size_t>(end - from)));
    if (quote == nullptr) return text.size();
    const char* before = quote;
    while (before > from && before[-1] == '\\') --before;
    if ((quote - before) % 2 == 0) return static_cast<std::size_t>(quote + 1 - begin);
    from = quote + 1;
  }
  return text.size();
}

/// '[' and '{' differ in the bit by which capital letters and small ones do; so do those that close.
constexpr text::ByteRange kOpening{'{', '{', true};
constexpr text::ByteRange kClosing{'}', '}', true};

/// The signs among sixty-four bytes, a bit for each.
struct Signs {
  explicit Signs(const char* bytes)
      : quotes(text::places_in_64<'"'>(bytes)), backslashes(text::places_in_64<'\\'>(bytes)), brackets(text::places_in_64<kOpening, kClosing>(bytes)) {}

  std::uint64_t quotes;
  std::uint64_t backslashes;
  std::uint64_t brackets;
};

/// Of the text's next sixty-four bytes; behind its end there are none.
Signs signs_at(std::string_view text, std::size_t at) {
  if (text.size() - at >= 64) return Signs(text.data() + at);
  std::array<char, 64> rest{};
  text.copy(rest.data(), rest.size(), at);
  return Signs(rest.data());
}

/// From each odd one of the marked bits to the next: where strings are.
std::uint64_t from_odd_to_even(std::uint64_t marks) {
  for (unsigned shift = 1; shift < 64; shift *= 2) marks ^= marks << shift;
  return marks;
}

/// Goes through brackets with what stands within them, sixty-four bytes at a time.
class BracketWalk {
 public:
  BracketWalk(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  /// Behind the bracket that closes the first one; the end of the text where it is not closed.
  std::size_t end() {
    while (at_ < text_.size()) {
      const Signs signs = signs_at(text_, at_);
      const std::uint64_t brackets = signs.backslashes == 0 && !first_escaped_ ? outside_strings(signs) : outside_strings_with_escapes(signs);
      for (std::uint64_t left = brackets; left != 0; left &= left - 1) {
        const std::size_t here = at_ + static_cast<std::size_t>(std::countr_zero(left));
        if (kOpening.has(static_cast<unsigned char>(text_[here])))
          ++depth_;
        else if (--depth_ == 0)
          return here + 1;
      }
      at_ += 64;
      // Long strings are gone through faster for their end alone.
      if (in_string_ && (signs.quotes | signs.backslashes) == 0 && at_ < text_.size()) {
        at_ = end_of_string(text_, at_ - 1);
        in_string_ = false;
      }
    }
    return text_.size();
  }

 private:
  std::uint64_t outside_strings(const Signs& signs) {
    const std::uint64_t strings = from_odd_to_even(signs.quotes) ^ (in_string_ ? ~std::uint64_t{0} : 0);
    in_string_ = strings >> 63U != 0;
    return signs.brackets & ~strings;
  }

  /// The same, sign by sign: what a backslash in a string stands before is none.
  std::uint64_t outside_strings_with_escapes(const Signs& signs) {
    std::uint64_t outside = 0;
    std::uint64_t left = (signs.quotes | signs.backslashes | signs.brackets) & ~std::uint64_t{first_escaped_};
    first_escaped_ = false;
    while (left != 0) {
      const std::uint64_t sign = left & (~left + 1);
      left ^= sign;
      if ((sign & signs.quotes) != 0) {
        in_string_ = !in_string_;
      } else if (!in_string_) {
        outside |= sign & signs.brackets;
      } else if ((sign & signs.backslashes) != 0) {
        left &= ~(sign << 1U);
        first_escaped_ = sign >> 63U != 0;
      }
    }
    return outside;
  }

  std::string_view text_;
  std::size_t at_;
  std::size_t depth_ = 0;
  bool in_string_ = false;
  bool first_escaped_ = false;  // of the sixty-four bytes: a backslash stands before it
};

bool is_closed(std::string_view text, std::size_t begin, std::size_t end) {
  if (end < text.size() || end - begin < 2) return end < text.size();
  const char open = text[begin];
  const char last = text[end - 1];
  return (open == '{' && last == '}') || (open == '[' && last == ']') || (open == '"' && last == '"');
}

}  // namespace

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_json_blank(text[at])) ++at;
  return at;
}

std::size_t end_of_value(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  if (text[at] == '"') return end_of_string(text, at);
  if (text[at] == '{' || text[at] == '[') return BracketWalk(text, at).end();
  const std::size_t end = text::next_of<' ', '\n', '\t', '\r', ',', '"', '{', '[', '}', ']'>(text, at);
  return end == at ? at + 1 : end;
}

/// "items": [
bool Walk::is_items_list(std::size_t key, std::size_t key_end) const {
  const std::string_view name = text_.substr(key, key_end - key);
  if (name != "\"items\"" && name != "\"references\"") return false;
  const std::size_t colon = skip_blanks(text_, key_end);
  if (colon >= text_.size() || text_[colon] != ':') return false;
  const std::size_t list = skip_blanks(text_, colon + 1);
  if (list >= text_.size() || text_[list] != '[') return false;
  const std::size_t inside = skip_blanks(text_, list + 1);  // CSL has a variable "references", but it is no list of objects
  return inside >= text_.size() || text_[inside] == '{' || text_[inside] == ']';
}

bool Walk::enter_items(std::size_t key) {
  const std::size_t key_end = end_of_value(text_, key);
  if (!is_items_list(key, key_end)) return false;
  at_ = text_.find('[', key_end) + 1;
  in_wrapper_ = false;
  return true;
}

/// Is the object at `at` one around the items? Its first member says so; at the beginning of a source any may, but for those of an item.
bool Walk::opens_wrapper(std::size_t at) const {
  std::size_t key = skip_blanks(text_, at + 1);
  while (key < text_.size() && text_[key] == '"') {
    const std::size_t key_end = end_of_value(text_, key);
    if (is_items_list(key, key_end)) return true;
    const std::string_view name = text_.substr(key, key_end - key);
    if (!first_ || name == "\"id\"" || name == "\"type\"") return false;
    const std::size_t colon = skip_blanks(text_, key_end);
    if (colon >= text_.size() || text_[colon] != ':') return false;
    const std::size_t comma = skip_blanks(text_, end_of_value(text_, skip_blanks(text_, colon + 1)));
    if (comma >= text_.size() || text_[comma] != ',') return false;
    key = skip_blanks(text_, comma + 1);
  }
  return false;
}

Piece Walk::member(std::size_t at) {
  const std::size_t key_end = end_of_value(text_, at);
  const std::size_t colon = skip_blanks(text_, key_end);
  if (colon >= text_.size() || text_[colon] != ':') {
    at_ = key_end;
    return {Piece::Kind::Other, at, key_end, at, is_closed(text_, at, key_end)};
  }
  const std::size_t value = skip_blanks(text_, colon + 1);
  const bool missing = value >= text_.size() || text_[value] == ',' || text_[value] == '}' || text_[value] == ']';
  at_ = missing ? value : end_of_value(text_, value);
  return {Piece::Kind::Member, at, missing ? colon + 1 : at_, value, missing || is_closed(text_, value, at_)};
}

Piece Walk::next() {
  while (true) {
    at_ = skip_blanks(text_, at_);
    if (at_ >= text_.size()) return {Piece::Kind::End, text_.size(), text_.size(), text_.size(), true};
    const std::size_t here = at_;
    switch (text_[here]) {
      case ',':
      case ':': at_ = here + 1; break;
      case '[':
        at_ = here + 1;
        in_wrapper_ = false;
        break;
      case ']':
        at_ = here + 1;
        in_wrapper_ = true;  // if anything follows, it is the wrapper's
        break;
      case '}':
        at_ = here + 1;
        in_wrapper_ = false;
        break;
      case '"':
        if (in_wrapper_ && enter_items(here)) break;
        if (in_wrapper_) return member(here);
        at_ = end_of_value(text_, here);
        return {Piece::Kind::Other, here, at_, here, is_closed(text_, here, at_)};
      case '{':
        if (opens_wrapper(here)) {
          at_ = here + 1;
          in_wrapper_ = true;
          first_ = false;
          break;
        }
        first_ = false;
        in_wrapper_ = false;  // whatever came before: a part may begin behind any item
        at_ = end_of_value(text_, here);
        return {Piece::Kind::Item, here, at_, here, is_closed(text_, here, at_)};
      default: at_ = end_of_value(text_, here); return {Piece::Kind::Other, here, at_, here, true};
    }
  }
}

}  // namespace bibmill::csljson
