#pragma once

#include "config.hpp"

#include <CLI/CLI.hpp>

namespace strikeoff::cli {

/// The flags that say where data, keys and database are: the same for every command that uses them.
void add_database_options(CLI::App& command, Config& config);
void add_listen_options(CLI::App& command, Config& config);

/// How much a user or an address may ask for, and what serves it.
void add_admission_options(CLI::App& command, Config& config);
void add_admin_options(CLI::App& command, Config& config);
void add_mail_options(CLI::App& command, mail::Settings& settings);

/// How a service logs.
struct LogOptions {
    std::string format = "auto";
    std::string level = "info";
};
void add_log_options(CLI::App& command, LogOptions& options);

/// Log lines go to standard error: those of a service as asked for, those of a command as text.
void set_up_logging(const LogOptions& options);
void set_up_logging();

} // namespace strikeoff::cli
