// schemas/pubmed.rng against NLM's DTD: both take the same documents and refuse the same, whole and mutated.
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/valid.h>

#include <memory>
#include <optional>
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

/// Places of "schema/pubmed", as one reader tells them that has read much, or another that has read nothing.
std::vector<Span> refused_places(Reader& reader, const std::string& text) {
  struct Sink final : RecordSink, DiagnosticSink {
    std::vector<Span> places;
    Flow record(Record&&) override { return Flow::Continue; }
    Flow between(Extra&&) override { return Flow::Continue; }
    void report(Diagnostic diagnostic) override {
      if (diagnostic.code == "schema/pubmed") places.push_back(diagnostic.span);
    }
  };
  Sink sink;
  reader.read({}, {text, 0, std::make_shared<Arena>()}, sink, sink);
  return sink.places;
}

TEST(SchemaAlone, SaysTheSameOfRecordsWhoseLikeItHasSeen) {
  ReadOptions options;
  options.check_schema = true;
  const std::unique_ptr<Reader> experienced = formats::pubmed_formats()[0]->make_reader(options);
  std::mt19937 random(20250102);
  std::size_t refused = 0;
  std::size_t taken = 0;
  for (const std::string& text : documents()) refused_places(*experienced, text);
  for (const std::string& text : documents()) {
    Mutator mutator(text, random);
    for (int round = 0; round < 60; ++round) {
      const std::string mutated = mutator.mutated();
      if (mutated.empty()) continue;
      const std::vector<Span> places = refused_places(*formats::pubmed_formats()[0]->make_reader(options), mutated);
      ++(places.empty() ? taken : refused);
      ASSERT_EQ(refused_places(*experienced, mutated), places) << mutated.substr(0, 3000);
    }
  }
  EXPECT_GT(refused, 100U);
  EXPECT_GT(taken, 100U);
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

// ---------------------------------------------------------------------------------------------------------- what check says

/// Calls `visit(element)` for the element and all within.
template <class Visit>
void for_each_element(xmlNode* node, Visit&& visit) {
  if (node->type == XML_ELEMENT_NODE) visit(node);
  for (xmlNode* child = node->children; child != nullptr; child = child->next)
    if (child->type == XML_ELEMENT_NODE) for_each_element(child, visit);
}

/// How many records of the set the schema refuses, each in a set of its own, and where such a record's start tag is the only one of its kind; nothing where a
/// record or a set stands within a record, which the reader takes for a missing end tag.
std::optional<std::size_t> refused_records(xmlDoc& doc) {
  std::size_t refused = 0;
  for (xmlNode* child = xmlDocGetRootElement(&doc)->children; child != nullptr; child = child->next) {
    if (child->type != XML_ELEMENT_NODE) continue;
    const NameId top = find_name(reinterpret_cast<const char*>(child->name));
    bool older = false;
    bool nested = false;
    for_each_element(child, [&](xmlNode* node) {
      const NameId name = find_name(reinterpret_cast<const char*>(node->name));
      older = older || is_of_older_dtd(name);
      const bool begins_record = name == name_id("PubmedArticle") || name == name_id("PubmedBookArticle") || name == name_id("BookDocument") || name == name_id("MedlineCitation") ||
                                 name == name_id("DeleteCitation") || name == name_id("DeleteDocument") || (name != kUnknownName && kElements[name].content == Content::Set);
      const bool in_place = node == child || (node->parent == child && (name == name_id("MedlineCitation") || name == name_id("BookDocument")));
      nested = nested || (begins_record && !in_place);
    });
    if (nested) return {};
    if (older || (top != name_id("PubmedArticle") && top != name_id("PubmedBookArticle"))) continue;
    const Doc alone(xmlNewDoc(reinterpret_cast<const xmlChar*>("1.0")));
    xmlNode* const set = xmlNewDocNode(alone.get(), nullptr, reinterpret_cast<const xmlChar*>("PubmedArticleSet"), nullptr);
    xmlDocSetRootElement(alone.get(), set);
    xmlAddChild(set, xmlDocCopyNode(child, alone.get(), 1));
    refused += judges().schema_takes(*alone) ? 0U : 1U;
  }
  return refused;
}

std::size_t found_by_check(const std::string& text) {
  ReadOptions options;
  options.check_schema = true;
  return read(text, options).count("schema/pubmed");
}

TEST(SchemaCheck, FindsTheRecordsThatTheSchemaRefuses) {
  ASSERT_TRUE(judges().has_schema());
  std::mt19937 random(20250103);
  std::size_t refused = 0;
  std::size_t taken = 0;
  for (const std::string& text : documents()) {
    EXPECT_EQ(found_by_check(text), refused_records(*Judges::read(text))) << text.substr(0, 2000);
    Mutator mutator(text, random);
    for (int round = 0; round < 50; ++round) {
      const std::string mutated = mutator.mutated();
      if (mutated.empty()) continue;
      const std::optional<std::size_t> expected = refused_records(*Judges::read(mutated));
      if (!expected) continue;
      ++(*expected == 0 ? taken : refused);
      EXPECT_EQ(found_by_check(mutated), *expected) << "round " << round << "\n" << mutated.substr(0, 3000);
    }
  }
  EXPECT_GT(refused, 200U);
  EXPECT_GT(taken, 50U);
}

/// What is said of one record, and the text that it is said of.
std::string said_of(std::string_view record) {
  const std::string text = "<PubmedArticleSet>\n" + std::string(record) + "\n</PubmedArticleSet>\n";
  ReadOptions options;
  options.check_schema = true;
  std::string said;
  for (const Diagnostic& diagnostic : read(text, options).diagnostics.list)
    if (diagnostic.code == "schema/pubmed") said += text.substr(diagnostic.span.begin, diagnostic.span.size()) + ": " + diagnostic.message + "\n";
  return said;
}

std::string with(std::string text, std::string_view old, std::string_view by) { return text.replace(text.find(old), old.size(), by); }

TEST(SchemaCheck, PointsAtTheTagOrAttributeAtFault) {
  const std::string good =
      R"(<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">1</PMID><Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2001</Year></PubDate></JournalIssue><Title>Coast</Title></Journal><ArticleTitle>Tides.</ArticleTitle><Pagination><MedlinePgn>1-9</MedlinePgn></Pagination><AuthorList><Author><LastName>Lind</LastName></Author></AuthorList><Language>eng</Language><PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList></Article><MedlineJournalInfo><MedlineTA>Coast</MedlineTA></MedlineJournalInfo></MedlineCitation></PubmedArticle>)";
  EXPECT_EQ(said_of(good), "");
  EXPECT_EQ(said_of(with(good, "Tides.", "Tides &amp; &nbsp; seas")), "") << "an unknown entity is the reader's to say";
  EXPECT_EQ(said_of(with(good, " Version=\"1\"", "")), "<PMID>: PMID lacks an attribute that the schema demands\n");
  EXPECT_EQ(said_of(with(good, "\"MEDLINE\"", "\"Heard\"")), "Status=\"Heard\": the schema does not allow this attribute of MedlineCitation, or not this value\n");
  EXPECT_EQ(said_of(with(good, "<Language>eng</Language>", "")),
            "<PublicationTypeList>: the schema does not allow PublicationTypeList here: what must stand before it in Article is missing, or it belongs elsewhere\n");
  EXPECT_EQ(said_of(with(good, "<Language>", "words<Language>")), "<Article PubModel=\"Print\">: the schema does not allow text in Article here, or Article lacks an element that it must have\n");
  EXPECT_EQ(said_of(with(good, "<MedlineTA>Coast</MedlineTA>", "")), "<MedlineJournalInfo>: MedlineJournalInfo lacks an element that the schema demands\n");
  EXPECT_EQ(said_of(with(good, "</ArticleTitle>", "</ArticleTitle><DateCreated/>")), "") << "of an older DTD";
}

}  // namespace
}  // namespace bibmill::pubmed::testing
