// Lists of journals: full titles and their abbreviations, from files that others publish or from the records themselves.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bibmill {

/// What a list knows of a title.
struct JournalTitle {
  enum class Kind : unsigned char { Unknown, Full, Short };
  Kind kind = Kind::Unknown;
  std::string_view full;
  std::string_view abbreviation;
  bool ambiguous = false;  ///< other journals have the same title or abbreviation
};

class JournalList {
 public:
  /// Earlier pairs win; equal ones count once.
  void add(std::string_view full, std::string_view abbreviation);

  /// The CSV of abbrv.jabref.org ("Full","Abbreviated",…; commas or semicolons), its older form (Full = Abbreviated), or NLM's J_Medline.txt (JournalTitle:, MedAbbr:,
  /// IsoAbbr:, of which the second is taken where it is there). Other lines are passed over. How many pairs there were.
  std::size_t add_file(std::string_view text);

  /// Case, marks, dots and a leading "The" do not count.
  JournalTitle find(std::string_view title) const;

  bool empty() const { return pairs_.empty(); }

 private:
  struct Pair {
    std::string full;
    std::string abbreviation;
  };
  struct Known {
    std::size_t pair;
    bool ambiguous = false;
  };
  using Index = std::unordered_map<std::string, Known>;

  std::vector<Pair> pairs_;
  Index by_full_;
  Index by_abbreviation_;
};

}  // namespace bibmill
