// Identifiers in lists.
#include "bibmill/citations.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/folder.h"

namespace bibmill {
namespace {

TEST(Identifiers, InAnyList) {
  const support::Folder folder;
  const std::string path = (folder.path() / "list.csv").string();
  std::ofstream(path) << "title,doi,pmid\n\"Tides, 2001\",https://doi.org/10.5555/KELP,12345\n";
  EXPECT_EQ(identifiers_in(path), (std::vector<std::string>{"10.5555/kelp", "12345", "2001"}));
}

}  // namespace
}  // namespace bibmill
