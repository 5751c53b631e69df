#include "cli/commands.hpp"
#include "cli/input_file.hpp"
#include "client/api.hpp"
#include "client/load.hpp"
#include "client/machine_time.hpp"
#include "modules/auctions/auctions.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <thread>
#include <unistd.h>

namespace strikeoff::cli {
namespace {

using namespace std::chrono_literals;
using auctions::Batch;
using auctions::BatchStatus;

constexpr const char* explanation = R"(
Bids as simulated investors on every open batch of a sale, over HTTP, one by one and in bulk, with
changed and withdrawn bids, until the end of each batch or --seconds have passed. The bidders are
registered for the sale already; FILE has a line `user_id key` for each. The same seed gives the
same plan. --plan is a JSON object, every key optional: seed 1, bids_a_bidder 40, singles_percent
12, rebid_percent 8, withdraw_percent 4, late_percent 5, bulk_lines 50, floor_share 62,
value_share 34, zero_share 4.

With --load it measures instead: every connection sends a bid on --batch as soon as the last one is
answered; no bid repeats a rate that stands. --certificates has an id a line. One JSON object is
printed: connections, seconds, bids (accepted), per_second, refused, limited, unchanged, errors,
and latencies p50_us, p99_us, max_us. A bidder may place 50 bids a second; what is more is limited:
name as many bidders as the load takes.

Exit code: 0 done, 1 requests failed, 2 the command line is wrong, a file cannot be used or the
server cannot be reached.

Examples:
  strikeoff simulate --server http://127.0.0.1:8080 --bidders keys.txt --receipts receipts \
    --auction 01a0c459-9d3b-7fe6-aaad-a4d044eab9bc
  strikeoff simulate --load --server http://127.0.0.1:8080 --bidders keys.txt --connections 64 \
    --batch 01a0c459-9d3b-7fe6-aaad-a4d044eab9bd --certificates ids.txt --seconds 10
)";

struct Time {
    Instant now;
};
BOOST_DESCRIBE_STRUCT(Time, (), (now))

struct Options {
    std::string server;
    std::string bidders;
    std::string auction;
    std::string plan;
    std::optional<std::int64_t> seed;
    std::size_t groups = 0;
    std::string receipts;
    bool load = false;
    std::string batch;
    std::string certificates;
    int connections = 8;
    int seconds = 0;
    int warm_up_seconds = 2;
    int lines = 1;
};

std::unexpected<Error> refuse(std::string message) {
    return fail(ErrorCode::invalid_input, "option", std::move(message));
}

Result<Uuid> read_id(std::string_view flag, std::string_view text) {
    const auto id = parse_uuid(text);
    if (!id) return refuse(fmt::format("{}: must be an id", flag));
    return *id;
}

/// What `read` makes of a file; its failures begin with the line.
template <class Read>
auto read_file(const std::string& path, Read read) -> decltype(read(std::string_view{})) {
    SO_TRY(const InputFile file, InputFile::open(path));
    auto value = read(file.text());
    if (!value) value.error().message = path + ":" + value.error().message;
    return value;
}

Result<client::PlanOptions> read_plan(const Options& options) {
    client::PlanOptions plan;
    if (!options.plan.empty()) {
        SO_TRY(plan, read_file(options.plan, [](std::string_view text) {
                   auto read = client::read_plan_options(text);
                   if (!read) read.error().message = "1: " + read.error().message;
                   return read;
               }));
    }
    if (options.seed) plan.seed = *options.seed;
    return plan;
}

/// What is bid on the batches that are open now.
Result<std::vector<client::BatchBidding>> plan_sale(client::Api& api, const Options& options,
                                                    const client::PlanOptions& plan,
                                                    std::size_t bidders, Instant now) {
    SO_TRY(const Uuid auction, read_id("--auction", options.auction));
    SO_TRY(const auto batches,
           api.list<Batch>("/api/v1/auctions/" + format_uuid(auction) + "/batches"));
    const auto strategies = client::deal_strategies(plan, bidders, options.groups);
    std::vector<client::BatchBidding> biddings;
    for (const Batch& batch : batches) {
        if (batch.status != BatchStatus::open) continue;
        client::BatchBidding bidding{.batch = batch.id, .from = now, .end = batch.end_time};
        if (options.seconds > 0)
            bidding.end = std::min(bidding.end, now + std::chrono::seconds{options.seconds});
        SO_TRY(const auto items,
               api.list<auctions::Item>("/api/v1/batches/" + batch.id.text() + "/items"));
        for (const auctions::Item& item : items)
            bidding.items.push_back(item.certificate_id);
        bidding.requests =
            client::plan_bids(plan, static_cast<std::uint32_t>(batch.number),
                              static_cast<std::uint32_t>(bidding.items.size()), strategies);
        biddings.push_back(std::move(bidding));
    }
    if (biddings.empty()) return refuse("--auction: no batch of it is open");
    return biddings;
}

void show(const client::BiddingCounts& counts, std::int64_t accepted_before, bool live) {
    fmt::print("{}{} of {} requests, {} bids accepted, {} refused, {} accepted a second{}",
               live ? "\r\033[K" : "", counts.requests, counts.requests_planned, counts.accepted,
               counts.refusals(), counts.accepted - accepted_before, live ? "" : "\n");
    std::fflush(stdout);
}

/// Runs the plan, with a line a second.
client::BiddingCounts run_plan(client::Bidding& bidding,
                               const std::vector<client::BatchBidding>& biddings,
                               std::chrono::microseconds offset) {
    const bool live = ::isatty(STDOUT_FILENO) == 1;
    std::atomic<bool> done = false;
    std::exception_ptr failure;
    std::thread worker{[&] {
        try {
            bidding.run(biddings, offset);
        } catch (...) {
            failure = std::current_exception();
        }
        done = true;
    }};
    std::int64_t before = 0;
    for (int tick = 1; !done; ++tick) {
        std::this_thread::sleep_for(100ms);
        if (tick % 10 != 0) continue;
        const client::BiddingCounts counts = bidding.counts();
        show(counts, before, live);
        before = counts.accepted;
    }
    worker.join();
    if (failure) std::rethrow_exception(failure);
    if (live) std::puts("");
    return bidding.counts();
}

Result<Exit> simulate(const Options& options, client::ServerAddress server) {
    SO_TRY(const client::PlanOptions plan, read_plan(options));
    SO_TRY(auto bidders, read_file(options.bidders, client::read_bidder_keys));
    client::Api api{server, ""};
    SO_TRY(const Time time, api.get<Time>("/api/v1/time"));
    const auto offset = time.now - client::machine_now();
    SO_TRY(const auto biddings, plan_sale(api, options, plan, bidders.size(), time.now));
    std::optional<client::ReceiptStore> receipts;
    if (!options.receipts.empty()) receipts.emplace(options.receipts);
    client::Bidding bidding{std::move(server), std::move(bidders), receipts ? &*receipts : nullptr,
                            static_cast<std::size_t>(options.connections)};
    const client::BiddingCounts counts = run_plan(bidding, biddings, offset);
    for (const client::BatchBidding& batch : biddings)
        if (receipts) receipts->finish(batch.batch);
    fmt::print("{} bids accepted, {} unchanged, {} refused\n", counts.accepted, counts.unchanged,
               counts.refusals());
    for (const auto& [reason, count] : counts.refused)
        fmt::print("  {} {}\n", count, reason);
    if (counts.errors == 0) return Exit::success;
    fmt::print(stderr, "{} requests failed, the last with: {}\n", counts.errors, counts.last_error);
    return Exit::check_failed;
}

Result<Exit> load(const Options& options, client::ServerAddress server) {
    if (server.tls) return refuse("--load: measures over plain http only");
    SO_TRY(const Uuid batch, read_id("--batch", options.batch));
    client::LoadOptions wanted{.server = std::move(server),
                               .batch = BatchId{batch},
                               .connections = options.connections,
                               .seconds = options.seconds == 0 ? 10 : options.seconds,
                               .warm_up_seconds = options.warm_up_seconds,
                               .lines = options.lines};
    SO_TRY(wanted.bidders, read_file(options.bidders, client::read_bidder_keys));
    SO_TRY(wanted.certificates, read_file(options.certificates, client::read_certificates));
    if (wanted.bidders.empty()) return refuse("--bidders: names nobody");
    if (wanted.certificates.size() < static_cast<std::size_t>(options.lines))
        return refuse("--certificates: must have at least as many as a request has --lines");
    const client::LoadReport report = client::run_load(wanted);
    std::puts(http::to_json(report).c_str());
    return report.errors == 0 ? Exit::success : Exit::check_failed;
}

Result<Exit> run(const Options& options) {
    SO_TRY(client::ServerAddress server, client::parse_server(options.server));
    if (options.load && (options.batch.empty() || options.certificates.empty()))
        return refuse("--load needs --batch and --certificates");
    if (!options.load && options.auction.empty()) return refuse("--auction is needed");
    return options.load ? load(options, std::move(server)) : simulate(options, std::move(server));
}

void add_load_options(CLI::App& command, Options& options) {
    auto* const measure = command.add_flag("--load", options.load, "Measure instead of simulating");
    command.add_option("--batch", options.batch, "Id of the batch to load")->needs(measure);
    command.add_option("--certificates", options.certificates, "File of certificate ids")
        ->needs(measure);
    command.add_option("--warm-up", options.warm_up_seconds, "Seconds that are not counted")
        ->needs(measure)
        ->check(CLI::Range(0, 600))
        ->capture_default_str();
    command.add_option("--lines", options.lines, "Bids a request; above one they go as bulk")
        ->needs(measure)
        ->check(CLI::Range(1, 8192))
        ->capture_default_str();
}

} // namespace

void add_simulate(CLI::App& app, Exit& exit) {
    CLI::App* const command =
        app.add_subcommand("simulate", "Bid as simulated investors, or measure how fast one can");
    const auto options = std::make_shared<Options>();
    command->add_option("--server", options->server, "Address, like http://127.0.0.1:8080")
        ->required();
    command->add_option("--bidders", options->bidders, "File of `user_id key` lines")->required();
    command->add_option("--auction", options->auction, "Id of the sale");
    command->add_option("--plan", options->plan, "JSON file that says how they bid");
    command->add_option("--seed", options->seed, "Another number, another plan")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--groups", options->groups, "How many of the first bidders have groups");
    command->add_option("--receipts", options->receipts, "Directory to keep the receipts in");
    command->add_option("--connections", options->connections, "Keep-alive connections")
        ->check(CLI::Range(1, 4096))
        ->capture_default_str();
    command->add_option("--seconds", options->seconds, "Longest time; 10 with --load")
        ->check(CLI::Range(1, 86'400));
    add_load_options(*command, *options);
    command->footer(explanation);
    command->callback([options, &exit] {
        const auto outcome = run(*options);
        if (!outcome) std::fprintf(stderr, "%s\n", outcome.error().message.c_str());
        exit = outcome ? *outcome : Exit::bad_input;
    });
}

} // namespace strikeoff::cli
