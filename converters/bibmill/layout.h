// Layout: files laid out anew by the formats that they are in, and held against what they said before.
//
// A format's layout works on the text. Whatever it makes of it is read again; a file that would say anything else than before is left alone as a whole, and
// said to be. Encoding, byte-order mark and line ends stay.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bibmill/diagnostic.h"
#include "bibmill/format.h"
#include "bibmill/mend.h"

namespace bibmill {

struct LayoutInput {
  std::string path;                ///< "-" is the standard input
  std::string bytes;               ///< of the standard input; where there are none the file is read, so that of many one is in memory
  const Format* format = nullptr;  ///< null: the input is blank
};

/// Reads the input and recognises its format, unless `from` names it. Throws InputError, and UsageError for a packed file, which cannot be written back.
LayoutInput open_for_layout(const std::string& path, std::optional<Encoding> encoding, std::span<const Format* const> formats, const Format* from);

/// What is left as it stood, and where.
struct LeftAlone {
  Diagnostic diagnostic;
  Position position;
};

struct LaidOutFile {
  Mended mended;  ///< `refused`: it would have been read otherwise
  std::vector<LeftAlone> left;
  bool undecodable = false;  ///< some bytes are not of the file's encoding, and would not be written back as they stood: nothing was changed
};

/// The input's format must have a layout, or be null.
LaidOutFile lay_out(LayoutInput input, std::optional<Encoding> encoding, const Settings& settings);

/// The option of a layout that puts records in another order.
inline constexpr std::string_view kSortOption = "sort";

/// Do two texts hold the same records, and the same between them, whatever their layout?
bool say_the_same(const Format& format, std::string_view before, std::string_view after, bool in_any_order = false);

}  // namespace bibmill
