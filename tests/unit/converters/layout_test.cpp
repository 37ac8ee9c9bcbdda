// Files laid out keep their encoding, their mark and what they say; what would be read otherwise is refused.
#include "bibmill/layout.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "bibmill/catalogue.h"
#include "bibmill/errors.h"

namespace bibmill {
namespace {

const Format& bibtex() {
  for (const Format* const format : all_formats())
    if (format->id == "bibtex") return *format;
  throw InputError("no bibtex");
}

LaidOutFile laid_out(std::string bytes, const Format& format = bibtex(), std::optional<Encoding> encoding = {}) { return lay_out({"a.bib", std::move(bytes), &format}, encoding, {}); }

std::string utf16(std::string_view ascii) {
  std::string bytes = "\xFF\xFE";
  for (const char c : ascii) bytes.append({c, '\0'});
  return bytes;
}

TEST(LayingOut, KeepsTheEncoding) {
  EXPECT_EQ(laid_out("\xEF\xBB\xBF@misc{a,title={\xC3\xA9}}").mended.after, "\xEF\xBB\xBF@misc{a,\n  title = {\xC3\xA9},\n}\n");
  EXPECT_EQ(laid_out(utf16("@misc{a}")).mended.after, utf16("@misc{a,\n}\n"));
  EXPECT_EQ(laid_out("@misc{a,title={\xE9\x96}}", bibtex(), Encoding::Windows1252).mended.after, "@misc{a,\n  title = {\xE9\x96},\n}\n");
}

TEST(LayingOut, LeavesBytesAloneThatAreNotOfTheEncoding) {
  const LaidOutFile file = laid_out("@misc{a,title={\xE9}}");
  EXPECT_TRUE(file.undecodable);
  EXPECT_EQ(file.mended.after, file.mended.before);
}

TEST(LayingOut, TellsPlaces) {
  const LaidOutFile file = laid_out("@misc{a}\n  @misc{b, title={x}");
  ASSERT_EQ(file.left.size(), 1U);
  EXPECT_EQ(file.left[0].position, (Position{2, 3}));
  EXPECT_EQ(file.mended.after, "@misc{a,\n}\n\n@misc{b, title={x}\n");
}

TEST(LayingOut, RefusesWhatWouldSayAnythingElse) {
  Format liar = bibtex();
  liar.layout = [](std::string_view, const Settings&) { return LaidOut{"@misc{a, title = {y}}", {}}; };
  const LaidOutFile file = laid_out("@misc{a, title = {x}}", liar);
  EXPECT_TRUE(file.mended.refused);
  EXPECT_EQ(file.mended.after, file.mended.before);
  EXPECT_FALSE(laid_out("@misc{a, title = {y} }", liar).mended.refused);
}

TEST(LayingOut, SeesWhatATextSays) {
  EXPECT_TRUE(say_the_same(bibtex(), "@misc{a, title={x}, year=2001}% c", "@MISC{a,YEAR={2001},\n\ttitle=\"x\"}\n% c\n"));
  EXPECT_FALSE(say_the_same(bibtex(), "@misc{a, title={x}}", "@misc{A, title={x}}"));
  EXPECT_FALSE(say_the_same(bibtex(), "@misc{a, title={x}}", "@misc{a, title={X}}"));
  EXPECT_TRUE(say_the_same(bibtex(), "@misc{a, foo={x\n  y} # \"z\"}", "@misc{a, foo={x y} # {z}}"));
  EXPECT_FALSE(say_the_same(bibtex(), "@misc{a, foo={x y}}", "@misc{a, foo={xy}}"));
  EXPECT_FALSE(say_the_same(bibtex(), "@misc{a, foo={x}}", "@misc{a, foo={X}}"));
  EXPECT_FALSE(say_the_same(bibtex(), "@misc{a}% c", "@misc{a}"));
  EXPECT_FALSE(say_the_same(bibtex(), "@misc{a, %c\n}", "@misc{a}"));
  EXPECT_FALSE(say_the_same(bibtex(), "@misc{a}@misc{b}", "@misc{b}@misc{a}"));
  EXPECT_TRUE(say_the_same(bibtex(), "% of a, or so\n@misc{a}% b\n% of b\n@misc{b}", "% of b\n@misc{b}\n% of a, or so\n@misc{a} % b\n", true));
  EXPECT_TRUE(say_the_same(bibtex(), "@string ( x = {X}\n)\n@misc{b}@misc{a}", "@string{x = {X}}\n@misc{a}@misc{b}", true));
  EXPECT_FALSE(say_the_same(bibtex(), "% of a\n@misc{a}@misc{b}", "@misc{b}@misc{a}", true));
  EXPECT_FALSE(say_the_same(bibtex(), "@misc{a}@misc{b}", "@misc{b}@misc{b}", true));
}

}  // namespace
}  // namespace bibmill
