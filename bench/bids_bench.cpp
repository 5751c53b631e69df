/// Bids per second through HTTP, with admission, the journal and receipts, against two plain uses
/// of the same PostgreSQL cluster in the same run: pgbench with a three-statement bid transaction
/// and with one prepared INSERT. Absolute figures say little about another machine; the ratios do.

#include "bid_load.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

constexpr int bidders = 2000; ///< At 60,000 bids a second each is below its limit.
constexpr int lots = 2000;
constexpr int rounds_count = 3;

/// Transactions per second of a pgbench script, best of the given numbers of clients.
std::uint64_t best_pgbench(const std::string& name, const std::string& script,
                           std::span<const int> clients, int seconds) {
    LiveServer& server = LiveServer::instance();
    const std::filesystem::path file = server.directory() / (name + ".sql");
    std::ofstream(file) << script;
    std::filesystem::path pgbench;
    for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql"))
        if (std::filesystem::exists(entry.path() / "bin" / "pgbench"))
            pgbench = entry.path() / "bin" / "pgbench";
    std::uint64_t best = 0;
    for (const int count : clients) {
        const auto result =
            db::run_process({pgbench, "-n", "-M", "prepared", "-c", std::to_string(count), "-j",
                             "1", "-T", std::to_string(seconds), "-f", file, "-h",
                             std::filesystem::canonical(server.directory() / "data" / "run"), "-U",
                             "strikeoff_owner", "strikeoff"},
                            db::current_os_user());
        const std::size_t at = result.output.find("tps = ");
        if (at == std::string::npos) throw std::runtime_error("pgbench: " + result.output);
        const std::uint64_t tps = std::stoull(result.output.substr(at + 6));
        std::printf("  %-28s %4d clients %8lu/s\n", name.c_str(), count,
                    static_cast<unsigned long>(tps));
        std::fflush(stdout);
        best = std::max(best, tps);
    }
    return best;
}

void prepare_pgbench() {
    db::Connection owner = LiveServer::instance().connect();
    owner.execute(
        fmt::format("DROP TABLE IF EXISTS bench_lots, bench_bids; "
                    "CREATE TABLE bench_lots (id int PRIMARY KEY, best int NOT NULL, "
                    "bids int NOT NULL); "
                    "INSERT INTO bench_lots SELECT g, 1800, 0 FROM generate_series(1, {}) g; "
                    "CREATE TABLE bench_bids (id uuid PRIMARY KEY DEFAULT "
                    "gen_random_uuid(), lot int NOT NULL, bidder int NOT NULL, rate "
                    "int NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp())",
                    lots));
}

/// What one round measured, a second.
struct Round {
    std::uint64_t three = 0;
    std::uint64_t one = 0;
    std::uint64_t ours = 0;
};

/// Ratios in hundredths.
std::uint64_t times_three(const Round& round) {
    return round.ours * 100 / round.three;
}

std::uint64_t times_one(const Round& round) {
    return round.ours * 100 / round.one;
}

std::uint64_t median(const std::vector<Round>& rounds, std::uint64_t (*figure)(const Round&)) {
    std::vector<std::uint64_t> figures;
    for (const Round& round : rounds)
        figures.push_back(figure(round));
    std::ranges::sort(figures);
    return figures[figures.size() / 2];
}

std::string ratio(std::uint64_t hundredths) {
    return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100);
}

Round run_round(BidLoad& load, int seconds, std::uint64_t& accepted) {
    const std::string draw = fmt::format("\\set lot random(1, {})\n\\set bidder random(1, {})\n"
                                         "\\set rate random(1, 72)\n",
                                         lots, bidders);
    constexpr std::array clients{1, 16, 64, 256};
    Round round;
    round.three = best_pgbench(
        "(a) three statements",
        draw + "BEGIN;\nSELECT best FROM bench_lots WHERE id = :lot FOR UPDATE;\n"
               "INSERT INTO bench_bids (lot, bidder, rate) VALUES (:lot, :bidder, :rate);\n"
               "UPDATE bench_lots SET best = least(best, :rate), bids = bids + 1 WHERE id = :lot;\n"
               "COMMIT;\n",
        clients, seconds);
    round.one = best_pgbench(
        "(b) one INSERT",
        draw + "INSERT INTO bench_bids (lot, bidder, rate) VALUES (:lot, :bidder, :rate);\n",
        clients, seconds);
    for (const int connections : {1, 64, 256}) {
        const Figures figures = load.run({LiveServer::instance().app().port()}, connections, 2s,
                                         std::chrono::seconds{seconds});
        accepted += figures.accepted;
        round.ours = figures.per_second;
        std::printf("  %-28s %4d conns   %8lu/s  p50 %ld us, p99 %ld us, refused %lu\n",
                    "(c) bids over HTTP", connections, static_cast<unsigned long>(round.ours),
                    static_cast<long>(figures.p50_us), static_cast<long>(figures.p99_us),
                    static_cast<unsigned long>(figures.refused));
        std::fflush(stdout);
    }
    return round;
}

/// Several rounds of all three, one after the other: what else the machine does hits each.
int run(int seconds) {
    std::puts("preparing a sale of 2,000 items and 2,000 bidders");
    TestSale sale{{.items_a_batch = lots, .first_end = 24h}};
    const std::vector<TestUser> users = register_bidders(sale, bidders);
    sale.wait_until_open();
    prepare_pgbench();

    BidLoad load{sale, users};
    std::uint64_t accepted = 0;
    std::vector<Round> rounds;
    for (int i = 0; i < rounds_count; ++i) {
        rounds.push_back(run_round(load, seconds, accepted));
        std::printf("round %d: (c) at 256 is %s x (a) and %s x (b)\n", i + 1,
                    ratio(times_three(rounds.back())).c_str(),
                    ratio(times_one(rounds.back())).c_str());
    }
    const std::uint64_t stored = stored_bids(sale);
    std::printf("acknowledged %lu, in the journal %lu\n", static_cast<unsigned long>(accepted),
                static_cast<unsigned long>(stored));
    const std::uint64_t of_three = median(rounds, times_three);
    const std::uint64_t of_one = median(rounds, times_one);
    std::printf("(c) at 256 is %s x (a) and %s x (b), median of %d rounds; at least 5 x and 2 x "
                "are wanted\n",
                ratio(of_three).c_str(), ratio(of_one).c_str(), rounds_count);
    return accepted == stored && of_three >= 500 && of_one >= 200 ? 0 : 1;
}

} // namespace
} // namespace strikeoff::testing

int main(int argc, char** argv) {
    return strikeoff::testing::run(argc > 1 ? std::max(1, std::atoi(argv[1])) : 4);
}
