// What the fuzz entry points have in common: laws that end the program where they do not hold.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/catalogue.h"
#include "bibmill/text/encoding.h"
#include "support/writing.h"

namespace bibmill::fuzz {

using support::everything;
using support::Reading;

inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

inline void require_same(const std::string& one, const std::string& other, const char* what) {
  if (one == other) return;
  std::fprintf(stderr, "%s\n--- one\n%s\n--- other\n%s\n", what, one.c_str(), other.c_str());
  std::abort();
}

/// Readers are given what the decoder makes of a file.
inline std::string decoded(const std::uint8_t* data, std::size_t size) { return text::decode({reinterpret_cast<const char*>(data), size}); }

/// Reads the text, cut into parts of about that size; 0: whole. What is said is about places within it.
inline Reading read(const Format& format, std::string_view text, std::size_t about = 0, const ReadOptions& options = everything()) {
  Reading reading = support::read(format, text, options, about);
  for (const Diagnostic& diagnostic : reading.diagnostics.list)
    require(diagnostic.span.begin <= diagnostic.span.end && diagnostic.span.end <= text.size(), "a diagnostic is about text behind the end");
  return reading;
}

inline void require_parts_to_give(const Reading& whole, const Format& format, std::string_view text, std::initializer_list<std::size_t> sizes,
                                  const ReadOptions& options = everything()) {
  for (const std::size_t about : sizes)
    require_same(read(format, text, about, options).dump_with_layout(), whole.dump_with_layout(), "parts read differently from the whole");
}

/// The records alone.
inline std::string written(const Format& format, const std::vector<Record>& records, Layout layout) {
  WriteOptions options;
  options.layout = layout;
  return support::write(format, records, options).text;
}

/// The records and what stood between them.
inline std::string written(const Format& format, const Reading& reading, Layout layout, bool carry = false) {
  WriteOptions options;
  options.layout = layout;
  options.carry = carry;
  return support::write(format, reading, options).text;
}

/// The law of conservation: every byte from `begin` to `end` is held by something, or is excused by `excuses(claims, at)`.
template <class Excuses>
void account_for(const support::Claims& claims, std::uint64_t begin, std::uint64_t end, Excuses&& excuses) {
  require(claims.are_within(), "a span lies outside the text");
  for (std::uint64_t at = begin; at < end; ++at) require(claims.has(at) || excuses(claims, at), "a byte is overlooked");
}

}  // namespace bibmill::fuzz
