// The lines of one name.
#include "names.h"

#include <algorithm>

#include "bibmill/text/names.h"
#include "bibmill/text/unicode.h"

namespace bibmill::medline {

namespace {

void append_tag(std::string& out, std::string_view tag) {
  if (!out.empty()) out += '\n';
  tagged::append_line(out, tag, {}, {});
  out.pop_back();
}

/// Line feeds from `begin` on become blanks; false where there were any.
bool keep_on_one_line(std::string& out, std::size_t begin) {
  const auto from = out.begin() + static_cast<std::ptrdiff_t>(begin);
  const bool one = std::find(from, out.end(), '\n') == out.end();
  std::replace(from, out.end(), '\n', ' ');
  return one;
}

Fidelity append_full(std::string& out, const Name& name, const NameGroup& group) {
  const std::size_t begin = out.size();
  append_tag(out, group.full);
  const std::size_t written = out.size();
  const Fidelity fidelity = text::append_inverted(out, name, text::kMedlineFullName);
  if (fidelity == Fidelity::Refused) out.resize(begin);
  return keep_on_one_line(out, std::min(written, out.size())) ? fidelity : Fidelity::Narrowed;
}

void append_indexed(std::string& out, const Name& name, const NameGroup& group) {
  const std::size_t begin = out.size();
  append_tag(out, group.indexed);
  for (const Attribute& attribute : name.attributes)
    if (attribute.name == kIndexedForm) {
      out += attribute.value;
      return;
    }
  const std::size_t written = out.size();
  if (text::append_indexed(out, name) == Fidelity::Refused) out.resize(begin);
  keep_on_one_line(out, std::min(written, out.size()));
}

}  // namespace

bool is_et_al(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  return text::equal_ignoring_ascii_case(text, kEtAl.substr(0, kEtAl.size() - 1));
}

Fidelity append_name_lines(std::string& out, const Name& name, const NameGroup& group, NameSource source) {
  if (source.indexed_alone && name.given == name.initials) {
    append_indexed(out, name, group);
    return Fidelity::Exact;
  }
  // A name of MEDLINE's without initials had no indexed form.
  const bool indexed = !source.own || !name.initials.empty() || name.given.empty() || !name.attributes.empty();
  if (indexed && group.indexed_first) append_indexed(out, name, group);
  const Fidelity fidelity = append_full(out, name, group);
  if (indexed && !group.indexed_first) append_indexed(out, name, group);
  return fidelity;
}

}  // namespace bibmill::medline
