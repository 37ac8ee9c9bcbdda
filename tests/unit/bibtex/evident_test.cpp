// What encoding calls evident reads back: the writer does not decode it to see.
#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <string>
#include <string_view>

#include "bibmill/reflect.h"
#include "bibmill/text/rich_text.h"
#include "values.h"

namespace bibmill::bibtex {
namespace {

class Words {
 public:
  explicit Words(unsigned seed) : random_(seed) {}

  /// A few pieces of what names and titles are made of, and of what is read as something else in them.
  std::string text(std::size_t most = 4) {
    constexpr std::string_view kPieces[] = {"a",  "A",    "de",     "Van",   "and", "And", "others", "O'Neil", "é",     "Éa",  "öst", "ß",   "Ł",   "ı",  "x-y", "J.", "-", "'", ",", ";", ".",
                                            "%",  "&",    "_",      "#",     "$",   "{",   "}",      "\\",     "~",     "`",   "\"",  "=",   "–",   "“",  "µ",   "≥",  "中", "\u0301", "Jr",
                                            "III", "1",   "10.1/x", "family", "given=", "et al.", "PhD thesis", "techreport", "in press"};
    std::string text;
    for (std::size_t count = 1 + below(most); count-- > 0;) {
      if (!text.empty() && below(3) != 0) text += ' ';
      text += kPieces[below(below(2) == 0 ? 16 : std::size(kPieces))];
    }
    return text;
  }
  std::string maybe() { return below(3) == 0 ? text(2) : std::string(); }
  std::size_t below(std::size_t limit) { return random_() % limit; }

 private:
  std::mt19937 random_;
};

Name name(Arena& arena, Words& words) {
  Name one;
  if (words.below(8) == 0) {
    one.literal = arena.copy(words.text());
    return one;
  }
  one.family = arena.copy(words.text(2));
  one.given = arena.copy(words.maybe());
  one.suffix = arena.copy(words.below(4) == 0 ? words.maybe() : "");
  one.non_dropping_particle = arena.copy(words.below(4) == 0 ? words.maybe() : "");
  one.dropping_particle = arena.copy(words.below(4) == 0 ? words.maybe() : "");
  return one;
}

Value value(Arena& arena, Words& words, Codec codec) {
  switch (codec) {
    case Codec::Names: {
      Names names;
      for (std::size_t count = 1 + words.below(3); count-- > 0;) names.list.push_back(arena, name(arena, words));
      names.complete = words.below(4) != 0;
      return names;
    }
    case Codec::Keywords: {
      Keywords keywords;
      for (std::size_t count = 1 + words.below(3); count-- > 0;) {
        Keyword keyword;
        keyword.text = RichText::of(arena, arena.copy(words.text()));
        keywords.list.push_back(arena, keyword);
      }
      return keywords;
    }
    case Codec::Abstract: {
      AbstractSection section;
      section.text = RichText::of(arena, arena.copy(words.text() + (words.below(3) == 0 ? "\n" + words.text() : "")));
      Abstract abstract;
      abstract.sections.push_back(arena, section);
      return abstract;
    }
    case Codec::Pages: {
      PageRange range;
      range.first = arena.copy(words.below(3) == 0 ? words.text(1) : std::to_string(words.below(2000)));
      range.last = arena.copy(words.below(3) == 0 ? words.maybe() : std::to_string(words.below(2000)));
      Pages pages;
      pages.ranges.push_back(arena, range);
      return pages;
    }
    case Codec::Doi:
    case Codec::Serial:
    case Codec::Identifier: {
      Identifier identifier;
      identifier.scheme = codec == Codec::Doi ? "doi" : codec == Codec::Serial ? "issn" : "pmid";
      constexpr std::string_view kValues[] = {"10.1000/abc-1_2.x", "10.1000/a(b)", "10.1000/a.", "https://doi.org/10.1/x", "10.1000/a%b", "0006-3495", "1234-567X", "12345678", "0006-349", "35244835", "0", "PMID1", "1,2"};
      identifier.value = kValues[words.below(std::size(kValues))];
      identifier.valid = words.below(8) != 0;
      if (words.below(8) == 0) identifier.qualifier = "print";
      Identifiers identifiers;
      identifiers.list.push_back(arena, identifier);
      if (words.below(8) == 0) identifiers.list.push_back(arena, identifier);
      return identifiers;
    }
    case Codec::Url: return Text{arena.copy(words.below(2) == 0 ? "https://x.example/" + words.text(1) : words.text())};
    case Codec::Plain:
    case Codec::Issue:
    case Codec::LangId:
    case Codec::Language: return Text{arena.copy(words.text())};
    default: return RichText::of(arena, arena.copy(words.text()));
  }
}

TEST(Evident, ReadsBack) {
  constexpr Codec kCodecs[] = {Codec::Title,    Codec::Rich,     Codec::Journal,      Codec::Plain, Codec::Issue,  Codec::Language,  Codec::Literals, Codec::Edition,
                               Codec::Keywords, Codec::Abstract, Codec::HowPublished, Codec::Genre, Codec::Series, Codec::Countries, Codec::Names,    Codec::Pages,
                               Codec::Doi,      Codec::Serial,   Codec::Identifier,   Codec::Url,   Codec::LangId, Codec::PubState};
  Words words(5);
  for (const Codec codec : kCodecs) {
    std::size_t evident = 0;
    for (int round = 0; round < 20'000; ++round) {
      Arena arena;
      Style style;
      style.dialect = words.below(2) == 0 ? Dialect::Bibtex : Dialect::Biblatex;
      style.ascii = words.below(2) == 0;
      style.use_prefix = style.dialect == Dialect::Biblatex && words.below(4) == 0;
      const Value written = value(arena, words, codec);
      std::string expression;
      const std::string_view key = codec == Codec::Serial ? "issn" : codec == Codec::Identifier ? "pmid" : "key";
      const Encoded encoded = encode(expression, codec, key, written, Type::Book, style);
      if (encoded.fidelity != Fidelity::Exact || !encoded.evident) continue;
      ++evident;
      Written text;
      text.text = std::string_view(expression).substr(1, expression.size() - 2);
      text.lists = style.dialect == Dialect::Biblatex;
      text.use_prefix = style.use_prefix;
      const std::optional<Value> back = decode(arena, codec, key, text);
      ASSERT_TRUE(back && same_content(*back, written)) << expression << " of codec " << static_cast<int>(codec);
    }
    const bool never = codec == Codec::LangId || codec == Codec::PubState;
    EXPECT_EQ(evident > 1'000, !never) << "of codec " << static_cast<int>(codec);
  }
}

}  // namespace
}  // namespace bibmill::bibtex
