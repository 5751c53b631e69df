// Connections that break, between client and service and between service and PostgreSQL.
#include "client/api.hpp"
#include "support/run_command.hpp"
#include "support/server/fault_proxy.hpp"
#include "support/server/live_server.hpp"
#include "support/server/process.hpp"
#include "support/server/served_process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <set>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using Kind = Fate::Kind;

/// How often each bid of the sale is in the journal.
std::map<std::string, int> journaled(const TestSale& sale) {
    bids::SqlJournal journal{LiveServer::instance().app().worker_pool};
    std::map<std::string, int> times;
    for (const std::string& batch : sale.batches) {
        std::int64_t next = 0;
        for (;;) {
            const auto blocks = journal.read(BatchId{*parse_uuid(batch)}, next, 64);
            if (blocks.empty()) break;
            for (const bids::Block& block : blocks) {
                next = block.first_seq + static_cast<std::int64_t>(block.records.size());
                for (const bids::JournalRecord& record : block.records)
                    ++times[record.bid.text()];
            }
        }
    }
    return times;
}

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

/// The live service's database behind a proxy, and another process of the service that uses it
/// through the proxy.
class ProxiedService {
public:
    explicit ProxiedService(FaultProxy::Judge judge) : proxy_{socket_of_database(), judge} {
        std::vector<std::string> command{
            STRIKEOFF_BINARY, "serve",
            "--data",         directory_.path("data"),
            "--keys",         LiveServer::instance().directory() / "keys",
            "--port",         std::to_string(port_),
            "--database",     url()};
        process_.emplace(command, directory_.path("log"));
        if (!listens(port_)) throw std::runtime_error(process_->log_text());
    }

    client::ServerAddress address() const { return {"127.0.0.1", std::to_string(port_)}; }
    FaultProxy& proxy() { return proxy_; }
    std::string log_text() const { return process_->log_text(); }

private:
    static FaultProxy::Endpoint socket_of_database() {
        db::Connection connection = LiveServer::instance().connect();
        return local_endpoint(std::string(PQhost(connection.raw())) + "/.s.PGSQL." +
                              PQport(connection.raw()));
    }
    std::string url() const {
        db::Connection connection = LiveServer::instance().connect();
        const bool is_own = LiveServer::instance().app().database.cluster() == nullptr;
        return fmt::format("postgresql://{}@127.0.0.1:{}/{}?sslmode=disable&gssencmode=disable",
                           is_own ? PQuser(connection.raw()) : "postgres", proxy_.port(),
                           PQdb(connection.raw()));
    }

    OpenDirectory directory_;
    FaultProxy proxy_;
    unsigned short port_ = free_port();
    std::optional<Process> process_;
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
    ProxiedService service{AppendFates{}};
    std::set<std::string> ids;
    std::map<std::string, int> answers;
    for (const TestUser& user : users) {
        client::Api api{service.address(), user.key};
        for (int batch = 0; batch < batches; ++batch)
            for (int lot = 0; lot < lots; ++lot) {
                const std::string id = *ids.insert(fresh_bid_id()).first;
                ++answers[insist(api, bid_path(sale, batch),
                                 bid_body(id, sale.certificate(lot, batch)))];
            }
    }
    EXPECT_THAT(answers, ::testing::ElementsAre(::testing::Pair("accepted", 1100)))
        << service.log_text().substr(0, 4000);
    EXPECT_GE(service.proxy().cuts(), 1000);
    const std::map<std::string, int> times = journaled(sale);
    EXPECT_EQ(times.size(), ids.size());
    for (const std::string& id : ids)
        EXPECT_TRUE(times.contains(id) && times.at(id) == 1) << id;
}

} // namespace
} // namespace strikeoff::testing
