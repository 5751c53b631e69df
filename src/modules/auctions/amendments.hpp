#pragma once

#include "core/describe.hpp"
#include "db/transaction.hpp"
#include "http/router.hpp"
#include "keys.hpp"

namespace strikeoff::auctions {

/// Why an award of a closed batch is taken back (draw.md).
enum class AmendmentKind : std::uint8_t {
    void_paid,    ///< The owner paid before the awards were published: no certificate is issued.
    award_voided, ///< Bidder disqualified or clerical error: the item may be offered again.
    forfeited     ///< The winner did not pay: offered again, or the county's, by `on_default`.
};
BOOST_DESCRIBE_ENUM(AmendmentKind, void_paid, award_voided, forfeited)
constexpr std::string_view pg_type_name(AmendmentKind) {
    return "amendment_kind";
}

enum class AmendmentStatus : std::uint8_t { proposed, published, refused };
BOOST_DESCRIBE_ENUM(AmendmentStatus, proposed, published, refused)

struct NewAmendment {
    AmendmentKind kind = AmendmentKind::void_paid;
    int adv_no = 0;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(NewAmendment, (), (kind, adv_no, reason))

/// A change to a published result. The signature covers
/// `"strikeoff/amendment/v1\0" || SHA256(body)`; all three are there once it is published.
struct Amendment {
    AmendmentId id;
    BatchId batch_id;
    CertificateId certificate_id;
    int adv_no = 0;
    AmendmentKind kind = AmendmentKind::void_paid;
    AmendmentStatus status = AmendmentStatus::proposed;
    std::string reason;
    Instant proposed_at;
    std::optional<Instant> published_at;
    std::optional<std::string> body; ///< Canonical JSON.
    std::optional<Hash> hash;        ///< SHA-256 of the body.
    std::optional<Signature> signature;
};
BOOST_DESCRIBE_STRUCT(Amendment, (),
                      (id, batch_id, certificate_id, adv_no, kind, status, reason, proposed_at,
                       published_at, body, hash, signature))

/// Takes awards back, by two people. The draw and everybody else's result stand.
class Amendments {
public:
    Amendments(db::Pool& worker_pool, const Keys& keys) : pool_{worker_pool}, keys_{keys} {}

    /// Fails with batch.not_closed, item.unknown, award.none, award.settled, amendment.exists.
    Result<AmendmentId> propose(BatchId batch, const NewAmendment& wanted, UserId by);
    /// Carries it out: budget, ledger, certificate and result in one transaction. Fails with
    /// amendment.unknown, amendment.decided, amendment.same_person, award.settled.
    Result<void> approve(AmendmentId amendment, UserId by);
    Result<void> refuse(AmendmentId amendment, UserId by);

private:
    db::Pool& pool_;
    const Keys& keys_;
};

void add_amendment_routes(http::Router& router);

} // namespace strikeoff::auctions
