#include "core/folding.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace strikeoff {
namespace {

BidId bid(std::uint64_t number) {
    BidId id;
    store_be64(id.uuid.bytes.data() + 8, number);
    return id;
}

/// One line of a table: who bids what on which lot under which bid id, and what becomes of it.
struct Step {
    std::uint32_t bidder;
    std::uint32_t lot;
    std::uint64_t bid;
    int rate; ///< -1 withdraws.
    FoldVerdict verdict;
};

FoldVerdict apply(Folding& folding, const Step& step) {
    const bool withdraws = step.rate < 0;
    return folding.apply(step.bidder, step.lot, bid(step.bid),
                         withdraws ? BidKind::withdraw : BidKind::place,
                         Rate::from_bp(withdraws ? 0 : step.rate));
}

std::vector<LiveBid> by_rank(const Folding& folding) {
    std::vector<LiveBid> bids = folding.live_bids();
    std::ranges::sort(bids, {}, &LiveBid::rank);
    return bids;
}

TEST(Folding, follows_the_table) {
    using enum FoldVerdict;
    Folding folding{1};
    const Step steps[] = {
        {1, 1, 1, 500, placed},    //
        {1, 1, 2, 500, void_},     // The rate that stands: the rank stays.
        {1, 1, 2, 475, void_},     // That bid id occurred, even though it was void.
        {1, 1, 1, 400, void_},     // And so did this one.
        {2, 1, 1, 500, placed},    // The same bid id of another bidder is another bid.
        {1, 1, 3, 450, replaced},  //
        {1, 2, 4, 0, placed},      // Zero is a rate.
        {1, 2, 5, 0, void_},       //
        {1, 2, 6, -1, withdrawn},  //
        {1, 2, 7, -1, withdrawn},  // Nothing stands; nothing changes.
        {1, 2, 6, 25, void_},      // A withdrawal's bid id occurred too.
        {1, 2, 8, 0, placed},      // After a withdrawal the same rate is a new bid.
        {2, 1, 9, -1, withdrawn},  //
        {2, 1, 10, 65535, placed}, //
        {3, 1, 11, -1, withdrawn}, //
        {1, 1, 12, 500, replaced}, //
    };
    for (const Step& step : steps)
        EXPECT_EQ(enum_name(apply(folding, step)), enum_name(step.verdict)) << step.bid;
    EXPECT_EQ(folding.size(), std::size(steps));

    const std::vector<LiveBid> live = by_rank(folding);
    ASSERT_EQ(live.size(), 3U);
    EXPECT_EQ(std::tuple(live[0].bidder, live[0].item, live[0].rank, live[0].rate_bp),
              std::tuple(1, 2, 11, 0));
    EXPECT_EQ(std::tuple(live[1].bidder, live[1].item, live[1].rank, live[1].rate_bp),
              std::tuple(2, 1, 13, 65535));
    EXPECT_EQ(std::tuple(live[2].bidder, live[2].item, live[2].rank, live[2].rate_bp),
              std::tuple(1, 1, 15, 500));
}

/// The sentence of draw.md, with maps.
class PlainFolding {
public:
    FoldVerdict apply(const Step& step) {
        const std::uint32_t rank = size_++;
        if (!seen_.insert({step.bidder, step.bid}).second) return FoldVerdict::void_;
        const auto found = standing_.find({step.bidder, step.lot});
        if (step.rate < 0) {
            if (found != standing_.end()) standing_.erase(found);
            return FoldVerdict::withdrawn;
        }
        if (found == standing_.end()) {
            standing_[{step.bidder, step.lot}] = {rank, step.rate};
            return FoldVerdict::placed;
        }
        if (found->second.second == step.rate) return FoldVerdict::void_;
        found->second = {rank, step.rate};
        return FoldVerdict::replaced;
    }
    const auto& standing() const { return standing_; }

private:
    std::set<std::pair<std::uint32_t, std::uint64_t>> seen_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::pair<std::uint32_t, int>> standing_;
    std::uint32_t size_ = 0;
};

TEST(Folding, agrees_with_the_plain_rule_whatever_its_key_and_size) {
    std::mt19937 random{20260527};
    for (int turn = 0; turn < 60; ++turn) {
        Folding folding{random(), turn % 3 == 0 ? 5000U : 0U};
        PlainFolding plain;
        for (int i = 0; i < 5000; ++i) {
            const Step step{static_cast<std::uint32_t>(random() % 40),
                            static_cast<std::uint32_t>(random() % 30),
                            random() % 4000,
                            static_cast<int>(random() % 5) * 25 - 25,
                            {}};
            ASSERT_EQ(apply(folding, step), plain.apply(step));
        }
        const std::vector<LiveBid> live = folding.live_bids();
        ASSERT_EQ(live.size(), plain.standing().size());
        for (const LiveBid& entry : live)
            ASSERT_EQ(plain.standing().at({entry.bidder, entry.item}),
                      std::pair(entry.rank, static_cast<int>(entry.rate_bp)));
    }
}

} // namespace
} // namespace strikeoff
