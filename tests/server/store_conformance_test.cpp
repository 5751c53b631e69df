// The model of the torture and PostgreSQL must answer alike: each test runs on both.
#include "core/transcript.hpp"
#include "modules/auctions/closing.hpp"
#include "modules/bids/projector.hpp"
#include "support/server/live_server.hpp"
#include "torture/sql_world.hpp"

#include <gmock/gmock.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using bids::Verdict;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Store : public ::testing::TestWithParam<std::string> {
protected:
    Store() { make({.batches = 2, .lots_a_batch = 2, .bidders = 3, .seed = 7}); }

    void make(const torture::WorldShape& shape) {
        world = GetParam() == "model"
                    ? torture::make_model(shape, [] {})
                    : torture::make_sql_world(LiveServer::instance().app(), shape);
        sale = world->sale();
    }

    void open() {
        auctions::Closing closing{world->closings(), world->key()};
        ASSERT_TRUE(eventually([&] {
            closing.work();
            return world->status(batch()) == auctions::BatchStatus::open;
        }));
    }
    BatchId batch(std::size_t index = 0) const { return sale.batches[index].id; }
    std::int64_t version(std::size_t index = 0) {
        return world->books().load(batch(index)).value().version;
    }
    bids::JournalRecord record(std::uint32_t bidder, std::size_t lot, int rate_bp,
                               std::size_t index = 0) {
        return {.bid = BidId{random_uuid(world->now())},
                .lot = sale.batches[index].lots[lot].number,
                .bidder = bidder,
                .source = 0,
                .rate_bp = static_cast<std::uint16_t>(rate_bp),
                .kind = rate_bp < 0 ? BidKind::withdraw : BidKind::place};
    }
    bids::Appended append(const std::vector<bids::JournalRecord>& records,
                          std::optional<std::int64_t> under = std::nullopt) {
        const bids::Offer offer{batch(), under ? *under : version(), records, {}};
        return world->journal().append(sale.county, std::span{&offer, 1}).at(0);
    }
    bids::Appended append_in_order(const bids::JournalRecord& record, bids::Order order,
                                   std::size_t index = 0) {
        const bids::Offer offer{batch(index), version(index), {record}, {}, std::move(order)};
        return world->journal().append(sale.county, std::span{&offer, 1}).at(0);
    }
    std::vector<bids::BidStatus> copied() {
        bids::Projector projector{world->projections()};
        std::size_t leaves = 0;
        for (const bids::Block& block : world->blocks(batch()))
            leaves += block.records.size();
        // The service beside it may be at the same batch, which is then passed over.
        EXPECT_TRUE(eventually([&] {
            while (projector.project(batch())) {
            }
            return world->rows(batch()).size() == leaves;
        }));
        std::vector<bids::BidStatus> out;
        for (const torture::RowFacts& row : world->rows(batch()))
            out.push_back(row.status);
        return out;
    }

    std::unique_ptr<torture::World> world;
    torture::SaleFacts sale;
};

INSTANTIATE_TEST_SUITE_P(Both, Store, ::testing::Values("model", "postgresql"),
                         [](const auto& each) { return each.param; });

TEST_P(Store, tells_why_it_stores_nothing) {
    if (GetParam() == "model") { // Elsewhere the scheduler may have opened it by now.
        EXPECT_EQ(append({record(1, 0, 500)}, 0).verdict, Verdict::pending);
        EXPECT_FALSE(world->books().load(batch()));
    }
    open();
    EXPECT_EQ(append({record(1, 0, 500)}).verdict, Verdict::stored);
    EXPECT_EQ(append({record(1, 0, 525)}, version() + 1).verdict, Verdict::stale);
    ASSERT_TRUE(world->pause());
    EXPECT_EQ(append({record(1, 0, 525)}).verdict, Verdict::paused);
    ASSERT_TRUE(world->resume());
    EXPECT_EQ(append({record(1, 0, 525)}).verdict, Verdict::stored);
    ASSERT_TRUE(world->cancel(batch()));
    EXPECT_EQ(append({record(1, 0, 550)}).verdict, Verdict::closed);
    const bids::Offer unknown{BatchId{random_uuid(world->now())}, 0, {record(1, 0, 500)}, {}};
    EXPECT_EQ(world->journal().append(sale.county, std::span{&unknown, 1}).at(0).verdict,
              Verdict::unknown);
}

TEST_P(Store, numbers_blocks_without_gap_at_rising_times) {
    open();
    const bids::Appended first = append({record(1, 0, 500), record(1, 1, 500)});
    world->advance(-10s);
    const bids::Appended second = append({record(2, 0, 500)});
    EXPECT_EQ(first.first_seq, 0);
    EXPECT_EQ(second.first_seq, 2);
    EXPECT_GT(second.accepted_at, first.accepted_at);
    world->advance(10s);
    const auto blocks = world->journal().read(batch(), 0, 10);
    ASSERT_EQ(blocks.size(), 2U);
    EXPECT_EQ(blocks[1].accepted_at, second.accepted_at);
    EXPECT_EQ(world->journal().read(batch(), 2, 10).size(), 1U);
    EXPECT_EQ(world->journal().read(batch(), 0, 1).size(), 1U);
}

TEST_P(Store, answers_several_batches_in_ascending_order) {
    open();
    auctions::Closing{world->closings(), world->key()}.work();
    std::vector<bids::Offer> offers{{batch(0), version(0), {record(1, 0, 500)}, {}},
                                    {batch(1), version(1), {record(1, 0, 500, 1)}, {}}};
    std::ranges::sort(offers, std::greater{}, &bids::Offer::batch);
    const auto answers = world->journal().append(sale.county, offers);
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_LT(answers[0].batch, answers[1].batch);
    EXPECT_EQ(answers[0].verdict, Verdict::stored);
    EXPECT_EQ(answers[1].verdict, Verdict::stored);
}

TEST_P(Store, stores_what_has_an_order_as_the_next_group_and_within_the_budgets) {
    make({.batches = 2,
          .lots_a_batch = 2,
          .bidders = 3,
          .seed = 7,
          .budget_model = counties::BudgetModel::exposure});
    open();
    auctions::Closing{world->closings(), world->key()}.work();
    const auto dollars = [](int amount) { return Money::from_cents(amount * 100LL); };
    const auto order = [&](std::int64_t known, int reserved) {
        return bids::Order{
            .known_seq = known, .deposit_percent = 10, .amounts = {{3, dollars(reserved)}}};
    };
    // The third bidder has 250.00; the lots cost 101.00 and 102.00, 103.00 and 104.00.
    EXPECT_EQ(append_in_order(record(3, 0, 500), order(1, 101)).verdict, Verdict::behind);
    EXPECT_EQ(append_in_order(record(3, 0, 500), order(0, 101)).verdict, Verdict::stored);
    EXPECT_EQ(append_in_order(record(3, 1, 500), order(0, 203)).verdict, Verdict::behind);
    EXPECT_EQ(append_in_order(record(3, 0, 500, 1), order(0, 103), 1).verdict, Verdict::stored);
    const bids::Appended answer = append_in_order(record(3, 1, 500, 1), order(1, 207), 1);
    EXPECT_EQ(answer.verdict, Verdict::over_budget);
    EXPECT_THAT(answer.rooms, ElementsAre(bids::Reserved{3, dollars(149)}));
    ASSERT_TRUE(world->withdraw_lot(batch(), sale.batches[0].lots[0].number));
    EXPECT_EQ(append_in_order(record(3, 1, 500, 1), order(1, 207), 1).verdict, Verdict::stored);
    EXPECT_EQ(world->blocks(batch(1)).size(), 2U);
}

TEST_P(Store, lets_bids_move_the_end_of_an_open_item) {
    make({.batches = 1, .lots_a_batch = 2, .bidders = 3, .seed = 7, .format = Format::open});
    open();
    const Instant end = world->end_time(batch());
    const auto order = [&](const bids::JournalRecord& record, std::int64_t known, Instant until) {
        return bids::Order{.known_seq = known,
                           .deposit_percent = 10,
                           .amounts = {{record.bidder, Money::from_cents(10'100)}},
                           .until = until,
                           .leads = {{record.lot, record.bidder, record.rate_bp, until, true}},
                           .extension = 2min};
    };
    const bids::JournalRecord first = record(1, 0, 1800);
    EXPECT_EQ(append_in_order(first, order(first, 0, world->now())).verdict, Verdict::item_ended);
    EXPECT_EQ(append_in_order(first, order(first, 0, end)).verdict, Verdict::stored);
    world->advance(end - world->now() - 1min);
    const bids::JournalRecord late = record(1, 0, 1700);
    const bids::Appended moved = append_in_order(late, order(late, 1, end));
    EXPECT_EQ(moved.verdict, Verdict::stored);
    world->advance(90s);
    const bids::JournalRecord later = record(1, 0, 1600);
    const Instant until = moved.accepted_at + 2min;
    EXPECT_EQ(append_in_order(later, order(later, 2, end)).verdict, Verdict::item_ended);
    EXPECT_EQ(append_in_order(later, order(later, 2, until)).verdict, Verdict::stored);
    world->advance(3min);
    const bids::JournalRecord last = record(1, 0, 1500);
    EXPECT_THAT(append_in_order(last, order(last, 3, world->now() + 1h)).verdict,
                ::testing::AnyOf(Verdict::ended, Verdict::closing, Verdict::closed));
}

TEST_P(Store, shuts_out_what_was_sent_before_a_fence) {
    open();
    const std::int64_t known = version();
    ASSERT_EQ(append({record(1, 0, 500)}).verdict, Verdict::stored);
    const BatchId id = batch();
    EXPECT_EQ(world->journal().fence(std::span{&id, 1}, false).at(0).first_seq, 1);
    EXPECT_EQ(append({record(2, 0, 500)}, known).verdict, Verdict::stored);
    EXPECT_EQ(world->journal().fence(std::span{&id, 1}, true).at(0).first_seq, 2);
    EXPECT_EQ(append({record(3, 0, 500)}, known).verdict, Verdict::stale);
}

TEST_P(Store, raises_the_version_for_what_narrows) {
    open();
    const std::int64_t before = version();
    ASSERT_TRUE(world->withdraw_lot(batch(), sale.batches[0].lots[0].number));
    EXPECT_EQ(version(), before + 1);
    EXPECT_FALSE(world->books().load(batch())->lots[0].offered);
    EXPECT_FALSE(world->withdraw_lot(batch(), sale.batches[0].lots[0].number));
    ASSERT_TRUE(world->bar(sale.bidders[0]));
    EXPECT_EQ(version(), before + 2);
    EXPECT_FALSE(world->books().load(batch())->bidders[0].eligible);
    ASSERT_TRUE(world->move_end(batch(), world->end_time(batch()) + 60s));
    EXPECT_EQ(version(), before + 3);
    EXPECT_FALSE(world->move_end(batch(), world->now() - 1s));
}

TEST_P(Store, finds_an_accepted_bid_by_its_id_before_and_after_it_is_copied) {
    open();
    const bids::JournalRecord mine = record(1, 0, 500);
    const bids::Appended stored = append({mine});
    for (int round = 0; round < 2; ++round) {
        const auto found = world->books().find_accepted(batch(), 1, mine.bid);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->rate, Rate::from_bp(500));
        EXPECT_EQ(found->accepted_at, stored.accepted_at);
        EXPECT_FALSE(world->books().find_accepted(batch(), 2, mine.bid));
        copied();
    }
}

TEST_P(Store, copies_each_record_once_with_what_became_of_it) {
    using enum bids::BidStatus;
    open();
    const bids::JournalRecord first = record(1, 0, 500);
    append({first, record(2, 0, 500)});
    EXPECT_THAT(copied(), ElementsAre(standing, standing));
    append({record(1, 0, 475)});
    append({first});
    append({record(2, 0, 500)});
    EXPECT_THAT(copied(), ElementsAre(replaced, standing, standing, void_, void_));
    bids::JournalRecord gone = record(2, 0, 0);
    gone.kind = BidKind::withdraw;
    append({gone});
    EXPECT_THAT(copied(), ElementsAre(replaced, withdrawn, standing, void_, void_, withdrawn));
}

TEST_P(Store, forgets_a_step_of_a_closing_that_did_not_commit) {
    if (GetParam() != "model") GTEST_SKIP() << "the service beside it would go on with the step";
    open();
    append({record(1, 0, 500)});
    world->advance(601s);
    {
        const auto transaction = world->closings().begin();
        transaction->begin_closing(batch(), transaction->lock(batch()), transaction->clock());
    }
    EXPECT_EQ(world->status(batch()), auctions::BatchStatus::open);
}

TEST_P(Store, closes_a_sale_with_the_same_results) {
    open();
    append({record(1, 0, 500), record(2, 0, 800)});
    append({record(2, 1, 900)});
    world->advance(601s);
    auctions::Closing closing{world->closings(), world->key()};
    ASSERT_TRUE(eventually([&] {
        closing.work();
        world->hand_in_secrets();
        return world->status(batch()) == auctions::BatchStatus::closed;
    }));
    EXPECT_EQ(append({record(1, 0, 525)}).verdict, Verdict::closed);
    const auto transcript = read_transcript(world->files(batch()).transcript);
    ASSERT_TRUE(transcript) << transcript.error().message;
    ASSERT_EQ(transcript->results.size(), 2U);
    EXPECT_EQ(transcript->results[0].bidder_ref, sale.bidders[0].ref);
    EXPECT_EQ(transcript->results[0].rate, Rate::from_bp(775));
    EXPECT_EQ(transcript->results[1].bidder_ref, sale.bidders[1].ref);
    EXPECT_EQ(transcript->results[1].rate, Rate::from_bp(1800));
    const torture::MoneyFacts money = world->money();
    EXPECT_EQ(money.receivable, money.faces);
    EXPECT_EQ(money.awarded[0], sale.batches[0].lots[0].face);
    EXPECT_TRUE(world->offer_again());
    EXPECT_EQ(world->sale().batches.size(), 3U);
    EXPECT_EQ(world->money().awarded[0] + world->money().awarded[1], world->money().faces);
}

} // namespace
} // namespace strikeoff::testing
