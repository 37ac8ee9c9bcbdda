// Marks: what tells two works apart that have the same title and first author, and what records that describe one work must not contradict each other in.
//
// Which records are one work is told by the steps that merge (likeness.h) and by the rule duplicate/work; what speaks against it is told here for both.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "bibmill/record.h"

namespace bibmill {

/// Texts that are only compared stand as numbers, 0 where there is none: rules keep the marks of all records.
struct WorkMarks {
  WorkMarks() = default;
  /// `names`: of its container (container_names).
  WorkMarks(const Record& record, std::string_view names);

  /// Takes what it does not know itself from a record of the same work.
  void add(const WorkMarks& other);

  std::uint64_t issues = 0;                        ///< numbers of issues and supplements, each a bit
  std::uint32_t volume = 0;
  std::uint32_t first_page = 0;                    ///< or article number
  std::uint32_t number = 0;                        ///< of a report, patent or standard
  std::uint32_t address = 0;                       ///< of a web page
  std::uint32_t database = 0;
  std::uint32_t accession = 0;                     ///< the record's number in that database
  std::uint32_t initials = 0;                      ///< of the first author's given names, each letter a bit
  std::array<std::uint32_t, 4> journal_numbers{};  ///< ISSNs and NLM's identifier
  std::int32_t year = 0;
  Type type = Type::Document;
  std::uint8_t edition = 0;
  bool preprint = false;
  bool in_container = false;                       ///< it came out in a journal or book
  bool conference_abstract = false;
  bool retracted = false;                          ///< by its title
  bool notice = false;                             ///< what corrects, retracts or answers a work, by its title
};

/// What speaks against two records being of one work.
enum class Objection : std::uint8_t {
  None,
  Kinds,
  Notice,
  Volumes,
  Pages,
  Issues,
  Numbers,
  Editions,
  Addresses,
  Years,
  Preprint,
  Books,
  Journals,
  // Unless both stand on one page of one volume:
  Abstract,
  Retracted,
  Accessions,
  GivenNames,
};

/// The first that there is. `names`, `other_names`: of the containers (container_names).
Objection objection(const WorkMarks& marks, std::string_view names, const WorkMarks& other, std::string_view other_names);

/// The same of two records that have an ISBN and the title in common: a book and its chapter may, chapters of a book, and volumes of a set.
Objection objection_in_one_book(const WorkMarks& marks, const WorkMarks& other);

/// "they stand in different volumes".
std::string described(Objection objection, const WorkMarks& marks, const WorkMarks& other);

/// Do both stand on one page of one volume, or of one journal?
bool have_one_place(const WorkMarks& marks, std::string_view names, const WorkMarks& other, std::string_view other_names);

/// A title as works are told by: folded, without "RETRACTED:" and without tags; "&" is "and", and Greek letters are spelled out. `folded`:
/// the title and subtitle as they are, which is the answer for most.
std::string folded_title(const Record& record, std::string_view folded);

/// Says the title that the work was retracted ("RETRACTED: …")?
bool is_titled_retracted(std::string_view title);

/// "9" of the volumes "9(2)" and "9 Suppl 1", which name an issue too.
std::string volume_of(const Record& record);

/// The digits of the first page, or of the article's number.
std::string first_page_of(const Record& record);

}  // namespace bibmill
