#include "client/load.hpp"
#include "client/machine_time.hpp"
#include "core/verify.hpp"
#include "support/server/live_server.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t bidders = 12;

/// A sale with registered investors.
class SimulatedBidders : public ::testing::Test {
protected:
    SimulatedBidders() {
        for (std::size_t i = 0; i < bidders; ++i) {
            const TestUser user = sale_.add_bidder();
            keys_.push_back({UserId{parse_uuid(user.id).value()}, user.key});
        }
        sale_.wait_until_open();
        for (const std::string& id : sale_.certificates[0])
            certificates_.push_back(CertificateId{parse_uuid(id).value()});
    }

    client::ServerAddress server() const {
        return {"127.0.0.1", std::to_string(LiveServer::instance().app().port())};
    }
    BatchId batch() const { return BatchId{parse_uuid(sale_.batches[0]).value()}; }
    std::filesystem::path fresh_directory(const std::string& name) const {
        return LiveServer::instance().directory() / (name + batch().text());
    }

    TestSale sale_{{.items_a_batch = 60, .first_end = 1h}};
    std::vector<client::BidderKey> keys_;
    std::vector<CertificateId> certificates_;
};

TEST_F(SimulatedBidders, hold_a_receipt_for_every_leaf_that_is_published) {
    const client::PlanOptions options{.seed = 3, .bids_a_bidder = 30, .late_percent = 0};
    client::BatchBidding bidding{.batch = batch(),
                                 .from = client::machine_now(),
                                 .end = client::machine_now() + 1s,
                                 .items = certificates_};
    bidding.requests =
        client::plan_bids(options, 1, 60, client::deal_strategies(options, bidders, 1));
    std::int64_t planned = 0;
    for (const client::PlannedRequest& request : bidding.requests)
        planned += static_cast<std::int64_t>(request.bids.size());
    client::ReceiptStore receipts{fresh_directory("receipts")};
    client::Bidding simulated{server(), keys_, &receipts, 4};
    EXPECT_FALSE(simulated.is_done(batch()));
    simulated.run({bidding}, 0us);
    const client::BiddingCounts counts = simulated.counts();
    EXPECT_EQ(counts.errors, 0) << counts.last_error;
    EXPECT_EQ(counts.refusals(), 0);
    EXPECT_EQ(counts.unchanged, 0);
    EXPECT_EQ(counts.accepted, planned);
    EXPECT_EQ(receipts.count(batch()), planned);
    EXPECT_TRUE(simulated.is_done(batch()));
    sale_.close_all();

    LiveServer& live = LiveServer::instance();
    std::ifstream in{receipts.finish(batch())};
    const std::string kept{std::istreambuf_iterator<char>(in), {}};
    const std::string path = "/transcripts/transcript-" + sale_.batches[0];
    const Reply transcript = live.call("GET", path + ".json");
    const Reply leaves = live.call("GET", path + ".leaves");
    const auto verified =
        verify_transcript(transcript.body, as_bytes(leaves.body),
                          {.key = live.app().keys.signing().public_key(), .receipts = kept});
    ASSERT_TRUE(verified) << verified.error().message;
    EXPECT_EQ(verified->leaves, static_cast<std::uint64_t>(planned));
}

TEST_F(SimulatedBidders, are_told_why_when_they_are_too_late) {
    client::BatchBidding bidding{.batch = batch(),
                                 .from = client::machine_now(),
                                 .end = client::machine_now(),
                                 .items = certificates_};
    const std::vector<client::PlannedBid> bids{{0, BidKind::place, Rate::from_bp(25)},
                                               {1, BidKind::place, Rate::from_bp(30)}};
    bidding.requests = {{.bidder = 0, .bulk = true, .bids = bids},
                        {.bidder = 1, .bids = {{2, BidKind::withdraw, Rate{}}}}};
    client::Bidding early{server(), keys_, nullptr, 2};
    early.run({bidding}, 0us);
    EXPECT_EQ(early.counts().accepted, 1);
    EXPECT_EQ(early.counts().refused,
              (std::map<std::string, std::int64_t>{{"bid.nothing_to_withdraw", 1},
                                                   {"bid.rate_off_step", 1}}));
    sale_.close_all();
    bidding.requests[0].bids[0].rate = Rate::from_bp(50);
    client::Bidding late{server(), keys_, nullptr, 2};
    late.run({bidding}, 0us);
    EXPECT_EQ(late.counts().accepted, 0);
    EXPECT_EQ(late.counts().refusals(), 3);
    EXPECT_EQ(late.counts().errors, 0);
}

TEST_F(SimulatedBidders, without_a_server_are_errors_not_refusals) {
    client::BatchBidding bidding{.batch = batch(),
                                 .from = client::machine_now(),
                                 .end = client::machine_now(),
                                 .items = certificates_};
    bidding.requests = {{.bidder = 0, .bids = {{0, BidKind::place, Rate::from_bp(25)}}}};
    client::Bidding simulated{{"127.0.0.1", "9"}, keys_, nullptr, 1};
    simulated.run({bidding}, 0us);
    EXPECT_EQ(simulated.counts().errors, 1);
    EXPECT_EQ(simulated.counts().accepted, 0);
    EXPECT_NE(simulated.counts().last_error, "");
}

TEST_F(SimulatedBidders, load_a_batch_without_repeating_a_rate) {
    client::LoadOptions options{.server = server(),
                                .batch = batch(),
                                .bidders = keys_,
                                .certificates = certificates_,
                                .connections = 4,
                                .seconds = 1,
                                .warm_up_seconds = 0};
    for (const int lines : {1, 7}) {
        options.lines = lines;
        const client::LoadReport report = client::run_load(options);
        EXPECT_GT(report.bids, 0) << lines;
        EXPECT_EQ(report.errors, 0) << lines;
        EXPECT_EQ(report.refused, 0) << lines;
        // The second run meets the first one's rates at most once a connection.
        EXPECT_LE(report.unchanged, lines == 1 ? 0 : 4 * lines);
        EXPECT_GT(report.p50_us, 0);
        EXPECT_LE(report.p50_us, report.p99_us);
        EXPECT_LE(report.p99_us, report.max_us);
        EXPECT_EQ(report.per_second, report.bids);
    }
}

TEST_F(SimulatedBidders, load_goes_on_after_a_limit_was_met) {
    // Far more than one bidder may send: bulk requests over the limit end their connection.
    const client::LoadReport report = client::run_load({.server = server(),
                                                        .batch = batch(),
                                                        .bidders = {keys_.front()},
                                                        .certificates = certificates_,
                                                        .connections = 4,
                                                        .seconds = 2,
                                                        .warm_up_seconds = 0,
                                                        .lines = 60});
    EXPECT_GT(report.bids + report.unchanged, 0);
    EXPECT_GT(report.limited, 60 * 4);
    EXPECT_EQ(report.errors, 0);
}

TEST_F(SimulatedBidders, load_counts_what_is_refused) {
    sale_.close_all();
    const client::LoadReport report = client::run_load({.server = server(),
                                                        .batch = batch(),
                                                        .bidders = keys_,
                                                        .certificates = certificates_,
                                                        .connections = 2,
                                                        .seconds = 1,
                                                        .warm_up_seconds = 0});
    EXPECT_EQ(report.bids, 0);
    EXPECT_GT(report.refused, 0);
    EXPECT_EQ(report.errors, 0);
}

} // namespace
} // namespace strikeoff::testing
