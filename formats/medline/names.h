// MEDLINE's groups of names: which tags make up one name of a list.
#pragma once

#include <string>
#include <string_view>

#include "bibmill/record.h"
#include "tags.h"

namespace bibmill::medline {

/// The tags of one list of names. A name has its full form, its indexed form, or both; the other lines belong to the name before them.
struct NameGroup {
  Field field;
  std::string_view full;
  std::string_view indexed;
  std::string_view id;
  std::string_view affiliation;
  std::string_view body;
  bool indexed_first;  ///< PubMed writes PS before FPS
};

inline constexpr NameGroup kNameGroups[] = {
    {Field::Author, "FAU", "AU", "AUID", "AD", "CN", false},
    {Field::Editor, "FED", "ED", "AUID", "AD", "", false},
    {Field::Investigator, "FIR", "IR", "", "IRAD", "", false},
    {Field::PersonalNameSubject, "FPS", "PS", "", "", "", true},
};

constexpr const NameGroup* name_group(Field field) {
  for (const NameGroup& group : kNameGroups)
    if (group.field == field) return &group;
  return nullptr;
}

/// A Name's attribute for an indexed form that does not follow from its parts: FAU "김, 선화" with AU "Kim SH".
inline constexpr std::string_view kIndexedForm = "indexed";
/// Where a name comes from.
struct NameSource {
  bool own = false;            ///< it was read as MEDLINE
  bool indexed_alone = false;  ///< in a list of indexed forms (before 2002; ERIC)
};

/// The lines of the name's full and indexed forms, not wrapped, divided by line feeds: "FAU - Grün, Adalbert\nAU  - Grün A". A Name's `raw` is this text
/// where it was written otherwise. What the full form cannot hold of the name is Narrowed.
Fidelity append_name_lines(std::string& out, const Name& name, const NameGroup& group, NameSource source);

/// How NLM ends a list that it cut off.
inline constexpr std::string_view kEtAl = "et al.";
/// With or without the dot, in capitals or not.
bool is_et_al(std::string_view text);

}  // namespace bibmill::medline
