// Rich text as one line, for expectations: H|sub{2}|O, a |italic+bold{b}, math:latex{$\frac12$}.
#pragma once

#include <string>

#include "bibmill/values.h"

namespace bibmill::text {

inline std::string dump(const RichText& rich) {
  struct Named {
    Mark mark;
    const char* name;
  };
  constexpr Named kNames[] = {{Mark::Italic, "italic"},   {Mark::Bold, "bold"},       {Mark::Subscript, "sub"},
                              {Mark::Superscript, "sup"}, {Mark::SmallCaps, "sc"},    {Mark::NoCase, "nocase"},
                              {Mark::Math, "math"},       {Mark::Verbatim, "source"}, {Mark::Underline, "underline"},
                              {Mark::Quote, "quote"}};
  std::string out;
  for (std::size_t at = 0; at < rich.runs.size(); ++at) {
    const Run& run = rich.runs[at];
    if (at > 0) out += '|';
    std::string marks;
    for (const Named& row : kNames)
      if (run.marks.has(row.mark)) marks.append(marks.empty() ? "" : "+").append(row.name);
    if (!run.notation.empty()) marks.append(":").append(run.notation);
    out.append(marks);
    out.append(marks.empty() ? "" : "{").append(run.text).append(marks.empty() ? "" : "}");
  }
  return out;
}

/// What values.h promises of every rich text.
inline bool keeps_promises(const RichText& rich) {
  for (std::size_t at = 0; at < rich.runs.size(); ++at) {
    if (rich.runs[at].text.empty()) return false;
    if (at > 0 && rich.runs[at].marks == rich.runs[at - 1].marks && rich.runs[at].notation == rich.runs[at - 1].notation)
      return false;
  }
  return true;
}

}  // namespace bibmill::text
