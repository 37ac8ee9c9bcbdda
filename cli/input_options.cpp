// Reading the options of inputs.
#include "input_options.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/nearest.h"
#include "bibmill/text/encoding.h"

namespace bibmill::cli {

std::vector<std::string> inputs_from(const Arguments& arguments) {
  std::vector<std::string> inputs = arguments.operands();
  if (inputs.empty()) inputs.emplace_back("-");
  if (std::count(inputs.begin(), inputs.end(), "-") > 1) throw UsageError("standard input can be read once only");
  return inputs;
}

std::optional<Encoding> encoding_from(const Arguments& arguments) {
  if (!arguments.has(kEncodingOption.name())) return std::nullopt;
  const std::string_view name = arguments.value(kEncodingOption.name());
  if (const std::optional<Encoding> encoding = text::encoding_named(name)) return encoding;
  const std::vector<std::string_view> names = {"utf-8", "utf-16le", "utf-16be", "windows-1252", "latin1"};
  const std::string meant = suggestion(name, names);
  throw UsageError(fmt::format("there is no encoding {}{}", name, meant.empty() ? fmt::format("; there are {}", fmt::join(names, ", ")) : meant));
}

std::size_t threads_worth(const std::vector<std::string>& inputs, std::size_t most) {
  constexpr std::uintmax_t kWorthOne = 1 << 20;
  std::uintmax_t bytes = 0;
  for (const std::string& input : inputs) {
    std::error_code none;
    if (!std::filesystem::is_regular_file(input, none)) return most;
    const std::uintmax_t size = std::filesystem::file_size(input, none);
    if (none) return most;
    bytes += size;
  }
  return static_cast<std::size_t>(std::clamp<std::uintmax_t>(bytes / kWorthOne, 1, most));
}

std::size_t threads_from(const Arguments& arguments, const std::vector<std::string>& inputs) {
  constexpr std::uint64_t kMost = 256;
  if (arguments.has("jobs")) return static_cast<std::size_t>(number_from("jobs", arguments.value("jobs"), 1, kMost));
  return threads_worth(inputs, std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kMost));
}

}  // namespace bibmill::cli
