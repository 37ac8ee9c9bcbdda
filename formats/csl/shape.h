// Shape: has what is written the shape of what was read?
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "bibmill/csl/item.h"
#include "bibmill/csl/variables.h"

namespace bibmill::csl {

/// Is it plain to see that CSL-JSON's writer would give `value` the shape of `node`, which it was read from? Most have it; of others a ShapeCheck tells.
bool stands_for_itself(const Value& value, Codec codec, const text::Node& node);

/// Takes what a writer gives and holds it against a tree that was read. The order of a map's members does not count, nor in YAML whether a word has quotes.
class ShapeCheck final : public text::Emitter {
 public:
  explicit ShapeCheck(const Dialect& dialect) : words_are_text_(dialect.words_are_text) {}

  /// What comes now should be `node`.
  void expect(const text::Node& node) {
    next_ = &node;
    same_ = true;
    open_.clear();
  }
  /// It was, and all of it came.
  bool same() const { return same_ && open_.empty() && next_ == nullptr; }

  void begin_map() override { begin(text::Node::Kind::Map); }
  void end_map() override { end(); }
  void begin_list() override { begin(text::Node::Kind::List); }
  void end_list() override { end(); }
  void key(std::string_view name) override;
  void text(std::string_view value) override { scalar(text::Node::Kind::Text, value); }
  void number(std::string_view literal) override { scalar(text::Node::Kind::Number, literal); }
  void boolean(bool value) override { scalar(text::Node::Kind::Boolean, value ? "true" : "false"); }
  void null() override { scalar(text::Node::Kind::Null, "null"); }

 private:
  struct Open {
    const text::Node* node;
    std::size_t members = 0;  // that came
  };

  const text::Node* take();
  void begin(text::Node::Kind kind);
  void end();
  void scalar(text::Node::Kind kind, std::string_view text);

  bool words_are_text_;
  bool same_ = false;
  const text::Node* next_ = nullptr;  // what the value that comes next should be; in a list its own count says it
  std::vector<Open> open_;
};

}  // namespace bibmill::csl
