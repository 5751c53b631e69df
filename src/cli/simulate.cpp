#include "cli/commands.hpp"
namespace strikeoff::cli {
void add_simulate(CLI::App&, Exit&) {}
}
