// libxml2's SAX2 events. The library is loaded when the first document is read.
#include "xml_events.h"

#include <libxml/parser.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <new>

#include "bibmill/text/loaded_library.h"
#include "bibmill/text/unicode.h"

namespace bibmill {

namespace {

struct XmlLibrary {
  decltype(&::xmlInitParser) xmlInitParser;
  decltype(&::xmlCreatePushParserCtxt) xmlCreatePushParserCtxt;
  decltype(&::xmlCtxtUseOptions) xmlCtxtUseOptions;
  decltype(&::xmlParseChunk) xmlParseChunk;
  decltype(&::xmlStopParser) xmlStopParser;
  decltype(&::xmlFreeParserCtxt) xmlFreeParserCtxt;
};

XmlLibrary load_xml_library() {
  const text::LoadedLibrary library(BIBMILL_LIBXML2, "reads what is within .docx files");
  XmlLibrary functions{};
  library.find(functions.xmlInitParser, "xmlInitParser");
  library.find(functions.xmlCreatePushParserCtxt, "xmlCreatePushParserCtxt");
  library.find(functions.xmlCtxtUseOptions, "xmlCtxtUseOptions");
  library.find(functions.xmlParseChunk, "xmlParseChunk");
  library.find(functions.xmlStopParser, "xmlStopParser");
  library.find(functions.xmlFreeParserCtxt, "xmlFreeParserCtxt");
  functions.xmlInitParser();
  return functions;
}

const XmlLibrary& xml_library() {
  static const XmlLibrary kFunctions = load_xml_library();
  return kFunctions;
}

struct XmlContextDeleter {
  void operator()(xmlParserCtxtPtr context) const { xml_library().xmlFreeParserCtxt(context); }
};

std::string_view view(const xmlChar* text) { return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text)); }

/// Between libxml2's calls and the events; no exception may pass through its frames.
class XmlReading {
 public:
  explicit XmlReading(XmlEvents& events) : events_(&events) {
    sax_.initialized = XML_SAX2_MAGIC;
    sax_.internalSubset = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) { static_cast<XmlReading*>(self)->refuse("it declares a document type"); };
    sax_.startElementNs = [](void* self, const xmlChar* name, const xmlChar*, const xmlChar*, int, const xmlChar**, int count, int, const xmlChar** attributes) {
      static_cast<XmlReading*>(self)->begin(name, count, attributes);
    };
    sax_.endElementNs = [](void* self, const xmlChar* name, const xmlChar*, const xmlChar*) {
      static_cast<XmlReading*>(self)->guarded([&](XmlEvents& to) { to.end_element(view(name)); });
    };
    sax_.characters = sax_.ignorableWhitespace = sax_.cdataBlock = [](void* self, const xmlChar* text, int size) {
      static_cast<XmlReading*>(self)->guarded([&](XmlEvents& to) { to.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)}); });
    };
    sax_.serror = [](void* self, xmlErrorPtr error) {
      if (error->level == XML_ERR_FATAL) static_cast<XmlReading*>(self)->refuse(error->message == nullptr ? "it is not well-formed" : error->message);
    };
    context_.reset(library_.xmlCreatePushParserCtxt(&sax_, this, nullptr, 0, nullptr));
    if (context_ == nullptr) throw std::bad_alloc();
    library_.xmlCtxtUseOptions(context_.get(), XML_PARSE_NONET | XML_PARSE_NOWARNING);
  }

  std::string read(std::string_view document) {
    constexpr std::size_t kPiece = 64 * 1024;
    do {
      const std::string_view piece = document.substr(0, kPiece);
      document.remove_prefix(piece.size());
      library_.xmlParseChunk(context_.get(), piece.data(), static_cast<int>(piece.size()), document.empty() ? 1 : 0);
    } while (!document.empty() && fault_.empty() && exception_ == nullptr);
    if (exception_ != nullptr) std::rethrow_exception(exception_);
    return fault_;
  }

 private:
  void begin(const xmlChar* name, int count, const xmlChar** attributes) {
    guarded([&](XmlEvents& to) {
      attributes_.clear();
      // Five words each: name, prefix, namespace, begin and end of the value.
      for (int at = 0; at < count; ++at, attributes += 5)
        attributes_.push_back({std::string(view(attributes[0])), std::string(reinterpret_cast<const char*>(attributes[3]), static_cast<std::size_t>(attributes[4] - attributes[3]))});
      to.begin_element(view(name), attributes_);
    });
  }

  template <class Call>
  void guarded(Call&& call) {
    if (!fault_.empty() || exception_ != nullptr) return;
    try {
      call(*events_);
    } catch (...) {
      exception_ = std::current_exception();
      library_.xmlStopParser(context_.get());
    }
  }

  void refuse(std::string_view why) {
    if (!fault_.empty()) return;
    fault_ = text::trim(why);
    if (context_ != nullptr) library_.xmlStopParser(context_.get());
  }

  const XmlLibrary& library_ = xml_library();
  XmlEvents* events_;
  xmlSAXHandler sax_{};
  std::unique_ptr<xmlParserCtxt, XmlContextDeleter> context_;
  std::vector<XmlAttribute> attributes_;
  std::string fault_;
  std::exception_ptr exception_;
};

}  // namespace

std::string read_xml(std::string_view document, XmlEvents& events) { return XmlReading(events).read(document); }

}  // namespace bibmill
