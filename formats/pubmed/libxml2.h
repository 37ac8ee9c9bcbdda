// libxml2, loaded when it is first asked: most runs of the program read no XML, or plain XML alone, and libxml2 brings ICU, whose start costs as much as converting
// hundreds of records.
#pragma once

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/relaxng.h>
#include <libxml/xmlIO.h>

namespace bibmill::pubmed {

/// The functions that are used, under their own names.
struct LibXml2 {
  decltype(&::xmlInitParser) xmlInitParser;
  decltype(&::xmlNewParserCtxt) xmlNewParserCtxt;
  decltype(&::xmlFreeParserCtxt) xmlFreeParserCtxt;
  decltype(&::xmlCtxtReset) xmlCtxtReset;
  decltype(&::xmlCtxtUseOptions) xmlCtxtUseOptions;
  decltype(&::xmlDictSize) xmlDictSize;
  decltype(&::xmlAllocParserInputBuffer) xmlAllocParserInputBuffer;
  decltype(&::xmlParserInputBufferPush) xmlParserInputBufferPush;
  decltype(&::xmlNewIOInputStream) xmlNewIOInputStream;
  decltype(&::inputPush) inputPush;
  decltype(&::xmlParseDocument) xmlParseDocument;
  decltype(&::xmlCtxtReadMemory) xmlCtxtReadMemory;
  decltype(&::xmlFreeDoc) xmlFreeDoc;
  decltype(&::xmlRelaxNGNewMemParserCtxt) xmlRelaxNGNewMemParserCtxt;
  decltype(&::xmlRelaxNGSetParserStructuredErrors) xmlRelaxNGSetParserStructuredErrors;
  decltype(&::xmlRelaxNGParse) xmlRelaxNGParse;
  decltype(&::xmlRelaxNGFreeParserCtxt) xmlRelaxNGFreeParserCtxt;
  decltype(&::xmlRelaxNGFree) xmlRelaxNGFree;
  decltype(&::xmlRelaxNGNewValidCtxt) xmlRelaxNGNewValidCtxt;
  decltype(&::xmlRelaxNGFreeValidCtxt) xmlRelaxNGFreeValidCtxt;
  decltype(&::xmlRelaxNGSetValidStructuredErrors) xmlRelaxNGSetValidStructuredErrors;
  decltype(&::xmlRelaxNGValidateDoc) xmlRelaxNGValidateDoc;
};

/// Throws std::runtime_error where the library cannot be loaded.
const LibXml2& libxml2();

}  // namespace bibmill::pubmed
