// Connections that break, between client and service and between service and PostgreSQL.
#include "client/api.hpp"
#include "support/server/beside.hpp"
#include "support/server/fault_proxy.hpp"
#include "support/server/live_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <set>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using Kind = Fate::Kind;

/// Decides what becomes of each append to the journal; the first of each bid alone meets a fault.
class AppendFates {
public:
    Fate operator()(std::string_view piece) {
        // The message that carries the values names the prepared statement, and only that one has
        // records, which begin with the bid's id.
        using namespace std::string_view_literals;
        const std::size_t name = piece.find("\0bids.append_blocks\0"sv);
        const std::size_t record = piece.find("\\x"sv, name);
        if (name == std::string_view::npos || record == std::string_view::npos) return {};
        if (!seen_.emplace(piece.substr(record + 2, 32)).second) return {};
        constexpr std::array kinds{Kind::answer_lost, Kind::cut, Kind::answer_torn};
        const std::size_t turn = seen_.size();
        if (turn % 11 == 0) return {Kind::delayed, 20ms};
        return {kinds.at(turn % kinds.size())};
    }

private:
    std::set<std::string, std::less<>> seen_;
};

/// Sends the bid until it is answered with a success; returns how it was called.
std::string insist(client::Api& api, const std::string& path, const std::string& body) {
    std::string last;
    for (int attempt = 0; attempt < 40; ++attempt) {
        try {
            const auto answer = api.send(client::Verb::post, path, body);
            if (answer) return std::string(boost::json::parse(*answer).at("status").as_string());
            last = answer.error().reason;
            if (last != "unavailable") return last;
        } catch (const client::ConnectionError& error) {
            last = error.what();
        }
        std::this_thread::sleep_for(50ms);
    }
    return last;
}

std::string bid_path(const TestSale& sale, int batch = 0) {
    return "/api/v1/batches/" + sale.batches.at(static_cast<std::size_t>(batch)) + "/bids";
}

std::string bid_body(const std::string& id, const std::string& certificate) {
    return fmt::format(R"({{"bid_id":"{}","certificate_id":"{}","rate":"5.00"}})", id, certificate);
}

TEST(Faults, a_thousand_appends_cut_after_commit_leave_one_bid_each) {
    constexpr int batches = 4;
    constexpr int lots = 55;
    constexpr int bidders = 5;
    TestSale sale{{.batches = batches, .items_a_batch = lots, .first_end = 24h}};
    std::vector<TestUser> users;
    for (int i = 0; i < bidders; ++i)
        users.push_back(sale.add_bidder());
    sale.wait_until_open();
    FaultProxy proxy{local_endpoint(database_socket()), AppendFates{}};
    const ServiceBeside service{database_url(proxy.port())};
    std::set<std::string> ids;
    std::map<std::string, int> answers;
    for (const TestUser& user : users) {
        client::Api api{{"127.0.0.1", std::to_string(service.port())}, user.key};
        for (int batch = 0; batch < batches; ++batch)
            for (int lot = 0; lot < lots; ++lot) {
                const std::string id = *ids.insert(fresh_bid_id()).first;
                ++answers[insist(api, bid_path(sale, batch),
                                 bid_body(id, sale.certificate(lot, batch)))];
            }
    }
    EXPECT_THAT(answers, ::testing::ElementsAre(::testing::Pair("accepted", 1100)))
        << service.log_text().substr(0, 4000);
    EXPECT_GE(proxy.cuts(), 1000);
    const auto stored = journaled(sale);
    EXPECT_EQ(stored.size(), ids.size());
    for (const std::string& id : ids)
        EXPECT_EQ(stored.count(id), 1U) << id;
}

/// Each bid meets its fault when it is sent for the first time.
class BidFates {
public:
    explicit BidFates(std::map<std::string, Fate> fates) : fates_{std::move(fates)} {}
    Fate operator()(std::string_view piece) {
        for (const auto& [id, fate] : fates_)
            if (piece.find(id) != std::string_view::npos) {
                const Fate met = fate;
                fates_.erase(id);
                return met;
            }
        return {};
    }

private:
    std::map<std::string, Fate> fates_;
};

/// Connections that the live service counts.
std::int64_t open_sockets() {
    return metrics::metrics().open_sockets.value();
}

TEST(Faults, between_client_and_service_leave_one_bid_each_and_no_socket) {
    constexpr std::array faults{Fate{Kind::cut},           Fate{Kind::answer_lost},
                                Fate{Kind::answer_torn},   Fate{Kind::delayed, 300ms},
                                Fate{Kind::dribbled, 1ms}, Fate{Kind::half_closed}};
    TestSale sale{{.items_a_batch = 2 * static_cast<int>(faults.size()), .first_end = 24h}};
    const TestUser user = sale.add_bidder();
    const TestUser other = sale.add_bidder();
    sale.wait_until_open();
    const std::int64_t sockets_before = open_sockets();
    std::vector<std::string> ids;
    std::map<std::string, Fate> fates;
    for (const Fate& fault : faults)
        for (int i = 0; i < 2; ++i) {
            ids.push_back(fresh_bid_id());
            fates[ids.back()] = fault;
        }
    {
        FaultProxy proxy{local_endpoint(LiveServer::instance().app().port()), BidFates{fates}};
        std::vector<std::future<std::string>> bids;
        for (std::size_t i = 0; i < ids.size(); ++i)
            bids.push_back(std::async(std::launch::async, [&, i] {
                client::Api api{{"127.0.0.1", std::to_string(proxy.port())}, user.key};
                return insist(api, bid_path(sale),
                              bid_body(ids[i], sale.certificate(static_cast<int>(i))));
            }));
        // Nobody else waits for those.
        for (int lot = 0; lot < static_cast<int>(ids.size()); ++lot)
            EXPECT_EQ(sale.bid(other, lot, "6.00").status, 200);
        for (std::size_t i = 0; i < ids.size(); ++i)
            EXPECT_THAT(bids[i].get(), ::testing::AnyOf("accepted", "replayed")) << i;
        EXPECT_EQ(proxy.cuts(), 6);
    }
    const auto stored = journaled(sale);
    EXPECT_EQ(stored.size(), 2 * ids.size());
    for (const std::string& id : ids)
        EXPECT_EQ(stored.count(id), 1U) << id;
    EXPECT_TRUE(eventually([&] { return open_sockets() <= sockets_before; }));
}

} // namespace
} // namespace strikeoff::testing
