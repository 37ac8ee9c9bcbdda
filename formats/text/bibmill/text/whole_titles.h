// Titles in one piece, for formats that have one place for a title and none for what stands behind it.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "bibmill/ledger.h"
#include "bibmill/record.h"
#include "bibmill/text/function_ref.h"

namespace bibmill::text {

/// A title, its subtitle and its addition.
struct TitleParts {
  Field title;
  Field subtitle;
  Field addon;
};

inline constexpr std::array<TitleParts, 4> kTitleParts = {{
    {Field::Title, Field::Subtitle, Field::TitleAddon},
    {Field::MainTitle, Field::MainSubtitle, Field::MainTitleAddon},
    {Field::ContainerTitle, Field::ContainerSubtitle, Field::ContainerTitleAddon},
    {Field::EventTitle, Field::EventSubtitle, Field::EventTitleAddon},
}};

/// Did the reader of one of NLM's formats make the journal's title of its abbreviation, since there was no other? NLM's formats do not write it as a title.
bool is_abbreviation_alone(const Record& record, const Entry& container_title);

/// A record as a writer takes it that knows no subtitles: what has one stands in the title's entry, joined as `join_title` and `join_addon` do, and the entries of
/// its parts repeat it. Items keep their places, so that what is booked of this record holds for the other.
class WholeTitles {
 public:
  /// `takes`: does the table have a row that writes this field of this record? Parts that it does not take stay what they are. Nearly all records have none.
  WholeTitles(const Record& record, FunctionRef<bool(Field)> takes);

  const Record& record() const { return whole_ ? *whole_ : *record_; }

  /// What went out with a title is not lost, only no longer apart. To be said once the titles were booked.
  void book(Ledger& ledger) const;

 private:
  /// The items of one title, in the order in which they are joined; the first has the text of all.
  using Joined = std::vector<std::size_t>;

  void join(const TitleParts& parts, FunctionRef<bool(Field)> takes);

  const Record* record_;
  std::optional<Record> whole_;
  std::vector<Joined> joined_;
};

}  // namespace bibmill::text
