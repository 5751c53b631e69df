#include "cli/commands.hpp"

#include <cstdio>
#include <exception>

namespace {

/// CLI11 calls a command that it does not know a missing one.
bool is_unknown_command(const CLI::App& app, int argc, char** argv) {
    if (argc < 2 || argv[1][0] == '-') return false;
    const auto has_its_name = [&](const CLI::App* each) { return each->get_name() == argv[1]; };
    return app.get_subcommands(has_its_name).empty();
}

} // namespace

int main(int argc, char** argv) {
    using namespace strikeoff::cli;
    CLI::App app{"Strikeoff: sell, buy and redeem tax certificates, provably."};
    app.name("strikeoff");
    app.set_version_flag("--version", STRIKEOFF_VERSION);
    app.require_subcommand(1);

    Exit exit = Exit::success;
    add_clear(app, exit);
    add_quote(app, exit);
    add_verify(app, exit);
    add_import(app, exit);
    add_serve(app, exit);
    add_migrate(app, exit);
    add_user(app, exit);
    add_seed(app, exit);
    add_simulate(app, exit);
    add_demo(app, exit);
    add_openapi(app, exit);
    add_export(app, exit);
    add_status(app, exit);
    add_backup(app, exit);
    add_restore(app, exit);
    add_torture(app, exit);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (is_unknown_command(app, argc, argv)) {
            std::fprintf(stderr, "strikeoff: there is no command '%s'; see strikeoff --help\n",
                         argv[1]);
            return static_cast<int>(Exit::bad_input);
        }
        // --help and --version arrive here too; they are a success.
        return app.exit(error) == 0 ? 0 : static_cast<int>(Exit::bad_input);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "strikeoff: %s\n", error.what());
        return static_cast<int>(Exit::bad_input);
    }
    return static_cast<int>(exit);
}
