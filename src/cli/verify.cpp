#include "cli/commands.hpp"

namespace strikeoff::cli {

void add_verify(CLI::App&, Exit&) {}

} // namespace strikeoff::cli
