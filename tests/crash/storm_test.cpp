// Services and their PostgreSQL are killed at random moments while investors bid.
#include "crash/crash_sale.hpp"
#include "crash/http_call.hpp"
#include "db/readiness.hpp"
#include "support/server/live_server.hpp"
#include "torture/checks.hpp"
#include "torture/sql_world.hpp"

#include <gmock/gmock.h>

#include <csignal>
#include <iostream>
#include <mutex>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using auctions::BatchStatus;
using ::testing::IsEmpty;

constexpr std::size_t services_max = 2;
constexpr int bidding_threads = 4;

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
    const char* const text = std::getenv(name);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

/// A sale in a storm: two services and one PostgreSQL that get killed.
class Storm {
public:
    explicit Storm(std::uint64_t seed)
        : random_{seed}, client_random_{seed + 1},
          sale_{{.batches = 2, .lots_a_batch = 6, .bidders = 8}},
          clients_{client_random_, sale_.world()} {
        for (std::size_t i = 0; i < services_max; ++i) {
            ports_.push_back(free_port());
            services_.emplace_back();
            start(i);
        }
        services_[0]->wait_until_it_listens();
        county_.emplace(sale_, sale_.world().sale(), ports_[0]);
        for (int i = 0; i < bidding_threads; ++i)
            threads_.emplace_back([this](const std::stop_token& stop) { bid(stop); });
    }

    CrashSale& sale() { return sale_; }
    int kills() const { return kills_; }
    /// Kills before which bids had been answered since the last one.
    int kills_amid_bids() const { return kills_amid_bids_; }

    /// Kills something, some time from now.
    void kill_something();
    /// Everything stands still while the clock moves past the end of a batch and stops there, and
    /// while the database is copied.
    void end_batch(std::size_t number, const std::string& copy_name);
    /// Kills until the batch is closed, and at least `kills_min` times.
    void kill_until_closed(std::size_t number, int kills_min);
    /// No more kills: waits until all is answered and projected, then checks everything.
    std::vector<std::string> finish();
    std::string summary() const;
    void start_clock();
    std::string fetch(const std::string& path) { return services_[0]->fetch(path); }

private:
    std::uint64_t dice(std::uint64_t sides) { return random_() % sides; }
    void start(std::size_t service) {
        services_[service] = std::make_unique<ServedProcess>(
            sale_.serve(fmt::format("service-{}-{}.log", service, starts_++), ports_[service]));
    }
    bool has_progressed();
    void supervise();
    void kill_postgresql();
    void persist(const std::function<void()>& action);
    void wait_for_postgresql();
    void renew_connections();
    void bid(const std::stop_token& stop);
    bool ask(client::Api& api, const torture::Call& call);
    void fault(const std::string& text) {
        const std::scoped_lock lock{mutex_};
        clients_.faults.push_back(text);
    }

    std::mt19937_64 random_;
    std::mt19937_64 client_random_;
    CrashSale sale_;
    std::mutex mutex_; ///< Of the clients and the world they look at.
    torture::Clients clients_;
    std::vector<unsigned short> ports_;
    std::vector<std::unique_ptr<ServedProcess>> services_;
    std::optional<CountyTool> county_;
    std::vector<std::jthread> threads_;
    int starts_ = 0;
    int kills_ = 0;
    int kills_of_postgresql_ = 0;
    int gave_up_ = 0; ///< Services that ended because PostgreSQL died under their start.
    int unanswered_ = 0;
    int answers_ = 0;
    int answers_before_ = 0; ///< The last kill.
    int kills_amid_bids_ = 0;
};

void Storm::bid(const std::stop_token& stop) {
    std::map<std::pair<std::size_t, std::size_t>, std::unique_ptr<client::Api>> apis;
    const torture::SaleFacts facts = sale_.world().sale();
    while (!stop.stop_requested()) {
        std::this_thread::sleep_for(2ms);
        std::shared_ptr<torture::Call> call;
        try {
            const std::scoped_lock lock{mutex_};
            call = clients_.next_call(client_random_() % services_max);
        } catch (const db::Unavailable&) {
            continue; // New ids carry the database's time, and it is away.
        }
        // Until it is answered: that is what bid_id is for.
        for (auto until = std::chrono::steady_clock::now() + 60s;;) {
            auto& api = apis[{call->process, call->bidder}];
            if (!api)
                api = std::make_unique<client::Api>(
                    client::ServerAddress{"127.0.0.1", std::to_string(ports_[call->process])},
                    facts.bidders[call->bidder].key);
            if (ask(*api, *call)) break;
            call->process = (call->process + 1) % services_max;
            if (std::chrono::steady_clock::now() > until)
                return fault("a bid is not answered, however often it is sent");
            std::this_thread::sleep_for(10ms);
        }
    }
}

/// False when the request got no answer.
bool Storm::ask(client::Api& api, const torture::Call& call) {
    std::optional<std::vector<bids::Line>> lines;
    try {
        lines = send_call(api, call);
    } catch (const std::exception& error) {
        fault(error.what());
        return true;
    }
    const std::scoped_lock lock{mutex_};
    if (lines)
        clients_.answered(call, *lines);
    else
        clients_.unanswered(call);
    (lines ? answers_ : unanswered_) += 1;
    return lines.has_value();
}

bool Storm::has_progressed() {
    const std::scoped_lock lock{mutex_};
    return answers_ > answers_before_;
}

/// Starts again what ended by itself.
void Storm::supervise() {
    for (std::size_t i = 0; i < services_.size(); ++i) {
        if (!services_[i]->has_ended()) continue;
        // It may do so while it starts and the database dies; never once it serves.
        if (services_[i]->listens())
            fault("a service ended by itself:\n" + services_[i]->log_text());
        ++gave_up_;
        start(i);
    }
}

void Storm::kill_postgresql() {
    db::EmbeddedCluster& cluster = *sale_.app().database.cluster();
    const int postmaster = cluster.postmaster_pid();
    if (!db::is_running(postmaster)) return; // A service is about to start it.
    ++kills_;
    ++kills_of_postgresql_;
    if (dice(2) == 0) {
        ::kill(postmaster, SIGKILL);
        return;
    }
    try { // One of its processes: it restarts itself and recovers.
        db::Connection superuser = sale_.connect("postgres");
        const db::PgResult pids = superuser.execute(
            "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() ORDER BY pid");
        const auto chosen = dice(static_cast<std::uint64_t>(PQntuples(pids.get())));
        ::kill(std::atoi(PQgetvalue(pids.get(), static_cast<int>(chosen), 0)), SIGKILL);
    } catch (const db::Unavailable&) {
        ::kill(postmaster, SIGKILL);
    }
}

/// Most often amid bids, and at times what has not come back from the last kill.
void Storm::kill_something() {
    const bool amid_bids = dice(4) != 0;
    const auto pause = std::chrono::milliseconds{dice(300)};
    const auto patience = std::chrono::steady_clock::now() + 10s;
    const auto earliest = std::chrono::steady_clock::now() + pause;
    while (std::chrono::steady_clock::now() < earliest ||
           (amid_bids && !has_progressed() && std::chrono::steady_clock::now() < patience)) {
        supervise();
        std::this_thread::sleep_for(10ms);
    }
    kills_amid_bids_ += has_progressed() ? 1 : 0;
    if (dice(5) == 0) {
        kill_postgresql();
    } else {
        const std::size_t service = dice(services_max);
        services_[service]->kill();
        ++kills_;
        start(service);
    }
    const std::scoped_lock lock{mutex_};
    answers_before_ = answers_;
}

/// Does it, as often as that takes, on a PostgreSQL of which a process may just have been killed:
/// it ends the connections that it has taken, and starts itself again.
void Storm::persist(const std::function<void()>& action) {
    const bool done = eventually([&] {
        try {
            action();
            return true;
        } catch (const db::Unavailable&) {
            return false;
        }
    });
    if (!done) throw std::runtime_error("the database does not come back");
}

void Storm::wait_for_postgresql() {
    persist([&] {
        sale_.app().database.cluster()->revive();
        db::wait_while_it_recovers(
            sale_.app().database.cluster()->conninfo("postgres", "postgres"));
    });
}

/// The pools take a database for lost until they have heard from it again.
void Storm::renew_connections() {
    persist([&] { sale_.renew_connections(); });
}

void Storm::start_clock() {
    wait_for_postgresql();
    persist([&] { sale_.start_clock(); });
}

void Storm::end_batch(std::size_t number, const std::string& copy_name) {
    const std::scoped_lock lock{mutex_};
    for (auto& service : services_) {
        service->kill();
        ++kills_;
    }
    wait_for_postgresql();
    renew_connections();
    const BatchId batch = sale_.world().sale().batches[number].id;
    persist([&] { sale_.stop_clock(sale_.world().end_time(batch) + 1ms); });
    persist([&] { sale_.copy_database(copy_name); });
    for (std::size_t i = 0; i < services_.size(); ++i)
        start(i);
}

void Storm::kill_until_closed(std::size_t number, int kills_min) {
    const BatchId batch = sale_.world().sale().batches[number].id;
    const int least = kills_ + kills_min;
    const auto until = std::chrono::steady_clock::now() + 120s;
    const auto is_closed = [&] {
        try {
            const std::scoped_lock lock{mutex_};
            return sale_.world().status(batch) == BatchStatus::closed;
        } catch (const db::Unavailable&) {
            return false;
        }
    };
    while (kills_ < least || !is_closed()) {
        if (std::chrono::steady_clock::now() > until)
            throw std::runtime_error("the batch does not close");
        kill_something();
    }
}

std::vector<std::string> Storm::finish() {
    for (std::jthread& thread : threads_)
        thread.request_stop();
    const bool quiet = eventually([&] {
        supervise();
        return std::ranges::all_of(services_, [](const auto& each) { return each->answers(); });
    });
    if (!quiet) return {"a service does not come back:\n" + services_[0]->log_text()};
    threads_.clear();
    if (county_->wait() != 0)
        clients_.faults.push_back("the county's tool ended badly:\n" + county_->log_text());
    renew_connections();
    torture::World& world = sale_.world();
    for (const torture::BatchFacts& batch : world.sale().batches) {
        std::size_t leaves = 0;
        for (const bids::Block& block : world.blocks(batch.id))
            leaves += block.records.size();
        if (!eventually([&] { return world.rows(batch.id).size() == leaves; }))
            clients_.faults.emplace_back("the projection does not come to its end");
    }
    torture::check_sale(world, clients_, clients_.faults);
    return clients_.faults;
}

std::string Storm::summary() const {
    return fmt::format("{} kills, {} of them of PostgreSQL, {} amid bids, {} starts given up; {} "
                       "bids accepted, {} answered again, {} unchanged, {} requests without an "
                       "answer",
                       kills_, kills_of_postgresql_, kills_amid_bids_, gave_up_, clients_.accepted,
                       clients_.replayed, clients_.unchanged, unanswered_);
}

TEST(CrashStorm, loses_no_bid_and_doubles_none) {
    const std::uint64_t seed = setting("STRIKEOFF_CRASH_SEED", 1);
    const int kills = static_cast<int>(setting("STRIKEOFF_CRASH_KILLS", 100));
    SCOPED_TRACE(fmt::format("STRIKEOFF_CRASH_SEED={} STRIKEOFF_CRASH_KILLS={}", seed, kills));
    Storm storm{seed};
    CrashSale& sale = storm.sale();
    ASSERT_TRUE(eventually([&] { return sale.all_are(BatchStatus::open); }));
    while (storm.kills() < kills * 4 / 10)
        storm.kill_something();
    storm.end_batch(0, "first");
    storm.kill_until_closed(0, kills / 10);
    storm.start_clock();
    while (storm.kills() < kills * 8 / 10)
        storm.kill_something();
    storm.end_batch(1, "second");
    storm.kill_until_closed(1, kills - storm.kills());
    EXPECT_THAT(storm.finish(), IsEmpty());
    std::cout << storm.summary() << "\n";
    EXPECT_GE(storm.kills(), kills);
    EXPECT_GE(storm.kills_amid_bids(), kills / 2);

    const torture::SaleFacts facts = sale.world().sale();
    const auto first = sale.close_copy("first");
    const auto second = sale.close_copy("second");
    ASSERT_EQ(first.size(), 1U);
    ASSERT_EQ(second.size(), 2U);
    EXPECT_TRUE(first.at(facts.batches[0].id).transcript ==
                second.at(facts.batches[0].id).transcript);
    for (const auto& [batch, files] : second) {
        const std::string name = "/transcripts/transcript-" + batch.text();
        EXPECT_TRUE(storm.fetch(name + ".json") == files.transcript);
        EXPECT_TRUE(storm.fetch(name + ".leaves") ==
                    std::string(files.leaves.begin(), files.leaves.end()));
    }
    db::Connection superuser = sale.connect();
    EXPECT_THAT(half_done(superuser), IsEmpty());
}

} // namespace
} // namespace strikeoff::testing
