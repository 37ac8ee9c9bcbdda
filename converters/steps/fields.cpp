// fields: keeps, drops or renames fields.
#include <bitset>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/step.h"

namespace bibmill::steps {

namespace {

using FieldSet = std::bitset<kFieldCount>;

std::size_t index_of(Field field) { return static_cast<std::size_t>(field); }

FieldSet set_of(const std::vector<std::string>& names) {
  FieldSet fields;
  for (const std::string& name : names) fields.set(index_of(field_for_step(name)));
  return fields;
}

struct Renaming {
  Field from;
  Field to;
};

/// "note:annote"; both must hold values of one kind, since nothing is converted.
Renaming renaming_of(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) throw UsageError(fmt::format("the step fields renames by OLD:NEW, not by {}", text));
  const Renaming renaming{field_for_step(text.substr(0, colon)), field_for_step(text.substr(colon + 1))};
  const FieldInfo& from = info(renaming.from);
  const FieldInfo& to = info(renaming.to);
  if (from.kind != to.kind)
    throw UsageError(fmt::format("{} ({}) cannot become {} ({}): they hold values of different kinds", from.name, from.type,
                                 to.name, to.type));
  return renaming;
}

class Fields final : public Step {
 public:
  explicit Fields(std::span<const StepArgument> arguments) {
    for (const StepArgument& argument : arguments) {
      if (argument.option == "keep") {
        keep_ = set_of(argument.values);
      } else if (argument.option == "drop") {
        drop_ = set_of(argument.values);
      } else {
        for (const std::string& value : argument.values) renamings_.push_back(renaming_of(value));
      }
    }
    if (arguments.empty()) throw UsageError("the step fields wants keep=, drop= or rename=");
  }

  Verdict record(Record& record, DiagnosticSink&) const override {
    record.remove_if([&](const Item& item) { return goes(item); });
    for (Item& item : record.items())
      if (Entry* const entry = std::get_if<Entry>(&item)) rename(record, *entry);
    return Verdict::Keep;
  }

 private:
  bool goes(const Item& item) const {
    const Entry* const entry = std::get_if<Entry>(&item);
    if (entry == nullptr) return keep_.has_value();
    return drop_.test(index_of(entry->field)) || (keep_ && !keep_->test(index_of(entry->field)));
  }

  void rename(Record& record, Entry& entry) const {
    for (const Renaming& renaming : renamings_) {
      if (entry.field != renaming.from) continue;
      entry.field = renaming.to;
      entry.key = {};
      entry.raw = {};
      record.layout = {};
      return;
    }
  }

  std::optional<FieldSet> keep_;
  FieldSet drop_;
  std::vector<Renaming> renamings_;
};

constexpr StepOption kOptions[] = {
    {"keep", "FIELD,…", "keep these fields and nothing else, unknown fields of the source included"},
    {"drop", "FIELD,…", "drop these fields"},
    {"rename", "OLD:NEW,…", "put the values of one field under another that holds values of the same kind"},
};

constexpr StepExample kExamples[] = {
    {"fields:drop=abstract,keyword", "leaves abstracts and keywords out"},
    {"fields:keep=title,author,issued,DOI", "leaves all but these out"},
    {"fields:rename=note:annote", "makes notes annotations"},
};

}  // namespace

const StepDescriptor& fields() {
  static constexpr StepDescriptor kStep = {
      "fields",
      "keep, drop or rename fields",
      "Fields are named as in the record schema (bibmill schema record). What this step drops was not wanted and is not reported "
      "as lost.",
      kOptions,
      kExamples,
      [](std::span<const StepArgument> arguments) -> AnyStep { return std::make_unique<const Fields>(arguments); },
  };
  return kStep;
}

}  // namespace bibmill::steps
