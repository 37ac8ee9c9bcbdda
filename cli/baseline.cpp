// Reading and writing baselines.
#include "baseline.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/text/json.h"
#include "reports/findings.h"
#include "reports/json_counts.h"

namespace bibmill::cli {

namespace fs = std::filesystem;

Baseline::Baseline(const std::string& path) : folder_(fs::absolute(path).lexically_normal().parent_path()) {}

std::string Baseline::source_of(const Finding& finding) const { return path_from(folder_, finding.source); }

std::string Baseline::print_of(const Finding& finding) const { return fmt::format("{:016x}", fingerprint(finding, source_of(finding))); }

Baseline Baseline::read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw InputError(fmt::format("cannot read {}", path));
  const std::string json{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  Arena arena;
  DiagnosticList faults;
  const text::Node root = text::parse_json(arena, json, 0, {}, faults);
  const text::Node* const findings = root.find("findings");
  if (!faults.list.empty() || findings == nullptr || !findings->is_list()) throw InputError(fmt::format("{} is no baseline; --write-baseline writes one", path));
  Baseline baseline(path);
  for (const text::Member& member : findings->members)
    baseline.known_[std::string(member.value.text_of("fingerprint"))].count += std::strtoull(std::string(member.value.text_of("count")).c_str(), nullptr, 10);
  return baseline;
}

void Baseline::add(const Finding& finding) {
  Known& known = known_[print_of(finding)];
  if (known.count++ > 0) return;
  known.code = finding.diagnostic.code;
  known.source = source_of(finding);
  known.key = finding.diagnostic.key;
  known.message = lasting_words(finding);
}

bool Baseline::take(const Finding& finding) {
  const auto found = known_.find(print_of(finding));
  if (found == known_.end() || found->second.count == 0) return false;
  --found->second.count;
  return true;
}

std::string Baseline::as_json() const {
  TextBuffer text;
  text::JsonEmitter json(text, 1);
  json.begin_map();
  json.member("program", "bibmill " BIBMILL_VERSION);
  json.key("findings");
  json.begin_list();
  for (const auto& [print, known] : known_) {
    json.begin_map();
    json.member("fingerprint", print);
    emit_count(json, "count", known.count);
    json.member("code", known.code);
    json.member("source", known.source);
    if (!known.key.empty()) json.member("record-key", known.key);
    json.member("message", known.message);
    json.end_map();
  }
  json.end_list();
  json.end_map();
  text += '\n';
  return std::string(text.view());
}

}  // namespace bibmill::cli
