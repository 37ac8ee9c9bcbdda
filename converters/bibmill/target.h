// Targets: what a journal or a style wants of references, as data.
//
//   title: Tidal Notes
//   source: https://example.org/authors      # where it is written
//   note: what it says, in our words
//   required:                                # by type of work; of fields joined by | one is enough
//     article-journal: [author|editor, title, container-title, issued, volume, page|article-number]
//     others: [title, issued]                # of all types that are not named
//   journal: iso4                            # full, abbreviated, iso4 (with full stops), nlm (without), any
//   authors: {most: 6, shown: 3}             # of more than 6 authors the first 3 are printed
//   identifiers: {required: [DOI], wanted: [PMID|PMCID], refused: [URL]}
//   pages: contract                          # 1194-205; expand: 1194-1205
//
// Those that come with bibmill are files of this form in converters/targets/; anybody's own is another one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/record.h"
#include "bibmill/text/tree.h"

namespace bibmill {

/// Fields of which one is enough.
using FieldChoice = std::vector<Field>;

enum class JournalForm : std::uint8_t { Any, Full, Abbreviated, Iso4, Nlm };

enum class PageForm : std::uint8_t { Any, Expand, Contract };

/// How many authors are printed where there are more than `most`.
struct AuthorLimit {
  std::size_t most = 0;
  std::size_t shown = 0;
};

struct Target {
  std::string name;
  std::string title;
  std::string source;
  std::string note;
  std::array<std::vector<FieldChoice>, kTypeCount> required;
  JournalForm journal = JournalForm::Any;
  std::optional<AuthorLimit> authors;
  std::vector<FieldChoice> identifiers_required;
  std::vector<FieldChoice> identifiers_wanted;
  std::vector<Field> identifiers_refused;
  PageForm pages = PageForm::Any;  ///< what a step makes of them; they are not measured, since styles print them as they like
};

struct TargetFile {
  std::string_view name;
  std::string_view text;
};

/// Those that come with bibmill, in the order of their names.
std::span<const TargetFile> all_targets();

/// One that comes with bibmill, by its name, or the file of that path, where the name has an ending or a folder. Throws UsageError with line and column for what is wrong in the file, InputError where it cannot be read.
Target read_target(const std::string& name_or_path);

/// What a record lacks or has otherwise than the target wants it.
struct Shortcoming {
  enum class Kind : std::uint8_t { Incomplete, Otherwise, Wish };
  Kind kind = Kind::Incomplete;
  std::string message;
};
std::vector<Shortcoming> shortcomings(const Record& record, const Target& target);

/// "author or editor"
std::string in_words(const FieldChoice& choice);

/// schemas/target.schema.json
void emit_target_schema(text::Emitter& emitter);

}  // namespace bibmill
