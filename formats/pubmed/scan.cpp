// Leaping from one record to the next.
#include "scan.h"

#include <algorithm>
#include <functional>

#include "bibmill/text/byte_scan.h"
#include "xml.h"

namespace bibmill::pubmed {

namespace {

struct RecordElement {
  std::string_view start;
  std::string_view end;
  Piece::Kind kind;
};

constexpr RecordElement kRecordElements[] = {
    {"<PubmedArticle", "</PubmedArticle", Piece::Kind::Record},
    {"<PubmedBookArticle", "</PubmedBookArticle", Piece::Kind::Record},
    {"<MedlineCitation", "</MedlineCitation", Piece::Kind::Record},
    {"<BookDocument", "</BookDocument", Piece::Kind::Record},
    {"<DeleteCitation", "</DeleteCitation", Piece::Kind::Instruction},
    {"<DeleteDocument", "</DeleteDocument", Piece::Kind::Instruction},
};

constexpr std::size_t kNone = std::string_view::npos;

bool ends_name(std::string_view text, std::size_t at) {
  return at >= text.size() || is_space(text[at]) || text[at] == '>' || text[at] == '/';
}

const RecordElement* record_element_at(std::string_view text) {
  for (const RecordElement& element : kRecordElements)
    if (text.starts_with(element.start) && ends_name(text, element.start.size())) return &element;
  return nullptr;
}

/// The next comment, CDATA section or processing instruction: found by its second character, ! or ?, which are rare in text.
class Sections {
 public:
  explicit Sections(std::string_view text) : text_(text) {}

  /// Where the first that begins in [from, to) begins, else npos. `from` never goes back; how far it was looked is remembered, so that each byte is looked at once.
  std::size_t find(std::size_t from, std::size_t to) {
    if (hit_ != kNone && hit_ >= from) return hit_ < to ? hit_ : kNone;
    looked_ = std::max(looked_, from + 1);
    while (looked_ < to) {
      const std::size_t at = text::next_of<'!', '?'>(text_.substr(0, to), looked_);
      looked_ = std::min(at + 1, to);
      if (at < to && text_[at - 1] == '<') {
        hit_ = at - 1;
        return hit_;
      }
    }
    return kNone;
  }
  /// Behind the one that begins at `at`; npos if it does not end.
  std::size_t behind(std::size_t at) const {
    const std::string_view rest = text_.substr(at);
    const std::string_view end = rest.starts_with("<!--")        ? "-->"
                                 : rest.starts_with("<![CDATA[") ? "]]>"
                                 : rest[1] == '?'                ? "?>"
                                                                 : ">";
    const std::size_t found = text_.find(end, at + 2);
    return found == kNone ? kNone : found + end.size();
  }

 private:
  std::string_view text_;
  std::size_t looked_ = 0;
  std::size_t hit_ = kNone;  // the last find
};

/// Finds a word of a dozen characters at several bytes a step.
class Word {
 public:
  explicit Word(std::string_view word) : searcher_(word.begin(), word.end()) {}
  std::size_t find(std::string_view text, std::size_t from) const {
    const auto begin = text.begin() + static_cast<std::ptrdiff_t>(from);
    const auto [first, last] = searcher_(begin, text.end());
    return first == last ? kNone : static_cast<std::size_t>(first - text.begin());
  }

 private:
  std::boyer_moore_horspool_searcher<std::string_view::const_iterator> searcher_;
};

const Word& end_tag_searcher(std::string_view end_tag) {
  static const Word kWords[] = {Word(kRecordElements[0].end), Word(kRecordElements[1].end), Word(kRecordElements[2].end),
                                Word(kRecordElements[3].end), Word(kRecordElements[4].end), Word(kRecordElements[5].end)};
  for (std::size_t at = 0; at < std::size(kWords); ++at)
    if (kRecordElements[at].end == end_tag) return kWords[at];
  return kWords[0];
}

/// Behind the end tag, comments and the like left out; npos if there is none.
std::size_t behind_end_tag(std::string_view text, std::string_view end_tag, std::size_t from) {
  const Word& word = end_tag_searcher(end_tag);
  Sections sections(text);
  std::size_t found = word.find(text, from);
  while (found != kNone) {
    const std::size_t section = sections.find(from, found);
    if (section != kNone) {
      from = sections.behind(section);
      if (from == kNone) return kNone;
      if (from > found) found = word.find(text, from);
      continue;
    }
    if (ends_name(text, found + end_tag.size())) return end_of_tag(text, found);
    from = found + end_tag.size();
    found = word.find(text, from);
  }
  return kNone;
}

}  // namespace

Piece Scanner::next() {
  if (at_ >= text_.size()) return {Piece::Kind::End, at_, at_};
  if (text_[at_] == '<') return markup();
  const std::size_t begin = at_;
  at_ = std::min(text_.find('<', at_), text_.size());
  return {Piece::Kind::Text, begin, at_};
}

bool Scanner::stands_at_record() const {
  if (at_ >= text_.size() || text_[at_] != '<') return false;
  const RecordElement* const known = record_element_at(text_.substr(at_));
  return known != nullptr && known->kind == Piece::Kind::Record;
}

Piece Scanner::markup() {
  const std::string_view rest = text_.substr(at_);
  if (rest.starts_with("<!--")) return until(Piece::Kind::Comment, "-->", at_ + 4);
  if (rest.starts_with("<?")) {
    const bool declaration = rest.starts_with("<?xml") && rest.size() > 5 && is_space(rest[5]);
    return until(declaration ? Piece::Kind::Declaration : Piece::Kind::Processing, "?>", at_ + 2);
  }
  if (rest.starts_with("<![CDATA[")) return until(Piece::Kind::Text, "]]>", at_);
  if (rest.starts_with("<!")) return doctype();
  if (const RecordElement* const known = record_element_at(rest)) return element(known->kind, known->end);
  const std::size_t begin = at_;
  const std::size_t end = end_of_tag(text_, at_);
  at_ = end == kNone ? text_.size() : end;
  return {Piece::Kind::Tag, begin, at_, end != kNone};
}

Piece Scanner::until(Piece::Kind kind, std::string_view end, std::size_t from) {
  const std::size_t begin = at_;
  const std::size_t found = text_.find(end, from);
  at_ = found == kNone ? text_.size() : found + end.size();
  return {kind, begin, at_, found != kNone};
}

/// <!DOCTYPE …> with quoted texts, comments and an internal subset in brackets.
Piece Scanner::doctype() {
  const std::size_t begin = at_;
  bool in_subset = false;
  std::size_t at = at_ + 2;
  while (at < text_.size()) {
    at = text_.find_first_of("\"'[]<>", at);
    if (at == kNone) break;
    const char c = text_[at];
    if (c == '"' || c == '\'') {
      at = text_.find(c, at + 1);
      if (at == kNone) break;
    } else if (text_.substr(at).starts_with("<!--")) {
      at = text_.find("-->", at + 4);
      if (at == kNone) break;
      at += 2;
    } else if (c == '[') {
      in_subset = true;
    } else if (c == ']') {
      in_subset = false;
    } else if (c == '>' && !in_subset) {
      at_ = at + 1;
      return {Piece::Kind::Doctype, begin, at_};
    }
    ++at;
  }
  at_ = text_.size();
  return {Piece::Kind::Doctype, begin, at_, false};
}

Piece Scanner::element(Piece::Kind kind, std::string_view end_tag) {
  const std::size_t begin = at_;
  const std::size_t tag_end = end_of_tag(text_, at_);
  std::size_t end = tag_end;
  if (tag_end != kNone && text_[tag_end - 2] != '/') end = behind_end_tag(text_, end_tag, tag_end);
  at_ = end == kNone ? text_.size() : end;
  return {kind, begin, at_, end != kNone};
}

std::vector<std::size_t> find_records_within(std::string_view broken) {
  std::vector<std::size_t> starts;
  const RecordElement* const own = record_element_at(broken);
  const Sections sections(broken);
  std::size_t at = broken.find('<', 1);
  while (at != kNone) {
    // A MedlineCitation within a PubmedArticle is no record.
    const RecordElement* const known = record_element_at(broken.substr(at));
    if (known != nullptr && (known == own || known == &kRecordElements[0] || known == &kRecordElements[1])) starts.push_back(at);
    const bool section = at + 1 < broken.size() && (broken[at + 1] == '!' || broken[at + 1] == '?');
    const std::size_t behind = section ? sections.behind(at) : at + 1;
    at = behind == kNone ? kNone : broken.find('<', behind);
  }
  return starts;
}

}  // namespace bibmill::pubmed
