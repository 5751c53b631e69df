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

std::string ratio(std::uint64_t ours, std::uint64_t theirs) {
    return fmt::format("{}.{:01}", ours / theirs, ours * 10 / theirs % 10);
}

int run(int seconds, bool only_ours) {
    std::puts("preparing a sale of 2,000 items and 2,000 bidders");
    TestSale sale{{.items_a_batch = lots, .first_end = 24h}};
    const std::vector<TestUser> users = register_bidders(sale, bidders);
    sale.wait_until_open();
    prepare_pgbench();

    const std::string draw = fmt::format("\\set lot random(1, {})\n\\set bidder random(1, {})\n"
                                         "\\set rate random(1, 72)\n",
                                         lots, bidders);
    const auto clients = only_ours ? std::vector<int>{1} : std::vector<int>{1, 16, 64, 256};
    const std::uint64_t three = best_pgbench(
        "(a) three statements",
        draw + "BEGIN;\nSELECT best FROM bench_lots WHERE id = :lot FOR UPDATE;\n"
               "INSERT INTO bench_bids (lot, bidder, rate) VALUES (:lot, :bidder, :rate);\n"
               "UPDATE bench_lots SET best = least(best, :rate), bids = bids + 1 WHERE id = :lot;\n"
               "COMMIT;\n",
        clients, seconds);
    const std::uint64_t one = best_pgbench(
        "(b) one INSERT",
        draw + "INSERT INTO bench_bids (lot, bidder, rate) VALUES (:lot, :bidder, :rate);\n",
        clients, seconds);

    BidLoad load{sale, users};
    std::uint64_t accepted = 0;
    Figures last;
    for (const int connections : {1, 64, 256}) {
        last = load.run({LiveServer::instance().app().port()}, connections, 2s,
                        std::chrono::seconds{seconds});
        accepted += last.accepted;
        std::printf("  %-28s %4d conns   %8lu/s  p50 %ld us, p99 %ld us, refused %lu\n",
                    "(c) bids over HTTP", connections, static_cast<unsigned long>(last.per_second),
                    static_cast<long>(last.p50_us), static_cast<long>(last.p99_us),
                    static_cast<unsigned long>(last.refused));
        std::fflush(stdout);
    }
    const std::uint64_t stored = stored_bids(sale);
    std::printf("acknowledged %lu, in the journal %lu\n", static_cast<unsigned long>(accepted),
                static_cast<unsigned long>(stored));
    std::printf("(c) at 256 is %s x (a) and %s x (b); at least 5 x and 2 x are wanted\n",
                ratio(last.per_second, three).c_str(), ratio(last.per_second, one).c_str());
    const bool fast = last.per_second >= 5 * three && last.per_second >= 2 * one;
    return accepted == stored && fast ? 0 : 1;
}

} // namespace
} // namespace strikeoff::testing

int main(int argc, char** argv) {
    return strikeoff::testing::run(argc > 1 ? std::max(1, std::atoi(argv[1])) : 8, argc > 2);
}
