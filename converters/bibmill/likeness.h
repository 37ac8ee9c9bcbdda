// Likeness: whether two records describe the same work, told without comparing every pair.
//
// Records are the same by an identifier (DOI, PMID, PMCID, arXiv; an ISBN with the title), or by title, first author, year and place in print together. What
// speaks against it wins: other identifiers of the same scheme, another part of a series, and what work_marks.h lists. Candidates meet by
// hash keys, and each record is compared with a bounded number of them, so that time and memory grow with the number of records.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/record.h"
#include "bibmill/work_marks.h"

namespace bibmill {

/// Lower-case words of letters and digits of any script, without marks, each behind a blank but the first: what titles are compared by.
std::string folded_words(std::string_view text);

/// "9783161484100" of any ISBN; of ten digits the thirteen are made.
std::string isbn13(std::string_view isbn);

/// What a record is compared by.
struct Portrait {
  /// ForMeeting: nothing but what `blocking_keys` needs, and identifiers.
  enum class Detail : std::uint8_t { All, ForMeeting };
  explicit Portrait(const Record& record, Detail detail = Detail::All);

  std::vector<std::string> identifiers;  ///< "doi:10.1000/x", "pmid:1"; an ISBN has the title behind it
  std::string title;                     ///< folded; with the subtitle
  std::string sense;                     ///< the title as titles are compared: "CO 2" and "CO2" are one
  std::string author;                    ///< first author's family name, or the body, folded; empty where there is none
  std::string container;                 ///< folded
  std::string containers;                ///< all of its names
  std::string volume;
  std::string first_page;                ///< or article number
  WorkMarks marks;                       ///< what speaks against a match
};

/// Why two records are, or are not, the same work.
struct Likeness {
  enum class Kind : std::uint8_t {
    Different,
    Doubtful,  ///< much speaks for it, something against it: for a person to decide
    Same,
  };
  Kind kind = Kind::Different;
  std::string reason;  ///< "the DOI 10.1000/x", "title, author and year"; of doubtful ones, what speaks against
};

/// Two records that share `identifier`.
Likeness compare_by_identifier(const Portrait& a, const Portrait& b, std::string_view identifier);

/// Two records that met by a key of `blocking_keys`.
Likeness compare_by_content(const Portrait& a, const Portrait& b);

/// Is the record the work that a document cites? A document means one that its author has, so that less is wanted than of records that are to become one: nothing against it, and the same
/// title, author and year, however short the title.
bool is_cited_as(const Portrait& cited, const Portrait& record);

/// Texts that records of the same work are likely to share.
std::vector<std::string> blocking_keys(const Portrait& portrait);

/// Do both have identifiers of one scheme, and none in common?
bool contradict(const std::vector<std::string>& a, const std::vector<std::string>& b);

}  // namespace bibmill
