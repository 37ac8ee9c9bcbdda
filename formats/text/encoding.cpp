// Decoder: bytes of a file in, UTF-8 out, piece by piece. Windows-1252 and the rules for byte-order marks follow WHATWG's Encoding Standard.
#include "bibmill/text/encoding.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "bibmill/text/unicode.h"

namespace bibmill::text {

namespace {

constexpr std::array<char32_t, 32> kWindows1252 = {
#include "tables/windows1252.inc"
};

constexpr unsigned char byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

constexpr char32_t from_windows_1252(unsigned char byte) {
  return byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80u] : char32_t{byte};
}

struct EncodingName {
  std::string_view name;
  Encoding encoding;
};

// The first name of an encoding is the one that is shown. "utf-16" alone is little-endian, as the Encoding Standard has it.
constexpr EncodingName kNames[] = {
    {"utf-8", Encoding::Utf8},         {"utf8", Encoding::Utf8},           {"us-ascii", Encoding::Utf8},
    {"ascii", Encoding::Utf8},         {"utf-16le", Encoding::Utf16Le},    {"utf-16", Encoding::Utf16Le},
    {"utf16", Encoding::Utf16Le},      {"utf16le", Encoding::Utf16Le},     {"ucs-2", Encoding::Utf16Le},
    {"utf-16be", Encoding::Utf16Be},   {"utf16be", Encoding::Utf16Be},     {"windows-1252", Encoding::Windows1252},
    {"cp1252", Encoding::Windows1252}, {"cp-1252", Encoding::Windows1252}, {"x-cp1252", Encoding::Windows1252},
    {"iso-8859-1", Encoding::Latin1},  {"iso8859-1", Encoding::Latin1},    {"iso_8859-1", Encoding::Latin1},
    {"latin1", Encoding::Latin1},      {"latin-1", Encoding::Latin1},      {"l1", Encoding::Latin1},
};

/// What a file may begin with that tells its encoding.
struct Signature {
  std::string_view bytes;
  Encoding encoding;
  bool is_mark;  // a byte-order mark, no part of the text; else the beginning of "<?xml"
};

using namespace std::string_view_literals;

constexpr Signature kSignatures[] = {
    {"\xEF\xBB\xBF"sv, Encoding::Utf8, true},  {"\xFF\xFE"sv, Encoding::Utf16Le, true},   {"\xFE\xFF"sv, Encoding::Utf16Be, true},
    {"<\0?\0x\0"sv, Encoding::Utf16Le, false}, {"\0<\0?\0x"sv, Encoding::Utf16Be, false},
};

constexpr std::string_view kXmlDeclaration = "<?xml";
constexpr std::size_t kLongestDeclaration = 1024;

bool begins_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }
/// The text is so short that it might still become one that begins with `prefix`.
bool may_begin_with(std::string_view text, std::string_view prefix) {
  return text.size() < prefix.size() && prefix.substr(0, text.size()) == text;
}

/// The name in encoding="…" of an XML declaration.
std::string_view declared_in(std::string_view declaration) {
  constexpr std::string_view kKey = "encoding";
  std::size_t at = declaration.find(kKey);
  if (at == std::string_view::npos) return {};
  std::string_view rest = trim_left(declaration.substr(at + kKey.size()));
  if (rest.empty() || rest.front() != '=') return {};
  rest = trim_left(rest.substr(1));
  if (rest.empty() || (rest.front() != '"' && rest.front() != '\'')) return {};
  const std::size_t close = rest.find(rest.front(), 1);
  return close == std::string_view::npos ? std::string_view{} : rest.substr(1, close - 1);
}

/// Offset of the first byte from `at` on that is not ASCII.
std::size_t end_of_ascii(std::string_view bytes, std::size_t at) {
  for (; at + 8 <= bytes.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, 8);
    if ((word & 0x8080808080808080u) != 0) break;
  }
  while (at < bytes.size() && byte_at(bytes, at) < 0x80) ++at;
  return at;
}

/// Offset of the first byte from `at` on that begins no UTF-8 sequence.
std::size_t end_of_utf8(std::string_view bytes, std::size_t at) {
  for (;;) {
    at = end_of_ascii(bytes, at);
    const CodePoint c = code_point_at(bytes, at);
    if (c.size < 2) return at;  // the end, or a stray byte
    at += c.size;
  }
}

/// How many bytes at the end begin a sequence that the next piece may complete.
std::size_t cut_off_utf8(std::string_view bytes) {
  const std::size_t most = std::min<std::size_t>(3, bytes.size());
  for (std::size_t back = 1; back <= most; ++back) {
    const unsigned char byte = byte_at(bytes, bytes.size() - back);
    if (byte < 0x80) return 0;
    if (byte < 0xC0) continue;
    const std::size_t wanted = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
    return back < wanted ? back : 0;
  }
  return 0;
}

}  // namespace

std::optional<Encoding> encoding_named(std::string_view name) {
  for (const EncodingName& row : kNames)
    if (equal_ignoring_ascii_case(row.name, name)) return row.encoding;
  return {};
}

std::string_view name_of(Encoding encoding) {
  return std::find_if(std::begin(kNames), std::end(kNames), [&](const EncodingName& row) { return row.encoding == encoding; })
      ->name;
}

void Decoder::feed(std::string_view bytes, std::string& out, bool last) {
  bytes_read_ += bytes.size();
  if (!decided_) {
    if (!carry_.empty()) {
      carry_ += bytes;
      bytes = carry_;
    }
    const std::optional<std::size_t> mark = decide(bytes, last);
    if (!mark) {
      if (carry_.empty()) carry_ = bytes;
      return;
    }
    decided_ = true;
    const std::string head = std::move(carry_);  // `bytes` may look into it
    carry_.clear();
    decode(head.empty() ? bytes.substr(*mark) : std::string_view(head).substr(*mark), out, last);
    return;
  }
  // A sequence that the last piece cut off is completed byte by byte: three at most.
  while (!carry_.empty() && (!bytes.empty() || last)) {
    std::string sequence;
    sequence.swap(carry_);
    if (!bytes.empty()) {
      sequence += bytes.front();
      bytes.remove_prefix(1);
    }
    decode(sequence, out, last && bytes.empty());
  }
  if (!bytes.empty()) decode(bytes, out, last);
}

std::optional<std::size_t> Decoder::take_in_place(std::string_view bytes, bool last) {
  if (!decided_ || encoding_ != Encoding::Utf8) return {};
  const std::size_t size = bytes.size() - (last ? 0 : cut_off_utf8(bytes));
  if (!is_valid_utf8(bytes.substr(0, size))) return {};
  bytes_read_ += bytes.size() - carry_.size();
  decoded_ += size;
  carry_ = bytes.substr(size);
  return size;
}

/// The size of the byte-order mark once the encoding is known; nothing if more bytes are needed to tell.
std::optional<std::size_t> Decoder::decide(std::string_view head, bool last) {
  for (const Signature& signature : kSignatures) {
    if (!last && may_begin_with(head, signature.bytes)) return {};
    if (!begins_with(head, signature.bytes) || (named_ && !signature.is_mark)) continue;
    encoding_ = signature.encoding;
    byte_order_mark_ = signature.is_mark;
    return signature.is_mark ? signature.bytes.size() : 0;
  }
  encoding_ = named_.value_or(Encoding::Utf8);
  if (!last && may_begin_with(head, kXmlDeclaration)) return {};
  if (!begins_with(head, kXmlDeclaration)) return 0;
  const std::size_t close = head.substr(0, kLongestDeclaration).find("?>");
  if (close == std::string_view::npos && !last && head.size() < kLongestDeclaration) return {};
  declared_ = declared_in(head.substr(0, std::min(close, kLongestDeclaration)));
  const std::optional<Encoding> declared = encoding_named(declared_);
  // A declaration that can be read byte by byte is not in UTF-16, whatever it says: someone transcoded the file and left it.
  const bool single_bytes = declared == Encoding::Windows1252 || declared == Encoding::Latin1;
  if (!named_ && single_bytes) encoding_ = *declared;
  return 0;
}

void Decoder::forget_guessed(std::uint64_t offset) {
  const auto kept = std::find_if(guessed_.begin(), guessed_.end(), [&](Span place) { return place.end > offset; });
  guessed_.erase(guessed_.begin(), kept);
}

void Decoder::decode(std::string_view bytes, std::string& out, bool last) {
  switch (encoding_) {
    case Encoding::Utf8: return decode_utf8(bytes, out, last);
    case Encoding::Utf16Le:
    case Encoding::Utf16Be: return decode_utf16(bytes, out, last);
    case Encoding::Windows1252:
    case Encoding::Latin1: return decode_single_bytes(bytes, out);
  }
}

void Decoder::append(std::string_view text, std::string& out) {
  out += text;
  decoded_ += text.size();
}

void Decoder::append(char32_t c, std::string& out) {
  const std::size_t before = out.size();
  append_utf8(out, c);
  decoded_ += out.size() - before;
}

void Decoder::append_guess(char32_t c, std::string& out) {
  const std::uint64_t begin = decoded_;
  append(c, out);
  if (!guessed_.empty() && guessed_.back().end == begin) {
    guessed_.back().end = decoded_;
  } else {
    guessed_.push_back({begin, decoded_});
  }
}

void Decoder::decode_utf8(std::string_view bytes, std::string& out, bool last) {
  const std::size_t cut_off = last ? 0 : cut_off_utf8(bytes);
  carry_ = bytes.substr(bytes.size() - cut_off);
  bytes.remove_suffix(cut_off);
  if (is_valid_utf8(bytes)) return append(bytes, out);
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = end_of_utf8(bytes, at);
    append(bytes.substr(at, end - at), out);
    if (end < bytes.size()) append_guess(from_windows_1252(byte_at(bytes, end)), out);
    at = end + 1;
  }
}

void Decoder::decode_utf16(std::string_view bytes, std::string& out, bool last) {
  const std::size_t high = encoding_ == Encoding::Utf16Be ? 0 : 1;
  const auto unit_at = [&](std::size_t at) {
    return static_cast<char32_t>(byte_at(bytes, at + high) << 8 | byte_at(bytes, at + 1 - high));
  };
  std::size_t at = 0;
  while (at + 2 <= bytes.size()) {
    const char32_t unit = unit_at(at);
    if (unit < 0xD800 || unit >= 0xE000) {
      append(unit, out);
      at += 2;
      continue;
    }
    const bool leads = unit < 0xDC00;
    if (leads && at + 4 > bytes.size() && !last) break;
    const char32_t next = leads && at + 4 <= bytes.size() ? unit_at(at + 2) : 0;
    if (next >= 0xDC00 && next < 0xE000) {
      append(0x10000 + ((unit & 0x3FF) << 10) + (next & 0x3FF), out);
      at += 4;
    } else {
      append_guess(kReplacement, out);
      at += 2;
    }
  }
  if (!last) {
    carry_ = bytes.substr(at);
  } else if (at < bytes.size()) {
    append_guess(kReplacement, out);  // half a unit
  }
}

void Decoder::decode_single_bytes(std::string_view bytes, std::string& out) {
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = end_of_ascii(bytes, at);
    append(bytes.substr(at, end - at), out);
    if (end < bytes.size()) {
      const unsigned char byte = byte_at(bytes, end);
      append(encoding_ == Encoding::Latin1 ? char32_t{byte} : from_windows_1252(byte), out);
    }
    at = end + 1;
  }
}

std::string decode(std::string_view bytes, std::optional<Encoding> named) {
  std::string out;
  out.reserve(bytes.size());
  Decoder decoder(named);
  decoder.feed(bytes, out, true);
  return out;
}

}  // namespace bibmill::text
