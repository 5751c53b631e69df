// Bids go through whatever else is asked for, and nobody gets more than a share.
#include "metrics.hpp"
#include "support/server/raw_connection.hpp"
#include "support/server/test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <latch>
#include <semaphore>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using http::Access;
using http::Quota;
using http::Request;
using http::Response;
using http::Shed;
using http::Traffic;
using std::chrono::steady_clock;

constexpr const char* elsewhere = "127.0.9.1"; ///< Of another network than the tests' own.

std::string get(const std::string& path, const std::string& key = "") {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" +
           (key.empty() ? "" : "Authorization: Bearer " + key + "\r\n") + "\r\n";
}

std::string post(const std::string& path, const std::string& key, const std::string& body,
                 const std::string& device = "tests") {
    return fmt::format("POST {} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {}\r\n"
                       "User-Agent: {}\r\nContent-Length: {}\r\n\r\n{}",
                       path, key, device, body.size(), body);
}

std::string bid_body(const std::string& certificate, const std::string& rate) {
    return fmt::format(R"({{"bid_id":"{}","certificate_id":"{}","rate":"{}"}})", fresh_bid_id(),
                       certificate, rate);
}

std::string bids_path(const TestSale& sale) {
    return "/api/v1/batches/" + sale.batches[0] + "/bids";
}

unsigned short public_port() {
    return LiveServer::instance().app().port();
}

std::uint64_t shed(Traffic traffic, Shed cause) {
    return metrics::metrics().shed(traffic, cause);
}
std::uint64_t shed(Traffic traffic) {
    return shed(traffic, Shed::queue) + shed(traffic, Shed::places) + shed(traffic, Shed::wait) +
           shed(traffic, Shed::statement);
}
std::uint64_t limited(Quota quota) {
    return metrics::metrics().requests_limited.at(static_cast<std::size_t>(quota)).value();
}

/// What a flood of one request, sent again as soon as it is answered, was answered with.
class Flood {
public:
    Flood(int connections, const std::string& request) {
        for (int i = 0; i < connections; ++i)
            threads_.emplace_back([this, request] {
                RawConnection connection{public_port(), elsewhere};
                while (!stopping_) {
                    connection.send(request);
                    const RawAnswer answer = connection.receive();
                    const std::lock_guard lock{mutex_};
                    ++statuses_[answer.status];
                    if (answer.status == 503 || answer.status == 429)
                        told_to_wait_ += answer.header("Retry-After").empty() ? 0 : 1;
                }
            });
    }
    ~Flood() { stop(); }
    void stop() {
        stopping_ = true;
        for (std::thread& thread : threads_)
            if (thread.joinable()) thread.join();
    }
    int count(int status) const {
        const std::lock_guard lock{mutex_};
        const auto found = statuses_.find(status);
        return found == statuses_.end() ? 0 : found->second;
    }
    int told_to_wait() const {
        const std::lock_guard lock{mutex_};
        return told_to_wait_;
    }

private:
    std::atomic<bool> stopping_ = false;
    mutable std::mutex mutex_;
    std::map<int, int> statuses_;
    int told_to_wait_ = 0;
    std::vector<std::thread> threads_;
};

TEST(Admission, bids_go_through_while_lists_wait_for_a_lock) {
    LiveServer& server = LiveServer::instance();
    TestSale sale{{.items_a_batch = 40, .first_end = 24h}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    const std::string path = "/api/v1/batches/" + sale.batches[0];
    ASSERT_EQ(server.call("GET", path + "/items").status, 200);
    // The book, which has the owners' names, is in memory by now.
    ASSERT_EQ(sale.bid(bidder, 0, "6.00").status, 200);
    const auto lists_shed = shed(Traffic::list);
    const auto bids_shed = shed(Traffic::bid);

    db::Connection owner = server.connect();
    owner.execute("BEGIN; LOCK TABLE properties IN ACCESS EXCLUSIVE MODE");
    Flood flood{100, get(path + "/items")};
    ASSERT_TRUE(eventually([&] { return flood.count(503) > 100; }));
    RawConnection connection{public_port()};
    for (int lot = 0; lot < 40; ++lot) { // While the lock is held.
        connection.send(post(bids_path(sale), bidder.key, bid_body(sale.certificate(lot), "5.00")));
        EXPECT_EQ(connection.receive().status, 200);
    }
    EXPECT_EQ(server.call("GET", path).status, 200) << "reads have a worker that lists cannot hold";
    const std::string sale_path = "/api/v1/auctions/" + sale.auction;
    EXPECT_EQ(
        server.call("POST", sale_path + "/pause", sale.staff.key, R"({"reason":"test"})").status,
        200);
    EXPECT_EQ(sale.approve(server.call("POST", sale_path + "/resume", sale.staff.key)).status, 200);
    flood.stop();
    EXPECT_EQ(flood.count(200), 0);
    EXPECT_EQ(flood.count(500), 0);
    EXPECT_EQ(flood.told_to_wait(), flood.count(503) + flood.count(429));
    EXPECT_GT(shed(Traffic::list), lists_shed);
    EXPECT_EQ(shed(Traffic::bid), bids_shed);
    owner.execute("ROLLBACK");
    EXPECT_EQ(server.call("GET", path + "/items").status, 200);
}

TEST(Admission, a_statement_that_takes_too_long_is_ended_and_is_no_failure) {
    LiveServer& server = LiveServer::instance();
    TestSale sale{{}};
    db::Connection owner = server.connect();
    owner.execute("BEGIN; LOCK TABLE properties IN ACCESS EXCLUSIVE MODE");
    const auto failures = metrics::metrics().last_server_error.load();
    const auto ended = shed(Traffic::list, Shed::statement);
    const auto begin = steady_clock::now();
    const Reply reply = server.call("GET", "/api/v1/batches/" + sale.batches[0] + "/items");
    owner.execute("ROLLBACK");
    EXPECT_EQ(reply.status, 503);
    EXPECT_EQ(reply.reason(), "busy");
    EXPECT_GT(steady_clock::now() - begin, 1900ms);
    EXPECT_LT(steady_clock::now() - begin, 5s);
    EXPECT_EQ(metrics::metrics().last_server_error.load(), failures) << "nobody is to be called";
    EXPECT_EQ(shed(Traffic::list, Shed::statement), ended + 1);
}

/// Holds every thread and every connection of the requests that are no bids.
class Occupation {
public:
    explicit Occupation(App& app) : threads_{app.config.request_workers + 1} {
        for (int i = 0; i < threads_; ++i)
            app.request_workers.submit(Traffic::urgent, [this] {
                begun_.release();
                end_.acquire();
                ended_.release();
            });
        for (int i = 0; i < threads_; ++i)
            begun_.acquire();
        for (db::Pool* pool : {&app.app_pool, &app.read_pool, &app.heavy_pool, &app.worker_pool})
            for (;;) {
                try {
                    leases_.push_back(pool->acquire(0ms));
                } catch (const db::Unavailable&) {
                    break;
                }
            }
    }
    ~Occupation() {
        leases_.clear();
        end_.release(threads_);
        for (int i = 0; i < threads_; ++i)
            ended_.acquire();
    }
    std::size_t connections() const { return leases_.size(); }

private:
    const int threads_;
    std::counting_semaphore<> begun_{0};
    std::counting_semaphore<> end_{0};
    std::counting_semaphore<> ended_{0};
    std::vector<db::Pool::Lease> leases_;
};

TEST(Admission, bids_need_nothing_that_other_requests_can_take) {
    App& app = LiveServer::instance().app();
    TestSale sale{{.items_a_batch = 5, .first_end = 24h}};
    std::vector<TestUser> bidders; // Their keys and their devices have not been seen yet.
    for (int i = 0; i < 5; ++i)
        bidders.push_back(sale.add_bidder());
    sale.wait_until_open();
    const Occupation occupation{app};
    EXPECT_GT(occupation.connections(), 40U);
    const auto begin = steady_clock::now();
    for (int i = 0; i < 5; ++i) {
        const std::string& key = bidders.at(static_cast<std::size_t>(i)).key;
        const std::string device = fmt::format("device {} of {}", i, sale.auction);
        const RawAnswer single =
            exchange_raw(public_port(),
                         post(bids_path(sale), key, bid_body(sale.certificate(0), "5.00"), device));
        EXPECT_EQ(single.status, 200) << single.body;
        const std::string lines = R"({"bids":[)" + bid_body(sale.certificate(1), "6.00") + "," +
                                  bid_body(sale.certificate(2), "6.00") + "]}";
        const RawAnswer bulk =
            exchange_raw(public_port(), post(bids_path(sale) + "/bulk", key, lines, device));
        EXPECT_EQ(bulk.status, 200) << bulk.body;
        EXPECT_NE(bulk.body.find("\"accepted\":2"), std::string::npos) << bulk.body;
    }
    for (const char* probe : {"/healthz", "/readyz"})
        EXPECT_EQ(exchange_raw(public_port(), get(probe)).status, 200) << probe;
    EXPECT_LT(steady_clock::now() - begin, 5s) << "a wait for a connection lasts as long";
}

TEST(Admission, one_user_is_limited_and_others_are_not) {
    TestSale sale{{.items_a_batch = 100, .first_end = 24h}};
    const TestUser eager = sale.add_bidder();
    std::vector<TestUser> others;
    for (int i = 0; i < 10; ++i)
        others.push_back(sale.add_bidder());
    sale.wait_until_open();
    const auto before = limited(Quota::bids);
    RawConnection connection{public_port()};
    std::string flood;
    for (int i = 0; i < 1000; ++i)
        flood += post(bids_path(sale), eager.key, bid_body(sale.certificate(i % 100), "5.01"));
    auto sending = std::async(std::launch::async, [&] { connection.send(flood); });
    int refused = 0;
    for (int i = 0; i < 1000; ++i) {
        const RawAnswer answer = connection.receive();
        if (answer.status == 422) continue; // Off the step.
        ++refused;
        ASSERT_EQ(answer.status, 429) << answer.body;
        EXPECT_EQ(answer.reason(), "rate.limited");
        EXPECT_EQ(answer.header("Retry-After"), "1");
        EXPECT_EQ(answer.header("RateLimit-Policy"), "\"bids\";q=200;w=4");
        EXPECT_EQ(answer.header("RateLimit"), "\"bids\";r=0;t=1");
    }
    sending.get();
    EXPECT_GT(refused, 0);
    EXPECT_LT(refused, 801);
    EXPECT_EQ(limited(Quota::bids), before + static_cast<std::uint64_t>(refused));

    // As many from many, from the same address.
    std::string many;
    for (int i = 0; i < 600; ++i)
        many += post(bids_path(sale), others.at(static_cast<std::size_t>(i % 10)).key,
                     bid_body(sale.certificate(i / 10), "5.00"));
    RawConnection shared{public_port()};
    auto sending_many = std::async(std::launch::async, [&] { shared.send(many); });
    for (int i = 0; i < 600; ++i)
        ASSERT_EQ(shared.receive().status, 200) << i;
    sending_many.get();
    std::this_thread::sleep_for(1s); // As Retry-After said.
    EXPECT_EQ(sale.bid(eager, 0, "5.00").status, 200);
}

TEST(Admission, batches_that_there_are_not_are_looked_for_only_so_often) {
    const TestUser user = make_user("investor");
    int looked_for = 0;
    for (int i = 0; i < 50; ++i) {
        const RawAnswer answer =
            exchange_raw(public_port(), post("/api/v1/batches/" + fresh_bid_id() + "/bids",
                                             user.key, bid_body(fresh_bid_id(), "5.00")));
        looked_for += answer.status == 404 ? 1 : 0;
        if (answer.status == 429) break;
    }
    EXPECT_GE(looked_for, 9);
    EXPECT_LT(looked_for, 50);
}

TEST(Admission, the_lines_of_bulk_requests_have_a_budget) {
    App& app = LiveServer::instance().app();
    TestSale sale{{.items_a_batch = 2, .first_end = 24h}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    std::promise<bool> taken;
    boost::asio::post(app.io, [&] {
        taken.set_value(!app.admission.take_lines(UserId{*parse_uuid(bidder.id)}, 65'536));
    });
    ASSERT_TRUE(taken.get_future().get());
    std::string lines = R"({"bids":[)" + bid_body(sale.certificate(0), "6.00");
    for (int i = 0; i < 5'000; ++i) // More than what comes back meanwhile.
        lines += "," + bid_body(sale.certificate(0), "6.00");
    const RawAnswer bulk =
        exchange_raw(public_port(), post(bids_path(sale) + "/bulk", bidder.key, lines + "]}"));
    EXPECT_EQ(bulk.status, 429);
    EXPECT_THAT(bulk.header("RateLimit"), ::testing::StartsWith("\"bulk_lines\";r=0;t="));
    EXPECT_EQ(sale.bid(bidder, 0, "5.00").status, 200) << "single bids have their own limit";
}

TEST(Admission, a_bid_that_finds_no_room_is_told_so_and_an_operator_too) {
    LiveServer& server = LiveServer::instance();
    App& app = server.app();
    TestSale sale{{.items_a_batch = 2, .first_end = 24h}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    const auto on_io = [&](const std::function<void()>& task) {
        std::promise<void> done;
        boost::asio::post(app.io, [&] {
            task();
            done.set_value();
        });
        done.get_future().get();
    };
    std::vector<http::Admission::Place> places;
    on_io([&] {
        while (auto place = app.admission.enter_bid())
            places.push_back(*std::move(place));
    });
    const auto before = shed(Traffic::bid, Shed::places);
    const RawAnswer answer = exchange_raw(
        public_port(), post(bids_path(sale), bidder.key, bid_body(sale.certificate(0), "5.00")));
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.reason(), "busy");
    EXPECT_EQ(answer.header("Retry-After"), "1");
    EXPECT_EQ(shed(Traffic::bid, Shed::places), before + 1);
    EXPECT_THAT(server.ask_admin("/status").body, ::testing::HasSubstr("\"bids_shed\""));
    on_io([&] { places.clear(); });
    metrics::metrics().last_bid_shed = 0;
    EXPECT_EQ(sale.bid(bidder, 0, "5.00").status, 200);
}

Result<Response> get_nothing(App&, const Request&) {
    return Response{.body = "{}"};
}

void add_test_routes(http::Router& router) {
    router.get("/open", get_nothing, {.id = "getOpen", .access = Access::visitor});
    router.get("/mine", get_nothing, {.id = "getMine", .access = Access::investor});
}

RawAnswer ask_from(const char* address, unsigned short port, const std::string& request) {
    RawConnection connection{port, address};
    connection.send(request);
    return connection.receive();
}

TEST(Admission, an_address_that_fails_much_is_limited_and_its_users_are_not) {
    http::AdmissionOptions options;
    options.of(Quota::address_failures) = {.count = 1, .per = 3600s, .burst = 10};
    const TestServer server{{}, add_test_routes, options};
    const TestUser user = make_user("investor");
    const TestUser later = make_user("investor");
    const auto ask = [&](const std::string& request) {
        return ask_from(elsewhere, server.port(), request);
    };
    EXPECT_EQ(ask(get("/mine", user.key)).status, 200);
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(ask(get("/mine", fmt::format("so_unknown{}", i))).status, 401);
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(ask(get("/mine")).status, 401);
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(ask(get("/nowhere")).status, 404);
    const RawAnswer met = ask(get("/mine", "so_unknown"));
    EXPECT_EQ(met.status, 429);
    EXPECT_THAT(met.header("RateLimit"), ::testing::StartsWith("\"address_failures\";r=0;t="));
    EXPECT_EQ(ask(get("/mine")).status, 429);
    EXPECT_EQ(ask(get("/nowhere")).status, 429);
    EXPECT_EQ(ask(get("/open")).status, 200);
    EXPECT_EQ(ask(get("/mine", user.key)).status, 200) << "a key that was good";
    LiveServer::instance().advance(2min); // It is not remembered any more, and looked up again.
    EXPECT_EQ(ask(get("/mine", user.key)).status, 200);
    EXPECT_EQ(ask(get("/mine", later.key)).status, 429) << "nobody knows that it is good";
    EXPECT_EQ(ask_from("127.0.8.1", server.port(), get("/mine", later.key)).status, 200);
}

TEST(Admission, what_visitors_of_one_address_read_is_limited) {
    http::AdmissionOptions options;
    options.of(Quota::address_reads) = {.count = 1, .per = 3600s, .burst = 5};
    const TestServer server{{}, add_test_routes, options};
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(ask_from(elsewhere, server.port(), get("/open")).status, 200);
    EXPECT_EQ(ask_from(elsewhere, server.port(), get("/open")).status, 429);
    EXPECT_EQ(ask_from("127.0.9.77", server.port(), get("/open")).status, 429) << "the same /24";
    EXPECT_EQ(ask_from("127.0.8.1", server.port(), get("/open")).status, 200);
}

TEST(Admission, one_address_does_not_take_all_connections) {
    http::AdmissionOptions options{.connections_per_address = 40};
    const TestServer server{{}, add_test_routes, options};
    const auto before = metrics::metrics().connections_refused.value();
    std::vector<std::unique_ptr<RawConnection>> busy;
    for (int i = 0; i < 40; ++i) {
        busy.push_back(std::make_unique<RawConnection>(server.port(), elsewhere));
        busy.back()->send("GET /op"); // A request is arriving.
    }
    ASSERT_EQ(exchange_raw(server.port(), get("/open")).status, 200);
    RawConnection one_more{server.port(), elsewhere};
    EXPECT_TRUE(one_more.is_closed_within(5s));
    EXPECT_EQ(metrics::metrics().connections_refused.value(), before + 1);
    EXPECT_EQ(exchange_raw(server.port(), get("/open")).status, 200) << "others are served";
    for (const auto& connection : busy) {
        connection->send("en HTTP/1.1\r\nHost: a\r\n\r\n");
        EXPECT_EQ(connection->receive().status, 200);
    }
    // Now they say nothing, and make room.
    RawConnection next{server.port(), elsewhere};
    next.send(get("/open"));
    EXPECT_EQ(next.receive().status, 200);
}

TEST(Admission, who_says_nothing_makes_room_when_all_connections_are_taken) {
    http::ServerOptions options;
    options.connections_max = 20;
    const TestServer server{options, add_test_routes};
    std::vector<std::unique_ptr<RawConnection>> silent;
    for (int i = 0; i < 60; ++i)
        silent.push_back(std::make_unique<RawConnection>(server.port(), elsewhere));
    EXPECT_EQ(exchange_raw(server.port(), get("/open")).status, 200);
}

} // namespace
} // namespace strikeoff::testing
