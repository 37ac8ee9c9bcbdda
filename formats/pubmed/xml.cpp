// References, attributes, escapes.
#include "xml.h"

#include <cstdint>
#include <unordered_set>

#include "bibmill/text/byte_scan.h"
#include "bibmill/text/unicode.h"

namespace bibmill::pubmed {

namespace {

struct Entity {
  std::string_view name;
  char character;
};
constexpr Entity kPredefined[] = {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};

constexpr bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
         c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

/// XML 1.0, production 2.
constexpr bool is_xml_character(char32_t c) {
  return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
         (c >= 0x10000 && c <= 0x10FFFF);
}

constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20; }

/// The size of U+FFFE or U+FFFF at the start of the text, else 0.
std::size_t noncharacter(std::string_view text) {
  return text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF") ? 3 : 0;
}

/// A reference at the start of a text.
struct Reference {
  enum class Kind { None, Character, Predefined, Unknown, NoCharacter };
  Kind kind = Kind::None;
  std::size_t size = 0;  // from & to ;
  char32_t character = 0;
};

Reference numeric_reference(std::string_view text) {
  const bool hexadecimal = text.size() > 2 && text[2] == 'x';
  std::size_t at = hexadecimal ? 3 : 2;
  const std::size_t first = at;
  std::uint32_t value = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    std::uint32_t digit = 0;
    if (c >= '0' && c <= '9')
      digit = static_cast<std::uint32_t>(c - '0');
    else if (hexadecimal && c >= 'a' && c <= 'f')
      digit = static_cast<std::uint32_t>(c - 'a' + 10);
    else if (hexadecimal && c >= 'A' && c <= 'F')
      digit = static_cast<std::uint32_t>(c - 'A' + 10);
    else
      break;
    if (value <= 0x10FFFF) value = value * (hexadecimal ? 16 : 10) + digit;
  }
  if (at == first || at == text.size() || text[at] != ';') return {};
  return {is_xml_character(value) ? Reference::Kind::Character : Reference::Kind::NoCharacter, at + 1, value};
}

Reference reference_at(std::string_view text) {
  if (text.size() > 1 && text[1] == '#') return numeric_reference(text);
  for (const Entity& entity : kPredefined)
    if (text.substr(1).starts_with(entity.name) && text.size() > entity.name.size() + 1 && text[entity.name.size() + 1] == ';')
      return {Reference::Kind::Predefined, entity.name.size() + 2, static_cast<char32_t>(entity.character)};
  std::size_t at = 1;
  while (at < text.size() && is_name_character(text[at])) ++at;
  const bool begins_as_name = at > 1 && (text[1] < '0' || text[1] > '9') && text[1] != '-' && text[1] != '.';
  if (!begins_as_name || at == text.size() || text[at] != ';') return {};
  return {Reference::Kind::Unknown, at + 1, 0};
}

/// "&amp;lt;", "&amp;#955;", "&amp;amp;": text that someone escaped twice.
bool is_escaped_twice(std::string_view behind_ampersand) {
  for (const std::string_view sign : {"lt;", "gt;", "amp;", "#"})
    if (behind_ampersand.starts_with(sign)) return true;
  return false;
}

void note(const char*& place, std::string_view text) {
  if (place == nullptr) place = text.data();
}

void append_reference(std::string& out, std::string_view text, const Reference& reference, Findings& findings) {
  switch (reference.kind) {
    case Reference::Kind::Predefined:
      out.push_back(static_cast<char>(reference.character));
      if (reference.character == U'&' && is_escaped_twice(text.substr(reference.size))) note(findings.escaped_twice, text);
      break;
    case Reference::Kind::Character: text::append_utf8(out, reference.character); break;
    case Reference::Kind::NoCharacter: note(findings.control, text); break;
    case Reference::Kind::Unknown:
    case Reference::Kind::None:
      note(findings.unknown_reference, text);
      out.append(text.substr(0, reference.size == 0 ? 1 : reference.size));
      break;
  }
}

/// Behind `end`, or the end of the text.
std::size_t behind(std::string_view text, std::string_view end, std::size_t from) {
  const std::size_t at = text.find(end, from);
  return at == std::string_view::npos ? text.size() : at + end.size();
}

/// What begins with "<" between two tags: CDATA, whose text is appended, a comment or a processing instruction. Its size.
std::size_t append_section(std::string& out, std::string_view text) {
  constexpr std::string_view kCdata = "<![CDATA[";
  if (text.starts_with(kCdata)) {
    const std::size_t end = behind(text, "]]>", kCdata.size());
    const std::size_t stop = text.substr(0, end).ends_with("]]>") ? end - 3 : end;
    out.append(text.substr(kCdata.size(), stop - kCdata.size()));
    return end;
  }
  return text.starts_with("<!--") ? behind(text, "-->", 4) : behind(text, "?>", 2);
}

/// The number of leading bytes that stand for themselves.
std::size_t plain_prefix(std::string_view text) { return text::next_of<text::ByteRange{0, 0x1F}, '&', '<', '\xEF'>(text, 0); }

}  // namespace

std::size_t plain_reference(std::string_view text) {
  const Reference reference = reference_at(text);
  const bool plain = reference.kind == Reference::Kind::Predefined || reference.kind == Reference::Kind::Character;
  return plain ? reference.size : 0;
}

bool needs_decoding(std::string_view raw) { return text::holds<text::ByteRange{0, 0x1F}, '&', '<'>(raw); }

void append_decoded(std::string& out, std::string_view raw, Findings& findings) {
  while (!raw.empty()) {
    const std::size_t plain = plain_prefix(raw);
    out.append(raw.substr(0, plain));
    raw.remove_prefix(plain);
    if (raw.empty()) return;
    std::size_t used = 1;
    if (raw[0] == '&') {
      const Reference reference = reference_at(raw);
      append_reference(out, raw, reference, findings);
      if (reference.size > 0) used = reference.size;
    } else if (raw[0] == '<') {
      used = append_section(out, raw);
    } else if (raw[0] == '\r') {
      out.push_back('\n');
      if (raw.size() > 1 && raw[1] == '\n') used = 2;
    } else if (raw[0] == '\n' || raw[0] == '\t') {
      out.push_back(raw[0]);
    } else if (const std::size_t size = noncharacter(raw); size > 0) {
      note(findings.control, raw);
      used = size;
    } else if (is_control(raw[0])) {
      note(findings.control, raw);
    } else {
      out.push_back(raw[0]);
    }
    raw.remove_prefix(used);
  }
}

bool is_blank(std::string_view text) {
  for (const char c : text)
    if (!is_space(c)) return false;
  return true;
}

namespace {

bool append_escaped(std::string& out, std::string_view text, bool in_attribute) {
  bool whole = true;
  std::size_t done = 0;
  const auto replace = [&](std::size_t at, std::size_t size, std::string_view by) {
    out.append(text.substr(done, at - done));
    out.append(by);
    done = at + size;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '&') {
      replace(at, 1, "&amp;");
    } else if (c == '<') {
      replace(at, 1, "&lt;");
    } else if (c == '>') {
      replace(at, 1, "&gt;");
    } else if (c == '"' && in_attribute) {
      replace(at, 1, "&quot;");
    } else if (c == '\n') {
      if (in_attribute) replace(at, 1, "&#10;");
    } else if (is_control(c)) {
      replace(at, 1, {});
      whole = false;
    } else if (c == '\xEF' && noncharacter(text.substr(at)) > 0) {
      replace(at, 3, {});
      whole = false;
    }
  }
  out.append(text.substr(done));
  return whole;
}

}  // namespace

bool append_text(std::string& out, std::string_view text) { return append_escaped(out, text, false); }

bool append_attribute(std::string& out, std::string_view name, std::string_view value) {
  out.push_back(' ');
  out.append(name);
  out.append("=\"");
  const bool whole = append_escaped(out, value, true);
  out.push_back('"');
  return whole;
}

void append_verbatim(std::string& out, std::string_view source) {
  for (std::size_t at = source.find('&'); at != std::string_view::npos; at = source.find('&')) {
    out.append(source.substr(0, at));
    const Reference::Kind kind = reference_at(source.substr(at)).kind;
    out.append(kind == Reference::Kind::Unknown || kind == Reference::Kind::None ? "&amp;" : "&");
    source.remove_prefix(at + 1);
  }
  out.append(source);
}

Attributes::Attributes(std::string_view tag) : rest_(tag) { rest_.remove_prefix(tag_name(tag).size() + 1); }

bool Attributes::next() {
  std::size_t at = 0;
  while (at < rest_.size() && is_space(rest_[at])) ++at;
  const std::size_t equals = rest_.find('=', at);
  if (at == rest_.size() || rest_[at] == '>' || rest_[at] == '/' || equals == std::string_view::npos) return false;
  const std::size_t quote = rest_.find_first_of("\"'", equals);
  if (quote == std::string_view::npos) return false;
  const std::size_t close = rest_.find(rest_[quote], quote + 1);
  if (close == std::string_view::npos) return false;
  name_ = rest_.substr(at, equals - at);
  while (!name_.empty() && is_space(name_.back())) name_.remove_suffix(1);
  value_ = rest_.substr(quote + 1, close - quote - 1);
  source_ = rest_.substr(at, close + 1 - at);
  rest_.remove_prefix(close + 1);
  return true;
}

std::string_view tag_name(std::string_view tag) {
  const std::size_t from = tag.starts_with("</") ? 2 : 1;
  std::size_t end = from;
  while (end < tag.size() && !is_space(tag[end]) && tag[end] != '>' && tag[end] != '/') ++end;
  return from > tag.size() ? std::string_view{} : tag.substr(from, end - from);
}

std::string_view beginning(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  return text.substr(0, most);
}

std::size_t end_of_tag(std::string_view text, std::size_t at) {
  for (;;) {
    const std::size_t stop = text.find_first_of(">\"'", at);
    if (stop == std::string_view::npos) return stop;
    if (text[stop] == '>') return stop + 1;
    const std::size_t close = text.find(text[stop], stop + 1);
    if (close == std::string_view::npos) return close;
    at = close + 1;
  }
}

namespace {

/// Blanks out attributes whose name the tag has had before.
void mend_tag(std::string_view source, std::size_t at, Mended& mended) {
  // No tag has a "<" in it, and none is sought beyond one: each byte is looked at once.
  const std::size_t end = end_of_tag(source.substr(0, source.find('<', at + 1)), at);
  if (end == std::string_view::npos) return;
  std::unordered_set<std::string_view> names;
  Attributes attributes(source.substr(at, end - at));
  while (attributes.next()) {
    if (names.insert(attributes.name()).second) continue;
    const auto begin = static_cast<std::size_t>(attributes.source().data() - source.data());
    mended.text.replace(begin, attributes.source().size(), attributes.source().size(), ' ');
    mended.repeated_attributes = true;
  }
}

}  // namespace

Mended mended(std::string_view source) {
  Mended mended{std::string(source)};
  constexpr std::string_view kEndOfCdata = "]]>";
  bool in_cdata = false;
  for (std::size_t at = 0; at < source.size();) {
    std::size_t used = 1;
    if (source[at] == '<' && source.substr(at).starts_with("<![CDATA[")) {
      in_cdata = true;
    } else if (source[at] == ']' && source.substr(at).starts_with(kEndOfCdata)) {
      if (!in_cdata) {
        mended.text[at + kEndOfCdata.size() - 1] = '+';
        mended.stray_cdata_end = true;
      }
      in_cdata = false;
    } else if (source[at] == '<' && at + 1 < source.size() && is_name_character(source[at + 1])) {
      // Only attributes: what else is wrong in the tag is found below, character by character.
      mend_tag(source, at, mended);
    } else if (is_control(source[at]) && !is_space(source[at])) {
      mended.text[at] = ' ';
    } else if (source[at] == '\xEF') {
      const std::size_t size = noncharacter(source.substr(at));
      mended.text.replace(at, size, size, ' ');
    } else if (source[at] == '&') {
      const Reference reference = reference_at(source.substr(at));
      if (reference.kind == Reference::Kind::NoCharacter) {
        mended.text.replace(at, reference.size, reference.size, ' ');
        used = reference.size;
      } else if (reference.kind == Reference::Kind::None) {
        mended.text[at] = '+';
      }
    }
    at += used;
  }
  mended.changed = mended.text != source;
  return mended;
}

}  // namespace bibmill::pubmed
