// What all styles share.
#include "reports/findings.h"

#include <filesystem>

#include <fmt/format.h>

namespace bibmill::cli {

namespace fs = std::filesystem;

namespace {

bool is_file(std::string_view source) { return !source.empty() && source.front() != '<'; }  // "<stdin>"

constexpr std::uint64_t kBasis = 0xcbf29ce484222325U;
constexpr std::uint64_t kPrime = 0x100000001b3U;

void mix(std::uint64_t& hash, std::string_view text) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  hash *= kPrime;  // so that "a", "b" is not "ab", ""
}

}  // namespace

std::string in_words(const Finding& finding) {
  if (finding.position.line == 0) return std::string(finding.source);
  return fmt::format("{}:{}:{}", finding.source, finding.position.line, finding.position.column);
}

std::string_view meaning_of(std::string_view code) {
  if (const Rule* const rule = rule_named(code)) return rule->summary;
  for (const ReaderCode& known : reader_codes())
    if (known.code == code) return known.meaning;
  return code;
}

std::string_view lasting_words(const Finding& finding) { return finding.diagnostic.lasting.empty() ? finding.diagnostic.message : finding.diagnostic.lasting; }

std::string plain_path(std::string_view source) { return is_file(source) ? fs::path(source).lexically_normal().generic_string() : std::string(source); }

std::string path_from(const fs::path& folder, std::string_view source) {
  return is_file(source) ? fs::absolute(source).lexically_normal().lexically_proximate(folder).generic_string() : std::string(source);
}

std::uint64_t fingerprint(const Finding& finding) { return fingerprint(finding, path_from(fs::current_path(), finding.source)); }

std::uint64_t fingerprint(const Finding& finding, std::string_view source) {
  std::uint64_t hash = kBasis;
  mix(hash, source);
  mix(hash, finding.diagnostic.code);
  mix(hash, finding.diagnostic.key);
  mix(hash, lasting_words(finding));
  return hash;
}

std::string as_uri(std::string_view path) {
  constexpr std::string_view kPlain = "-._~/";
  // What begins with a slash would be taken for a path on the server that shows it.
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || kPlain.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

std::string as_xml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
    }
  }
  return out;
}

}  // namespace bibmill::cli
