#include "torture/clients.hpp"

#include <iterator>

namespace strikeoff::torture {
namespace {

bool same(const bids::Wish& a, const bids::Wish& b) {
    return a.bid == b.bid && a.certificate == b.certificate && a.kind == b.kind &&
           (a.kind == BidKind::withdraw || a.rate == b.rate);
}

} // namespace

BidId Clients::fresh_bid() {
    Bytes16 random;
    store_be64(random.data(), random_());
    store_be64(random.data() + 8, random_());
    return BidId{make_uuid_v7(world_.now(), random)};
}

bids::Wish Clients::random_wish(const BatchFacts& batch) {
    const bids::Lot& lot = batch.lots[random_() % batch.lots.size()];
    bids::Wish wish{.bid = fresh_bid(), .certificate = lot.certificate};
    if (world_.sale().format == Format::open)
        wish.rate = Rate::from_bp(static_cast<int>(random_() % 73) * 25);
    else if (random_() % 6 == 0)
        wish.kind = BidKind::withdraw;
    else
        wish.rate = Rate::from_bp(static_cast<int>(random_() % 8) * 25); // Few rates: many ties.
    return wish;
}

std::shared_ptr<Call> Clients::call(std::size_t process, std::size_t bidder, BatchId batch,
                                    std::vector<bids::Wish> wishes) {
    auto call = std::make_shared<Call>();
    call->process = process;
    call->bidder = bidder;
    call->batch = batch;
    call->submission = {.batch = batch,
                        .user = world_.sale().bidders[bidder].user,
                        .source = static_cast<std::uint32_t>(process + 1),
                        .joint = wishes.size() > 1,
                        .wishes = std::move(wishes)};
    for (const bids::Wish& wish : call->submission.wishes) {
        const auto [bid, fresh] =
            known_[batch].try_emplace({bidder, wish.bid}, KnownBid{.wish = wish});
        if (bid->second.accepted_at) call->promised.insert(wish.bid);
    }
    return call;
}

std::shared_ptr<Call> Clients::next_call(std::size_t process) {
    const SaleFacts sale = world_.sale();
    const BatchFacts& batch = sale.batches[random_() % sale.batches.size()];
    std::size_t bidder = random_() % sale.bidders.size();
    std::vector<bids::Wish> wishes;
    const auto& known = known_[batch.id];
    const auto dice = random_() % 20;
    if (dice < 6 && !known.empty()) {
        // Once more what was asked before, by the same bidder, at times with other content.
        const auto again =
            std::next(known.begin(), static_cast<std::ptrdiff_t>(random_() % known.size()));
        bidder = again->first.first;
        bids::Wish wish = again->second.wish;
        if (dice == 0 && wish.kind == BidKind::place)
            wish.rate = Rate::from_bp(wish.rate.bp() == 100 ? 125 : 100);
        wishes.push_back(wish);
    } else if (dice < 8) {
        for (auto left = random_() % 4 + 2; left > 0; --left)
            wishes.push_back(random_wish(batch));
    } else {
        wishes.push_back(random_wish(batch));
    }
    return call(process, bidder, batch.id, std::move(wishes));
}

void Clients::unanswered(const Call& call) {
    for (const bids::Wish& wish : call.submission.wishes) {
        KnownBid& bid = known_[call.batch].at({call.bidder, wish.bid});
        // Of two contents under one id either may have been stored first.
        if (!bid.accepted_at) bid.uncertain = true;
    }
}

void Clients::answered(const Call& call, const std::vector<bids::Line>& lines) {
    if (lines.size() != call.submission.wishes.size()) {
        faults.push_back("an answer has another number of lines than its request");
        return;
    }
    for (const bids::Line& line : lines)
        take_line(call, line);
}

void Clients::take_line(const Call& call, const bids::Line& line) {
    using bids::LineStatus;
    KnownBid& bid = known_[call.batch].at({call.bidder, line.wish.bid});
    const std::string name = line.wish.bid.text();
    switch (line.status) {
    case LineStatus::unchanged:
        ++unchanged;
        if (call.promised.contains(line.wish.bid) && same(bid.wish, line.wish))
            faults.push_back("bid " + name + " was accepted before and is called unchanged");
        return;
    case LineStatus::refused:
        ++refused[line.error.reason];
        if (call.promised.contains(line.wish.bid) && same(bid.wish, line.wish))
            faults.push_back("bid " + name +
                             " was accepted before and is refused: " + line.error.reason);
        bid.called_reused |= line.error.reason == "bid.id_reused";
        return;
    case LineStatus::accepted:
        ++accepted;
        break;
    case LineStatus::replayed:
        ++replayed;
        break;
    }
    if (bid.accepted_at && !same(bid.wish, line.wish))
        faults.push_back("bid " + name + " was accepted twice, with different content");
    if (bid.accepted_at && *bid.accepted_at != line.accepted_at)
        faults.push_back("bid " + name + " was accepted at two times");
    bid.wish = line.wish;
    bid.accepted_at = line.accepted_at;
    bid.receipts.push_back(line.receipt);
}

} // namespace strikeoff::torture
