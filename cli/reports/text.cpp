// Words for people.
#include "reports/text.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace bibmill::cli {

namespace {

constexpr std::chrono::milliseconds kBetweenProgress{200};

void say_line(Console& console, const Place& place, Severity severity, std::string_view message, std::string_view code) {
  console.say(fmt::format("{}: {}: {} [{}]", in_words(place), console.word_for(severity), message, code));
}

std::string lost_in_words(const Totals& totals) {
  const LossTally& losses = totals.losses;
  std::vector<std::string> parts;
  const auto add = [&](std::uint64_t count, std::string_view noun, std::string_view what) {
    if (count > 0) parts.push_back(fmt::format("{} {}", counted(count, noun), what));
  };
  add(losses.total(Loss::Kind::DroppedField) + losses.total(Loss::Kind::UnknownField), "field", "lost");
  add(losses.total(Loss::Kind::NarrowedField) + losses.total(Loss::Kind::DroppedMarkup), "field", "narrowed");
  add(losses.total(Loss::Kind::MergedType), "type", "merged");
  std::string text = fmt::format("{}", fmt::join(parts, ", "));
  if (totals.records_with_losses > 0) text += fmt::format(" in {}", counted(totals.records_with_losses, "record"));
  const std::uint64_t between = losses.total(Loss::Kind::DroppedText);
  if (between > 0) text += fmt::format("{}{} between records lost", text.empty() ? "" : ", ", counted(between, "text"));
  return text.empty() ? "nothing lost" : text;
}

}  // namespace

std::string in_words(const Place& place) {
  if (place.position.line == 0) return std::string(place.source);
  return fmt::format("{}:{}:{}", place.source, place.position.line, place.position.column);
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string closing_line(const Totals& totals, const Format& to) {
  struct Source {
    const Format* format;
    std::uint64_t records;
  };
  std::vector<Source> sources;
  for (const InputCount& input : totals.inputs) {
    if (input.format == nullptr) continue;
    const auto known =
        std::find_if(sources.begin(), sources.end(), [&](const Source& source) { return source.format == input.format; });
    if (known == sources.end()) {
      sources.push_back({input.format, input.records});
    } else {
      known->records += input.records;
    }
  }
  std::string line;
  for (const Source& source : sources)
    line += line.empty() ? fmt::format("{} from {}", counted(source.records, "record"), source.format->id)
                         : fmt::format(", {} from {}", source.records, source.format->id);
  if (sources.empty()) line = counted(0, "record");
  if (totals.records_dropped > 0) line += fmt::format(", {} left out", totals.records_dropped);
  line += fmt::format(", {} written as {}, {}", totals.records_written, to.id, lost_in_words(totals));
  if (totals.errors > 0) line += fmt::format(", {}", counted(totals.errors, "error"));
  return line;
}

void say(Console& console, const Place& place, const Diagnostic& diagnostic) {
  say_line(console, place, diagnostic.severity, diagnostic.message, diagnostic.code);
}

void TextReport::say(const Place& place, Severity severity, std::string_view message, std::string_view code) {
  say_line(*console_, place, severity, message, code);
}

void TextReport::diagnostic(const Place& place, const Diagnostic& diagnostic) {
  const bool is_change = diagnostic.severity == Severity::Note && diagnostic.code.starts_with(kStepCode);
  if (is_change && changes_ != Losses::All) return count_change(place, diagnostic);
  cli::say(*console_, place, diagnostic);
}

void TextReport::count_change(const Place& place, const Diagnostic& diagnostic) {
  const auto known = std::find_if(change_counts_.begin(), change_counts_.end(), [&](const ChangeCount& each) { return each.code == diagnostic.code; });
  if (known != change_counts_.end()) {
    ++known->count;
  } else {
    change_counts_.push_back({diagnostic.code, std::string(place.source), place.position, diagnostic.message, 1});
  }
}

void TextReport::loss(const Place& place, const LossNote& loss) {
  if (losses_ == Losses::All) say(place, Severity::Warning, message_of(loss, *to_, can_carry_), code_of(loss.kind));
}

void TextReport::progress(const Totals& totals) {
  if (!shows_progress_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_progress_ < kBetweenProgress) return;
  last_progress_ = now;
  console_->show_progress(fmt::format("{}, {} MB", counted(totals.records_read, "record"), totals.bytes_read >> 20U));
}

void TextReport::finish(const Totals& totals, bool closing) {
  console_->clear_progress();
  if (changes_ == Losses::Summary)
    for (const ChangeCount& change : change_counts_)
      say({change.source, change.position}, Severity::Note, change.count == 1 ? change.message : fmt::format("{} (first of {}; --changes=all shows them)", change.message, change.count), change.code);
  if (losses_ == Losses::Summary)
    for (const LossCount& row : totals.losses.rows())
      say({row.source, row.position}, Severity::Warning, message_of(row, *to_, can_carry_), code_of(row.first.kind));
  if (losses_ == Losses::All)
    for (const InputCount& input : totals.inputs)
      if (!input.producer.empty())
        say({input.name, {}}, Severity::Note, fmt::format("it is {} as {} writes it", display_name(*input.format), input.producer), "input/producer");
  if (closing) console_->say(closing_line(totals, *to_));
}

}  // namespace bibmill::cli
