// Three processes of the service on one database: this one and two children.
#include "client/api.hpp"
#include "core/verify.hpp"
#include "support/server/live_server.hpp"
#include "support/server/served_process.hpp"

#include <gmock/gmock.h>

#include <deque>
#include <future>
#include <mutex>
#include <random>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

/// Starts `strikeoff serve` beside this process, on its database.
ServeOptions sibling(const std::filesystem::path& log) {
    const std::filesystem::path& directory = LiveServer::instance().directory();
    ServeOptions options{.data = directory / "data",
                         .keys = directory / "keys",
                         .log = log,
                         .flags = {"--test-clock"}};
    if (const char* url = std::getenv("STRIKEOFF_TEST_DATABASE"))
        options.flags.insert(options.flags.end(), {"--database", url});
    return options;
}

class Processes : public ::testing::Test {
protected:
    Processes() {
        EXPECT_TRUE(eventually([&] { return first.answers() && second.answers(); }));
    }
    client::ServerAddress address(std::size_t process) const {
        const std::array ports{LiveServer::instance().app().port(), first.port(), second.port()};
        return {"127.0.0.1", std::to_string(ports.at(process % 3))};
    }
    static std::string bid_body(const std::string& id, const std::string& certificate,
                                const std::string& rate) {
        return fmt::format(R"({{"bid_id":"{}","certificate_id":"{}","rate":"{}"}})", id,
                           certificate, rate);
    }

    const testing_support::TemporaryDirectory logs;
    const ServedProcess first{sibling(logs.path("first"))};
    const ServedProcess second{sibling(logs.path("second"))};
};

TEST_F(Processes, share_one_journal_without_gap_or_doubt) {
    constexpr int lots = 6;
    TestSale sale{{.batches = 2, .items_a_batch = lots, .first_end = 3600s}};
    std::vector<TestUser> users;
    for (int i = 0; i < 4; ++i)
        users.push_back(sale.add_bidder());
    sale.wait_until_open();

    std::mutex mutex;
    std::map<std::string, std::string> accepted; ///< Time by id, as answered.
    std::array<std::string, 2> receipts{"[", "["};
    std::vector<std::string> faults;
    const auto note = [&](int batch, const std::string& id, const Result<std::string>& answer) {
        const std::scoped_lock lock{mutex};
        if (!answer) {
            faults.push_back(answer.error().reason);
            return;
        }
        const boost::json::value body = boost::json::parse(*answer);
        if (body.at("status").as_string() == "unchanged") return;
        const std::string at{body.at("bid").at("accepted_at").as_string()};
        const auto [known, fresh] = accepted.try_emplace(id, at);
        if (known->second != at) faults.push_back("two times for one bid");
        std::string& list = receipts.at(static_cast<std::size_t>(batch));
        list += (list.size() > 1 ? "," : "") + boost::json::serialize(body.at("receipt"));
    };
    std::vector<std::future<void>> threads;
    for (std::size_t t = 0; t < users.size(); ++t)
        threads.push_back(std::async(std::launch::async, [&, t] {
            std::mt19937 random{static_cast<unsigned>(t)};
            std::deque<client::Api> apis;
            for (std::size_t process = 0; process < 3; ++process)
                apis.emplace_back(address(process), users[t].key);
            for (int i = 0; i < 120; ++i) {
                const int batch = static_cast<int>(random() % 2);
                const std::string id = fresh_bid_id();
                const std::string body =
                    bid_body(id, sale.certificate(static_cast<int>(random() % lots), batch),
                             fmt::format("{}.00", random() % 18 + 1));
                const std::string path =
                    "/api/v1/batches/" + sale.batches[static_cast<std::size_t>(batch)] + "/bids";
                const std::size_t process = random() % 3;
                note(batch, id, apis[process].send(client::Verb::post, path, body));
                if (i % 4 == 0) // And through another process once more.
                    note(batch, id, apis[(process + 1) % 3].send(client::Verb::post, path, body));
            }
        }));
    for (auto& thread : threads)
        thread.get();
    EXPECT_THAT(faults, ::testing::IsEmpty());
    EXPECT_GT(accepted.size(), 300U);
    EXPECT_EQ(one_value(R"(
        SELECT count(*) FROM (
            SELECT first_seq - lag(first_seq + count, 1, 0::bigint) OVER w AS gap,
                   accepted_at <= lag(accepted_at) OVER w AS stands
            FROM bid_blocks WINDOW w AS (PARTITION BY batch_id ORDER BY first_seq)) steps
        WHERE gap <> 0 OR stands)"),
              "0");

    sale.close_all();
    for (std::size_t batch = 0; batch < 2; ++batch) {
        LiveServer& server = LiveServer::instance();
        const std::string name = "/transcripts/transcript-" + sale.batches[batch];
        const std::string list = receipts[batch] + "]";
        const Reply transcript = server.call("GET", name + ".json");
        const Reply leaves = server.call("GET", name + ".leaves");
        const auto verified =
            verify_transcript(transcript.body, as_bytes(leaves.body),
                              {.key = server.app().keys.signing().public_key(), .receipts = list});
        EXPECT_TRUE(verified) << verified.error().message;
        EXPECT_EQ(one_value("SELECT count(*) FROM audit_logs WHERE action = 'batch.closed' AND "
                            "entity_id = '" +
                            sale.batches[batch] + "'"),
                  "1");
        for (std::size_t process = 0; process < 3; ++process) {
            const auto same = client::Api{address(process), users[0].key}.fetch(name + ".json");
            ASSERT_TRUE(same);
            EXPECT_EQ(*same, transcript.body);
        }
    }
    EXPECT_EQ(
        one_value("SELECT count(*) FROM winning_bids WHERE auction_id = '" + sale.auction + "'"),
        std::to_string(2 * lots));
}

TEST_F(Processes, know_at_once_what_was_placed_through_another) {
    TestSale sale{{.items_a_batch = 1, .first_end = 3600s}};
    const TestUser user = sale.add_bidder();
    sale.wait_until_open();
    const std::string path = "/api/v1/batches/" + sale.batches[0] + "/bids";
    const auto send = [&](std::size_t process, const std::string& body) {
        const auto answer =
            client::Api{address(process), user.key}.send(client::Verb::post, path, body);
        return answer ? std::string(boost::json::parse(*answer).at("status").as_string())
                      : answer.error().reason;
    };
    const std::string certificate = sale.certificate(0);
    const auto withdraw = [&] {
        return fmt::format(R"({{"bid_id":"{}","certificate_id":"{}","kind":"withdraw"}})",
                           fresh_bid_id(), certificate);
    };
    for (std::size_t process = 0; process < 3; ++process) // All have the book by now.
        EXPECT_EQ(send(process, withdraw()), "bid.nothing_to_withdraw");
    EXPECT_EQ(send(0, bid_body(fresh_bid_id(), certificate, "5.00")), "accepted");
    EXPECT_EQ(send(1, bid_body(fresh_bid_id(), certificate, "5.00")), "unchanged");
    EXPECT_EQ(send(2, withdraw()), "accepted");
    EXPECT_EQ(send(1, bid_body(fresh_bid_id(), certificate, "5.00")), "accepted");
    EXPECT_EQ(send(0, withdraw()), "accepted");
    EXPECT_EQ(send(2, withdraw()), "bid.nothing_to_withdraw");
}

TEST_F(Processes, agree_at_once_on_who_may_bid) {
    TestSale sale{
        {.items_a_batch = 2, .first_end = 3600s, .settings = R"({"deposit_minimum":"500.00"})"}};
    const TestUser user = sale.add_bidder("500.00");
    sale.wait_until_open();
    const std::string path = "/api/v1/batches/" + sale.batches[0] + "/bids";
    int rate = 17;
    const auto send = [&](std::size_t process, int lot) {
        const auto answer = client::Api{address(process), user.key}.send(
            client::Verb::post, path,
            bid_body(fresh_bid_id(), sale.certificate(lot), fmt::format("{}.00", rate--)));
        return answer ? std::string(boost::json::parse(*answer).at("status").as_string())
                      : answer.error().reason;
    };
    const auto put = [&](const std::string& what, const std::string& body) {
        EXPECT_EQ(LiveServer::instance()
                      .call("PUT",
                            "/api/v1/auctions/" + sale.auction + "/bidders/" + user.id + what,
                            sale.staff.key, body)
                      .status,
                  200);
    };
    for (std::size_t process = 0; process < 3; ++process) // All have the book by now.
        EXPECT_EQ(send(process, 0), "accepted");
    put("/budget", R"({"deposits":"499.00"})");
    for (std::size_t process = 0; process < 3; ++process)
        EXPECT_EQ(send(process, 0), "bid.not_eligible");
    put("/budget", R"({"deposits":"500.00"})");
    for (std::size_t process = 0; process < 3; ++process)
        EXPECT_EQ(send(process, 0), "accepted");
    const std::string parcel = "/parcels/" + sale.certificate(1);
    put(parcel, R"({"is_owner":true,"reason":"the deed"})");
    for (std::size_t process = 0; process < 3; ++process)
        EXPECT_EQ(send(process, 1), "bid.owner_of_parcel");
    put(parcel, R"({"is_owner":false,"reason":"another Bidder 1"})");
    for (std::size_t process = 0; process < 3; ++process)
        EXPECT_EQ(send(process, 1), "accepted");
}

} // namespace
} // namespace strikeoff::testing
