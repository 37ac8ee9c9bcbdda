// One item laid out anew: its tree as our writer lays trees out, its comments where they stood.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bibmill::yaml {

/// Where a member of an item goes: those of a lower rank first, and of one rank by name where `by_name`.
struct MemberOrder {
  std::string_view order = "source";  ///< source, name, model, or names divided by commas

  bool is_source() const { return order == "source"; }
  std::size_t rank(std::string_view key) const;
};

struct LaidOutItem {
  std::optional<std::string> text;  ///< from column 0, lines divided by LF, none at the end
  std::string_view why;             ///< it stays as it stands, where there is no text; empty: it is no item
};

/// `source` holds whole lines: an item with its dash, an item under its id, or an item that is a document.
LaidOutItem lay_out_item(std::string_view source, const MemberOrder& order);

}  // namespace bibmill::yaml
