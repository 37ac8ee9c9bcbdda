// Citations in what LaTeX writes for its helpers: .aux for BibTeX, .bcf for biber.
#include <algorithm>
#include <string>

#include "bibmill/text/unicode.h"
#include "manuscript/citations.h"

namespace bibmill {

namespace {

void cite_list(std::string_view list, std::size_t offset, CitationSink& sink) {
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    const std::string_view key = text::trim(list.substr(at, end - at));
    if (key == "*") {
      sink.cite_all();
    } else if (!key.empty()) {
      sink.cite(key, offset + static_cast<std::size_t>(key.data() - list.data()));
    }
    at = end + 1;
  }
}

/// The last of the groups in braces that stand at the beginning: \abx@aux@cite{0}{key} has the section first.
std::string_view last_group(std::string_view text) {
  std::string_view group;
  while (text.starts_with('{')) {
    const std::size_t end = text.find('}');
    if (end == std::string_view::npos) break;
    group = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
  }
  return group;
}

std::string unescaped(std::string_view xml) {
  struct Reference {
    std::string_view written;
    char meant;
  };
  constexpr Reference kReferences[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
  std::string plain;
  while (!xml.empty()) {
    const auto found = std::find_if(std::begin(kReferences), std::end(kReferences), [&](const Reference& each) { return xml.starts_with(each.written); });
    plain += found == std::end(kReferences) ? xml.front() : found->meant;
    xml.remove_prefix(found == std::end(kReferences) ? 1 : found->written.size());
  }
  return plain;
}

std::string_view attribute(std::string_view tag, std::string_view name) {
  const std::size_t begin = tag.find(std::string(" ").append(name).append("=\""));
  if (begin == std::string_view::npos) return {};
  const std::size_t value = begin + name.size() + 3;
  return tag.substr(value, std::min(tag.find('"', value), tag.size()) - value);
}

}  // namespace

void read_aux(std::string_view text, CitationSink& sink) {
  constexpr std::string_view kCiting[] = {"\\citation", "\\abx@aux@cite", "\\abx@aux@nociteall"};
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    for (const std::string_view command : kCiting) {
      if (!line.starts_with(command)) continue;
      const std::string_view group = last_group(line.substr(command.size()));
      if (command == kCiting[2]) sink.cite_all();
      if (!group.empty()) cite_list(group, static_cast<std::size_t>(group.data() - text.data()), sink);
    }
    if (line.starts_with("\\@input{")) sink.include(last_group(line.substr(7)), {}, {}, at);
    at = end + 1;
  }
}

void read_bcf(std::string_view text, CitationSink& sink) {
  constexpr std::string_view kElement = "<bcf:citekey";
  for (std::size_t at = text.find(kElement); at != std::string_view::npos; at = text.find(kElement, at + 1)) {
    const std::size_t close = text.find('>', at);
    if (close == std::string_view::npos) return;
    const std::string_view tag = text.substr(at, close - at);
    const std::string_view inside = text.substr(close + 1, std::min(text.find('<', close), text.size()) - close - 1);
    // A set that is made in the text is not looked for: its members are.
    const std::string_view members = attribute(tag, "members");
    if (!members.empty()) {
      cite_list(members, static_cast<std::size_t>(members.data() - text.data()), sink);
    } else if (text::trim(inside) == "*") {
      sink.cite_all();
    } else if (!inside.empty()) {
      sink.cite(unescaped(text::trim(inside)), close + 1);
    }
  }
}

}  // namespace bibmill
