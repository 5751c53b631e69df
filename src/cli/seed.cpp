#include "cli/commands.hpp"
#include "cli/input_file.hpp"
#include "client/county_tool.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>

namespace strikeoff::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto look_pause = 500ms;
constexpr auto lost_pause = 2s;

constexpr const char* explanation = R"(
Run it on the county's own machine. FILE holds the county's 32-byte master for the sale and is made
on the first run (mode 0400); keep a copy. For each batch a secret is computed from it, and only its
commitment is uploaded before the first bid. With --watch the tool then follows the published
records of each batch and releases the batch's secret only against a close record that it has
checked: our commitment stands in the opening, opening and changes follow from what is published,
and all of it is signed with the server's key. Every checked record is kept in FILE.journal, and a
second, different close record of a batch never gets the secret.

Over https the server's certificate must be valid by the system's authorities or those of the file
that SSL_CERT_FILE names. Without --server-key the server's key is kept in the journal when it is
first seen.

Exit code: 0 done (with --watch: the sale is over), 1 a record was wrong and a secret was withheld,
2 the command line is wrong, a file cannot be used or the server refuses or cannot be reached.

Example:
  strikeoff seed --server https://sale.example.org --key-file staff.key \
    --auction 01a0c459-9d3b-7fe6-aaad-a4d044eab9bc --master sale.master --watch
)";

struct Options {
    std::string server;
    std::string key;
    std::string key_file;
    std::string auction;
    std::string master;
    std::string server_key;
    bool watch = false;
};

std::unexpected<Error> refuse(std::string message) {
    return fail(ErrorCode::invalid_input, "option", std::move(message));
}

Result<std::string> read_key(const Options& options) {
    if (!options.key.empty()) return options.key;
    SO_TRY(const InputFile file, InputFile::open(options.key_file));
    std::string_view text = file.text();
    while (text.ends_with('\n') || text.ends_with('\r'))
        text.remove_suffix(1);
    if (text.empty() || text.find_first_of(" \t\r\n") != std::string_view::npos)
        return refuse_input(options.key_file, 1, "must hold one bearer key");
    return std::string(text);
}

void say(const std::string& line) {
    std::puts(line.c_str());
    std::fflush(stdout);
}

bool is_passing(const Error& error) {
    return error.code == ErrorCode::unavailable || error.code == ErrorCode::too_many;
}

/// True when the sale is over and every secret of ours went out. Once the sale is watched, a server
/// that is gone, or has lost its database, is waited for: the secret has minutes, and a restart
/// takes seconds.
Result<bool> watch(client::CountyTool& tool) {
    say("following the sale");
    bool lost = false;
    const auto wait = [&](std::string_view why) {
        if (!std::exchange(lost, true)) say(fmt::format("{}; trying again", why));
        std::this_thread::sleep_for(lost_pause);
    };
    for (;;) {
        try {
            const Result<bool> over = tool.follow();
            if (!over && is_passing(over.error())) {
                wait(over.error().message);
                continue;
            }
            if (!over) return over;
            if (*over) return !tool.found_fault();
            if (std::exchange(lost, false)) say("the server answers again");
            std::this_thread::sleep_for(look_pause);
        } catch (const client::ConnectionError& error) {
            wait(error.what());
        }
    }
}

Result<Exit> run(const Options& options) {
    SO_TRY(const client::ServerAddress server, client::parse_server(options.server));
    const auto auction = parse_uuid(options.auction);
    if (!auction) return refuse("--auction: must be the id of an auction");
    client::CountyToolOptions wanted{.auction = AuctionId{*auction}};
    if (!options.server_key.empty()) {
        wanted.server_key = from_hex_fixed<32>(options.server_key);
        if (!wanted.server_key)
            return refuse("--server-key: must be 64 lower-case hexadecimal digits");
    }
    SO_TRY(const std::string key, read_key(options));
    const bool here = server.host == "localhost" || server.host.starts_with("127.");
    if (!server.tls && !here)
        say("warning: over plain http others on the way can read the key; use https");
    SO_TRY(const Hash master, client::load_master(options.master));
    SO_TRY(client::SeedJournal journal, client::SeedJournal::open(options.master + ".journal"));
    client::Api api{server, key};
    client::CountyTool tool{api, master, journal, wanted, say};
    SO_TRY_VOID(tool.check_key());
    SO_TRY_VOID(tool.commit());
    if (!options.watch) return Exit::success;
    SO_TRY(const bool right, watch(tool));
    say(right ? "the sale is over; every secret due was released"
              : "the sale is over; at least one secret was withheld");
    return right ? Exit::success : Exit::check_failed;
}

} // namespace

void add_seed(CLI::App& app, Exit& exit) {
    CLI::App* const command =
        app.add_subcommand("seed", "The county's side of the draw, on the county's own machine");
    const auto options = std::make_shared<Options>();
    command->add_option("--server", options->server, "Address, like https://sale.example.org")
        ->required();
    auto* const keys = command->add_option_group("key", "Bearer key of the county's staff");
    keys->add_option("--key-file", options->key_file, "File that holds it");
    keys->add_option("--key", options->key, "The key itself; others on this machine can see it");
    keys->require_option(1);
    command->add_option("--auction", options->auction, "Id of the sale")->required();
    command->add_option("--master", options->master, "File of the county's master; made if absent")
        ->required();
    command->add_option("--server-key", options->server_key, "The server's public key")
        ->type_name("HEX");
    command->add_flag("--watch", options->watch, "Release the secrets as batches close");
    command->footer(explanation);
    command->callback([options, &exit] {
        const auto outcome = run(*options);
        if (outcome) {
            exit = *outcome;
            return;
        }
        std::fprintf(stderr, "%s\n", outcome.error().message.c_str());
        // What contradicts itself is a failed check; the rest is input that cannot be used.
        exit = outcome.error().code == ErrorCode::conflict ? Exit::check_failed : Exit::bad_input;
    });
}

} // namespace strikeoff::cli
