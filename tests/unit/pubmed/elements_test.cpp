// NLM's DTD against the tables: every element and attribute has a row, and no text that the DTD allows is lost.
#include "places.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include "support.h"
#include "xml.h"

namespace bibmill::pubmed::testing {
namespace {

/// The declarations of a DTD, as far as a test needs them.
struct Dtd {
  std::map<std::string, std::string> contents;                 // of each element
  std::map<std::string, std::vector<std::string>> attributes;  // of each element
  std::vector<std::string> order;
};

std::string without(std::string text, std::string_view begin, std::string_view end) {
  for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at)) {
    const std::size_t stop = text.find(end, at + begin.size());
    text.erase(at, stop == std::string::npos ? stop : stop + end.size() - at);
  }
  return text;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

Dtd read_dtd(const std::filesystem::path& path) {
  std::string text = without(contents(path), "<!--", "-->");
  text = without(text, "<!ENTITY", ">");
  text = replaced(text, "%text;", "#PCDATA | b | i | sup | sub | u");
  text = replaced(text, "%booklinkatts;", "book CDATA #IMPLIED part CDATA #IMPLIED sec CDATA #IMPLIED");
  Dtd dtd;
  for (std::size_t at = text.find("<!"); at != std::string::npos; at = text.find("<!", at + 2)) {
    std::istringstream words(text.substr(at + 2, text.find('>', at) - at - 2));
    std::string kind;
    std::string element;
    words >> kind >> element;
    if (kind == "ELEMENT") {
      if (const std::size_t bracket = element.find('('); bracket != std::string::npos) element.resize(bracket);
      dtd.order.push_back(element);
      std::getline(words, dtd.contents[element], '\0');
    } else if (kind == "ATTLIST") {
      std::string rest;
      std::getline(words, rest, '\0');
      rest = without(rest, "(", ")");
      rest = without(rest, "\"", "\"");
      // What is left are names, types and defaults.
      std::istringstream pieces(rest);
      for (std::string piece; pieces >> piece;) {
        const bool keyword = piece == "CDATA" || piece == "ID" || piece == "IDREF" || piece[0] == '#' || piece == "\"";
        if (!keyword) dtd.attributes[element].push_back(piece);
      }
    }
  }
  return dtd;
}

std::filesystem::path dtd_path() { return samples() / "schemas" / "pubmed_250101.dtd"; }

#define NEEDS_THE_DTD() \
  if (!std::filesystem::exists(dtd_path())) GTEST_SKIP() << "needs NLM's DTD at " << dtd_path()

TEST(Elements, EachOfTheDtdHasARow) {
  NEEDS_THE_DTD();
  const Dtd dtd = read_dtd(dtd_path());
  EXPECT_GT(dtd.order.size(), 120U);
  for (const std::string& element : dtd.order) EXPECT_NE(find_name(element), kUnknownName) << element;
}

TEST(Elements, EachAttributeOfTheDtdHasARow) {
  NEEDS_THE_DTD();
  const Dtd dtd = read_dtd(dtd_path());
  std::size_t count = 0;
  for (const auto& [element, attributes] : dtd.attributes)
    for (const std::string& attribute : attributes) {
      const NameId id = find_name(element);
      ASSERT_NE(id, kUnknownName) << element;
      const bool known =
          detail::is_within(kElements[id].attributes, attribute) || detail::is_within(kElements[id].kept, attribute);
      EXPECT_TRUE(known) << element << "@" << attribute;
      ++count;
    }
  EXPECT_GT(count, 40U);
}

TEST(Elements, NamesAreThereOnce) {
  std::set<std::string_view> names;
  for (const ElementRow& row : kElements) EXPECT_TRUE(names.insert(row.name).second) << row.name;
}

/// Writes an element with every child and attribute that the DTD allows, once, and a word of its own wherever text may stand.
class Specimen {
 public:
  explicit Specimen(const Dtd& dtd) : dtd_(dtd) {}

  std::string element(const std::string& name) {
    std::string text = "<" + name;
    if (const auto found = dtd_.attributes.find(name); found != dtd_.attributes.end())
      for (const std::string& attribute : found->second) text += " " + attribute + "=\"" + attribute_value(attribute) + "\"";
    text += ">";
    path_.push_back(name);
    const std::string& content = dtd_.contents.at(name);
    if (content.find("#PCDATA") != std::string::npos) {
      text += text_of(name);
    } else {
      for (const std::string& child : children(content))
        if (std::count(path_.begin(), path_.end(), child) == 0) text += element(child);
    }
    path_.pop_back();
    return text + "</" + name + ">";
  }
  const std::vector<std::string>& words() const { return words_; }

 private:
  std::string word() {
    words_.push_back("word" + std::to_string(words_.size()) + "x");
    return words_.back();
  }
  std::string text_of(const std::string& name) {
    static const std::map<std::string, std::string> kNumbers = {{"Year", "2001"}, {"Month", "5"},   {"Day", "7"},
                                                                {"Hour", "6"},    {"Minute", "30"}, {"Second", "20"}};
    if (const auto number = kNumbers.find(name); number != kNumbers.end()) return number->second;
    return word();
  }
  std::string attribute_value(const std::string& attribute) {
    if (attribute.ends_with("YN")) return "Y";
    if (attribute == "IdType" || attribute == "EIdType") return "pii";
    if (attribute == "Source") return "NASA";
    return word();
  }
  static std::vector<std::string> children(const std::string& content) {
    std::vector<std::string> names;
    std::string name;
    for (const char c : content + " ") {
      if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == ':') {
        name += c;
      } else {
        if (!name.empty() && name.find(':') == std::string::npos && name != "EMPTY") names.push_back(name);
        name.clear();
      }
    }
    return names;
  }

  const Dtd& dtd_;
  std::vector<std::string> path_;
  std::vector<std::string> words_;
};

struct NothingIsLost : ::testing::TestWithParam<std::string> {};

/// Read without raw text, every word of the specimen stands in the record; written in canonical form from another origin, nothing goes unsaid.
TEST_P(NothingIsLost, OfWhatTheDtdAllows) {
  NEEDS_THE_DTD();
  const Dtd dtd = read_dtd(dtd_path());
  Specimen specimen(dtd);
  const std::string text = specimen.element(GetParam());
  EXPECT_GT(specimen.words().size(), 60U);
  const Reading reading = read(text, ReadOptions{});
  ASSERT_EQ(reading.records.size(), 1U);
  const std::string dump = text::dump(reading.records[0]);
  for (const std::string& word : specimen.words()) EXPECT_NE(dump.find(word), std::string::npos) << word << " in " << text;
  for (const Diagnostic& diagnostic : reading.diagnostics.list)
    EXPECT_NE(diagnostic.severity, Severity::Error) << diagnostic.message;

  const Reading again = read(write(read(text).records, Layout::Canonical).text);
  ASSERT_EQ(again.records.size(), 1U);
  const std::string second = text::dump(again.records[0]);
  for (const std::string& word : specimen.words()) EXPECT_NE(second.find(word), std::string::npos) << word << " written back";
}

INSTANTIATE_TEST_SUITE_P(Records, NothingIsLost, ::testing::Values("PubmedArticle", "PubmedBookArticle"),
                         [](const auto& parameter) { return parameter.param; });

}  // namespace
}  // namespace bibmill::pubmed::testing
