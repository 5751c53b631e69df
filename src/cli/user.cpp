#include "app.hpp"
#include "cli/commands.hpp"
#include "cli/service_options.hpp"
#include "cli/table_file.hpp"
#include "http/json.hpp"
#include "modules/identity/links.hpp"

#include <cstdio>
#include <memory>

namespace strikeoff::cli {
namespace {

struct UserOptions {
    Config config;
    std::string file;
    std::string email;
    std::string role;
    std::vector<std::string> counties;
    std::vector<std::string> permissions;
    std::string first_name;
    std::string last_name;
    bool json = false;
};

Result<CountyId> read_county(std::string_view text) {
    const auto id = parse_uuid(text);
    if (!id)
        return fail(ErrorCode::invalid_input, "county.malformed",
                    fmt::format("'{}' is not the id of a county", text));
    return CountyId{*id};
}

Result<identity::NewUser> wanted_user(const UserOptions& options) {
    identity::NewUser wanted{.email = options.email,
                             .role = *parse_enum<identity::UserRole>(options.role),
                             .first_name = options.first_name,
                             .last_name = options.last_name};
    for (const std::string& county : options.counties) {
        SO_TRY(const CountyId id, read_county(county));
        wanted.counties.push_back(id);
    }
    if (!options.permissions.empty()) wanted.permissions = {};
    for (const std::string& name : options.permissions)
        wanted.permissions.add(*parse_enum<http::Permission>(name));
    return wanted;
}

/// With the line of each.
using Users = std::vector<std::pair<std::size_t, identity::NewUser>>;

Result<Users> read_users(const std::string& path) {
    SO_TRY(TableFile table,
           TableFile::open(path, {"email", "role", "county", "first_name", "last_name"}));
    Users users;
    for (;;) {
        SO_TRY(const bool more, table.next());
        if (!more) return users;
        const auto role = parse_enum<identity::UserRole>(table.field(1));
        if (!role) return table.refuse("role: must be admin, county_admin, investor or viewer");
        identity::NewUser wanted{.email = std::string(table.field(0)),
                                 .role = *role,
                                 .first_name = std::string(table.field(3)),
                                 .last_name = std::string(table.field(4))};
        if (!table.field(2).empty()) {
            const auto county = read_county(table.field(2));
            if (!county) return table.refuse("county: " + county.error().message);
            wanted.counties.push_back(*county);
        }
        users.emplace_back(table.line(), std::move(wanted));
    }
}

Exit refuse(const std::string& message) {
    std::fprintf(stderr, "%s\n", message.c_str());
    return Exit::bad_input;
}

/// Makes the users, one after the other, and prints each.
Exit create_users(const UserOptions& options, const Users& users) {
    const db::Database database{database_options(options.config)};
    db::Pool pool{database.conninfo("strikeoff_worker"), 2};
    identity::IdentityService identity{pool};
    for (const auto& [line, wanted] : users) {
        const auto user = identity.create_user(wanted);
        if (!user && options.file.empty()) return refuse(user.error().message);
        if (!user)
            return refuse(fmt::format("{}:{}: {}", options.file, line, user.error().message));
        if (options.json || !options.file.empty())
            std::puts(http::to_json(*user).c_str());
        else
            std::printf("user %s\nkey  %s\nThe key is shown this once.\n", user->id.text().c_str(),
                        user->key.c_str());
    }
    return Exit::success;
}

struct LinkOptions {
    Config config;
    std::string email;
    std::string public_url;
    bool json = false;
};

Exit make_link(const LinkOptions& options) {
    const db::Database database{database_options(options.config)};
    db::Pool pool{database.conninfo("strikeoff_worker"), 1};
    const auto link = identity::make_password_link(pool, options.email);
    if (!link) return refuse(link.error().message);
    if (options.json) {
        std::puts(http::to_json(*link).c_str());
        return Exit::success;
    }
    std::string site = options.public_url;
    while (site.ends_with('/'))
        site.pop_back();
    std::printf("%s/reset-password#token=%s\nIt works once, until %s; whoever opens it chooses the "
                "password of %s.\n",
                site.c_str(), link->token.c_str(), format_instant(link->valid_until).c_str(),
                options.email.c_str());
    return Exit::success;
}

void add_link_command(CLI::App& user, Exit& exit) {
    auto options = std::make_shared<LinkOptions>();
    CLI::App* command = user.add_subcommand(
        "link", "Print a link by which the owner of an account chooses a password");
    add_database_options(*command, options->config);
    command->add_option("--email", options->email, "E-mail address of the account")->required();
    command->add_option("--public-url", options->public_url,
                        "Address of the site, as people open it; without it the link begins at /");
    command->add_flag("--json", options->json, "Print one JSON object");
    command->footer("\nFor the first administrator, or when no mail arrives. A second factor is "
                    "asked for as before.\n");
    command->callback([options, &exit] {
        set_up_logging();
        exit = make_link(*options);
    });
}

/// The whole file is read before the first user is made.
Exit run(const UserOptions& options) {
    if (!options.file.empty()) {
        const auto users = read_users(options.file);
        return users ? create_users(options, *users) : refuse(users.error().message);
    }
    if (options.email.empty() || options.role.empty())
        return refuse("either --email and --role or --file is needed");
    const auto wanted = wanted_user(options);
    return wanted ? create_users(options, {{0, *wanted}})
                  : refuse("--county: " + wanted.error().message);
}

} // namespace

void add_user(CLI::App& app, Exit& exit) {
    auto options = std::make_shared<UserOptions>();
    CLI::App* user = app.add_subcommand("user", "Manage accounts");
    user->require_subcommand(1);
    CLI::App* command = user->add_subcommand("create", "Make an account and print its bearer key");
    add_database_options(*command, options->config);
    command->add_option("--email", options->email, "E-mail address");
    command->add_option("--role", options->role, "admin, county_admin, investor or viewer")
        ->check(CLI::IsMember({"admin", "county_admin", "investor", "viewer"}));
    command->add_option("--county", options->counties,
                        "Id of a county where staff or an auditor may act; may be repeated");
    command
        ->add_option("--permission", options->permissions,
                     "What they may do there: imports, sales, approvals, money, reports, settings "
                     "or all, which it is by default; may be repeated")
        ->check(CLI::IsMember(
            {"imports", "sales", "approvals", "money", "reports", "settings", "all"}));
    command->add_option("--first-name", options->first_name, "First name");
    command->add_option("--last-name", options->last_name, "Last name");
    command->add_flag("--json", options->json, "Print one JSON object");
    command
        ->add_option("--file", options->file,
                     "Make every account of a CSV file (email,role,county,first_name,last_name) "
                     "and print one JSON object a line")
        ->excludes("--email")
        ->excludes("--role");
    command->callback([options, &exit] {
        set_up_logging();
        exit = run(*options);
    });
    add_link_command(*user, exit);
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
