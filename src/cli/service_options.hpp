#pragma once

#include "config.hpp"

#include <CLI/CLI.hpp>

namespace strikeoff::cli {

/// The flags that say where data, keys and database are: the same for every command that uses them.
void add_database_options(CLI::App& command, Config& config);
void add_listen_options(CLI::App& command, Config& config);

/// Log lines go to standard error.
void set_up_logging();

} // namespace strikeoff::cli
