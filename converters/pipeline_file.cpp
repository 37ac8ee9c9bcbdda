// From a tree to a pipeline, with a message for whatever does not belong there.
#include "bibmill/pipeline_file.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "bibmill/document.h"
#include "bibmill/errors.h"
#include "bibmill/nearest.h"
#include "bibmill/target.h"
#include "document_keys.h"
#include "schema_frames.h"
#include "whole_file.h"

namespace bibmill {

namespace {

namespace fs = std::filesystem;
using text::Node;

enum class Shape : std::uint8_t { Text, Flag, Number, Words, Map, Inputs, Steps, Outputs, Checks };

/// A key of a map in the file.
struct Key {
  std::string_view name;
  Shape shape;
  std::string_view meaning;
  std::string_view choices = {};  ///< "error|warning|loss"
  bool required = false;
};

constexpr Key kPipelineKeys[] = {
    {"extends", Shape::Text, "A pipeline file, relative to this one, whose keys hold where this one has none; variables and checks one by one"},
    {"variables", Shape::Map, "Names and texts: ${name} in any text below stands for the text"},
    {"inputs", Shape::Inputs, "Files to read, in order: paths, patterns such as exports/*.ris, or maps with path and format", {}, true},
    {"steps", Shape::Steps, "What is done to the records, in order"},
    {"outputs", Shape::Outputs, "Files to write: paths whose ending tells the format, or maps", {}, true},
    {"checks", Shape::Checks, "What is looked for in each output, as check does; what is found is said, and ends the run with 1"},
    {"target", Shape::Text, "What run --preflight measures references by, and the step target makes them like: the name of one that comes with bibmill, or the path of a file, relative to this one"},
    {"fail-on", Shape::Text, "When the run ends with 1", "error|warning|loss"},
};

constexpr std::string_view kSeverities = "note|warning|error";

constexpr Key kCheckKeys[] = {
    {"select", Shape::Words, "Look for these codes only; with * for the rest of one, or all"},
    {"extend", Shape::Words, "Look for these too"},
    {"ignore", Shape::Words, "Do not look for these; of two that fit a code the longer decides"},
    {"severities", Shape::Map, "Other severities than the rules have, by codes, with * for the rest of one: note, warning or error; the longest that fits decides"},
    {"severity", Shape::Text, "Show what is at least so grave", kSeverities},
    {"max-warnings", Shape::Number, "Put up with so many warnings"},
    {"retractions", Shape::Words, "Lists of retracted works: Retraction Watch's CSV, or DOIs and PMIDs in any text"},
};

constexpr Key kInputKeys[] = {
    {"path", Shape::Text, "A path or a pattern, relative to the pipeline file", {}, true},
    {"format", Shape::Text, "Its format, where content and name do not tell it"},
};

/// Among steps: those that a target asks for.
constexpr std::string_view kTargetStep = "target";
constexpr Key kTargetStepKeys[] = {
    {"list", Shape::Words, "Lists of journals, as the step journals takes them"},
};

constexpr Key kOutputKeys[] = {
    {"path", Shape::Text, "The file to write, relative to the pipeline file", {}, true},
    {"format", Shape::Text, "Its format, where the name does not tell it"},
    {"for", Shape::Text, "The importer to write for, as with --for"},
    {"carry", Shape::Flag, "Take along what the format cannot show, as with --carry"},
    {"layout", Shape::Text, "Give unchanged records of BibTeX, biblatex, RIS, MEDLINE and PubMed XML back as they stood, or lay all of them out anew", "source|canonical"},
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

/// A variable's text, and the folder of the file that gives it: a path that begins with the variable is relative to that.
struct Variable {
  std::string text;
  fs::path folder;
  mutable bool is_used = false;
};
using VariableMap = std::map<std::string, Variable, std::less<>>;

/// Reads what one file says, with the variables of all.
class LayerReader {
 public:
  LayerReader(const Document& document, const VariableMap& variables, const std::string& target = {}) : document_(&document), folder_(fs::path(document.name()).parent_path()), variables_(&variables), target_(target) {}

  /// No keys but those of a pipeline file.
  void check_keys() const {
    check(document_->root(), kPipelineKeys, "a pipeline file");
    if (const Node* const checks = document_->root().find("checks")) check(*checks, kCheckKeys, "checks");
  }

  std::vector<PipelineInput> read_inputs(const Node& list) const {
    std::vector<PipelineInput> inputs;
    for (const text::Member& member : list.members) read_input(member.value, inputs);
    if (inputs.empty()) document_->fail(list.span, "there is no input");
    return inputs;
  }

  std::vector<PipelineStep> read_steps(const Node& list) const {
    std::vector<PipelineStep> steps;
    read_steps(list, steps);
    return steps;
  }

  std::vector<PipelineOutput> read_outputs(const Node& list, const std::vector<PipelineStep>& steps) const {
    std::vector<PipelineOutput> outputs;
    for (const text::Member& member : list.members) outputs.push_back(read_output(member.value, steps));
    if (outputs.empty()) document_->fail(list.span, "there is no output");
    return outputs;
  }

  std::string read_text(const Node& node) const { return text_of(node); }

  /// Names have neither an ending nor a folder.
  std::string read_target_name(const Node& node) const {
    const std::string name = text_of(node);
    return name.find_first_of("./") == std::string::npos ? name : path_of(node);
  }

  void read_checks(const Node& node, std::string_view key, PipelineChecks& checks) const {
    if (key == "severities") return read_severities(node, checks);
    if (key == "severity") checks.least = severity_named(node.text);
    if (key == "max-warnings") checks.max_warnings = number_of(node);
    for_each_word(node, [&](const Node& word) {
      if (key == "retractions") return checks.retractions.push_back(path_of(word));
      if (key == "select" || key == "extend") choose(word, [&](const std::string& code) { checks.rules.select(code); });
      if (key == "ignore") choose(word, [&](const std::string& code) { checks.rules.ignore(code); });
    });
    if (key == "select") checks.rules.only_selected();
  }

 private:
  /// A map with no keys but these, each of its shape.
  template <std::size_t size>
  void check(const Node& node, const Key (&keys)[size], std::string_view what) const {
    if (!node.is_map()) document_->fail(node.span, fmt::format("{} is a map, and this is {}", what, kind_of(node)));
    std::vector<std::string_view> names;
    for (const Key& key : keys) {
      names.push_back(key.name);
      if (key.required && !is_layer(keys) && node.find(key.name) == nullptr) document_->fail(node.span, fmt::format("{} needs {}", what, key.name));
    }
    for (const text::Member& member : node.members) {
      const auto known = std::find_if(std::begin(keys), std::end(keys), [&](const Key& key) { return key.name == member.key; });
      if (known == std::end(keys)) refuse_key(*document_, member, what, names);
      check_shape(*known, member.value);
    }
  }

  /// What a pipeline needs may stand in the file that it extends.
  static bool is_layer(const Key* keys) { return keys == kPipelineKeys; }

  void check_shape(const Key& key, const Node& node) const {
    const bool is_word = node.is_scalar() && node.kind != Node::Kind::Null;
    switch (key.shape) {
      case Shape::Text:
        if (!is_word) document_->fail(node.span, fmt::format("{} is a word, and this is {}", key.name, kind_of(node)));
        break;
      case Shape::Flag:
        if (node.kind != Node::Kind::Boolean) document_->fail(node.span, fmt::format("{} is true or false", key.name));
        break;
      case Shape::Number:
        number_of(node);
        break;
      case Shape::Words:
        for_each_word(node, [&](const Node& word) {
          if (!word.is_scalar() || word.kind == Node::Kind::Null) document_->fail(word.span, fmt::format("{} is a word or a list of words", key.name));
        });
        break;
      case Shape::Map:
      case Shape::Checks:
        if (!node.is_map()) document_->fail(node.span, fmt::format("{} is a map, and this is {}", key.name, kind_of(node)));
        break;
      default:
        if (!node.is_list()) document_->fail(node.span, fmt::format("{} is a list, and this is {}", key.name, kind_of(node)));
    }
    if (key.choices.empty() || is_choice(key.choices, node.text)) return;
    document_->fail(node.span, fmt::format("{} is one of {}, and not {}", key.name, key.choices, node.text));
  }

  template <class Take>
  static void for_each_word(const Node& node, Take&& take) {
    if (!node.is_list()) return take(node);
    for (const text::Member& member : node.members) take(member.value);
  }

  std::uint64_t number_of(const Node& node) const {
    std::uint64_t number = 0;
    const char* const end = node.text.data() + node.text.size();
    const auto [rest, error] = std::from_chars(node.text.data(), end, number);
    if (!node.is_scalar() || node.text.empty() || error != std::errc{} || rest != end) document_->fail(node.span, "this is a number, 0 or larger");
    return number;
  }

  void read_severities(const Node& map, PipelineChecks& checks) const {
    for (const text::Member& member : map.members) {
      with_place(member.key_span, [&] { check_selector(member.key); });
      if (!is_choice(kSeverities, member.value.text)) document_->fail(member.value.span, fmt::format("a severity is one of {}, and not {}", kSeverities, member.value.text));
      checks.severities.emplace_back(std::string(member.key), severity_named(member.value.text));
    }
  }

  static Severity severity_named(std::string_view name) { return name == "error" ? Severity::Error : name == "warning" ? Severity::Warning : Severity::Note; }

  template <class Do>
  void with_place(Span span, Do&& act) const {
    try {
      act();
    } catch (const UsageError& error) {
      document_->fail(span, error.what());
    }
  }

  template <class Choose>
  void choose(const Node& word, Choose&& into) const {
    const std::string code = text_of(word);
    with_place(word.span, [&] { into(code); });
  }

  /// The text with its variables filled in.
  std::string text_of(const Node& node) const {
    std::string out;
    std::string_view rest = node.text;
    for (std::size_t begin = rest.find("${"); begin != std::string_view::npos; begin = rest.find("${")) {
      const std::size_t end = rest.find('}', begin);
      if (end == std::string_view::npos) document_->fail(node.span, "a variable that begins with ${ ends with }");
      const std::string_view name = rest.substr(begin + 2, end - begin - 2);
      const auto known = variables_->find(name);
      if (known == variables_->end()) {
        std::vector<std::string_view> names;
        for (const auto& [each, value] : *variables_) names.push_back(each);
        document_->fail(node.span, fmt::format("there is no variable {}{}", name, suggestion(name, names)));
      }
      known->second.is_used = true;
      out.append(rest, 0, begin).append(known->second.text);
      rest.remove_prefix(end + 1);
    }
    return out.append(rest);
  }

  std::string path_of(const Node& node) const {
    const std::string text = text_of(node);
    const std::string_view written = node.text;
    const auto variable = written.starts_with("${") ? variables_->find(written.substr(2, written.find('}') - 2)) : variables_->end();
    return ((variable == variables_->end() ? folder_ : variable->second.folder) / text).string();
  }

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
      if ((is_name ? node.text : node.members[0].key) == kTargetStep) {
        add_steps_of_target(where, is_name ? nullptr : &node.members[0].value, steps);
        continue;
      }
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

  void add_steps_of_target(Span where, const Node* options, std::vector<PipelineStep>& steps) const {
    if (target_.empty()) document_->fail(where, "the step target needs a target: in the pipeline file, or --target");
    std::vector<std::string> lists;
    if (options != nullptr) {
      check(*options, kTargetStepKeys, "the step target");
      if (const Node* const list = options->find("list")) for_each_word(*list, [&](const Node& word) { lists.push_back(path_of(word)); });
    }
    for (PipelineStep& step : steps_for(read_target(target_), lists)) steps.push_back(std::move(step));
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
  const VariableMap* variables_;
  std::string target_;  ///< what the step target goes by; empty: nothing
};

/// A larger file is none that a person wrote.
constexpr std::size_t kLongestPipeline = std::size_t{4} << 20;

/// A pipeline file and those that it extends, the nearest first: what an earlier one has hides what a later one has.
class Layers {
 public:
  Layers(const std::string& path, const Variables& set, std::string target) : target_(std::move(target)) {
    for (const auto& [name, text] : set) variables_.emplace(name, Variable{text, fs::path(path).parent_path(), false});
    load(path);
    for (const auto& document : documents_) LayerReader(*document, variables_).check_keys();
    for (const auto& document : documents_) read_variables(*document);
    if (target_.empty()) with(kTargetStep, [&](const LayerReader& reader, const Node& node) { target_ = reader.read_target_name(node); });
  }

  Pipeline read() const {
    Pipeline pipeline;
    for (const auto& document : documents_) pipeline.files.push_back(document->name());
    require("inputs", [&](const LayerReader& reader, const Node& node) { pipeline.inputs = reader.read_inputs(node); });
    std::vector<PipelineStep> steps;
    with("steps", [&](const LayerReader& reader, const Node& node) { steps = reader.read_steps(node); });
    pipeline.shared_steps = steps.size();
    require("outputs", [&](const LayerReader& reader, const Node& node) { pipeline.outputs = reader.read_outputs(node, steps); });
    with("fail-on", [&](const LayerReader& reader, const Node& node) { pipeline.fail_on = reader.read_text(node); });
    pipeline.target = target_;
    for (const Key& key : kCheckKeys) read_check(key.name, pipeline.checks);
    return pipeline;
  }

  /// Behind `read`: --set gives texts to what the file has, or asks for.
  void refuse_unknown(const Variables& set) const {
    for (const auto& [name, text] : set)
      if (!variables_.find(name)->second.is_used && std::find(names_.begin(), names_.end(), name) == names_.end())
        throw UsageError(fmt::format("{} has no variable {} for --set{}", documents_.front()->name(), name, suggestion(name, names_)));
  }

 private:
  void load(const std::string& path) {
    documents_.push_back(std::make_unique<Document>(path, whole_file(path, kLongestPipeline)));
    const Document& document = *documents_.back();
    const Node* const base = document.root().is_map() ? document.root().find("extends") : nullptr;
    if (base == nullptr) return;
    if (!base->is_scalar() || base->text.empty()) document.fail(base->span, "extends is the path of a pipeline file");
    const std::string next = (fs::path(path).parent_path() / base->text).string();
    std::error_code error;
    if (!fs::is_regular_file(next, error)) document.fail(base->span, fmt::format("there is no file {}", next));
    for (const auto& known : documents_)
      if (fs::equivalent(known->name(), next, error)) document.fail(base->span, known.get() == &document ? std::string("the file extends itself") : fmt::format("{} extends this file already", known->name()));
    load(next);
  }

  void read_variables(const Document& document) {
    const Node* const variables = document.root().find("variables");
    if (variables == nullptr) return;
    for (const text::Member& member : variables->members) {
      if (!member.value.is_scalar()) document.fail(member.value.span, fmt::format("the variable {} is a word", member.key));
      names_.push_back(member.key);
      variables_.emplace(std::string(member.key), Variable{std::string(member.value.text), fs::path(document.name()).parent_path(), false});
    }
  }

  /// Calls `take` with the nearest file that has the key.
  template <class Take>
  bool with(std::string_view key, Take&& take) const {
    for (const auto& document : documents_) {
      const Node* const node = document->root().find(key);
      if (node == nullptr) continue;
      take(LayerReader(*document, variables_, target_), *node);
      return true;
    }
    return false;
  }

  template <class Take>
  void require(std::string_view key, Take&& take) const {
    if (!with(key, take)) documents_.front()->fail(documents_.front()->root().span, fmt::format("a pipeline file needs {}", key));
  }

  void read_check(std::string_view key, std::optional<PipelineChecks>& checks) const {
    for (const auto& document : documents_) {
      const Node* const all = document->root().find("checks");
      if (all == nullptr) continue;
      if (!checks) checks.emplace();
      const Node* const node = all->find(key);
      if (node != nullptr) return LayerReader(*document, variables_).read_checks(*node, key, *checks);
    }
  }

  VariableMap variables_;
  std::vector<std::string_view> names_;  // of variables, as the files have them
  std::string target_;
  std::vector<std::unique_ptr<Document>> documents_;
};

void emit_key(text::Emitter& emitter, const Key& key);

/// Two schemas, of which one fits.
template <class One, class Other>
void emit_either(text::Emitter& emitter, std::string_view how, One&& one, Other&& other) {
  emitter.key(how);
  emitter.begin_list();
  emitter.begin_map();
  one();
  emitter.end_map();
  emitter.begin_map();
  other();
  emitter.end_map();
  emitter.end_list();
}

template <std::size_t size>
void emit_map(text::Emitter& emitter, const Key (&keys)[size]) {
  emitter.member("type", "object");
  emit_properties(emitter, [&] {
    for (const Key& key : keys) emit_key(emitter, key);
  });
  std::vector<std::string_view> required;
  for (const Key& key : keys)
    if (key.required) required.push_back(key.name);
  if (static_cast<const void*>(keys) == kPipelineKeys) {
    emit_either(emitter, "anyOf", [&] { emit_required(emitter, required); }, [&] { emit_required(emitter, {"extends"}); });
  } else if (!required.empty()) {
    emit_required(emitter, required);
  }
  emit_no_others(emitter);
}

/// A list of words or maps.
template <class Emit>
void emit_list(text::Emitter& emitter, Emit&& emit_element) {
  emitter.member("type", "array");
  emitter.key("items");
  emitter.begin_map();
  emit_either(emitter, "oneOf", [&] { emitter.member("type", "string"); }, emit_element);
  emitter.end_map();
}

void emit_steps(text::Emitter& emitter) {
  emitter.member("type", "object");
  emitter.key("maxProperties");
  emitter.number("1");
  emitter.key("minProperties");
  emitter.number("1");
  emit_properties(emitter, [&] {
    for (const StepDescriptor* const step : all_steps()) {
      emitter.key(step->name);
      emitter.begin_map();
      emitter.member("description", step->summary);
      emitter.end_map();
    }
    emitter.key(kTargetStep);
    emitter.begin_map();
    emitter.member("description", "the steps that the target asks for");
    emit_map(emitter, kTargetStepKeys);
    emitter.end_map();
  });
  emit_no_others(emitter);
}

/// A word or a list of words.
void emit_words(text::Emitter& emitter) {
  emit_either(
      emitter, "oneOf", [&] { emitter.member("type", "string"); },
      [&] {
        emitter.member("type", "array");
        emitter.key("items");
        emit_typed(emitter, "string");
      });
}

void emit_key(text::Emitter& emitter, const Key& key) {
  emitter.key(key.name);
  emitter.begin_map();
  emitter.member("description", key.meaning);
  switch (key.shape) {
    case Shape::Text: emitter.member("type", "string"); break;
    case Shape::Flag: emitter.member("type", "boolean"); break;
    case Shape::Number: emitter.member("type", "integer"); break;
    case Shape::Words: emit_words(emitter); break;
    case Shape::Map: emitter.member("type", "object"); break;
    case Shape::Checks: emit_map(emitter, kCheckKeys); break;
    case Shape::Inputs: emit_list(emitter, [&] { emit_map(emitter, kInputKeys); }); break;
    case Shape::Outputs: emit_list(emitter, [&] { emit_map(emitter, kOutputKeys); }); break;
    case Shape::Steps: emit_list(emitter, [&] { emit_steps(emitter); }); break;
  }
  if (!key.choices.empty()) emit_choices(emitter, key.choices);
  emitter.end_map();
}

}  // namespace

Pipeline read_pipeline(const std::string& path, const Variables& set, const std::string& target) {
  const Layers layers(path, set, target);
  Pipeline pipeline = layers.read();
  layers.refuse_unknown(set);
  return pipeline;
}

void emit_pipeline_schema(text::Emitter& emitter) {
  emit_schema(emitter, "Pipeline file of bibmill run", [&] { emit_map(emitter, kPipelineKeys); });
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
