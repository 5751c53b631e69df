#include "core/clearing.hpp"

#include "core/draw.hpp"

#include <algorithm>
#include <cassert>
#include <memory>
#include <numeric>

namespace strikeoff {
namespace {

constexpr std::uint32_t no_rate = UINT32_MAX;

/// A bidder during the walk. Bidders stand in ascending order of their references, so that the
/// order of a draw is the order of their places.
struct Competitor {
    std::int64_t budget_left = 0;
    std::uint32_t weight = 1;
    std::uint32_t bidder = 0; ///< Index in the caller's list.
};

/// What the walk needs of a bid; `place` is that of its bidder among the competitors.
struct Offer {
    std::uint32_t place;
    std::uint32_t rank;
    std::uint16_t rate_bp;
};

std::vector<std::uint32_t> indices(std::size_t count) {
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0U);
    return order;
}

std::vector<Competitor> competitors_by_reference(std::span<const ClearingBidder> bidders) {
    std::vector<std::uint32_t> order = indices(bidders.size());
    std::ranges::sort(order, {}, [&](std::uint32_t i) { return bidders[i].ref; });
    std::vector<Competitor> competitors;
    competitors.reserve(bidders.size());
    for (const std::uint32_t i : order)
        competitors.push_back(
            {std::max<std::int64_t>(bidders[i].budget.cents(), 0), bidders[i].weight, i});
    return competitors;
}

/// The bids that count, grouped by item with a counting sort: millions of bids are touched twice
/// and never compared.
class OffersByItem {
public:
    OffersByItem(std::span<const ClearingItem> items, std::span<const ClearingBidder> bidders,
                 std::span<const Competitor> competitors, std::span<const LiveBid> bids)
        : ends_(items.size() + 1) {
        const auto counts = [&](const LiveBid& bid) {
            assert(bid.item < items.size() && bid.bidder < bidders.size());
            return items[bid.item].offered && bidders[bid.bidder].eligible;
        };
        for (const LiveBid& bid : bids)
            if (counts(bid)) ++ends_[bid.item + 1];
        std::partial_sum(ends_.begin(), ends_.end(), ends_.begin());

        std::vector<std::uint32_t> places(bidders.size());
        for (std::uint32_t place = 0; place < competitors.size(); ++place)
            places[competitors[place].bidder] = place;
        offers_ = std::make_unique_for_overwrite<Offer[]>(ends_.back());
        // Each entry moves from the start of its item to the end, which is the next one's start.
        for (const LiveBid& bid : bids)
            if (counts(bid))
                offers_[ends_[bid.item]++] = {places[bid.bidder], bid.rank, bid.rate_bp};
    }

    std::span<const Offer> of(std::uint32_t item) const {
        const std::size_t begin = item == 0 ? 0 : ends_[item - 1];
        return {offers_.get() + begin, ends_[item] - begin};
    }

private:
    std::vector<std::size_t> ends_;
    std::unique_ptr<Offer[]> offers_;
};

/// The rates on one item, seen once: who is lowest and what the others ask.
struct Standing {
    std::uint32_t lowest = no_rate;    ///< Among the bids that are not blocked.
    std::uint32_t runner_up = no_rate; ///< Lowest rate above `lowest`, and above 0.00.
    std::uint32_t tied = 0;            ///< Bids at `lowest`.
    std::uint32_t first_place = 0;     ///< Place of one of them; the winner's when it stands alone.
};

Award unsold(Outcome outcome, Rate rate) {
    Award award;
    award.outcome = outcome;
    award.rate = rate;
    return award;
}

class Walk {
public:
    Walk(const AwardRules& rules, std::vector<Competitor> competitors, const Hash& prk)
        : rules_{rules}, prk_{prk}, competitors_{std::move(competitors)} {}

    Award award(const ClearingItem& item, std::span<const Offer> offers) {
        const Standing standing = stand(item.face, offers);
        if (standing.tied == 0) return unsold(Outcome::struck, rules_.rate_start);

        Award award;
        award.outcome = Outcome::awarded;
        award.tied = standing.tied;
        const std::uint32_t place = pick(item, offers, standing, award.member);
        Competitor& winner = competitors_[place];
        award.bidder = winner.bidder;
        award.rate = price(standing, winner.weight);
        winner.budget_left -= item.face.cents();
        assert(winner.budget_left >= 0);
        return award;
    }

private:
    bool is_blocked(std::uint32_t place, Money face) const {
        return competitors_[place].budget_left < face.cents();
    }

    Standing stand(Money face, std::span<const Offer> offers) const {
        Standing standing;
        std::uint32_t lowest_blocked = no_rate;
        for (const Offer& offer : offers) {
            if (is_blocked(offer.place, face)) {
                if (offer.rate_bp > 0)
                    lowest_blocked = std::min<std::uint32_t>(lowest_blocked, offer.rate_bp);
            } else if (offer.rate_bp < standing.lowest) {
                standing.runner_up = standing.lowest;
                standing.lowest = offer.rate_bp;
                standing.tied = 1;
                standing.first_place = offer.place;
            } else if (offer.rate_bp == standing.lowest) {
                ++standing.tied;
            } else {
                standing.runner_up = std::min<std::uint32_t>(standing.runner_up, offer.rate_bp);
            }
        }
        if (rules_.blocked_bids_set_price)
            standing.runner_up = std::min(standing.runner_up, lowest_blocked);
        return standing;
    }

    Rate price(const Standing& standing, std::uint32_t winner_weight) const {
        const Rate own = Rate::from_bp(static_cast<std::int32_t>(standing.lowest));
        const bool ties_with_itself =
            rules_.group_price == GroupPrice::as_many && winner_weight > 1;
        // Zero bids are outside the proxy logic.
        if (rules_.format != Format::proxy || own == Rate{} || standing.tied > 1 ||
            ties_with_itself)
            return own;
        if (standing.runner_up == no_rate) return rules_.rate_start;
        const auto other = static_cast<std::int32_t>(standing.runner_up);
        return std::max(own, Rate::from_bp(other - rules_.rate_step.bp()));
    }

    /// The winner's place; `member` receives who of its group was drawn.
    std::uint32_t pick(const ClearingItem& item, std::span<const Offer> offers,
                       const Standing& standing, std::uint32_t& member) {
        if (rules_.tie == Tie::first_received) {
            if (standing.tied == 1) return standing.first_place;
            return earliest(item.face, offers, standing.lowest);
        }
        tied_.clear();
        if (standing.tied == 1) {
            tied_.push_back(standing.first_place);
        } else {
            for (const Offer& offer : offers)
                if (offer.rate_bp == standing.lowest && !is_blocked(offer.place, item.face))
                    tied_.push_back(offer.place);
            std::ranges::sort(tied_);
        }
        return draw(item, member);
    }

    std::uint32_t earliest(Money face, std::span<const Offer> offers, std::uint32_t rate) const {
        const Offer* first = nullptr;
        for (const Offer& offer : offers) {
            if (offer.rate_bp != rate || is_blocked(offer.place, face)) continue;
            if (!first || std::pair{offer.rank, offer.place} < std::pair{first->rank, first->place})
                first = &offer;
        }
        assert(first);
        return first->place;
    }

    std::uint64_t tickets(std::uint32_t place) const {
        return rules_.tie_weight == TieWeight::per_bidder ? competitors_[place].weight : 1;
    }

    /// Draws among `tied_`, which is in ascending order of the references.
    std::uint32_t draw(const ClearingItem& item, std::uint32_t& member) const {
        std::uint64_t total = 0;
        for (const std::uint32_t place : tied_)
            total += tickets(place);
        std::uint64_t ticket =
            total == 1 ? 0 : draw_ticket(prk_, item.certificate_id, item.round, total);
        for (const std::uint32_t place : tied_) {
            if (ticket < tickets(place)) {
                member = static_cast<std::uint32_t>(ticket);
                return place;
            }
            ticket -= tickets(place);
        }
        assert(false && "a ticket beyond the last");
        std::unreachable();
    }

    const AwardRules rules_;
    const HmacSha256 prk_;
    std::vector<Competitor> competitors_;
    std::vector<std::uint32_t> tied_; ///< Kept between items for its capacity.
};

} // namespace

std::vector<Award> clear(const AwardRules& rules, std::span<const ClearingItem> items,
                         std::span<const ClearingBidder> bidders, std::span<const LiveBid> bids,
                         const Hash& prk) {
    std::vector<Competitor> competitors = competitors_by_reference(bidders);
    const OffersByItem offers{items, bidders, competitors, bids};
    Walk walk{rules, std::move(competitors), prk};

    std::vector<std::uint32_t> order = indices(items.size());
    std::ranges::sort(order, {}, [&](std::uint32_t i) { return items[i].adv_no; });
    std::vector<Award> awards(items.size());
    for (const std::uint32_t i : order)
        awards[i] = items[i].offered ? walk.award(items[i], offers.of(i))
                                     : unsold(Outcome::withdrawn, Rate{});
    return awards;
}

} // namespace strikeoff
