// Lists of works that were retracted: for the rule that looks works up there, and for the step.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include "bibmill/values.h"

namespace bibmill {

/// Which works lists name, by DOI and PMID, and what became of them.
class RetractionList {
 public:
  /// What became of a work where its list does not say it.
  static constexpr std::string_view kNature = "retraction";

  /// Adds the works that a file names; .gz and .zst are unpacked. Throws InputError, also where it names none.
  void add_file(const std::string& path);

  /// How many works the text names. It is either a table, divided by commas, semicolons or tabs, whose header has columns of Retraction Watch's (retractionwatch.com,
  /// "User Guide": OriginalPaperDOI, OriginalPaperPubMedID, RetractionNature) or DOI, PMID and nature; of these, corrections and reinstatements do not count. Or it is
  /// any text: then each DOI counts, each number behind "PMID", and each of at most eight digits in a line that has nothing but identifiers.
  std::size_t add(std::string_view text);

  bool empty() const { return works_.empty(); }

  /// What became of the work, in lower case: "retraction", "expression of concern". Empty where no list names it; a view into this list.
  std::string_view find(const Identifier& identifier) const;

 private:
  std::size_t add_table(std::string_view text, char separator);
  std::size_t add_text(std::string_view text);
  bool add(std::string_view scheme, std::string_view written, std::string_view what);

  std::unordered_map<std::string, std::string> works_;  ///< by "doi:10.1000/x", in lower case
};

}  // namespace bibmill
