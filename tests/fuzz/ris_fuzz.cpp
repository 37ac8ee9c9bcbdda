// RIS's reader and writer on any bytes: parts of any size give the same records, every byte is accounted for, source layout gives the bytes back, what
// is written in canonical form reads as the same, and carried records come back whole.
#include "laws.h"

namespace {

using namespace bibmill;

/// What is neither blank nor held is the dash behind a tag, an ER between records, or a mark of byte order.
void account_for_every_byte(const fuzz::Reading& reading, std::string_view text) {
  fuzz::account_for(support::Claims(reading, text.size()), 0, text.size(), [&](const support::Claims&, std::size_t at) {
    const char c = text[at];
    const auto byte = static_cast<unsigned char>(c);
    const bool mark = c == '\xEF' || c == '\xBB' || c == '\xBF';
    const bool end = c == 'E' || c == 'R' || c == 'e' || c == 'r';
    const bool control = byte <= ' ' || byte == 0x7F || byte == 0xC2 || (byte >= 0x80 && byte < 0xA0);
    return control || c == '-' || mark || end;
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Format& format = *format_named(all_formats(), "ris");
  const std::string text = fuzz::decoded(data, size);
  const fuzz::Reading whole = fuzz::read(format, text);
  fuzz::require_parts_to_give(whole, format, text, {1, 64, 4096});
  account_for_every_byte(whole, text);
  fuzz::written(format, whole, Layout::Source);

  const std::string canonical = fuzz::written(format, whole, Layout::Canonical);
  const fuzz::Reading again = fuzz::read(format, canonical);
  fuzz::require(again.records.size() == whole.records.size(), "canonical form has other records");
  fuzz::require_same(fuzz::written(format, again, Layout::Canonical), canonical, "writing twice changes the text");

  const std::string foreign = fuzz::written(format, support::estranged(whole), Layout::Canonical, true);
  fuzz::require(fuzz::read(format, foreign).records.size() == whole.records.size(), "carried records are lost");
  return 0;
}
