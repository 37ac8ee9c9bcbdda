// A PubmedArticleSet around the records, one record a line as efetch has it.
#include "writer.h"

#include <string>
#include <string_view>

#include "bibmill/text/whole_titles.h"
#include "record_writer.h"
#include "xml.h"

namespace bibmill::pubmed {

namespace {

constexpr std::string_view kDeletion = "DeleteCitation";

class PubmedWriter final : public Writer {
 public:
  PubmedWriter(const WriteOptions& options, std::span<const Mapping> rows)
      : line_end_(options.line_end), gives_layout_(options.layout != Layout::Canonical), records_(rows) {}

  void begin(Output& output) override {
    line(output, R"(<?xml version="1.0" encoding="UTF-8"?>)");
    line(
        output,
        R"(<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">)");
    line(output, "<PubmedArticleSet>");
  }

  void write(const Record& record, Output& output, Ledger& ledger) override {
    if (gives_layout_ && record.origin == kOrigin && !record.layout.empty()) {
      write_layout(record, output, ledger);
    } else {
      const text::WholeTitles titles(record, [&](Field field) { return records_.writes(field, record.type); });
      records_.write(titles.record(), output.text, ledger);
      titles.book(ledger);
    }
    output.text += line_end_;
  }

  bool between(const Extra& extra, Output& output) override {
    if (extra.origin != kOrigin) return false;
    if (extra.key == kDeletion) {
      output.tail += inside(extra.raw);
      return true;
    }
    if (extra.key != "#comment" && extra.key != "#instruction") return false;
    line(output, extra.raw);
    return true;
  }

  /// The DTD has one DeleteCitation, behind all records, and no set without a record.
  void end(Output& output, std::string_view tail, std::uint64_t records) override {
    if (records == 0) {
      const std::string what = is_blank(tail) ? "the PubmedArticleSet has no record" : "the PubmedArticleSet deletes and has no record";
      output.remarks.push_back({Severity::Warning, "pubmed/empty-set", what + ", and NLM's DTD wants one at least", {}, {}, {}});
    }
    if (!is_blank(tail)) {
      output.text += "<DeleteCitation>";
      append_verbatim(output.text, tail);
      line(output, "</DeleteCitation>");
    }
    line(output, "</PubmedArticleSet>");
  }

 private:
  void line(Output& output, std::string_view text) {
    output.text += text;
    output.text += line_end_;
  }

  void write_layout(const Record& record, Output& output, Ledger& ledger) {
    // A citation or book that stood by itself needs the element that a set holds.
    const std::string_view name = tag_name(record.layout);
    const std::string_view around = name == "MedlineCitation" ? "PubmedArticle"
                                    : name == "BookDocument"  ? "PubmedBookArticle"
                                                              : "";
    if (!around.empty()) output.text.append("<").append(around).append(">");
    output.text += record.layout;
    if (!around.empty()) output.text.append("</").append(around).append(">");
    for (std::size_t item = 0; item < record.items().size(); ++item)
      if (const Extra* const extra = std::get_if<Extra>(&record.items()[item]); extra == nullptr || extra->origin == kOrigin)
        ledger.book(item);
  }

  /// What stands between the tags of an element.
  static std::string_view inside(std::string_view element) {
    const std::size_t begin = end_of_tag(element, 0);
    const std::size_t end = element.rfind("</");
    return begin == std::string_view::npos || end == std::string_view::npos || end < begin ? std::string_view{}
                                                                                           : element.substr(begin, end - begin);
  }

  std::string line_end_;
  bool gives_layout_;
  RecordWriter records_;
};

}  // namespace

std::unique_ptr<Writer> make_writer(const WriteOptions& options, std::span<const Mapping> rows) {
  return std::make_unique<PubmedWriter>(options, rows);
}

}  // namespace bibmill::pubmed
