// From a tree to a pipeline, with a message for whatever does not belong there.
#include "bibmill/pipeline_file.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "bibmill/document.h"
#include "bibmill/errors.h"
#include "bibmill/nearest.h"
#include "document_keys.h"
#include "whole_file.h"

namespace bibmill {

namespace {

namespace fs = std::filesystem;
using text::Node;

enum class Shape : std::uint8_t { Text, Flag, Map, Inputs, Steps, Outputs };

/// A key of a map in the file.
struct Key {
  std::string_view name;
  Shape shape;
  std::string_view meaning;
  std::string_view choices = {};  ///< "error|warning|loss"
  bool required = false;
};

constexpr Key kPipelineKeys[] = {
    {"variables", Shape::Map, "Names and texts: ${name} in any text below stands for the text"},
    {"inputs", Shape::Inputs, "Files to read, in order: paths, patterns such as exports/*.ris, or maps with path and format", {}, true},
    {"steps", Shape::Steps, "What is done to the records, in order"},
    {"outputs", Shape::Outputs, "Files to write: paths whose ending tells the format, or maps", {}, true},
    {"fail-on", Shape::Text, "When the run ends with 1", "error|warning|loss"},
};

constexpr Key kInputKeys[] = {
    {"path", Shape::Text, "A path or a pattern, relative to the pipeline file", {}, true},
    {"format", Shape::Text, "Its format, where content and name do not tell it"},
};

constexpr Key kOutputKeys[] = {
    {"path", Shape::Text, "The file to write, relative to the pipeline file", {}, true},
    {"format", Shape::Text, "Its format, where the name does not tell it"},
    {"for", Shape::Text, "The importer to write for, as with --for"},
    {"carry", Shape::Flag, "Take along what the format cannot show, as with --carry"},
    {"layout", Shape::Text, "Give unchanged records back as they stood, or lay all of them out anew", "source|canonical"},
    {"steps", Shape::Steps, "Steps for this output alone, after those for all"},
};

bool is_pattern(std::string_view name) { return name.find_first_of("*?") != std::string_view::npos; }

/// Stars and question marks, without going back more than to the last star.
bool fits(std::string_view name, std::string_view pattern) {
  std::size_t n = 0;
  std::size_t p = 0;
  std::size_t star = std::string_view::npos;
  std::size_t from = 0;
  while (n < name.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n]) && pattern[p] != '*') {
      ++n;
      ++p;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

class PipelineReader {
 public:
  PipelineReader(const Document& document, const Variables& set) : document_(&document), folder_(fs::path(document.name()).parent_path()), variables_(set) {}

  Pipeline read() {
    const Node& root = document_->root();
    check(root, kPipelineKeys, "a pipeline file");
    if (const Node* const variables = root.find("variables")) read_variables(*variables);
    Pipeline pipeline;
    for (const text::Member& member : root.find("inputs")->members) read_input(member.value, pipeline.inputs);
    std::vector<PipelineStep> steps;
    if (const Node* const all = root.find("steps")) read_steps(*all, steps);
    pipeline.shared_steps = steps.size();
    for (const text::Member& member : root.find("outputs")->members) pipeline.outputs.push_back(read_output(member.value, steps));
    if (pipeline.inputs.empty()) document_->fail(root.find("inputs")->span, "there is no input");
    if (pipeline.outputs.empty()) document_->fail(root.find("outputs")->span, "there is no output");
    if (const Node* const fail_on = root.find("fail-on")) pipeline.fail_on = text_of(*fail_on);
    return pipeline;
  }

 private:
  /// A map with no keys but these, each of its shape.
  template <std::size_t size>
  void check(const Node& node, const Key (&keys)[size], std::string_view what) const {
    if (!node.is_map()) document_->fail(node.span, fmt::format("{} is a map, and this is {}", what, kind_of(node)));
    std::vector<std::string_view> names;
    for (const Key& key : keys) {
      names.push_back(key.name);
      if (key.required && node.find(key.name) == nullptr) document_->fail(node.span, fmt::format("{} needs {}", what, key.name));
    }
    for (const text::Member& member : node.members) {
      const auto known = std::find_if(std::begin(keys), std::end(keys), [&](const Key& key) { return key.name == member.key; });
      if (known == std::end(keys)) refuse_key(*document_, member, what, names);
      check_shape(*known, member.value);
    }
  }

  void check_shape(const Key& key, const Node& node) const {
    const bool is_word = node.is_scalar() && node.kind != Node::Kind::Null;
    switch (key.shape) {
      case Shape::Text:
        if (!is_word) document_->fail(node.span, fmt::format("{} is a word, and this is {}", key.name, kind_of(node)));
        break;
      case Shape::Flag:
        if (node.kind != Node::Kind::Boolean) document_->fail(node.span, fmt::format("{} is true or false", key.name));
        break;
      case Shape::Map:
        if (!node.is_map()) document_->fail(node.span, fmt::format("{} is a map, and this is {}", key.name, kind_of(node)));
        break;
      default:
        if (!node.is_list()) document_->fail(node.span, fmt::format("{} is a list, and this is {}", key.name, kind_of(node)));
    }
    if (key.choices.empty() || is_choice(key.choices, node.text)) return;
    document_->fail(node.span, fmt::format("{} is one of {}, and not {}", key.name, key.choices, node.text));
  }

  void read_variables(const Node& node) {
    for (const text::Member& member : node.members) {
      if (!member.value.is_scalar()) document_->fail(member.value.span, fmt::format("the variable {} is a word", member.key));
      variables_.emplace(std::string(member.key), std::string(member.value.text));
    }
  }

  /// The text with its variables filled in.
  std::string text_of(const Node& node) const {
    std::string out;
    std::string_view rest = node.text;
    for (std::size_t begin = rest.find("${"); begin != std::string_view::npos; begin = rest.find("${")) {
      const std::size_t end = rest.find('}', begin);
      if (end == std::string_view::npos) document_->fail(node.span, "a variable that begins with ${ ends with }");
      const std::string_view name = rest.substr(begin + 2, end - begin - 2);
      const auto known = variables_.find(name);
      if (known == variables_.end()) {
        std::vector<std::string_view> names;
        for (const auto& [each, value] : variables_) names.push_back(each);
        document_->fail(node.span, fmt::format("there is no variable {}{}", name, suggestion(name, names)));
      }
      out.append(rest, 0, begin).append(known->second);
      rest.remove_prefix(end + 1);
    }
    return out.append(rest);
  }

  std::string path_of(const Node& node) const { return (folder_ / text_of(node)).string(); }

  void read_input(const Node& node, std::vector<PipelineInput>& inputs) const {
    if (!node.is_scalar()) check(node, kInputKeys, "an input");
    const Node& path = node.is_scalar() ? node : *node.find("path");
    const Node* const format = node.find("format");
    const std::vector<std::string> files = files_for(path_of(path));
    if (files.empty()) document_->fail(path.span, fmt::format("no file fits {}", text_of(path)));
    for (const std::string& file : files) inputs.push_back({file, format == nullptr ? std::string() : text_of(*format)});
  }

  PipelineOutput read_output(const Node& node, const std::vector<PipelineStep>& steps) const {
    PipelineOutput output;
    output.steps = steps;
    if (node.is_scalar() && node.kind != Node::Kind::Null) {
      output.path = path_of(node);
      return output;
    }
    check(node, kOutputKeys, "an output");
    output.path = path_of(*node.find("path"));
    if (const Node* const format = node.find("format")) output.format = text_of(*format);
    if (const Node* const profile = node.find("for")) output.profile = text_of(*profile);
    if (const Node* const layout = node.find("layout")) output.layout = text_of(*layout);
    if (const Node* const carry = node.find("carry")) output.carry = carry->is_true();
    if (const Node* const own = node.find("steps")) read_steps(*own, output.steps);
    return output;
  }

  /// A step is its name, or a map of one: its name and its options, or the words of its main option.
  void read_steps(const Node& list, std::vector<PipelineStep>& steps) const {
    for (const text::Member& member : list.members) {
      const Node& node = member.value;
      const bool is_name = node.is_scalar() && node.kind != Node::Kind::Null;
      if (!is_name && !(node.is_map() && node.members.size() == 1)) document_->fail(node.span, fmt::format("a step is its name, or its name and its options, and this is {}", kind_of(node)));
      const Span where = is_name ? node.span : node.members[0].key_span;
      try {
        PipelineStep step{&descriptor_named(is_name ? node.text : node.members[0].key), {}};
        if (!is_name) read_options(node.members[0].value, step);
        step.make();
        steps.push_back(std::move(step));
      } catch (const UsageError& error) {
        const std::string_view message = error.what();
        if (message.starts_with(document_->name())) throw;
        document_->fail(where, message);
      }
    }
  }

  void read_options(const Node& node, PipelineStep& step) const {
    if (!node.is_map()) {
      if (step.step->main_option.empty()) document_->fail(node.span, fmt::format("the options of the step {} are a map, and this is {}", step.step->name, kind_of(node)));
      step.arguments.push_back(argument_of(*step.step, step.step->main_option, node));
      return;
    }
    for (const text::Member& member : node.members) step.arguments.push_back(argument_of(*step.step, member.key, member.value));
  }

  StepArgument argument_of(const StepDescriptor& step, std::string_view name, const Node& node) const {
    const StepOption& option = option_named(step, name);
    StepArgument argument{option.name, {}};
    // Files are where the pipeline file is.
    const bool is_file = option.argument.starts_with("FILE");
    const auto add = [&](const Node& word) {
      if (!word.is_scalar() || word.kind == Node::Kind::Null) document_->fail(word.span, fmt::format("the option {} is a word or a list of words", name));
      argument.values.push_back(is_file ? path_of(word) : text_of(word));
    };
    if (node.is_list()) {
      for (const text::Member& member : node.members) add(member.value);
    } else {
      add(node);
    }
    if (argument.values.empty()) document_->fail(node.span, fmt::format("the option {} has no value", name));
    return argument;
  }

  const Document* document_;
  fs::path folder_;
  Variables variables_;
};

/// A larger file is none that a person wrote.
constexpr std::size_t kLongestPipeline = std::size_t{4} << 20;

void emit_key(text::Emitter& emitter, const Key& key);

template <std::size_t size>
void emit_map(text::Emitter& emitter, const Key (&keys)[size]) {
  emitter.member("type", "object");
  emitter.key("properties");
  emitter.begin_map();
  for (const Key& key : keys) emit_key(emitter, key);
  emitter.end_map();
  emitter.key("required");
  emitter.begin_list();
  for (const Key& key : keys)
    if (key.required) emitter.text(key.name);
  emitter.end_list();
  emitter.key("additionalProperties");
  emitter.boolean(false);
}

/// A list of words or maps.
template <class Emit>
void emit_list(text::Emitter& emitter, Emit&& emit_element) {
  emitter.member("type", "array");
  emitter.key("items");
  emitter.begin_map();
  emitter.key("oneOf");
  emitter.begin_list();
  emitter.begin_map();
  emitter.member("type", "string");
  emitter.end_map();
  emitter.begin_map();
  emit_element();
  emitter.end_map();
  emitter.end_list();
  emitter.end_map();
}

void emit_steps(text::Emitter& emitter) {
  emitter.member("type", "object");
  emitter.key("maxProperties");
  emitter.number("1");
  emitter.key("minProperties");
  emitter.number("1");
  emitter.key("properties");
  emitter.begin_map();
  for (const StepDescriptor* const step : all_steps()) {
    emitter.key(step->name);
    emitter.begin_map();
    emitter.member("description", step->summary);
    emitter.end_map();
  }
  emitter.end_map();
  emitter.key("additionalProperties");
  emitter.boolean(false);
}

void emit_key(text::Emitter& emitter, const Key& key) {
  emitter.key(key.name);
  emitter.begin_map();
  emitter.member("description", key.meaning);
  switch (key.shape) {
    case Shape::Text: emitter.member("type", "string"); break;
    case Shape::Flag: emitter.member("type", "boolean"); break;
    case Shape::Map: emitter.member("type", "object"); break;
    case Shape::Inputs: emit_list(emitter, [&] { emit_map(emitter, kInputKeys); }); break;
    case Shape::Outputs: emit_list(emitter, [&] { emit_map(emitter, kOutputKeys); }); break;
    case Shape::Steps: emit_list(emitter, [&] { emit_steps(emitter); }); break;
  }
  if (!key.choices.empty()) emit_choices(emitter, key.choices);
  emitter.end_map();
}

}  // namespace

Pipeline read_pipeline(const std::string& path, const Variables& set) {
  const Document document(path, whole_file(path, kLongestPipeline));
  return PipelineReader(document, set).read();
}

void emit_pipeline_schema(text::Emitter& emitter) {
  emitter.begin_map();
  emitter.member("$schema", "https://json-schema.org/draft/2020-12/schema");
  emitter.member("title", "Pipeline file of bibmill run");
  emit_map(emitter, kPipelineKeys);
  emitter.end_map();
}

std::vector<std::string> files_for(const std::string& pattern) {
  const fs::path path(pattern);
  const std::string name = path.filename().string();
  if (!is_pattern(name)) return {pattern};
  std::vector<std::string> files;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(path.has_parent_path() ? path.parent_path() : fs::path("."), error))
    if (entry.is_regular_file(error) && fits(entry.path().filename().string(), name)) files.push_back((path.parent_path() / entry.path().filename()).string());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace bibmill
