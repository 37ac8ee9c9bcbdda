// Edits of decoded text, carried out on the bytes that it was decoded from.
#include "bibmill/mend.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "file_text.h"
#include "lines.h"

namespace bibmill {

namespace {

/// Fixes may make room for others, but not for ever.
constexpr int kMostRounds = 50;

/// Copies of the inputs under their own names, each in a folder of its own, which are checked in their place.
class Copies {
 public:
  Copies() {
    std::string path = (std::filesystem::temp_directory_path() / "bibmill-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) throw InputError(fmt::format("cannot make a temporary folder in {}", std::filesystem::temp_directory_path().string()));
    folder_ = path;
  }
  Copies(const Copies&) = delete;
  Copies& operator=(const Copies&) = delete;
  ~Copies() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::string path_of(std::size_t number, const std::string& original) const { return (folder_ / std::to_string(number) / std::filesystem::path(original).filename()).string(); }

  void write(const std::string& path, const std::string& bytes) const {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream out(path, std::ios::binary);
    if (!out.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush()) throw OutputError(fmt::format("cannot write {}", path));
  }

 private:
  std::filesystem::path folder_;
};

// ------------------------------------------------------------------------------------------------------------------- rounds

/// Keeps the fixes of findings, and how often each input failed to read.
class Fixes final : public FindingSink {
 public:
  Fixes(std::size_t inputs, bool suggested) : of_input(inputs), errors(inputs), suggested_(suggested) {}

  void finding(const Finding& finding) override {
    if (finding.input == Finding::kNoInput) return;
    if (finding.diagnostic.severity == Severity::Error) ++errors[finding.input];
    for (const Fix& fix : finding.diagnostic.fixes) {
      if (!fix.safe && !suggested_) continue;
      of_input[finding.input].push_back(fix);
      break;
    }
  }

  std::vector<std::vector<Fix>> of_input;
  std::vector<std::uint64_t> errors;

 private:
  bool suggested_;
};

std::uint64_t begin_of(const Fix& fix) {
  std::uint64_t begin = fix.edits.front().span.begin;
  for (const Edit& edit : fix.edits) begin = std::min(begin, edit.span.begin);
  return begin;
}

/// The edits of those fixes that do not get in each other's way, in order; the others have their turn in the next round.
std::vector<Edit> compatible(const std::vector<Fix>& fixes, std::uint64_t& count) {
  std::vector<const Fix*> sorted;
  for (const Fix& fix : fixes)
    if (!fix.edits.empty()) sorted.push_back(&fix);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Fix* a, const Fix* b) { return begin_of(*a) < begin_of(*b); });
  std::vector<Edit> edits;
  std::uint64_t reach = 0;  // of the last fix taken: none may begin before it
  for (const Fix* const fix : sorted) {
    if (!edits.empty() && begin_of(*fix) <= reach) continue;
    edits.insert(edits.end(), fix->edits.begin(), fix->edits.end());
    for (const Edit& edit : fix->edits) reach = std::max(reach, edit.span.end);
    ++count;
  }
  std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  return edits;
}

}  // namespace

std::vector<Mended> mend(const CheckOptions& options, bool suggested) {
  std::vector<Mended> all;
  for (const std::string& path : options.inputs) {
    if (path == "-") throw UsageError("standard input cannot be written back; --fix wants files");
    std::string bytes = bytes_to_write_back(path);
    all.push_back({path, bytes, std::move(bytes), 0, false});
  }
  const Copies copies;
  CheckOptions checking = options;
  for (std::size_t at = 0; at < all.size(); ++at) {
    checking.inputs[at] = copies.path_of(at, all[at].path);
    copies.write(checking.inputs[at], all[at].before);
  }
  std::vector<std::uint64_t> records;
  std::vector<std::uint64_t> errors;
  for (int round = 0; round <= kMostRounds; ++round) {
    Fixes fixes(all.size(), suggested);
    const CheckTotals totals = check(checking, fixes);
    if (round == 0) {
      for (const CheckedInput& input : totals.inputs) records.push_back(input.records);
      errors = fixes.errors;
    }
    bool changed = false;
    for (std::size_t at = 0; at < all.size(); ++at) {
      Mended& mended = all[at];
      if (mended.refused) continue;
      if (totals.inputs[at].records != records[at] || fixes.errors[at] > errors[at]) {
        mended.after = mended.before;
        mended.fixed = 0;
        mended.refused = changed = true;
      } else if (round < kMostRounds) {
        const std::vector<Edit> edits = compatible(fixes.of_input[at], mended.fixed);
        if (edits.empty()) continue;
        std::string after = with_edits(mended.after, edits, options.input.encoding);
        changed = changed || after != mended.after;
        mended.after = std::move(after);
      }
      copies.write(checking.inputs[at], mended.after);
    }
    if (!changed) break;
  }
  return all;
}

namespace {

void append_lines(std::string& out, char sign, std::span<const std::string_view> lines) {
  for (const std::string_view line : lines) {
    out += sign;
    out += line;
    if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
  }
}

}  // namespace

/// Fixes seldom change the number of lines: then the lines are compared one by one; else what lies between the first and the last difference is shown.
std::string unified_diff(const Mended& mended) {
  if (mended.before == mended.after) return {};
  const std::vector<std::string_view> before = lines_of(mended.before);
  const std::vector<std::string_view> after = lines_of(mended.after);
  std::string out = fmt::format("--- {0}\n+++ {0}\n", mended.path);
  const auto hunk = [&](std::size_t from, std::size_t old_count, std::size_t new_count) {
    out += fmt::format("@@ -{},{} +{},{} @@\n", from + 1, old_count, from + 1, new_count);
    append_lines(out, '-', std::span(before).subspan(from, old_count));
    append_lines(out, '+', std::span(after).subspan(from, new_count));
  };
  if (before.size() == after.size()) {
    for (std::size_t at = 0; at < before.size();) {
      std::size_t end = at;
      while (end < before.size() && before[end] != after[end]) ++end;
      if (end > at) hunk(at, end - at, end - at);
      at = end + 1;
    }
    return out;
  }
  std::size_t same = 0;
  while (same < before.size() && same < after.size() && before[same] == after[same]) ++same;
  std::size_t tail = 0;
  while (tail < before.size() - same && tail < after.size() - same && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
  hunk(same, before.size() - same - tail, after.size() - same - tail);
  return out;
}

}  // namespace bibmill
