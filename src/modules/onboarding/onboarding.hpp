#pragma once

#include "core/describe.hpp"
#include "db/pool.hpp"
#include "http/router.hpp"
#include "keys.hpp"

namespace strikeoff::onboarding {

enum class TaxFormKind : std::uint8_t { w9, w8 };
BOOST_DESCRIBE_ENUM(TaxFormKind, w9, w8)
constexpr std::string_view pg_type_name(TaxFormKind) {
    return "tax_form_kind";
}

/// A paper that staff have in hand when they register somebody.
struct NewTaxForm {
    TaxFormKind kind = TaxFormKind::w9;
    int form_year = 0;
};
BOOST_DESCRIBE_STRUCT(NewTaxForm, (), (kind, form_year))

/// What staff enter to register an account for a sale. With the tax form, the agreement and the
/// deposits it may bid at once.
struct NewBidder {
    UserId user_id;
    std::string bidder_number;
    std::string name; ///< As on the W-9.
    std::optional<Money> deposits;
    std::optional<Money> staff_grant;
    std::optional<NewTaxForm> tax_form;
    std::optional<bool> agreement_signed; ///< On paper.
};
BOOST_DESCRIBE_STRUCT(NewBidder, (),
                      (user_id, bidder_number, name, deposits, staff_grant, tax_form,
                       agreement_signed))

/// Why somebody who is not barred may not bid yet.
enum class Missing : std::uint8_t { tax_form, agreement, deposit };
BOOST_DESCRIBE_ENUM(Missing, tax_form, agreement, deposit)

struct Bidder {
    int number = 0; ///< Of the journal; given once per sale.
    UserId user_id;
    std::string bidder_number;
    std::string name;
    Bytes16 bidder_ref{};
    int weight = 1; ///< Bidder numbers that a bid stands for.
    std::string status;
    std::vector<Missing> missing;        ///< Eligible and nothing missing: may bid.
    std::optional<Instant> agreement_at; ///< Accepted by the bidder, or signed on paper.
    std::optional<UserId> agreement_by;  ///< The bidder, or who has the paper.
    Money deposit_required;              ///< Of this bidder; the sale's minimum may be more.
    Money deposits;
    std::optional<Money> own_limit;
    std::optional<Money> staff_grant;
    Money awarded;
};
BOOST_DESCRIBE_STRUCT(Bidder, (),
                      (number, user_id, bidder_number, name, bidder_ref, weight, status, missing,
                       agreement_at, agreement_by, deposit_required, deposits, own_limit,
                       staff_grant, awarded))

struct SetBudget {
    std::optional<Money> deposits;
    std::optional<Money> staff_grant;
    std::optional<Money> deposit_required;
};
BOOST_DESCRIBE_STRUCT(SetBudget, (), (deposits, staff_grant, deposit_required))

enum class TaxFormVerdict : std::uint8_t { accepted, refused };
BOOST_DESCRIBE_ENUM(TaxFormVerdict, accepted, refused)

/// The tax form of one year, as staff have checked it.
struct SetTaxForm {
    TaxFormKind kind = TaxFormKind::w9;
    int form_year = 0;
    std::string legal_name;
    std::optional<TaxFormVerdict> verdict; ///< Accepted when nothing is said.
};
BOOST_DESCRIBE_STRUCT(SetTaxForm, (), (kind, form_year, legal_name, verdict))

/// Whether a bidder owns a parcel, where staff know better than the names say.
struct SetOwnership {
    bool is_owner = false;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(SetOwnership, (), (is_owner, reason))

struct Ownership {
    PropertyId property_id;
    std::string parcel_id;
    std::optional<std::string> owner_name; ///< As the roll has it.
    bool is_owner = false;
    std::string reason;
    UserId recorded_by;
    Instant recorded_at;
};
BOOST_DESCRIBE_STRUCT(Ownership, (),
                      (property_id, parcel_id, owner_name, is_owner, reason, recorded_by,
                       recorded_at))

struct SetLimit {
    std::optional<Money> own_limit; ///< Null lifts it.
};
BOOST_DESCRIBE_STRUCT(SetLimit, (), (own_limit))

struct Bar {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Bar, (), (reason))

struct Group {
    int members = 0;
    int usable = 0; ///< floor(deposits / deposit_minimum), or all when there is no minimum.
};
BOOST_DESCRIBE_STRUCT(Group, (), (members, usable))

/// A bidder's own standing in a sale, with the key that proves the own pseudonym.
struct OwnBidder {
    Bidder bidder;
    Hash bidder_key{};
    Money reserved; ///< By bids that stand or lead, where bids reserve; part of what is not left.
    std::optional<Money> budget_left; ///< Null when nothing limits it.
};
BOOST_DESCRIBE_STRUCT(OwnBidder, (), (bidder, bidder_key, reserved, budget_left))

/// Who may bid in a sale, for whom, and up to what amount.
class OnboardingService {
public:
    OnboardingService(db::Pool& worker_pool, const Keys& keys) : pool_{worker_pool}, keys_{keys} {}

    /// Has the person a bidder number in the county?
    bool is_bidder_in(CountyId county, UserId user);
    /// Fails with bidder.registered, bidder.number_taken, user.unknown, tax_form.foreign,
    /// tax_form.invalid.
    Result<Bidder> register_bidder(AuctionId auction, const NewBidder& wanted, UserId by);
    /// Fails with tax_form.foreign, tax_form.invalid.
    Result<Bidder> set_tax_form(AuctionId auction, UserId user, const SetTaxForm& wanted,
                                UserId by);
    /// The bidder accepts the bidding agreement; a second time changes nothing.
    Result<OwnBidder> accept_agreement(AuctionId auction, UserId user);
    /// Says whose the parcel of a certificate is, whatever the names say. A bid that stands already
    /// stays. Fails with certificate.unknown, reason.missing.
    Result<Ownership> set_ownership(AuctionId auction, UserId user, CertificateId certificate,
                                    const SetOwnership& wanted, UserId by);
    Result<std::vector<Ownership>> ownerships(AuctionId auction, UserId user);
    Result<Bidder> set_budget(AuctionId auction, UserId user, const SetBudget& wanted);
    Result<OwnBidder> set_limit(AuctionId auction, UserId user, const SetLimit& wanted);
    /// From now on no bid of the user is accepted in this sale, and none counts at a close.
    Result<Bidder> bar(AuctionId auction, UserId user, const Bar& wanted);
    /// Replaces the members of the user's bidding group by the `number,name` lines of a CSV; the
    /// user's own number comes first. Fails with group.malformed or group.frozen.
    Result<Group> set_group(AuctionId auction, UserId user, std::string_view csv);
    /// Freezes the groups of every sale whose freeze time has come: from then on neither members
    /// nor weights change, whatever happens to the batches' ends.
    void freeze_groups(db::Pool& pool);
    Result<Bidder> find(AuctionId auction, UserId user);
    Result<OwnBidder> find_own(AuctionId auction, UserId user);
    std::vector<Bidder> list(AuctionId auction, int after, int limit);

private:
    db::Pool& pool_;
    const Keys& keys_;
};

void add_routes(http::Router& router);

} // namespace strikeoff::onboarding
