// Telling at a look that a value is spelled as writing spells it: most are, and need not be written to see it.
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "bibmill/text/byte_scan.h"
#include "bibmill/text/latex.h"
#include "bibmill/text/names.h"
#include "bibmill/text/pages.h"
#include "bibmill/text/unicode.h"
#include "values.h"

namespace bibmill::bibtex {

namespace {

using text::LatexSpelling;

/// A name that says no more than what it is.
bool is_bare(const Name& name) {
  return name.initials.empty() && name.identifiers.empty() && name.affiliations.empty() && name.attributes.empty() && name.valid && !name.equal_contribution;
}

/// "Fenanul, Zel D": a family name of one word and given names, of letters that are nothing else; and no word "and", which would have divided the names.
bool is_usual(const Name& name) {
  using text::ByteRange;
  return !name.family.empty() && !name.given.empty() && name.literal.empty() && name.suffix.empty() && name.dropping_particle.empty() && name.non_dropping_particle.empty() &&
         text::next_not_of<ByteRange{'a', 'z'}, ByteRange{'A', 'Z'}>(name.family, 0) == name.family.size() &&
         text::next_not_of<ByteRange{'a', 'z'}, ByteRange{'A', 'Z'}, ' ', '.'>(name.given, 0) == name.given.size();
}

/// Takes what a name is written as from the beginning of the text; Otherwise if it begins with something else.
LatexSpelling take_name(std::string_view& text, const Name& name, const Style& style) {
  const auto take = [&](std::string_view piece) {
    const bool begins = text.starts_with(piece);
    if (begins) text.remove_prefix(piece.size());
    return begins ? LatexSpelling::AsEncoded : LatexSpelling::Otherwise;
  };
  if (is_usual(name)) {
    const bool begins = text.starts_with(name.family) && text.substr(name.family.size()).starts_with(", ");
    if (!begins) return LatexSpelling::Otherwise;
    text.remove_prefix(name.family.size() + 2);
    return take(name.given);
  }
  text::BibtexNameStyle name_style;
  name_style.extended = style.dialect == Dialect::Biblatex;
  name_style.use_prefix = style.use_prefix;
  const text::LatexEncoding encoding = encoding_of(style);
  const auto encode_text = [&](std::string& to, std::string_view piece) { text::encode_latex(to, piece, encoding); };
  std::string written;
  return text::append_bibtex(written, name, encode_text, name_style) == Fidelity::Exact ? take(written) : LatexSpelling::Unclear;
}

LatexSpelling spelling_of_names(const Names& names, std::string_view text, const Style& style) {
  if (names.list.empty()) return LatexSpelling::Unclear;
  LatexSpelling spelling = LatexSpelling::AsEncoded;
  for (std::size_t at = 0; at < names.list.size(); ++at) {
    const Name& name = names.list[at];
    if (!is_bare(name)) return LatexSpelling::Unclear;
    if (spelling == LatexSpelling::Otherwise) continue;
    if (at > 0 && !text.starts_with(" and ")) {
      spelling = LatexSpelling::Otherwise;
      continue;
    }
    if (at > 0) text.remove_prefix(5);
    spelling = take_name(text, name, style);
    if (spelling == LatexSpelling::Unclear) return spelling;
  }
  if (spelling == LatexSpelling::AsEncoded && text != (names.complete ? "" : " and others")) spelling = LatexSpelling::Otherwise;
  return spelling;
}

/// Divided by commas that have one blank behind them and none before.
bool are_keywords_as_written(std::string_view text) {
  if (text::holds<';'>(text) || text.starts_with(',') || text.ends_with(',')) return false;
  for (std::size_t comma = text.find(','); comma != std::string_view::npos; comma = text.find(',', comma + 1))
    if (text[comma - 1] == ' ' || text[comma + 1] != ' ' || text[comma + 2] == ',') return false;
  return true;
}

/// One identifier, as it stands, with nothing said beside it.
bool is_only(const Identifiers& identifiers, std::string_view text) {
  if (identifiers.list.size() != 1) return false;
  const Identifier& one = identifiers.list.front();
  return one.value == text && one.valid && one.qualifier.empty() && one.version.empty();
}

/// "1774--1777" or "12".
bool are_pages_as_written(const Pages& pages, std::string_view text) {
  if (!text::is_of_numbers(pages)) return false;
  const PageRange& range = pages.ranges.front();
  if (range.last.empty()) return text == range.first;
  return text.size() == range.first.size() + 2 + range.last.size() && text.starts_with(range.first) && text.ends_with(range.last) && text.substr(range.first.size(), 2) == "--";
}

bool is_verbatim(std::string_view text) { return !text.empty() && !text::is_blank(text.front()) && !text::is_blank(text.back()) && !text::holds<'{', '}'>(text); }

}  // namespace

LatexSpelling spelling_of_value(Codec codec, std::string_view lower_key, std::string_view text, const Value& value, const Style& style) {
  const auto of_latex = [&](bool title) { return text::spelling_of_latex(text, encoding_of_rich(style, title)); };
  const auto encoded_if = [](bool is_encoded) { return is_encoded ? LatexSpelling::AsEncoded : LatexSpelling::Unclear; };
  const auto is_plain = [&] { return of_latex(false) == LatexSpelling::AsEncoded; };
  switch (codec) {
    case Codec::Title: return of_latex(true);
    case Codec::Rich:
    case Codec::Journal:
    case Codec::HowPublished:
    case Codec::Abstract: return of_latex(false);
    // A number and an issue are put together under one key.
    case Codec::Plain:
    case Codec::Issue:
    case Codec::Language: return std::get<Text>(value).value == text ? of_latex(false) : LatexSpelling::Unclear;
    case Codec::Literals: return encoded_if(text.find("and") == std::string_view::npos && is_plain());
    case Codec::Keywords: return encoded_if(is_plain() && are_keywords_as_written(text));
    case Codec::Pages: return encoded_if(are_pages_as_written(std::get<Pages>(value), text));
    case Codec::Names: return spelling_of_names(std::get<Names>(value), text, style);
    case Codec::Verbatim:
    case Codec::Keys:
    case Codec::Url: return encoded_if(is_verbatim(text) && std::get<Text>(value).value == text);
    case Codec::Doi: return encoded_if(is_verbatim(text) && is_only(std::get<Identifiers>(value), text));
    case Codec::Identifier: return encoded_if(is_only(std::get<Identifiers>(value), text) && is_plain());
    case Codec::Serial: return encoded_if((lower_key == "issn" || lower_key == "isbn") && is_only(std::get<Identifiers>(value), text) && is_plain());
    default: return LatexSpelling::Unclear;
  }
}

}  // namespace bibmill::bibtex
