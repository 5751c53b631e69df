#include "modules/bids/book.hpp"

#include <fmt/format.h>

#include <cassert>

namespace strikeoff::bids {
namespace {

std::uint64_t head_key(std::uint32_t bidder, std::uint32_t lot) {
    return std::uint64_t{bidder} << 32 | lot;
}

/// For people, what `auction_bidders.missing` says in words of its own.
std::string words_for_missing(std::string_view missing) {
    std::string words;
    for (const auto& [word, meaning] :
         {std::pair{"tax_form", "an accepted tax form (W-9) of the year that the county asks for"},
          std::pair{"agreement", "your consent to the bidding agreement"},
          std::pair{"deposit", "the deposit that is required of you"}}) {
        if (!missing.contains(word)) continue;
        if (!words.empty()) words += "; ";
        words += meaning;
    }
    return words;
}

} // namespace

Book::Book(BookTerms terms) : terms_{std::move(terms)} {
    index_terms();
    if (terms_.rules.format == Format::open)
        open_items_.emplace(terms_.rules, terms_.end, terms_.moves);
}

void Book::renew(BookTerms terms) {
    assert(terms.batch == terms_.batch);
    terms_ = std::move(terms);
    index_terms();
    if (open_items_) open_items_->set_moves(terms_.moves);
    if (terms_.reserves) count_reserves();
}

void Book::index_terms() {
    lots_by_certificate_.clear();
    lots_by_number_.clear();
    bidders_by_user_.clear();
    for (std::size_t i = 0; i < terms_.lots.size(); ++i) {
        lots_by_certificate_[terms_.lots[i].certificate] = i;
        lots_by_number_[terms_.lots[i].number] = i;
    }
    for (std::size_t i = 0; i < terms_.bidders.size(); ++i)
        bidders_by_user_[terms_.bidders[i].user] = i;
}

/// From nothing, as lots may have been withdrawn.
void Book::count_reserves() {
    reserved_.clear();
    const auto add = [&](std::uint32_t bidder, const Lot& lot) {
        if (lot.offered) reserved_[bidder] += lot.face.cents();
    };
    if (!open_items_)
        for (const auto& [key, unused] : standing_)
            add(static_cast<std::uint32_t>(key >> 32),
                *lot_numbered(static_cast<std::uint32_t>(key)));
    else
        for (const Lot& lot : terms_.lots)
            if (const auto lead = open_items_->lead(lot.number)) add(lead->bidder, lot);
}

Money Book::reserved(std::uint32_t bidder) const {
    const auto found = reserved_.find(bidder);
    return found == reserved_.end() ? Money{} : Money::from_cents(found->second);
}

std::vector<Reserved> Book::reserve_changes(const JournalRecord& record) const {
    const Lot* const lot = lot_numbered(record.lot);
    if (!terms_.reserves || !lot || !lot->offered) return {};
    if (open_items_) {
        const auto lead = open_items_->lead(record.lot);
        if (lead && lead->bidder == record.bidder) return {};
        std::vector<Reserved> changes{{record.bidder, lot->face}};
        if (lead) changes.push_back({lead->bidder, Money{} - lot->face});
        return changes;
    }
    const bool stands = standing(record.bidder, record.lot) != nullptr;
    const bool place = record.kind == BidKind::place;
    if (stands == place) return {};
    return {{record.bidder, place ? lot->face : Money{} - lot->face}};
}

/// Before the record is taken in.
void Book::reserve(const JournalRecord& record) {
    for (const Reserved& change : reserve_changes(record))
        reserved_[change.bidder] += change.amount.cents();
}

void Book::add_bidder(const Bidder& bidder) {
    const auto [entry, fresh] = bidders_by_user_.try_emplace(bidder.user, terms_.bidders.size());
    if (fresh)
        terms_.bidders.push_back(bidder);
    else
        terms_.bidders[entry->second] = bidder;
}

void Book::remember(std::uint32_t bidder, BidId bid, const Accepted& accepted) {
    accepted_.try_emplace({bidder, bid}, accepted);
}

void Book::apply(const Block& block) {
    assert(block.first_seq == next_seq_);
    for (const JournalRecord& record : block.records) {
        const Rate rate = Rate::from_bp(record.rate_bp);
        const auto [entry, fresh] =
            accepted_.try_emplace({record.bidder, record.bid},
                                  Accepted{record.lot, record.kind, rate, block.accepted_at});
        if (!fresh) continue; // An id that occurred before makes a void leaf.
        if (terms_.reserves) reserve(record);
        if (open_items_) open_items_->apply(record.lot, record.bidder, rate, block.accepted_at);
        if (record.kind == BidKind::withdraw) {
            standing_.erase(head_key(record.bidder, record.lot));
            continue;
        }
        Standing& standing = standing_[head_key(record.bidder, record.lot)];
        // The rate that stands already keeps its rank.
        const bool stands = !(standing.bid == BidId{}) && standing.rate == rate;
        if (!stands) standing = {record.bid, rate, block.accepted_at};
    }
    next_seq_ += static_cast<std::int64_t>(block.records.size());
}

void Book::forget_before(Instant before, const std::function<bool(BidId)>& keep) {
    boost::unordered::erase_if(accepted_, [&](const auto& entry) {
        return uuid_v7_time(entry.first.bid.uuid) < before && entry.second.accepted_at < before &&
               !keep(entry.first.bid);
    });
}

const Lot* Book::lot_of(CertificateId certificate) const {
    const auto found = lots_by_certificate_.find(certificate);
    return found == lots_by_certificate_.end() ? nullptr : &terms_.lots[found->second];
}

const Lot* Book::lot_numbered(std::uint32_t number) const {
    const auto found = lots_by_number_.find(number);
    return found == lots_by_number_.end() ? nullptr : &terms_.lots[found->second];
}

const Bidder* Book::bidder_of(UserId user) const {
    const auto found = bidders_by_user_.find(user);
    return found == bidders_by_user_.end() ? nullptr : &terms_.bidders[found->second];
}

const Standing* Book::standing(std::uint32_t bidder, std::uint32_t lot) const {
    const auto found = standing_.find(head_key(bidder, lot));
    return found == standing_.end() ? nullptr : &found->second;
}

const Accepted* Book::accepted(std::uint32_t bidder, BidId bid) const {
    const auto found = accepted_.find({bidder, bid});
    return found == accepted_.end() ? nullptr : &found->second;
}

namespace {

/// What the open format asks besides: of a bid whose rate is legal.
Result<Admission> admit_open(const OpenItems& items, const Bidder& bidder, const Lot& lot,
                             const Wish& wish, std::optional<Instant> now) {
    if (wish.kind == BidKind::withdraw)
        return fail(ErrorCode::rule_violation, "bid.stands",
                    "in an open sale a bid stands until a lower one takes its place");
    const OpenItems::State state = items.state(lot.number);
    if (state.lead && state.lead->bidder == bidder.number && state.lead->rate == wish.rate)
        return Admission::unchanged;
    if (state.is_final || (now && *now >= state.end))
        return fail(ErrorCode::conflict, "bid.item_ended", "bidding on this item has ended");
    if (wish.rate <= items.highest_next(state.lead)) return Admission::admitted;
    return fail(ErrorCode::conflict, "bid.not_lower",
                fmt::format("the item stands at {}; a bid must be at least a step lower",
                            format_rate(state.lead->rate)));
}

} // namespace

Result<Admission> admit(const Book& book, const Bidder* bidder, const Wish& wish,
                        std::optional<Instant> now) {
    if (wish.bid.uuid.version() != 7)
        return fail(ErrorCode::invalid_input, "bid.id_malformed", "bid_id must be a UUIDv7");
    if (!bidder)
        return fail(ErrorCode::rule_violation, "bid.not_registered",
                    "you are not registered as a bidder of this sale");
    const Lot* const lot = book.lot_of(wish.certificate);
    if (const Accepted* before = book.accepted(bidder->number, wish.bid)) {
        const bool same = lot && before->lot == lot->number && before->kind == wish.kind &&
                          before->rate == wish.rate;
        if (same) return Admission::replayed;
        return fail(ErrorCode::conflict, "bid.id_reused",
                    "this bid_id was used for a bid with another content");
    }
    if (!bidder->eligible)
        return bidder->missing.empty()
                   ? fail(ErrorCode::rule_violation, "bid.barred", "you may not bid in this sale")
                   : fail(ErrorCode::rule_violation, "bid.not_eligible",
                          "you may bid in this sale once there is " +
                              words_for_missing(bidder->missing));
    if (!lot)
        return fail(ErrorCode::not_found, "bid.lot_unknown", "the batch has no such certificate");
    if (!lot->offered)
        return fail(ErrorCode::rule_violation, "bid.lot_withdrawn",
                    "the certificate was withdrawn from the sale");
    const OpenItems* const open_items = book.open_items();
    const Standing* const standing = book.standing(bidder->number, lot->number);
    if (wish.kind == BidKind::withdraw && !open_items) {
        if (standing) return Admission::admitted;
        return fail(ErrorCode::conflict, "bid.nothing_to_withdraw", "you have no bid on this item");
    }
    const bool place = wish.kind == BidKind::place;
    if (place && bidder->owns(lot->number))
        return fail(ErrorCode::rule_violation, "bid.owner_of_parcel",
                    "nobody bids on a parcel of their own");
    if (place && wish.rate == Rate{} && book.terms().rules.zero_bids == ZeroBids::refused)
        return fail(ErrorCode::rule_violation, "bid.zero_refused",
                    "this sale takes no bid of 0.00");
    if (place && !is_legal_rate(book.terms().rules, wish.rate))
        return fail(ErrorCode::rule_violation, "bid.rate_off_step",
                    fmt::format("bid 0.00, or {} to {} in steps of {}",
                                format_rate(book.terms().rules.rate_floor),
                                format_rate(book.terms().rules.rate_start),
                                format_rate(book.terms().rules.rate_step)));
    if (open_items) return admit_open(*open_items, *bidder, *lot, wish, now);
    if (standing && standing->rate == wish.rate) return Admission::unchanged;
    return Admission::admitted;
}

} // namespace strikeoff::bids
