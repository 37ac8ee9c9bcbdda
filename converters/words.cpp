// Looking at words without changing them.
#include "words.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <fmt/format.h>

#include "bibmill/text/byte_scan.h"
#include "bibmill/text/rich_text.h"

namespace bibmill::rules {

namespace {

/// What a byte of ASCII becomes: itself, a small letter, 0 for a gap, kNothing for what is left out.
constexpr char kNothing = 1;
constexpr std::array<char, 128> kFolds = [] {
  std::array<char, 128> folds{};
  for (char c = '0'; c <= '9'; ++c) folds[static_cast<std::size_t>(c)] = c;
  for (char c = 'a'; c <= 'z'; ++c) folds[static_cast<std::size_t>(c)] = folds[static_cast<std::size_t>(c - 'a' + 'A')] = c;
  folds['\''] = kNothing;
  return folds;
}();

/// The same without gaps: 0 for what is no letter or digit. What stands beyond ASCII is folded before.
constexpr std::array<char, 256> kLetters = [] {
  std::array<char, 256> letters{};
  for (std::size_t byte = 0; byte < letters.size(); ++byte) letters[byte] = byte >= 0x80 ? static_cast<char>(byte) : kFolds[byte] == kNothing ? '\0' : kFolds[byte];
  return letters;
}();

/// Calls `visit(c)` for each byte of the folded text.
template <class Visit>
void for_each_folded(std::string_view text, Visit&& visit) {
  bool gap = false;
  bool begun = false;
  const auto pass = [&](char c) {
    if (gap && begun) visit(' ');
    gap = false;
    begun = true;
    visit(c);
  };
  const auto take = [&](char c) {
    const char fold = static_cast<unsigned char>(c) < 0x80 ? kFolds[static_cast<unsigned char>(c)] : c;
    if (fold == 0)
      gap = true;
    else if (fold != kNothing)
      pass(fold);
  };
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      take(text[at++]);
      continue;
    }
    const text::CodePoint point = text::code_point_at(text, at);
    std::string one;
    text::append_utf8(one, point.value);
    std::string fold = text::ascii_fold(one);
    // What has no likeness in ASCII, such as Greek or Chinese, tells titles apart as it is.
    if (fold.empty() && text::is_letter(point.value)) fold = text::fold_case(one);
    for (const char c : fold) take(c);
    at += point.size;
  }
}

}  // namespace

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for_each_folded(text, [&](char c) { out += c; });
  return out;
}

void FoldedDigest::add(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t foreign = text::next_of<text::kBeyondAscii>(text, at);
    add_letters(text.substr(at, foreign - at));
    at = text::next_of<text::ByteRange{0, 0x7F}>(text, foreign);
    if (at > foreign) add_letters(folded(text.substr(foreign, at - foreign)));
  }
}

/// Letters and digits are moved together first, so that nothing hangs on what each byte is.
void FoldedDigest::add_letters(std::string_view text) {
  constexpr std::size_t kAtOnce = 256;
  std::array<char, kWord + kAtOnce> letters{};
  while (!text.empty()) {
    std::copy(rest_.begin(), rest_.end(), letters.begin());
    std::size_t count = size_ % kWord;
    const std::size_t before = count;
    for (const char c : text.substr(0, kAtOnce)) {
      const char fold = kLetters[static_cast<unsigned char>(c)];
      letters[count] = fold;
      count += fold != 0 ? 1U : 0U;
    }
    size_ += count - before;
    const std::size_t whole = count - count % kWord;
    for (std::size_t at = 0; at < whole; at += kWord) mix(letters.data() + at);
    std::copy_n(letters.begin() + static_cast<std::ptrdiff_t>(whole), kWord, rest_.begin());
    text.remove_prefix(std::min(kAtOnce, text.size()));
  }
}

void FoldedDigest::mix(const char* letters) {
  std::uint64_t word = 0;
  std::memcpy(&word, letters, kWord);
  hash_ = (hash_ ^ word) * 0x9E3779B97F4A7C15U;
  hash_ ^= hash_ >> 32U;
}

std::uint64_t FoldedDigest::value() const {
  FoldedDigest whole = *this;
  std::fill(whole.rest_.begin() + static_cast<std::ptrdiff_t>(size_ % kWord), whole.rest_.end(), '\0');
  whole.mix(whole.rest_.data());
  return whole.hash_ ^ size_;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for_each_word(text, [&](std::string_view word) { words.push_back(word); });
  return words;
}

bool has_word(std::string_view list, std::string_view word) {
  for (std::size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) return true;
  }
  return false;
}

std::size_t find_ignoring_case(std::string_view text, std::string_view part) {
  const auto found = std::search(text.begin(), text.end(), part.begin(), part.end(), [](char a, char b) { return text::ascii_lower(a) == text::ascii_lower(b); });
  return found == text.end() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
}

bool contains(std::string_view text, std::string_view part) { return find_ignoring_case(text, part) != std::string_view::npos; }

Letters letters_of(std::string_view text) {
  Letters letters;
  for (const char32_t c : text::CodePoints(text)) {
    if (!text::is_letter(c)) continue;
    ++letters.all;
    if (text::is_upper(c)) ++letters.upper;
    if (text::is_lower(c)) ++letters.lower;
  }
  return letters;
}

bool is_in_capitals(std::string_view text, std::size_t least_letters) {
  if (std::any_of(text.begin(), text.end(), text::is_ascii_lower)) return false;
  const Letters letters = letters_of(text);
  return letters.all >= least_letters && letters.upper == letters.all;
}

std::string text_of(const Entry& entry) {
  if (const auto* const rich = std::get_if<RichText>(&entry.value)) return text::plain_text(*rich);
  if (const auto* const text = std::get_if<Text>(&entry.value)) return std::string(text->value);
  return {};
}

Fix replace(const CheckedRecord& record, std::string_view piece, std::string replacement, std::string title, bool safe) {
  return {std::move(title), safe, {{record.span_of(piece), std::move(replacement)}}};
}

void Cluster::add(std::string_view piece, std::string message) {
  if (count_++ > 0) return;
  first_ = record_->span_of(piece);
  message_ = std::move(message);
}

void Cluster::add(std::string_view piece, std::string message, std::string replacement) {
  add(piece, std::move(message));
  edits_.push_back({record_->span_of(piece), std::move(replacement)});
}

void Cluster::tell(std::string title, bool safe) {
  if (count_ == 0) return;
  std::string lasting = message_;
  if (count_ > 1) message_ += fmt::format(" (first of {} in this record)", count_);
  std::vector<Fix> fixes;
  if (!edits_.empty()) fixes.push_back({std::move(title), safe, std::move(edits_)});
  findings_->add(first_, std::move(message_), std::move(lasting), std::move(fixes));
}

}  // namespace bibmill::rules
