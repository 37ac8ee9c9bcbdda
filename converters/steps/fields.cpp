// fields: keeps, drops, renames or sets fields.
#include <algorithm>
#include <bitset>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/reflect.h"
#include "bibmill/step.h"
#include "bibmill/text/edtf.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/pages.h"
#include "bibmill/text/unicode.h"

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

/// The schemes of fields that hold identifiers of one kind.
struct Scheme {
  Field field;
  std::string_view name;
};
constexpr Scheme kSchemes[] = {{Field::Doi, "doi"}, {Field::Pmid, "pmid"}, {Field::Pmcid, "pmcid"}, {Field::Issn, "issn"}, {Field::Isbn, "isbn"}, {Field::NlmId, "nlm"}};

/// A field and what it is to say.
struct Setting {
  Field field;
  std::string text;
};

/// The text as a value of the field. Nothing where a line of text cannot say it: names and lists have parts that a comma or a dot would only guess at.
std::optional<Value> value_of(const Setting& setting, Arena& arena) {
  const Str text = arena.copy(setting.text);
  Value value = empty_value(setting.field);
  if (Text* const plain = std::get_if<Text>(&value)) {
    plain->value = text;
  } else if (RichText* const rich = std::get_if<RichText>(&value)) {
    *rich = RichText::of(arena, text);
  } else if (Pages* const pages = std::get_if<Pages>(&value)) {
    *pages = text::parse_pages(arena, text);
  } else if (Date* const date = std::get_if<Date>(&value)) {
    const std::optional<Date> parsed = text::parse_edtf(text);
    if (!parsed) return std::nullopt;
    *date = *parsed;
  } else if (Identifiers* const identifiers = std::get_if<Identifiers>(&value)) {
    const auto scheme = std::find_if(std::begin(kSchemes), std::end(kSchemes), [&](const Scheme& each) { return each.field == setting.field; });
    if (scheme == std::end(kSchemes)) return std::nullopt;
    Identifier identifier = text::make_identifier(arena, scheme->name, text);
    identifier.raw = {};
    identifiers->list.push_back(arena, identifier);
  } else {
    return std::nullopt;
  }
  return value;
}

/// "language:en"; what stands behind the first colon is the value.
Setting setting_of(std::string_view text, std::string_view option) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon + 1 == text.size()) throw UsageError(fmt::format("the step fields takes {}=FIELD:VALUE, not {}", option, text));
  Setting setting{field_for_step(text.substr(0, colon)), std::string(text.substr(colon + 1))};
  if (!text::is_valid_utf8(setting.text)) throw UsageError(fmt::format("the value for {} is no UTF-8", name_of(setting.field)));
  Arena arena;
  if (value_of(setting, arena)) return setting;
  const FieldInfo& field = info(setting.field);
  if (std::holds_alternative<Date>(empty_value(setting.field))) throw UsageError(fmt::format("{} takes a date such as 2015, 2015-06 or 2015-06-30, not {}", field.name, setting.text));
  throw UsageError(fmt::format("{} ({}) has parts that a text cannot tell apart, and cannot be set", field.name, field.type));
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
        for (const std::string& value : argument.values) add(argument.option, value);
      }
    }
    if (!keep_ && drop_.none() && renamings_.empty() && settings_.empty() && defaults_.empty()) throw UsageError("the step fields wants keep=, drop=, rename=, set= or default=");
  }

  Verdict record(Record& record, DiagnosticSink& diagnostics) const override {
    if (!types_.empty() && !types_.has(record.type)) return Verdict::Keep;
    record.remove_if([&](const Item& item) { return goes(item); });
    for (Item& item : record.items())
      if (Entry* const entry = std::get_if<Entry>(&item)) rename(record, *entry);
    for (const Setting& setting : settings_) set(record, setting, diagnostics);
    for (const Setting& setting : defaults_)
      if (!record.has(setting.field)) set(record, setting, diagnostics);
    return Verdict::Keep;
  }

 private:
  void add(std::string_view option, const std::string& value) {
    if (option == "type") types_ = types_ | type_for_step(value);
    if (option == "rename") renamings_.push_back(renaming_of(value));
    if (option == "set") settings_.push_back(setting_of(value, option));
    if (option == "default") defaults_.push_back(setting_of(value, option));
  }

  static void set(Record& record, const Setting& setting, DiagnosticSink& diagnostics) {
    const Value value = value_of(setting, record.arena()).value();
    std::size_t count = 0;
    for_each_entry(record, [&](const Entry& entry) { count += entry.field == setting.field ? 1 : 0; });
    const Entry* const present = record.find(setting.field);
    if (count == 1 && same_content(present->value, value)) return;
    const Span where = present == nullptr ? Span{} : present->span;
    const std::string_view how = present == nullptr ? "was missing, and is" : "is set to";
    record.set(setting.field, value);
    say_change(diagnostics, record, "step/fields", where, fmt::format("{} {} {}", name_of(setting.field), how, setting.text));
  }

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
  std::vector<Setting> settings_;
  std::vector<Setting> defaults_;
  TypeSet types_;  // empty: all
};

constexpr StepOption kOptions[] = {
    {"keep", "FIELD,…", "keep these fields and nothing else, unknown fields of the source included"},
    {"drop", "FIELD,…", "drop these fields"},
    {"rename", "OLD:NEW,…", "put the values of one field under another that holds values of the same kind"},
    {"set", "FIELD:VALUE,…", "make the field say this, whatever it said: a text, pages, a date (2015-06-30), or a DOI, PMID, PMCID, ISSN, ISBN or nlm-id"},
    {"default", "FIELD:VALUE,…", "the same where the record lacks the field"},
    {"type", "TYPE,…", "do all this to records of these types alone"},
};

constexpr StepExample kExamples[] = {
    {"fields:drop=abstract,keyword", "leaves abstracts and keywords out"},
    {"fields:keep=title,author,issued,DOI", "leaves all but these out"},
    {"fields:rename=note:annote", "makes notes annotations"},
    {"fields:type=webpage,default=medium:Internet,drop=publisher-place", "web pages are said to stand in the Internet, and in no town"},
    {"fields:set=language:en", "calls everything English"},
};

}  // namespace

const StepDescriptor& fields() {
  static constexpr StepDescriptor kStep = {
      "fields",
      "keep, drop, rename or set fields, of all records or of some types",
      "Fields are named as in the record schema (bibmill schema record). What this step drops was not wanted and is not reported "
      "as lost; what it sets is noted (--changes=all). The options work in the order keep and drop, rename, set, default. Fields that hold names or lists cannot be set. One record at a time. Renaming "
      "a to b and b to a is not the same done twice as once.",
      kOptions,
      kExamples,
      [](std::span<const StepArgument> arguments) -> AnyStep { return std::make_unique<const Fields>(arguments); },
  };
  return kStep;
}

}  // namespace bibmill::steps
