// A guess at how a word is abbreviated, from words that begin and that end like it: "neurobiology" goes as "neurology" and "biology" do.
//
// Two estimates are multiplied. What is cut off at the end, told by the words that share the word's end; and which beginning stays, told by those that share its
// beginning. Both are interpolated from the shortest shared piece to the longest, the longer ones weighing more the more they agree. Where vowels and consonants
// meet, abbreviations break more easily. The constants were tuned within the counted half of the lists (journal_words.h): words held out of it were guessed again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bibmill {

class LikeWords {
 public:
  struct Guess {
    std::string text;   ///< the abbreviation, or the word itself where it stays
    double sure = 0;    ///< the estimate's share of all that was thinkable: 0.9 is right in about three of four
  };

  /// A folded word of letters and what becomes of it (itself where it stays). The texts must stay.
  void add(std::string_view word, std::string_view abbreviation);
  /// To be called behind the last `add`.
  void arrange();

  /// Of a folded word of four letters or more.
  Guess guess(std::string_view word) const;

 private:
  struct Row {
    std::string_view word;
    std::string_view abbreviation;
    std::string reversed;
    std::size_t cut = 0;         ///< so many letters at the end are gone,
    std::string_view added;      ///< and these stand instead
  };
  using Shares = std::unordered_map<std::string, double>;

  Shares by_ending(std::string_view word) const;
  Shares by_beginning(std::string_view word, const Shares& endings) const;
  double break_at(std::string_view word, std::size_t size) const;

  std::vector<Row> rows_;                   ///< by word
  std::vector<std::uint32_t> by_reversed_;  ///< the rows by `reversed`
  std::unordered_map<std::string, double> breaks_;  ///< of two letters: how much more often than elsewhere words break between them
};

}  // namespace bibmill
