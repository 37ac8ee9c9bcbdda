// Diagnostic: what is to be said about an input, with a stable code and a place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bibmill/source.h"

namespace bibmill {

enum class Severity : std::uint8_t { Note, Warning, Error };

std::string_view name_of(Severity severity);

/// Replaces the bytes of `span` in the source's text.
struct Edit {
  Span span;
  std::string replacement;
};

/// One way to mend what a diagnostic names. A safe fix cannot change the meaning.
struct Fix {
  std::string title;
  bool safe = true;
  std::vector<Edit> edits;
};

struct Diagnostic {
  Severity severity = Severity::Warning;
  std::string_view code;  ///< a literal such as "ris/unknown-type"; stable between releases
  std::string message;    ///< one sentence in lower case without its final dot: what is wrong, and what was done or can be done
  std::string key;        ///< of the record, where it has one
  Span span;
  std::vector<Fix> fixes;
  std::string lasting = {};  ///< the message without the counts and the places of other records, by which it is known again; empty: the message is that
};

/// Takes what readers, steps and rules have to say.
class DiagnosticSink {
 public:
  virtual ~DiagnosticSink() = default;
  virtual void report(Diagnostic diagnostic) = 0;

  void note(std::string_view code, Span span, std::string message) { say(Severity::Note, code, span, std::move(message)); }
  void warning(std::string_view code, Span span, std::string message) { say(Severity::Warning, code, span, std::move(message)); }
  void error(std::string_view code, Span span, std::string message) { say(Severity::Error, code, span, std::move(message)); }

 private:
  void say(Severity severity, std::string_view code, Span span, std::string message) {
    report(Diagnostic{severity, code, std::move(message), {}, span, {}});
  }
};

/// Keeps them.
class DiagnosticList final : public DiagnosticSink {
 public:
  void report(Diagnostic diagnostic) override { list.push_back(std::move(diagnostic)); }
  std::vector<Diagnostic> list;
};

}  // namespace bibmill
