// PubMed XML's reader and writer on any bytes: parts of any size give the same records, every byte of a record is accounted for, what is written is read as
// the same, and writing twice changes nothing.
#include "judge.h"
#include "laws.h"
#include "scan.h"
#include "xml.h"

namespace {

using namespace bibmill;

/// Does the byte belong to a reference to what is no character, such as &#0;? Between elements it says as little as the control itself.
bool refers_to_nothing(std::string_view text, std::size_t at) {
  const std::size_t begin = text.rfind('&', at);
  if (begin == std::string_view::npos) return false;
  constexpr std::size_t kLongest = 64;  // that a reference is taken to be here
  return at - begin < kLongest && text[at] != ' ' && pubmed::mended(text.substr(begin, kLongest)).text[at - begin] == ' ';
}

/// U+FFFE and U+FFFF, which XML does not know, say as little.
bool is_of_no_character(std::string_view text, std::size_t at) {
  constexpr std::string_view kNone[] = {"\xEF\xBF\xBE", "\xEF\xBF\xBF"};
  for (std::size_t begin = at < 2 ? 0 : at - 2; begin <= at; ++begin)
    for (const std::string_view none : kNone)
      if (text.substr(begin).starts_with(none)) return true;
  return false;
}

void account_for_every_byte_of_records(const fuzz::Reading& reading, std::string_view text) {
  const support::Claims claims(reading, text.size());
  const auto blank = [&](const support::Claims&, std::size_t at) { return static_cast<unsigned char>(text[at]) <= ' ' || refers_to_nothing(text, at) || is_of_no_character(text, at); };
  for (const Record& record : reading.records) fuzz::account_for(claims, record.span.begin, record.span.end, blank);
}

/// What the writer makes is read whole.
void require_well_formed(const Format& format, std::string_view text, std::size_t records, const char* what) {
  const fuzz::Reading reading = fuzz::read(format, text);
  fuzz::require(reading.records.size() == records && reading.count("pubmed/not-well-formed") == 0, what);
}

/// What is parsed without libxml2 is what libxml2 would have given.
void require_agreement(std::string_view text) {
  constexpr std::size_t kMost = 20;  // each may be as long as the text
  std::size_t count = 0;
  for (std::size_t at = text.find('<'); at != std::string_view::npos && count < kMost; at = text.find('<', at + 1)) {
    if (!pubmed::Scanner(text, at).stands_at_record()) continue;
    ++count;
    fuzz::require(pubmed::testing::difference_from_libxml2(text.substr(at)).empty(), "libxml2 sees something else");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Format& format = *format_named(all_formats(), "pubmed");
  const std::string text = fuzz::decoded(data, size);
  const fuzz::Reading whole = fuzz::read(format, text);
  format.recognises(std::string_view(text).substr(0, 65536));
  fuzz::require_parts_to_give(whole, format, text, {1, 64, 4096});
  account_for_every_byte_of_records(whole, text);
  require_agreement(text);
  require_well_formed(format, fuzz::written(format, whole.records, Layout::Source), whole.records.size(),
                      "source layout is not well-formed");

  const std::string canonical = fuzz::written(format, whole.records, Layout::Canonical);
  const fuzz::Reading again = fuzz::read(format, canonical);
  fuzz::require(again.records.size() == whole.records.size(), "canonical form has other records");
  fuzz::require_same(fuzz::written(format, again.records, Layout::Canonical), canonical, "writing twice changes the text");

  std::vector<Record> foreign = whole.records;
  for (Record& record : foreign) record.origin = "another";
  require_well_formed(format, fuzz::written(format, foreign, Layout::Canonical), foreign.size(),
                      "other formats' records are not written well-formed");
  return 0;
}
