#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <string_view>

namespace strikeoff::cli {

/// Exit codes of every command.
enum class Exit : int {
    success = 0,
    check_failed = 1, ///< The command ran and what it checked is wrong.
    bad_input = 2     ///< Bad usage or input; `file:line: message` went to standard error.
};

/// Adds one subcommand; its callback stores how it ended in `exit`.
void add_clear(CLI::App& app, Exit& exit);
void add_quote(CLI::App& app, Exit& exit);
void add_verify(CLI::App& app, Exit& exit);
void add_import(CLI::App& app, Exit& exit);
void add_serve(CLI::App& app, Exit& exit);
void add_migrate(CLI::App& app, Exit& exit);
void add_user(CLI::App& app, Exit& exit);
void add_seed(CLI::App& app, Exit& exit);
void add_simulate(CLI::App& app, Exit& exit);
void add_demo(CLI::App& app, Exit& exit);
void add_openapi(CLI::App& app, Exit& exit);
void add_export(CLI::App& app, Exit& exit);
void add_status(CLI::App& app, Exit& exit);
void add_backup(CLI::App& app, Exit& exit);
void add_restore(CLI::App& app, Exit& exit);
void add_torture(CLI::App& app, Exit& exit);

} // namespace strikeoff::cli
