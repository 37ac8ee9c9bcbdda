// Rich text: building, comparing and joining runs of marked text, and the rules for titles that formats share.
#include "bibmill/text/rich_text.h"

#include <algorithm>

#include "bibmill/text/unicode.h"

namespace bibmill::text {

namespace {

constexpr Str kNotations[] = {kLatex, kMathMl, kHtml, kMarkdown};

constexpr std::size_t kUsualPieces = 8;

constexpr Marks joined(Marks a, Marks b) { return Marks::from_bits(static_cast<std::uint16_t>(a.bits | b.bits)); }
constexpr bool share_a_mark(Marks a, Marks b) { return (a.bits & b.bits) != 0; }
constexpr Marks kSource = Marks(Mark::Math).with(Mark::Verbatim);

bool look_the_same(const Run& a, const Run& b) { return a.marks == b.marks && a.notation == b.notation; }

/// Adds a run whose text the arena owns. Where it looks like the last one and its text follows the last one's in memory, the two become one.
void push(Arena& arena, RichText& rich, const Run& run) {
  if (run.text.empty()) return;
  if (rich.runs.empty() || !look_the_same(rich.runs.back(), run)) {
    rich.runs.push_back(arena, run);
    return;
  }
  Run& last = rich.runs.back();
  const bool follows = last.text.data() + last.text.size() == run.text.data();
  last.text = follows ? Str(last.text.data(), last.text.size() + run.text.size()) : arena.concat({last.text, run.text});
}

char last_char(const RichText& rich) { return rich.empty() ? '\0' : rich.runs.back().text.back(); }

bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

}  // namespace

// ------------------------------------------------------------------------------------------------------------- builder

Str RichTextBuilder::interned(std::string_view notation) {
  if (notation.empty()) return {};
  for (const Str known : kNotations)
    if (known == notation) return known;
  for (const auto& seen : notations_)
    if (*seen == notation) return *seen;
  return *notations_.emplace_back(std::make_unique<std::string>(notation));
}

void RichTextBuilder::append(std::string_view text, Marks marks, std::string_view notation) {
  if (text.empty()) return;
  const Str owned = interned(notation);
  if (pieces_.empty()) pieces_.reserve(kUsualPieces);
  if (pieces_.empty() || pieces_.back().marks != marks || pieces_.back().notation != owned)
    pieces_.push_back({text_.size(), marks, owned});
  text_ += text;
}

void RichTextBuilder::append(const RichText& rich, Marks added) {
  for (const Run& run : rich.runs) append(run.text, joined(run.marks, added), run.notation);
}

void RichTextBuilder::mark_from(std::size_t place, Marks marks) {
  if (place >= text_.size()) return;
  std::size_t first = pieces_.size();
  while (first > 0 && pieces_[first - 1].begin >= place) --first;
  if (first == pieces_.size() || pieces_[first].begin > place) {
    // The place lies within a piece: divide it.
    Piece rest = pieces_[first - 1];
    rest.begin = place;
    pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(first), rest);
  }
  for (std::size_t at = first; at < pieces_.size(); ++at) pieces_[at].marks = joined(pieces_[at].marks, marks);
}

void RichTextBuilder::truncate(std::size_t place) {
  text_.resize(std::min(place, text_.size()));
  while (!pieces_.empty() && pieces_.back().begin >= text_.size()) pieces_.pop_back();
}

RichText RichTextBuilder::finish(Arena& arena) {
  RichText rich;
  const Str text = arena.copy(text_);
  for (std::size_t at = 0; at < pieces_.size(); ++at) {
    const std::size_t end = at + 1 < pieces_.size() ? pieces_[at + 1].begin : text.size();
    Run run{text.substr(pieces_[at].begin, end - pieces_[at].begin), pieces_[at].marks, pieces_[at].notation};
    const auto is_its = [&](Str known) { return known.data() == run.notation.data(); };
    if (!run.notation.empty() && std::none_of(std::begin(kNotations), std::end(kNotations), is_its)) run.notation = arena.copy(run.notation);
    push(arena, rich, run);
  }
  clear();
  return rich;
}

void RichTextBuilder::clear() {
  text_.clear();
  pieces_.clear();
  notations_.clear();
}

// --------------------------------------------------------------------------------------------------------------- views

void append_plain(std::string& out, const RichText& rich) {
  bool quoted = false;
  for (const Run& run : rich.runs) {
    if (run.marks.has(Mark::Quote) != quoted) {
      quoted = !quoted;
      out += quoted ? "“" : "”";
    }
    out += run.text;
  }
  if (quoted) out += "”";
}

std::string plain_text(const RichText& rich) {
  std::string out;
  append_plain(out, rich);
  return out;
}

Str plain_text(Arena& arena, const RichText& rich) { return rich.plain() ? rich.text() : arena.copy(plain_text(rich)); }

bool same_text(const RichText& a, const RichText& b) {
  return std::equal(a.runs.begin(), a.runs.end(), b.runs.begin(), b.runs.end(),
                    [](const Run& x, const Run& y) { return look_the_same(x, y) && x.text == y.text; });
}

bool has_marks(const RichText& rich, Marks any_of) {
  return std::any_of(rich.runs.begin(), rich.runs.end(), [&](const Run& run) { return share_a_mark(run.marks, any_of); });
}

RichText without_marks(Arena& arena, const RichText& rich, Marks dropped) {
  RichText result;
  result.language = rich.language;
  for (Run run : rich.runs) {
    run.marks = Marks::from_bits(static_cast<std::uint16_t>(run.marks.bits & ~unsigned{dropped.bits}));
    if (!share_a_mark(run.marks, kSource)) run.notation = {};
    push(arena, result, run);
  }
  return result;
}

std::size_t size_in_bytes(const RichText& rich) {
  std::size_t size = 0;
  for (const Run& run : rich.runs) size += run.text.size();
  return size;
}

RichText slice(Arena& arena, const RichText& rich, std::size_t begin, std::size_t end) {
  RichText result;
  result.language = rich.language;
  std::size_t at = 0;  // of the run's first byte
  for (Run run : rich.runs) {
    const std::size_t size = run.text.size();
    const std::size_t from = std::clamp(begin, at, at + size) - at;
    const std::size_t to = std::clamp(end, at, at + size) - at;
    run.text = from < to ? run.text.substr(from, to - from) : Str{};
    push(arena, result, run);
    at += size;
  }
  return result;
}

RichText collapse(Arena& arena, const RichText& rich) {
  if (rich.plain()) {
    if (is_collapsed(rich.text())) return rich;
    RichText result = RichText::of(arena, collapse(arena, rich.text()));
    result.language = rich.language;
    return result;
  }
  // A blank is written before the text that follows it, in the marks in which it stood first; so none stays at the end.
  RichTextBuilder builder;
  Marks blank_marks;
  bool blank = false;
  for (const Run& run : rich.runs) {
    if (share_a_mark(run.marks, kSource)) {
      if (blank && !builder.empty()) builder.append(" ", blank_marks);
      blank = false;
      builder.append(run.text, run.marks, run.notation);
      continue;
    }
    for (std::size_t at = 0; at < run.text.size();) {
      if (is_blank(run.text[at])) {
        if (!blank) blank_marks = run.marks;
        blank = true;
        ++at;
        continue;
      }
      if (blank && !builder.empty()) builder.append(" ", blank_marks);
      blank = false;
      std::size_t end = at;
      while (end < run.text.size() && !is_blank(run.text[end])) ++end;
      builder.append(run.text.substr(at, end - at), run.marks);
      at = end;
    }
  }
  RichText result = builder.finish(arena);
  result.language = rich.language;
  return same_text(result, rich) ? rich : result;
}

void RichTextJoiner::add(const RichText& part, std::string_view joint) {
  if (part.empty()) return;
  if (count_++ == 0) {
    first_ = part;
    return;
  }
  one_language_ = one_language_ && part.language == first_.language;
  if (count_ == 2) builder_.append(first_);
  builder_.append(joint);
  builder_.append(part);
}

char RichTextJoiner::last() const { return count_ == 0 ? '\0' : count_ == 1 ? last_char(first_) : builder_.text().back(); }

RichText RichTextJoiner::finish(Arena& arena) {
  if (count_ == 0) return {};
  if (count_ == 1) return first_;
  RichText result = builder_.finish(arena);
  if (one_language_) result.language = first_.language;
  return result;
}

RichText concatenate(Arena& arena, std::span<const RichText> parts, std::string_view separator) {
  RichTextJoiner joiner;
  for (const RichText& part : parts) joiner.add(part, separator);
  return joiner.finish(arena);
}

// -------------------------------------------------------------------------------------------------------------- titles

std::string_view joint_before_subtitle(char last) { return is_one_of(last, "?!.:;") ? " " : ": "; }
std::string_view joint_before_addon(char last) { return is_one_of(last, "?!.") ? " " : ". "; }

RichText join_title(Arena& arena, const RichText& title, const RichText& subtitle) { return concatenate(arena, {title, subtitle}, joint_before_subtitle(last_char(title))); }

RichText join_addon(Arena& arena, const RichText& title, const RichText& addon) { return concatenate(arena, {title, addon}, joint_before_addon(last_char(title))); }

RichText trimmed(Arena& arena, const RichText& rich) {
  if (rich.empty()) return rich;
  const Str first = rich.runs.front().text;
  const Str last = rich.runs.back().text;
  const std::size_t size = size_in_bytes(rich);
  const std::size_t begin = first.size() - trim_left(first).size();
  const std::size_t end = size - (last.size() - trim_right(last).size());
  return begin == 0 && end == size ? rich : slice(arena, rich, begin, std::max(begin, end));
}

std::string_view without_final_dot(std::string_view title) {
  if (title.empty() || title.back() != '.') return title;
  const bool of_ellipsis = title.size() >= 3 && title.substr(title.size() - 3) == "...";
  return of_ellipsis ? title : title.substr(0, title.size() - 1);
}

RichText without_final_dot(Arena& arena, const RichText& rich) {
  if (last_char(rich) != '.' || share_a_mark(rich.runs.back().marks, kSource)) return rich;
  if (rich.plain() && rich.text().size() > 1) {
    RichText shorter = RichText::of(arena, without_final_dot(rich.text()));
    shorter.language = rich.language;
    return shorter;
  }
  // The dots of "..." may stand in several runs.
  const std::size_t size = size_in_bytes(rich);
  const std::string end = plain_text(without_marks(arena, slice(arena, rich, size < 3 ? 0 : size - 3, size), Mark::Quote));
  return without_final_dot(end).size() == end.size() ? rich : slice(arena, rich, 0, size - 1);
}

bool ends_like_nlm(std::string_view title) { return !title.empty() && is_one_of(title.back(), ".?!"); }

RichText with_final_dot(Arena& arena, const RichText& rich) {
  if (rich.empty() || is_one_of(last_char(rich), ".?!")) return rich;
  RichTextBuilder builder;
  builder.append(rich);
  builder.append(".");
  RichText result = builder.finish(arena);
  result.language = rich.language;
  return result;
}

}  // namespace bibmill::text
