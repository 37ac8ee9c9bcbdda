// Counting losses, and saying them.
#include "bibmill/report.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace bibmill {

namespace {

/// "article-number" is "article number" in a sentence; "DOI" stays.
std::string spoken(std::string_view field) {
  std::string words(field);
  std::replace_if(
      words.begin(), words.end(), [](char c) { return c == '-' || c == '_'; }, ' ');
  return words;
}

/// "C7 (article number)", or the field alone where the key says the same.
std::string spoken_item(const LossNote& loss) {
  const std::string field = spoken(loss.field_name());
  return loss.key.empty() || loss.key == loss.field_name() ? field : fmt::format("{} ({})", loss.key, field);
}

struct Sentence {
  std::string text;
  bool plural = false;  // of what is lost: "--carry keeps them"
};

Sentence sentence_of(const LossNote& loss, const Format& target) {
  const std::string_view name = display_name(target);
  switch (loss.kind) {
    case Loss::Kind::DroppedField: return {fmt::format("{} has no place for {}", name, spoken_item(loss))};
    case Loss::Kind::NarrowedField:
      if (loss.part.empty()) return {fmt::format("{} has no place for all of {}", name, spoken_item(loss))};
      return {fmt::format("{} has no place for the {} of {}", name, loss.part, spoken_item(loss)), loss.part.ends_with('s')};
    case Loss::Kind::DroppedMarkup: return {fmt::format("{} has no place for {} in {}", name, loss.part, spoken_item(loss))};
    case Loss::Kind::UnknownField:
      if (loss.key.empty()) return {fmt::format("{} has no place for text without a field of {}", name, loss.origin)};
      return {fmt::format("{} has no place for {} as {} has it", name, loss.key, loss.origin)};
    case Loss::Kind::DroppedText: return {fmt::format("{} has no place for text between records", name)};
    case Loss::Kind::MergedType:
      return {fmt::format("{} has no type of its own for {}; a broader one is written", name, loss.key)};
  }
  return {};
}

std::string with_advice(Sentence sentence, bool can_carry) {
  if (can_carry) sentence.text += sentence.plural ? "; --carry keeps them" : "; --carry keeps it";
  return std::move(sentence.text);
}

}  // namespace

void LossTally::clear() {
  rows_.clear();
  next_.clear();
  for (auto& fields : first_) fields.fill(kNone);
  totals_.fill(0);
}

std::uint16_t& LossTally::chain(Loss::Kind kind, std::uint8_t field) {
  return first_[static_cast<std::size_t>(kind)][std::min<std::size_t>(field, kFieldCount)];
}

LossCount& LossTally::count(Loss::Kind kind, std::uint8_t field, std::string_view part, std::string_view origin,
                            std::string_view key) {
  ++totals_[static_cast<std::size_t>(kind)];
  // The key tells extras and types apart; of fields, whose keys are many and mean one thing, the part.
  const bool by_key = field == LossNote::kNoField;
  std::uint16_t* link = &chain(kind, field);
  std::size_t length = 0;
  for (; *link != kNone; link = &next_[*link], ++length) {
    LossCount& row = rows_[*link];
    const bool same = by_key ? row.first.key == key && row.first.origin == origin : row.first.part == part;
    if (same || length >= kMostKeys) {
      ++row.count;
      return row;
    }
  }
  *link = static_cast<std::uint16_t>(rows_.size());
  next_.push_back(kNone);
  LossCount& row = rows_.emplace_back();
  row.first.kind = kind;
  row.first.field = field;
  row.first.part = part;
  row.first.origin = origin;
  row.first.key = key;
  row.count = 1;
  return row;
}

void LossTally::add(const LossTally& later) {
  for (const LossCount& row : later.rows_) {
    LossCount& mine = count(row.first.kind, row.first.field, row.first.part, row.first.origin, row.first.key);
    if (mine.count == 1) {
      mine = row;
    } else {
      mine.count += row.count - 1;
    }
    totals_[static_cast<std::size_t>(row.first.kind)] += row.count - 1;
  }
}

std::uint64_t LossTally::total() const { return std::accumulate(totals_.begin(), totals_.end(), std::uint64_t{0}); }

void Totals::supply(std::string_view what, std::uint64_t count) {
  const auto known = std::find_if(supplied.begin(), supplied.end(), [&](const SupplyCount& each) { return each.what == what; });
  if (known == supplied.end()) {
    supplied.push_back({what, count});
  } else {
    known->count += count;
  }
}

std::string_view display_name(const Format& format) {
  return format.title.empty() ? format.id : format.title.substr(0, format.title.find(','));
}

std::string message_of(const LossNote& loss, const Format& target, bool can_carry) {
  return with_advice(sentence_of(loss, target), can_carry && loss.kind != Loss::Kind::MergedType);
}

std::string message_of(const LossCount& losses, const Format& target, bool can_carry) {
  const std::string message = message_of(losses.first, target, can_carry);
  return losses.count == 1 ? message : fmt::format("{} (first of {})", message, losses.count);
}

std::string shortened(std::string_view text, std::size_t most) {
  std::string line;
  for (std::size_t at = 0; at < text.size() && line.size() < most + 4; ++at)
    line += static_cast<unsigned char>(text[at]) < 0x20 ? ' ' : text[at];
  if (text.size() <= most) return line;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
  line.resize(end);
  return line + "…";
}

}  // namespace bibmill
