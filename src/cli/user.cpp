#include "app.hpp"
#include "cli/commands.hpp"
#include "cli/service_options.hpp"
#include "http/json.hpp"

#include <cstdio>
#include <memory>

namespace strikeoff::cli {
namespace {

struct UserOptions {
    Config config;
    std::string email;
    std::string role;
    std::vector<std::string> counties;
    std::string first_name;
    std::string last_name;
    bool json = false;
};

Exit create_user(const UserOptions& options) {
    identity::NewUser wanted{.email = options.email,
                             .role = *parse_enum<identity::UserRole>(options.role),
                             .first_name = options.first_name,
                             .last_name = options.last_name};
    for (const std::string& county : options.counties) {
        const auto id = parse_uuid(county);
        if (!id) {
            std::fprintf(stderr, "--county: '%s' is not an id\n", county.c_str());
            return Exit::bad_input;
        }
        wanted.counties.push_back(CountyId{*id});
    }
    const db::Database database{database_options(options.config)};
    db::Pool pool{database.conninfo("strikeoff_worker"), 2};
    const db::DbClock clock{pool};
    identity::IdentityService identity{pool, clock};
    const auto user = identity.create_user(wanted);
    if (!user) {
        std::fprintf(stderr, "%s\n", user.error().message.c_str());
        return Exit::bad_input;
    }
    if (options.json)
        std::puts(http::to_json(*user).c_str());
    else
        std::printf("user %s\nkey  %s\nThe key is shown this once.\n", user->id.text().c_str(),
                    user->key.c_str());
    return Exit::success;
}

} // namespace

void add_user(CLI::App& app, Exit& exit) {
    auto options = std::make_shared<UserOptions>();
    CLI::App* user = app.add_subcommand("user", "Manage accounts");
    user->require_subcommand(1);
    CLI::App* command = user->add_subcommand("create", "Make an account and print its bearer key");
    add_database_options(*command, options->config);
    command->add_option("--email", options->email, "E-mail address")->required();
    command->add_option("--role", options->role, "admin, county_admin, investor or viewer")
        ->required()
        ->check(CLI::IsMember({"admin", "county_admin", "investor", "viewer"}));
    command->add_option("--county", options->counties,
                        "Id of a county where staff or an auditor may act; may be repeated");
    command->add_option("--first-name", options->first_name, "First name");
    command->add_option("--last-name", options->last_name, "Last name");
    command->add_flag("--json", options->json, "Print one JSON object");
    command->callback([options, &exit] {
        set_up_logging();
        exit = create_user(*options);
    });
}

void add_openapi(CLI::App& app, Exit&) {
    CLI::App* command = app.add_subcommand("openapi", "Print the OpenAPI description of the API");
    command->callback([] {
        http::Router router;
        add_routes(router);
        std::puts(boost::json::serialize(http::openapi(router, STRIKEOFF_VERSION)).c_str());
    });
}

} // namespace strikeoff::cli
