// Decoder: bytes of a file in, UTF-8 out, piece by piece.
//
// The encoding is decided from the first bytes: a byte-order mark, else the encoding that the user named, else an XML declaration, else UTF-8. What is
// not UTF-8 in UTF-8 is read as Windows-1252, each maximal run of invalid bytes by itself, and its place is noted, so that the result depends neither
// on the size of the pieces nor on what stands elsewhere. Controls, NUL among them, pass through: what they mean is the reader's business.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/source.h"

namespace bibmill::text {

/// "utf-8", "UTF8", "utf-16", "utf-16le", "utf-16be", "windows-1252", "cp1252", "latin1", "iso-8859-1", "us-ascii" in any case; nothing for others.
std::optional<Encoding> encoding_named(std::string_view name);
std::string_view name_of(Encoding encoding);

class Decoder {
 public:
  Decoder() = default;
  /// `named`: what the user says; only a byte-order mark overrules it.
  explicit Decoder(std::optional<Encoding> named) : named_(named) {}

  /// Decodes the next piece of the input and appends it to `out`. A sequence cut off at the piece's end waits for the next piece, as do the first
  /// bytes until the encoding is decided; `last` says that no piece follows. Linear; throws only std::bad_alloc.
  void feed(std::string_view bytes, std::string& out, bool last);

  /// The same without a copy, where bytes are text as they stand: `bytes` begin with what is `cut_off`, and the next piece of the input follows. How many of them, from
  /// the first on, are text now. Nothing, and nothing has happened, where they are no whole UTF-8 or the encoding is not decided: the piece, by itself, is to be fed.
  std::optional<std::size_t> take_in_place(std::string_view bytes, bool last);
  /// The sequence of UTF-8 that the last piece cut off; empty while that cannot be said.
  std::string_view cut_off() const { return decided_ && encoding_ == Encoding::Utf8 ? std::string_view(carry_) : std::string_view(); }

  /// Places, as offsets in all that was decoded so far, where the bytes were not what the encoding says: read as Windows-1252 in UTF-8, replaced by
  /// U+FFFD in UTF-16. In order; neighbours are joined, also across pieces. `encoding/guessed` is made of them.
  const std::vector<Span>& guessed() const { return guessed_; }
  /// Forgets the places that end at or before `offset`: their records are done.
  void forget_guessed(std::uint64_t offset);

  /// Decided once `feed` has appended anything.
  Encoding encoding() const { return encoding_; }
  bool byte_order_mark() const { return byte_order_mark_; }
  /// The name in an XML declaration, empty without one. It may name an encoding that is not known here: the input was then read as UTF-8.
  std::string_view declared() const { return declared_; }

  /// Bytes read, the byte-order mark included, and bytes of UTF-8 made of them.
  std::uint64_t bytes_read() const { return bytes_read_; }
  std::uint64_t bytes_decoded() const { return decoded_; }

 private:
  std::optional<std::size_t> decide(std::string_view head, bool last);
  void decode(std::string_view bytes, std::string& out, bool last);
  void decode_utf8(std::string_view bytes, std::string& out, bool last);
  void decode_utf16(std::string_view bytes, std::string& out, bool last);
  void decode_single_bytes(std::string_view bytes, std::string& out);
  void append(std::string_view text, std::string& out);
  void append(char32_t code_point, std::string& out);
  void append_guess(char32_t code_point, std::string& out);

  std::optional<Encoding> named_;
  Encoding encoding_ = Encoding::Utf8;
  bool decided_ = false;
  bool byte_order_mark_ = false;
  std::string declared_;
  std::string carry_;  // before the decision: the head; after it: a sequence that the last piece cut off
  std::vector<Span> guessed_;
  std::uint64_t bytes_read_ = 0;
  std::uint64_t decoded_ = 0;
};

/// Whole text at once.
std::string decode(std::string_view bytes, std::optional<Encoding> named = {});

}  // namespace bibmill::text
