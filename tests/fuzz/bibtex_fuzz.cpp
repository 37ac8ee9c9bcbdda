// Fuzzes the BibTeX reader: parts give the whole, nothing is read twice differently, and what is written reads back.
#include "laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bibmill;
  const std::string text = fuzz::decoded(data, size);
  const ReadOptions options = support::raw_and_spans();
  for (const std::string_view id : {"bibtex", "biblatex"}) {
    const Format& format = *format_named(all_formats(), id);
    format.recognises(text);
    const fuzz::Reading whole = fuzz::read(format, text, 0, options);
    fuzz::require_parts_to_give(whole, format, text, {1, 64}, options);
    const std::string once = support::write(format, whole.records).text;
    const fuzz::Reading back = fuzz::read(format, once, 0, options);
    if (back.records.size() != whole.records.size()) fuzz::require_same(whole.dump(), back.dump(), "as many records come back as were written");
    fuzz::require_same(support::write(format, back.records).text, once, "writing twice changes nothing");
  }
  return 0;
}
