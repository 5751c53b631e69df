#include "demo/demo.hpp"

#include "cli/commands.hpp"
#include "demo/interrupt.hpp"

#include <cstdio>
#include <memory>

namespace strikeoff::cli {
namespace {

constexpr int interrupted_exit = 130; ///< As a shell says of Ctrl-C.

} // namespace

void add_demo(CLI::App& app, Exit& exit) {
    CLI::App* const command =
        app.add_subcommand("demo", "Run a whole sale with simulated investors, and check it");
    const auto options = std::make_shared<demo::DemoOptions>();
    command->add_flag("--once", options->once, "One sale, checked to the last receipt, then end");
    command->add_option("--data", options->data, "Directory of the data");
    command->add_option("--keys", options->keys, "Directory of the keys");
    command->add_option("--port", options->port, "Port to listen on");
    command->add_option("--investors", options->investors, "Simulated investors")
        ->check(CLI::Range(4, 5000))
        ->capture_default_str();
    command->add_option("--batches", options->batches, "Batches of a sale")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    command->add_option("--batch-seconds", options->batch_seconds, "Seconds between their ends")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
    command->add_option("--seed", options->seed, "Another number, another sale")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command->add_flag("--keep", options->keep, "Keep the temporary directory of --once");
    command->callback([options, &exit] {
        try {
            exit = demo::run_demo(*options) ? Exit::success : Exit::check_failed;
        } catch (const demo::Interrupted&) {
            std::fputs("stopped\n", stderr);
            exit = static_cast<Exit>(interrupted_exit);
        }
    });
}

} // namespace strikeoff::cli
