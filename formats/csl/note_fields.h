// Variables that stand as lines in an item's note, as Zotero's users write them into Extra.
#pragma once

#include <cstddef>

#include "bibmill/arena.h"
#include "bibmill/text/tree.h"

namespace bibmill::csl {

struct NoteFields {
  text::Node item;              ///< with a member for each line that was read, behind its own, and what is left of the note
  std::size_t own_members = 0;  ///< how many members it has without them
};

/// Takes the lines "key: value" and the passages "{:key: value}" out of the note. The key is a variable's name, in any case and with blanks for hyphens; a
/// variable that the item has is left alone, and so is its line. A name is "family || given"; what has no bars is a body.
NoteFields read_note_fields(Arena& arena, const text::Node& item);

}  // namespace bibmill::csl
