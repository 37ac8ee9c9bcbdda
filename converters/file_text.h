// A file that is written back: its bytes, the text that they are, and the bytes of a changed text in the same encoding.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/diagnostic.h"
#include "bibmill/source.h"
#include "bibmill/text/encoding.h"
#include "bibmill/text/unicode.h"

namespace bibmill {

/// Throws InputError, and UsageError where the file is packed.
std::string bytes_to_write_back(const std::string& path);

/// A decoded text, and where its characters stand in the bytes.
class FileText {
 public:
  FileText(std::string_view bytes, std::optional<Encoding> named);

  const std::string& text() const { return text_; }

  /// The byte offsets of offsets in the text, which must be in order.
  std::vector<std::size_t> offsets_of(const std::vector<std::uint64_t>& wanted) const;

  /// In the file's encoding; nothing where that has no such character.
  std::optional<std::string> encoded(std::string_view text) const;

  /// The same with the byte-order mark, if the file has one.
  std::optional<std::string> encoded_whole(std::string_view text) const;

 private:
  std::size_t width(text::CodePoint point, bool is_guess) const;
  void append_unit(std::string& out, std::uint32_t unit) const;
  void append_utf16(std::string& out, char32_t c) const;
  bool append_byte(std::string& out, char32_t c) const;

  text::Decoder decoder_;
  std::string text_;
  std::array<char32_t, 256> characters_{};  ///< of an encoding of single bytes
};

/// The bytes with edits of their text carried out, which are in order and do not overlap; those that the encoding has no characters for are left out.
std::string with_edits(const std::string& bytes, const std::vector<Edit>& edits, std::optional<Encoding> named);

}  // namespace bibmill
