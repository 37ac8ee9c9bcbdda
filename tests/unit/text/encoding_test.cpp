// Decoder: what bytes become, whatever pieces they come in.
#include "bibmill/text/encoding.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "bibmill/text/unicode.h"

namespace bibmill::text {
namespace {

using namespace std::string_literals;

struct Decoded {
  std::string text;
  std::vector<Span> guessed;
  Encoding encoding{};
  bool mark = false;
  std::string declared = {};
  friend bool operator==(const Decoded&, const Decoded&) = default;
};

std::ostream& operator<<(std::ostream& out, const Decoded& decoded) {
  out << '"' << decoded.text << "\" " << name_of(decoded.encoding) << (decoded.mark ? " marked" : "") << " declared "
      << decoded.declared;
  for (const Span place : decoded.guessed) out << ' ' << place.begin << '-' << place.end;
  return out;
}

Decoded decode_in_pieces(std::string_view bytes, std::size_t size, std::optional<Encoding> named) {
  Decoder decoder(named);
  Decoded result;
  do {
    const std::string piece(bytes.substr(0, size));  // a block of its own, so that a byte too far is seen
    bytes.remove_prefix(piece.size());
    decoder.feed(piece, result.text, bytes.empty());
  } while (!bytes.empty());
  EXPECT_EQ(decoder.bytes_decoded(), result.text.size());
  result.guessed = decoder.guessed();
  result.encoding = decoder.encoding();
  result.mark = decoder.byte_order_mark();
  result.declared = decoder.declared();
  return result;
}

std::string utf16(std::u16string_view units, bool big) {
  std::string out;
  for (const char16_t unit : units) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xFF);
    out += big ? high : low;
    out += big ? low : high;
  }
  return out;
}

struct EncodingRow {
  const char* what;
  std::string bytes;
  Decoded expected;
  std::optional<Encoding> named = {};
};

std::vector<EncodingRow> rows() {
  const Encoding utf8 = Encoding::Utf8;
  return {
      {"nothing", "", {"", {}, utf8}},
      {"ASCII", "TY  - JOUR\r\n", {"TY  - JOUR\r\n", {}, utf8}},
      {"UTF-8", "é€𝔸", {"é€𝔸", {}, utf8}},
      {"UTF-8 with its mark",
       "\xEF\xBB\xBF"
       "é",
       {"é", {}, utf8, true}},
      {"only a mark", "\xEF\xBB\xBF", {"", {}, utf8, true}},
      {"a mark inside is text", "a\xEF\xBB\xBF", {"a\uFEFF", {}, utf8}},
      {"half a mark", "\xEF\xBB", {"ï»", {{0, 4}}, utf8}},
      {"NUL passes", "a\0b"s, {"a\0b"s, {}, utf8}},
      {"a byte of Windows-1252", "caf\xE9 ok", {"café ok", {{3, 5}}, utf8}},
      {"a run of them is one place", "\x93\x94x\x80", {"“”x€", {{0, 6}, {7, 10}}, utf8}},
      {"UTF-8 beside it stays", "é\xE9é", {"ééé", {{2, 4}}, utf8}},
      {"cut off at the end", "ab\xE2\x82", {"abâ‚", {{2, 7}}, utf8}},
      {"cut off in the middle",
       "\xE2\x82"
       "a",
       {"â‚a", {{0, 5}}, utf8}},
      {"bytes that Windows-1252 leaves open", "\x81", {"\u0081", {{0, 2}}, utf8}},
      {"a surrogate in UTF-8", "\xED\xA0\x80", {"í\u00A0€", {{0, 7}}, utf8}},
      {"UTF-16, little end first", "\xFF\xFE" + utf16(u"aé𝔸", false), {"aé𝔸", {}, Encoding::Utf16Le, true}},
      {"UTF-16, big end first", "\xFE\xFF" + utf16(u"aé𝔸", true), {"aé𝔸", {}, Encoding::Utf16Be, true}},
      {"an odd last byte", "\xFF\xFE" + utf16(u"a", false) + "b", {"a\uFFFD", {{1, 4}}, Encoding::Utf16Le, true}},
      {"half a pair at the end", "\xFF\xFE" + utf16(u"a", false) + "\x35\xD8", {"a\uFFFD", {{1, 4}}, Encoding::Utf16Le, true}},
      {"half a pair before text", "\xFE\xFF\xD8\x35" + utf16(u"a", true), {"\uFFFDa", {{0, 3}}, Encoding::Utf16Be, true}},
      {"the other half alone", "\xFE\xFF\xDC\x00"s, {"\uFFFD", {{0, 3}}, Encoding::Utf16Be, true}},
      {"UTF-16 of an XML declaration", utf16(u"<?xml?>", false), {"<?xml?>", {}, Encoding::Utf16Le}},
      {"and big", utf16(u"<?xml?>", true), {"<?xml?>", {}, Encoding::Utf16Be}},
      {"declared Latin-1",
       "<?xml version='1.0' encoding='ISO-8859-1'?>\xE9\x80",
       {"<?xml version='1.0' encoding='ISO-8859-1'?>é\u0080", {}, Encoding::Latin1, false, "ISO-8859-1"}},
      {"declared Windows-1252",
       "<?xml encoding = \"windows-1252\" ?>\x80",
       {"<?xml encoding = \"windows-1252\" ?>€", {}, Encoding::Windows1252, false, "windows-1252"}},
      {"declared UTF-8", "<?xml encoding=\"utf-8\"?>é", {"<?xml encoding=\"utf-8\"?>é", {}, utf8, false, "utf-8"}},
      {"declared UTF-16, but transcoded",
       "<?xml encoding=\"UTF-16\"?>é",
       {"<?xml encoding=\"UTF-16\"?>é", {}, utf8, false, "UTF-16"}},
      {"declared and unknown", "<?xml encoding=\"KOI8-R\"?>a", {"<?xml encoding=\"KOI8-R\"?>a", {}, utf8, false, "KOI8-R"}},
      {"a declaration without end", "<?xml encoding", {"<?xml encoding", {}, utf8}},
      {"named by the user", "\xE9\x93", {"é“", {}, Encoding::Windows1252}, Encoding::Windows1252},
      {"named, no guess", "é", {"Ã©", {}, Encoding::Latin1}, Encoding::Latin1},
      {"named, but marked otherwise",
       "\xEF\xBB\xBF"
       "é",
       {"é", {}, utf8, true},
       Encoding::Latin1},
      {"named against a declaration",
       "<?xml encoding='utf-8'?>\xE9",
       {"<?xml encoding='utf-8'?>é", {}, Encoding::Latin1, false, "utf-8"},
       Encoding::Latin1},
      {"UTF-16 named", utf16(u"aé", true), {"aé", {}, Encoding::Utf16Be}, Encoding::Utf16Be},
  };
}

TEST(Decoder, DecodesTheSameInPiecesOfAnySize) {
  for (const EncodingRow& row : rows())
    for (const std::size_t size : {1u, 2u, 3u, 5u, 7u, 64u, 4096u})
      EXPECT_EQ(decode_in_pieces(row.bytes, size, row.named), row.expected) << row.what << ", pieces of " << size;
}

TEST(Decoder, DecodesEveryByteSequenceTheSameInPieces) {
  // All sequences of three of the bytes that begin, continue and break sequences.
  const std::string bytes = "a\x80\xBF\xC2\xE0\xE2\xED\xF0\xF4\xFF";
  for (const char a : bytes)
    for (const char b : bytes)
      for (const char c : bytes) {
        const std::string text = {'.', a, b, c, '.'};
        const Decoded whole = decode_in_pieces(text, text.size(), {});
        EXPECT_TRUE(is_valid_utf8(whole.text));
        EXPECT_EQ(decode_in_pieces(text, 1, {}), whole);
        EXPECT_EQ(decode_in_pieces(text, 2, {}), whole);
        EXPECT_EQ(whole.guessed.empty(), is_valid_utf8(text));
      }
}

TEST(Decoder, WaitsForThePieceThatCompletesASequence) {
  Decoder decoder;
  std::string out;
  decoder.feed("ab\xE2", out, false);
  EXPECT_EQ(out, "ab");
  decoder.feed("\x82", out, false);
  decoder.feed("", out, false);
  EXPECT_EQ(out, "ab");
  decoder.feed("\xAC!", out, false);
  EXPECT_EQ(out, "ab€!");
  decoder.feed("\xC3", out, false);
  decoder.feed("", out, true);
  EXPECT_EQ(out, "ab€!Ã");
  EXPECT_EQ(decoder.guessed(), (std::vector<Span>{{6, 8}}));
  decoder.forget_guessed(8);
  EXPECT_TRUE(decoder.guessed().empty());
}

TEST(EncodingName, IsRead) {
  EXPECT_EQ(encoding_named("UTF-8"), Encoding::Utf8);
  EXPECT_EQ(encoding_named("latin1"), Encoding::Latin1);
  EXPECT_EQ(encoding_named("CP1252"), Encoding::Windows1252);
  EXPECT_EQ(encoding_named("klingon"), std::nullopt);
  for (const Encoding encoding : {Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Windows1252, Encoding::Latin1})
    EXPECT_EQ(encoding_named(name_of(encoding)), encoding);
}

}  // namespace
}  // namespace bibmill::text
