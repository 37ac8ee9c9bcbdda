// Runs a fuzz entry point over files, for builds without libFuzzer: fuzz_ris FOLDER-OR-FILE...
//
// Every input lies in a heap block of exactly its size, so that the address sanitizer sees a read of one byte too many.
// With BIBMILL_FUZZ_SECONDS=N the inputs are then changed at random for N seconds. Whatever was tried last stands in
// <program>.last; a mutation is a function of file and seed, and fuzz_ris --seed=S FILE makes the same one again.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

struct Input {
  fs::path path;
  std::string bytes;
};

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

// The files below the given folders, sorted, so that every run takes the same way. What cannot be read is left out: that an
// unreadable file is reported is a matter of the program, not of the readers.
std::vector<Input> inputs_below(const std::vector<fs::path>& roots) {
  std::vector<fs::path> paths;
  for (const fs::path& root : roots) {
    if (fs::is_regular_file(root)) {
      paths.push_back(root);
    } else if (fs::is_directory(root)) {
      for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
        if (entry.is_regular_file() && !is_hidden(entry.path())) paths.push_back(entry.path());
      }
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Input> inputs;
  for (const fs::path& path : paths) {
    if (std::ifstream in(path, std::ios::binary); in) {
      inputs.push_back({path, std::string(std::istreambuf_iterator<char>(in), {})});
    }
  }
  return inputs;
}

// Keeps one line on disk: what is being tried. A crash leaves it behind.
class LastTried {
 public:
  explicit LastTried(const char* program) : path_(std::string(program) + ".last"), out_(path_) {}
  void note(const fs::path& file, std::uint64_t seed) {
    out_.seekp(0);
    out_ << "--seed=" << seed << ' ' << file.string() << '\n' << std::flush;
  }
  void forget() {
    out_.close();
    std::error_code ignored;
    fs::remove(path_, ignored);
  }

 private:
  fs::path path_;
  std::ofstream out_;
};

void try_input(std::string_view bytes) {
  const auto block = std::make_unique<std::uint8_t[]>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), block.get());
  LLVMFuzzerTestOneInput(block.get(), bytes.size());
}

// splitmix64: the same sequence on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : static_cast<std::size_t>(next() % limit); }

 private:
  std::uint64_t state_;
};

// Bytes that mean something in one format or another.
// clang-format off
constexpr std::array<std::string_view, 24> kTelling = {
    "\n", "\r", "\r\n", " ", "\t", "  - ", "{", "}", "\"", "\\", "@", "=", "#", ",", "<", ">", "&", "[", "]", ":", "*",
    std::string_view("\0", 1), "\xff", "\xef\xbb\xbf"};
// clang-format on

void change_once(std::string& bytes, Random& random) {
  const std::size_t at = random.below(bytes.size() + 1);
  const std::size_t length = random.below(std::min<std::size_t>(bytes.size() - at, 64) + 1);
  switch (random.below(6)) {
    case 0: bytes.erase(at, length); break;
    case 1: bytes.resize(at); break;
    case 2: bytes.insert(at, kTelling[random.below(kTelling.size())]); break;
    case 3: bytes.replace(at, length, kTelling[random.below(kTelling.size())]); break;
    case 4: bytes.insert(random.below(bytes.size() + 1), bytes.substr(at, length)); break;
    default:
      if (at < bytes.size()) bytes[at] = static_cast<char>(random.next() & 0xffU);
  }
}

// Seed 0 is the file as it is. Big inputs are cut to a window: what matters is variety, not size.
std::string mutated(const std::string& bytes, std::uint64_t seed) {
  constexpr std::size_t kWindow = std::size_t{64} * 1024;
  if (seed == 0) return bytes;
  Random random(seed);
  std::string result = bytes.size() <= kWindow ? bytes : bytes.substr(random.below(bytes.size() - kWindow), kWindow);
  for (std::size_t changes = 1 + random.below(8); changes > 0; --changes) change_once(result, random);
  return result;
}

std::chrono::seconds seconds_to_mutate() {
  const char* text = std::getenv("BIBMILL_FUZZ_SECONDS");
  return std::chrono::seconds(text == nullptr ? 0 : std::strtol(text, nullptr, 10));
}

}  // namespace

int main(int argc, char** argv) {
  constexpr std::string_view kSeed = "--seed=";
  std::uint64_t seed = 0;
  std::vector<fs::path> roots;
  for (const std::string_view argument : std::vector<std::string_view>(argv + 1, argv + argc)) {
    if (argument.starts_with(kSeed)) {
      seed = std::strtoull(argument.data() + kSeed.size(), nullptr, 10);
    } else {
      roots.emplace_back(argument);
    }
  }

  const std::vector<Input> inputs = inputs_below(roots);
  if (inputs.empty()) {
    std::fprintf(stderr, "%s: no file to read in the folders given\n", argv[0]);
    return 1;
  }

  LastTried last(argv[0]);
  for (const Input& input : inputs) {
    last.note(input.path, seed);
    try_input(mutated(input.bytes, seed));
  }

  const auto end = std::chrono::steady_clock::now() + seconds_to_mutate();
  std::size_t mutations = 0;
  while (std::chrono::steady_clock::now() < end) {
    const Input& input = inputs[mutations % inputs.size()];
    const std::uint64_t round = mutations / inputs.size() + 1;
    last.note(input.path, round);
    try_input(mutated(input.bytes, round));
    ++mutations;
  }
  last.forget();
  std::printf("%zu files and %zu mutations tried\n", inputs.size(), mutations);
  return 0;
}
