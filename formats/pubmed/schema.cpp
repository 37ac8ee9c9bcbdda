// A record, within a set of its own, as libxml2's tree; and from the node that the schema refuses back to its place in the source.
//
// The elements of both trees stand in the same order, so that a node is found by counting.
#include "schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <mutex>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>

#include "libxml2.h"
#include "pubmed_schema.h"
#include "shapes.h"
#include "xml.h"

namespace bibmill::pubmed {

namespace {

constexpr std::string_view kCode = "schema/pubmed";
constexpr std::string_view kSetBegin = "<PubmedArticleSet>";
constexpr std::string_view kSetEnd = "</PubmedArticleSet>";
constexpr int kTreeOptions = XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;

template <auto LibXml2::*free>
struct Release {
  template <class T>
  void operator()(T* held) const {
    (libxml2().*free)(held);
  }
};

void hear_nothing(void*, xmlErrorPtr) {}

std::string_view view(const char* text) { return text == nullptr ? std::string_view() : std::string_view(text); }

/// What libxml2 finds wrong first; a wrong attribute rather than the element that it makes wrong.
struct Fault {
  bool found = false;
  int kind = 0;
  const xmlNode* element = nullptr;
  std::string what;   // an element, an attribute
  std::string message;

  void hear(const xmlError& error) {
    const bool better = !found || (error.code == XML_RELAXNG_ERR_INVALIDATTR && kind == XML_RELAXNG_ERR_ATTRVALID);
    if (!better) return;
    found = true;
    kind = error.code;
    element = static_cast<const xmlNode*>(error.node);
    what = view(error.str1);
    message = view(error.message);
    while (!message.empty() && is_space(message.back())) message.pop_back();
  }
};

/// A reference to what the schema does not know is text like any other to it.
std::string with_plain_references(std::string_view text) {
  std::string plain(text);
  for (std::size_t at = plain.find('&'); at != std::string::npos; at = plain.find('&', at + 1))
    if (plain_reference(std::string_view(plain).substr(at)) == 0) plain[at] = 'x';
  return plain;
}

const xmlNode* next_element(const xmlNode* node, const xmlNode* top) {
  const xmlNode* at = node;
  do {
    if (at->type == XML_ELEMENT_NODE && at->children != nullptr) {
      at = at->children;
    } else {
      while (at != top && at->next == nullptr) at = at->parent;
      if (at == top) return nullptr;
      at = at->next;
    }
  } while (at->type != XML_ELEMENT_NODE);
  return at;
}

}  // namespace

class SchemaCheck::Work {
 public:
  Work() {
    // The types of values that schemas name are made once for all threads.
    static std::mutex kOneAtATime;
    const std::scoped_lock lock(kOneAtATime);
    const std::unique_ptr<xmlRelaxNGParserCtxt, Release<&LibXml2::xmlRelaxNGFreeParserCtxt>> parser(
        xml_.xmlRelaxNGNewMemParserCtxt(kPubmedSchema.data(), static_cast<int>(kPubmedSchema.size())));
    if (parser == nullptr) throw std::bad_alloc();
    xml_.xmlRelaxNGSetParserStructuredErrors(parser.get(), hear_nothing, nullptr);
    schema_.reset(xml_.xmlRelaxNGParse(parser.get()));
    if (schema_ == nullptr) throw std::runtime_error("libxml2 does not take the schema of PubMed XML");
    valid_.reset(xml_.xmlRelaxNGNewValidCtxt(schema_.get()));
    context_.reset(xml_.xmlNewParserCtxt());
    if (valid_ == nullptr || context_ == nullptr) throw std::bad_alloc();
    xml_.xmlRelaxNGSetValidStructuredErrors(valid_.get(), [](void* fault, xmlErrorPtr error) { static_cast<Fault*>(fault)->hear(*error); }, &fault_);
  }

  void hold(const Tree& tree, DiagnosticSink& diagnostics) {
    // Records are alike: after some hundred hardly one needs libxml2.
    const bool tells = shapes_.take(tree);
    if (tells && shapes_.know_all()) return;
    const Doc doc = parse(tree.well_formed);
    if (doc == nullptr) return;  // the reader has said why
    fault_ = {};
    const bool right = xml_.xmlRelaxNGValidateDoc(valid_.get(), doc.get()) == 0;
    if (right && tells) shapes_.remember();
    if (right || !fault_.found) return;
    const std::uint32_t at = place_of(fault_.element, *doc, tree);
    diagnostics.warning(kCode, span_of(Node(tree, at)), said_of(Node(tree, at)));
  }

 private:
  using Doc = std::unique_ptr<xmlDoc, Release<&LibXml2::xmlFreeDoc>>;

  Doc parse(std::string_view record) {
    if (record.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return nullptr;
    const std::string plain = with_plain_references(record);
    return Doc(read_set(plain));
  }

  xmlDocPtr read_set(std::string_view record) {
    text_.assign(kSetBegin);
    text_ += record;
    text_ += kSetEnd;
    return xml_.xmlCtxtReadMemory(context_.get(), text_.data(), static_cast<int>(text_.size()), nullptr, nullptr, kTreeOptions);
  }

  /// The index in the tree of an element of the document; of the record where that is unknown.
  static std::uint32_t place_of(const xmlNode* wanted, const xmlDoc& doc, const Tree& tree) {
    const xmlNode* top = doc.children;
    while (top != nullptr && top->type != XML_ELEMENT_NODE) top = top->next;
    if (top == nullptr) return 0;
    std::uint32_t at = 0;
    for (const xmlNode* node = next_element(top, top); node != nullptr && at < tree.elements.size(); node = next_element(node, top), ++at)
      if (node == wanted) return at;
    return 0;
  }

  const AttributePlace* attribute(const Node& node) const {
    if (fault_.kind != XML_RELAXNG_ERR_INVALIDATTR) return nullptr;
    for (const AttributePlace& place : node.attributes())
      if (node.name_of(place) == fault_.what) return &place;
    return nullptr;
  }

  Span span_of(const Node& node) const {
    if (const AttributePlace* const place = attribute(node)) return node.span_of(*place);
    return node.absolute(node.element().begin, node.element().tag_end);
  }

  std::string said_of(const Node& node) const {
    const std::string_view name = tag_name(node.start_tag());
    const std::string_view around = tag_name(Node(node.tree(), node.element().parent).start_tag());
    switch (fault_.kind) {
      case XML_RELAXNG_ERR_ELEMWRONG:
      case XML_RELAXNG_ERR_EXTRACONTENT: return fmt::format("the schema does not allow {} here: what must stand before it in {} is missing, or it belongs elsewhere", name, around);
      case XML_RELAXNG_ERR_TEXTWRONG: return fmt::format("the schema does not allow text in {} here, or {} lacks an element that it must have", name, name);
      case XML_RELAXNG_ERR_ATTRVALID: return fmt::format("{} lacks an attribute that the schema demands", name);
      case XML_RELAXNG_ERR_INVALIDATTR: return fmt::format("the schema does not allow this attribute of {}, or not this value", name);
      case XML_RELAXNG_ERR_NOELEM: return fmt::format("{} lacks an element that the schema demands", name);
      default: return fmt::format("the schema does not allow this {}: {}", name, fault_.message);
    }
  }

  const LibXml2& xml_ = libxml2();
  std::unique_ptr<xmlRelaxNG, Release<&LibXml2::xmlRelaxNGFree>> schema_;
  std::unique_ptr<xmlRelaxNGValidCtxt, Release<&LibXml2::xmlRelaxNGFreeValidCtxt>> valid_;
  std::unique_ptr<xmlParserCtxt, Release<&LibXml2::xmlFreeParserCtxt>> context_;
  SeenShapes shapes_{kPubmedSchema};
  std::string text_;
  Fault fault_;
};

SchemaCheck::SchemaCheck() = default;
SchemaCheck::~SchemaCheck() = default;

void SchemaCheck::hold(const Tree& tree, DiagnosticSink& diagnostics) {
  const NameId top = tree.elements.front().name;
  if (tree.partial || (top != name_id("PubmedArticle") && top != name_id("PubmedBookArticle"))) return;
  if (std::any_of(tree.elements.begin(), tree.elements.end(), [](const Element& element) { return is_of_older_dtd(element.name); })) return;
  if (work_ == nullptr) work_ = std::make_unique<Work>();
  work_->hold(tree, diagnostics);
}

}  // namespace bibmill::pubmed
