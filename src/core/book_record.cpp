#include "core/book_record.hpp"

#include "core/ordered.hpp"
#include "core/sha256.hpp"

#include <algorithm>
#include <cassert>

namespace strikeoff {
namespace {

std::uint32_t count_of(std::size_t size) {
    assert(size <= UINT32_MAX);
    return static_cast<std::uint32_t>(size);
}

std::uint64_t cents_of(Money amount) {
    assert(amount.cents() >= 0);
    return static_cast<std::uint64_t>(amount.cents());
}

} // namespace

Money published_budget(Money left, Money live_total) {
    return std::max(Money{}, std::min(left, live_total));
}

Bytes encode_lots(std::span<const BookLot> lots) {
    ByteWriter out;
    out.label("strikeoff/lots/v1").u32(count_of(lots.size()));
    for (const BookLot* lot : ordered(lots, &BookLot::adv_no))
        out.u32(lot->adv_no).bytes(lot->certificate.bytes()).u64(cents_of(lot->face));
    return out.take();
}

Bytes encode_book(std::span<const BookLot> lots, std::span<const BookBidder> bidders) {
    ByteWriter out;
    out.label("strikeoff/book/v1").u32(count_of(lots.size()));
    for (const BookLot* lot : ordered(lots, &BookLot::adv_no)) {
        out.u32(lot->adv_no).bytes(lot->certificate.bytes()).u64(cents_of(lot->face));
        out.u8(lot->offered ? 1 : 0);
    }
    out.u32(count_of(bidders.size()));
    for (const BookBidder* bidder : ordered(bidders, &BookBidder::ref)) {
        out.bytes(bidder->ref).u64(cents_of(bidder->budget)).u32(bidder->weight);
        out.u8(bidder->eligible ? 1 : 0);
    }
    return out.take();
}

Bytes encode_groups(std::span<const BookGroup> groups) {
    ByteWriter out;
    out.label("strikeoff/groups/v1").u32(count_of(groups.size()));
    for (const BookGroup* group : ordered(groups, &BookGroup::ref)) {
        out.bytes(group->ref).u32(count_of(group->members.size()));
        for (const BidderNumberId& member : group->members)
            out.bytes(member.bytes());
    }
    return out.take();
}

Hash lots_hash(std::span<const BookLot> lots) {
    return sha256(ByteView{encode_lots(lots)});
}

Hash book_hash(std::span<const BookLot> lots, std::span<const BookBidder> bidders) {
    return sha256(ByteView{encode_book(lots, bidders)});
}

Hash groups_hash(std::span<const BookGroup> groups) {
    return sha256(ByteView{encode_groups(groups)});
}

} // namespace strikeoff
