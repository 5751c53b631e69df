// A PostgreSQL that is stopped in the middle of its work and says nothing to anybody.
#include "support/server/live_server.hpp"
#include "support/server/raw_connection.hpp"
#include "support/server/served_process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <future>
#include <set>

namespace strikeoff::testing {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using std::chrono::steady_clock;
using ::testing::HasSubstr;

int postmaster_of(const fs::path& cluster) {
    std::ifstream in(cluster / "postmaster.pid");
    int pid = 0;
    in >> pid;
    return pid;
}

int parent_of(const fs::path& process) {
    std::ifstream in(process / "stat");
    const std::string stat{std::istreambuf_iterator<char>(in), {}};
    const std::size_t at = stat.rfind(") "); // The name may hold parentheses.
    return at == std::string::npos ? 0 : std::atoi(stat.c_str() + at + 4);
}

/// Stops a postmaster and all that it has started, until this goes.
class Pause {
public:
    explicit Pause(int postmaster) {
        stop(postmaster); // First: it starts no others from now on.
        for (const auto& entry : fs::directory_iterator("/proc")) {
            const int pid = std::atoi(entry.path().filename().c_str());
            if (pid > 0 && parent_of(entry.path()) == postmaster) stop(pid);
        }
    }
    Pause(const Pause&) = delete;
    Pause& operator=(const Pause&) = delete;
    ~Pause() {
        for (const int pid : stopped_)
            ::kill(pid, SIGCONT);
    }

private:
    void stop(int pid) {
        if (::kill(pid, SIGSTOP) == 0) stopped_.push_back(pid);
    }
    std::vector<int> stopped_;
};

int postmaster_of_live_server() {
    db::Connection owner = LiveServer::instance().connect();
    // Only a superuser may ask where its files are.
    const db::PgResult parent = owner.execute("SELECT pg_backend_pid()");
    return parent_of("/proc/" + std::string(PQgetvalue(parent.get(), 0, 0)));
}

std::string value(const std::string& sql) {
    db::Connection owner = LiveServer::instance().connect();
    const db::PgResult result = owner.execute(sql);
    return PQntuples(result.get()) == 1 ? PQgetvalue(result.get(), 0, 0) : "";
}

/// Sends its request and notes what came of it and when.
struct Timed {
    int status = 0;
    std::chrono::milliseconds took{};

    template <class F>
    static Timed of(F send) {
        const auto begin = steady_clock::now();
        const Reply reply = send();
        return {reply.status,
                std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - begin)};
    }
};

constexpr auto answer_time_max = 15s;

/// The bids in the journal of the sale's first batch.
std::multiset<std::string> journaled(const TestSale& sale) {
    bids::SqlJournal journal{LiveServer::instance().app().worker_pool};
    std::multiset<std::string> stored;
    for (std::int64_t next = 0;;) {
        const auto blocks = journal.read(BatchId{*parse_uuid(sale.batches[0])}, next, 64);
        if (blocks.empty()) return stored;
        for (const bids::Block& block : blocks)
            for (const bids::JournalRecord& record : block.records) {
                ++next;
                stored.insert(record.bid.text());
            }
    }
}

TEST(PausedDatabase, that_is_back_soon_only_delays_a_bid) {
    TestSale sale{{.items_a_batch = 2, .first_end = 24h}};
    const TestUser user = sale.add_bidder();
    sale.wait_until_open();
    ASSERT_EQ(sale.bid(user, 0, "5.00").status, 200);
    const int postmaster = postmaster_of_live_server();
    auto pause = std::make_unique<Pause>(postmaster);
    auto bid = std::async(std::launch::async,
                          [&] { return Timed::of([&] { return sale.bid(user, 1, "5.00"); }); });
    std::this_thread::sleep_for(1500ms);
    pause.reset();
    const Timed answer = bid.get();
    EXPECT_EQ(answer.status, 200);
    EXPECT_GE(answer.took, 1000ms);
}

// PostgreSQL has it in its buffer when it is stopped, and stores it when nobody waits any more.
TEST(PausedDatabase, stores_a_bid_late_that_counts_once_when_it_is_sent_again) {
    TestSale sale{{.items_a_batch = 2, .first_end = 24h}};
    const TestUser user = sale.add_bidder();
    sale.wait_until_open();
    ASSERT_EQ(sale.bid(user, 0, "5.00").status, 200);
    const int postmaster = postmaster_of_live_server();
    const std::string id = fresh_bid_id();
    {
        const Pause pause{postmaster};
        const Timed answer = Timed::of([&] { return sale.bid(user, 1, "5.00", 0, id); });
        EXPECT_EQ(answer.status, 503);
        EXPECT_LT(answer.took, answer_time_max);
    }
    ASSERT_TRUE(
        eventually([] { return LiveServer::instance().call("GET", "/readyz").status == 200; }));
    ASSERT_TRUE(eventually([&] { return journaled(sale).contains(id); })) << "it was on its way";
    const Reply again = sale.bid(user, 1, "5.00", 0, id);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.text("status"), "replayed");
    EXPECT_EQ(journaled(sale).count(id), 1U);
}

TEST(PausedDatabase, is_answered_for_in_time_and_loses_and_doubles_nothing) {
    constexpr int clients = 4;
    constexpr int lots = 600;
    LiveServer& server = LiveServer::instance();
    TestSale sale{{.items_a_batch = lots, .first_end = 24h}};
    std::vector<TestUser> users;
    for (int i = 0; i < clients; ++i)
        users.push_back(sale.add_bidder());
    sale.wait_until_open();
    for (const TestUser& user : users) // Their keys and the book are in memory.
        ASSERT_EQ(sale.bid(user, 0, "5.00").status, 200);
    const int postmaster = postmaster_of_live_server();

    // Each sends its bids one after the other, and one that is refused again until it is taken:
    // what PostgreSQL had in its buffer when it was stopped is stored at the same time.
    std::atomic<bool> done = false;
    struct Sent {
        std::string id;
        std::vector<Timed> answers;
    };
    std::vector<std::future<std::vector<Sent>>> bidding;
    for (const TestUser& user : users)
        bidding.push_back(std::async(std::launch::async, [&] {
            std::vector<Sent> sent;
            for (int lot = 1; lot < lots && !done; ++lot) {
                sent.push_back({fresh_bid_id(), {}});
                std::vector<Timed>& answers = sent.back().answers;
                do {
                    answers.push_back(
                        Timed::of([&] { return sale.bid(user, lot, "5.00", 0, sent.back().id); }));
                    std::this_thread::sleep_for(20ms);
                } while (answers.back().status == 503);
            }
            return sent;
        }));
    std::this_thread::sleep_for(500ms);
    {
        const Pause pause{postmaster};
        const auto paused_at = steady_clock::now();
        std::vector<std::future<Timed>> reads;
        for (int i = 0; i < 12; ++i) // More than there are workers.
            reads.push_back(std::async(std::launch::async, [&] {
                return Timed::of(
                    [&] { return server.call("GET", "/api/v1/batches/" + sale.batches[0]); });
            }));
        for (auto& read : reads) {
            const Timed answer = read.get();
            EXPECT_EQ(answer.status, 503);
            EXPECT_LT(answer.took, answer_time_max);
        }
        const Timed ready = Timed::of([&] { return server.call("GET", "/readyz"); });
        EXPECT_EQ(ready.status, 503);
        EXPECT_LT(ready.took, 1s) << "it is known by now";
        const Timed alive = Timed::of([&] { return server.call("GET", "/healthz"); });
        EXPECT_EQ(alive.status, 200);
        EXPECT_LT(alive.took, 1s);
        EXPECT_THAT(server.ask_admin("/status").body, HasSubstr("database_unreachable"));
        const std::string body =
            fmt::format(R"({{"bid_id":"{}","certificate_id":"{}","rate":"5.00"}})", fresh_bid_id(),
                        sale.certificate(0));
        const RawAnswer refused = exchange_raw(
            server.app().port(),
            fmt::format("POST /api/v1/batches/{}/bids HTTP/1.1\r\nHost: a\r\nAuthorization: "
                        "Bearer {}\r\nContent-Type: application/json\r\nContent-Length: "
                        "{}\r\n\r\n{}",
                        sale.batches[0], users[0].key, body.size(), body));
        EXPECT_EQ(refused.status, 503) << refused.body;
        EXPECT_EQ(refused.header("Retry-After"), "2");
        std::this_thread::sleep_until(paused_at + 13s);
    }
    ASSERT_TRUE(eventually([&] { return server.call("GET", "/readyz").status == 200; }));
    std::this_thread::sleep_for(1s);
    done = true;

    int refused = 0;
    int accepted = 0;
    std::set<std::string> ids;
    for (auto& client : bidding)
        for (const Sent& bid : client.get()) {
            ids.insert(bid.id);
            EXPECT_EQ(bid.answers.back().status, 200);
            for (const Timed& answer : bid.answers)
                EXPECT_LT(answer.took, answer_time_max);
            ++(bid.answers.size() > 1 ? refused : accepted);
        }
    EXPECT_GE(refused, clients) << "each had one under way";
    EXPECT_GE(accepted, 2 * clients);
    const std::multiset<std::string> stored = journaled(sale);
    EXPECT_EQ(stored.size(), ids.size() + clients);
    for (const std::string& id : ids)
        EXPECT_EQ(stored.count(id), 1U) << id;
    EXPECT_EQ(value("SELECT count(*) FROM bids WHERE status = 'void' AND batch_id = '" +
                    sale.batches[0] + "'"),
              "0");
}

TEST(EmbeddedClusterPaused, does_not_hold_up_the_end_of_the_service) {
    const OpenDirectory directory;
    ServedProcess service{{.data = directory.path("data"),
                           .keys = directory.path("keys"),
                           .log = directory.path("log")}};
    service.wait_until_it_listens();
    const int postmaster = postmaster_of(fs::path{directory.path("data")} / "pg");
    ASSERT_TRUE(db::is_running(postmaster));
    {
        const Pause pause{postmaster};
        std::this_thread::sleep_for(1s);
        const auto begin = steady_clock::now();
        EXPECT_EQ(service.stop(), 0) << service.log_text();
        EXPECT_LT(steady_clock::now() - begin, 30s);
    }
    EXPECT_TRUE(eventually([&] { return !db::is_running(postmaster); })) << "it was told to stop";
}

} // namespace
} // namespace strikeoff::testing
