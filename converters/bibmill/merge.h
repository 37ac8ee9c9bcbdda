// Three-way merging of libraries, by record and field.
//
// Records of the three are matched as `diff` matches them. What only one side changed is taken from it; what both changed in the same way is taken once; what they changed
// in different ways is a conflict of that field, and both versions are kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bibmill/library.h"

namespace bibmill {

struct MergedRecord {
  Record ours;                         ///< with our version of what is in conflict
  Record theirs;                       ///< with theirs; only where something is
  bool in_ours = true;                 ///< false: we removed what they changed
  bool in_theirs = true;               ///< false: they removed what we changed
  std::vector<Extra> before;           ///< text between this record and the one before it
  std::vector<std::string> conflicts;  ///< fields, "type", "key", extras as "XX (ris)"; "record" of one that a side removed
  bool from_both = false;              ///< it has changes of both sides
  bool begins_file = false;            ///< it, or the text before it, begins the file that it is from
};

struct Merge {
  std::vector<MergedRecord> records;
  std::vector<Extra> after;  ///< text behind the last record

  std::size_t conflicts() const;  ///< records with one
};

/// The libraries must have been loaded for a format, and outlive the result.
Merge merge(const Library& base, const Library& ours, const Library& theirs);

/// What stands around versions in conflict.
struct MergeLabels {
  std::string_view ours = "ours";
  std::string_view theirs = "theirs";
};

/// What of a record that both sides changed has no place in it as it is written anew: a comment between its fields.
struct LeftOut {
  std::string record;  ///< its key
  std::string text;
};

/// The merged library as text of the format: of a record in conflict the lines that differ stand between marks as git has them.
std::string render(const Merge& merge, const Format& format, const WriteOptions& options, std::vector<LeftOut>& left_out, const MergeLabels& labels = {});

}  // namespace bibmill
