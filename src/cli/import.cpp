#include "cli/commands.hpp"

namespace strikeoff::cli {

void add_import(CLI::App&, Exit&) {}

} // namespace strikeoff::cli
