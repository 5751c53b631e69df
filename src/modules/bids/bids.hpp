#pragma once

#include "core/describe.hpp"
#include "core/receipt.hpp"
#include "http/router.hpp"
#include "modules/bids/desk.hpp"

namespace strikeoff::bids {

enum class WishKind : std::uint8_t { place, withdraw };
BOOST_DESCRIBE_ENUM(WishKind, place, withdraw)

/// What a bidder sends for one item. `bid_id` is made by the client and makes the request safe to
/// repeat.
struct PlaceBid {
    BidId bid_id;
    CertificateId certificate_id;
    std::optional<WishKind> kind; ///< `place` when absent.
    std::optional<Rate> rate;     ///< Needed to place.
};
BOOST_DESCRIBE_STRUCT(PlaceBid, (), (bid_id, certificate_id, kind, rate))

struct PlaceBids {
    std::vector<PlaceBid> bids;
};
BOOST_DESCRIBE_STRUCT(PlaceBids, (), (bids))

/// A bid as its bidder sees it.
struct Bid {
    BidId bid_id;
    CertificateId certificate_id;
    int adv_no = 0;
    WishKind kind = WishKind::place;
    std::optional<Rate> rate;
    Instant accepted_at;
};
BOOST_DESCRIBE_STRUCT(Bid, (), (bid_id, certificate_id, adv_no, kind, rate, accepted_at))

/// Proof of an accepted bid (draw.md, "Receipt"); shown here for its schema, written by the engine.
struct ReceiptShape {
    BatchId batch_id;
    Hash open{};
    std::string leaf;
    std::int64_t index = 0;
    std::int64_t size = 0;
    std::vector<Hash> path;
    Signature signature{};
};
BOOST_DESCRIBE_STRUCT(ReceiptShape, (), (batch_id, open, leaf, index, size, path, signature))

struct BidAnswer {
    LineStatus status = LineStatus::accepted;
    Bid bid;
    ReceiptShape receipt;
};
BOOST_DESCRIBE_STRUCT(BidAnswer, (), (status, bid, receipt))

/// The verdict on one line of several bids.
struct BidLine {
    int line = 0; ///< From 1.
    LineStatus status = LineStatus::refused;
    std::optional<std::string> reason;
    std::optional<std::string> detail;
    std::optional<Bid> bid;
    std::optional<ReceiptShape> receipt;
};
BOOST_DESCRIBE_STRUCT(BidLine, (), (line, status, reason, detail, bid, receipt))

struct BidLines {
    int accepted = 0;
    int unchanged = 0;
    int replayed = 0;
    int refused = 0;
    std::vector<BidLine> lines;
};
BOOST_DESCRIBE_STRUCT(BidLines, (), (accepted, unchanged, replayed, refused, lines))

enum class BidStatus : std::uint8_t {
    standing,
    replaced,
    withdrawn,
    awarded,
    lost,
    blocked,
    outbid,
    void_
};
BOOST_DESCRIBE_ENUM(BidStatus, standing, replaced, withdrawn, awarded, lost, blocked, outbid, void_)
constexpr std::string_view pg_type_name(BidStatus) {
    return "bid_status";
}

/// One of the caller's own bids, from the projection or the journal behind it.
struct OwnBid {
    BidId bid_id;
    CertificateId certificate_id;
    int adv_no = 0;
    std::optional<Rate> rate;
    Instant accepted_at;
    BidStatus status = BidStatus::standing;
};
BOOST_DESCRIBE_STRUCT(OwnBid, (), (bid_id, certificate_id, adv_no, rate, accepted_at, status))

/// Who leads an item of a batch in the open format. Public while the batch runs.
struct OpenLead {
    int adv_no = 0;
    CertificateId certificate_id;
    Rate rate;
    Bytes16 bidder_ref{};
    Instant accepted_at;
    Instant ends_at; ///< Of the item; bids may still move it.
    int bids = 0;    ///< So far.
};
BOOST_DESCRIBE_STRUCT(OpenLead, (),
                      (adv_no, certificate_id, rate, bidder_ref, accepted_at, ends_at, bids))

/// A bid of the open format, as everybody sees it.
struct OpenBid {
    Bytes16 bidder_ref{};
    Rate rate;
    Instant accepted_at;
};
BOOST_DESCRIBE_STRUCT(OpenBid, (), (bidder_ref, rate, accepted_at))

void add_routes(http::Router& router);
void add_open_routes(http::Router& router);

} // namespace strikeoff::bids
