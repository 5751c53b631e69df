#include "cli/commands.hpp"

namespace strikeoff::cli {

void add_quote(CLI::App&, Exit&) {}

} // namespace strikeoff::cli
