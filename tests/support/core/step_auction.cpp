#include "support/core/step_auction.hpp"

#include "core/draw.hpp"

#include <algorithm>
#include <map>

namespace strikeoff::testing_support {
namespace {

/// Somebody in the room. One over budget may only call where the rules let it set the price.
struct Bidding {
    const ClearingBidder* bidder = nullptr;
    const LiveBid* bid = nullptr;
    bool can_pay = false;
};

class Auctioneer {
public:
    explicit Auctioneer(const RandomSale& sale) : sale_{sale} {
        for (const ClearingBidder& bidder : sale.bidders)
            purse_[bidder.ref] = std::max<std::int64_t>(bidder.budget.cents(), 0);
    }

    StepResult sell(const ClearingItem& item, std::uint32_t index) {
        if (!item.offered) return {.outcome = Outcome::withdrawn};
        const std::vector<Bidding> room = gather(item, index);

        StepResult result;
        std::vector<Bidding> takers = asking_zero(room);
        if (takers.empty()) {
            result.rate = call_down(room);
            // At a call where several stay in and nobody goes lower, those who stay have tied.
            takers = staying_in(room, result.rate);
        }
        if (takers.empty()) return {.outcome = Outcome::struck, .rate = sale_.rules.rate_start};
        result.outcome = Outcome::awarded;
        const auto& [winner, member] = choose(item, takers);
        result.winner = winner;
        result.member = member;
        purse_[winner] -= item.face.cents();
        return result;
    }

private:
    std::vector<Bidding> gather(const ClearingItem& item, std::uint32_t index) const {
        std::vector<Bidding> room;
        for (const LiveBid& bid : sale_.bids) {
            const ClearingBidder& bidder = sale_.bidders[bid.bidder];
            if (bid.item == index && bidder.eligible)
                room.push_back({&bidder, &bid, purse_.at(bidder.ref) >= item.face.cents()});
        }
        return room;
    }

    static std::vector<Bidding> asking_zero(const std::vector<Bidding>& room) {
        std::vector<Bidding> takers;
        for (const Bidding& one : room)
            if (one.can_pay && one.bid->rate_bp == 0) takers.push_back(one);
        return takers;
    }

    static std::vector<Bidding> staying_in(const std::vector<Bidding>& room, Rate call) {
        std::vector<Bidding> takers;
        for (const Bidding& one : room)
            if (one.can_pay && one.bid->rate_bp > 0 && one.bid->rate_bp <= call.bp())
                takers.push_back(one);
        return takers;
    }

    /// How many voices answer a call: a group has as many as the rules give it.
    std::uint64_t voices(const std::vector<Bidding>& room, Rate call) const {
        std::uint64_t count = 0;
        for (const Bidding& one : room) {
            if (one.bid->rate_bp == 0 || one.bid->rate_bp > call.bp()) continue;
            if (!one.can_pay && !sale_.rules.blocked_bids_set_price) continue;
            count += sale_.rules.group_price == GroupPrice::as_many ? one.bidder->weight : 1;
        }
        return count;
    }

    /// The last call. A sealed sale has no voices: the call goes down as long as somebody stays.
    Rate call_down(const std::vector<Bidding>& room) const {
        Rate call = sale_.rules.rate_start;
        for (;;) {
            const Rate lower = Rate::from_bp(call.bp() - sale_.rules.rate_step.bp());
            const bool contested = sale_.rules.format == Format::sealed || voices(room, call) > 1;
            if (!contested || staying_in(room, lower).empty()) return call;
            call = lower;
        }
    }

    struct Choice {
        Bytes16 winner;
        std::uint32_t member;
    };

    Choice choose(const ClearingItem& item, std::vector<Bidding> takers) const {
        if (sale_.rules.tie == Tie::first_received) {
            const auto first = std::ranges::min_element(
                takers, {}, [](const Bidding& one) { return one.bid->rank; });
            return {first->bidder->ref, 0};
        }
        std::ranges::sort(takers, {}, [](const Bidding& one) { return to_hex(one.bidder->ref); });
        std::vector<Choice> hat; // One slip of paper for each ticket.
        for (const Bidding& one : takers) {
            const bool each = sale_.rules.tie_weight == TieWeight::per_bidder;
            for (std::uint32_t member = 0; member < (each ? one.bidder->weight : 1); ++member)
                hat.push_back({one.bidder->ref, member});
        }
        return hat[draw_ticket(HmacSha256{sale_.prk}, item.certificate_id, item.round, hat.size())];
    }

    const RandomSale& sale_;
    std::map<Bytes16, std::int64_t> purse_;
};

} // namespace

std::vector<StepResult> auction_step_by_step(const RandomSale& sale) {
    std::map<std::uint32_t, std::uint32_t> by_number;
    for (std::uint32_t i = 0; i < sale.items.size(); ++i)
        by_number[sale.items[i].adv_no] = i;
    Auctioneer auctioneer{sale};
    std::vector<StepResult> results(sale.items.size());
    for (const auto& [adv_no, index] : by_number)
        results[index] = auctioneer.sell(sale.items[index], index);
    return results;
}

} // namespace strikeoff::testing_support
