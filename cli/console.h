// Console: what a command says, and to whom. Results go to standard output, all else to standard error.
#pragma once

#include <string>
#include <string_view>

#include "bibmill/diagnostic.h"
#include "bibmill/pipeline.h"

namespace bibmill::cli {

/// Appends to a descriptor, through a buffer. Throws OutputError.
class DescriptorSink final : public TextSink {
 public:
  DescriptorSink(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
  void write(std::string_view text) override;
  void flush();

 private:
  /// What waits, and `text`.
  void write_now(std::string_view text);

  int descriptor_;
  std::string name_;
  std::string buffer_;
};

class Console {
 public:
  Console();

  TextSink& out() { return out_; }
  void print(std::string_view text) { out_.write(text); }
  void flush() { out_.flush(); }

  /// A line on standard error. A progress line gives way to it.
  void say(std::string_view line);
  /// "bibmill: error: …".
  void complain(std::string_view message);
  /// Shows a line that the next one replaces.
  void show_progress(std::string_view line);
  void clear_progress();

  bool out_is_terminal() const { return out_is_terminal_; }
  bool err_is_terminal() const { return err_is_terminal_; }
  /// Whether results may be coloured.
  bool out_in_colours() const;
  /// The word for a severity, in colour where that is wanted.
  std::string word_for(Severity severity) const;

 private:
  DescriptorSink out_;
  bool out_is_terminal_;
  bool err_is_terminal_;
  bool colours_;
  bool shows_progress_ = false;
};

}  // namespace bibmill::cli
