// The profiles: found by name, and written down as pages.
#include "profiles.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <cstddef>

#include "bibmill/mapping.h"

namespace bibmill::ris {

namespace {

constexpr std::string_view kManagers[] = {"EndNote", "Zotero", "Mendeley", "RefWorks", "Citavi", "Papers"};
static_assert(std::size(kManagers) == std::size(kProfiles));

constexpr bool names_profile(std::string_view profiles, std::string_view profile) {
  bool found = false;
  bibmill::detail::for_each_word(profiles, [&](std::string_view word) { found = found || word == profile; });
  return found;
}

static_assert([] {
  for (const Difference& row : kDifferences) {
    bool known = true;
    bibmill::detail::for_each_word(row.profiles, [&](std::string_view word) {
      bool found = false;
      for (const Profile& profile : kProfiles) found = found || profile.name == word;
      known = known && found;
    });
    if (!known || row.because.empty() || row.source.empty()) return false;
  }
  return true;
}(), "each row names its managers, its reason and its source");

std::string what_is_done(const Difference& row) {
  const std::string_view from = tag_of(row.from);
  switch (row.does) {
    case Do::Type: return fmt::format("`TY  - {}` instead of `{}`", row.to, row.from);
    case Do::UsualTypes: return "the usual name of a type, such as `JOUR` instead of `EJOUR`";
    case Do::Tag: return fmt::format("`{}  - {}` instead of `{}`", row.to, row.label, from);
    case Do::LeaveOut: return fmt::format("no `{}`; it is reported as lost", from);
    case Do::KeyAsWell: return fmt::format("the key in `{}`, beside `ID`", row.to);
    case Do::MarkBodies: return "a comma at the end of a body's name";
    case Do::SuffixInGiven: return "`Family, Given Suffix`";
    case Do::DatesInWords: return "`DA  - May 7` and `DA  - Nov-Dec` instead of `2016/05/07/`, `PY  - 2019-2020`, `Y2  - 2016-05-07`";
    case Do::Html: return "markup as HTML, unless `--rich-text` says otherwise";
  }
  return {};
}

std::string described(const Difference& row) {
  return row.with ? fmt::format("{}, beside `{}`", what_is_done(row), name_of(*row.with)) : what_is_done(row);
}

std::string types_of(const Difference& row) {
  if (row.types == kEveryType) return "all";
  std::string names;
  for (std::size_t at = 0; at < kTypeCount; ++at)
    if (row.types.has(static_cast<Type>(at))) names += fmt::format("{}{}", names.empty() ? "" : ", ", name_of(static_cast<Type>(at)));
  return names;
}

std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|' || c == '<') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string page_of(std::string_view manager, std::string_view profile) {
  std::string page = fmt::format(
      "# RIS for {}\n\n`bibmill convert --to ris --for {}` writes RIS as {} imports it best. What it writes otherwise than without a profile:\n\n"
      "| otherwise | for types | not if the record has | because | source |\n|---|---|---|---|---|\n",
      manager, profile, manager);
  for (const Difference& row : kDifferences)
    if (names_profile(row.profiles, profile))
      page += fmt::format("| {} | {} | {} | {} | {} |\n", described(row), types_of(row), row.unless ? name_of(*row.unless) : std::string_view{}, cell(row.because), row.source);
  page += fmt::format("\n## What {} imports\n\n| tags | become |\n|---|---|\n", manager);
  for (const Import& row : kImports)
    if (row.profile == profile) page += fmt::format("| {} | {} |\n", row.tags, cell(row.becomes));
  return page;
}

}  // namespace

template <std::size_t at>
std::string profile_page() {
  return page_of(kManagers[at], kProfiles[at].name);
}
template std::string profile_page<0>();
template std::string profile_page<1>();
template std::string profile_page<2>();
template std::string profile_page<3>();
template std::string profile_page<4>();
template std::string profile_page<5>();

Differences::Differences(std::string_view profile) {
  if (profile.empty()) return;
  for (const Difference& row : kDifferences)
    if (names_profile(row.profiles, profile)) rows_.push_back(&row);
}

const Difference* Differences::find(Do does, std::string_view from, const Record& record) const {
  for (const Difference* const row : rows_)
    if (row->does == does && row->from == from && row->types.has(record.type) && !(row->unless && record.has(*row->unless)) && (!row->with || record.has(*row->with))) return row;
  return nullptr;
}

bool Differences::has(Do does) const {
  return std::any_of(rows_.begin(), rows_.end(), [&](const Difference* row) { return row->does == does; });
}

}  // namespace bibmill::ris
