// Differences between two libraries, by record and by field, whatever formats they were read from.
//
// Records are matched by key, then by identifier (DOI, PMID, PMCID), then by title, year and first author together; each step takes only what the steps before it
// left, in the order of the files, with an index and no pairwise comparison. What is only spelled differently (dashes, quotes, white space, composed and combining
// characters, the case of a DOI, "Family, Given" as one text) is told apart from what differs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bibmill/library.h"

namespace bibmill {

struct FieldDifference {
  enum class Kind : std::uint8_t {
    Missing,   ///< only the first record has it
    Added,     ///< only the second has it
    Changed,   ///< both have it, with different content
    Spelling,  ///< both have it, and only its spelling differs
  };
  Kind kind = Kind::Changed;
  std::string field;   ///< name of the field; "type", "key"; of an extra, its key and format: "XX (ris)"
  std::string before;  ///< the values as text, in order
  std::string after;
};

std::string_view name_of(FieldDifference::Kind kind);

struct RecordDifference {
  const LoadedRecord* before = nullptr;
  const LoadedRecord* after = nullptr;
  std::vector<FieldDifference> fields;

  /// Is anything different beyond spelling?
  bool differs() const;
};

struct LibraryDifference {
  std::vector<RecordDifference> changed;         ///< pairs with any difference, in the order of the first library
  std::vector<const LoadedRecord*> only_before;
  std::vector<const LoadedRecord*> only_after;
  std::uint64_t same = 0;                        ///< pairs without one

  /// Is anything different beyond spelling?
  bool differs() const;
};

/// The values of a field in order, lists of elements one by one, since formats join and divide lists as they need. What repeats an earlier entry is left out.
std::vector<Value> values_of(const Record& record, Field field);

/// Of each record of the first library the one of the second that is taken for the same; null where there is none.
std::vector<const LoadedRecord*> match(const Library& before, const Library& after);

/// The libraries must outlive the result.
LibraryDifference compare(const Library& before, const Library& after);

/// The differences of two records that are taken for the same.
std::vector<FieldDifference> compare(const Record& before, const Record& after);

}  // namespace bibmill
