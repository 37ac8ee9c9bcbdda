// Citations in LaTeX sources: the commands of the packages and of the manuscript itself, without expanding anything else.
#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "bibmill/text/unicode.h"
#include "manuscript/citations.h"
#include "manuscript/latex_commands.h"

namespace bibmill {

namespace {

constexpr std::string_view kVerbatim[] = {"verbatim", "verbatim*", "Verbatim", "Verbatim*", "BVerbatim", "LVerbatim", "lstlisting", "minted", "comment", "filecontents", "filecontents*", "alltt"};

/// They define a command, whose name comes first.
constexpr std::string_view kDefiners[] = {"newcommand", "renewcommand", "providecommand", "DeclareRobustCommand", "newrobustcmd", "NewDocumentCommand", "RenewDocumentCommand",
                                          "ProvideDocumentCommand", "DeclareDocumentCommand", "def", "gdef", "edef", "xdef", "let", "DeclareCiteCommand", "DeclareMultiCiteCommand"};

/// Files that are read as if they stood here.
constexpr std::string_view kIncluders[] = {"input", "include", "subfile", "subfileinclude"};
constexpr std::string_view kImporters[] = {"import", "subimport", "inputfrom", "subinputfrom", "includefrom", "subincludefrom"};

/// They name keys, and cite nothing: the keys stand in that argument in braces.
struct Mention {
  std::string_view command;
  unsigned argument;
};
constexpr Mention kMentions[] = {{"defcitealias", 1}, {"shortcites", 1}, {"addtocategory", 2}, {"defbibentryset", 2}};

template <std::size_t size>
bool is_one_of(std::string_view name, const std::string_view (&names)[size]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool is_command_letter(char c) { return text::is_ascii_letter(c) || c == '@'; }

class Latex {
 public:
  Latex(std::string_view text, LatexCommands& commands, CitationSink& sink) : text_(text), commands_(&commands), sink_(&sink) {}

  void read() {
    while (at_ < text_.size() && !ended_) {
      const char c = text_[at_];
      if (c == '%') {
        skip_line();
      } else if (c == '\\') {
        const std::size_t begin = at_;
        command(take_command(), begin);
      } else {
        ++at_;
      }
    }
  }

 private:
  struct Group {
    std::string_view inside;
    std::size_t begin = 0;  // of the inside
  };

  void skip_line() { at_ = std::min(text_.find('\n', at_), text_.size() - 1) + 1; }

  /// Blanks, line ends and comments between a command and its arguments.
  void skip_blanks() {
    while (at_ < text_.size()) {
      if (text_[at_] == '%') {
        skip_line();
      } else if (text::is_blank(text_[at_])) {
        ++at_;
      } else {
        return;
      }
    }
  }

  bool next_is(char c) {
    skip_blanks();
    return at_ < text_.size() && text_[at_] == c;
  }

  /// The name behind a backslash; a single character where that is no letter.
  std::string_view take_command() {
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && is_command_letter(text_[at_])) ++at_;
    if (at_ == begin && at_ < text_.size()) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  /// What stands between two brackets, the inner pairs of braces skipped. Nothing where the next thing is something else.
  std::optional<Group> take_group(char open, char close) {
    if (!next_is(open)) return std::nullopt;
    const std::size_t begin = at_ + 1;
    std::size_t depth = 0;
    const std::size_t limit = std::min(begin + kLongestGroup, text_.size());
    for (std::size_t at = begin; at < limit; ++at) {
      const char c = text_[at];
      if (c == '\\') {
        ++at;
      } else if (c == '%') {
        at = std::min(text_.find('\n', at), text_.size() - 1);
      } else if (depth == 0 && c == close) {
        at_ = at + 1;
        return Group{text_.substr(begin, at - begin), begin};
      } else if (c == '{') {
        ++depth;
      } else if (c == '}') {
        if (depth == 0) return std::nullopt;
        --depth;
      }
    }
    return std::nullopt;
  }

  void command(std::string_view name, std::size_t begin) {
    if (name == "verb" || name == "lstinline" || name == "mintinline") return verbatim(name);
    if (name == "begin") return environment();
    if (name == "iffalse") return skip_conditional();
    if (name == "endinput") return end();
    if (name == "end") return end_environment();
    if (name == "newcites") return new_cites();
    if (is_one_of(name, kDefiners)) return define(name);
    if (is_one_of(name, kIncluders)) return include(begin);
    if (is_one_of(name, kImporters)) return import(begin);
    for (const Mention& row : kMentions)
      if (row.command == name) return mention(row.argument);
    if (const CiteCommand* const cites = commands_->find(name)) return cite(*cites);
    warn_of(name, begin);
  }

  void end() { ended_ = true; }

  void verbatim(std::string_view name) {
    if (name == "mintinline") take_group('{', '}');
    if (name != "verb") take_group('[', ']');
    if (at_ < text_.size() && text_[at_] == '*') ++at_;
    if (at_ >= text_.size()) return;
    if (text_[at_] == '{') {
      take_group('{', '}');
      return;
    }
    const std::size_t line_end = std::min(text_.find('\n', at_), text_.size());
    const std::size_t close = text_.substr(0, line_end).find(text_[at_], at_ + 1);
    at_ = close < line_end ? close + 1 : line_end;
  }

  void environment() {
    const std::optional<Group> name = take_group('{', '}');
    if (!name) return;
    if (name->inside == "displaycquote") return cite({"displaycquote", 1, false});
    if (name->inside == "foreigndisplaycquote") return cite({"foreigndisplaycquote", 2, false});
    if (!is_one_of(name->inside, kVerbatim)) return;
    const std::string closing = fmt::format("\\end{{{}}}", name->inside);
    const std::size_t close = text_.find(closing, at_);
    at_ = close == std::string_view::npos ? text_.size() : close + closing.size();
  }

  void end_environment() {
    const std::optional<Group> name = take_group('{', '}');
    if (name && name->inside == "document") end();
  }

  /// \iffalse … \fi is a comment; conditionals within it are counted.
  void skip_conditional() {
    for (std::size_t depth = 1; depth > 0 && at_ < text_.size();) {
      if (text_[at_] == '%') {
        skip_line();
      } else if (text_[at_] == '\\') {
        const std::string_view name = take_command();
        if (name == "fi") --depth;
        if (name == "else" && depth == 1) return;
        if (name.starts_with("if") && name != "iff") ++depth;
      } else {
        ++at_;
      }
    }
  }

  void new_cites() {
    const std::optional<Group> suffixes = take_group('{', '}');
    if (suffixes) for_each_key(*suffixes, [&](std::string_view suffix, std::size_t) { commands_->add_suffix(suffix); });
  }

  /// Takes the name and the shape of the arguments; the body is read like all text, and a key "#1" in it makes the command a citing one.
  void define(std::string_view definer) {
    if (at_ < text_.size() && text_[at_] == '*') ++at_;
    std::string_view name;
    if (next_is('{')) {
      const std::optional<Group> group = take_group('{', '}');
      if (!group) return;
      name = text::trim(group->inside);
      if (name.starts_with('\\')) name.remove_prefix(1);
    } else if (at_ < text_.size() && text_[at_] == '\\') {
      name = take_command();
    }
    if (name.empty() || definer == "let") return;
    defined_ = {std::string(name), 0, at_};
    if (definer.ends_with("def")) {
      at_ = std::min(text_.find('{', at_), text_.size());
    } else if (definer.ends_with("DocumentCommand")) {
      if (const std::optional<Group> shape = take_group('{', '}')) defined_.optional = static_cast<unsigned>(std::count_if(shape->inside.begin(), shape->inside.end(), [](char c) { return c == 'o' || c == 'O' || c == 's'; }));
    } else {
      take_group('[', ']');
      if (take_group('[', ']')) defined_.optional = 1;
    }
    const std::size_t body = at_;
    if (take_group('{', '}')) {
      defined_.end = at_;
      at_ = body + 1;
    }
  }

  void include(std::size_t begin) {
    if (const std::optional<Group> file = take_group('{', '}')) {
      sink_->include(text::trim(file->inside), {}, ".tex", begin);
    } else if (at_ < text_.size() && text_[at_] != '\\') {
      const std::size_t name = at_;
      while (at_ < text_.size() && !text::is_blank(text_[at_]) && text_[at_] != '%' && text_[at_] != '\\') ++at_;
      if (at_ > name) sink_->include(text_.substr(name, at_ - name), {}, ".tex", begin);
    }
  }

  void import(std::size_t begin) {
    if (at_ < text_.size() && text_[at_] == '*') ++at_;
    const std::optional<Group> folder = take_group('{', '}');
    const std::optional<Group> file = take_group('{', '}');
    if (folder && file) sink_->include(text::trim(file->inside), text::trim(folder->inside), ".tex", begin);
  }

  /// Notes stand in brackets (apacite: also in angles) before the keys; lists of biblatex begin with notes in parentheses.
  void cite(const CiteCommand& command) {
    if (at_ < text_.size() && (text_[at_] == '*' || text_[at_] == '+')) ++at_;
    while (command.repeats && take_group('(', ')')) {
    }
    do {
      unsigned argument = 0;
      while (argument < command.argument) {
        while (take_group('<', '>') || take_group('[', ']')) {
        }
        const std::optional<Group> group = take_group('{', '}');
        if (!group) return;
        if (++argument == command.argument) cite_keys(*group);
      }
    } while (command.repeats && (next_is('[') || next_is('{')));
  }

  void mention(unsigned argument) {
    std::optional<Group> group;
    for (unsigned at = 0; at < argument; ++at)
      if (group = take_group('{', '}'); !group) return;
    for_each_key(*group, [&](std::string_view key, std::size_t offset) { sink_->mention(key, offset); });
  }

  void cite_keys(const Group& group) {
    for_each_key(group, [&](std::string_view key, std::size_t offset) {
      if (key == "*") {
        sink_->cite_all();
      } else if (key.size() == 2 && key[0] == '#' && text::is_ascii_digit(key[1])) {
        define_by_key(static_cast<unsigned>(key[1] - '0'));
      } else if (key.find_first_of("#\\{}") == std::string_view::npos) {
        sink_->cite(key, offset);
      }
    });
  }

  /// Of \newcommand{\mine}[2][]{\cite{#2}} the second parameter is the first argument in braces.
  void define_by_key(unsigned parameter) {
    if (at_ > defined_.end || parameter <= defined_.optional) return;
    commands_->define(defined_.name, parameter - defined_.optional);
  }

  template <class Take>
  static void for_each_key(const Group& group, Take&& take) {
    std::size_t at = 0;
    while (at <= group.inside.size()) {
      const std::size_t end = std::min(group.inside.find(',', at), group.inside.size());
      std::size_t begin = at;
      // A comment may stand between two keys.
      while (begin < end && (text::is_blank(group.inside[begin]) || group.inside[begin] == '%')) {
        if (group.inside[begin] == '%') begin = std::min(group.inside.find('\n', begin), end);
        if (begin < end) ++begin;
      }
      std::string_view key = group.inside.substr(begin, end - begin);
      key = text::trim(key.substr(0, key.find('%')));
      if (!key.empty()) take(key, group.begin + begin);
      at = end + 1;
    }
  }

  void warn_of(std::string_view name, std::size_t begin) {
    if (at_ >= text_.size() || (text_[at_] != '{' && text_[at_] != '[') || !commands_->is_suspicious(name)) return;
    sink_->warn("cited/unknown-command", begin, fmt::format("\\{} may cite, and is not known; command={} tells that it does", name, name));
  }

  struct Defined {
    std::string name;
    unsigned optional = 0;  // how many of its parameters are no arguments in braces
    std::size_t end = 0;    // of its body
  };

  std::string_view text_;
  LatexCommands* commands_;
  CitationSink* sink_;
  std::size_t at_ = 0;
  Defined defined_;
  bool ended_ = false;
};

}  // namespace

void read_latex(std::string_view text, LatexCommands& commands, CitationSink& sink) { Latex(text, commands, sink).read(); }

}  // namespace bibmill
