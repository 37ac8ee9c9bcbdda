// What is written keeps to the schemas: CSL's own for CSL-JSON (from outside the project; the test is skipped where it is absent), ours for records.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <random>

#include "bibmill/text/carry.h"
#include "bibmill/text/json.h"
#include "bibmill/text/schema.h"
#include "corpus.h"
#include "json_schema.h"

namespace bibmill::laws {
namespace {

namespace fs = std::filesystem;
using text::Node;

std::string all_of(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t at = 0; at < lines.size() && at < 20; ++at) text += lines[at] + "\n";
  return text;
}

fs::path csl_schema() { return support::samples() / "schemas/csl-data.json"; }

const Format& csljson() { return *format_named(all_formats(), "csljson"); }

std::string written(const Document& document, bool carry, bool strict) {
  WriteOptions options;
  options.carry = carry;
  if (strict) options.settings.set("strict", {});
  const std::string text = text_of(document);
  const Reading reading = document.format == &csljson() ? read_alone(*document.format, text) : read(*document.format, text);
  return write(csljson(), reading.records, options).text;
}

class Schemas : public testing::TestWithParam<Document> {};

INSTANTIATE_TEST_SUITE_P(Documents, Schemas, testing::ValuesIn(all_documents()), [](const auto& about) { return test_name(about.param.name()); });

TEST_P(Schemas, CslJsonIsValid) {
  if (!fs::exists(csl_schema())) GTEST_SKIP() << "CSL's schema is not here";
  const JsonTree schema(support::bytes_of(csl_schema()));
  const JsonSchema csl(schema.root());
  const Document& document = GetParam();
  EXPECT_EQ(all_of(csl.faults(JsonTree(written(document, false, true)).root())), "") << "with --strict";
  EXPECT_EQ(all_of(csl.faults(JsonTree(written(document, true, true)).root())), "") << "with --strict --carry";
  if (document.format == &csljson()) {
    DiagnosticList ignored;
    Arena arena;
    const std::string text = text_of(document);
    std::size_t end = 0;
    const Node input = text::parse_json(arena, text, 0, {.max_depth = 512}, ignored, &end);
    if (!ignored.list.empty() || text.find_first_not_of(" \n\r\t", end) != text.npos || !csl.faults(input).empty()) return;  // not valid itself
  }
  EXPECT_EQ(all_of(csl.faults(JsonTree(written(document, false, false)).root())), "");
  EXPECT_EQ(all_of(csl.faults(JsonTree(written(document, true, false)).root())), "") << "with --carry";
}

TEST_P(Schemas, RecordsAreValid) {
  TextBuffer json;
  text::JsonEmitter emitter(json);
  text::emit_record_schema(emitter);
  const JsonTree schema(json.view());
  const JsonSchema ours(schema.root());
  const Document& document = GetParam();
  for (const Record& record : read(*document.format, text_of(document)).records) {
    TextBuffer written_record;
    text::JsonEmitter whole(written_record);
    text::emit(whole, record);
    EXPECT_EQ(all_of(ours.faults(JsonTree(written_record.view()).root())), "") << written_record.view();
  }
  const JsonTree items(written(document, true, false));
  for (const text::Member& item : items.root().members) {
    const Node* const custom = item.value.find("custom");
    const Node* const carried = custom == nullptr ? nullptr : custom->find(text::kCarried);
    if (carried == nullptr) continue;
    EXPECT_EQ(all_of(ours.faults(*carried)), "") << item.value.text_of("id");
  }
}

/// Makes one change to a tree: a key misspelt, a scalar of another kind, a member left out, doubled or put elsewhere.
class TreeMutator {
 public:
  explicit TreeMutator(std::mt19937& random) : random_(random) {}

  Node mutated(const Node& tree) {
    visited_ = 0;
    target_ = 1 + random_() % count(tree);
    return copy(tree);
  }

 private:
  static std::size_t count(const Node& node) {
    std::size_t all = 1;
    for (const text::Member& member : node.members) all += count(member.value);
    return all;
  }

  Node copy(const Node& node) {
    const bool here = ++visited_ == target_;
    Node result = node;
    result.members = {};
    for (const text::Member& member : node.members) result.members.push_back(arena_, {member.key, member.key_span, copy(member.value)});
    if (here) change(result);
    return result;
  }

  void change(Node& node) {
    constexpr Node::Kind kKinds[] = {Node::Kind::Null, Node::Kind::Boolean, Node::Kind::Number, Node::Kind::Text, Node::Kind::List, Node::Kind::Map};
    if (node.members.empty() || random_() % 3 == 0) {
      node.kind = kKinds[random_() % std::size(kKinds)];
      if (node.is_scalar()) node.members = {};
      if (node.is_list())
        for (text::Member& member : node.members) member.key = {};
      if (node.kind == Node::Kind::Text && random_() % 2 == 0) node.text = "unheard of";
      return;
    }
    const std::size_t at = random_() % node.members.size();
    text::Member& member = node.members[at];
    constexpr Str kKeys[] = {"type", "items", "field", "value", "extra", "raw", "text", "list", "runs", "date", "same", "digest", "supplied", "unheard-of"};
    switch (random_() % 3) {
      case 0:
        if (node.is_map()) member.key = kKeys[random_() % std::size(kKeys)];
        break;
      case 1: node.members.push_back(arena_, text::Member(member)); break;
      default: node.members = without(node.members, at);
    }
  }

  List<text::Member> without(const List<text::Member>& members, std::size_t left_out) {
    List<text::Member> rest;
    for (std::size_t at = 0; at < members.size(); ++at)
      if (at != left_out) rest.push_back(arena_, text::Member(members[at]));
    return rest;
  }

  std::mt19937& random_;
  Arena arena_;
  std::size_t visited_ = 0;
  std::size_t target_ = 0;
};

/// Of how many records one is changed in places: the schema is walked slowly, and under the sanitizers six times as slowly.
#ifdef BIBMILL_SANITIZED
constexpr std::size_t kEvery = 32;
#else
constexpr std::size_t kEvery = 4;
#endif

/// What `check` says of carried objects, and what the JSON Schema says.
TEST(RecordSchema, IsWhatCheckHoldsCarriedObjectsAgainst) {
  TextBuffer json;
  text::JsonEmitter emitter(json);
  text::emit_record_schema(emitter);
  const JsonTree schema(json.view());
  const JsonSchema ours(schema.root());
  std::mt19937 random(20250102);
  std::size_t refused = 0;
  std::size_t taken = 0;
  std::size_t records = 0;
  const auto compare = [&](const Node& tree) {
    DiagnosticList said;
    text::hold_against_schema(tree, said);
    const std::vector<std::string> faults = ours.faults(tree);
    ++(faults.empty() ? taken : refused);
    TextBuffer shown;
    if (faults.empty() == said.list.empty()) return;
    text::JsonEmitter whole(shown);
    text::emit(whole, tree);
    ADD_FAILURE() << shown.view().substr(0, 3000) << "\nschema: " << all_of(faults) << "\ncheck: " << (said.list.empty() ? "" : said.list.front().message);
  };
  for (const Document& document : all_documents())
    for (const Record& record : read(*document.format, text_of(document)).records) {
      if (records++ % kEvery != 0) continue;
      TextBuffer written_record;
      text::JsonEmitter whole(written_record);
      text::emit(whole, record);
      const JsonTree tree(written_record.view());
      compare(tree.root());
      TreeMutator mutator(random);
      for (int round = 0; round < 10; ++round) compare(mutator.mutated(tree.root()));
    }
  EXPECT_GT(refused * kEvery, 1000U);
  EXPECT_GT(taken * kEvery, 500U);
}

/// Every field, and every member of every value, says what it means.
void expect_described(const Node& schema, const std::string& path) {
  if (const Node* const properties = schema.find("properties"); properties != nullptr && properties->is_map())
    for (const text::Member& member : properties->members) {
      const bool described = member.value.find("description") != nullptr || member.value.find("$ref") != nullptr;
      EXPECT_TRUE(described) << path << "/" << member.key;
    }
  for (const text::Member& member : schema.members) expect_described(member.value, path + "/" + std::string(member.key));
}

TEST(RecordSchema, IsCurrentAndDescribesAll) {
  TextBuffer json;
  text::JsonEmitter emitter(json, 2);
  text::emit_record_schema(emitter);
  json += '\n';
  const fs::path path = support::fixtures().parent_path() / "schemas/record.schema.json";
  if (std::getenv("BIBMILL_BLESS") != nullptr) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << json.view();
  }
  EXPECT_EQ(support::bytes_of(path), json.view()) << "BIBMILL_BLESS=1 writes it";
  expect_described(JsonTree(json.view()).root(), "");
}

}  // namespace
}  // namespace bibmill::laws
