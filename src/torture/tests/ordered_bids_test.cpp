// Two desks on one journal, whose bids depend on those before them.
#include "modules/auctions/closing.hpp"
#include "torture/world.hpp"

#include <gtest/gtest.h>

#include <deque>

namespace strikeoff::torture {
namespace {

using bids::LineStatus;

/// A desk whose journal is asked when the test says so.
class SteppedDesk {
public:
    explicit SteppedDesk(World& world)
        : desk_{{.io = later_,
                 .lookups = later_,
                 .workers = later_,
                 .journal = [this](bids::Task task) { appends_.push_back(std::move(task)); },
                 .pause = [](auto) {}},
                world.journal(),
                world.books(),
                world.key()} {}

    using Answer = std::shared_ptr<std::optional<std::vector<bids::Line>>>;
    Answer begin(bids::Submission submission) {
        auto answer = std::make_shared<std::optional<std::vector<bids::Line>>>();
        desk_.place(std::move(submission),
                    [answer](const std::exception_ptr&, std::vector<bids::Line> lines) {
                        *answer = std::move(lines);
                    });
        return answer;
    }
    /// All but the appends.
    void run() {
        while (!tasks_.empty()) {
            bids::Task task = std::move(tasks_.front());
            tasks_.pop_front();
            task();
        }
    }
    void run_all() {
        for (run(); !appends_.empty(); run()) {
            bids::Task task = std::move(appends_.front());
            appends_.pop_front();
            task();
        }
    }

private:
    std::deque<bids::Task> tasks_;
    std::deque<bids::Task> appends_;
    const bids::Executor later_ = [this](bids::Task task) { tasks_.push_back(std::move(task)); };
    bids::Desk desk_;
};

class OrderedBids : public ::testing::Test {
protected:
    void open(const WorldShape& shape) {
        world_ = make_model(shape, [] {});
        auctions::Closing{world_->closings(), world_->key()}.work();
        sale_ = world_->sale();
        first_ = std::make_unique<SteppedDesk>(*world_);
        second_ = std::make_unique<SteppedDesk>(*world_);
    }
    bids::Submission bid(std::size_t bidder, std::size_t lot, int bp, std::size_t batch = 0) {
        return {.batch = sale_.batches[batch].id,
                .user = sale_.bidders[bidder].user,
                .wishes = {wish(lot, bp, batch)}};
    }
    bids::Wish wish(std::size_t lot, int bp, std::size_t batch = 0) {
        Bytes16 random{};
        random.fill(++made_);
        return {.bid = BidId{make_uuid_v7(world_->now(), random)},
                .certificate = sale_.batches[batch].lots[lot].certificate,
                .rate = Rate::from_bp(bp)};
    }
    static std::vector<bids::Line> finish(SteppedDesk& desk, bids::Submission submission) {
        const auto answer = desk.begin(std::move(submission));
        desk.run_all();
        return answer->value();
    }
    static std::string told(const bids::Line& line) {
        return line.status == LineStatus::refused ? line.error.reason
                                                  : std::string(enum_name(line.status));
    }

    static constexpr WorldShape open_sale{
        .batches = 2, .lots_a_batch = 2, .bidders = 4, .seed = 1, .format = Format::open};
    std::unique_ptr<World> world_;
    SaleFacts sale_;
    std::unique_ptr<SteppedDesk> first_;
    std::unique_ptr<SteppedDesk> second_;
    std::uint8_t made_ = 0;
};

TEST_F(OrderedBids, that_were_decided_without_another_process_s_are_decided_again) {
    open(open_sale);
    EXPECT_EQ(told(finish(*first_, bid(0, 1, 1800))[0]), "accepted") << "its book is loaded";
    EXPECT_EQ(told(finish(*second_, bid(1, 0, 500))[0]), "accepted");
    EXPECT_EQ(told(finish(*first_, bid(0, 0, 900))[0]), "bid.not_lower");
    EXPECT_EQ(told(finish(*first_, bid(0, 0, 475))[0]), "accepted");
    EXPECT_EQ(told(finish(*second_, bid(3, 0, 475))[0]), "bid.not_lower");
}

TEST_F(OrderedBids, that_were_gathered_are_decided_again_once_others_are_read) {
    open(open_sale);
    finish(*first_, bid(0, 1, 500));
    finish(*first_, bid(0, 0, 1800, 1));
    finish(*second_, bid(1, 0, 500));
    // While the other batch is stored, a bid that the first desk takes for lower than all.
    const auto under_way = first_->begin(bid(0, 1, 1800, 1));
    const auto gathered = first_->begin(bid(0, 0, 900));
    const auto asks = first_->begin(bid(3, 1, 1800)); // Reads the journal before it is refused.
    first_->run();
    ASSERT_TRUE(gathered->has_value()) << "it is known by now that another leads";
    EXPECT_EQ(told(gathered->value()[0]), "bid.not_lower");
    EXPECT_EQ(told(asks->value()[0]), "bid.not_lower");
    first_->run_all();
    EXPECT_EQ(told(under_way->value()[0]), "accepted");
    EXPECT_EQ(world_->blocks(sale_.batches[0].id).size(), 2U);
}

TEST_F(OrderedBids, that_wait_for_one_that_comes_to_nothing_are_taken_up) {
    open(open_sale);
    finish(*first_, bid(0, 1, 500));
    finish(*first_, bid(0, 0, 1800, 1));
    finish(*second_, bid(1, 0, 500));
    const auto under_way = first_->begin(bid(0, 1, 1800, 1));
    const auto gathered = first_->begin(bid(0, 0, 900));
    const auto asks = first_->begin(bid(3, 1, 1800));
    const auto waits = first_->begin(bid(1, 0, 400)); // Behind the one that was gathered.
    first_->run_all();
    ASSERT_TRUE(waits->has_value());
    EXPECT_EQ(told(waits->value()[0]), "accepted");
    EXPECT_EQ(told(gathered->value()[0]), "bid.not_lower");
    EXPECT_TRUE(asks->has_value() && under_way->has_value());
}

TEST_F(OrderedBids, of_one_bidder_in_one_request_take_what_the_budget_carries) {
    open({.batches = 1,
          .lots_a_batch = 3,
          .bidders = 3,
          .seed = 1,
          .budget_model = counties::BudgetModel::exposure});
    bids::Submission list = bid(2, 0, 500); // Has 250.00; the lots cost 101.00 and more.
    list.joint = true;
    list.wishes.push_back(wish(1, 500));
    list.wishes.push_back(wish(2, 500));
    const auto lines = finish(*first_, list);
    EXPECT_EQ(told(lines[0]), "accepted");
    EXPECT_EQ(told(lines[1]), "accepted");
    EXPECT_EQ(told(lines[2]), "bid.over_budget");
    EXPECT_EQ(told(finish(*second_, bid(2, 2, 500))[0]), "bid.over_budget");
    EXPECT_EQ(told(finish(*second_, bid(2, 1, 400))[0]), "accepted") << "in the place of its own";
}

} // namespace
} // namespace strikeoff::torture
