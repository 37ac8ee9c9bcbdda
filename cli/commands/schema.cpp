// schema: the schemas of what bibmill writes.
#include <string>

#include <fmt/format.h>

#include "bibmill/catalogue.h"
#include "bibmill/errors.h"
#include "bibmill/lock_file.h"
#include "bibmill/nearest.h"
#include "bibmill/pipeline_file.h"
#include "bibmill/target.h"
#include "bibmill/text/json.h"
#include "bibmill/text/schema.h"
#include "command.h"
#include "config.h"
#include "diagnostics_schema.h"
#include "preflight_schema.h"
#include "reports/report_schema.h"
#include "stats_schema.h"

namespace bibmill::cli {

namespace {

struct Schema {
  std::string_view name;
  void (*emit)(text::Emitter& emitter);  ///< of a schema that follows from the code
  std::string_view text = {};            ///< of one that is written by hand
};

constexpr Schema kSchemas[] = {
    {"record", text::emit_record_schema}, {"report", emit_report_schema}, {"pipeline", emit_pipeline_schema}, {"config", emit_config_schema}, {"lock", emit_lock_schema}, {"diagnostics", nullptr, kDiagnosticsSchema}, {"stats", nullptr, kStatsSchema}, {"target", emit_target_schema}, {"preflight", nullptr, kPreflightSchema}};

int run_schema(const Arguments& arguments, Console& console) {
  const std::string& name = arguments.operands().front();
  std::vector<std::string_view> names;
  for (const Schema& schema : kSchemas) {
    names.push_back(schema.name);
    if (schema.name != name) continue;
    if (schema.emit == nullptr) {
      console.print(schema.text);
      return kDone;
    }
    TextBuffer json;
    text::JsonEmitter emitter(json, 2);
    schema.emit(emitter);
    json += '\n';
    console.print(json);
    return kDone;
  }
  for (const Format* const format : all_formats()) {
    if (format->schema.empty()) continue;
    names.push_back(format->id);
    if (format->id != name) continue;
    console.print(format->schema);
    return kDone;
  }
  throw UsageError(fmt::format("there is no schema {}; there are {}", name, fmt::join(names, ", ")));
}

}  // namespace

const Command& schema_command() {
  static constexpr Option kOptions[] = {kHelpOption};
  static constexpr Command kCommand = {
      .name = "schema",
      .summary = "print a schema: of records, reports, config, PubMed XML and more",
      .operands = "record|report|pipeline|config|lock|target|preflight|diagnostics|stats|pubmed",
      .description =
          "The schema of records is that of archives (yaml) and of what --carry writes; that of reports is of convert --report; those of pipelines and of bibmill.yaml (config) are for editors that complete what is typed; that of "
          "diagnostics is of check --format json, that of stats of stats --format json, that of locks of what run --lock writes, that of targets of what a journal wants, that of preflights of run --preflight --format json. All these are JSON Schemas; that of PubMed XML (pubmed) is RELAX NG.",
      .options = kOptions,
      .exclusive = {},
      .examples = {},
      .least_operands = 1,
      .most_operands = 1,
      .run = run_schema,
  };
  return kCommand;
}

}  // namespace bibmill::cli
