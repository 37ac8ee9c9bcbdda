// XML as events, for small documents of others: those within word processors' files. A document type is refused, and with it every entity of the document's own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bibmill {

struct XmlAttribute {
  std::string name;  ///< without its prefix
  std::string value;
};

/// Names come without their prefixes.
class XmlEvents {
 public:
  virtual ~XmlEvents() = default;
  virtual void begin_element(std::string_view name, const std::vector<XmlAttribute>& attributes) = 0;
  virtual void end_element(std::string_view name) = 0;
  virtual void text(std::string_view text) = 0;
};

/// Reads a document; elements may nest 256 deep. What is wrong with it, in words, else nothing: what stood before went to the events. Throws what they throw.
std::string read_xml(std::string_view document, XmlEvents& events);

}  // namespace bibmill
