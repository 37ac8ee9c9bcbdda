// Which losses make a conversion fail: those that --fail-on names, less those that were allowed.
//
// A loss is named by its field ("DOI", "abstract"), by field and part ("author/affiliations"), or as what has no field: "type", "text" (between records), "unknown" (keys
// that only the source's format knows).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/report.h"

namespace bibmill::cli {

class LossPolicy {
 public:
  /// `words` as --fail-on has them: "error", "warning", "loss", "loss:DOI,abstract". Throws UsageError.
  explicit LossPolicy(std::string_view words);

  /// Losses of these names, divided by commas, are known and accepted: for --allow-loss, and for a list in a file. Throws UsageError.
  void allow(std::string_view names);

  bool is_allowed(const LossNote& loss) const { return matches(allowed_, loss); }
  /// Would this loss make the conversion fail?
  bool fails_on(const LossNote& loss) const { return fails_on_loss_ && !is_allowed(loss) && (watched_.empty() || matches(watched_, loss)); }
  /// Does what became of the conversion make it fail?
  bool fails(const Totals& totals) const;

 private:
  /// One name: a field, or what has none, and perhaps a part.
  struct Name {
    bool is_field = false;
    std::uint8_t field = LossNote::kNoField;
    Loss::Kind kind = Loss::Kind::DroppedField;  // of what has no field
    std::string part;
  };

  static Name parse(std::string_view option, std::string_view word);
  static std::vector<Name> parse_list(std::string_view option, std::string_view words);
  static bool matches(const std::vector<Name>& names, const LossNote& loss);

  bool fails_on_loss_ = false;
  bool fails_on_warning_ = false;
  std::vector<Name> watched_;  // empty: all
  std::vector<Name> allowed_;
};

}  // namespace bibmill::cli
