// A desk that could not find out what became of its bids.
#include "db/error.hpp"
#include "modules/auctions/closing.hpp"
#include "torture/world.hpp"

#include <gtest/gtest.h>

#include <deque>

namespace strikeoff::torture {
namespace {

/// The journal of a database that goes away in the middle of an append, and comes back.
class LostJournal final : public bids::Journal {
public:
    explicit LostJournal(World& world) : world_{world} {}

    std::vector<bids::Appended> append(CountyId county,
                                       std::span<const bids::Offer> offers) override {
        if (loses_next) {
            loses_next = false;
            is_down = true;
            world_.lose(county, {offers.begin(), offers.end()}, /*under_way=*/false);
        }
        check();
        return world_.journal().append(county, offers);
    }
    std::vector<bids::Appended> fence(std::span<const BatchId> batches, bool shut) override {
        check();
        return world_.journal().fence(batches, shut);
    }
    std::vector<bids::Block> read(BatchId batch, std::int64_t from_seq, int blocks_max) override {
        check();
        return world_.journal().read(batch, from_seq, blocks_max);
    }

    bool loses_next = false;
    bool is_down = false;

private:
    void check() const {
        if (is_down) throw db::Unavailable("the database is down");
    }
    World& world_;
};

class DoubtfulBids : public ::testing::Test {
protected:
    DoubtfulBids() {
        auctions::Closing{world_->closings(), world_->key()}.work(); // Opens the batch.
        EXPECT_EQ(world_->status(batch_.id), auctions::BatchStatus::open);
        // The book is loaded, and told to be usable.
        EXPECT_EQ(send(0, bid_of(9)).status, bids::LineStatus::accepted);
    }

    /// What a bidder hears. `failed` when nothing could be said.
    struct Heard {
        bool failed = false;
        bids::LineStatus status = bids::LineStatus::refused;
    };
    using Answer = std::shared_ptr<std::optional<Heard>>;

    Answer begin(std::size_t bidder, BidId bid, std::size_t lot = 0) {
        auto answer = std::make_shared<std::optional<Heard>>();
        desk_.place({.batch = batch_.id,
                     .user = sale_.bidders[bidder].user,
                     .wishes = {{.bid = bid,
                                 .certificate = batch_.lots[lot].certificate,
                                 .rate = Rate::from_bp(500)}}},
                    [answer](const std::exception_ptr& failure, std::vector<bids::Line> lines) {
                        *answer = failure ? Heard{.failed = true} : Heard{false, lines[0].status};
                    });
        return answer;
    }
    Heard send(std::size_t bidder, BidId bid, std::size_t lot = 0) {
        const Answer answer = begin(bidder, bid, lot);
        run();
        return answer->value();
    }
    void run() {
        while (!tasks_.empty()) {
            bids::Task task = std::move(tasks_.front());
            tasks_.pop_front();
            task();
        }
    }
    BidId bid_of(std::uint8_t number) const {
        return BidId{make_uuid_v7(world_->now(), Bytes16{number})};
    }
    std::int64_t stored(BidId bid) const {
        std::int64_t count = 0;
        for (const bids::Block& block : world_->blocks(batch_.id))
            count += std::ranges::count(block.records, bid, &bids::JournalRecord::bid);
        return count;
    }

    std::unique_ptr<World> world_ =
        make_model({.batches = 1, .lots_a_batch = 2, .bidders = 2, .seed = 1}, [] {});
    const SaleFacts sale_ = world_->sale();
    const BatchFacts& batch_ = sale_.batches[0];
    LostJournal journal_{*world_};
    std::deque<bids::Task> tasks_;
    const bids::Executor later_ = [this](bids::Task task) { tasks_.push_back(std::move(task)); };
    bids::Desk desk_{{.io = later_,
                      .lookups = later_,
                      .workers = later_,
                      .journal = later_,
                      .pause = [](auto) {}},
                     journal_,
                     world_->books(),
                     world_->key()};
};

TEST_F(DoubtfulBids, that_come_through_late_are_not_stored_again) {
    const BidId bid = bid_of(1);
    journal_.loses_next = true;
    EXPECT_TRUE(send(1, bid).failed);
    EXPECT_TRUE(send(1, bid).failed) << "the database is still away";
    journal_.is_down = false;
    ASSERT_TRUE(world_->commit_lost());
    EXPECT_EQ(stored(bid), 1);
    EXPECT_EQ(send(1, bid).status, bids::LineStatus::replayed);
    EXPECT_EQ(stored(bid), 1);
}

TEST_F(DoubtfulBids, that_have_not_come_through_are_shut_out_before_they_are_taken_again) {
    const BidId bid = bid_of(1);
    journal_.loses_next = true;
    EXPECT_TRUE(send(1, bid).failed);
    journal_.is_down = false;
    EXPECT_EQ(send(1, bid).status, bids::LineStatus::accepted);
    ASSERT_TRUE(world_->commit_lost()) << "it begins now";
    EXPECT_EQ(stored(bid), 1);
}

TEST_F(DoubtfulBids, keep_those_that_were_gathered_meanwhile_behind_the_fence) {
    const BidId lost = bid_of(1);
    const BidId gathered = bid_of(2);
    journal_.loses_next = true;
    const Answer first = begin(1, lost);
    const Answer second = begin(1, gathered, /*lot=*/1); // While the first is under way.
    run();
    EXPECT_TRUE(first->value().failed);
    EXPECT_TRUE(second->value().failed);
    EXPECT_EQ(stored(gathered), 0) << "nothing was sent of it";
    journal_.is_down = false;
    EXPECT_EQ(send(1, gathered, /*lot=*/1).status, bids::LineStatus::accepted);
    ASSERT_TRUE(world_->commit_lost());
    EXPECT_EQ(stored(lost), 0) << "it was shut out";
    EXPECT_EQ(stored(gathered), 1);
}

} // namespace
} // namespace strikeoff::torture
