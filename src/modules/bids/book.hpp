#pragma once

#include "core/award_rules.hpp"
#include "core/leaf.hpp"
#include "core/open_items.hpp"
#include "core/sha256.hpp"
#include "modules/bids/journal.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace strikeoff::bids {

/// Open addressing: no allocation for an entry, one cache miss for a look-up.
template <class Key, class Value, class Hash_ = std::hash<Key>>
using FlatMap = boost::unordered_flat_map<Key, Value, Hash_>;

struct Lot {
    std::uint32_t number = 0; ///< Advertised number.
    CertificateId certificate;
    Money face;
    bool offered = true;
};

struct Bidder {
    std::uint32_t number = 0;
    UserId user;
    Bytes16 ref{};
    std::uint32_t weight = 1;
    bool eligible = true;
    std::string missing;                 ///< What keeps a bidder from bidding who is not barred.
    std::vector<std::uint32_t> own_lots; ///< Advertised numbers of the bidder's own parcels.

    bool owns(std::uint32_t lot) const {
        return std::ranges::find(own_lots, lot) != own_lots.end();
    }
};

/// What a bidder's bid on a lot stands at.
struct Standing {
    BidId bid;
    Rate rate;
    Instant accepted_at;
};

/// A change that was accepted, remembered by the client's id.
struct Accepted {
    std::uint32_t lot = 0;
    BidKind kind = BidKind::place;
    Rate rate;
    Instant accepted_at;
};

/// The part of a book that the database gives and that only changes with its version.
struct BookTerms {
    BatchId batch;
    AuctionId auction;
    CountyId county;
    std::int64_t version = 0;
    AwardRules rules;
    Hash opening{}; ///< The latest `O`, which receipts name.
    std::shared_ptr<const HmacSha256> blind_key;
    bool reserves = false;           ///< Whether a bid reserves its face from the budget.
    int deposit_percent = 0;         ///< Where bids reserve.
    Instant end = {};                ///< As opened; for the open format.
    std::vector<EndMove> moves = {}; ///< Of the end, likewise.
    std::vector<Lot> lots;
    std::vector<Bidder> bidders;
};

/// What a client wants of one lot.
struct Wish {
    BidId bid;
    CertificateId certificate;
    BidKind kind = BidKind::place;
    Rate rate;
};

/// The open batch as one process knows it: terms, and the heads that the journal's prefix up to
/// `next_seq` makes. One thread uses it.
class Book {
public:
    explicit Book(BookTerms terms);

    /// Takes newer terms; the heads stay.
    void renew(BookTerms terms);
    /// Takes in what the database says of a bidder by now.
    void add_bidder(const Bidder& bidder);
    /// Takes in a change that was accepted before the book began to remember.
    void remember(std::uint32_t bidder, BidId bid, const Accepted& accepted);
    /// Applies the next block of the journal.
    void apply(const Block& block);
    /// Forgets ids older than `before`, by their own time and by that of their acceptance, unless
    /// `keep` wants them.
    void forget_before(Instant before, const std::function<bool(BidId)>& keep);

    const BookTerms& terms() const { return terms_; }
    std::int64_t next_seq() const { return next_seq_; }
    const Lot* lot_of(CertificateId certificate) const;
    const Lot* lot_numbered(std::uint32_t number) const;
    const Bidder* bidder_of(UserId user) const;
    const Standing* standing(std::uint32_t bidder, std::uint32_t lot) const;
    /// The items of a batch in the open format.
    const OpenItems* open_items() const { return open_items_ ? &*open_items_ : nullptr; }
    /// Whether its bids depend on those before them, so that they are decided one after the other.
    bool is_ordered() const { return terms_.reserves || open_items_; }
    /// What a bidder's bids in the batch reserve.
    Money reserved(std::uint32_t bidder) const;
    /// What an admitted record would change: its bidder's reserve, and that of who led until then.
    std::vector<Reserved> reserve_changes(const JournalRecord& record) const;
    const Accepted* accepted(std::uint32_t bidder, BidId bid) const;

private:
    struct AcceptedKey {
        std::uint32_t bidder = 0;
        BidId bid;
        friend bool operator==(const AcceptedKey&, const AcceptedKey&) = default;
    };
    struct AcceptedHash {
        std::size_t operator()(const AcceptedKey& key) const noexcept {
            return std::hash<BidId>{}(key.bid) ^ key.bidder;
        }
    };
    void index_terms();
    void count_reserves();
    void reserve(const JournalRecord& record);

    BookTerms terms_;
    FlatMap<CertificateId, std::size_t> lots_by_certificate_;
    FlatMap<std::uint32_t, std::size_t> lots_by_number_;
    FlatMap<UserId, std::size_t> bidders_by_user_;
    FlatMap<std::uint64_t, Standing> standing_; ///< By bidder << 32 | lot.
    FlatMap<AcceptedKey, Accepted, AcceptedHash> accepted_;
    std::optional<OpenItems> open_items_;
    FlatMap<std::uint32_t, std::int64_t> reserved_; ///< Cents, by bidder, where bids reserve.
    std::int64_t next_seq_ = 0;
};

/// What admission makes of a wish.
enum class Admission : std::uint8_t {
    admitted, ///< To the journal with it.
    replayed, ///< It was accepted before, under the same id and with the same content.
    unchanged ///< The bid already stands at that rate: nothing is stored, the rank stays.
};

/// Admits or refuses a wish against the book. Pure. The replay check comes before everything else:
/// who lost the answer at the last second must hear "accepted", not "closed".
/// Reasons: bid.id_malformed, bid.id_reused, bid.not_registered, bid.barred, bid.not_eligible,
/// bid.lot_unknown, bid.lot_withdrawn, bid.owner_of_parcel, bid.rate_off_step, bid.zero_refused,
/// bid.nothing_to_withdraw; in the open format bid.stands, bid.item_ended, bid.not_lower. `now` is
/// a time that the database's clock has shown, for ends of items; with none only bids end them.
Result<Admission> admit(const Book& book, const Bidder* bidder, const Wish& wish,
                        std::optional<Instant> now = {});

} // namespace strikeoff::bids
