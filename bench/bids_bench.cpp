/// Bids per second through HTTP, with admission, the journal and receipts, against two plain uses
/// of the same PostgreSQL cluster in the same run: pgbench with a three-statement bid transaction
/// and with one prepared INSERT. Absolute figures say little about another machine; the ratios do.

#include "support/server/live_server.hpp"

#include <fmt/compile.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace strikeoff::testing {
namespace {

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
/// and lot that has not bid at that rate. Like pgbench it waits with epoll and makes its requests
/// from a template, so that the two cores work for the service.
class Load {
public:
    Load(const TestSale& sale, const std::vector<TestUser>& users) : random_{random_hash()} {
        for (const TestUser& user : users)
            heads_.push_back(
                fmt::format("POST /api/v1/batches/{}/bids HTTP/1.1\r\nHost: localhost\r\n"
                            "Authorization: Bearer {}\r\n"
                            "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
                            sale.batches[0], user.key, body_size));
        certificates_ = sale.certificates[0];
    }

    Figures run(int connections, std::chrono::seconds warm_up, std::chrono::seconds measured) {
        figures_ = {};
        latencies_.clear();
        begin_ = SteadyClock::now() + warm_up;
        end_ = begin_ + measured;
        const int queue = checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
        std::vector<Client> clients(static_cast<std::size_t>(connections));
        for (Client& client : clients) {
            client.socket = connect_to_service();
            epoll_event event{.events = EPOLLIN, .data = {.ptr = &client}};
            checked(::epoll_ctl(queue, EPOLL_CTL_ADD, client.socket, &event), "epoll_ctl");
            send_next(client);
        }
        for (int busy = connections; busy > 0;) {
            std::array<epoll_event, 256> events;
            const int ready =
                checked(::epoll_wait(queue, events.data(), events.size(), 30'000), "epoll_wait");
            if (ready == 0) throw std::runtime_error("no answer within 30 s");
            for (int i = 0; i < ready; ++i)
                if (!receive(*static_cast<Client*>(events[static_cast<std::size_t>(i)].data.ptr)))
                    --busy;
        }
        for (const Client& client : clients)
            ::close(client.socket);
        ::close(queue);
        std::ranges::sort(latencies_);
        figures_.per_second = latencies_.size() / static_cast<std::uint64_t>(measured.count());
        if (!latencies_.empty()) {
            figures_.p50_us = latencies_[latencies_.size() / 2];
            figures_.p99_us = latencies_[latencies_.size() * 99 / 100];
        }
        return figures_;
    }

private:
    struct Client {
        int socket = -1;
        std::size_t received = 0;
        std::size_t whole = 0; ///< Bytes of the answer under way; 0 until its head is there.
        SteadyClock::time_point sent;
        std::array<char, 8192> answer;
    };

    // {"bid_id":"<36>","certificate_id":"<36>","rate":"NN.NN"}, the rate padded by a blank.
    static constexpr std::size_t body_size = 11 + 36 + 20 + 36 + 10 + 5 + 3;

    static int checked(int result, const char* what) {
        if (result < 0) throw std::system_error(errno, std::generic_category(), what);
        return result;
    }

    static int connect_to_service() {
        const int socket = checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(LiveServer::instance().app().port());
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        checked(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)),
                "connect");
        const int on = 1;
        checked(::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)), "setsockopt");
        return socket;
    }

    void send_next(Client& client) {
        const std::uint64_t n = sent_++;
        const std::uint64_t step = n / (bidders * lots) % rates + 1;
        Bytes16 random;
        std::memcpy(random.data(), random_.data(), 16);
        store_be64(random.data() + 8, ++random_low_ * 0x9e3779b97f4a7c15ULL);
        const auto wall = std::chrono::system_clock::now().time_since_epoch();
        const Uuid bid =
            make_uuid_v7(Instant::from_micros(
                             std::chrono::duration_cast<std::chrono::microseconds>(wall).count()),
                         random);
        request_.assign(heads_[n % bidders]);
        const std::size_t head = request_.size();
        fmt::format_to(std::back_inserter(request_),
                       FMT_COMPILE(R"({{"bid_id":"{}","certificate_id":"{}","rate":"{}.{:02}"}})"),
                       format_uuid(bid), certificates_[n / bidders % lots], step / 4,
                       step % 4 * 25);
        request_.resize(head + body_size, ' ');
        client.received = 0;
        client.whole = 0;
        client.sent = SteadyClock::now();
        const auto size = static_cast<ssize_t>(request_.size());
        if (::send(client.socket, request_.data(), request_.size(), MSG_NOSIGNAL) != size)
            throw std::runtime_error("a request was not taken whole");
    }

    /// False when the client is done.
    bool receive(Client& client) {
        const ssize_t size = ::recv(client.socket, client.answer.data() + client.received,
                                    client.answer.size() - client.received, 0);
        if (size <= 0) throw std::runtime_error("the service closed a connection");
        client.received += static_cast<std::size_t>(size);
        const std::string_view answer{client.answer.data(), client.received};
        if (client.whole == 0) {
            constexpr std::string_view length = "Content-Length: ";
            const std::size_t head = answer.find("\r\n\r\n");
            const std::size_t field = answer.find(length);
            if (head == std::string_view::npos) return true;
            client.whole =
                head + 4 + std::strtoul(answer.data() + field + length.size(), nullptr, 10);
        }
        if (answer.size() < client.whole) return true;
        const auto now = SteadyClock::now();
        const bool accepted = answer.contains("\"status\":\"accepted\"");
        if (!accepted && figures_.refused++ == 0)
            std::fprintf(stderr, "refused: %.*s\n", static_cast<int>(answer.size()), answer.data());
        if (accepted) ++figures_.accepted;
        if (accepted && client.sent >= begin_ && now < end_)
            latencies_.push_back(
                std::chrono::duration_cast<std::chrono::microseconds>(now - client.sent).count());
        if (now >= end_) return false;
        send_next(client);
        return true;
    }

    std::vector<std::string> heads_;
    std::vector<std::string> certificates_;
    Hash random_;
    std::uint64_t random_low_ = 0;
    std::uint64_t sent_ = 0;
    std::string request_;
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
