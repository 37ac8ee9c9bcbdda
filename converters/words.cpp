// Looking at words without changing them.
#include "words.h"

#include <algorithm>

#include <fmt/format.h>

#include "bibmill/text/rich_text.h"

namespace bibmill::rules {

std::string folded(std::string_view text) {
  std::string out;
  bool gap = false;
  const auto append = [&](char c) {
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out += c;
  };
  std::string ascii;
  if (text::is_ascii(text)) {
    ascii = text;
  } else {
    for (const char32_t c : text::CodePoints(text)) {
      std::string one;
      text::append_utf8(one, c);
      const std::string fold = c < 0x80 ? one : text::ascii_fold(one);
      // What has no likeness in ASCII, such as Greek or Chinese, tells titles apart as it is.
      if (fold.empty() && text::is_letter(c)) {
        ascii += text::fold_case(one);
      } else {
        ascii += fold;
      }
    }
  }
  for (const char c : ascii) {
    const char small = text::ascii_lower(c);
    if (text::is_ascii_lower(small) || text::is_ascii_digit(small) || static_cast<unsigned char>(small) >= 0x80) {
      append(small);
    } else if (c != '\'') {
      gap = true;
    }
  }
  return out;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && text::is_blank(text[at])) ++at;
    const std::size_t begin = at;
    while (at < text.size() && !text::is_blank(text[at])) ++at;
    if (at > begin) words.push_back(text.substr(begin, at - begin));
  }
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
  if (count_ > 1) message_ += fmt::format(" (first of {} in this record)", count_);
  if (edits_.empty()) {
    findings_->add(first_, std::move(message_));
  } else {
    findings_->add(first_, std::move(message_), Fix{std::move(title), safe, std::move(edits_)});
  }
}

}  // namespace bibmill::rules
