// Covers: src/modules/bids/journal.cpp src/modules/bids/book.cpp src/core/folding.cpp
// Covers: src/core/leaf.cpp
#include "core/folding.hpp"
#include "input.hpp"
#include "modules/bids/book.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <set>

namespace {

using namespace strikeoff;
using namespace strikeoff::bids;

constexpr std::uint32_t lots = 4; ///< Numbered from 1.
constexpr std::uint32_t bidders = 3;

Uuid uuid_of(std::uint8_t last) {
    Uuid uuid;
    uuid.bytes[6] = 0x70;
    uuid.bytes[15] = last;
    return uuid;
}

Book small_book(fuzz::Numbers& numbers) {
    BookTerms terms;
    if (numbers.below(2) == 1) terms.rules.zero_bids = ZeroBids::refused;
    terms.rules.rate_step = Rate::from_bp(static_cast<std::int32_t>(1 + numbers.below(250)));
    for (std::uint32_t i = 1; i <= lots; ++i)
        terms.lots.push_back({.number = i,
                              .certificate = {uuid_of(static_cast<std::uint8_t>(i))},
                              .offered = numbers.below(4) != 0});
    for (std::uint32_t i = 0; i < bidders; ++i)
        terms.bidders.push_back({.number = i,
                                 .user = {uuid_of(static_cast<std::uint8_t>(i))},
                                 .eligible = numbers.below(4) != 0});
    return Book{std::move(terms)};
}

/// What stands, by the plainest reading of draw.md, "Folding".
class Model {
public:
    struct Entry {
        std::uint32_t rank = 0;
        std::uint16_t rate_bp = 0;
        BidId bid;
    };
    using Place = std::pair<std::uint32_t, std::uint32_t>; ///< Bidder and lot.

    void apply(const JournalRecord& record) {
        const std::uint32_t rank = count_++;
        if (!seen_.insert({record.bidder, record.bid}).second) return;
        const Place place{record.bidder, record.lot};
        if (record.kind == BidKind::withdraw) {
            standing_.erase(place);
            return;
        }
        const auto found = standing_.find(place);
        if (found != standing_.end() && found->second.rate_bp == record.rate_bp) return;
        standing_[place] = {rank, record.rate_bp, record.bid};
    }
    const std::map<Place, Entry>& standing() const { return standing_; }

private:
    std::uint32_t count_ = 0;
    std::set<std::pair<std::uint32_t, BidId>> seen_;
    std::map<Place, Entry> standing_;
};

/// The journal as the book, the folding and the model read it, side by side.
class Journals {
public:
    explicit Journals(Book book) : book_{std::move(book)} {}

    void append(std::vector<JournalRecord> records) {
        now_ = now_ + std::chrono::microseconds{1};
        for (const JournalRecord& record : records) {
            folding_.apply(record.bidder, record.lot, record.bid, record.kind,
                           Rate::from_bp(record.rate_bp));
            model_.apply(record);
        }
        book_.apply({book_.next_seq(), now_, std::move(records)});
    }

    void offer(std::uint32_t bidder, const Wish& wish) {
        const Bidder* const who = book_.bidder_of({uuid_of(static_cast<std::uint8_t>(bidder))});
        const auto admission = admit(book_, who, wish);
        if (!admission) {
            assert(admission.error().reason.starts_with("bid."));
            return;
        }
        if (*admission == Admission::unchanged) {
            const Lot* const lot = book_.lot_of(wish.certificate);
            assert(book_.standing(who->number, lot->number)->rate == wish.rate);
        }
        if (*admission != Admission::admitted) return;
        const Lot* const lot = book_.lot_of(wish.certificate);
        append({{.bid = wish.bid,
                 .lot = lot->number,
                 .bidder = who->number,
                 .rate_bp = static_cast<std::uint16_t>(wish.rate.bp()),
                 .kind = wish.kind}});
        assert(admit(book_, who, wish) == Admission::replayed);
        const Standing* const standing = book_.standing(who->number, lot->number);
        assert((standing != nullptr) == (wish.kind == BidKind::place));
        assert(!standing || standing->rate == wish.rate);
    }

    void check() const {
        std::map<Model::Place, LiveBid> folded;
        for (const LiveBid& bid : folding_.live_bids())
            assert(folded.insert({{bid.bidder, bid.item}, bid}).second);
        assert(folded.size() == model_.standing().size());
        for (const auto& [place, entry] : model_.standing()) {
            const auto found = folded.find(place);
            assert(found != folded.end() && found->second.rank == entry.rank &&
                   found->second.rate_bp == entry.rate_bp);
            const Standing* const standing = book_.standing(place.first, place.second);
            assert(standing && standing->bid == entry.bid && standing->rate.bp() == entry.rate_bp);
        }
        for (std::uint32_t bidder = 0; bidder < bidders; ++bidder)
            for (std::uint32_t lot = 1; lot <= lots; ++lot)
                assert(!book_.standing(bidder, lot) || model_.standing().contains({bidder, lot}));
    }

private:
    Book book_;
    Folding folding_{7};
    Model model_;
    Instant now_;
};

/// Bytes of the journal come back as they are, whatever they say.
void check_records(ByteView bytes) {
    const ByteView whole = bytes.first(bytes.size() / record_size * record_size);
    const std::vector<JournalRecord> records = decode_records(whole);
    assert(std::ranges::equal(encode_records(records), whole));
    if (bytes.size() < leaf_size) return;
    const auto leaf = decode_leaf(bytes.first<leaf_size>());
    if (leaf) assert(std::ranges::equal(encode_leaf(*leaf), bytes.first<leaf_size>()));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    check_records({data, size});
    fuzz::Numbers numbers{{data, size}};
    Journals journals{small_book(numbers)};
    while (!numbers.at_end()) {
        const std::uint8_t choice = numbers.byte();
        const BidKind kind = choice & 1 ? BidKind::withdraw : BidKind::place;
        const std::uint32_t bidder = (choice >> 1) % (bidders + 1);
        const auto lot = static_cast<std::uint8_t>((choice >> 3) % (lots + 2));
        const BidId bid{uuid_of(numbers.byte())};
        const std::uint16_t rate_bp =
            kind == BidKind::withdraw ? 0 : static_cast<std::uint16_t>(numbers.byte() * 25);
        if (choice & 0x80) {
            journals.offer(bidder, {.bid = bid,
                                    .certificate = {uuid_of(lot)},
                                    .kind = kind,
                                    .rate = Rate::from_bp(rate_bp)});
            continue;
        }
        // What another process has stored: any bidder and lot, several at a time.
        const JournalRecord record{
            .bid = bid, .lot = lot, .bidder = bidder, .rate_bp = rate_bp, .kind = kind};
        journals.append({record, record});
    }
    journals.check();
    return 0;
}
