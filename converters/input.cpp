// Descriptor -> (unpacker) -> decoder -> text.
#include "bibmill/input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/text/encoding.h"
#include "descriptor.h"
#include "unpack.h"

namespace bibmill {

namespace {

constexpr std::size_t kHead = 64 * 1024;

Diagnostic damage_of(Unpacker::End end, const Packing& packing) {
  Diagnostic diagnostic;
  diagnostic.severity = Severity::Error;
  switch (end) {
    case Unpacker::End::Truncated:
      diagnostic.code = packing.truncated;
      diagnostic.message = "the compressed file ends too early; what could be unpacked was read";
      break;
    case Unpacker::End::Trailing:
      diagnostic.severity = Severity::Warning;
      diagnostic.code = "input/trailing-bytes";
      diagnostic.message = "bytes behind the end of the compressed data were ignored";
      break;
    default:
      diagnostic.code = packing.damaged;
      diagnostic.message = "the compressed file is damaged; what could be unpacked was read";
  }
  return diagnostic;
}

}  // namespace

struct Input::State {
  std::string path;
  std::string name;
  InputOptions options;

  Descriptor file;
  bool seekable = false;    // a regular file: it can be read again from `start`
  bool reopenable = false;  // under its name, too
  std::int64_t start = 0;   // where the standard input stood when we got it
  Descriptor spool;         // the copy of a pipe that must be read again
  bool spooling = false;
  std::string beginning;  // of a pipe, as long as it may turn out that it must be read again
  bool keep_beginning = false;

  const Packing* packing = nullptr;
  std::unique_ptr<Unpacker> unpacker;  // of a packed file
  bool probed = false;
  std::string probe;    // bytes read to tell, not yet used
  std::string packed;   // recycled
  std::string decoded;  // recycled; what had to be decoded
  text::Decoder decoder;
  TextBuffer head;  // decoded and shown, not yet read
  bool head_taken = false;
  bool ended = false;
  std::uint64_t taken = 0;
  std::optional<Diagnostic> damage;

  bool is_stdin() const { return path == "-"; }
  void open();
  void start_over();
  std::size_t read_descriptor(char* to, std::size_t size);
  void probe_for_packing();
  std::size_t read_packed(char* to, std::size_t size);
  std::size_t read_bytes(char* to, std::size_t size);
  bool decode_more(TextBuffer& text);
  [[noreturn]] void fail(int error) const { throw InputError(fmt::format("cannot read {}: {}", name, system_error(error))); }
};

void Input::State::open() {
  if (file.is_open()) return;
  if (is_stdin()) {
    file = Descriptor(STDIN_FILENO, false);
  } else {
    const int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (number < 0) fail(errno);
    file = Descriptor(number, true);
  }
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) fail(errno);
  if (S_ISDIR(status.st_mode)) fail(EISDIR);
  seekable = S_ISREG(status.st_mode);
  if (seekable) start = is_stdin() ? std::max<std::int64_t>(0, ::lseek(file.number(), 0, SEEK_CUR)) : 0;
  reopenable = seekable && !is_stdin();
  keep_beginning = !seekable;
  start_over();
}

void Input::State::start_over() {
  unpacker.reset();
  probed = false;
  probe.clear();
  decoder = text::Decoder(options.encoding);
  head.clear();
  head_taken = false;
  ended = false;
  damage.reset();
}

std::size_t Input::State::read_descriptor(char* to, std::size_t size) {
  for (;;) {
    const ssize_t got = ::read(file.number(), to, size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(errno);
    const std::size_t count = static_cast<std::size_t>(got);
    taken += count;
    if (keep_beginning) beginning.append(to, count);
    if (spooling && !write_all(spool.number(), {to, count}))
      throw InputError(fmt::format("cannot keep {} in a temporary file: {}", name, system_error(errno)));
    return count;
  }
}

void Input::State::probe_for_packing() {
  probed = true;
  char bytes[kLongestMagic];
  while (probe.size() < sizeof bytes) {
    const std::size_t got = read_descriptor(bytes, sizeof bytes - probe.size());
    if (got == 0) break;
    probe.append(bytes, got);
  }
  packing = packing_of(probe);
  if (packing == nullptr) return;
  if (packing->make == nullptr) throw InputError(fmt::format("cannot read {}: this bibmill was built without {}", name, packing->name));
  unpacker = packing->make();
}

/// What the file holds, packed or not: first what was read to tell.
std::size_t Input::State::read_packed(char* to, std::size_t size) {
  if (probe.empty()) return read_descriptor(to, size);
  const std::size_t count = probe.copy(to, size);
  probe.clear();
  return count;
}

std::size_t Input::State::read_bytes(char* to, std::size_t size) {
  if (!probed) probe_for_packing();
  if (!unpacker) return read_packed(to, size);
  packed.resize(Input::kPiece);
  for (;;) {
    if (unpacker->wants_input()) unpacker->give({packed.data(), read_packed(packed.data(), packed.size())});
    const std::size_t count = unpacker->unpack({to, size});
    if (count > 0) return count;
    if (unpacker->end() == Unpacker::End::No) continue;
    if (unpacker->end() != Unpacker::End::Clean && !damage) damage = damage_of(unpacker->end(), *packing);
    return 0;
  }
}

/// Nearly all is UTF-8, and is read to where it is to stand.
bool Input::State::decode_more(TextBuffer& text) {
  const std::size_t before = text.size();
  while (!ended && text.size() == before) {
    const std::string_view begun = decoder.cut_off();
    char* const room = text.room(begun.size() + Input::kPiece);
    begun.copy(room, begun.size());
    const std::size_t count = read_bytes(room + begun.size(), Input::kPiece);
    ended = count == 0;
    if (const std::optional<std::size_t> size = decoder.take_in_place({room, begun.size() + count}, ended)) {
      text.take(*size);
      continue;
    }
    decoded.clear();
    decoder.feed({room + begun.size(), count}, decoded, ended);
    text.append(decoded);
  }
  return text.size() > before;
}

Input::Input(std::string path, InputOptions options) : state_(std::make_unique<State>()) {
  state_->name = !options.name.empty() ? options.name : path == "-" ? std::string("<stdin>") : path;
  state_->path = std::move(path);
  state_->options = std::move(options);
}

Input::~Input() = default;
Input::Input(Input&&) noexcept = default;
Input& Input::operator=(Input&&) noexcept = default;

const std::string& Input::name() const { return state_->name; }

std::string_view Input::head() {
  State& state = *state_;
  state.open();
  while (!state.head_taken && state.head.size() < kHead && state.decode_more(state.head)) {
  }
  std::string_view head = state.head.view();
  if (head.size() <= kHead) return head;
  // Not within a code point.
  std::size_t end = kHead;
  while (end > 0 && (static_cast<unsigned char>(head[end]) & 0xC0U) == 0x80U) --end;
  return head.substr(0, end);
}

bool Input::head_is_all() const { return state_->ended && state_->head.size() <= kHead; }

Source Input::source() const { return {state_->name, state_->decoder.encoding(), state_->decoder.byte_order_mark()}; }

std::string_view Input::declared_encoding() const { return state_->decoder.declared(); }

bool Input::read(TextBuffer& text) {
  State& state = *state_;
  state.open();
  state.keep_beginning = false;
  if (!state.spooling) state.beginning = {};
  if (!state.head_taken) {
    state.head_taken = true;
    if (!state.head.empty()) {
      text.append(state.head.view());
      state.head = {};
      return true;
    }
  }
  return state.decode_more(text);
}

const std::vector<Span>& Input::guessed() const { return state_->decoder.guessed(); }
void Input::forget_guessed(std::uint64_t offset) { state_->decoder.forget_guessed(offset); }
const std::optional<Diagnostic>& Input::damage() const { return state_->damage; }
std::uint64_t Input::bytes_taken() const { return state_->taken; }

Input Input::another() const { return {state_->path, state_->options}; }
bool Input::can_be_reopened() const { return state_->reopenable; }

void Input::will_be_read_again() {
  State& state = *state_;
  state.open();
  if (state.seekable || state.spooling) return;
  state.spool = nameless_file(state.options.temporary_folder);
  state.spooling = true;
  if (!write_all(state.spool.number(), state.beginning)) state.fail(errno);
  state.keep_beginning = false;
  state.beginning = {};
}

void Input::rewind() {
  State& state = *state_;
  if (!state.file.is_open()) return;
  if (state.spooling) {
    state.file = std::move(state.spool);
    state.spooling = false;
    state.seekable = true;
    state.start = 0;
  }
  if (::lseek(state.file.number(), static_cast<off_t>(state.start), SEEK_SET) < 0) state.fail(errno);
  state.taken = 0;
  state.start_over();
}

void Input::release() {
  State& state = *state_;
  if (state.reopenable) {
    close();
  } else if (state.seekable) {
    rewind();
  }
}

void Input::close() {
  State& state = *state_;
  state.file = Descriptor();
  state.packed = {};
  state.decoded = {};
  state.head = {};
  state.unpacker.reset();
}

}  // namespace bibmill
