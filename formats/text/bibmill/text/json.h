// JSON (RFC 8259): an emitter that writes it, and a tolerant parser that never gives up on a text.
//
// The parser is for small and for broken texts: carried objects, configuration, items that a stricter and faster parser refused. It keeps every
// member that it can make out, with the raw text of what it cannot.
#pragma once

#include <string>
#include <string_view>

#include "bibmill/arena.h"
#include "bibmill/diagnostic.h"
#include "bibmill/text_buffer.h"
#include "bibmill/text/tree.h"

namespace bibmill::text {

/// Appends `value` with quotes. Control characters, quotes and backslashes are escaped, all else stays as it is.
void append_json_string(std::string& out, std::string_view value);
void append_json_string(TextBuffer& out, std::string_view value);

/// Writes straight into a text, which its owner may empty at any time.
class JsonEmitter final : public Emitter {
 public:
  /// `indent` 0 writes one line without blanks; otherwise members stand on lines of their own, indented by that many blanks a level, the first
  /// level at `margin` blanks.
  explicit JsonEmitter(TextBuffer& out, int indent = 0, int margin = 0)
      : out_(&out), indent_(static_cast<std::size_t>(indent)), column_(static_cast<std::size_t>(margin)) {}

  void begin_map() override { open('{'); }
  void end_map() override { close('}'); }
  void begin_list() override { open('['); }
  void end_list() override { close(']'); }
  void key(std::string_view name) override;
  void name(std::string_view word) override;
  void text(std::string_view value) override;
  void number(std::string_view literal) override { write(literal); }
  void boolean(bool value) override { write(value ? "true" : "false"); }
  void null() override { write("null"); }
  /// JSON text, written as it is.
  void raw(std::string_view json) { write(json); }

 private:
  void open(char bracket);
  void close(char bracket);
  void write(std::string_view json);
  void before_value() {
    if (after_key_ || depth_ == 0)
      after_key_ = false;
    else
      separate();
  }
  void separate();
  void end_key();
  void break_line(std::string_view before);

  TextBuffer* out_;
  std::size_t indent_;
  std::size_t column_;  ///< where the members of what is open stand
  std::size_t depth_ = 0;
  bool after_key_ = false;
  bool empty_ = true;  ///< what is open innermost has no member yet
};

struct JsonOptions {
  std::size_t max_depth = 256;
  bool keep_raw = false;   ///< fill Node::raw
  bool strict = false;     ///< a comma that divides nothing is a fault too
};

/// Parses one value that begins at text[0] (blanks skipped); `offset` is added to spans. Faults are reported and the tree so far is returned;
/// `end` gets the offset in `text` behind what was read. Lone surrogates become U+FFFD. Linear in text.size(), depth bounded.
Node parse_json(Arena& arena, std::string_view text, std::uint64_t offset, const JsonOptions& options, DiagnosticSink& diagnostics,
                std::size_t* end = nullptr);

}  // namespace bibmill::text
