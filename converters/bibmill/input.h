// Input: one file, pipe or standard input as decoded text, in pieces; never the whole of it.
//
// A .gz or .zst is recognised by its content, whatever its name. Buffers are read with read() and reused. An input that must be read twice is opened again, or, where
// it cannot be (a pipe), goes through a temporary file that has no name.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/diagnostic.h"
#include "bibmill/source.h"
#include "bibmill/text_buffer.h"

namespace bibmill {

struct InputOptions {
  std::optional<Encoding> encoding;  ///< what the user says; a byte-order mark overrules it
  std::string name;                  ///< how messages call it; empty: its path
  std::string temporary_folder;      ///< for pipes that must be read twice; empty: the system's
};

class Input {
 public:
  /// read() appends about so much at a time.
  static constexpr std::size_t kPiece = 64 * 1024;
  /// Room behind a text with which read() does not move it: a piece may begin with a sequence that the one before has cut off.
  static constexpr std::size_t kRoom = kPiece + 3;

  /// `path` "-" is the standard input. Nothing is opened yet.
  Input(std::string path, InputOptions options);
  ~Input();
  Input(Input&&) noexcept;
  Input& operator=(Input&&) noexcept;

  /// The same input, to be read by itself. Only of one that can be opened again.
  Input another() const;
  /// Known once the head was read.
  bool can_be_reopened() const;

  /// How messages name it: the path, or "<stdin>".
  const std::string& name() const;

  /// The beginning of the text, 64 KB or all there is. Opens the input. Throws InputError.
  std::string_view head();
  /// Whether the head is the whole text.
  bool head_is_all() const;
  /// Encoding and byte-order mark; decided once the head was read.
  Source source() const;

  /// The encoding that an XML declaration names, if it does; it may be one that nobody knows, and then did not decide anything.
  std::string_view declared_encoding() const;

  /// Appends the next piece of the text, what the head showed included. False, with nothing appended, at the end. Throws InputError.
  bool read(TextBuffer& text);

  /// Places in the text read so far whose bytes were not what the encoding says.
  const std::vector<Span>& guessed() const;
  void forget_guessed(std::uint64_t offset);

  /// What is wrong with the compressed file, if anything: what could be unpacked was read.
  const std::optional<Diagnostic>& damage() const;

  /// Must be said after head() and before read() of an input that will be rewound.
  void will_be_read_again();
  /// To the beginning.
  void rewind();
  /// Lets go of descriptor and buffers where the input can be opened again; head() opens it anew.
  void release();
  /// Lets go of them for good.
  void close();

  /// Bytes of the file (packed, if it is) taken so far.
  std::uint64_t bytes_taken() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bibmill
