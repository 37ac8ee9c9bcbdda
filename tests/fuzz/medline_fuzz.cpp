// MEDLINE's reader and writer on any bytes: parts of any size give the same records, every byte is accounted for, source layout gives the bytes back,
// and what is written in canonical form reads as the same.
#include "bibmill/text/schema.h"
#include "laws.h"

namespace {

using namespace bibmill;

/// What is neither blank nor held is the dash behind a tag, or a mark of byte order.
void account_for_every_byte(const fuzz::Reading& reading, std::string_view text) {
  fuzz::account_for(support::Claims(reading, text.size()), 0, text.size(), [&](const support::Claims& claims, std::size_t at) {
    const bool blank = text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r';
    const bool dash = text[at] == '-' && at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t' || claims.has(at - 1));
    const bool mark = text[at] == '\xEF' || text[at] == '\xBB' || text[at] == '\xBF';
    return blank || dash || mark;
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Format& format = *format_named(all_formats(), "medline");
  const std::string text = fuzz::decoded(data, size);
  const fuzz::Reading whole = fuzz::read(format, text);
  fuzz::require_parts_to_give(whole, format, text, {1, 64, 4096});
  account_for_every_byte(whole, text);
  fuzz::written(format, whole.records, Layout::Source);
  const std::string canonical = fuzz::written(format, whole.records, Layout::Canonical);
  const fuzz::Reading again = fuzz::read(format, canonical);
  fuzz::require(again.records.size() == whole.records.size(), "canonical form has other records");
  for (std::size_t at = 0; at < again.records.size(); ++at)
    fuzz::require(text::digest(again.records[at]) == text::digest(whole.records[at]), "canonical form reads as another record");
  fuzz::require_same(fuzz::written(format, again.records, Layout::Canonical), canonical, "writing twice changes the text");
  return 0;
}
