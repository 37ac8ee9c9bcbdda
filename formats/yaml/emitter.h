// Writes trees as YAML in block style, as pandoc lays its references out: lists under a key on the key's column, maps two blanks in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/text/tree.h"

namespace bibmill::yaml {

/// Blanks from one level to the next.
inline constexpr std::size_t kIndent = 2;
/// Of a key without "?" (YAML 1.2.2, 7.4.2: 1024 code points).
inline constexpr std::size_t kLongestSimpleKey = 1000;

/// Of an item, what custom.bibmill carries is armoured (scalars.h): `carried_depth` tells at which depth its key stands.
///
/// Appends to a text. A line end stands before each line and none behind the last.
class YamlEmitter final : public text::Emitter {
 public:
  explicit YamlEmitter(std::string& out, std::size_t carried_depth = 0) : out_(&out), carried_depth_(carried_depth) { levels_.reserve(kUsualDepth); }

  void begin_map() override { open(Kind::Map); }
  void end_map() override { close("{}"); }
  void begin_list() override { open(Kind::List); }
  void end_list() override { close("[]"); }
  void key(std::string_view name) override;
  void name(std::string_view word) override;
  void text(std::string_view value) override;
  /// A plain word, written as it is.
  void number(std::string_view literal) override;
  void boolean(bool value) override { number(value ? "true" : "false"); }
  void null() override { number("null"); }
  /// A comment on a line of its own, between two members: "# text".
  void comment(std::string_view comment);

 private:
  enum class Kind { Map, List };
  struct Level {
    Kind kind;
    std::size_t column;  ///< of its keys or dashes
    bool empty = true;
    bool on_dash = false;  ///< its first key or dash stands behind the dash of the list around it
  };

  void open(Kind kind);
  void close(std::string_view if_empty);
  char* begin_line(Level& level, std::size_t size);
  void plain_key(std::string_view name);
  void begin_element(std::string_view value);
  void note_key(std::string_view name);
  void begin_value(std::string_view value);
  std::size_t column_of_block() const;

  static constexpr std::size_t kUsualDepth = 16;

  std::string* out_;
  std::size_t carried_depth_;
  std::vector<Level> levels_;
  bool after_key_ = false;
  bool carrying_ = false;
};

}  // namespace bibmill::yaml
