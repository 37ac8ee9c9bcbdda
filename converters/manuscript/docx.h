// What the fields of reference managers say of the works that they cite.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "manuscript/manuscript.h"

namespace bibmill {

/// A work as a field describes it, in words.
struct CitedWork {
  std::string type;  ///< CSL's
  std::string title;
  std::string container;
  std::string author;  ///< family name of the first, or a body
  std::string year;
  std::string volume;
  std::string page;
  std::string doi;
  std::string pmid;
  std::string isbn;
  std::string key;                 ///< where it has one that people use
  std::vector<std::string> names;  ///< others by which libraries may know it
};

/// The works of CSL citation data, as Zotero, Mendeley and others keep it: {"citationItems": […]}. False: it is none.
bool read_citation_items(std::string_view json, std::vector<CitedWork>& works);

/// The works of EndNote's <EndNote><Cite>…. False: it is none.
bool read_endnote_cites(std::string_view xml, std::vector<CitedWork>& works);

/// Empty for what is not base64; blanks are passed over.
std::string decode_base64(std::string_view text);

/// The citation of a work.
Citation citation_of(const CitedWork& work);

}  // namespace bibmill
