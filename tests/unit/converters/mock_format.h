// A format that exists for the tests of the pipeline alone: lines, easy to write and to foresee.
//
//   # text between records
//   @smith2020 book
//   title: On Tests
//   author: Smith
//   year: 2020
//   pmid: 123
//   XX: an unknown key, kept as an extra
//
// Three formats read it: "lines" (needs keys, keeps its own comments, carries on request), "bare" (shows titles only, no keys, no comments, no carrying)
// and "archive" (carries always: writes what stood between records as "before: …" and "after: …").
#pragma once

#include <span>

#include "bibmill/format.h"

namespace bibmill::mock {

const Format& lines_format();
const Format& bare_format();
const Format& archive_format();
/// Looks ahead: "title: =other" takes the title of the record whose key is "other", wherever it stands.
const Format& referring_format();

std::span<const Format* const> formats();

}  // namespace bibmill::mock
