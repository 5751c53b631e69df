#include "core/batch_result.hpp"

#include <algorithm>
#include <cassert>

namespace strikeoff {
namespace {

ResultRow result_row(const ClearingItem& item, const Award& award,
                     std::span<const BookBidder> bidders) {
    ResultRow row;
    row.adv_no = item.adv_no;
    row.certificate = item.certificate_id;
    row.outcome = award.outcome;
    row.round = item.round;
    if (award.outcome == Outcome::withdrawn) return row;
    row.rate = award.rate;
    if (award.outcome == Outcome::struck) return row;
    row.bidder_ref = bidders[award.bidder].ref;
    row.member = award.member;
    return row;
}

} // namespace

std::vector<ResultRow> award_batch(const AwardRules& rules, std::span<const BookLot> lots,
                                   std::span<const std::uint32_t> rounds,
                                   std::span<const BookBidder> bidders,
                                   std::span<const LiveBid> bids, const Hash& prk) {
    assert(rounds.size() == lots.size());
    std::vector<ClearingItem> items;
    items.reserve(lots.size());
    for (std::size_t i = 0; i < lots.size(); ++i)
        items.push_back(
            {lots[i].adv_no, lots[i].certificate, lots[i].face, rounds[i], lots[i].offered});
    std::vector<ClearingBidder> competitors;
    competitors.reserve(bidders.size());
    for (const BookBidder& bidder : bidders)
        competitors.push_back({bidder.ref, bidder.budget, bidder.weight, bidder.eligible});

    const std::vector<Award> awards = clear(rules, items, competitors, bids, prk);
    std::vector<ResultRow> rows;
    rows.reserve(items.size());
    for (std::size_t i = 0; i < items.size(); ++i)
        rows.push_back(result_row(items[i], awards[i], bidders));
    std::ranges::sort(rows, {}, &ResultRow::adv_no);
    return rows;
}

} // namespace strikeoff
