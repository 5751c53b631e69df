// News of sales over the live socket.
#include "metrics.hpp"
#include "support/server/beside.hpp"
#include "support/server/live_client.hpp"
#include "support/server/live_server.hpp"

#include <boost/asio/ssl.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <gmock/gmock.h>

#include <atomic>
#include <random>
#include <thread>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using boost::json::object;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// `7 state {"status":"open"}` of each.
std::vector<std::string> texts_of(const std::vector<object>& events) {
    std::vector<std::string> texts;
    for (const object& event : events)
        texts.push_back(fmt::format("{} {} {}", event.at("seq").as_int64(),
                                    std::string(event.at("kind").as_string()),
                                    boost::json::serialize(event.at("body"))));
    return texts;
}

std::int64_t last_seq(const std::string& topic) {
    const std::string seq =
        one_value("SELECT last_seq FROM live_topics WHERE topic = '" + topic + "'");
    return seq.empty() ? 0 : std::stoll(seq);
}

/// Tells a topic of a published batch so many things, in one transaction.
void tell(const TestSale& sale, const std::string& topic, int count, const std::string& kind = "x",
          std::size_t size = 1) {
    LiveServer::instance().connect().execute(
        fmt::format("SELECT strikeoff.tell('{}', '{}', '{}', jsonb_build_object('t', repeat('x', "
                    "{}))) FROM generate_series(1, {})",
                    sale.county, topic, kind, size, count));
}

TEST(Live, tells_a_batch_from_its_opening_to_its_results) {
    TestSale sale{{.items_a_batch = 2, .first_end = 3600s, .commit = true}};
    LiveServer& server = LiveServer::instance();
    const std::string topic = "batch:" + sale.batches[0];
    LiveClient client;
    EXPECT_EQ(client.expect("hello").at("heartbeat_seconds").as_int64(), 1);
    client.subscribe(topic, 0);
    EXPECT_EQ(client.expect("subscribed").at("seq").as_int64(), 0);
    EXPECT_THAT(
        texts_of(client.events_until("state")),
        ElementsAre(R"(1 change {"k":0,"change":"opened"})", R"(2 state {"status":"open"})"));

    ASSERT_EQ(server
                  .call("POST", "/api/v1/auctions/" + sale.auction + "/pause", sale.staff.key,
                        R"({"reason":"power cut"})")
                  .status,
              200);
    EXPECT_THAT(
        texts_of(client.events_until("change")),
        ElementsAre(R"(3 state {"status":"paused"})", R"(4 change {"k":1,"change":"paused"})"));
    const Reply resumed =
        sale.approve(server.call("POST", "/api/v1/auctions/" + sale.auction + "/resume",
                                 sale.staff.key, R"({"reason":"power is back"})"));
    ASSERT_LT(resumed.status, 300) << resumed.body;
    const std::vector<std::string> again = texts_of(client.events_until("change"));
    ASSERT_EQ(again.size(), 3U);
    EXPECT_EQ(again[0], R"(5 state {"status":"open"})");
    EXPECT_THAT(again[1], HasSubstr("6 times {"));
    EXPECT_EQ(again[2], R"(7 change {"k":2,"change":"resumed"})");

    sale.close_all();
    EXPECT_THAT(texts_of(client.events_until("results")),
                ElementsAre(R"(8 state {"status":"closing"})", R"(9 closing {"published":"head"})",
                            R"(10 closing {"published":"close"})",
                            R"(11 results {"published":"transcript"})"));
    EXPECT_THAT(texts_of(client.events_until("state")),
                ElementsAre(R"(12 state {"status":"closed"})"));
}

TEST(Live, tells_the_sale_what_its_batches_tell) {
    TestSale sale{{.batches = 2, .items_a_batch = 1, .first_end = 3600s}};
    sale.wait_until_open();
    LiveClient client;
    client.expect("hello");
    client.subscribe("sale:" + sale.auction);
    const std::int64_t from = client.expect("subscribed").at("seq").as_int64();
    client.subscribe("sales");
    client.expect("subscribed");
    sale.close_all();
    std::map<std::string, int> results;
    std::int64_t seq = from;
    bool all_know = false;
    while (results.size() < 2 || !all_know) {
        const object event = client.expect("event");
        ASSERT_FALSE(event.empty());
        if (event.at("topic").as_string() == "sales") {
            all_know |= event.at("body").at("status").as_string() == "closed";
            continue;
        }
        EXPECT_EQ(event.at("seq").as_int64(), ++seq);
        if (event.at("kind").as_string() == "results")
            ++results[std::string(event.at("body").at("batch_id").as_string())];
    }
    EXPECT_EQ(results[sale.batches[0]], 1);
    EXPECT_EQ(results[sale.batches[1]], 1);
}

TEST(Live, is_the_same_in_every_process) {
    TestSale sale{{.items_a_batch = 1, .first_end = 3600s}};
    sale.wait_until_open();
    const ServiceBeside beside;
    const std::string topic = "batch:" + sale.batches[0];
    LiveClient here;
    LiveClient there{{.port = beside.port()}};
    for (LiveClient* client : {&here, &there}) {
        client->expect("hello");
        client->subscribe(topic);
        client->expect("subscribed");
    }
    sale.close_all();
    const auto heard = here.events_until("results");
    const auto heard_there = there.events_until("results");
    EXPECT_EQ(heard.size(), 4U);
    EXPECT_EQ(heard, heard_there);
}

TEST(Live, resumes_without_gap_and_without_double_wherever_it_is_cut) {
    TestSale sale{{.items_a_batch = 1, .first_end = 24h}};
    const std::string topic = "batch:" + sale.batches[0];
    std::atomic<bool> done = false;
    std::atomic<int> told = 0;
    std::thread storm{[&] {
        std::mt19937 random{1};
        for (; !done; std::this_thread::sleep_for(std::chrono::milliseconds{random() % 20}))
            tell(sale, topic, static_cast<int>(random() % 5 + 1)), ++told;
    }};
    std::mt19937 random{2};
    std::int64_t heard = 0;
    for (int round = 0; round < 50; ++round) {
        LiveClient client;
        client.subscribe(topic, heard);
        client.expect("hello");
        EXPECT_EQ(client.expect("subscribed").at("seq").as_int64(), heard);
        for (auto left = random() % 25; left > 0; --left) {
            const object event = client.expect("event");
            if (event.empty() || event.at("seq").as_int64() != heard + 1) {
                ADD_FAILURE() << "after " << heard << " came " << event;
                break;
            }
            ++heard;
        }
        if (random() % 2 == 0) client.cut();
    }
    done = true;
    storm.join();
    EXPECT_GT(heard, 300);
    EXPECT_LE(heard, last_seq(topic));
}

TEST(Live, says_so_when_what_was_missed_is_gone) {
    TestSale sale{{.items_a_batch = 1, .first_end = 24h}};
    const std::string topic = "batch:" + sale.batches[0];
    sale.wait_until_open(); // Nothing else happens from here on.
    tell(sale, topic, 10);
    const std::int64_t last = last_seq(topic);
    LiveServer::instance().connect().execute(
        fmt::format("UPDATE live_events SET at = at - interval '8 days' "
                    "WHERE topic = '{}' AND seq <= 5",
                    topic));
    realtime::forget_old(LiveServer::instance().app().background_pool);
    LiveClient client;
    client.expect("hello");
    client.subscribe(topic, 4);
    EXPECT_EQ(client.expect("reset").at("seq").as_int64(), last);
    client.subscribe(topic, 5);
    EXPECT_EQ(client.expect("subscribed").at("seq").as_int64(), 5);
    EXPECT_EQ(client.expect("event").at("seq").as_int64(), 6);
    LiveClient from_elsewhere; // Where more has happened than here: a database that was put back.
    from_elsewhere.expect("hello");
    from_elsewhere.subscribe(topic, last + 100);
    EXPECT_EQ(from_elsewhere.expect("reset").at("seq").as_int64(), last_seq(topic));
}

TEST(Live, ends_who_reads_too_slowly_and_nobody_else) {
    TestSale sale{{.items_a_batch = 1, .first_end = 24h}};
    const std::string topic = "batch:" + sale.batches[0];
    const std::uint64_t slow_before = metrics::metrics().live_slow_readers.value();
    const std::uint64_t sent_before = metrics::metrics().live_events.value();
    LiveClient slow{{.reads = false}};
    LiveClient quick;
    slow.subscribe(topic);
    quick.subscribe(topic);
    quick.expect("hello");
    std::int64_t seq = quick.expect("subscribed").at("seq").as_int64();
    ASSERT_TRUE(eventually([&] {
        return LiveServer::instance().ask_admin("/metrics").body.find("strikeoff_live_sockets 2") !=
               std::string::npos;
    }));
    constexpr int count = 4000;
    tell(sale, topic, count, "x", 2000);
    for (int i = 0; i < count; ++i) {
        const object event = quick.expect("event");
        ASSERT_FALSE(event.empty()) << i;
        ASSERT_EQ(event.at("seq").as_int64(), ++seq);
    }
    EXPECT_TRUE(eventually(
        [&] { return metrics::metrics().live_slow_readers.value() == slow_before + 1; }));
    EXPECT_GE(metrics::metrics().live_events.value(), sent_before + count);
    slow.read();
    EXPECT_TRUE(slow.close_code());
    EXPECT_FALSE(quick.close_code(0ms));
}

TEST(Live, knows_no_topic_that_a_visitor_may_not_see) {
    TestSale sale{{.items_a_batch = 1, .first_end = 24h}};
    LiveServer& server = LiveServer::instance();
    const Reply draft = server.call("POST", "/api/v1/counties/" + sale.county + "/auctions",
                                    sale.staff.key, R"({"name":"Draft","tax_year":2025})");
    ASSERT_EQ(draft.status, 201);
    // Whoever may see it by the API gets no more of it here.
    LiveClient client{{.headers = {{"Authorization", "Bearer " + sale.staff.key}}}};
    client.expect("hello");
    for (const std::string& topic :
         {"sale:" + draft.text("id"), "sale:" + fresh_bid_id(), "batch:" + sale.auction,
          std::string("sale:"), std::string("everything"), std::string(""),
          "batch:" + sale.batches[0] + " "}) {
        client.subscribe(topic);
        const object refusal = client.expect("error");
        EXPECT_EQ(refusal.at("reason").as_string(), "not_found");
        EXPECT_EQ(refusal.at("detail").as_string(), "there is nothing here");
        EXPECT_EQ(refusal.at("topic").as_string(), topic);
    }
    EXPECT_EQ(last_seq("sale:" + draft.text("id")), 0) << "nothing is told of a draft";
}

TEST(Live, has_limits) {
    TestSale sale{{.batches = 9, .items_a_batch = 1, .first_end = 24h}};
    sale.wait_until_open();
    ASSERT_TRUE(eventually([] { return metrics::metrics().live_sockets.value() == 0; }));
    LiveClient client;
    client.expect("hello");
    for (int i = 0; i < 8; ++i) {
        client.subscribe("batch:" + sale.batches[static_cast<std::size_t>(i)]);
        client.expect("subscribed");
    }
    client.subscribe("batch:" + sale.batches[8]);
    EXPECT_EQ(client.expect("error").at("reason").as_string(), "live.too_many_topics");
    client.subscribe("batch:" + sale.batches[0]);
    client.expect("subscribed"); // It has this one already.
    client.say(R"({"unsubscribe":{"topic":"batch:)" + sale.batches[1] + "\"}}");
    client.expect("unsubscribed");
    client.subscribe("batch:" + sale.batches[8]);
    client.expect("subscribed");
    std::deque<LiveClient> others;
    for (int i = 0; i < 40 && (others.empty() || others.back().status() == 101); ++i)
        others.emplace_back();
    EXPECT_EQ(others.size(), 40U);
    EXPECT_EQ(others.back().status(), 429);
    others.clear();
    EXPECT_TRUE(eventually([] { return LiveClient{}.status() == 101; }));
}

TEST(Live, refuses_what_is_no_message) {
    LiveClient client;
    client.expect("hello");
    for (const auto& [text, reason] : std::map<std::string, std::string>{
             {"", "json.malformed"},
             {"{", "json.malformed"},
             {"{}", "body.invalid"},
             {R"({"subscribe":{"topic":"sales"},"unsubscribe":{"topic":"sales"}})", "body.invalid"},
             {R"({"subscribe":{"topic":7}})", "body.invalid"},
             {R"({"subscribe":{"topic":"sales","after":1.5}})", "json.unsupported"},
             {R"({"subscribe":{"topic":"sales","topic":"sales"}})", "json.unsupported"},
             {R"({"shout":{}})", "body.invalid"},
             {R"({"unsubscribe":{"topic":"sales"}})", "not_found"}}) {
        client.say(text);
        EXPECT_EQ(client.expect("error").at("reason").as_string(), reason) << text;
    }
    for (int i = 0; i < 30; ++i)
        client.say("{");
    EXPECT_EQ(client.close_code(), 1008);
    LiveClient of_bytes;
    of_bytes.say("{}", /*as_text=*/false);
    EXPECT_EQ(of_bytes.close_code(), 1003);
    LiveClient at_length;
    at_length.say(std::string(5000, ' '));
    EXPECT_EQ(at_length.close_code(), 1009);
    LiveClient of_no_text;
    of_no_text.say("\xff\xfe");
    EXPECT_EQ(of_no_text.close_code(), 1007);
}

TEST(Live, beats_and_ends_who_does_not_answer) {
    ASSERT_TRUE(eventually([] { return metrics::metrics().live_sockets.value() == 0; }));
    LiveClient client;
    LiveClient silent{{.reads = false}};
    ASSERT_TRUE(eventually([] { return metrics::metrics().live_sockets.value() == 2; }));
    EXPECT_TRUE(eventually([&] { return client.beats() >= 2; }));
    EXPECT_TRUE(eventually([] { return metrics::metrics().live_sockets.value() == 1; }));
    silent.read();
    EXPECT_TRUE(silent.close_code(3s));
    EXPECT_FALSE(client.close_code(0ms)) << "it answers pings";
}

TEST(LiveEvents, of_closings_in_one_sale_do_not_wait_for_each_other_in_a_circle) {
    TestSale sale{{.batches = 2, .items_a_batch = 1, .first_end = 24h}};
    sale.wait_until_open();
    const std::int64_t before = last_seq("sale:" + sale.auction);
    // Both transactions have changed their batch, and the sale, before either commits.
    const auto change = [&](int batch) {
        return fmt::format("BEGIN; UPDATE batches SET end_time = end_time + interval '1 second' "
                           "WHERE id = '{}'",
                           sale.batches[static_cast<std::size_t>(batch)]);
    };
    std::vector<std::thread> threads;
    for (int t = 0; t < 2; ++t)
        threads.emplace_back([&, t] {
            db::Connection connection = LiveServer::instance().connect();
            for (int i = 0; i < 100; ++i) {
                connection.execute(change(t));
                connection.execute("COMMIT");
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(last_seq("sale:" + sale.auction), before + 200);
}

} // namespace
} // namespace strikeoff::testing
