// The service is killed at every write of openings and closings.
#include "crash/crash_sale.hpp"
#include "crash/http_call.hpp"
#include "crash/write_points.hpp"
#include "support/server/live_server.hpp"
#include "torture/checks.hpp"

#include <gmock/gmock.h>

#include <iostream>
#include <set>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using auctions::BatchStatus;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Key;

/// Where services were killed, and how often.
using Kills = std::map<std::string, int>;

/// Starts services one after the other, each of which is killed one write further than the one
/// before, until one of them comes to the end.
std::unique_ptr<ServedProcess> kill_at_every_write(CrashSale& sale, BatchStatus end,
                                                   unsigned short port, Kills& kills) {
    db::Connection superuser = sale.connect();
    WritePoints points{sale.connect()};
    std::int64_t place = 1;
    for (int run = 0; run < 1000; ++run) {
        points.arm(place);
        auto service = std::make_unique<ServedProcess>(sale.serve("service.log", port));
        const auto until = std::chrono::steady_clock::now() + 30s;
        bool reached = false;
        while (!(reached = points.is_reached()) && !sale.all_are(end)) {
            std::this_thread::sleep_for(5ms);
            if (std::chrono::steady_clock::now() > until)
                throw std::runtime_error("nothing moves:\n" + service->log_text());
        }
        if (!reached) {
            points.remove();
            return service;
        }
        ++kills[points.where()];
        service->kill();
        // What was committed is not done again: the next place is behind it.
        place += 1 - points.release();
        EXPECT_THAT(half_done(superuser), IsEmpty());
    }
    throw std::runtime_error("the end is never reached");
}

struct WantedBid {
    std::size_t bidder;
    int lot;
    int rate_bp;
};

/// Ties with and without a group, a bidder whose budget runs out (the third), an item that is
/// withdrawn with its bids, one that nobody wants, bids that are replaced and withdrawn.
const std::vector<WantedBid> wanted_bids{
    {0, 0, 0},   {1, 0, 0},   {2, 0, 25},  {3, 0, 0},   {4, 0, 0},   {2, 0, 0},
    {0, 1, 100}, {3, 1, 100}, {4, 1, 50},  {2, 2, 50},  {0, 2, 75},  {1, 2, 75},
    {2, 3, 25},  {3, 3, 500}, {1, 3, 500}, {0, 4, 125}, {1, 4, 125}, {4, 1, -1},
};

void place_bids(CrashSale& sale, torture::Clients& clients, unsigned short port) {
    const torture::SaleFacts facts = sale.world().sale();
    std::map<std::size_t, std::unique_ptr<client::Api>> apis;
    for (const torture::BatchFacts& batch : facts.batches)
        for (const WantedBid& wanted : wanted_bids) {
            bids::Wish wish{.bid = clients.fresh_bid(),
                            .certificate =
                                batch.lots[static_cast<std::size_t>(wanted.lot)].certificate};
            if (wanted.rate_bp < 0)
                wish.kind = BidKind::withdraw;
            else
                wish.rate = Rate::from_bp(wanted.rate_bp);
            auto& api = apis[wanted.bidder];
            if (!api)
                api = std::make_unique<client::Api>(
                    client::ServerAddress{"127.0.0.1", std::to_string(port)},
                    facts.bidders[wanted.bidder].key);
            const auto call = clients.call(0, wanted.bidder, batch.id, {wish});
            clients.answered(*call, send_call(*api, *call).value());
        }
}

/// A table that a closing writes, and what in it is not a function of the sale: times of the
/// machine, numbers of transactions, ids without a meaning.
struct WrittenTable {
    const char* name;
    const char* set_aside = "";
};

const std::vector<WrittenTable> written_tables{
    {"auctions"},
    {"audit_logs"},
    {"batch_certificates"},
    {"batch_chain"},
    {"batch_closings", "created_at"},
    {"batch_secrets"},
    {"batches", "book_version"},
    {"bidding_groups"},
    {"bids"},
    {"budgets"},
    {"certificate_history"},
    {"certificates"},
    {"ledger_accounts", "created_at"},
    {"ledger_entries", "account_id"},
    {"outbox_events", "created_at,available_at"},
    {"transactions", "written_in"},
    {"transcripts", "created_at"},
    {"winning_bids"},
};

std::set<std::string> rows_of(db::Connection& connection) {
    std::set<std::string> all;
    for (const WrittenTable& table : written_tables) {
        const db::PgResult rows = connection.execute(fmt::format(
            "SELECT (to_jsonb(t) - string_to_array('id,updated_at,{}', ','))::text FROM {} t",
            table.set_aside, table.name));
        for (int i = 0; i < PQntuples(rows.get()); ++i)
            EXPECT_TRUE(
                all.insert(fmt::format("{} {}", table.name, PQgetvalue(rows.get(), i, 0))).second);
    }
    return all;
}

/// Rows that one of two databases has and the other has not.
std::vector<std::string> differences(db::Connection& one, db::Connection& other) {
    const std::set<std::string> first = rows_of(one);
    const std::set<std::string> second = rows_of(other);
    std::vector<std::string> differences;
    std::ranges::set_symmetric_difference(first, second, std::back_inserter(differences));
    return differences;
}

/// What the sale must hold for the test to mean something.
void expect_a_sale_of_all_kinds(db::Connection& connection, UserId third) {
    const auto count = [&](const std::string& what) {
        const db::PgResult result = connection.execute("SELECT count(*) FROM " + what);
        return std::stoi(PQgetvalue(result.get(), 0, 0));
    };
    EXPECT_EQ(count("batch_certificates WHERE status = 'struck'"), 2);
    EXPECT_EQ(count("batch_certificates WHERE status = 'withdrawn'"), 2);
    EXPECT_GE(count("batch_certificates WHERE tied > 1"), 3);
    EXPECT_EQ(count("bidding_group_members WHERE position = 2"), 1);
    EXPECT_GT(count("bids WHERE status = 'withdrawn'"), 0);
    EXPECT_GT(count("bids WHERE status = 'replaced'"), 0);
    // The third bidder's bid was the best on four items, and its budget reached for some.
    const std::string won =
        "winning_bids w JOIN batch_certificates bc ON bc.id = "
        "w.batch_certificate_id WHERE bc.adv_no IN (3, 4, 9, 10) AND w.user_id ";
    EXPECT_GE(count(won + "<> '" + third.text() + "'"), 2);
    EXPECT_GE(count(won + "= '" + third.text() + "'"), 1);
}

int total(const Kills& kills) {
    int total = 0;
    for (const auto& [place, count] : kills)
        total += count;
    return total;
}

class CrashClosing : public ::testing::Test {
protected:
    CrashClosing() : sale{{.batches = 2, .lots_a_batch = 6, .bidders = 5}} {}

    /// Opens the batches under kills, places the bids and takes an item back.
    void make_ready() {
        auto service = kill_at_every_write(sale, BatchStatus::open, port, opening);
        ASSERT_TRUE(sale.app().onboarding.set_group(facts.auction, facts.bidders[0].user,
                                                    "number,name\nA,First\nB,Second\n"));
        service->wait_until_it_listens();
        place_bids(sale, clients, port);
        for (const torture::BatchFacts& batch : facts.batches) {
            ASSERT_TRUE(sale.world().withdraw_lot(batch.id, batch.lots[4].number));
            ASSERT_TRUE(eventually(
                [&] { return sale.world().rows(batch.id).size() == wanted_bids.size(); }));
        }
        county.emplace(sale, facts, port);
        service->kill();
    }

    CrashSale sale;
    const torture::SaleFacts facts = sale.world().sale();
    const unsigned short port = free_port();
    std::mt19937_64 random{1};
    torture::Clients clients{random, sale.world()};
    std::optional<CountyTool> county;
    Kills opening;
    Kills closing;
};

TEST_F(CrashClosing, at_any_write_leads_to_the_same_bytes) {
    ASSERT_NO_FATAL_FAILURE(make_ready());
    sale.stop_clock(sale.world().end_time(facts.batches[1].id) + 1s);
    sale.copy_database("undisturbed");
    const auto undisturbed = sale.close_copy("undisturbed");
    ASSERT_EQ(undisturbed.size(), 2U);
    const auto service = kill_at_every_write(sale, BatchStatus::closed, port, closing);
    EXPECT_EQ(county->wait(), 0) << county->log_text();
    service->wait_until_it_listens();
    for (const auto& [batch, files] : undisturbed) {
        const std::string name = "/transcripts/transcript-" + batch.text();
        EXPECT_EQ(service->fetch(name + ".json"), files.transcript);
        EXPECT_TRUE(service->fetch(name + ".leaves") ==
                    std::string(files.leaves.begin(), files.leaves.end()));
    }
    db::Connection disturbed = sale.connect();
    db::Connection copy = sale.connect("undisturbed");
    EXPECT_THAT(differences(disturbed, copy), IsEmpty());
    expect_a_sale_of_all_kinds(disturbed, facts.bidders[2].user);
    std::vector<std::string> faults;
    torture::check_sale(sale.world(), clients, faults);
    EXPECT_THAT(faults, IsEmpty());

    for (const char* place : {"INSERT batch_secrets", "INSERT batch_chain", "UPDATE batches",
                              "UPDATE certificates", "COMMIT batch_secrets"})
        EXPECT_THAT(opening, Contains(Key(place)));
    for (const char* place :
         {"INSERT batch_closings", "COMMIT batch_closings", "UPDATE batch_secrets",
          "COMMIT batch_secrets", "UPDATE batch_certificates", "INSERT winning_bids",
          "INSERT ledger_entries", "INSERT transcripts", "INSERT audit_logs"})
        EXPECT_THAT(closing, Contains(Key(place)));
    std::cout << fmt::format("{} kills while two batches opened, {} while they closed\n",
                             total(opening), total(closing));
    EXPECT_EQ(service->stop(), 0) << service->log_text();
}

} // namespace
} // namespace strikeoff::testing
