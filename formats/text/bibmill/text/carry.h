// Carrying: what a format cannot show travels beside what it shows, as one object of the record schema, and comes back.
//
// The object lists the record's items in order. An item that the writer booked as exact, that is the only one of its field and has no raw text, stands as a
// word ("title:TI", field and key as written), since the visible text has its value; any other stands whole. On the way back the carried record is believed field by field as
// long as the visible text is what writing it would give; a visible field that was edited wins, and is said (`carry/edited`).
//
//   {"origin": "ris", "type": "article-journal", "supplied": {"key": "doe2001"}, "items": ["title:TI", {"field": "heading", …}], "layout": …, "digest": …}
#pragma once

#include <functional>
#include <string_view>

#include "bibmill/diagnostic.h"
#include "bibmill/format.h"
#include "bibmill/ledger.h"
#include "bibmill/record.h"
#include "bibmill/text/tree.h"

namespace bibmill::text {

/// The name of the object in every format: a member of CSL's `custom`, a field in BibTeX, the first word of a note in RIS.
inline constexpr std::string_view kCarried = "bibmill";

/// Writes the object for a record that was just written under `ledger`.
void emit_carried(Emitter& emitter, const Record& record, const Ledger& ledger);

/// Is there anything that the visible form in the format `writer` does not give back by itself?
bool has_something_to_carry(const Record& record, const Ledger& ledger, std::string_view writer);

/// Has the object what makes a record? If not, that is said, and the text is the reader's to keep as any other that it does not understand.
bool is_record(const Node& carried, DiagnosticSink& diagnostics);

/// Writes a record by the format's writer without carrying, and reads the result back.
using WriteAndRead = std::function<Record(const Record&)>;

/// The record that `carried`, which is one, and the visible text, read as `seen`, make together. It shares the arena of `seen`.
Record restore(const Node& carried, const Record& seen, const WriteAndRead& write_and_read, DiagnosticSink& diagnostics);

/// Carried text between records, for Record::before and Record::after: a compact JSON list of extras.
Str between_texts(Arena& arena, const List<Extra>& extras);

/// Gives such texts to the sink, one by one.
Flow pass_between(const std::shared_ptr<Arena>& arena, Str texts, RecordSink& records);

}  // namespace bibmill::text
