// Allowances: what a comment in the file itself allows.
//
// "bibmill: allow CODE, CODE" in a record, or in a comment before it, hushes these codes about that record; "bibmill: allow-from-here CODE" to the end of the
// file. Any comment will do that the format has (% in BibTeX, # in YAML, <!-- --> in XML), and any field of a record where it has none.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/diagnostic.h"
#include "bibmill/record.h"

namespace bibmill {

/// What stands in a part of the text is allowed there.
struct Allowance {
  Span span;
  std::string selector;

  bool covers(const Diagnostic& diagnostic) const;
};

/// Gathers them from the records of a part and what stands between.
class Allowances {
 public:
  Allowances(std::vector<Allowance>& to, DiagnosticSink& diagnostics) : to_(&to), diagnostics_(&diagnostics) {}
  void between(Span span, std::string_view written);
  /// `written`: the record's text.
  void record(Span span, std::string_view written);

 private:
  /// Says where no code is such.
  void check(Span span, std::string_view written, std::string_view selector);

  std::vector<Allowance>* to_;
  DiagnosticSink* diagnostics_;
  std::vector<std::string> of_next_;  // record
};

}  // namespace bibmill
