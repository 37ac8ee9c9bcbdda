// Scans that look at sixteen bytes at once, held against loops that look at one.
#include "bibmill/text/byte_scan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace bibmill::text {
namespace {

/// Texts of all sizes round sixteen, each with one byte of interest at each place, and with two.
template <class Check>
void for_each_text(std::string_view bytes, Check&& check) {
  for (std::size_t size = 0; size <= 50; ++size) {
    check(std::string(size, 'x'));
    for (const char byte : bytes)
      for (std::size_t at = 0; at < size; ++at) {
        std::string text(size, 'x');
        text[at] = byte;
        check(text);
        if (at + 1 < size) text[at + 1] = byte;
        check(text);
      }
  }
}

template <class Is>
std::size_t slow_next(std::string_view text, std::size_t at, Is&& is) {
  while (at < text.size() && !is(at)) ++at;
  return at;
}

TEST(ByteScan, FindsWhatALoopFinds) {
  for_each_text(std::string_view("\0\x1F\x20{}az\x7F\x80\xC2\xFF", 11), [](const std::string& text) {
    for (std::size_t from = 0; from <= text.size(); ++from) {
      const auto unsigned_at = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
      ASSERT_EQ((next_of<'{', '}'>(text, from)), slow_next(text, from, [&](std::size_t at) { return text[at] == '{' || text[at] == '}'; }));
      ASSERT_EQ((next_of<ByteRange{0, 0x1F}, '\x7F'>(text, from)), slow_next(text, from, [&](std::size_t at) { return unsigned_at(at) < 0x20 || unsigned_at(at) == 0x7F; }));
      ASSERT_EQ(next_of<kBeyondAscii>(text, from), slow_next(text, from, [&](std::size_t at) { return unsigned_at(at) >= 0x80; }));
      ASSERT_EQ((next_of<ByteRange{0xC0, 0xFF}, 'a'>(text, from)), slow_next(text, from, [&](std::size_t at) { return unsigned_at(at) >= 0xC0 || text[at] == 'a'; }));
      ASSERT_EQ((next_not_of<ByteRange{'a', 'z'}, kBeyondAscii>(text, from)),
                slow_next(text, from, [&](std::size_t at) { return !(text[at] >= 'a' && text[at] <= 'z') && unsigned_at(at) < 0x80; }));
    }
  });
}

TEST(ByteScan, TakesLettersInAnyCase) {
  for (const std::size_t before : {0U, 5U, 20U})
    for (int byte = 0; byte < 256; ++byte) {
      const std::string text = std::string(before, 'x') + static_cast<char>(byte) + "Yz";
      const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
      EXPECT_EQ(next_not_of<kAsciiLetters>(text, 0), letter ? text.size() : before) << byte;
    }
}

/// All places of braces behind `from`, by going from one to the next.
std::string places_of_braces(std::string_view text, std::size_t from) {
  std::string found;
  Places<'{', '}'> places(text, from);
  for (std::size_t at = places.next(); at < text.size(); at = places.next()) found += std::to_string(at) + ' ';
  return found;
}

std::string slow_places_of_braces(std::string_view text, std::size_t from) {
  std::string found;
  for (std::size_t at = from; at < text.size(); ++at)
    if (text[at] == '{' || text[at] == '}') found += std::to_string(at) + ' ';
  return found;
}

TEST(ByteScan, GoesFromPlaceToPlace) {
  for_each_text("{}", [](const std::string& text) {
    for (std::size_t from = 0; from <= text.size(); ++from) ASSERT_EQ(places_of_braces(text, from), slow_places_of_braces(text, from)) << text << " from " << from;
  });
  for (std::size_t size = 0; size < 70; ++size) ASSERT_EQ(places_of_braces(std::string(size, '}'), 0), slow_places_of_braces(std::string(size, '}'), 0));
}

TEST(ByteScan, SkipsPlaces) {
  for (std::size_t size = 1; size < 70; ++size) {
    const std::string text(size, '{');
    for (std::size_t given = 0; given < size; ++given)
      for (std::size_t to = given; to <= size + 1; ++to) {
        Places<'{'> places(text, given);
        ASSERT_EQ(places.next(), given);
        places.skip_to(to);
        ASSERT_EQ(places.next(), to == given ? std::min(given + 1, size) : std::min(to, size)) << size << " from " << given << " to " << to;
      }
  }
}

TEST(ByteScan, FindsDoubledBytes) {
  for_each_text("- a", [](const std::string& text) {
    const std::size_t size = text.size();
    for (std::size_t from = 0; from <= size; ++from)
      ASSERT_EQ((next_doubled<'-', ' '>(text, from)),
                slow_next(text, from, [&](std::size_t at) { return at + 1 < size && text[at] == text[at + 1] && (text[at] == '-' || text[at] == ' '); }))
          << text << " from " << from;
  });
}

TEST(ByteScan, FindsUnknownAndDoubledBytes) {
  for_each_text("- a", [](const std::string& text) {
    const std::size_t size = text.size();
    for (std::size_t from = 0; from <= size; ++from) {
      const auto doubled = [&](std::size_t at) { return at + 1 < size && text[at] == text[at + 1] && text[at] == '-'; };
      ASSERT_EQ((next_not_of_or_doubled(Bytes<'x', '-', ' '>{}, Bytes<'-'>{}, text, from)),
                slow_next(text, from, [&](std::size_t at) { return text[at] == 'a' || doubled(at); }))
          << text << " from " << from;
      ASSERT_EQ((next_of_or_doubled(Bytes<'a'>{}, Bytes<'-'>{}, text, from)), slow_next(text, from, [&](std::size_t at) { return text[at] == 'a' || doubled(at); }))
          << text << " from " << from;
    }
  });
}

TEST(ByteScan, FindsUnknownBytesAndPairs) {
  for (std::size_t size = 0; size <= 50; ++size)
    for (std::size_t place = 0; place < size; ++place)
      for (const std::string_view two : {": ", "::", " :", "a:", ":a"}) {
        std::string text = std::string(size, 'x').replace(place, 2, two).substr(0, size);
        for (std::size_t from = 0; from <= size; ++from)
          ASSERT_EQ((next_not_of_or_pair<':', ' '>(Bytes<'x', ':', ' '>{}, text, from)),
                    slow_next(text, from, [&](std::size_t at) { return text[at] == 'a' || (text[at] == ':' && at + 1 < size && text[at + 1] == ' '); }))
              << text << " from " << from;
      }
}

TEST(ByteScan, FindsWords) {
  for (std::size_t before = 0; before < 40; ++before)
    for (std::size_t behind = 0; behind < 40; ++behind) {
      const std::string text = std::string(before, 'c') + "CrossRef" + std::string(behind, 'f');
      EXPECT_EQ(next_text(text, "CrossRef", 0), before);
      EXPECT_EQ(next_text(text, "CrossRef", before + 1), text.size());
      EXPECT_EQ(next_text<Letters::InAnyCase>(text, "crossref", 0), before);
      EXPECT_EQ(next_text(text, "crossref", 0), text.size());
    }
  EXPECT_EQ(next_text("ab", "abc", 0), 2U);
}

TEST(ByteScan, FindsEitherOfTwoWords) {
  for (const std::string_view word : {"CrossRef", "xdatA"})
    for (std::size_t before = 0; before < 40; ++before)
      for (std::size_t behind = 0; behind < 40; ++behind) {
        const std::string text = std::string(before, 'c') + std::string(word) + std::string(behind, 'a');
        ASSERT_TRUE(holds_either(text, "crossref", "xdata")) << text;
        ASSERT_TRUE(holds_either(text, "xdata", "crossref")) << text;
        ASSERT_FALSE(holds_either(text, "crossrefs", "xdatum")) << text;
      }
  EXPECT_FALSE(holds_either("", "crossref", "xdata"));
  EXPECT_FALSE(holds_either("cross-ref xdaat crossreff" + std::string(40, 'x'), "crossreg", "xdata"));
}

}  // namespace
}  // namespace bibmill::text
