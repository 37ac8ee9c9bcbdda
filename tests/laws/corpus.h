// The corpus of the laws: every fixture and, where they are present, real samples; and reading and writing without a pipeline.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/catalogue.h"
#include "bibmill/format.h"

namespace bibmill::laws {

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
std::string text_of(const Document& document);

/// What reading a text gave, in order.
struct Reading {
  struct Piece {
    bool is_record = false;
    std::size_t index = 0;  ///< into records or between
  };
  std::vector<Record> records;
  std::vector<Extra> between;
  std::vector<Piece> order;
  DiagnosticList diagnostics;
  std::vector<std::shared_ptr<Arena>> arenas;

  /// All of it as text: dumps of the records and the texts between them.
  std::string dump() const;
};

ReadOptions keep_everything();

/// Reads the whole text at once, or cut into parts of about `about` bytes.
Reading read(const Format& format, std::string_view text, const ReadOptions& options = keep_everything(), std::size_t about = 0);

/// The same without a look at what stands elsewhere in the text, as for a target of the same format: references between records stay as written.
Reading read_alone(const Format& format, std::string_view text);

/// What writing some records gave.
struct Writing {
  std::string text;
  std::vector<Ledger> ledgers;  ///< of each record
};

/// Writes records as the format's writer does, each with the key "ref" and its number where it has none and needs one. Sets suggested_key.
Writing write(const Format& format, std::vector<Record>& records, const WriteOptions& options = {});
/// The same with only some rows of the table.
Writing write(const Format& format, std::vector<Record>& records, const WriteOptions& options, std::span<const Mapping> rows);
/// Records and what stood between them.
Writing write(const Format& format, Reading& reading, const WriteOptions& options = {});

/// "a_b_c" for the name of a test.
std::string test_name(std::string_view text);

}  // namespace bibmill::laws
