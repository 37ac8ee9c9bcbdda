// Sets of hashes in files.
#include "hash_runs.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "bibmill/errors.h"

namespace bibmill {

namespace {

/// What is read in one go to look for a hash: 4 KiB.
constexpr std::size_t kBlock = 512;

/// What is read or written in one go of whole runs: 64 KiB.
constexpr std::size_t kBuffer = 16 * kBlock;

[[noreturn]] void fail() { throw InputError(fmt::format("cannot keep the keys in a temporary file: {}", system_error(errno))); }

/// As many of `to` as the file has from there.
std::size_t read_hashes(const Descriptor& file, std::uint64_t from, std::span<std::uint64_t> to) {
  const ssize_t got = ::pread(file.number(), to.data(), to.size_bytes(), static_cast<off_t>(from * sizeof(std::uint64_t)));
  if (got < 0) fail();
  return static_cast<std::size_t>(got) / sizeof(std::uint64_t);
}

/// Two places of the filter's bits.
std::array<std::uint64_t, 2> bits_of(std::uint64_t hash, std::size_t words) {
  const std::uint64_t spread = hash * 0x9E3779B97F4A7C15U;
  return {spread % (words * 64), (spread >> 32U) % (words * 64)};
}

}  // namespace

/// The hashes of a run, one after the other.
class HashRuns::RunReader {
 public:
  explicit RunReader(const Run& run) : run_(&run), buffer_(kBuffer) { next(); }
  const std::optional<std::uint64_t>& hash() const { return hash_; }
  void next() {
    if (at_ == filled_) {
      filled_ = read_hashes(run_->file, read_, buffer_);
      read_ += filled_;
      at_ = 0;
    }
    hash_ = at_ < filled_ ? std::optional(buffer_[at_++]) : std::nullopt;
  }

 private:
  const Run* run_;
  std::vector<std::uint64_t> buffer_;
  std::uint64_t read_ = 0;
  std::size_t filled_ = 0;
  std::size_t at_ = 0;
  std::optional<std::uint64_t> hash_;
};

/// A run in the making.
class HashRuns::RunWriter {
 public:
  RunWriter() { run_.file = nameless_file(); }
  void add(std::uint64_t hash) {
    if (run_.count++ % kBlock == 0) run_.firsts.push_back(hash);
    buffer_.push_back(hash);
    if (buffer_.size() == kBuffer) flush();
  }
  Run finish() {
    flush();
    return std::move(run_);
  }

 private:
  void flush() {
    if (!write_all(run_.file.number(), {reinterpret_cast<const char*>(buffer_.data()), buffer_.size() * sizeof buffer_[0]})) fail();  // NOLINT: bytes of a file
    buffer_.clear();
  }

  Run run_;
  std::vector<std::uint64_t> buffer_;
};

bool HashRuns::Run::has(std::uint64_t hash) const {
  const auto behind = std::upper_bound(firsts.begin(), firsts.end(), hash);
  if (behind == firsts.begin()) return false;
  std::array<std::uint64_t, kBlock> block{};
  const auto number = static_cast<std::uint64_t>(behind - firsts.begin() - 1);
  const std::size_t size = read_hashes(file, number * kBlock, block);
  return std::binary_search(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(size), hash);
}

HashRuns::Run HashRuns::merged(const Run& a, const Run& b) {
  RunWriter writer;
  RunReader left(a);
  RunReader right(b);
  while (left.hash() || right.hash()) {
    RunReader& smaller = !right.hash() || (left.hash() && *left.hash() < *right.hash()) ? left : right;
    writer.add(*smaller.hash());
    smaller.next();
  }
  return writer.finish();
}

HashRuns::HashRuns(const HashRuns& other) : filter_(other.filter_) {
  for (const Run& run : other.runs_) {
    RunWriter writer;
    for (RunReader reader(run); reader.hash(); reader.next()) writer.add(*reader.hash());
    runs_.push_back(writer.finish());
  }
}

bool HashRuns::has(std::uint64_t hash) const {
  return may_have(hash) && std::any_of(runs_.begin(), runs_.end(), [hash](const Run& run) { return run.has(hash); });
}

void HashRuns::add(std::span<const std::uint64_t> hashes) {
  RunWriter writer;
  for (const std::uint64_t hash : hashes) writer.add(hash);
  runs_.push_back(writer.finish());
  for (const std::uint64_t hash : hashes) note(hash);
  while (runs_.size() > 1 && runs_.back().count >= runs_[runs_.size() - 2].count) {
    Run both = merged(runs_[runs_.size() - 2], runs_.back());
    runs_.pop_back();
    runs_.back() = std::move(both);
  }
}

bool HashRuns::may_have(std::uint64_t hash) const {
  const auto bits = bits_of(hash, filter_.size());
  return std::all_of(bits.begin(), bits.end(), [&](std::uint64_t bit) { return (filter_[bit / 64] >> bit % 64 & 1U) != 0; });
}

void HashRuns::note(std::uint64_t hash) {
  for (const std::uint64_t bit : bits_of(hash, filter_.size())) filter_[bit / 64] |= std::uint64_t{1} << bit % 64;
}

}  // namespace bibmill
