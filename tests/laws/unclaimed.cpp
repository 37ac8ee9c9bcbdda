// What a format may use up, and what of a text is left.
#include "unclaimed.h"

#include <algorithm>
#include <iterator>
#include <regex>

namespace bibmill::laws {
namespace {

// ---------------------------------------------------------------------------------------------------------- delimiters

/// What a format may use up without its being content: characters, and words of its syntax.
struct Delimiters {
  std::string_view format;
  std::string_view characters;
  const char* words = nullptr;  ///< a regular expression, tried at each place
};

constexpr Delimiters kDelimiters[] = {
    {"medline", "-"},
    {"ris", "-"},
    {"bibtex", "{}()\",=@#"},
    {"biblatex", "{}()\",=@#"},
    {"csljson", "{}[]:,\"", "items(?=\")"},                                    // the wrapper of an array
    {"yaml", "-:,?[]{}|>+\"'.", "[&*][^\\s,\\]}]+|<<(?=\\s*:)|![^\\s,\\]}]*"},  // anchors and aliases, the merge key, tags
    {"pubmed", "", "<[?!][^>]*>|<[^>=]*>"},                                      // declarations, and tags without an attribute
};

const Delimiters& delimiters_of(std::string_view format) {
  return *std::find_if(std::begin(kDelimiters), std::end(kDelimiters), [&](const Delimiters& row) { return row.format == format; });
}

// --------------------------------------------------------------------------------------------------------- unclaimed

/// How many bytes a word of the format's syntax takes at `at`; 0 if there is none.
std::size_t word_at(std::string_view text, std::size_t at, const std::regex& words) {
  std::cmatch match;
  const char* const begin = text.data() + at;
  const bool found = std::regex_search(begin, text.data() + text.size(), match, words, std::regex_constants::match_continuous);
  return found ? static_cast<std::size_t>(match.length()) : 0;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

/// The first piece of the text that nothing claims and no delimiter explains; empty if there is none.
std::string_view unclaimed(std::string_view text, const support::Claims& claims, const Delimiters& delimiters) {
  const std::regex words(delimiters.words == nullptr ? "(?!)" : delimiters.words);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (claims.has(at) || is_blank(text[at]) || delimiters.characters.find(text[at]) != std::string_view::npos) continue;
    if (const std::size_t size = word_at(text, at, words); size > 0) {
      at += size - 1;
      continue;
    }
    const std::size_t begin = at < 40 ? 0 : at - 40;
    return text.substr(begin, std::min<std::size_t>(120, text.size() - begin));
  }
  return {};
}

}  // namespace

std::string_view unclaimed(const Format& format, std::string_view text, const Reading& reading) {
  return unclaimed(text, support::Claims(reading, text.size()), delimiters_of(format.id));
}

}  // namespace bibmill::laws
