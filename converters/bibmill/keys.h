// Keys for records that have none.
//
// A key is made in two steps. Where the record is at hand, on any thread, its pattern gives a base; when the parts are joined, in input order, the base becomes
// a key that no earlier record has: "smith2020", then "smith2020a", "smith2020b" … "smith2020z", "smith2020aa".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/record.h"
#include "bibmill/transliterate.h"

namespace bibmill {

/// How keys look. Literal letters, digits and any of "-_:./+" stand for themselves; in braces, or in brackets as JabRef has them:
///   {author}    family name (or body) of the first author, or editor where there is none; {auth} too; [auth3] its first three letters
///   {authors:2} of the first two authors, and "EtAl" where there are more; [authors2]; without a number all
///   {authEtAl}  one author, or two, or the first and "EtAl"           {editor}  of the first editor
///   {year}      year of publication         {shortyear}  its last two digits
///   {title}     first word of the title that is no article or preposition; {title:3} the first three of them, run together; [title] all of them, capitalised
///   {shorttitle}  the first three           {veryshorttitle}  the first         {camel}  all, capitalised
///   {journal}   first letters of the words of the container's title
///   {volume} {issue} {firstpage}            {pmid}     PubMed identifier        {doi}  DOI without its punctuation
///   {type}      the record's type; [entrytype]        {key}  the key that the source gave; [citationkey]
///   {number}    place of the record in the input, from 1
/// Behind a name and a colon: lower, upper, capitalize, abbr (first letters of words), (3) (so many characters). Texts are written in the letters and digits of
/// ASCII. What a record does not have is left out; a key that would be empty is "ref" and the number.
class KeyPattern {
 public:
  /// The usual keys: "pmid" and the PubMed identifier, else {author}{year}, else "ref" and the number.
  KeyPattern() = default;
  /// Throws UsageError.
  explicit KeyPattern(std::string_view pattern, Transliteration rules = Transliteration::Plain);

  /// The base of the record's key. kNumberPlace stands where the number belongs, which is known when parts are joined.
  void append(std::string& out, const Record& record) const;

  static constexpr char kNumberPlace = '\x01';

 private:
  struct Piece {
    enum class Kind : std::uint8_t { Literal, Author, Authors, AuthEtAl, Editor, Year, ShortYear, Title, Camel, Journal, Volume, Issue, FirstPage, Pmid, Doi, Type, Key, Number };
    enum class Case : std::uint8_t { AsItIs, Lower, Upper, Capitalized };
    Kind kind = Kind::Literal;
    Case letters = Case::AsItIs;
    bool abbreviates = false;
    unsigned count = 0;    ///< of words of the title, or of authors; 0: all
    unsigned longest = 0;  ///< in characters; 0: any
    std::string text;
  };
  struct Word;  // a row of the table of names
  static Piece parse(std::string_view inside, bool brackets);
  std::vector<std::string> words(const Piece& piece, const Record& record) const;
  void append(std::string& out, const Piece& piece, const Record& record) const;

  std::vector<Piece> pieces_;
  Transliteration rules_ = Transliteration::Plain;
};

/// 64-bit FNV-1a.
std::uint64_t hash_of(std::string_view text);

}  // namespace bibmill
