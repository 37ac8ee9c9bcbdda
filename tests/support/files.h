// Where the data of the tests stands, and how it is read from there.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/format.h"

namespace bibmill::support {

/// The folder of the project's fixtures.
std::filesystem::path fixtures();
/// The folder of real exports from outside the project; it may be absent.
std::filesystem::path samples();

/// The file as it is.
std::string bytes_of(const std::filesystem::path& path);
/// The text as readers get it: decoded, without byte-order mark.
std::string text_of(const std::filesystem::path& path);

/// All files below a folder with one of the extensions, in order; none where there is no folder.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder, std::span<const std::string_view> extensions);

/// The format's files among the fixtures, then among the traps; with `samples`, also among the real exports.
std::vector<std::filesystem::path> files_of(const Format& format, bool samples = false);

/// The text of fixtures/traps/<id>/<name>.
std::string trap(const Format& format, std::string_view name);

/// "a_b_c" for the name of a test.
std::string test_name(std::string_view text);

}  // namespace bibmill::support
