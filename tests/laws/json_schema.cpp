// Checking trees against schemas. Reference: JSON Schema, draft 2020-12, and draft-07 where it says the same.
#include "json_schema.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace bibmill::laws {

using text::Member;
using text::Node;

namespace {

constexpr std::array kDescriptions = {"$schema", "$id", "$defs", "definitions", "title", "description", "$comment", "examples", "default"};

std::string_view type_of(const Node& node) {
  switch (node.kind) {
    case Node::Kind::Map: return "object";
    case Node::Kind::List: return "array";
    case Node::Kind::Text: return "string";
    case Node::Kind::Number: return "number";
    case Node::Kind::Boolean: return "boolean";
    case Node::Kind::Null: return "null";
  }
  return {};
}

bool is_of(const Node& node, std::string_view type) {
  if (type == "integer") return node.kind == Node::Kind::Number && node.text.find_first_of(".eE") == Str::npos;
  return type == type_of(node);
}

std::size_t number_in(const Node& node) { return static_cast<std::size_t>(std::stoul(std::string(node.text))); }

}  // namespace

class JsonSchema::Check {
 public:
  Check(const Node& root, std::vector<std::string>& faults) : root_(root), faults_(faults) {}

  void check(const Node& document, const Node& schema, const std::string& path) {
    if (schema.kind == Node::Kind::Boolean) {
      if (schema.text == "false") fault(path, "nothing may stand here");
      return;
    }
    for (const Member& keyword : schema.members) check_keyword(document, schema, keyword.key, keyword.value, path);
  }

 private:
  void fault(const std::string& path, std::string_view what) { faults_.push_back((path.empty() ? "/" : path) + ": " + std::string(what)); }

  void check_keyword(const Node& document, const Node& schema, Str keyword, const Node& value, const std::string& path) {
    if (keyword == "$ref")
      check(document, referred(value.text), path);
    else if (keyword == "type")
      check_type(document, value, path);
    else if (keyword == "const")
      expect(text::same_tree(document, value), path, "not \"" + std::string(value.text) + "\"");
    else if (keyword == "enum")
      expect(std::any_of(value.members.begin(), value.members.end(), [&](const Member& one) { return text::same_tree(document, one.value); }), path,
             "\"" + std::string(document.text) + "\" is not among the values");
    else if (keyword == "anyOf" || keyword == "oneOf")
      check_alternatives(document, value, keyword == "oneOf", path);
    else if (keyword == "required")
      check_required(document, value, path);
    else if (keyword == "properties" || keyword == "additionalProperties")
      check_properties(document, schema, keyword, path);
    else if (keyword == "items")
      check_items(document, value, path);
    else if (keyword == "minItems")
      expect(!document.is_list() || document.members.size() >= number_in(value), path, "too few items");
    else if (keyword == "maxItems")
      expect(!document.is_list() || document.members.size() <= number_in(value), path, "too many items");
    else
      expect(std::find(kDescriptions.begin(), kDescriptions.end(), keyword) != kDescriptions.end(), path,
             "the schema has the keyword " + std::string(keyword) + ", which this test does not know");
  }

  void expect(bool good, const std::string& path, const std::string& what) {
    if (!good) fault(path, what);
  }

  /// "#/$defs/Name"
  const Node& referred(std::string_view pointer) const {
    const Node* here = &root_;
    std::size_t from = pointer.find('/');
    while (from != pointer.npos && here != nullptr) {
      const std::size_t end = pointer.find('/', from + 1);
      here = here->find(pointer.substr(from + 1, end == pointer.npos ? end : end - from - 1));
      from = end;
    }
    static const Node kNothing = [] {
      Node nothing;
      nothing.kind = Node::Kind::Boolean;
      nothing.text = "false";
      return nothing;
    }();
    return here == nullptr ? kNothing : *here;
  }

  void check_type(const Node& document, const Node& types, const std::string& path) {
    const bool good = types.is_list() ? std::any_of(types.members.begin(), types.members.end(), [&](const Member& one) { return is_of(document, one.value.text); })
                                      : is_of(document, types.text);
    expect(good, path, "is " + std::string(type_of(document)) + ", which is not allowed here");
  }

  void check_alternatives(const Node& document, const Node& alternatives, bool just_one, const std::string& path) {
    std::size_t fitting = 0;
    std::vector<std::string> closest;
    for (const Member& alternative : alternatives.members) {
      std::vector<std::string> faults;
      Check(root_, faults).check(document, alternative.value, path);
      if (faults.empty()) ++fitting;
      if (closest.empty() || faults.size() < closest.size()) closest = faults;
    }
    if (fitting == 0) {
      fault(path, "fits none of the alternatives; the closest says:");
      faults_.insert(faults_.end(), closest.begin(), closest.end());
    }
    if (just_one && fitting > 1) fault(path, "fits several of the alternatives");
  }

  void check_required(const Node& document, const Node& names, const std::string& path) {
    if (!document.is_map()) return;
    for (const Member& name : names.members) expect(document.find(name.value.text) != nullptr, path, "has no " + std::string(name.value.text));
  }

  void check_properties(const Node& document, const Node& schema, Str keyword, const std::string& path) {
    if (!document.is_map()) return;
    const Node* const properties = schema.find("properties");
    for (const Member& member : document.members) {
      const Node* const known = properties == nullptr ? nullptr : properties->find(member.key);
      const std::string below = path + "/" + std::string(member.key);
      if (keyword == "properties" && known != nullptr) check(member.value, *known, below);
      if (keyword == "additionalProperties" && known == nullptr) check(member.value, *schema.find(keyword), below);
    }
  }

  void check_items(const Node& document, const Node& schema, const std::string& path) {
    if (!document.is_list()) return;
    for (std::size_t at = 0; at < document.members.size(); ++at) check(document.members[at].value, schema, path + "/" + std::to_string(at));
  }

  const Node& root_;
  std::vector<std::string>& faults_;
};

std::vector<std::string> JsonSchema::faults(const Node& document) const {
  std::vector<std::string> faults;
  Check(root_, faults).check(document, root_, {});
  return faults;
}

}  // namespace bibmill::laws
