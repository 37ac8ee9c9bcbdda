// TaggedText: a line of a record, its tag known by number.
#pragma once

#include <cstdint>

#include "bibmill/arena.h"
#include "bibmill/source.h"
#include "tags.h"

namespace bibmill::ris {

/// A tag and its text, as the record has it.
struct TaggedText {
  enum class State : std::uint8_t {
    Free,   ///< no row wants it
    Taken,  ///< an entry has it
    Kept,   ///< a row knows what it is, but the record has another value of that field; or it is known to be no value
  };

  TagId tag = kUnknownTag;
  Str key;    ///< the tag as written
  Str text;   ///< of the arena; never empty
  Span span;  ///< of the text
  State state = State::Free;
  Str written = {};  ///< the text with its character references, if it had some

  Str as_written() const { return written.empty() ? text : written; }

  bool is_free() const { return state == State::Free; }
};

}  // namespace bibmill::ris
