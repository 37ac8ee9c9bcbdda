// How findings of `check` are shown. The file check_<name>.cpp defines one style as bibmill::cli::check_<name>_style(); the choices of --format follow.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "bibmill/check.h"
#include "bibmill/pipeline.h"

namespace bibmill::cli {

struct FindingView {
  TextSink* out = nullptr;
  bool colours = false;
};

/// What was kept from the report, and why.
struct Hidden {
  std::uint64_t beyond_most = 0;  ///< --max
  std::uint64_t in_baseline = 0;
};

/// Writes findings as they come: a report takes no memory, unless its form demands it.
class FindingReport : public FindingSink {
 public:
  virtual void finish(const CheckTotals& totals, const Hidden& hidden) = 0;
};

struct FindingStyle {
  std::string_view name;
  std::string_view summary;
  bool all = true;  ///< shows all findings unless --max is given; otherwise the first hundred
  std::unique_ptr<FindingReport> (*make)(const FindingView& view) = nullptr;
  bool completeness = false;  ///< shows which records have which fields, too
};

/// Generated from the files, in the order of their names.
std::span<const FindingStyle* const> all_finding_styles();

/// "refs.bib:12:5"; only the name where no line is known.
std::string in_words(const Finding& finding);

/// What a code stands for: a rule's summary, or a reader's code's meaning.
std::string_view meaning_of(std::string_view code);

/// What the finding says, whatever line it or another record moves to.
std::string_view lasting_words(const Finding& finding);

/// "./lists/../a.bib" is "a.bib": services know files by their plain paths.
std::string plain_path(std::string_view source);
/// The file as it is called from a folder.
std::string path_from(const std::filesystem::path& folder, std::string_view source);

/// A number that tells a finding from others, whatever line it moves to: of its code, record, words and file, as that is called from the working folder.
std::uint64_t fingerprint(const Finding& finding);
/// The same of a finding in a file that is called so.
std::uint64_t fingerprint(const Finding& finding, std::string_view source);

/// A path as a reference of a URI: a relative one, or a whole one of a path from the root.
std::string as_uri(std::string_view path);

/// Text in XML and HTML.
std::string as_xml(std::string_view text);

}  // namespace bibmill::cli
