// A case: a document with files, commands and what they must answer.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace bibmill::cases {

/// A fenced part of a document.
struct Part {
  std::string kind;  ///< "console", "file" …
  std::string name;  ///< the word behind it
  std::string body;  ///< the lines between the fences, each with its line feed
};

/// What stands between parts is text; a document is text, part, text, part … text.
struct Document {
  std::vector<std::string> texts;  ///< one more than parts
  std::vector<Part> parts;
};

Document parse(std::string_view markdown);
std::string print(const Document& document);

/// The bytes that a body stands for, and the other way round.
std::string bytes_of(std::string_view body);
std::string body_of(std::string_view bytes);

/// Whether an answer is the expected one; "…" ends an expected line early.
bool fits(std::string_view expected, std::string_view answer);

/// Runs the commands of a document in a folder of its own, and returns the document with the answers in place.
Document answered(const Document& document);

/// Expected answers that do not fit, in words; none: the case holds.
std::vector<std::string> differences(const Document& expected, const Document& answered);

}  // namespace bibmill::cases
