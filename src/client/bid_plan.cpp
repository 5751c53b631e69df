#include "client/bid_plan.hpp"

#include "client/answer.hpp"
#include "client/dice.hpp"

#include <algorithm>
#include <numeric>

namespace strikeoff::client {
namespace {

constexpr Rate floor_rate = Rate::from_bp(25);
constexpr std::int32_t step_bp = 25;
constexpr std::uint32_t first_bids_until = 700; ///< Permille; changes follow.
constexpr std::uint32_t late_at = 1040;

/// How many investors want an item. Most items of a sale are wanted by many, some by few.
enum class Appeal : std::uint8_t { none, thin, contested, popular };

std::vector<Appeal> deal_appeal(const PlanOptions& options, std::uint32_t batch_number,
                                std::uint32_t items) {
    Dice dice{static_cast<std::uint64_t>(options.seed) ^ (std::uint64_t{batch_number} << 40)};
    std::vector<Appeal> appeal;
    for (std::uint32_t i = 0; i < items; ++i) {
        const std::uint64_t card = dice.below(100);
        appeal.push_back(card < 4    ? Appeal::none
                         : card < 16 ? Appeal::thin
                         : card < 30 ? Appeal::contested
                                     : Appeal::popular);
    }
    return appeal;
}

bool fancies(Dice& dice, Strategy strategy, Appeal appeal) {
    const bool values = strategy == Strategy::value;
    switch (appeal) {
    case Appeal::none:
        return false;
    case Appeal::thin:
        return values && dice.chance(12);
    case Appeal::contested:
        return values ? dice.chance(60) : strategy != Strategy::zero && dice.chance(2);
    case Appeal::popular:
        return strategy != Strategy::zero || dice.chance(15);
    }
    return false;
}

Rate draw_rate(Dice& dice, Strategy strategy) {
    if (strategy == Strategy::zero) return Rate{};
    if (strategy != Strategy::value) return floor_rate;
    // Two throws: more bids at low rates than at high ones, 0.25 to 18.00.
    const std::uint64_t steps = std::min(dice.below(72), dice.below(72));
    return Rate::from_bp(step_bp * static_cast<std::int32_t>(1 + steps));
}

/// A legal rate that is not `standing`.
Rate other_rate(Dice& dice, Rate standing) {
    const Rate rate = Rate::from_bp(step_bp * static_cast<std::int32_t>(1 + dice.below(72)));
    if (rate != standing) return rate;
    return Rate::from_bp(standing.bp() == step_bp ? 2 * step_bp : standing.bp() - step_bp);
}

/// The requests of one bidder in one batch.
class BidderPlan {
public:
    BidderPlan(const PlanOptions& options, Dice& dice, std::uint32_t bidder, Strategy strategy)
        : options_{options}, dice_{dice}, bidder_{bidder}, strategy_{strategy} {}

    void make(const std::vector<Appeal>& items, std::vector<PlannedRequest>& out) {
        choose_items(items);
        place_first_bids(out);
        change_some(out);
        if (!chosen_.empty() && dice_.chance(options_.late_percent))
            out.push_back({.at_permille = late_at,
                           .bidder = bidder_,
                           .bids = {{chosen_.front().item, BidKind::place,
                                     other_rate(dice_, chosen_.front().rate)}}});
    }

private:
    void choose_items(const std::vector<Appeal>& items) {
        std::vector<std::uint32_t> all(items.size());
        std::iota(all.begin(), all.end(), 0U);
        const auto middle = static_cast<std::uint64_t>(std::max(options_.bids_a_bidder, 1));
        std::uint64_t wanted = middle / 2 + dice_.below(middle + 1);
        if (strategy_ == Strategy::group) wanted *= 2;
        if (strategy_ == Strategy::zero) wanted /= 3;
        for (std::size_t i = 0; i < all.size() && chosen_.size() < wanted; ++i) {
            std::swap(all[i], all[i + dice_.below(all.size() - i)]);
            if (fancies(dice_, strategy_, items[all[i]]))
                chosen_.push_back({all[i], BidKind::place, draw_rate(dice_, strategy_)});
        }
    }

    void place_first_bids(std::vector<PlannedRequest>& out) {
        std::vector<PlannedBid> bulk;
        for (const PlannedBid& bid : chosen_) {
            if (dice_.chance(options_.singles_percent)) {
                add(out, {bid}, false, dice_.below(first_bids_until));
                continue;
            }
            bulk.push_back(bid);
            if (bulk.size() < static_cast<std::size_t>(std::max(options_.bulk_lines, 1))) continue;
            add(out, std::exchange(bulk, {}), true, dice_.below(first_bids_until));
        }
        if (!bulk.empty()) add(out, std::move(bulk), true, dice_.below(first_bids_until));
    }

    /// After the first bids, so that a change always meets what it changes.
    void change_some(std::vector<PlannedRequest>& out) {
        for (PlannedBid& bid : chosen_) {
            const auto at = [&] { return first_bids_until + dice_.below(1000 - first_bids_until); };
            if (dice_.chance(options_.withdraw_percent)) {
                add(out, {{bid.item, BidKind::withdraw, Rate{}}}, false, at());
            } else if (dice_.chance(options_.rebid_percent)) {
                bid.rate = other_rate(dice_, bid.rate);
                add(out, {bid}, false, at());
            }
        }
    }

    void add(std::vector<PlannedRequest>& out, std::vector<PlannedBid> bids, bool bulk,
             std::uint64_t at) const {
        out.push_back({.at_permille = static_cast<std::uint32_t>(at),
                       .bidder = bidder_,
                       .bulk = bulk,
                       .bids = std::move(bids)});
    }

    const PlanOptions& options_;
    Dice& dice_;
    std::uint32_t bidder_;
    Strategy strategy_;
    std::vector<PlannedBid> chosen_;
};

bool is_percent(int value) {
    return value >= 0 && value <= 100;
}

} // namespace

Result<PlanOptions> read_plan_options(std::string_view json) {
    SO_TRY(const boost::json::value document, parse_json_strict(json));
    const auto refuse = [](std::string message) {
        return fail(ErrorCode::invalid_input, "plan.invalid", std::move(message));
    };
    if (!document.is_object()) return refuse("a plan is a JSON object");
    PlanOptions options;
    std::string wrong;
    std::size_t known = 0;
    for_each_member(options, [&](std::string_view name, auto& member) {
        const boost::json::value* found = document.get_object().if_contains(name);
        if (!found) return;
        ++known;
        AnswerReader reader;
        reader.read(*found, name, member);
        if (!reader.fault().empty() || member < 0) wrong = name;
    });
    if (!wrong.empty()) return refuse(wrong + " has a wrong value");
    if (known != document.get_object().size()) return refuse("the plan has an unknown key");
    for (const int percent : {options.singles_percent, options.rebid_percent,
                              options.withdraw_percent, options.late_percent})
        if (!is_percent(percent)) return refuse("a percentage is 0 to 100");
    if (options.bulk_lines < 1 || options.bulk_lines > 8192)
        return refuse("bulk_lines must be 1 to 8192");
    if (options.floor_share + options.value_share + options.zero_share < 1)
        return refuse("the shares must not all be 0");
    return options;
}

std::vector<Strategy> deal_strategies(const PlanOptions& options, std::size_t count,
                                      std::size_t groups) {
    const auto floor_share = static_cast<std::size_t>(options.floor_share);
    const auto value_share = static_cast<std::size_t>(options.value_share);
    const std::size_t total =
        floor_share + value_share + static_cast<std::size_t>(options.zero_share);
    Dice dice{static_cast<std::uint64_t>(options.seed)};
    std::vector<Strategy> strategies;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t card = dice.below(total);
        strategies.push_back(i < groups                         ? Strategy::group
                             : card < floor_share               ? Strategy::floor
                             : card < floor_share + value_share ? Strategy::value
                                                                : Strategy::zero);
    }
    return strategies;
}

std::vector<PlannedRequest> plan_bids(const PlanOptions& options, std::uint32_t batch_number,
                                      std::uint32_t items, const std::vector<Strategy>& bidders) {
    std::vector<PlannedRequest> requests;
    const std::vector<Appeal> appeal = deal_appeal(options, batch_number, items);
    Dice dice{static_cast<std::uint64_t>(options.seed) * 0x100000001b3ULL + batch_number};
    for (std::uint32_t bidder = 0; bidder < bidders.size(); ++bidder)
        BidderPlan{options, dice, bidder, bidders[bidder]}.make(appeal, requests);
    std::ranges::sort(requests, {}, [](const PlannedRequest& request) {
        return std::tuple{request.at_permille, request.bidder, request.bids.front().item};
    });
    return requests;
}

} // namespace strikeoff::client
