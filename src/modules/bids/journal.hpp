#pragma once

#include "core/describe.hpp"
#include "core/id.hpp"
#include "core/leaf.hpp"
#include "core/money.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

#include <optional>
#include <span>
#include <vector>

namespace strikeoff::bids {

/// One change of a bid as the journal stores it: 32 bytes, integers big-endian.
struct JournalRecord {
    BidId bid;
    std::uint32_t lot = 0;    ///< Advertised number.
    std::uint32_t bidder = 0; ///< Number of the bidder in the auction.
    std::uint32_t source = 0; ///< Interned address and device.
    std::uint16_t rate_bp = 0;
    BidKind kind = BidKind::place;
    std::uint8_t flags = 0;

    friend bool operator==(const JournalRecord&, const JournalRecord&) = default;
};
inline constexpr std::size_t record_size = 32;
inline constexpr std::size_t block_records_max = 8192;

void append_record(Bytes& out, const JournalRecord& record);
JournalRecord read_record(const std::uint8_t* in);
Bytes encode_records(std::span<const JournalRecord> records);
std::vector<JournalRecord> decode_records(ByteView bytes);

/// The id of the row of `bids` that shows one record: the same whoever writes it.
Uuid bid_row_id(BatchId batch, std::uint64_t seq);

/// Bids stored together, all at one time.
struct Block {
    std::int64_t first_seq = 0; ///< Place of its first record in the batch's journal, from 0.
    Instant accepted_at;
    std::vector<JournalRecord> records;
};

enum class Verdict : std::uint8_t {
    stored,
    pending, ///< The batch has not begun.
    paused,
    closing,
    closed,
    ended,       ///< The clock, read under the lock, is at or after the end.
    stale,       ///< The writer's book is of another version.
    outdated,    ///< Somebody whose bids those are may not be let in any more.
    behind,      ///< Decided without all that is stored before it.
    item_ended,  ///< The clock is at or after the end of one of the items.
    over_budget, ///< Some would have reserved more than their budgets have.
    unknown
};
BOOST_DESCRIBE_ENUM(Verdict, stored, pending, paused, closing, closed, ended, stale, outdated,
                    behind, item_ended, over_budget, unknown)
constexpr std::string_view pg_type_name(Verdict) {
    return "text";
}

/// What a bidder is told whose bids were not stored.
Error refusal_of(Verdict verdict);

/// Whose bids an offer has, and how far it can be relied on that they may bid.
struct OfferAccess {
    std::int64_t epoch = 0;            ///< The oldest that one of them was looked up at.
    std::optional<Instant> good_until; ///< The first to run out.
    std::vector<UserId> users;
};

/// Whose access was narrowed between two epochs.
struct AccessChanges {
    std::int64_t epoch = 0; ///< The later one.
    Instant at;             ///< When it was read, by the database's clock.
    std::vector<UserId> users;
};

/// What a bidder has reserved in a batch, or could at most.
struct Reserved {
    std::uint32_t bidder = 0;
    Money amount;

    friend bool operator==(const Reserved&, const Reserved&) = default;
};

/// A record of the open format that leads its item.
struct Lead {
    std::uint32_t lot = 0;
    std::uint32_t bidder = 0;
    std::uint16_t rate_bp = 0;
    Instant ends;            ///< Of the item, as it is before this bid.
    bool extendable = false; ///< Whether this bid can move it.
    bool is_final = false;   ///< Whether this bid ends it.
};

/// What an offer relies on whose bids depend on those before them.
struct Order {
    std::int64_t known_seq = 0;    ///< It is the next one, or none.
    int deposit_percent = 0;       ///< By which deposits cover awards.
    std::vector<Reserved> amounts; ///< Of everybody whose reserve it changes, by bidder.
    std::optional<Instant> until;  ///< The first end of its items.
    std::vector<Lead> leads;       ///< One for each record of the open format.
    std::chrono::minutes extension{};
};

/// Records offered for one batch, admitted under `version` of its book.
struct Offer {
    BatchId batch;
    std::int64_t version = 0;
    std::vector<JournalRecord> records;
    std::optional<OfferAccess> access = {}; ///< Nothing: not to be held against anything.
    std::optional<Order> order = {};        ///< Nothing: bids of which none depends on another.
};

struct Appended {
    BatchId batch;
    Verdict verdict = Verdict::unknown;
    std::int64_t first_seq = 0; ///< Where the records stand, or where the next would.
    Instant accepted_at;
    std::vector<Reserved> rooms = {}; ///< Over budget: the most that each of those could reserve.
};

/// The journal of bids. Only `append` writes; what it answers is durable.
class Journal {
public:
    virtual ~Journal() = default;
    /// One transaction: each offer is stored as one block, or not at all for its own verdict.
    /// Throws db::Unavailable when the outcome is unknown.
    virtual std::vector<Appended> append(CountyId county, std::span<const Offer> offers) = 0;
    /// Waits for every append under way on these batches, on a new connection, and returns the
    /// journal length of each. With `shut` the version of their books rises, so that an append
    /// that was sent and has not begun finds itself stale. Throws db::Unavailable.
    virtual std::vector<Appended> fence(std::span<const BatchId> batches, bool shut) = 0;
    /// Blocks from `from_seq`, which is the beginning of one, at most `blocks_max`.
    virtual std::vector<Block> read(BatchId batch, std::int64_t from_seq, int blocks_max) = 0;
};

/// All blocks from `from`, up to but without `until` when that is given.
std::vector<Block> read_all(Journal& journal, BatchId batch, std::int64_t from,
                            std::int64_t until = INT64_MAX);

} // namespace strikeoff::bids
