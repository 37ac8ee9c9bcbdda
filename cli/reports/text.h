// Reports as text: one line a message, and the closing line.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "bibmill/pipeline.h"
#include "console.h"

namespace bibmill::cli {

/// "refs.ris:212:1"; only the name where no line is known.
std::string in_words(const Place& place);

/// Says a diagnostic on standard error, as one line.
void say(Console& console, const Place& place, const Diagnostic& diagnostic);

/// "1 record", "6 records".
std::string counted(std::uint64_t count, std::string_view noun);

/// "6 records from ris, 6 written as bibtex, 3 fields lost in 2 records".
std::string closing_line(const Totals& totals, const Format& to);

/// Says diagnostics as they come, and losses as they are wanted.
class TextReport final : public Listener {
 public:
  enum class Losses { None, Summary, All };  // how much is said of losses, and of what steps change

  TextReport(Console& console, const Format& to, Losses losses, Losses changes, bool can_carry, bool shows_progress)
      : console_(&console), to_(&to), losses_(losses), changes_(changes), can_carry_(can_carry), shows_progress_(shows_progress) {}

  void diagnostic(const Place& place, const Diagnostic& diagnostic) override;
  void loss(const Place& place, const LossNote& loss) override;
  void progress(const Totals& totals) override;
  /// What is said when all is done.
  void finish(const Totals& totals, bool closing);

 private:
  /// What one step changed: the first of it, and how often.
  struct ChangeCount {
    std::string_view code;
    std::string source;
    Position position;
    std::string message;
    std::uint64_t count = 0;
  };

  void say(const Place& place, Severity severity, std::string_view message, std::string_view code);
  void count_change(const Place& place, const Diagnostic& diagnostic);

  Console* console_;
  const Format* to_;
  Losses losses_;
  Losses changes_;
  bool can_carry_;
  bool shows_progress_;
  std::chrono::steady_clock::time_point last_progress_{};
  std::vector<ChangeCount> change_counts_;
};

}  // namespace bibmill::cli
