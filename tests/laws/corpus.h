// The corpus of the laws: every fixture and, where they are present, real samples.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bibmill/catalogue.h"
#include "support/files.h"
#include "support/reading.h"
#include "support/writing.h"

namespace bibmill::laws {

using support::everything;
using support::read;
using support::read_alone;
using support::Reading;
using support::test_name;
using support::write;
using support::Writing;

/// A file and the format that it is in.
struct Document {
  std::filesystem::path path;
  const Format* format = nullptr;

  std::string name() const;  ///< "ris/zotero/export.ris", for messages and for the names of tests
};

/// The producers' fixtures: well-formed.
std::vector<Document> fixtures();
/// The traps: small, and often broken.
std::vector<Document> traps();
/// Real exports from outside the project; empty where they are absent.
std::vector<Document> samples();
/// All of them.
std::vector<Document> all_documents();

/// The text as readers get it: decoded, without byte-order mark.
inline std::string text_of(const Document& document) { return support::text_of(document.path); }

}  // namespace bibmill::laws
