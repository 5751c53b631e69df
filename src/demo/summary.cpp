#include "demo/summary.hpp"

#include "modules/onboarding/onboarding.hpp"

namespace strikeoff::demo {
namespace {

/// Of a bidder with deposits that cover ten times their amount, as in the demo's sales.
Money budget_left(const onboarding::Bidder& bidder) {
    Money limit = mul_div_half_up(bidder.deposits, 10, 1);
    if (bidder.own_limit) limit = std::min(limit, *bidder.own_limit);
    return limit - bidder.awarded;
}

} // namespace

std::string summary_of(const Service& service, const Cast& cast, const Sale& sale,
                       const Audit& audit) {
    client::Api staff{service.address(), cast.staff.front().key};
    const auto bidders = expect(
        staff.list<onboarding::Bidder>("/api/v1/auctions/" + sale.auction.text() + "/bidders"),
        "bidders");
    const Money usual_face = mul_div_half_up(audit.face_awarded, 1, std::max(audit.awarded, 1));
    Money deposits;
    std::int64_t numbers = 0;
    std::int64_t used_up = 0;
    for (const onboarding::Bidder& bidder : bidders) {
        deposits += bidder.deposits;
        numbers += bidder.weight;
        used_up += budget_left(bidder) < usual_face ? 1 : 0;
    }
    return fmt::format(
        "  items      {}: {} awarded ({} after a draw), {} struck to the county, {} withdrawn\n"
        "  bidders    {} with {} bidder numbers; the budget of {} is used up\n"
        "  money      {} face awarded, {} deposits\n"
        "  proofs     {} transcripts with {} leaves and {} receipts verified\n"
        "  awards by rate\n{}",
        thousands(audit.items), thousands(audit.awarded), thousands(audit.ties),
        thousands(audit.struck), audit.withdrawn, bidders.size(), thousands(numbers), used_up,
        format_money(audit.face_awarded), format_money(deposits), audit.batches,
        thousands(audit.leaves), thousands(audit.receipts), rate_histogram(audit.rates));
}

std::string thousands(std::int64_t value) {
    std::string text = std::to_string(value);
    for (std::size_t at = text.size(); at > 3;)
        text.insert(at -= 3, 1, ',');
    return text;
}

} // namespace strikeoff::demo
