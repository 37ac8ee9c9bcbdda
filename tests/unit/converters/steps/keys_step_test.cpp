// keys: patterns, letters that do not depend on the order, references that follow.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bibmill/errors.h"
#include "harness.h"
#include "workbench.h"

namespace bibmill::workbench {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<Record> three() {
  std::vector<Record> records;
  records.push_back(record_of({"key=x", "title=Sand", "author=Quist, Mara", "issued=2019"}));
  records.push_back(record_of({"key=y", "title=Mud", "author=Quist, Mara", "issued=2019"}));
  records.push_back(record_of({"key=z", "title=Silt", "author=Lind, Oda", "issued=2020"}));
  return records;
}

TEST(Keys, LettersDoNotDependOnTheOrder) {
  EXPECT_THAT(arrange("keys:[auth][year]", three()).keys(), ElementsAre("Quist2019a", "Quist2019", "Lind2020"));
  std::vector<Record> turned = three();
  std::reverse(turned.begin(), turned.end());
  EXPECT_THAT(arrange("keys:[auth][year]", std::move(turned)).keys(), ElementsAre("Lind2020", "Quist2019", "Quist2019a"));
}

TEST(Keys, TellWhatBecameOfTheOldOnes) {
  EXPECT_THAT(arrange("keys:{author:lower}_{title},map=map.tsv", three()).said, Contains("map.tsv: x\tquist_Sand\ny\tquist_Mud\nz\tlind_Silt\n"));
}

TEST(Keys, ReferencesFollow) {
  std::vector<Record> records = three();
  records.push_back(record_of({"origin=bibtex", "key=c", "title=Child", "+crossref={x}", "+xdata={z, nowhere}"}));
  const Answer answer = arrange("keys:{title}", std::move(records));
  EXPECT_EQ(std::get<Extra>(answer.records[3].record.items()[1]).raw, "{Sand}");
  EXPECT_EQ(std::get<Extra>(answer.records[3].record.items()[2]).raw, "{Silt, nowhere}");
}

/// x becomes Quist2019a, y Quist2019, z Lind2020: what the step makes of a manuscript, or nothing.
std::string renamed(std::string_view name, std::string_view text, std::string_view pattern = "[auth][year]") {
  const mock::Folder folder;
  const std::string path = folder.file(name, text);
  for (const std::string& line : arrange(fmt::format("keys:{},manuscript={}", pattern, path), three()).said)
    if (line.starts_with(path + ": ")) return line.substr(path.size() + 2);
  return {};
}

TEST(Keys, ChangeInLatex) {
  EXPECT_EQ(renamed("a.tex", "\r\n% \\cite{x}\n\\citep[see x][]{x , y,%z\n z}x \\verb|\\cite{x}| \\cites(x)[x]{x}{other} \\citeA<x>{y}\\defcitealias{z}{z}\\addtocategory{x}{x, y} \xff"),
            "\r\n% \\cite{x}\n\\citep[see x][]{Quist2019a , Quist2019,%z\n Lind2020}x \\verb|\\cite{x}| \\cites(x)[x]{Quist2019a}{other} \\citeA<x>{Quist2019}\\defcitealias{Lind2020}{z}\\addtocategory{x}{Quist2019a, Quist2019} \xff");
}

TEST(Keys, ChangeInMarkdown) {
  EXPECT_EQ(renamed("a.md", "\xEF\xBB\xBF[@x, p. 3; -@{y}] @z. x@x.org `@x`"), "\xEF\xBB\xBF[@Quist2019a, p. 3; -@{Quist2019}] @Lind2020. x@x.org `@x`");
  EXPECT_EQ(renamed("a.md", "[@x] @{z}", "[auth]--[year]"), "[@{Quist--2019a}] @{Lind--2020}");
  EXPECT_EQ(renamed("a.qmd", "@x @fig-x", "fig-[auth][year]"), "");
}

TEST(Keys, ChangeInTypst) {
  EXPECT_EQ(renamed("a.typ", "@x #cite(<y>, form: \"prose\") #cite(label(\"z\")) <z> // @x"), "@Quist2019a #cite(<Quist2019>, form: \"prose\") #cite(label(\"Lind2020\")) <z> // @x");
  EXPECT_EQ(renamed("a.typ", "@x #cite(label(\"z\"))", "[auth]/[year]"), "@x #cite(label(\"Lind/2020\"))");
}

TEST(Keys, ChangeInWhatAManuscriptIncludes) {
  const mock::Folder folder;
  const std::string part = folder.file("part.tex", "\\cite{x}");
  const std::string main = folder.file("main.tex", "\\input{part} \\cite{other}");
  EXPECT_THAT(arrange("keys:[auth][year],manuscript=" + main, three()).said, Contains(part + ": \\cite{Quist2019a}"));
}

TEST(Keys, OfMergedRecordsBecomeThatOfTheWork) {
  const mock::Folder folder;
  const std::string path = folder.file("a.tex", "\\cite{gone,z}");
  std::vector<GatheredRecord> records = gathered(three());
  records[0].further_names = {"gone", "z"};
  EXPECT_THAT(arrange("keys:[auth][year],manuscript=" + path, std::move(records)).said, Contains(path + ": \\cite{Quist2019a,Lind2020}"));
}

TEST(Keys, AreChangedOnce) {
  EXPECT_EQ(renamed("a.tex", "\\cite{Quist2019a,Lind2020}"), "");
  // y is the new key of x: here "y" and "w" may be what the manuscript was given before.
  const auto shifted = [](std::string_view text) {
    const mock::Folder folder;
    std::vector<Record> records;
    records.push_back(record_of({"key=x", "title=y"}));
    records.push_back(record_of({"key=y", "title=w"}));
    return arrange("keys:{title},manuscript=" + folder.file("a.tex", text), std::move(records)).said;
  };
  EXPECT_THAT(shifted("\\cite{x,y}"), Contains(HasSubstr("a.tex: \\cite{y,w}")));
  EXPECT_THAT(shifted("\\cite{y,w}"), Contains("a.tex:1:9: keys/changed-before: w is a key that is new and is cited already: the manuscript seems to have its new keys, and stays as it is"));
  EXPECT_THAT(shifted("\\cite{y,w}"), testing::Not(Contains(HasSubstr("\\cite"))));
}

TEST(Keys, AreNotChangedInWhatProgramsWrite) {
  EXPECT_THROW(make_step("keys:[auth],manuscript=a.aux"), UsageError);
  EXPECT_THROW(make_step("keys:[auth],manuscript=a.docx"), UsageError);
  EXPECT_THROW(make_step("keys:[auth],manuscript=a.bib"), UsageError);
}

TEST(Keys, WantAPattern) {
  EXPECT_THROW(make_step("keys"), UsageError);
  EXPECT_THROW(make_step("keys:[nothing]"), UsageError);
}

}  // namespace
}  // namespace bibmill::workbench
