// Loads libxml2 once, and never lets it go.
#include "libxml2.h"

#include "bibmill/text/loaded_library.h"

namespace bibmill::pubmed {

namespace {

LibXml2 load() {
  const text::LoadedLibrary library(BIBMILL_LIBXML2, "reads XML that is not plain");
  LibXml2 functions{};
#define BIBMILL_FIND(name) library.find(functions.name, #name)
  BIBMILL_FIND(xmlInitParser);
  BIBMILL_FIND(xmlNewParserCtxt);
  BIBMILL_FIND(xmlFreeParserCtxt);
  BIBMILL_FIND(xmlCtxtReset);
  BIBMILL_FIND(xmlCtxtUseOptions);
  BIBMILL_FIND(xmlDictSize);
  BIBMILL_FIND(xmlAllocParserInputBuffer);
  BIBMILL_FIND(xmlParserInputBufferPush);
  BIBMILL_FIND(xmlNewIOInputStream);
  BIBMILL_FIND(inputPush);
  BIBMILL_FIND(xmlParseDocument);
  BIBMILL_FIND(xmlCtxtReadMemory);
  BIBMILL_FIND(xmlFreeDoc);
  BIBMILL_FIND(xmlRelaxNGNewMemParserCtxt);
  BIBMILL_FIND(xmlRelaxNGSetParserStructuredErrors);
  BIBMILL_FIND(xmlRelaxNGParse);
  BIBMILL_FIND(xmlRelaxNGFreeParserCtxt);
  BIBMILL_FIND(xmlRelaxNGFree);
  BIBMILL_FIND(xmlRelaxNGNewValidCtxt);
  BIBMILL_FIND(xmlRelaxNGFreeValidCtxt);
  BIBMILL_FIND(xmlRelaxNGSetValidStructuredErrors);
  BIBMILL_FIND(xmlRelaxNGValidateDoc);
#undef BIBMILL_FIND
  functions.xmlInitParser();
  return functions;
}

}  // namespace

const LibXml2& libxml2() {
  static const LibXml2 kFunctions = load();
  return kFunctions;
}

}  // namespace bibmill::pubmed
