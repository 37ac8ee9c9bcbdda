// CSL's HTML subset. Tags are found and paired first, then the text is gathered with the marks of the tags that have a partner.
#include "bibmill/text/html.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <vector>

#include "bibmill/text/entities.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "mark_nesting.h"

namespace bibmill::text {

namespace {

struct HtmlMarkup {
  Mark mark;
  std::string_view open;
  std::string_view close;
};

// Outermost first, where several begin together.
constexpr HtmlMarkup kHtmlMarkup[] = {
    {Mark::NoCase, "<span class=\"nocase\">", "</span>"},
    {Mark::Italic, "<i>", "</i>"},
    {Mark::Bold, "<b>", "</b>"},
    {Mark::SmallCaps, "<span style=\"font-variant:small-caps;\">", "</span>"},
    {Mark::Underline, "<u>", "</u>"},
    {Mark::Superscript, "<sup>", "</sup>"},
    {Mark::Subscript, "<sub>", "</sub>"},
};

constexpr auto kHtmlOrder = [] {
  std::array<Mark, std::size(kHtmlMarkup)> order{};
  std::transform(std::begin(kHtmlMarkup), std::end(kHtmlMarkup), order.begin(), [](const HtmlMarkup& row) { return row.mark; });
  return order;
}();

const HtmlMarkup& markup_of(Mark mark) {
  return *std::find_if(std::begin(kHtmlMarkup), std::end(kHtmlMarkup), [&](const HtmlMarkup& row) { return row.mark == mark; });
}

/// Elements that have a meaning here. An element with attributes that have none is kept as source.
struct Element {
  std::string_view name;
  Marks marks;
};

constexpr Element kElements[] = {
    {"i", Mark::Italic},        {"em", Mark::Italic},    {"b", Mark::Bold},      {"strong", Mark::Bold}, {"sub", Mark::Subscript},
    {"sup", Mark::Superscript}, {"sc", Mark::SmallCaps}, {"u", Mark::Underline}, {"span", {}},
};

constexpr std::size_t kNoElement = std::size(kElements);
constexpr std::size_t kLongestTag = 256;

struct Tag {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t element = kNoElement;  // place in kElements
  bool closes = false;
  bool has_partner = false;
  bool is_source = false;  // kept as a Verbatim run
  bool is_formula = false;
  Marks marks;
};

// ------------------------------------------------------------------------------------------------------- one tag

/// Reads <name attributes>, </name> or <name/> at `html[at]`.
class TagReader {
 public:
  TagReader(std::string_view html, std::size_t at) : head_(html.substr(at, kLongestTag)) {}

  /// The size is 0 if this is no tag.
  std::size_t size() const { return size_; }
  std::string_view name() const { return name_; }

  std::optional<Tag> read() {
    std::size_t at = 1;
    Tag tag;
    if (at < head_.size() && head_[at] == '/') {
      tag.closes = true;
      ++at;
    }
    const std::size_t begin = at;
    while (at < head_.size() &&
           (is_ascii_letter(head_[at]) || (at > begin && (is_ascii_digit(head_[at]) || head_[at] == ':' || head_[at] == '-'))))
      ++at;
    name_ = head_.substr(begin, at - begin);
    if (name_.empty() || !read_attributes(at, tag)) return {};
    const Element* const element = std::find_if(std::begin(kElements), std::end(kElements),
                                                [&](const Element& row) { return equal_ignoring_ascii_case(row.name, name_); });
    tag.element = static_cast<std::size_t>(element - std::begin(kElements));
    if (element != std::end(kElements) && !element->marks.none()) tag.marks = element->marks;
    tag.is_source = tag.element == kNoElement || has_foreign_attribute_ || (tag.marks.none() && !tag.closes);
    tag.end = size_;
    return tag;
  }

 private:
  bool read_attributes(std::size_t at, Tag& tag) {
    for (;;) {
      while (at < head_.size() && is_blank(head_[at])) ++at;
      if (at >= head_.size() || head_[at] == '<') return false;
      if (head_[at] == '>') {
        size_ = at + 1;
        return true;
      }
      if (head_[at] == '/') {
        has_foreign_attribute_ = true;  // <br/>
        ++at;
        if (at >= head_.size() || head_[at] != '>') return false;
        continue;
      }
      const std::size_t begin = at;
      while (at < head_.size() && std::string_view(" \t\r\n=<>\"'/").find(head_[at]) == std::string_view::npos) ++at;
      if (at == begin) return false;
      const std::string_view name = head_.substr(begin, at - begin);
      while (at < head_.size() && is_blank(head_[at])) ++at;
      std::string_view value;
      if (at < head_.size() && head_[at] == '=' && !read_value(++at, value)) return false;
      if (!apply(name, value, tag)) has_foreign_attribute_ = true;
    }
  }

  bool read_value(std::size_t& at, std::string_view& value) {
    while (at < head_.size() && is_blank(head_[at])) ++at;
    if (at >= head_.size()) return false;
    const bool quoted = head_[at] == '"' || head_[at] == '\'';
    const std::size_t end = quoted ? head_.find(head_[at], at + 1) : head_.find_first_of(" \t\r\n<>", at);
    if (end == std::string_view::npos) return false;
    value = quoted ? head_.substr(at + 1, end - at - 1) : head_.substr(at, end - at);
    at = quoted ? end + 1 : end;
    return true;
  }

  /// class="nocase" and style="font-variant: small-caps;" of a span.
  bool apply(std::string_view name, std::string_view value, Tag& tag) const {
    if (name_ != "span") return false;
    if (name == "class" && trim(value) == "nocase") {
      tag.marks = tag.marks.with(Mark::NoCase);
      return true;
    }
    std::string style;
    for (const char c : value)
      if (!is_blank(c) && c != ';') style += ascii_lower(c);
    if (name != "style" || style != "font-variant:small-caps") return false;
    tag.marks = tag.marks.with(Mark::SmallCaps);
    return true;
  }

  std::string_view head_;
  std::string_view name_;
  std::size_t size_ = 0;
  bool has_foreign_attribute_ = false;
};

// ------------------------------------------------------------------------------------------------------- all tags

class TagFinder {
 public:
  explicit TagFinder(std::string_view html) : html_(html) {}

  std::vector<Tag> find() {
    for (std::size_t at = html_.find('<'); at != std::string_view::npos; at = html_.find('<', at)) {
      TagReader reader(html_, at);
      std::optional<Tag> tag = reader.read();
      if (!tag) {
        ++at;
        continue;
      }
      tag->begin = at;
      tag->end += at;
      if (!tag->closes && (reader.name() == "math" || reader.name() == "mml:math")) take_formula(*tag, reader.name());
      at = tag->end;
      add(*tag);
    }
    return std::move(tags_);
  }

 private:
  /// A MathML element is one run, up to the first closing tag of its name.
  void take_formula(Tag& tag, std::string_view name) {
    if (no_formula_ends_) return;
    const std::string closing = "</" + std::string(name) + ">";
    const std::size_t close = html_.find(closing, tag.end);
    no_formula_ends_ = close == std::string_view::npos;
    if (no_formula_ends_) return;
    tag.end = close + closing.size();
    tag.is_formula = true;
  }

  void add(const Tag& tag) {
    const std::size_t element = tag.element;
    tags_.push_back(tag);
    if (element == kNoElement) return;
    if (!tag.closes) {
      open_.push_back(tags_.size() - 1);
      ++open_of_[element];
      return;
    }
    if (open_of_[element] == 0) return;
    // What was opened inside and is still open has no partner.
    for (;;) {
      Tag& last = tags_[open_.back()];
      open_.pop_back();
      --open_of_[last.element];
      if (last.element != element) continue;
      last.has_partner = true;
      tags_.back().has_partner = true;
      tags_.back().is_source = last.is_source;
      tags_.back().marks = last.marks;
      return;
    }
  }

  std::string_view html_;
  std::vector<Tag> tags_;
  std::vector<std::size_t> open_;
  std::array<std::size_t, kNoElement> open_of_{};
  bool no_formula_ends_ = false;
};

// ------------------------------------------------------------------------------------------------------- reading

class HtmlReader {
 public:
  HtmlReader(std::string_view html, const HtmlOptions& options) : html_(html), options_(options) {}

  RichText read(Arena& arena) {
    std::size_t at = 0;
    for (const Tag& tag : TagFinder(html_).find()) {
      const bool is_markup = tag.has_partner && !tag.is_source;
      const bool is_source = tag.is_formula || tag.element == kNoElement || (tag.has_partner && tag.is_source);
      if (!is_markup && !is_source) continue;
      append_text(html_.substr(at, tag.begin - at));
      if (is_source) {
        const Mark mark = tag.is_formula ? Mark::Math : Mark::Verbatim;
        out_.append(html_.substr(tag.begin, tag.end - tag.begin), marks_.with(mark), tag.is_formula ? kMathMl : kHtml);
      } else {
        step(tag);
      }
      at = tag.end;
    }
    append_text(html_.substr(at));
    return out_.finish(arena);
  }

 private:
  /// A mark holds as long as any of the tags that set it is open.
  void step(const Tag& tag) {
    for (std::size_t at = 0; at < kHtmlOrder.size(); ++at) {
      if (!tag.marks.has(kHtmlOrder[at])) continue;
      set_[at] += tag.closes ? -1 : 1;
      marks_ = set_[at] > 0 ? marks_.with(kHtmlOrder[at]) : marks_.without(kHtmlOrder[at]);
    }
  }

  void append_text(std::string_view text) {
    std::size_t from = 0;
    for (std::size_t at = options_.entities ? text.find('&') : std::string_view::npos; at != std::string_view::npos;
         at = text.find('&', at)) {
      const CharacterReference reference = character_reference_at(text, at);
      if (reference.size == 0) {
        ++at;
        continue;
      }
      out_.append(text.substr(from, at - from), marks_);
      std::string character;
      append_utf8(character, reference.character);
      out_.append(character, marks_);
      at += reference.size;
      from = at;
    }
    out_.append(text.substr(from), marks_);
  }

  std::string_view html_;
  const HtmlOptions& options_;
  RichTextBuilder out_;
  Marks marks_;
  std::array<int, kHtmlOrder.size()> set_{};
};

// ------------------------------------------------------------------------------------------------------- writing

bool is_kept_in_html(const Run& run) {
  return (run.marks.has(Mark::Verbatim) && run.notation == kHtml) || (run.marks.has(Mark::Math) && run.notation == kMathMl);
}

void append_escaped(std::string& out, std::string_view text, const HtmlOptions& options) {
  if (!options.entities) {
    out += text;
    return;
  }
  for (const char c : text) {
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      default: out += c;
    }
  }
}

}  // namespace

RichText read_html(Arena& arena, std::string_view html, const HtmlOptions& options) {
  const bool is_text =
      html.find('<') == std::string_view::npos && (!options.entities || html.find('&') == std::string_view::npos);
  return is_text ? RichText::of(arena, arena.copy(html)) : HtmlReader(html, options).read(arena);
}

Fidelity write_html(std::string& out, const RichText& rich, const HtmlOptions& options) {
  if (rich.plain() && !options.entities && rich.text().find('<') == std::string_view::npos) {
    out += rich.text();
    return Fidelity::Exact;
  }
  const std::size_t start = out.size();
  // Enough for most texts.
  std::array<std::byte, 64> few;
  std::pmr::monotonic_buffer_resource memory(few.data(), few.size());
  std::pmr::vector<Marks> nested(&memory);
  nested.reserve(rich.runs.size());
  bool narrowed = false;
  bool has_bracket = false;  // then only reading it again tells what the text means
  for (const Run& run : rich.runs) {
    const bool foreign = (run.marks.has(Mark::Verbatim) || run.marks.has(Mark::Math)) && !is_kept_in_html(run);
    const bool underlined = run.marks.has(Mark::Underline) && !options.underline;
    narrowed = narrowed || foreign || underlined || run.marks.has(Mark::Quote);
    has_bracket = has_bracket || run.text.find('<') != std::string_view::npos;
    nested.push_back(underlined ? run.marks.without(Mark::Underline) : run.marks);
  }
  MarkNesting nesting(nested, kHtmlOrder);
  bool quoted = false;
  for (std::size_t at = 0; at <= rich.runs.size(); ++at) {
    const bool in_quotation = at < rich.runs.size() && rich.runs[at].marks.has(Mark::Quote);
    if (quoted && !in_quotation) out += "”";
    nesting.step(
        at, [&](Mark mark) { out += markup_of(mark).close; }, [&](Mark mark) { out += markup_of(mark).open; });
    if (!quoted && in_quotation) out += "“";
    quoted = in_quotation;
    if (at == rich.runs.size()) break;
    const Run& run = rich.runs[at];
    if (is_kept_in_html(run)) {
      out += run.text;
    } else {
      append_escaped(out, run.text, options);
    }
  }
  if (narrowed) return Fidelity::Narrowed;
  if (!has_bracket) return Fidelity::Exact;
  Arena arena;
  return same_text(read_html(arena, std::string_view(out).substr(start), options), rich) ? Fidelity::Exact : Fidelity::Narrowed;
}

bool has_html_markup(std::string_view text) {
  const std::vector<Tag> tags = TagFinder(text).find();
  return std::any_of(tags.begin(), tags.end(), [](const Tag& tag) { return tag.has_partner && !tag.is_source; });
}

}  // namespace bibmill::text
