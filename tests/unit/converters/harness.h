// What the tests of the pipeline share: a sink, a listener that remembers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "bibmill/pipeline.h"
#include "support/folder.h"

namespace bibmill::mock {

using support::Folder;

class StringSink final : public TextSink {
 public:
  void write(std::string_view more) override { text += more; }
  std::string text;
};

/// Remembers everything as lines: "a.lines:3:1 lines/stray".
class Memory final : public Listener {
 public:
  void diagnostic(const Place& place, const Diagnostic& diagnostic) override { add(place, diagnostic.code); }
  void loss(const Place& place, const LossNote& loss) override {
    add(place, fmt::format("{} {}{} of record {} {}", code_of(loss.kind), loss.key, loss.value.empty() ? "" : "=" + loss.value,
                           loss.record_number, loss.record_key));
  }
  void supply(const Place& place, const SupplyNote& supply) override {
    add(place, fmt::format("supplied/{} {} of record {}", supply.what, supply.value, supply.record_number));
  }
  std::vector<std::string> lines;

 private:
  void add(const Place& place, std::string_view text) {
    const std::string_view name = place.source.substr(place.source.rfind('/') + 1);
    lines.push_back(fmt::format("{}:{}:{} {}", name, place.position.line, place.position.column, text));
  }
};

struct Result {
  std::string text;
  std::vector<std::string> said;
  Totals totals;
};

/// Converts; `options.formats` and `options.from` need not be set.
Result run(ConvertOptions options);

}  // namespace bibmill::mock
