// The lexer: the groups of braces that it finds on its way to the end of a block.
#include "lexer.h"

#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace bibmill::bibtex {
namespace {

std::vector<std::string> fields_of(EntryScanner scanner) {
  EntryScanner::KeyFlaw flaw;
  std::vector<std::string> fields = {std::string(scanner.read_key(flaw))};
  FieldSyntax field;
  while (scanner.next_field(field)) {
    fields.push_back(std::string(field.key) + "=" + std::string(field.expression) + "?" + std::to_string(static_cast<int>(field.flaw.kind)));
    for (const Piece& piece : field.pieces) fields.push_back(std::string(piece.text));
  }
  for (const std::string_view rubbish : scanner.rubbish()) fields.emplace_back(rubbish);
  return fields;
}

TEST(Groups, ChangeNoField) {
  constexpr std::string_view kPieces[] = {"a = {b}", ",", "{", "}", "\"", " # ", "title", " = ", "{x {y} z}", "\n@a{", "(", ")", "%", "\\{", "~|", "@", "\n"};
  std::mt19937 random(2);
  std::size_t entries = 0;
  for (int round = 0; round < 50'000; ++round) {
    std::string text = random() % 2 == 0 ? "@a{k, " : "@a(k, ";
    for (std::size_t count = random() % 12; count-- > 0;) text += kPieces[random() % std::size(kPieces)];
    text += random() % 2 == 0 ? "}\n" : ")\n";
    Block block;
    Block again;
    std::vector<Group> groups;
    for (std::size_t at = 0; next_block(text, at, Extent::Whole, block, &groups) == Found::Whole; at = block.end) {
      ASSERT_EQ(next_block(text, at, Extent::Whole, again), Found::Whole);
      ASSERT_EQ(block.end, again.end);
      if (block.kind != Block::Kind::Entry) continue;
      ++entries;
      ASSERT_EQ(fields_of(EntryScanner(block.inside(text), block.closed, groups)), fields_of(EntryScanner(block.inside(text), block.closed))) << text;
    }
  }
  EXPECT_GT(entries, 10'000U);
}

}  // namespace
}  // namespace bibmill::bibtex
