// Between the bytes of a file and their text, both ways.
#include "file_text.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "unpack.h"

namespace bibmill {

namespace {

constexpr std::string_view mark_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::Utf8: return "\xEF\xBB\xBF";
    case Encoding::Utf16Le: return "\xFF\xFE";
    case Encoding::Utf16Be: return "\xFE\xFF";
    case Encoding::Windows1252:
    case Encoding::Latin1: break;
  }
  return {};
}

}  // namespace

std::string bytes_to_write_back(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw InputError(fmt::format("cannot read {}", path));
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad()) throw InputError(fmt::format("cannot read {}", path));
  if (packing_of(std::string_view(bytes).substr(0, kLongestMagic)) != nullptr) throw UsageError(fmt::format("{} is packed and cannot be written back; unpack it first", path));
  return bytes;
}

FileText::FileText(std::string_view bytes, std::optional<Encoding> named) : decoder_(named) {
  decoder_.feed(bytes, text_, true);
  const Encoding encoding = decoder_.encoding();
  if (encoding != Encoding::Windows1252 && encoding != Encoding::Latin1) return;
  for (std::size_t byte = 0; byte < characters_.size(); ++byte) {
    const char c = static_cast<char>(byte);
    const std::string decoded = text::decode(std::string_view(&c, 1), encoding);
    characters_[byte] = text::code_point_at(decoded, 0).value;
  }
}

std::vector<std::size_t> FileText::offsets_of(const std::vector<std::uint64_t>& wanted) const {
  std::vector<std::size_t> found;
  std::size_t byte = decoder_.byte_order_mark() ? mark_of(decoder_.encoding()).size() : 0;
  std::size_t at = 0;
  std::size_t guess = 0;
  const std::vector<Span>& guessed = decoder_.guessed();
  for (const std::uint64_t offset : wanted) {
    while (at < offset && at < text_.size()) {
      const text::CodePoint point = text::code_point_at(text_, at);
      while (guess < guessed.size() && guessed[guess].end <= at) ++guess;
      const bool is_guess = guess < guessed.size() && guessed[guess].begin <= at;
      byte += width(point, is_guess);
      at += point.size;
    }
    found.push_back(byte);
  }
  return found;
}

std::optional<std::string> FileText::encoded(std::string_view text) const {
  if (decoder_.encoding() == Encoding::Utf8) return std::string(text);
  std::string out;
  for (const char32_t c : text::CodePoints(text)) {
    switch (decoder_.encoding()) {
      case Encoding::Utf8: break;
      case Encoding::Utf16Le:
      case Encoding::Utf16Be: append_utf16(out, c); break;
      case Encoding::Latin1:
      case Encoding::Windows1252:
        if (!append_byte(out, c)) return std::nullopt;
    }
  }
  return out;
}

std::optional<std::string> FileText::encoded_whole(std::string_view text) const {
  std::optional<std::string> bytes = encoded(text);
  if (bytes && decoder_.byte_order_mark()) bytes->insert(0, mark_of(decoder_.encoding()));
  return bytes;
}

std::size_t FileText::width(text::CodePoint point, bool is_guess) const {
  switch (decoder_.encoding()) {
    case Encoding::Utf8: return is_guess ? 1 : point.size;
    case Encoding::Utf16Le:
    case Encoding::Utf16Be: return point.value > 0xFFFF ? 4 : 2;
    case Encoding::Latin1:
    case Encoding::Windows1252: break;
  }
  return 1;
}

void FileText::append_unit(std::string& out, std::uint32_t unit) const {
  const char high = static_cast<char>(unit >> 8U);
  const char low = static_cast<char>(unit & 0xFFU);
  const bool little = decoder_.encoding() == Encoding::Utf16Le;
  out += little ? low : high;
  out += little ? high : low;
}

void FileText::append_utf16(std::string& out, char32_t c) const {
  if (c <= 0xFFFF) {
    append_unit(out, c);
  } else {
    append_unit(out, 0xD800 + ((c - 0x10000) >> 10U));
    append_unit(out, 0xDC00 + ((c - 0x10000) & 0x3FFU));
  }
}

bool FileText::append_byte(std::string& out, char32_t c) const {
  const auto found = c < 0x80 ? characters_.begin() + static_cast<std::ptrdiff_t>(c) : std::find(characters_.begin(), characters_.end(), c);
  if (found == characters_.end()) return false;
  out += static_cast<char>(found - characters_.begin());
  return true;
}

std::string with_edits(const std::string& bytes, const std::vector<Edit>& edits, std::optional<Encoding> named) {
  const FileText decoded(bytes, named);
  std::vector<std::uint64_t> wanted;
  for (const Edit& edit : edits) {
    wanted.push_back(edit.span.begin);
    wanted.push_back(edit.span.end);
  }
  const std::vector<std::size_t> offsets = decoded.offsets_of(wanted);
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = 0; at < edits.size(); ++at) {
    const std::optional<std::string> replacement = decoded.encoded(edits[at].replacement);
    if (!replacement) continue;
    out.append(bytes, from, offsets[2 * at] - from);
    out += *replacement;
    from = offsets[2 * at + 1];
  }
  out.append(bytes, from);
  return out;
}

}  // namespace bibmill
