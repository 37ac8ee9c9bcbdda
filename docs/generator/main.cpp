// bibmill_docs FOLDER: writes the generated pages into the folder.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "bibmill/catalogue.h"
#include "pages.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: bibmill_docs FOLDER\n";
    return 2;
  }
  for (const auto& [name, page] : bibmill::docs::pages(bibmill::all_formats())) {
    const std::filesystem::path path = std::filesystem::path(argv[1]) / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << page;
  }
  return 0;
}
