// names: initials, particles, and lists cut off with "et al.".
#include <algorithm>
#include <charconv>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/reflect.h"
#include "bibmill/step.h"
#include "bibmill/text/names.h"
#include "bibmill/text/unicode.h"

namespace bibmill::steps {

namespace {

constexpr std::string_view kCode = "step/names";

/// How initials are written.
struct InitialStyle {
  std::string_view name;
  std::string_view behind;   // a letter
  std::string_view between;  // two words
};

constexpr InitialStyle kStyles[] = {{"spaced", ".", " "}, {"dotted", ".", ""}, {"bare", "", ""}};

/// Longer words in capitals are names, unless initials are written without anything between them.
constexpr std::size_t kMostInitials = 3;

bool is_initials(std::string_view word, bool of_any_number) {
  std::size_t count = 0;
  for (const char32_t c : text::CodePoints(word)) {
    if (!text::is_upper(c)) return false;
    ++count;
  }
  return count > 0 && (of_any_number || count <= kMostInitials);
}

/// "John Michael" is "J. M.", "Jean-Paul" "J.-P.", "JM" "J. M."; words without a letter stay as they are.
std::string initials_of(std::string_view given, const InitialStyle& style) {
  std::string out;
  bool after_particle = false;
  const auto add = [&](std::string_view letter, bool hyphen) {
    if (!out.empty()) out += hyphen ? std::string_view("-") : after_particle ? std::string_view(" ") : style.between;
    out.append(letter).append(style.behind);
    after_particle = false;
  };
  bool hyphen = false;
  for (std::size_t at = 0; at < given.size();) {
    if (given[at] == ' ' || given[at] == '.' || given[at] == '-') {
      hyphen = given[at] == '-';
      ++at;
      continue;
    }
    const std::size_t end = std::min(given.find_first_of(" .-", at), given.size());
    const std::string_view word = given.substr(at, end - at);
    at = end;
    if (is_initials(word, style.behind.empty())) {
      for (std::size_t letter = 0; letter < word.size();) {
        const std::size_t size = text::code_point_at(word, letter).size;
        add(word.substr(letter, size), hyphen && letter == 0);
        letter += size;
      }
    } else if (text::is_lower(text::first_code_point(word).value) && !style.behind.empty()) {
      // A particle stays: "Jan van der" is "J. van der".
      out.append(out.empty() ? "" : " ").append(word);
      after_particle = true;
    } else if (text::is_letter(text::first_code_point(word).value)) {
      std::size_t size = text::first_code_point(word).size;
      while (size < word.size() && text::is_combining(text::code_point_at(word, size).value)) size += text::code_point_at(word, size).size;
      add(text::to_upper(word.substr(0, size)), hyphen);
    }
    hyphen = false;
  }
  return out;
}

unsigned count_from(const std::string& text) {
  unsigned count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || end != text.data() + text.size() || count == 0) throw UsageError(fmt::format("the step names wants a number of names from 1 on, not {}", text));
  return count;
}

class NameStep final : public Step {
 public:
  explicit NameStep(std::span<const StepArgument> arguments) {
    for (const StepArgument& argument : arguments) {
      const std::string& value = argument.values.front();
      if (argument.option == "initials") set_style(value);
      if (argument.option == "limit") limit_ = count_from(value);
      if (argument.option == "keep") kept_ = count_from(value);
      if (argument.option == "fields")
        for (const std::string& name : argument.values) fields_.push_back(name_field(name));
      if (argument.option == "particles") {
        if (value != "split") throw UsageError(fmt::format("the step names can split particles, not {} them", value));
        splits_ = true;
      }
    }
    if (style_ == nullptr && limit_ == 0 && !splits_) throw UsageError("the step names wants initials=, limit= or particles=");
    if (kept_ > 0 && (limit_ == 0 || kept_ > limit_)) throw UsageError("the step names keeps no more names than its limit=");
  }

  Verdict record(Record& record, DiagnosticSink& diagnostics) const override {
    for (Item& item : record.items())
      if (Entry* const entry = std::get_if<Entry>(&item); entry != nullptr && std::holds_alternative<Names>(entry->value) && is_meant(entry->field)) change(record, *entry, diagnostics);
    return Verdict::Keep;
  }

 private:
  static Field name_field(const std::string& name) {
    const Field field = field_for_step(name);
    if (info(field).kind != Value{Names{}}.index()) throw UsageError(fmt::format("the step names wants fields that hold names, not {}", name));
    return field;
  }

  bool is_meant(Field field) const { return fields_.empty() || std::find(fields_.begin(), fields_.end(), field) != fields_.end(); }

  void set_style(const std::string& name) {
    for (const InitialStyle& style : kStyles)
      if (style.name == name) style_ = &style;
    if (style_ == nullptr) throw UsageError(fmt::format("initials are spaced (J. M.), dotted (J.M.) or bare (JM), not {}", name));
  }

  void change(Record& record, Entry& entry, DiagnosticSink& diagnostics) const {
    // The list may be shared with other records.
    Names names = clone(std::get<Names>(entry.value), record.arena());
    bool changed = false;
    for (Name& name : names.list) changed = change(record, entry, name, diagnostics) || changed;
    changed = cut(record, entry, names, diagnostics) || changed;
    if (!changed) return;
    entry.value = names;
    entry.raw = record.layout = {};
  }

  bool change(const Record& record, const Entry& entry, Name& name, DiagnosticSink& diagnostics) const {
    if (name.is_body()) return false;
    const Name before = name;
    if (splits_) text::split_particles(name);
    if (style_ != nullptr && !name.given.empty()) {
      const std::string initials = initials_of(name.given, *style_);
      if (!initials.empty() && initials != name.given) name.given = record.arena().copy(initials);
    }
    if (same_content(before, name)) return false;
    name.raw = {};
    say_change(diagnostics, record, kCode, entry.span, fmt::format("{} {}, {} is written {}{}{}, {}", name_of(entry.field), before.family, before.given, name.non_dropping_particle,
                                                                   name.non_dropping_particle.empty() ? "" : " ", name.family, name.given));
    return true;
  }

  bool cut(const Record& record, const Entry& entry, Names& names, DiagnosticSink& diagnostics) const {
    if (limit_ == 0 || names.list.size() <= limit_) return false;
    const std::size_t kept = kept_ > 0 ? kept_ : limit_;
    say_change(diagnostics, record, kCode, entry.span, fmt::format("of {} names as {}, {} {}, and \"et al.\"", names.list.size(), name_of(entry.field), kept, kept == 1 ? "stays" : "stay"));
    while (names.list.size() > kept) names.list.pop_back();
    names.complete = false;
    return true;
  }

  const InitialStyle* style_ = nullptr;
  std::size_t limit_ = 0;
  std::size_t kept_ = 0;
  bool splits_ = false;
  std::vector<Field> fields_;  // all where none is named
};

constexpr StepOption kOptions[] = {
    {"initials", "spaced|dotted|bare", "given names as initials: J. M., J.M. or JM"},
    {"limit", "N", "end a list of more names with \"et al.\""},
    {"keep", "N", "of such a list keep so many names; all that the limit allows where it is not given"},
    {"fields", "FIELD,…", "only names in these fields, such as author; in all where it is not given"},
    {"particles", "split", "take particles (van, de, von …) that stand before a family name as such"},
};

constexpr StepExample kExamples[] = {
    {"names:initials=spaced", "\"Shannon, Claude Elwood\" becomes \"Shannon, C. E.\""},
    {"names:limit=6,keep=3,fields=author", "of seven authors three stay, and \"et al.\""},
};

}  // namespace

const StepDescriptor& names() {
  static constexpr StepDescriptor kStep = {
      "names",
      "shorten given names and lists of names",
      "Bodies stay as they are. What is shortened is noted (--changes=all), since it cannot be brought back. One record at a time.",
      kOptions,
      kExamples,
      [](std::span<const StepArgument> arguments) -> AnyStep { return std::make_unique<const NameStep>(arguments); },
      {},
  };
  return kStep;
}

}  // namespace bibmill::steps
