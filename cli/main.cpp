// bibmill: converts, checks and prepares bibliographies.
#include "run.h"

int main(int argc, char** argv) { return bibmill::cli::run(argc, argv); }
