// Words for programs.
#include "reports/json.h"

#include <fmt/format.h>

#include "bibmill/catalogue.h"
#include "bibmill/reasons.h"
#include "bibmill/text/encoding.h"
#include "reports/json_counts.h"

namespace bibmill::cli {

JsonReport::JsonReport(const std::string& path, const Format& to, bool can_carry, const LossPolicy& policy, Listener& next)
    : file_(path), json_(text_, 1), to_(&to), can_carry_(can_carry), policy_(&policy), next_(&next) {
  json_.begin_map();
  json_.member("program", "bibmill " BIBMILL_VERSION);
  json_.member("to", to.id);
  json_.key("findings");
  json_.begin_list();
}

void JsonReport::member(std::string_view name, std::string_view value) {
  if (!value.empty()) json_.member(name, value);
}

void JsonReport::number(std::string_view name, std::uint64_t value) { emit_count(json_, name, value); }

void JsonReport::list(std::string_view name, const std::vector<std::string>& values) {
  if (values.empty()) return;
  json_.key(name);
  json_.begin_list();
  for (const std::string& value : values) json_.text(value);
  json_.end_list();
}

/// Why, and what would have kept it.
void JsonReport::reason(const LossNote& loss) {
  member("rows", rows_of(loss, *to_));
  member("why", why_lost(loss, *to_));
  list("kept-by", keepers_of(loss, *to_, can_carry_, all_formats()));
  if (!policy_->is_allowed(loss)) return;
  json_.key("allowed");
  json_.boolean(true);
}

void JsonReport::place(const Place& place) {
  member("source", place.source);
  if (place.position.line == 0) return;
  number("line", place.position.line);
  number("column", place.position.column);
}

void JsonReport::begin_finding(std::string_view code, Severity severity, std::string_view message, const Place& where) {
  json_.begin_map();
  json_.member("code", code);
  json_.member("severity", name_of(severity));
  json_.member("message", message);
  place(where);
}

void JsonReport::end_finding() {
  json_.end_map();
  file_.write(text_);
  text_.clear();
}

void JsonReport::diagnostic(const Place& place, const Diagnostic& diagnostic) {
  begin_finding(diagnostic.code, diagnostic.severity, diagnostic.message, place);
  member("record-key", diagnostic.key);
  end_finding();
  next_->diagnostic(place, diagnostic);
}

void JsonReport::loss(const Place& place, const LossNote& loss) {
  begin_finding(code_of(loss.kind), Severity::Warning, message_of(loss, *to_, can_carry_), place);
  if (loss.record_number > 0) number("record", loss.record_number);
  member("record-key", loss.record_key);
  member("field", loss.field_name());
  member("key", loss.key);
  member("part", loss.part);
  member("origin", loss.origin);
  member("value", loss.value);
  reason(loss);
  end_finding();
  next_->loss(place, loss);
}

void JsonReport::supply(const Place& place, const SupplyNote& supply) {
  begin_finding(fmt::format("supplied/{}", supply.what), Severity::Note,
                fmt::format("{} supplied, since {} demands it", supply.what, display_name(*to_)), place);
  number("record", supply.record_number);
  member("record-key", supply.record_key);
  member("value", supply.value);
  end_finding();
  next_->supply(place, supply);
}

void JsonReport::losses(const Totals& totals) {
  json_.key("losses");
  json_.begin_list();
  for (const LossCount& row : totals.losses.rows()) {
    json_.begin_map();
    json_.member("code", code_of(row.first.kind));
    member("field", row.first.field_name());
    member("key", row.first.key);
    member("part", row.first.part);
    member("origin", row.first.origin);
    number("count", row.count);
    reason(row.first);
    json_.key("first");
    json_.begin_map();
    place({row.source, row.position});
    if (row.first.record_number > 0) number("record", row.first.record_number);
    member("value", row.first.value);
    json_.end_map();
    json_.end_map();
  }
  json_.end_list();
  json_.key("supplied");
  json_.begin_list();
  for (const SupplyCount& supply : totals.supplied) {
    json_.begin_map();
    json_.member("what", supply.what);
    number("count", supply.count);
    json_.end_map();
  }
  json_.end_list();
}

void JsonReport::inputs(const Totals& totals) {
  json_.key("inputs");
  json_.begin_list();
  for (const InputCount& input : totals.inputs) {
    json_.begin_map();
    json_.member("name", input.name);
    if (input.format != nullptr) json_.member("format", input.format->id);
    if (!input.producer.empty()) json_.member("producer", input.producer);
    json_.member("encoding", text::name_of(input.encoding));
    number("records", input.records);
    json_.end_map();
  }
  json_.end_list();
}

void JsonReport::totals(const Totals& totals) {
  const LossTally& losses = totals.losses;
  json_.key("totals");
  json_.begin_map();
  number("read", totals.records_read);
  number("left-out", totals.records_dropped);
  number("written", totals.records_written);
  number("with-losses", totals.records_with_losses);
  number("errors", totals.errors);
  number("warnings", totals.warnings);
  number("lost", losses.total(Loss::Kind::DroppedField) + losses.total(Loss::Kind::UnknownField));
  number("narrowed", losses.total(Loss::Kind::NarrowedField) + losses.total(Loss::Kind::DroppedMarkup));
  number("types-merged", losses.total(Loss::Kind::MergedType));
  number("texts-lost", losses.total(Loss::Kind::DroppedText));
  json_.end_map();
}

void JsonReport::finish(const Totals& all) {
  json_.end_list();
  losses(all);
  inputs(all);
  totals(all);
  json_.end_map();
  text_ += '\n';
  file_.write(text_);
  file_.commit();
}

}  // namespace bibmill::cli
