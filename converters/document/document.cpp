// Reading YAML into trees.
#include "bibmill/document.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include "bibmill/errors.h"

namespace bibmill {

namespace {

/// What somebody writes by hand is small; aliases could make anything of it.
constexpr std::size_t kMostNodes = 100'000;
constexpr std::size_t kDeepest = 64;

}  // namespace

Document::Document(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) { parse(); }

void Document::fail(Span where, std::string_view message) const {
  LineCounter counter;
  counter.next(text_);
  const Position position = counter.position(std::min<std::uint64_t>(where.begin, text_.size()));
  throw UsageError(fmt::format("{}:{}:{}: {}", name_, position.line, position.column, message));
}

void Document::parse() {
  using text::Node;
  std::size_t nodes = 0;
  const auto span_of = [](const YAML::Mark& mark) {
    const auto at = static_cast<std::uint64_t>(std::max(mark.pos, 0));
    return Span{at, at + 1};
  };
  const auto convert = [&](const auto& self, const YAML::Node& yaml, std::size_t depth) -> Node {
    Node node;
    node.span = span_of(yaml.Mark());
    if (++nodes > kMostNodes || depth > kDeepest) fail(node.span, "there is more here than in any file of settings");
    switch (yaml.Type()) {
      case YAML::NodeType::Undefined:
      case YAML::NodeType::Null: break;
      case YAML::NodeType::Scalar:
        node.text = arena_.copy(yaml.Scalar());
        // A text in quotes is a text, whatever it looks like.
        node.kind = yaml.Tag() != "!" && (node.text == "true" || node.text == "false") ? Node::Kind::Boolean : Node::Kind::Text;
        break;
      case YAML::NodeType::Sequence:
        node.kind = Node::Kind::List;
        for (const YAML::Node& element : yaml) node.members.push_back(arena_, {{}, {}, self(self, element, depth + 1)});
        break;
      case YAML::NodeType::Map: {
        node.kind = Node::Kind::Map;
        std::set<std::string> keys;
        for (const auto& member : yaml) {
          const Span where = span_of(member.first.Mark());
          if (!member.first.IsScalar()) fail(where, "a key is a word");
          if (!keys.insert(member.first.Scalar()).second) fail(where, fmt::format("{} stands here for the second time", member.first.Scalar()));
          node.members.push_back(arena_, {arena_.copy(member.first.Scalar()), where, self(self, member.second, depth + 1)});
        }
        break;
      }
    }
    return node;
  };
  try {
    root_ = convert(convert, YAML::Load(text_), 0);
  } catch (const YAML::Exception& error) {
    fail(span_of(error.mark), fmt::format("this is no YAML: {}", error.msg));
  }
}

}  // namespace bibmill
