// Reading, running and comparing cases.
#include "case.h"

#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

#include <fmt/format.h>

#include "support/folder.h"

namespace bibmill::cases {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kFence = "```";
constexpr std::string_view kNoLineFeed = "\\ No newline at the end\n";
constexpr std::string_view kEllipsis = "…";

/// The next line with its line feed; taken off the text.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size() - 1);
  const std::string_view line = text.substr(0, end + 1);
  text.remove_prefix(end + 1);
  return line;
}

std::string_view trimmed(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == ' ')) line.remove_suffix(1);
  return line;
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Where a command runs, and what is kept beside that.
class Folder {
 public:
  Folder() { fs::create_directory(work()); }
  fs::path work() const { return beside("work"); }
  fs::path beside(std::string_view name) const { return folder_.path() / name; }

 private:
  support::Folder folder_;
};

struct Answer {
  std::string out;
  std::string err;
  int code = 0;
};

/// Runs a shell command in the folder. The environment that matters to the program is fixed.
Answer run(const Folder& folder, const std::string& command) {
  const fs::path script = folder.beside("command");
  std::ofstream(script) << fmt::format(
      "cd '{}' || exit 99\nexport PATH='{}':\"$PATH\" FIXTURES='{}/fixtures' NO_COLOR=1 LC_ALL=C.UTF-8\n{}\n",
      folder.work().string(), fs::path(BIBMILL_BINARY).parent_path().string(), BIBMILL_SOURCE_DIR, command);
  const std::string line = fmt::format("sh '{}' >'{}' 2>'{}' </dev/null", script.string(), folder.beside("out").string(),
                                       folder.beside("err").string());
  const int status = std::system(line.c_str());
  Answer answer;
  answer.out = read_file(folder.beside("out"));
  answer.err = read_file(folder.beside("err"));
  answer.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return answer;
}

std::string command_of(const Part& console) {
  if (!console.body.starts_with("$ ")) throw std::runtime_error("a console part begins with \"$ \" and a command");
  return console.body.substr(2, console.body.find('\n') - 2);
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

/// The fixtures stand elsewhere on every machine.
std::string anywhere(std::string text) {
  replace_all(text, BIBMILL_SOURCE_DIR "/fixtures", "${FIXTURES}");
  return text;
}

/// What is expected of one command, by kind and name: stderr and exit code of those that say nothing of them too.
std::map<std::string, std::string> expectations(const Document& document, std::size_t console) {
  std::map<std::string, std::string> expected = {{"stderr", ""}, {"exit", "0"}};
  expected["stdout"] = document.parts[console].body;
  for (std::size_t at = console + 1; at < document.parts.size() && document.parts[at].kind != "console"; ++at) {
    const Part& part = document.parts[at];
    if (part.kind == "stderr") expected["stderr"] = part.body;
    if (part.kind == "exit") expected["exit"] = part.name;
    if (part.kind == "content") expected["content " + part.name] = part.body;
  }
  return expected;
}

bool is_expectation(const Part& part) { return part.kind == "stderr" || part.kind == "exit"; }

}  // namespace

Document parse(std::string_view markdown) {
  Document document;
  document.texts.emplace_back();
  while (!markdown.empty()) {
    const std::string_view line = take_line(markdown);
    if (!line.starts_with(kFence)) {
      document.texts.back() += line;
      continue;
    }
    const std::string_view words = trimmed(line.substr(kFence.size()));
    const std::size_t blank = std::min(words.find(' '), words.size());
    Part part{std::string(words.substr(0, blank)), std::string(words.substr(std::min(blank + 1, words.size()))), {}};
    while (!markdown.empty()) {
      const std::string_view inside = take_line(markdown);
      if (trimmed(inside) == kFence) break;
      part.body += inside;
    }
    document.parts.push_back(std::move(part));
    document.texts.emplace_back();
  }
  return document;
}

std::string print(const Document& document) {
  std::string markdown;
  for (std::size_t at = 0; at < document.parts.size(); ++at) {
    const Part& part = document.parts[at];
    markdown += document.texts[at];
    markdown += fmt::format("{}{}{}{}\n{}{}\n", kFence, part.kind, part.name.empty() ? "" : " ", part.name, part.body, kFence);
  }
  return markdown + document.texts.back();
}

std::string bytes_of(std::string_view body) {
  if (body.ends_with(kNoLineFeed)) {
    body.remove_suffix(kNoLineFeed.size());
    if (body.ends_with('\n')) body.remove_suffix(1);
  }
  std::string bytes;
  for (std::size_t at = 0; at < body.size(); ++at) {
    unsigned value = 0;
    if (body[at] == '\\' && at + 3 < body.size() && body[at + 1] == 'x' &&
        std::sscanf(std::string(body.substr(at + 2, 2)).c_str(), "%2x", &value) == 1) {
      bytes += static_cast<char>(value);
      at += 3;
    } else {
      bytes += body[at];
    }
  }
  return bytes;
}

std::string body_of(std::string_view bytes) {
  std::string body;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    const std::size_t length = byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 0;
    bool valid = length > 0 && at + length <= bytes.size() && (byte >= 0x20 || byte == '\n' || byte == '\t');
    for (std::size_t more = 1; valid && more < length; ++more)
      valid = (static_cast<unsigned char>(bytes[at + more]) & 0xC0U) == 0x80U;
    if (valid) {
      body += bytes.substr(at, length);
      at += length - 1;
    } else {
      body += fmt::format("\\x{:02X}", byte);
    }
  }
  if (!body.empty() && body.back() != '\n') body += fmt::format("\n{}", kNoLineFeed);
  return body;
}

bool fits(std::string_view expected, std::string_view answer) {
  while (!expected.empty() && !answer.empty()) {
    std::string_view wanted = trimmed(take_line(expected));
    const std::string_view given = trimmed(take_line(answer));
    if (wanted.ends_with(kEllipsis)) {
      wanted.remove_suffix(kEllipsis.size());
      if (!given.starts_with(wanted)) return false;
    } else if (wanted != given) {
      return false;
    }
  }
  return expected.empty() && answer.empty();
}

Document answered(const Document& document) {
  const Folder folder;
  for (const Part& part : document.parts) {
    if (part.kind != "file") continue;
    const fs::path path = folder.work() / part.name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes_of(part.body);
  }
  Document result;
  const auto add = [&](std::string_view text, Part part) {
    result.texts.emplace_back(text);
    result.parts.push_back(std::move(part));
  };
  for (std::size_t at = 0; at < document.parts.size(); ++at) {
    Part part = document.parts[at];
    if (is_expectation(part)) continue;  // made anew behind its command
    if (part.kind == "content") part.body = body_of(read_file(folder.work() / part.name));
    if (part.kind != "console") {
      add(document.texts[at], std::move(part));
      continue;
    }
    const std::string command = command_of(part);
    const Answer answer = run(folder, command);
    add(document.texts[at], {"console", part.name, fmt::format("$ {}\n{}", command, body_of(anywhere(answer.out)))});
    if (!answer.err.empty()) add({}, {"stderr", {}, body_of(anywhere(answer.err))});
    if (answer.code != 0) add({}, {"exit", fmt::format("{}", answer.code), {}});
  }
  result.texts.push_back(document.texts.back());
  return result;
}

std::vector<std::string> differences(const Document& expected, const Document& answers) {
  const auto consoles = [](const Document& document) {
    std::vector<std::size_t> at;
    for (std::size_t part = 0; part < document.parts.size(); ++part)
      if (document.parts[part].kind == "console") at.push_back(part);
    return at;
  };
  std::vector<std::string> found;
  const std::vector<std::size_t> wanted = consoles(expected);
  const std::vector<std::size_t> given = consoles(answers);
  for (std::size_t command = 0; command < wanted.size(); ++command) {
    const auto want = expectations(expected, wanted[command]);
    const auto have = expectations(answers, given[command]);
    for (const auto& [what, body] : want)
      if (!fits(body, have.at(what)))
        found.push_back(
            fmt::format("{} of\n    {}expected:\n{}\nanswered:\n{}", what,
                        expected.parts[wanted[command]].body.substr(0, expected.parts[wanted[command]].body.find('\n') + 1), body,
                        have.at(what)));
  }
  if (wanted.empty()) found.emplace_back("there is no command in it");
  return found;
}

}  // namespace bibmill::cases
