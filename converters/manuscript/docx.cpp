// Citations in .docx (ECMA-376): the fields of Zotero, Mendeley and EndNote, in the text, the footnotes and the endnotes.
//
// Zotero and Mendeley keep CSL citation data in the instruction of a field, Mendeley Cite in the tag of a content control, EndNote XML in the instruction or, where that is too long,
// in data beside it. What a tracked change has deleted is not cited.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/text/unicode.h"
#include "manuscript/citations.h"
#include "manuscript/docx.h"
#include "xml_events.h"
#include "zip_archive.h"

namespace bibmill {

namespace {

/// Parts of a document that cite; some writers number them.
constexpr std::string_view kParts[] = {"word/document", "word/footnotes", "word/endnotes"};

bool is_part(std::string_view name, std::string_view part) {
  constexpr std::string_view kEnding = ".xml";
  if (!name.starts_with(part) || !name.ends_with(kEnding)) return false;
  const std::string_view number = name.substr(part.size(), name.size() - part.size() - kEnding.size());
  return std::all_of(number.begin(), number.end(), text::is_ascii_digit);
}

std::string_view attribute_of(const std::vector<XmlAttribute>& attributes, std::string_view name) {
  const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const XmlAttribute& each) { return each.name == name; });
  return found == attributes.end() ? std::string_view() : std::string_view(found->value);
}

/// The fields of a part, one within the other.
class Fields final : public XmlEvents {
 public:
  Fields(std::string_view part, CitationSink& sink) : part_(part), sink_(&sink) {}

  void begin_element(std::string_view name, const std::vector<XmlAttribute>& attributes) override {
    if (name == "fldChar") {
      begin_mark(attribute_of(attributes, "fldCharType"));
    } else if (name == "fldSimple") {
      evaluate({std::string(attribute_of(attributes, "instr")), {}});
    } else if (name == "tag") {
      content_control(attribute_of(attributes, "val"));
    } else if (name == "instrText" && !open_.empty()) {
      to_ = &open_.back().instruction;
    } else if (name == "fldData" && !open_.empty()) {
      to_ = &open_.back().data;
    }
  }

  void end_element(std::string_view name) override {
    if (name == "instrText" || name == "fldData") to_ = nullptr;
  }

  void text(std::string_view text) override {
    if (to_ != nullptr) to_->append(text);
  }

 private:
  struct Field {
    std::string instruction;
    std::string data;
  };

  void begin_mark(std::string_view kind) {
    if (kind == "begin") {
      open_.emplace_back();
    } else if (kind == "separate" && !open_.empty()) {
      // The instruction is complete, and what it made follows.
      evaluate(open_.back());
      open_.back() = {};
    } else if (kind == "end" && !open_.empty()) {
      evaluate(open_.back());
      open_.pop_back();
    }
  }

  void evaluate(const Field& field) {
    constexpr std::string_view kAddIn = "ADDIN ";
    std::string_view instruction = text::trim(field.instruction);
    if (!instruction.starts_with(kAddIn)) return;
    instruction = text::trim(instruction.substr(kAddIn.size()));
    std::vector<CitedWork> works;
    if (instruction.starts_with("EN.CITE")) {
      const std::size_t xml = instruction.find('<');
      const std::string data = xml == std::string_view::npos ? decode_base64(field.data) : std::string(instruction.substr(xml));
      // Where the data stands in a field within, that one is read.
      if (!data.empty()) take(read_endnote_cites(data, works), works, "EndNote");
    } else if (const std::size_t csl = instruction.find("CSL_CITATION"); csl != std::string_view::npos) {
      const std::size_t json = std::min(instruction.find('{', csl), instruction.size());
      take(read_citation_items(instruction.substr(json), works), works, instruction.starts_with("ZOTERO") ? "Zotero" : "Mendeley");
    }
  }

  void content_control(std::string_view tag) {
    constexpr std::string_view kMendeley = "MENDELEY_CITATION_";
    if (!tag.starts_with(kMendeley)) return;
    std::vector<CitedWork> works;
    const std::string data = decode_base64(tag.substr(tag.rfind('_') + 1));
    take(read_citation_items(data, works), works, "Mendeley");
  }

  void take(bool is_sound, const std::vector<CitedWork>& works, std::string_view producer) {
    if (!is_sound) sink_->warn("cited/unreadable-field", 0, fmt::format("a field of {} in {} cannot be read; what it cites is not known", producer, part_));
    for (const CitedWork& work : works) sink_->cite(citation_of(work));
  }

  std::string_view part_;
  CitationSink* sink_;
  std::vector<Field> open_;
  std::string* to_ = nullptr;  // where text goes
};

}  // namespace

void read_docx(const std::string& path, CitationSink& sink) {
  ZipArchive archive(path);
  bool found = false;
  for (const std::string_view part : kParts)
    for (const std::string_view name : archive.names()) {
      if (!is_part(name, part)) continue;
      found = true;
      Fields fields(name, sink);
      if (const std::string fault = read_xml(archive.content(name), fields); !fault.empty()) throw InputError(fmt::format("{} in {} cannot be read: {}", name, path, fault));
    }
  if (!found) throw InputError(fmt::format("{} is no document of Word", path));
}

}  // namespace bibmill
