// Layout: how a record stood in its file, told as briefly as can be.
//
// Most files differ from what bibmill writes in their line ends and in the blank lines between records, and in nothing else. Of such a record a frame is
// enough: the blank lines before its first line, and its last line (ER) with all that follows. The lines between are the canonical ones, and end as that line does.
#pragma once

#include <string>
#include <string_view>

namespace bibmill::ris {

/// What Record::layout keeps of a record that stood as `text`, blank lines before it included, and is written as `canonical`, in lines that end in LF: nothing
/// if it stood so behind one blank line, a frame if that is enough, otherwise the text.
std::string layout_of(std::string_view text, std::string_view canonical);

/// Whether a layout is a frame, which needs the canonical text to be filled in.
bool is_frame(std::string_view layout);

/// The text of which the frame was made.
std::string fill(std::string_view frame, std::string_view canonical);

}  // namespace bibmill::ris
