// Laying files out, and reading what came out against what went in.
#include "bibmill/layout.h"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <functional>
#include <iostream>
#include <iterator>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "bibmill/catalogue.h"
#include "bibmill/errors.h"
#include "bibmill/text/schema.h"
#include "file_text.h"
#include "places.h"

namespace bibmill {

namespace {

constexpr std::size_t kHeadOfText = std::size_t{64} << 10;

/// What no field holds is kept as it was written: without its delimiters, and with one blank for several, line ends among them; none between tags.
std::string bare(std::string_view raw) {
  std::string text;
  for (const char c : raw) {
    if (std::string_view("{}\"").find(c) != std::string_view::npos) continue;
    const bool blank = text::is_blank(c);
    if (c == '<' && text.ends_with("> ")) text.pop_back();
    if (!blank || (!text.empty() && text.back() != ' ')) text += blank ? ' ' : c;
  }
  if (text.ends_with(' ')) text.pop_back();
  return text;
}

/// A text as two numbers, so that what a file says takes no more memory than the file: of two texts that differ both are the same as good as never.
struct Mark {
  std::uint64_t first;
  std::uint64_t second;

  static Mark of(std::string_view text) {
    Mark mark{std::hash<std::string_view>()(text), 0xcbf29ce484222325U};
    for (const char c : text) mark.second = (mark.second ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return mark;
  }
  friend auto operator<=>(const Mark&, const Mark&) = default;
};

/// What a text says, as far as its layout has no part in it.
class Sayings final : public RecordSink, public DiagnosticSink {
 public:
  Sayings(const Format& format, std::string_view text) {
    // Alone: what records get from each other (@string, crossref) follows from what each says.
    const Source source{"text"};
    const std::unique_ptr<Reader> reader = format.make_reader({});
    // Part by part, so that only what was said stays in memory.
    for (std::size_t from = 0; from < text.size() || from == 0;) {
      const std::string_view rest = text.substr(from);
      std::size_t size = rest.size();
      if (size > kPart) {
        const std::size_t cut = format.split(rest, kPart);
        if (cut > 0) size = std::min(cut, size);
      }
      const Part part{rest.substr(0, size), from, std::make_shared<Arena>(), from == 0, size == rest.size()};
      reader->read(source, part, *this, *this);
      from += size;
      if (size == 0) break;
    }
  }

  friend bool operator==(const Sayings& a, const Sayings& b) { return a.records_ == b.records_ && a.between_ == b.between_ && a.errors_ == b.errors_; }

  /// Then the order of records and of the lines between them does not count.
  void forget_order() {
    std::sort(records_.begin(), records_.end());
    std::erase(pieces_between_, std::string());
    std::sort(pieces_between_.begin(), pieces_between_.end());
    between_.clear();
    for (const std::string& piece : pieces_between_) between_ += piece;
  }

 private:
  static constexpr std::size_t kPart = std::size_t{1} << 20;

  /// The order of fields and the case of their names are layout; the order of what stands under one name is not.
  Flow record(Record&& record) override {
    using Line = std::pair<std::string, std::string>;
    std::vector<Line> lines;
    for (const Item& item : record.items()) {
      if (const Entry* const entry = std::get_if<Entry>(&item)) {
        lines.emplace_back(fmt::format("{} ({})", name_of(entry->field), text::ascii_lowered(entry->key)), text::dump(entry->value));
      } else {
        const Extra& extra = std::get<Extra>(item);
        lines.emplace_back(fmt::format("extra {} ({})", extra.origin, text::ascii_lowered(extra.key)), bare(extra.raw));
      }
    }
    std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.first < b.first; });
    std::string all = fmt::format("{} ({}) {}", name_of(record.type), text::ascii_lowered(record.type_as_written), std::string_view(record.key));
    for (const auto& [head, value] : lines) all.append("\n").append(head).append(": ").append(value);
    records_.push_back(Mark::of(all));
    return Flow::Continue;
  }

  /// Delimiters, the case of names, and the order of what commas divide are layout: a text between records may have fields of its own (@xdata).
  Flow between(Extra&& extra) override {
    std::vector<std::string> pieces(1);
    pieces_between_.emplace_back();
    for (const char c : std::string_view(extra.raw)) {
      const bool ends_line = extra.key.empty() && (c == '\n' || c == '\r');  // text without a name: comments
      if (c == ',' || ends_line) pieces_between_.emplace_back();
      if (c == ',')
        pieces.emplace_back();
      else if (!text::is_blank(c) && std::string_view("{}()\"").find(c) == std::string_view::npos)
        add(c, pieces.back());
    }
    std::erase(pieces, std::string());
    std::sort(pieces.begin(), pieces.end());
    for (const std::string& piece : pieces) between_ += piece;
    return Flow::Continue;
  }

  void add(char c, std::string& piece) {
    piece += text::ascii_lower(c);
    pieces_between_.back() += text::ascii_lower(c);
  }

  void report(Diagnostic diagnostic) override { errors_ += diagnostic.severity == Severity::Error ? 1 : 0; }

  std::vector<Mark> records_;
  std::string between_;
  std::vector<std::string> pieces_between_;  // its lines
  std::uint64_t errors_ = 0;
};

std::string standard_input() { return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()}; }

std::vector<LeftAlone> placed(std::vector<Diagnostic> diagnostics, std::string_view text) {
  std::vector<std::uint64_t> wanted;
  for (const Diagnostic& one : diagnostics) wanted.push_back(one.span.begin);
  Places places;
  places.pass(text, 0, wanted, false);
  std::vector<LeftAlone> all;
  for (Diagnostic& one : diagnostics) {
    const Position position = places.at(one.span.begin);
    all.push_back({std::move(one), position});
  }
  return all;
}

/// Nothing where the file stays as it is; why is said in `file`. No more copies than that are alive at a time.
std::optional<std::string> laid_out_bytes(LaidOutFile& file, const Format& format, std::optional<Encoding> encoding, const Settings& settings) {
  const FileText before(file.mended.before, encoding);
  if (before.encoded_whole(before.text()) != file.mended.before) {
    file.undecodable = true;
    return std::nullopt;
  }
  LaidOut laid_out = format.layout(before.text(), settings);
  file.left = placed(std::move(laid_out.left), before.text());
  if (laid_out.text == before.text()) return std::nullopt;
  file.mended.refused = !say_the_same(format, before.text(), laid_out.text, settings.value(kSortOption, "source") != "source");
  std::optional<std::string> after = file.mended.refused ? std::nullopt : before.encoded_whole(laid_out.text);
  file.mended.refused = !after;
  return after;
}

}  // namespace

bool say_the_same(const Format& format, std::string_view before, std::string_view after, bool in_any_order) {
  Sayings a(format, before);
  Sayings b(format, after);
  if (in_any_order) {
    a.forget_order();
    b.forget_order();
  }
  return a == b;
}

LayoutInput open_for_layout(const std::string& path, std::optional<Encoding> encoding, std::span<const Format* const> formats, const Format* from) {
  const bool is_stream = path == "-";
  const std::string bytes = is_stream ? standard_input() : bytes_to_write_back(path);
  LayoutInput input{path, is_stream ? bytes : std::string(), from};
  if (from != nullptr) return input;
  const std::string head = text::decode(std::string_view(bytes).substr(0, kHeadOfText), encoding);
  if (text::trim(head).empty() && bytes.size() <= kHeadOfText) return input;
  input.format = detect_format(formats, head, path);
  if (input.format == nullptr) throw InputError(fmt::format("cannot tell the format of {}; --from names it", path == "-" ? "<stdin>" : path));
  return input;
}

LaidOutFile lay_out(LayoutInput input, std::optional<Encoding> encoding, const Settings& settings) {
  LaidOutFile file;
  file.mended.path = input.path;
  file.mended.before = input.bytes.empty() && input.path != "-" ? bytes_to_write_back(input.path) : std::move(input.bytes);
  if (std::optional<std::string> after = input.format == nullptr ? std::nullopt : laid_out_bytes(file, *input.format, encoding, settings))
    file.mended.after = std::move(*after);
  else
    file.mended.after = file.mended.before;
  return file;
}

}  // namespace bibmill
