// Where MEDLINE records begin: at PMID, or at any tag behind a blank line.
#include "split.h"
#include "reader.h"
#include "tags.h"

namespace bibmill::medline {

bool begins_record(std::string_view tag, bool is_tagged, bool after_blank) {
  return is_tagged && (after_blank || tagged::code(tag) == tagged::code("PMID"));
}

std::size_t split(std::string_view text, std::size_t about) {
  return tagged::split_before_records(text, about, kGrammar,
                                      [](std::string_view tag, const tagged::LineForm& form, bool after_blank) {
                                        return begins_record(tag, form.kind == tagged::LineForm::Kind::Tagged, after_blank);
                                      });
}

}  // namespace bibmill::medline
