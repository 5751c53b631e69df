#include "app.hpp"
#include "cli/commands.hpp"
#include "cli/service_options.hpp"
#include "db/migrate.hpp"

#include <cstdio>
#include <memory>

namespace strikeoff::cli {

void add_serve(CLI::App& app, Exit&) {
    auto config = std::make_shared<Config>();
    CLI::App* command = app.add_subcommand("serve", "Run the service");
    command->footer(
        "Creates a private PostgreSQL under --data on first start, or joins the one that "
        "another process runs there. Stops cleanly on SIGTERM or Ctrl-C.");
    add_database_options(*command, *config);
    add_listen_options(*command, *config);
    add_admission_options(*command, *config);
    add_admin_options(*command, *config);
    add_mail_options(*command, config->mail);
    auto log_options = std::make_shared<LogOptions>();
    add_log_options(*command, *log_options);
    command->callback([config, log_options] {
        set_up_logging(*log_options);
        mail::check(config->mail);
        App service{*config};
        service.run();
    });
}

void add_migrate(CLI::App& app, Exit&) {
    auto config = std::make_shared<Config>();
    auto print_roles = std::make_shared<bool>(false);
    CLI::App* command = app.add_subcommand("migrate", "Bring the database's schema up to date");
    add_database_options(*command, *config);
    command->add_flag("--print-roles", *print_roles,
                      "Print the SQL a database administrator runs once, and do nothing else");
    command->callback([config, print_roles] {
        if (*print_roles) {
            std::fputs(db::roles_sql().c_str(), stdout);
            return;
        }
        set_up_logging();
        const db::Database database{database_options(*config)};
        std::puts("the database is up to date");
    });
}

} // namespace strikeoff::cli
