// The citation commands of LaTeX: those of the packages, as a table, and those that a manuscript defines for itself.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bibmill {

/// How a command cites.
struct CiteCommand {
  std::string_view name;  ///< in lower case where only its first letter may be a capital
  unsigned argument = 1;  ///< which of its arguments in braces holds the keys
  bool repeats = false;   ///< biblatex's lists: \cites[2]{a}[3]{b}
};

class LatexCommands {
 public:
  explicit LatexCommands(const std::vector<std::string>& further);

  /// Null if the command does not cite.
  const CiteCommand* find(std::string_view name) const;
  /// A command of the manuscript's own.
  void define(std::string_view name, unsigned argument);
  /// multibib's \newcites{app}: \citeapp, \nociteapp …
  void add_suffix(std::string_view suffix) { suffixes_.emplace_back(suffix); }
  /// Does the name say that it cites, though nothing is known of it? True once for each name.
  bool is_suspicious(std::string_view name);

 private:
  std::map<std::string, CiteCommand, std::less<>> own_;
  std::vector<std::string> suffixes_;
  std::vector<std::string> suspects_;
};

}  // namespace bibmill
