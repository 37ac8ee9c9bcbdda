// Laying XML out by its tags: only white space between elements changes, and only where the DTD says that it means nothing.
#include "layout.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "parser.h"
#include "scan.h"
#include "xml.h"

namespace bibmill::pubmed {

namespace {

constexpr std::string_view kLeftAsItIs = "layout/left";

/// Deeper elements stay as they stand, so that indents stay in proportion to the text: no record of the DTD is as deep.
constexpr std::size_t kDeepest = 24;

std::string_view stripped(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string line_end_in(std::string_view text) {
  const std::size_t at = text.find_first_of("\r\n");
  if (at == std::string_view::npos || text[at] == '\n') return "\n";
  return at + 1 < text.size() && text[at + 1] == '\n' ? "\r\n" : "\r";
}

/// Comments and instructions, one after the other: text of no element.
bool is_beside_the_text(std::string_view gap) {
  Scanner scanner(gap);
  for (Piece piece = scanner.next(); piece.kind != Piece::Kind::End; piece = scanner.next()) {
    const bool blank = piece.kind == Piece::Kind::Text && is_blank(gap.substr(piece.begin, piece.end - piece.begin));
    if (!blank && (!piece.complete || (piece.kind != Piece::Kind::Comment && piece.kind != Piece::Kind::Processing))) return false;
  }
  return true;
}

/// Does the element hold elements that are read one by one, with nothing but comments between them?
bool is_structure(Node node) {
  const NameId name = node.name();
  if (name == kUnknownName || kElements[name].content != Content::Elements || kElements[name].becomes == "verbatim" || name == name_id("DispFormula") || !node.has_children()) return false;
  bool good = true;
  for_each_piece(
      node, [&](std::uint32_t begin, std::uint32_t end) { good = good && is_beside_the_text(node.slice(begin, end)); }, [](Node) {});
  return good;
}

class XmlLayout final : private TreeSink {
 public:
  XmlLayout(std::string_view text, std::size_t indent) : text_(text), indent_(indent), line_end_(line_end_in(text)) {}

  LaidOut run() {
    Scanner scanner(text_);
    for (Piece piece = scanner.next(); piece.kind != Piece::Kind::End; piece = scanner.next()) take(piece);
    if (done_.text.empty()) done_.text = text_;
    return std::move(done_);
  }

 private:
  void take(const Piece& piece) {
    const std::string_view source = text_.substr(piece.begin, piece.end - piece.begin);
    switch (piece.kind) {
      case Piece::Kind::Record: return take_record(piece, source);
      case Piece::Kind::Tag: return take_tag(source);
      default: put(depth_, stripped(source));
    }
  }

  /// Of a set, or of what somebody put round it.
  void take_tag(std::string_view tag) {
    if (tag.starts_with("</")) {
      if (depth_ > 0) --depth_;
      return put(depth_, tag);
    }
    put(depth_, tag);
    if (!tag.ends_with("/>") && depth_ < kDeepest) ++depth_;
  }

  void take_record(const Piece& piece, std::string_view source) {
    taken_ = false;
    Parsed parsed;
    if (piece.complete) parsed = parser_.parse(source, source, piece.begin, *this);
    if (taken_) return;
    put(depth_, stripped(source));  // what breaks off with the text ends with its blanks
    done_.left.push_back({Severity::Note, kLeftAsItIs, "stays as it is: the record is no well-formed XML", {}, {piece.begin, piece.begin + 1}, {}});
  }

  bool tree(const Tree& tree) override {
    if (tree.source.size() != tree.elements.front().end) return false;
    taken_ = true;
    put_element(Node(tree, 0), depth_);
    return false;
  }

  void put_element(Node node, std::size_t depth) {
    if (depth >= kDeepest || !is_structure(node)) return put(depth, node.source());
    put(depth, node.start_tag());
    for_each_piece(
        node, [&](std::uint32_t begin, std::uint32_t end) { put(depth + 1, stripped(node.slice(begin, end))); }, [&](Node child) { put_element(child, depth + 1); });
    put(depth, node.end_tag());
  }

  void put(std::size_t depth, std::string_view piece) {
    if (piece.empty()) return;
    done_.text.append(depth * indent_, ' ').append(piece).append(line_end_);
  }

  std::string_view text_;
  std::size_t indent_;
  std::string line_end_;
  std::size_t depth_ = 0;
  bool taken_ = false;
  Parser parser_;
  LaidOut done_;
};

}  // namespace

LaidOut lay_out(std::string_view text, const Settings& settings) { return XmlLayout(text, static_cast<std::size_t>(settings.number("indent", 2))).run(); }

}  // namespace bibmill::pubmed
