// Reading lists of journals and looking titles up.
#include "journal_list.h"

#include <algorithm>
#include <utility>

#include "bibmill/likeness.h"
#include "bibmill/text/unicode.h"
#include "csv.h"

namespace bibmill {

namespace {

std::string folded_title(std::string_view title) {
  std::string folded = folded_words(title);
  constexpr std::string_view kArticle = "the ";
  if (folded.starts_with(kArticle)) folded.erase(0, kArticle.size());
  return folded;
}

/// The line's value where it begins with that name.
std::string_view value_of(std::string_view line, std::string_view name) { return line.starts_with(name) ? text::trim(line.substr(name.size())) : std::string_view{}; }

}  // namespace

void JournalList::add(std::string_view full, std::string_view abbreviation) {
  full = text::trim(full);
  abbreviation = text::trim(abbreviation);
  if (full.empty() || abbreviation.empty()) return;
  const std::size_t number = pairs_.size();
  const auto note = [&](Index& index, std::string key, std::string_view other, std::string Pair::*side) {
    if (key.empty()) return;
    const auto [known, is_new] = index.emplace(std::move(key), Known{number, false});
    // "J. Coast. Notes" and "J Coast Notes" are no two answers.
    if (!is_new && folded_title(pairs_[known->second.pair].*side) != folded_title(other)) known->second.ambiguous = true;
  };
  note(by_full_, folded_title(full), abbreviation, &Pair::abbreviation);
  note(by_abbreviation_, folded_title(abbreviation), full, &Pair::full);
  pairs_.push_back({std::string(full), std::string(abbreviation)});
}

std::size_t JournalList::add_file(std::string_view text) {
  const std::size_t before = pairs_.size();
  std::string_view title;  // of NLM's list, which gives it some lines ahead
  std::string_view medline;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text::trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with("---")) {
      title = medline = {};
    } else if (const std::string_view full = value_of(line, "JournalTitle:"); !full.empty()) {
      title = full;
    } else if (const std::string_view abbreviation = value_of(line, "MedAbbr:"); !abbreviation.empty()) {
      medline = abbreviation;
      add(title, medline);
    } else if (const std::string_view iso = value_of(line, "IsoAbbr:"); !iso.empty()) {
      if (medline.empty()) add(title, iso);
    } else if (const std::size_t equals = line.find(" = "); equals != std::string_view::npos && line.find('"') == std::string_view::npos) {
      add(line.substr(0, equals), line.substr(equals + 3));
    } else {
      for (const char separator : {',', ';'}) {
        std::string_view row = line;
        const std::vector<std::string> fields = take_csv_row(row, separator);
        if (fields.size() < 2) continue;
        add(fields[0], fields[1]);
        break;
      }
    }
  }
  return pairs_.size() - before;
}

JournalTitle JournalList::find(std::string_view title) const {
  using Kind = JournalTitle::Kind;
  const std::string key = folded_title(title);
  const auto full = by_full_.find(key);
  const auto abbreviation = by_abbreviation_.find(key);
  // A title of one word is its own abbreviation.
  const bool is_full = full != by_full_.end();
  if (!is_full && abbreviation == by_abbreviation_.end()) return {};
  const Known& known = is_full ? full->second : abbreviation->second;
  const Pair& pair = pairs_[known.pair];
  return {is_full ? Kind::Full : Kind::Short, pair.full, pair.abbreviation, known.ambiguous};
}

}  // namespace bibmill
