/// Bids per second through HTTP, with admission, the journal and receipts, against two plain uses
/// of the same PostgreSQL cluster in the same run: pgbench with a three-statement bid transaction
/// and with one prepared INSERT. Absolute figures say little about another machine; the ratios do.

#include "support/server/live_server.hpp"

#include <boost/asio.hpp>

#include <algorithm>
#include <cstdio>
#include <fstream>

namespace strikeoff::testing {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using SteadyClock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr int bidders = 1000;
constexpr int lots = 2000;
constexpr int rates = 72; ///< 0.25 to 18.00.

struct Figures {
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;
    std::uint64_t per_second = 0;
    std::int64_t p50_us = 0;
    std::int64_t p99_us = 0;
};

/// Sends single bids on keep-alive connections from one thread; every bid is of a pair of bidder
/// and lot that has not bid at that rate.
class Load {
public:
    Load(const TestSale& sale, std::vector<TestUser> users)
        : sale_{sale}, users_{std::move(users)}, random_{random_hash()} {}

    Figures run(int connections, std::chrono::seconds warm_up, std::chrono::seconds measured) {
        figures_ = {};
        latencies_.clear();
        begin_ = SteadyClock::now() + warm_up;
        end_ = begin_ + measured;
        asio::io_context io{1};
        for (int i = 0; i < connections; ++i)
            asio::co_spawn(io, client(io), asio::detached);
        io.run();
        std::ranges::sort(latencies_);
        figures_.per_second = latencies_.size() / static_cast<std::uint64_t>(measured.count());
        if (!latencies_.empty()) {
            figures_.p50_us = latencies_[latencies_.size() / 2];
            figures_.p99_us = latencies_[latencies_.size() * 99 / 100];
        }
        return figures_;
    }

private:
    /// Zero bytes more are needed once head and body are there.
    static auto whole_answer(const std::string& answer) {
        return [&answer](const boost::system::error_code& error, std::size_t) -> std::size_t {
            if (error) return 0;
            const std::size_t head = answer.find("\r\n\r\n");
            if (head == std::string::npos) return 4096;
            const std::size_t field = answer.find("Content-Length: ");
            const std::size_t size = std::stoul(answer.substr(field + 16, 10));
            const std::size_t whole = head + 4 + size;
            return answer.size() >= whole ? 0 : whole - answer.size();
        };
    }

    asio::awaitable<void> client(asio::io_context& io) {
        tcp::socket socket{io};
        co_await socket.async_connect(
            {asio::ip::address_v4::loopback(), LiveServer::instance().app().port()},
            asio::use_awaitable);
        socket.set_option(tcp::no_delay(true));
        std::string answer;
        while (SteadyClock::now() < end_) {
            const std::string request = next_request();
            const auto sent = SteadyClock::now();
            co_await asio::async_write(socket, asio::buffer(request), asio::use_awaitable);
            answer.clear();
            co_await asio::async_read(socket, asio::dynamic_buffer(answer), whole_answer(answer),
                                      asio::use_awaitable);
            const auto now = SteadyClock::now();
            const bool accepted = answer.find("\"status\":\"accepted\"") != std::string::npos;
            if (!accepted && figures_.refused++ == 0)
                std::fprintf(stderr, "refused: %s\n", answer.c_str());
            if (accepted) ++figures_.accepted;
            if (accepted && sent >= begin_)
                latencies_.push_back(
                    std::chrono::duration_cast<std::chrono::microseconds>(now - sent).count());
        }
    }

    std::string next_request() {
        const std::uint64_t n = sent_++;
        const TestUser& user = users_[n % bidders];
        const std::string& certificate = sale_.certificates[0][n / bidders % lots];
        const std::uint64_t step = n / (bidders * lots) % rates + 1;
        ++random_low_;
        Bytes16 random;
        std::memcpy(random.data(), random_.data(), 16);
        store_be64(random.data() + 8, random_low_ * 0x9e3779b97f4a7c15ULL);
        const Uuid bid = make_uuid_v7(
            Instant::from_micros(std::chrono::duration_cast<std::chrono::microseconds>(
                                     std::chrono::system_clock::now().time_since_epoch())
                                     .count()),
            random);
        const std::string body =
            fmt::format(R"({{"bid_id":"{}","certificate_id":"{}","rate":"{}.{:02}"}})",
                        format_uuid(bid), certificate, step / 4, step % 4 * 25);
        return fmt::format("POST /api/v1/batches/{}/bids HTTP/1.1\r\nHost: localhost\r\n"
                           "Authorization: Bearer {}\r\nContent-Type: application/json\r\n"
                           "Content-Length: {}\r\n\r\n{}",
                           sale_.batches[0], user.key, body.size(), body);
    }

    const TestSale& sale_;
    std::vector<TestUser> users_;
    Hash random_;
    std::uint64_t random_low_ = 0;
    std::uint64_t sent_ = 0;
    SteadyClock::time_point begin_;
    SteadyClock::time_point end_;
    Figures figures_;
    std::vector<std::int64_t> latencies_;
};

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
    std::puts("preparing a sale of 2,000 items and 1,000 bidders");
    TestSale sale{{.items_a_batch = lots, .first_end = 24h}};
    std::vector<TestUser> users;
    for (int i = 0; i < bidders; ++i)
        users.push_back(sale.add_bidder());
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

    Load load{sale, users};
    std::uint64_t accepted = 0;
    Figures last;
    for (const int connections : {1, 64, 256}) {
        last = load.run(connections, 2s, std::chrono::seconds{seconds});
        accepted += last.accepted;
        std::printf("  %-28s %4d conns   %8lu/s  p50 %ld us, p99 %ld us, refused %lu\n",
                    "(c) bids over HTTP", connections, static_cast<unsigned long>(last.per_second),
                    static_cast<long>(last.p50_us), static_cast<long>(last.p99_us),
                    static_cast<unsigned long>(last.refused));
        std::fflush(stdout);
    }
    db::Connection owner = LiveServer::instance().connect();
    const db::PgResult stored = owner.execute(
        "SELECT sum(count) FROM bid_blocks WHERE batch_id = '" + sale.batches[0] + "'");
    std::printf("acknowledged %lu, in the journal %s\n", static_cast<unsigned long>(accepted),
                PQgetvalue(stored.get(), 0, 0));
    std::printf("(c) at 256 is %s x (a) and %s x (b); at least 5 x and 2 x are wanted\n",
                ratio(last.per_second, three).c_str(), ratio(last.per_second, one).c_str());
    const bool whole = std::to_string(accepted) == PQgetvalue(stored.get(), 0, 0);
    const bool fast = last.per_second >= 5 * three && last.per_second >= 2 * one;
    return whole && fast ? 0 : 1;
}

} // namespace
} // namespace strikeoff::testing

int main(int argc, char** argv) {
    return strikeoff::testing::run(argc > 1 ? std::max(1, std::atoi(argv[1])) : 8, argc > 2);
}
