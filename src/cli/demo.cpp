#include "demo/demo.hpp"

#include "cli/commands.hpp"
#include "demo/interrupt.hpp"

#include <cstdio>
#include <memory>

namespace strikeoff::cli {
namespace {

constexpr int interrupted_exit = 130; ///< As a shell says of Ctrl-C.

constexpr const char* explanation = R"(
Starts the service on a directory of its own, makes a county with 4,555 real Florida parcels,
staff, an auditor and investors, and sells: the county's tool commits and releases its secrets,
investors bid over HTTP, one item is withdrawn, batches close one after the other, and for each
the transcript is downloaded and verified with every receipt. Then the API's results and the
budgets are held against the transcripts.

With --once it is one sale in a temporary directory, of some four minutes. Otherwise a batch closes
every three minutes, sale after sale, until Ctrl-C; what an earlier start made in --data is found
again. The bearer keys of all roles are printed, and kept in DATA/demo/cast.json.

Exit code: 0 all of it agrees (without --once: Ctrl-C), 1 something disagrees, 2 something cannot
be started or broke, 130 interrupted.
)";

} // namespace

void add_demo(CLI::App& app, Exit& exit) {
    CLI::App* const command =
        app.add_subcommand("demo", "Run a whole sale with simulated investors, and check it");
    const auto options = std::make_shared<demo::DemoOptions>();
    command->add_flag("--once", options->once, "One sale, checked to the last receipt, then end");
    command->add_option("--data", options->data,
                        "Directory of the data; `data`, with --once a temporary one");
    command->add_option("--keys", options->keys, "Directory of the keys; `keys` beside the data");
    command->add_option("--port", options->port, "Port to listen on; 8080, with --once a free one");
    command->add_option("--investors", options->investors, "Simulated investors")
        ->check(CLI::Range(4, 5000))
        ->capture_default_str();
    command->add_option("--batches", options->batches, "Batches of a sale")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    command->add_option("--batch-seconds", options->batch_seconds, "Seconds between their ends")
        ->check(CLI::Range(1, 3600));
    command->add_option("--first-end", options->first_end, "Seconds until the first batch ends")
        ->check(CLI::Range(10, 3600));
    command->add_option("--seed", options->seed, "Another number, another sale")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command->add_flag("--keep", options->keep, "Keep the temporary directory of --once");
    command->footer(explanation);
    command->callback([options, &exit] {
        try {
            exit = demo::run_demo(*options) ? Exit::success : Exit::check_failed;
        } catch (const demo::Interrupted&) {
            std::fputs("stopped\n", stderr);
            exit = options->once ? static_cast<Exit>(interrupted_exit) : Exit::success;
        }
    });
}

} // namespace strikeoff::cli
