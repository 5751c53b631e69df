#pragma once

#include "core/describe.hpp"
#include "db/transaction.hpp"
#include "http/router.hpp"
#include "keys.hpp"
#include "modules/counties/settings.hpp"

namespace strikeoff::auctions {

using counties::CleanupContent;
using counties::SaleSettings;

enum class AuctionStatus : std::uint8_t {
    draft,
    published,
    open,
    paused,
    closing,
    closed,
    settled,
    canceled
};
BOOST_DESCRIBE_ENUM(AuctionStatus, draft, published, open, paused, closing, closed, settled,
                    canceled)
constexpr std::string_view pg_type_name(AuctionStatus) {
    return "auction_status";
}

enum class BatchStatus : std::uint8_t { scheduled, open, paused, closing, closed, canceled };
BOOST_DESCRIBE_ENUM(BatchStatus, scheduled, open, paused, closing, closed, canceled)
constexpr std::string_view pg_type_name(BatchStatus) {
    return "batch_status";
}

enum class LotStatus : std::uint8_t { offered, withdrawn, awarded, struck, void_paid };
BOOST_DESCRIBE_ENUM(LotStatus, offered, withdrawn, awarded, struck, void_paid)
constexpr std::string_view pg_type_name(LotStatus) {
    return "batch_certificate_status";
}

/// A sale of one county.
struct Auction {
    AuctionId id;
    CountyId county_id;
    std::string county_name;
    std::string time_zone;
    std::string name;
    int tax_year = 0;
    AuctionStatus status = AuctionStatus::draft;
    std::optional<Instant> start_date; ///< When bidding opens.
    std::optional<Instant> end_date;   ///< The last scheduled close.
    std::optional<Instant> published_at;
    std::optional<std::string> pause_reason;
    int batches = 0;
    int items = 0;
};
BOOST_DESCRIBE_STRUCT(Auction, (),
                      (id, county_id, county_name, time_zone, name, tax_year, status, start_date,
                       end_date, published_at, pause_reason, batches, items))

/// Certificates that close at the same instant.
struct Batch {
    BatchId id;
    AuctionId auction_id;
    int number = 0;
    std::string name;
    BatchStatus status = BatchStatus::scheduled;
    bool is_cleanup = false;
    Instant start_time;
    Instant end_time;
    std::optional<Instant> extended_to; ///< Open format: the last end of an item, when later.
    bool opened = false;                ///< Its signed opening is published.
    std::optional<Instant> closed_at;
    int items = 0;
    int awarded = 0; ///< 0 until the batch is closed, as are the next two.
    int struck = 0;
    int withdrawn = 0;
};
BOOST_DESCRIBE_STRUCT(Batch, (),
                      (id, auction_id, number, name, status, is_cleanup, start_time, end_time,
                       extended_to, opened, closed_at, items, awarded, struck, withdrawn))

/// A certificate on offer. Bids on it show nowhere until its batch has closed.
struct Item {
    int adv_no = 0;
    CertificateId certificate_id;
    std::string parcel_id;
    std::optional<std::string> owner_name;
    std::optional<std::string> address;
    std::optional<std::string> city;
    std::optional<std::string> use_code;
    std::optional<Money> assessed_value;
    bool homestead = false;
    int tax_year = 0;
    Money face;
    LotStatus status = LotStatus::offered;
    std::optional<std::string> withdrawn_reason;
};
BOOST_DESCRIBE_STRUCT(Item, (),
                      (adv_no, certificate_id, parcel_id, owner_name, address, city, use_code,
                       assessed_value, homestead, tax_year, face, status, withdrawn_reason))

/// What became of an item of a closed batch.
struct ResultItem {
    int adv_no = 0;
    CertificateId certificate_id;
    std::optional<std::string> certificate_number;
    std::string parcel_id;
    Money face;
    LotStatus status = LotStatus::struck;
    std::optional<Rate> rate;
    std::optional<Bytes16> winner_ref; ///< Pseudonym of the winning bidder.
    std::optional<int> member;         ///< Place in the winner's group.
    std::optional<std::string> winner_number;
    std::optional<std::string> winner_name;
    int bids = 0;
    int tied = 0;                         ///< Bids at the winner's rate.
    std::optional<std::string> amendment; ///< Kind of the amendment that took the award back.
};
BOOST_DESCRIBE_STRUCT(ResultItem, (),
                      (adv_no, certificate_id, certificate_number, parcel_id, face, status, rate,
                       winner_ref, member, winner_number, winner_name, bids, tied, amendment))

/// A bid that stood on an item when its batch closed.
struct ClosedBid {
    Bytes16 bidder_ref{};
    Rate rate;
    Instant accepted_at;
    bool awarded = false;
};
BOOST_DESCRIBE_STRUCT(ClosedBid, (), (bidder_ref, rate, accepted_at, awarded))

struct NewAuction {
    std::string name;
    int tax_year = 0;
    std::optional<Instant> start_date;
    std::optional<db::Json> settings; ///< Overrides of the county's settings.
};
BOOST_DESCRIBE_STRUCT(NewAuction, (), (name, tax_year, start_date, settings))

/// A batch by hand: certificates by advertised number, both ends included.
struct NewBatch {
    std::optional<std::string> name;
    Instant start_time;
    Instant end_time;
    int adv_from = 0;
    int adv_to = 0;
};
BOOST_DESCRIBE_STRUCT(NewBatch, (), (name, start_time, end_time, adv_from, adv_to))

/// Batches by size and interval, closing at wall-clock times of the county.
struct BatchPlan {
    Instant start_time;
    std::string first_close; ///< Local: `2026-05-27T08:00`.
    std::optional<int> size;
    std::optional<int> interval_minutes;
};
BOOST_DESCRIBE_STRUCT(BatchPlan, (), (start_time, first_close, size, interval_minutes))

struct Cleanup {
    Instant start_time;
    Instant end_time;
};
BOOST_DESCRIBE_STRUCT(Cleanup, (), (start_time, end_time))

struct BatchCommitment {
    BatchId batch_id;
    Hash commitment{};
};
BOOST_DESCRIBE_STRUCT(BatchCommitment, (), (batch_id, commitment))
struct Commitments {
    std::vector<BatchCommitment> commitments;
};
BOOST_DESCRIBE_STRUCT(Commitments, (), (commitments))

/// The county's secret of a batch, released against a close record that its tool has checked.
struct RevealSecret {
    Hash secret{};
    Hash close_hash{};
};
BOOST_DESCRIBE_STRUCT(RevealSecret, (), (secret, close_hash))
struct SecretReceipt {
    BatchId batch_id;
    Hash close_hash{};
    std::string received_at; ///< Microseconds since 1970, as signed.
    Signature signature{};
};
BOOST_DESCRIBE_STRUCT(SecretReceipt, (), (batch_id, close_hash, received_at, signature))

struct Reason {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Reason, (), (reason))
struct MoveEnd {
    Instant end_time;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(MoveEnd, (), (end_time, reason))

/// One record of a batch's public chain.
struct ChainLink {
    std::string record; ///< opening, change, head or close
    int number = 0;
    std::optional<std::string> kind;
    std::optional<Instant> at;
    std::optional<Instant> end_time;
    std::optional<std::string> reason;
    std::optional<Hash> c_county;
    std::optional<Hash> c_operator;
    std::optional<std::string> rules;
    Hash hash{};
    Signature signature{};
};
BOOST_DESCRIBE_STRUCT(ChainLink, (),
                      (record, number, kind, at, end_time, reason, c_county, c_operator, rules,
                       hash, signature))
struct Chain {
    BatchId batch_id;
    std::vector<ChainLink> links;
};
BOOST_DESCRIBE_STRUCT(Chain, (), (batch_id, links))

/// What staff do with a sale. Each method locks, reads the clock, decides, writes and commits.
/// Resuming a sale and canceling a batch take two people: they run in the transaction that notes
/// the second one's decision.
class AuctionService {
public:
    AuctionService(db::Pool& worker_pool, const Keys& keys) : pool_{worker_pool}, keys_{keys} {}

    Result<AuctionId> create(CountyId county, const NewAuction& wanted);
    Result<BatchId> add_batch(AuctionId auction, const NewBatch& wanted);
    Result<int> plan_batches(AuctionId auction, const BatchPlan& plan);
    /// A batch with what came back during the sale (`cleanup_content`). Fails with
    /// cleanup.nothing_to_offer.
    Result<BatchId> add_cleanup(AuctionId auction, const Cleanup& wanted);
    Result<void> publish(AuctionId auction, UserId by);
    Result<void> commit_county(AuctionId auction, const Commitments& wanted, UserId by);
    Result<SecretReceipt> reveal(BatchId batch, const RevealSecret& revealed);
    Result<void> withdraw(BatchId batch, int adv_no, const Reason& reason, UserId by);
    Result<void> pause(AuctionId auction, const Reason& reason, UserId by);
    /// Every unclosed batch moves by the length of the pause, and ends at least 15 minutes from
    /// now.
    Result<void> resume(db::Connection& connection, AuctionId auction, UserId by) const;
    Result<void> move_end(BatchId batch, const MoveEnd& wanted, UserId by);
    Result<void> cancel(db::Connection& connection, BatchId batch, const Reason& reason,
                        UserId by) const;

private:
    db::Pool& pool_;
    const Keys& keys_;
};

void add_routes(http::Router& router);
/// Tells the two-person rule how what it lets through is done.
void carry_approved_changes(App& app);

} // namespace strikeoff::auctions
