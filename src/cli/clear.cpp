#include "cli/commands.hpp"

namespace strikeoff::cli {

void add_clear(CLI::App&, Exit&) {}

} // namespace strikeoff::cli
