// schemas/pubmed.rng against NLM's DTD: both take the same documents and refuse the same, whole and mutated.
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/valid.h>

#include <memory>
#include <random>

#include "bibmill/text/encoding.h"
#include "parser.h"
#include "support.h"

namespace bibmill::pubmed::testing {
namespace {

template <auto free>
struct Freed {
  template <class T>
  void operator()(T* held) const {
    free(held);
  }
};
using Doc = std::unique_ptr<xmlDoc, Freed<xmlFreeDoc>>;

void say_nothing(void*, const char*, ...) {}
void say_nothing_of(void*, xmlErrorPtr) {}

/// NLM's DTD and our schema, loaded once.
class Judges {
 public:
  Judges() {
    xmlSetStructuredErrorFunc(nullptr, say_nothing_of);
    dtd_.reset(xmlParseDTD(nullptr, reinterpret_cast<const xmlChar*>(dtd_path().c_str())));
    const std::string schema = (std::filesystem::path(BIBMILL_SOURCE_DIR) / "schemas" / "pubmed.rng").string();
    const std::unique_ptr<xmlRelaxNGParserCtxt, Freed<xmlRelaxNGFreeParserCtxt>> parser(xmlRelaxNGNewParserCtxt(schema.c_str()));
    schema_.reset(xmlRelaxNGParse(parser.get()));
  }

  static std::filesystem::path dtd_path() { return samples() / "schemas" / "pubmed_250101.dtd"; }
  bool has_schema() const { return schema_ != nullptr; }
  bool has_dtd() const { return dtd_ != nullptr; }

  static Doc read(const std::string& text) {
    return Doc(xmlReadMemory(text.data(), static_cast<int>(text.size()), "test.xml", nullptr, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  }
  bool dtd_takes(xmlDoc& doc) const {
    const std::unique_ptr<xmlValidCtxt, Freed<xmlFreeValidCtxt>> context(xmlNewValidCtxt());
    context->error = say_nothing;
    context->warning = say_nothing;
    return xmlValidateDtd(context.get(), &doc, dtd_.get()) == 1;
  }
  bool schema_takes(xmlDoc& doc) const {
    const std::unique_ptr<xmlRelaxNGValidCtxt, Freed<xmlRelaxNGFreeValidCtxt>> context(xmlRelaxNGNewValidCtxt(schema_.get()));
    xmlRelaxNGSetValidStructuredErrors(context.get(), say_nothing_of, nullptr);
    return xmlRelaxNGValidateDoc(context.get(), &doc) == 0;
  }

 private:
  std::unique_ptr<xmlDtd, Freed<xmlFreeDtd>> dtd_;
  std::unique_ptr<xmlRelaxNG, Freed<xmlRelaxNGFree>> schema_;
};

const Judges& judges() {
  static const Judges kJudges;
  return kJudges;
}

std::vector<std::string> documents() {
  std::vector<std::string> texts;
  for (const auto& folder : {fixtures() / "pubmed", fixtures() / "traps" / "pubmed", samples() / "pubmed"})
    for (const auto& file : files_below(folder)) {
      std::string text = text::decode(contents(file));
      // The DTD is given, and no document brings another.
      if (const std::size_t at = text.find("<!DOCTYPE"); at != std::string::npos) text.erase(at, text.find('>', at) + 1 - at);
      if (text.find("<PubmedArticleSet") != std::string::npos && Judges::read(text) != nullptr) texts.push_back(std::move(text));
    }
  return texts;
}

/// Makes one change to a document that leaves it well-formed; empty where the choice cannot be made.
class Mutator {
 public:
  Mutator(const std::string& text, std::mt19937& random) : text_(text), random_(random) {
    struct Sink final : TreeSink {
      Tree kept;
      bool tree(const Tree& tree) override {
        kept = tree;
        return true;
      }
    };
    Sink sink;
    const std::size_t begin = text.find("<PubmedArticleSet");
    const std::string_view root = std::string_view(text).substr(begin, text.rfind('>') + 1 - begin);
    Parser().parse(root, root, begin, sink);
    tree_ = sink.kept;
    offset_ = begin;
  }

  std::string mutated() {
    if (tree_.elements.size() < 2) return {};
    const auto at = static_cast<std::uint32_t>(1 + random_() % (tree_.elements.size() - 1));
    const Element& element = tree_.elements[at];
    if (is_formula(at)) return {};
    const std::string source = slice(element.begin, element.end);
    switch (random_() % 8) {
      case 0: return replaced(element.begin, element.end, "");
      case 1: return replaced(element.begin, element.end, source + source);
      case 2: {  // change places with the next
        if (element.next >= tree_.elements.size() || tree_.elements[element.next].parent != element.parent) return {};
        const Element& next = tree_.elements[element.next];
        return replaced(element.begin, next.end, slice(next.begin, next.end) + slice(element.end, next.begin) + source);
      }
      case 3: return renamed(element);
      case 4: return replaced(element.tag_end, element.tag_end, element.close == element.end ? "" : "words");
      case 5: return replaced(element.tag_end - 1, element.tag_end - 1, element.close == element.end ? "" : " Unheard=\"of\"");
      case 6: return changed_attribute(at, true);
      default: return changed_attribute(at, false);
    }
  }

 private:
  std::string slice(std::uint32_t begin, std::uint32_t end) const { return text_.substr(offset_ + begin, end - begin); }
  std::string replaced(std::uint32_t begin, std::uint32_t end, const std::string& by) const {
    std::string text = text_;
    return text.replace(offset_ + begin, end - begin, by);
  }
  bool is_formula(std::uint32_t at) const {
    for (;; at = tree_.elements[at].parent) {
      if (tree_.elements[at].name == name_id("math") || tree_.elements[at].name == kUnknownName) return true;
      if (at == 0) return false;
    }
  }
  std::string renamed(const Element& element) {
    if (element.close == element.end) return {};
    const std::string name(kElements[random_() % std::size(kElements)].name);
    if (name == "math") return {};
    const std::size_t size = kElements[element.name].name.size();
    return replaced(element.begin, element.end,
                    "<" + name + slice(element.begin + 1 + static_cast<std::uint32_t>(size), element.close) + "</" + name + ">");
  }
  std::string changed_attribute(std::uint32_t at, bool remove) {
    const auto attributes = Node(tree_, at).attributes();
    if (attributes.empty()) return {};
    const AttributePlace& place = attributes[random_() % attributes.size()];
    // Whether an IDREF has its ID is asked by the DTD alone.
    if (place.id == attribute_id("ID") || place.id == attribute_id("Investigators")) return {};
    return remove ? replaced(place.begin, place.value_end + 1, "") : replaced(place.value_begin, place.value_end, "Unheard");
  }

  const std::string& text_;
  std::mt19937& random_;
  Tree tree_;
  std::size_t offset_ = 0;
};

class Schema : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(judges().has_schema());
    if (!std::filesystem::exists(Judges::dtd_path())) GTEST_SKIP() << "needs NLM's DTD at " << Judges::dtd_path();
    ASSERT_TRUE(judges().has_dtd());
  }
};

TEST(SchemaAlone, TakesWhatIsWritten) {
  ASSERT_TRUE(judges().has_schema());
  for (const auto& file : files_below(fixtures() / "pubmed" / "pairs")) {
    const Doc doc = Judges::read(write(read(contents(file)).records, Layout::Canonical).text);
    ASSERT_NE(doc, nullptr);
    EXPECT_TRUE(judges().schema_takes(*doc)) << file;
  }
  const Doc empty = Judges::read("<PubmedArticleSet/>");
  EXPECT_FALSE(judges().schema_takes(*empty));
}

TEST_F(Schema, AgreesWithTheDtd) {
  std::size_t valid = 0;
  for (const std::string& text : documents()) {
    const Doc doc = Judges::read(text);
    valid += judges().dtd_takes(*doc) ? 1U : 0U;
    EXPECT_EQ(judges().schema_takes(*doc), judges().dtd_takes(*doc)) << text.substr(0, 500);
  }
  EXPECT_GT(valid, 20U);
}

TEST_F(Schema, AgreesWithTheDtdOnMutatedDocuments) {
  std::mt19937 random(20250101);
  std::size_t refused = 0;
  std::size_t taken = 0;
  for (const std::string& text : documents()) {
    Mutator mutator(text, random);
    for (int round = 0; round < 100; ++round) {
      const std::string mutated = mutator.mutated();
      if (mutated.empty()) continue;
      const Doc doc = Judges::read(mutated);
      ASSERT_NE(doc, nullptr) << mutated.substr(0, 2000);
      const bool takes = judges().dtd_takes(*doc);
      ++(takes ? taken : refused);
      EXPECT_EQ(judges().schema_takes(*doc), takes) << "round " << round << "\n" << mutated.substr(0, 3000);
    }
  }
  EXPECT_GT(refused, 500U);
  EXPECT_GT(taken, 100U);
}

}  // namespace
}  // namespace bibmill::pubmed::testing
