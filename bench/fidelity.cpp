// Fidelity, measured: every fixture goes through every pair of formats, and back where there is a way back; what came of its values is counted. The same for other
// programs where they are installed. Prints docs/fidelity.md.
//
//   build/bench/bench/fidelity > docs/fidelity.md
//
// All texts are read by bibmill, and compared as `bibmill diff` compares them: a value is kept if it differs in spelling at most, narrowed if the field has something else,
// lost if the field is gone. What no field of the model stands for is not counted, since only its own format has it.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bibmill/catalogue.h"
#include "bibmill/diff.h"
#include "support/files.h"
#include "support/process.h"
#include "support/reading.h"
#include "support/writing.h"

namespace bibmill::bench {
namespace {

namespace fs = std::filesystem;

// ------------------------------------------------------------------------------------------------------------- counting

struct Count {
  std::uint64_t kept = 0;
  std::uint64_t narrowed = 0;
  std::uint64_t lost = 0;
  std::uint64_t failed = 0;  // files that the program did not convert; all their values are lost

  std::uint64_t all() const { return kept + narrowed + lost; }
  Count& operator+=(const Count& other) {
    kept += other.kept;
    narrowed += other.narrowed;
    lost += other.lost;
    failed += other.failed;
    return *this;
  }
};

std::set<std::string> fields_of(const Record& record) {
  std::set<std::string> fields;
  for_each_entry(record, [&](const Entry& entry) { fields.insert(std::string(name_of(entry.field))); });
  fields.insert("type");
  return fields;
}

/// `after` null: the record is gone.
void count(const Record& before, const Record* after, Count& counts) {
  const std::set<std::string> fields = fields_of(before);
  std::uint64_t narrowed = 0;
  std::uint64_t lost = after == nullptr ? fields.size() : 0;
  if (after != nullptr)
    for (const FieldDifference& difference : compare(before, *after)) {
      if (fields.count(difference.field) == 0) continue;
      narrowed += difference.kind == FieldDifference::Kind::Changed ? 1U : 0U;
      lost += difference.kind == FieldDifference::Kind::Missing ? 1U : 0U;
    }
  counts.narrowed += narrowed;
  counts.lost += lost;
  counts.kept += fields.size() - narrowed - lost;
}

Library library_of(const support::Reading& reading) {
  Library library;
  for (const Record& record : reading.records) library.records.push_back({record, library.records.size() + 1, {}, {}});
  return library;
}

/// Records stand for each other by their order, or where some are missing by what they say.
Count compared(const support::Reading& before, const std::optional<support::Reading>& after) {
  Count counts;
  if (!after) counts.failed = 1;
  const Library old = library_of(before);
  const Library found = after ? library_of(*after) : Library{};
  const bool in_order = old.records.size() == found.records.size();
  const std::vector<const LoadedRecord*> partners = match(old, found);
  for (std::size_t at = 0; at < old.records.size(); ++at) {
    const LoadedRecord* const partner = in_order ? &found.records[at] : partners[at];
    count(old.records[at].record, partner == nullptr ? nullptr : &partner->record, counts);
  }
  return counts;
}

// ------------------------------------------------------------------------------------------------------------ the programs

/// What a program calls a format; empty where it cannot read or write it.
struct PeerFormat {
  std::string_view ours;
  std::string_view reads;
  std::string_view writes;
};

struct Peer {
  std::string_view name;
  std::string_view binary;
  std::string_view version;  // a shell line that prints it
  std::string_view line;     // with {from}, {to}, {in}, {out}
  std::span<const PeerFormat> formats;
};

constexpr PeerFormat kPandocFormats[] = {{"bibtex", "bibtex", "bibtex"}, {"biblatex", "biblatex", "biblatex"}, {"csljson", "csljson", "csljson"}, {"ris", "", ""}};
constexpr PeerFormat kBibutilsFormats[] = {{"bibtex", "bib2xml", "xml2bib"}, {"biblatex", "biblatex2xml", ""}, {"ris", "ris2xml", "xml2ris"}, {"pubmed", "med2xml", ""}};
constexpr PeerFormat kCitationJsFormats[] = {
    {"bibtex", "@bibtex/text", "string -s bibtex"}, {"biblatex", "@biblatex/text", ""}, {"csljson", "@csl/list+object", "json -s csl"}, {"ris", "", "string -s ris"}};

constexpr Peer kPeers[] = {
    {"pandoc", "pandoc", "pandoc --version | head -n 1", "pandoc -s -f {from} -t {to} {in} -o {out}", kPandocFormats},
    {"bibutils", "bib2xml", "bib2xml --version 2>&1 | head -n 1", "{from} {in} > {out}.mods && {to} {out}.mods > {out}", kBibutilsFormats},
    {"citation-js", "citation-js", "echo citation-js $(citation-js --version)", "citation-js -i {in} -f {to} > {out}", kCitationJsFormats},
};

const PeerFormat* peer_format(const Peer& peer, const Format& format) {
  const auto found = std::find_if(peer.formats.begin(), peer.formats.end(), [&](const PeerFormat& each) { return each.ours == format.id; });
  return found == peer.formats.end() ? nullptr : &*found;
}

bool converts(const Peer& peer, const Format& from, const Format& to) {
  const PeerFormat* const source = peer_format(peer, from);
  const PeerFormat* const target = peer_format(peer, to);
  return source != nullptr && target != nullptr && !source->reads.empty() && !target->writes.empty();
}

bool is_installed(const Peer& peer) { return support::run(fmt::format("command -v {} > /dev/null", peer.binary)).status == 0; }

std::string replaced(std::string text, std::string_view name, std::string_view value) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size())) text.replace(at, name.size(), value);
  return text;
}

/// What the peer makes of a file; nothing where it fails or writes nothing.
std::optional<std::string> converted_by(const Peer& peer, const fs::path& input, const Format& from, const Format& to, const support::Folder& folder) {
  const fs::path output = folder.path() / fmt::format("out{}", to.extensions.front());
  std::error_code ignored;
  fs::remove(output, ignored);
  std::string line(peer.line);
  line = replaced(line, "{from}", peer_format(peer, from)->reads);
  line = replaced(line, "{to}", peer_format(peer, to)->writes);
  line = replaced(line, "{in}", support::quoted(input));
  line = replaced(line, "{out}", support::quoted(output));
  if (support::run(fmt::format("{{ timeout 60 sh -c {}; }} 2> /dev/null", support::quoted(line))).status != 0 || !fs::exists(output)) return std::nullopt;
  std::string text = support::text_of(output);
  if (text.find_first_not_of(" \r\n\t") == std::string::npos) return std::nullopt;
  return text;
}

// --------------------------------------------------------------------------------------------------------------- the ways

struct Ways {
  Count there;
  Count back;
  bool has_back = false;
};

std::vector<fs::path> fixtures_of(const Format& format) {
  std::vector<fs::path> files;
  for (const fs::path& file : support::files_of(format))
    if (file.string().find("/traps/") == std::string::npos) files.push_back(file);
  return files;
}

Ways through_bibmill(const Format& from, const Format& to, bool carry) {
  Ways ways;
  ways.has_back = true;
  WriteOptions options;
  options.carry = carry && (to.carries_on_request || to.carries_always);
  for (const fs::path& file : fixtures_of(from)) {
    const std::string text = support::text_of(file);
    const support::Reading before = support::read(from, text);
    const std::string there = support::write(to, before, options).text;
    const support::Reading other = support::read(to, there);
    ways.there += compared(before, other);
    ways.back += compared(before, support::read(from, support::write(from, other).text));
  }
  return ways;
}

Ways through_peer(const Peer& peer, const Format& from, const Format& to, const support::Folder& folder) {
  Ways ways;
  ways.has_back = converts(peer, to, from);
  for (const fs::path& file : fixtures_of(from)) {
    const support::Reading before = support::read(from, support::text_of(file));
    const std::optional<std::string> there = converted_by(peer, file, from, to, folder);
    ways.there += compared(before, there ? std::optional(support::read(to, *there)) : std::nullopt);
    if (!ways.has_back) continue;
    std::optional<std::string> back;
    if (there) {
      const fs::path between = folder.path() / fmt::format("between{}", to.extensions.front());
      std::ofstream(between, std::ios::binary) << *there;
      back = converted_by(peer, between, to, from, folder);
    }
    ways.back += compared(before, back ? std::optional(support::read(from, *back)) : std::nullopt);
  }
  return ways;
}

// --------------------------------------------------------------------------------------------------------------- the page

std::string percent(std::uint64_t part, const Count& count) { return count.all() == 0 ? "–" : fmt::format("{:.1f}", 100.0 * static_cast<double>(part) / static_cast<double>(count.all())); }

std::string shares(const Count& count) { return fmt::format("{} / {} / {}", percent(count.kept, count), percent(count.narrowed, count), percent(count.lost, count)); }

void print_matrix(std::string_view title, bool carry) {
  fmt::print("\n## {}\n\n| from | values |", title);
  for (const Format* const to : all_formats()) fmt::print(" {} |", to->id);
  fmt::print("\n|---|---|");
  for (std::size_t at = 0; at < all_formats().size(); ++at) fmt::print("---|");
  fmt::print("\n");
  for (const Format* const from : all_formats()) {
    std::string row;
    std::uint64_t values = 0;
    for (const Format* const to : all_formats()) {
      if (from == to) {
        row += "  |";
        continue;
      }
      const Ways ways = through_bibmill(*from, *to, carry);
      values = ways.back.all();
      row += fmt::format(" {} |", shares(ways.back));
    }
    fmt::print("| **{}** | {} |{}\n", from->id, values, row);
  }
}

std::string verdict(const Count& ours, const Count& theirs) {
  return ours.kept > theirs.kept ? "bibmill" : ours.kept == theirs.kept ? "equal" : "**the other**";
}

void print_peer(const Peer& peer, const support::Folder& folder) {
  std::string version = support::run(std::string(peer.version)).output;
  version.erase(version.find_last_not_of(" \r\n") + 1);
  fmt::print("\n## {}\n\n{}\n\n| from | to | way | values | {} | bibmill | files not converted | keeps more |\n|---|---|---|---|---|---|---|---|\n", peer.name, version, peer.name);
  for (const Format* const from : all_formats())
    for (const Format* const to : all_formats()) {
      if (from == to || !converts(peer, *from, *to)) continue;
      const Ways theirs = through_peer(peer, *from, *to, folder);
      const Ways ours = through_bibmill(*from, *to, false);
      fmt::print("| {} | {} | there | {} | {} | {} | {} | {} |\n", from->id, to->id, ours.there.all(), shares(theirs.there), shares(ours.there), theirs.there.failed, verdict(ours.there, theirs.there));
      if (theirs.has_back)
        fmt::print("| {} | {} | and back | {} | {} | {} | {} | {} |\n", from->id, to->id, ours.back.all(), shares(theirs.back), shares(ours.back), theirs.back.failed, verdict(ours.back, theirs.back));
      std::fflush(stdout);
    }
}

int run() {
  fmt::print(
      "<!-- Printed by bench/fidelity.cpp. -->\n\n# Fidelity, measured\n\nEvery fixture of the project goes through every pair of formats. A value is one field of one record, or its type. The "
      "three figures are percent of values **kept / narrowed / lost**: kept if it differs in spelling at most, narrowed if the field holds something else, lost if the field is gone. "
      "All texts are read by bibmill and compared as `bibmill diff` does. Keys that only one format has are not counted. What stands between records goes along only where the target has the same thing: values that need a `@string` or an `@xdata` entry count as narrowed or lost on the way back from YAML, though bibmill carries both there and `bibmill convert` gives them back.\n\nWhat the target has no place for is lost on every way; bibmill "
      "says so, value by value, and `--carry` keeps it.\n");
  print_matrix("There and back through bibmill", false);
  print_matrix("The same with `--carry`, where the target carries", true);
  const support::Folder folder("fidelity");
  for (const Peer& peer : kPeers)
    if (is_installed(peer)) print_peer(peer, folder);
  return 0;
}

}  // namespace
}  // namespace bibmill::bench

int main() { return bibmill::bench::run(); }
