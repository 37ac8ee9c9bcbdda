// Transliteration: any text in the letters of ASCII, for keys and file names.
#pragma once

#include <string>
#include <string_view>

namespace bibmill {

/// Which rules hold for Latin letters with marks.
enum class Transliteration : unsigned char {
  Plain,   ///< marks are dropped: Müller is Muller, Ångström is Angstrom
  German,  ///< ä, ö, ü are ae, oe, ue: Müller is Mueller
  Nordic,  ///< å, ä, æ, ö, ø are aa, ae, ae, oe, oe: Ørsted is Oersted
};

/// Greek and Cyrillic are spelled in Latin letters; other scripts have no likeness in ASCII and are dropped.
std::string transliterated(std::string_view text, Transliteration rules);

}  // namespace bibmill
