// The schema of bibmill.yaml that is checked in is the one of the options.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "bibmill/text/json.h"
#include "config.h"
#include "support/files.h"

namespace bibmill::laws {
namespace {

TEST(ConfigSchema, IsCurrent) {
  TextBuffer json;
  text::JsonEmitter emitter(json, 2);
  cli::emit_config_schema(emitter);
  json += '\n';
  const std::filesystem::path path = support::fixtures().parent_path() / "schemas/config.schema.json";
  if (std::getenv("BIBMILL_BLESS") != nullptr) std::ofstream(path, std::ios::binary) << json.view();
  EXPECT_EQ(support::bytes_of(path), json.view()) << "BIBMILL_BLESS=1 writes it";
}

}  // namespace
}  // namespace bibmill::laws
