// Finding allowances in text.
#include "allowances.h"

#include <cstring>
#include <limits>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/rule.h"
#include "bibmill/text/unicode.h"

namespace bibmill {

namespace {

constexpr std::string_view kAllow = "bibmill: allow";
constexpr std::string_view kFromHere = "-from-here";
constexpr std::uint64_t kEndOfFile = std::numeric_limits<std::uint64_t>::max();

bool belongs_to_code(char c) { return text::is_ascii_lower(c) || text::is_ascii_digit(c) || c == '-' || c == '/' || c == '*'; }

/// memmem: a text of megabytes is searched for something that hardly any has.
std::size_t find_allow(std::string_view text, std::size_t from) {
  if (from >= text.size()) return std::string_view::npos;
  const void* const found = ::memmem(text.data() + from, text.size() - from, kAllow.data(), kAllow.size());
  return found == nullptr ? std::string_view::npos : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

/// Calls `visit(selector, from_here)` for each code that the text allows. A list of codes ends with the line, or with what is no code.
template <class Visit>
void for_each_allowance(std::string_view text, Visit&& visit) {
  for (std::size_t at = find_allow(text, 0); at != std::string_view::npos; at = find_allow(text, at)) {
    at += kAllow.size();
    const bool from_here = text.substr(at).starts_with(kFromHere);
    if (from_here) at += kFromHere.size();
    for (;;) {
      while (at < text.size() && (text[at] == ' ' || text[at] == ',' || text[at] == '\t')) ++at;
      const std::size_t begin = at;
      while (at < text.size() && belongs_to_code(text[at])) ++at;
      const std::string_view selector = text.substr(begin, at - begin);
      // "-->" ends a comment of XML.
      if (selector.find('/') == std::string_view::npos && selector != "all") break;
      visit(selector, from_here);
    }
  }
}

}  // namespace

bool Allowance::covers(const Diagnostic& diagnostic) const {
  return span.begin <= diagnostic.span.begin && diagnostic.span.begin < span.end && fits_selector(selector, diagnostic.code);
}

void Allowances::check(Span span, std::string_view written, std::string_view selector) {
  try {
    check_selector(selector);
  } catch (const UsageError& error) {
    const std::uint64_t begin = span.begin + static_cast<std::uint64_t>(selector.data() - written.data());
    const bool is_within = begin + selector.size() <= span.end;  // a text between records may have been cleaned
    diagnostics_->warning("check/unknown-code", is_within ? Span{begin, begin + selector.size()} : span, fmt::format("this allows what is never found: {}", error.what()));
  }
}

void Allowances::between(Span span, std::string_view written) {
  for_each_allowance(written, [&](std::string_view selector, bool from_here) {
    check(span, written, selector);
    if (from_here) {
      to_->push_back({{span.begin, kEndOfFile}, std::string(selector)});
    } else {
      of_next_.emplace_back(selector);
    }
  });
}

void Allowances::record(Span span, std::string_view written) {
  for (std::string& selector : of_next_) to_->push_back({span, std::move(selector)});
  of_next_.clear();
  for_each_allowance(written, [&](std::string_view selector, bool from_here) {
    check(span, written, selector);
    to_->push_back({from_here ? Span{span.begin, kEndOfFile} : span, std::string(selector)});
  });
}

}  // namespace bibmill
