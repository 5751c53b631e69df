// The papers of a bidder: tax form, agreement, and whose a parcel is.
#include "core/canonical_json.hpp"
#include "modules/onboarding/admission.hpp"

namespace strikeoff::onboarding {
namespace {

struct HolderRow {
    BidderNumberId bidder_number_id;
    CountyId county_id;
    bool agreed = false;
};
BOOST_DESCRIBE_STRUCT(HolderRow, (), (bidder_number_id, county_id, agreed))

const db::Statement<HolderRow(AuctionId, UserId)> find_holder{{"onboarding.find_holder", R"sql(
    SELECT bidder_number_id, county_id, agreement_accepted_at IS NOT NULL AS agreed
    FROM auction_bidders WHERE auction_id = $1 AND user_id = $2)sql"}};

const db::Statement<BidderNumberId(BidderNumberId)> lock_number{
    {"onboarding.lock_number_of_form", R"sql(
    SELECT id FROM bidder_numbers WHERE id = $1 FOR NO KEY UPDATE)sql"}};

const db::Statement<void(AuctionId, UserId)> accept{{"onboarding.accept_agreement", R"sql(
    UPDATE auction_bidders SET agreement_accepted_at = strikeoff.clock(), agreement_by = $2
    WHERE auction_id = $1 AND user_id = $2 AND agreement_accepted_at IS NULL)sql"}};

const db::Statement<PropertyId(CertificateId, CountyId)> parcel_of_certificate{
    {"onboarding.parcel_of_certificate", R"sql(
    SELECT property_id FROM certificates WHERE id = $1 AND county_id = $2)sql"}};

const db::Statement<void(CountyId, BidderNumberId, PropertyId, bool, std::string, UserId)>
    upsert_ownership{{"onboarding.upsert_ownership", R"sql(
    INSERT INTO parcel_ownerships (county_id, bidder_number_id, property_id, is_owner, reason,
                                   recorded_by, recorded_at)
    VALUES ($1, $2, $3, $4, $5, $6, strikeoff.clock())
    ON CONFLICT (bidder_number_id, property_id) DO UPDATE
        SET is_owner = excluded.is_owner, reason = excluded.reason,
            recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at)sql"}};

const db::Statement<Ownership(BidderNumberId, std::optional<PropertyId>)> list_ownerships{
    {"onboarding.list_ownerships", R"sql(
    SELECT o.property_id, p.parcel_id, p.owner_name, o.is_owner, o.reason, o.recorded_by,
           o.recorded_at
    FROM parcel_ownerships o JOIN properties p ON p.id = o.property_id
    WHERE o.bidder_number_id = $1 AND ($2::uuid IS NULL OR o.property_id = $2)
    ORDER BY o.property_id)sql"}};

std::unexpected<Error> unknown_bidder() {
    return fail(ErrorCode::not_found, "bidder.unknown", "there is no such bidder in this sale");
}

} // namespace

Result<Bidder> OnboardingService::set_tax_form(AuctionId auction, UserId user,
                                               const SetTaxForm& wanted, UserId by) {
    std::vector<FieldError> errors;
    if (!is_form_year(wanted.form_year)) errors.push_back({"form_year", "must be a year"});
    if (wanted.legal_name.empty() || wanted.legal_name.size() > 200)
        errors.push_back({"legal_name", "must have 1 to 200 characters"});
    if (!errors.empty())
        return fail(ErrorCode::invalid_input, "tax_form.invalid", "the tax form is not complete",
                    std::move(errors));
    db::Transaction transaction{pool_};
    db::Connection& connection = transaction.connection();
    const auto holder = connection.maybe_one(find_holder, auction, user);
    if (!holder) return unknown_bidder();
    const TaxFormVerdict verdict = wanted.verdict.value_or(TaxFormVerdict::accepted);
    if (verdict == TaxFormVerdict::accepted)
        SO_TRY_VOID(check_kind(wanted.kind, counties::load_settings(connection, auction)));
    const BidderNumberId number = connection.one(lock_number, holder->bidder_number_id);
    lock_books(connection, number, std::nullopt);
    write_tax_form(connection, number, wanted, by);
    reconsider_everywhere(connection, number);
    audit_papers(connection, holder->county_id, by, number, "tax_form.recorded",
                 canonical_json(boost::json::object{{"kind", enum_name(wanted.kind)},
                                                    {"form_year", wanted.form_year},
                                                    {"legal_name", wanted.legal_name},
                                                    {"verdict", enum_name(verdict)}}));
    transaction.commit();
    return find(auction, user);
}

Result<OwnBidder> OnboardingService::accept_agreement(AuctionId auction, UserId user) {
    db::Transaction transaction{pool_};
    const auto holder = transaction->maybe_one(find_holder, auction, user);
    if (!holder) return unknown_bidder();
    if (!holder->agreed) {
        lock_books(transaction.connection(), holder->bidder_number_id, auction);
        transaction->run(accept, auction, user);
        reconsider(transaction.connection(), auction, holder->bidder_number_id);
    }
    transaction.commit();
    return find_own(auction, user);
}

Result<Ownership> OnboardingService::set_ownership(AuctionId auction, UserId user,
                                                   CertificateId certificate,
                                                   const SetOwnership& wanted, UserId by) {
    if (wanted.reason.empty() || wanted.reason.size() > 1000)
        return fail(ErrorCode::invalid_input, "reason.missing", "a reason is needed",
                    {{"reason", "must have 1 to 1000 characters"}});
    db::Transaction transaction{pool_};
    db::Connection& connection = transaction.connection();
    const auto holder = connection.maybe_one(find_holder, auction, user);
    if (!holder) return unknown_bidder();
    const auto property =
        connection.maybe_one(parcel_of_certificate, certificate, holder->county_id);
    if (!property)
        return fail(ErrorCode::not_found, "certificate.unknown",
                    "the county has no such certificate");
    const BidderNumberId number = holder->bidder_number_id;
    lock_books(connection, number, std::nullopt);
    connection.run(upsert_ownership, holder->county_id, number, *property, wanted.is_owner,
                   wanted.reason, by);
    if (wanted.is_owner) narrow_books(connection, number, std::nullopt, BookChange::owner_known);
    const Ownership recorded = connection.one(list_ownerships, number, std::optional{*property});
    audit_papers(connection, holder->county_id, by, number, "ownership.recorded",
                 canonical_json(boost::json::object{{"property_id", property->text()},
                                                    {"is_owner", wanted.is_owner},
                                                    {"reason", wanted.reason}}));
    transaction.commit();
    return recorded;
}

Result<std::vector<Ownership>> OnboardingService::ownerships(AuctionId auction, UserId user) {
    auto lease = pool_.acquire();
    const auto holder = lease->maybe_one(find_holder, auction, user);
    if (!holder) return unknown_bidder();
    return lease->all(list_ownerships, holder->bidder_number_id, std::optional<PropertyId>{});
}

} // namespace strikeoff::onboarding
