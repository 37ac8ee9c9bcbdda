// Finding a format by its name, a file's name, or a text's beginning.
#include "bibmill/catalogue.h"

#include <algorithm>

namespace bibmill {

namespace {

/// No format claims a text for less: a name then decides.
constexpr int kSure = 30;

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool ends_with_word(std::string_view text, std::string_view end) {
  return text.size() > end.size() && same_word(text.substr(text.size() - end.size()), end);
}

std::string_view without_compression(std::string_view name) {
  for (const std::string_view extension : {".gz", ".zst"})
    if (ends_with_word(name, extension)) return name.substr(0, name.size() - extension.size());
  return name;
}

bool claims(const Format& format, std::string_view file_name) {
  return std::any_of(format.extensions.begin(), format.extensions.end(),
                     [&](std::string_view extension) { return ends_with_word(file_name, extension); });
}

/// The surest of several formats.
struct Candidate {
  const Format* format = nullptr;
  int confidence = 0;

  void consider(const Format& other, int how_sure) {
    if (how_sure <= confidence) return;
    format = &other;
    confidence = how_sure;
  }
};

std::string_view without_leading_blanks(std::string_view text) {
  const std::size_t at = text.find_first_not_of(" \t\r\n");
  return at == std::string_view::npos ? std::string_view{} : text.substr(at);
}

/// Beginnings of files that people take for bibliographies, and what they are.
struct Look {
  std::string_view begins;
  std::string_view name;
};

constexpr Look kLooks[] = {
    {"%PDF-", "a PDF"},
    {"PK\x03\x04", "a ZIP archive or an office document"},
    {"%0 ", "EndNote refer (%0)"},
    {"%A ", "EndNote refer (%0)"},
    {"%T ", "EndNote refer (%0)"},
    {"FN ", "Web of Science's tagged text (.ciw)"},
    {"PT J", "Web of Science's tagged text (.ciw)"},
    {"<!DOCTYPE html", "HTML"},
    {"<!doctype html", "HTML"},
    {"<html", "HTML"},
    {"<HTML", "HTML"},
    {"{\\rtf", "RTF"},
    {"\\documentclass", "a LaTeX manuscript"},
    {"\\relax", "a LaTeX .aux file"},
    {"<?xml", "XML of another kind"},
    {"<", "XML of another kind"},
    {"---\n", "YAML without references"},
    {"{", "JSON of another kind"},
    {"[", "JSON of another kind"},
};

}  // namespace

const Format* format_named(std::span<const Format* const> formats, std::string_view name) {
  for (const Format* const format : formats) {
    if (same_word(format->id, name)) return format;
    for (const std::string_view alias : format->aliases)
      if (same_word(alias, name)) return format;
  }
  return nullptr;
}

const Format* format_for_file(std::span<const Format* const> formats, std::string_view file_name) {
  const std::string_view name = without_compression(file_name);
  const Format* found = nullptr;
  for (const Format* const format : formats) {
    if (!claims(*format, name)) continue;
    // Two dialects of one syntax share their usual extension: the one that its folder lists first has it (.bib is bibtex).
    if (found == nullptr) found = format;
    if (found->extensions.front() != format->extensions.front()) return nullptr;
  }
  return found;
}

const Format* detect_format(std::span<const Format* const> formats, std::string_view head, std::string_view file_name) {
  const std::string_view name = without_compression(file_name);
  Candidate any;
  Candidate of_that_name;
  for (const Format* const format : formats) {
    const int confidence = format->recognises(head);
    any.consider(*format, confidence);
    if (claims(*format, name)) of_that_name.consider(*format, confidence);
  }
  // A text may be good in two formats, as JSON is YAML: then its name decides.
  if (of_that_name.confidence >= kSure) return of_that_name.format;
  if (any.confidence >= kSure) return any.format;
  const Format* const named = format_for_file(formats, file_name);
  return named != nullptr ? named : any.format;
}

std::string_view looks_like(std::string_view head) {
  const std::string_view text = without_leading_blanks(head);
  for (const Look& look : kLooks)
    if (text.starts_with(look.begins)) return look.name;
  return {};
}

}  // namespace bibmill
