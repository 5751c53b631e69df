#include "torture/torture.hpp"

#include "cli/commands.hpp"
#include "log.hpp"
#include "torture/sql_world.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <memory>

namespace strikeoff::cli {
namespace {

constexpr const char* summary = "Run sales under faults and check that no promise is broken";

constexpr const char* explanation = R"(
Each seed is one sale with two processes on one journal: bids, their repetition, withdrawals, pauses
and clean-up, closings and projection, in an order that the seed decides, while requests and answers
get lost, commits come late, processes die at any step, clocks jump and books change under way.
In the end every answer that was given is held against the journal and every transcript is verified
with all receipts.

The database is a model in memory. The same seed takes the same course each time, so that a failing
one can be replayed with the command that is printed. With --postgres it is a real cluster, made for
the run in the directory for temporary files; ids and times differ there from run to run.

Exit code: 0 all promises were kept, 1 a sale broke one (it is printed), 2 the command line is
wrong.

Example:
  strikeoff torture --seed 1 --count 200
)";

struct Options {
    std::uint64_t seed = 1;
    int count = 1;
    int steps = 1500;
    bool postgres = false;
    std::string postgres_bin;
    bool verbose = false;
};

void print(std::uint64_t seed, const torture::Report& report, const Options& options) {
    fmt::print("seed {}: {} leaves, {} accepted, {} replayed, {} deaths, {} batches closed\n", seed,
               report.leaves, report.accepted, report.replayed, report.deaths, report.closed);
    if (options.verbose)
        for (const auto& [reason, count] : report.refused)
            fmt::print("  refused {}: {}\n", reason, count);
}

/// A private cluster with a clock that can be moved, removed with everything in it.
class TemporaryApp {
public:
    explicit TemporaryApp(const std::string& postgres_bin) {
        std::string pattern = std::filesystem::temp_directory_path() / "strikeoff-torture-XXXXXX";
        if (!::mkdtemp(pattern.data())) throw std::runtime_error("no directory can be made");
        directory_ = pattern;
        app_ = std::make_unique<App>(Config{.data = directory_ / "data",
                                            .keys = directory_ / "keys",
                                            .postgres_bin = postgres_bin,
                                            .test_clock = true});
    }
    TemporaryApp(const TemporaryApp&) = delete;
    TemporaryApp& operator=(const TemporaryApp&) = delete;
    ~TemporaryApp() {
        app_.reset();
        std::error_code ignored; // What stays does no harm.
        std::filesystem::remove_all(directory_, ignored);
    }
    App& app() { return *app_; }

private:
    std::filesystem::path directory_;
    std::unique_ptr<App> app_;
};

Exit run(const Options& options) {
    log::silence(); // Faults are the point.
    std::unique_ptr<TemporaryApp> postgres;
    if (options.postgres) postgres = std::make_unique<TemporaryApp>(options.postgres_bin);
    const torture::MakeWorld make_world =
        [&](const torture::WorldShape& shape,
            torture::Interleave interleave) -> std::unique_ptr<torture::World> {
        if (postgres) return torture::make_sql_world(postgres->app(), shape);
        return torture::make_model(shape, std::move(interleave));
    };
    int failed = 0;
    for (int i = 0; i < options.count; ++i) {
        const std::uint64_t seed = options.seed + static_cast<std::uint64_t>(i);
        const torture::Report report = torture::run(seed, options.steps, make_world);
        if (options.count == 1 || options.verbose) print(seed, report, options);
        if (report.faults.empty()) continue;
        ++failed;
        fmt::print(stderr,
                   "seed {} failed; replay it with: strikeoff torture --seed {} --steps {}\n", seed,
                   seed, options.steps);
        for (const std::string& fault : report.faults)
            fmt::print(stderr, "  {}\n", fault);
    }
    fmt::print("{} of {} sales kept every promise\n", options.count - failed, options.count);
    return failed == 0 ? Exit::success : Exit::check_failed;
}

} // namespace

void add_torture(CLI::App& app, Exit& exit) {
    CLI::App* const command = app.add_subcommand("torture", summary);
    const auto options = std::make_shared<Options>();
    command->add_option("--seed", options->seed, "The first seed")->capture_default_str();
    command->add_option("--count", options->count, "How many seeds, one after the other")
        ->capture_default_str()
        ->check(CLI::Range(1, 1'000'000));
    command->add_option("--steps", options->steps, "Steps before a sale is brought to its end")
        ->capture_default_str()
        ->check(CLI::Range(1, 1'000'000));
    command->add_flag("--postgres", options->postgres, "On PostgreSQL instead of the model");
    command->add_option("--postgres-bin", options->postgres_bin, "Directory of its programs")
        ->type_name("DIR");
    command->add_flag("--verbose", options->verbose, "Print what each sale came to");
    command->footer(explanation);
    command->callback([options, &exit] { exit = run(*options); });
}

} // namespace strikeoff::cli
