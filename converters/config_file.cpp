// From a tree to the values of options.
#include "bibmill/config_file.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "bibmill/document.h"
#include "bibmill/errors.h"
#include "document_keys.h"
#include "whole_file.h"

namespace bibmill {

namespace {

namespace fs = std::filesystem;
using text::Node;

constexpr std::size_t kLongestConfig = std::size_t{4} << 20;

class ConfigReader {
 public:
  ConfigReader(const Document& document, std::span<const ConfigSection> sections) : document_(&document), sections_(sections), folder_(fs::path(document.name()).parent_path()) {}

  std::vector<ConfigValue> read(std::string_view wanted) const {
    std::vector<ConfigValue> values;
    const Node& root = document_->root();
    if (root.kind == Node::Kind::Null) return values;  // a file of comments alone
    const auto read_one = [&](const text::Member& member, const ConfigSection& section) {
      std::vector<ConfigValue> read = read_section(member.value, section);
      if (section.name == wanted) values = std::move(read);
    };
    for_each_known(root, sections_, kConfigName, read_one);
    return values;
  }

 private:
  /// Calls `read(member, row)` for each key of the map, all of which the rows must have.
  template <class Row, class Read>
  void for_each_known(const Node& map, std::span<const Row> rows, std::string_view what, Read&& read) const {
    if (!map.is_map()) document_->fail(map.span, fmt::format("{} is a map, and this is {}", what, kind_of(map)));
    for (const text::Member& member : map.members) {
      const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& each) { return each.name == member.key; });
      if (row != rows.end()) {
        read(member, *row);
        continue;
      }
      std::vector<std::string_view> names;
      for (const Row& each : rows) names.push_back(each.name);
      refuse_key(*document_, member, what, names);
    }
  }

  std::vector<ConfigValue> read_section(const Node& node, const ConfigSection& section) const {
    std::vector<ConfigValue> values;
    for_each_known(node, std::span<const ConfigKey>(section.keys), section.name, [&](const text::Member& member, const ConfigKey& key) { values.push_back({key.name, words_of(member.value, key)}); });
    return values;
  }

  std::vector<std::string> words_of(const Node& node, const ConfigKey& key) const {
    if (!node.is_list()) return {word_of(node, key)};
    if (!key.is_list) document_->fail(node.span, fmt::format("{} is a word, and this is a list", key.name));
    if (node.members.empty()) document_->fail(node.span, fmt::format("{} has no value", key.name));
    std::vector<std::string> words;
    for (const text::Member& member : node.members) words.push_back(word_of(member.value, key));
    return words;
  }

  std::string word_of(const Node& node, const ConfigKey& key) const {
    if (!node.is_scalar() || node.kind == Node::Kind::Null || node.text.empty()) document_->fail(node.span, fmt::format("{} is a word{}, and this is {}", key.name, key.is_list ? " or a list of words" : "", kind_of(node)));
    if (!key.choices.empty() && !is_choice(key.choices, node.text)) document_->fail(node.span, fmt::format("{} is one of {}, and not {}", key.name, key.choices, node.text));
    if (key.check != nullptr) check_word(node, key);
    return key.is_file ? (folder_ / node.text).string() : std::string(node.text);
  }

  /// What the option itself says, with the place.
  void check_word(const Node& node, const ConfigKey& key) const {
    try {
      key.check(node.text);
    } catch (const UsageError& error) {
      document_->fail(node.span, error.what());
    }
  }

  const Document* document_;
  std::span<const ConfigSection> sections_;
  fs::path folder_;
};

void emit_word(text::Emitter& emitter, const ConfigKey& key) {
  if (!key.choices.empty()) return emit_choices(emitter, key.choices);
  emitter.member("type", key.is_number ? "integer" : "string");
}

void emit_config_key(text::Emitter& emitter, const ConfigKey& key) {
  emitter.key(key.name);
  emitter.begin_map();
  emitter.member("description", key.meaning);
  if (key.is_list) {
    emitter.key("oneOf");
    emitter.begin_list();
    emitter.begin_map();
    emit_word(emitter, key);
    emitter.end_map();
    emitter.begin_map();
    emitter.member("type", "array");
    emitter.key("items");
    emitter.begin_map();
    emit_word(emitter, key);
    emitter.end_map();
    emitter.end_map();
    emitter.end_list();
  } else {
    emit_word(emitter, key);
  }
  emitter.end_map();
}

/// A map with no other keys.
template <class Row, class Emit>
void emit_closed_map(text::Emitter& emitter, std::span<const Row> rows, Emit&& emit) {
  emitter.member("type", "object");
  emitter.key("properties");
  emitter.begin_map();
  for (const Row& row : rows) emit(row);
  emitter.end_map();
  emitter.key("additionalProperties");
  emitter.boolean(false);
}

}  // namespace

std::optional<std::string> find_config(const std::string& input) {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  const fs::path start = input == "-" ? here : fs::absolute(input, error).lexically_normal().parent_path();
  for (fs::path folder = start; !folder.empty(); folder = folder.parent_path()) {
    const fs::path file = folder / kConfigName;
    if (fs::is_regular_file(file, error)) {
      // As a person would type it.
      const fs::path near = file.lexically_proximate(here);
      return near.empty() ? file.string() : near.string();
    }
    if (folder == folder.parent_path()) break;
  }
  return std::nullopt;
}

std::vector<ConfigValue> read_config(const std::string& path, std::span<const ConfigSection> sections, std::string_view wanted) {
  const Document document(path, whole_file(path, kLongestConfig));
  return ConfigReader(document, sections).read(wanted);
}

void emit_config_schema(text::Emitter& emitter, std::span<const ConfigSection> sections) {
  emitter.begin_map();
  emitter.member("$schema", "https://json-schema.org/draft/2020-12/schema");
  emitter.member("title", "Configuration file bibmill.yaml");
  emit_closed_map(emitter, sections, [&](const ConfigSection& section) {
    emitter.key(section.name);
    emitter.begin_map();
    emitter.member("description", section.meaning);
    emit_closed_map(emitter, std::span<const ConfigKey>(section.keys), [&](const ConfigKey& key) { emit_config_key(emitter, key); });
    emitter.end_map();
  });
  emitter.end_map();
}

}  // namespace bibmill
