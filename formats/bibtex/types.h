// Which type of work an entry is, and under which name a type is written: what the tables of types leave to conditions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fields.h"
#include "values.h"

namespace bibmill::bibtex {

/// What else an entry says of its type.
struct TypeHints {
  std::string_view subtype;        ///< entrysubtype
  bool event = false;              ///< it has eventtitle or eventdate
  bool preprint_archive = false;   ///< its eprint is in an archive of preprints
  bool journal = false;            ///< it has a journal
  bool address = false;            ///< it has a URL
  bool doi = false;

  friend bool operator==(const TypeHints&, const TypeHints&) = default;
};

struct ReadType {
  Type type = Type::Document;
  bool known = true;
  bool subtype_used = false;  ///< entrysubtype is said by the type
};

/// The type of an entry of this name, written in lower case.
ReadType read_type(std::string_view lower_name, const TypeHints& hints);

struct WrittenType {
  std::string_view name;
  std::string_view subtype;  ///< to be written as entrysubtype; empty where the name says it all
};

/// `genre` and `has_editor` are the record's.
WrittenType written_type(Type type, Dialect dialect, std::string_view genre, bool has_editor);

/// Is this a type that only biblatex has, in lower case?
bool only_in_biblatex(std::string_view lower_type);

}  // namespace bibmill::bibtex
