#include "modules/onboarding/admission.hpp"

namespace strikeoff::onboarding {
namespace {

const db::Statement<BatchId(std::optional<BidderNumberId>, std::optional<AuctionId>)> lock_batches{
    {"onboarding.lock_batches", R"sql(
    SELECT b.id FROM batches b
    WHERE b.status IN ('scheduled', 'open', 'paused')
      AND ($2::uuid IS NULL OR b.auction_id = $2)
      AND ($1::uuid IS NULL
           OR b.auction_id IN (SELECT ab.auction_id FROM auction_bidders ab
                               WHERE ab.bidder_number_id = $1))
    ORDER BY b.id
    FOR NO KEY UPDATE)sql"}};

const db::Statement<std::int32_t(std::optional<BidderNumberId>, std::optional<AuctionId>)>
    lock_bidders{{"onboarding.lock_bidders", R"sql(
    SELECT number FROM auction_bidders
    WHERE ($2::uuid IS NULL OR auction_id = $2) AND ($1::uuid IS NULL OR bidder_number_id = $1)
    ORDER BY auction_id, number
    FOR NO KEY UPDATE)sql"}};

const db::Statement<void(BidderNumberId, std::optional<AuctionId>, std::int16_t)> raise_versions{
    {"onboarding.raise_versions", R"sql(
    WITH raised AS (
        UPDATE batches b SET book_version = b.book_version + 1
        FROM auction_bidders ab
        WHERE ab.bidder_number_id = $1 AND ($2::uuid IS NULL OR ab.auction_id = $2)
          AND b.auction_id = ab.auction_id AND b.status IN ('scheduled', 'open', 'paused')
        RETURNING b.county_id, b.id, b.book_version, ab.number)
    INSERT INTO book_changes (county_id, batch_id, version, kind, bidder_no)
    SELECT county_id, id, book_version, $3, number FROM raised)sql"}};

struct WeighedRow {
    BidderNumberId bidder_number_id;
    bool narrowed = false;
};
BOOST_DESCRIBE_STRUCT(WeighedRow, (), (bidder_number_id, narrowed))

// The year of a sale is that in which bidding opens, by the county's own calendar.
const db::Statement<WeighedRow(AuctionId, std::optional<BidderNumberId>, std::string, bool, bool,
                               Money)>
    weigh_grounds{{"onboarding.weigh_grounds", R"sql(
    WITH sale AS (
        SELECT extract(year FROM coalesce(a.start_date, strikeoff.clock()) AT TIME ZONE $3)::int
                   AS year
        FROM auctions a WHERE a.id = $1),
    weighed AS (
        SELECT ab.number, ab.missing AS before,
               array_remove(ARRAY[
                   CASE WHEN NOT EXISTS (
                       SELECT 1 FROM tax_forms f
                       WHERE f.bidder_number_id = ab.bidder_number_id AND f.status = 'accepted'
                         AND (f.kind = 'w9' OR $5) AND (f.form_year = sale.year OR NOT $4))
                       THEN 'tax_form' END,
                   CASE WHEN ab.agreement_accepted_at IS NULL THEN 'agreement' END,
                   CASE WHEN b.deposits < greatest(ab.deposit_required, $6) THEN 'deposit' END],
                   NULL) AS missing
        FROM sale, auction_bidders ab
        JOIN budgets b ON b.auction_id = ab.auction_id AND b.user_id = ab.user_id
        WHERE ab.auction_id = $1 AND ($2::uuid IS NULL OR ab.bidder_number_id = $2))
    UPDATE auction_bidders ab SET missing = w.missing
    FROM weighed w
    WHERE ab.auction_id = $1 AND ab.number = w.number AND ab.missing <> w.missing
    RETURNING ab.bidder_number_id, w.before = '{}' AND ab.status = 'eligible' AS narrowed)sql"}};

const db::Statement<AuctionId(BidderNumberId)> sales_of_number{{"onboarding.sales_of_number",
                                                                R"sql(
    SELECT a.id
    FROM auction_bidders ab JOIN auctions a ON a.id = ab.auction_id
    WHERE ab.bidder_number_id = $1 AND a.status NOT IN ('settled', 'canceled')
    ORDER BY a.id)sql"}};

const db::Statement<std::string(Uuid, CountyId, UserId, Uuid, std::string, Bytes)> append_audit{
    {"onboarding.audit_papers", R"sql(
    SELECT strikeoff.audit_append($1, $2, $3, 'bidder_number', $4, $5, $6, NULL)::text)sql"}};

const db::Statement<void(BidderNumberId, TaxFormKind, std::int32_t, std::string, std::string,
                         UserId)>
    upsert_tax_form{{"onboarding.upsert_tax_form", R"sql(
    INSERT INTO tax_forms (county_id, bidder_number_id, user_id, kind, form_year, legal_name,
                           status, reviewed_by, reviewed_at)
    SELECT n.county_id, n.id, n.user_id, $2, $3, $4, $5::text::tax_form_status, $6,
           strikeoff.clock()
    FROM bidder_numbers n WHERE n.id = $1
    ON CONFLICT (bidder_number_id, form_year) DO UPDATE
        SET kind = excluded.kind, legal_name = excluded.legal_name, status = excluded.status,
            reviewed_by = excluded.reviewed_by, reviewed_at = excluded.reviewed_at)sql"}};

const db::Statement<std::optional<std::string>(BidderNumberId)> key_of_name{
    {"onboarding.key_of_name", R"sql(
    SELECT name_key FROM bidder_numbers WHERE id = $1)sql"}};

const db::Statement<std::optional<std::string>(BidderNumberId)> take_name{
    {"onboarding.take_name", R"sql(
    UPDATE bidder_numbers n SET name = latest.legal_name
    FROM (SELECT f.legal_name FROM tax_forms f
          WHERE f.bidder_number_id = $1 AND f.status = 'accepted'
          ORDER BY f.form_year DESC LIMIT 1) latest
    WHERE n.id = $1
    RETURNING n.name_key)sql"}};

} // namespace

Result<void> check_kind(TaxFormKind kind, const counties::SaleSettings& settings) {
    if (kind == TaxFormKind::w9 || settings.foreign_bidders) return {};
    return fail(ErrorCode::rule_violation, "tax_form.foreign",
                "this county takes a W-9 alone: no foreign bidders");
}

void lock_books(db::Connection& connection, std::optional<BidderNumberId> number,
                std::optional<AuctionId> auction) {
    connection.all(lock_batches, number, auction);
    connection.all(lock_bidders, number, auction);
}

void narrow_books(db::Connection& connection, BidderNumberId number,
                  std::optional<AuctionId> auction, BookChange change) {
    connection.run(raise_versions, number, auction, static_cast<std::int16_t>(change));
}

void reconsider(db::Connection& connection, AuctionId auction,
                std::optional<BidderNumberId> number) {
    const counties::SaleSettings settings = counties::load_settings(connection, auction);
    for (const WeighedRow& row :
         connection.all(weigh_grounds, auction, number, settings.time_zone, settings.w9_yearly,
                        settings.foreign_bidders, settings.deposit_minimum))
        if (row.narrowed)
            narrow_books(connection, row.bidder_number_id, auction, BookChange::not_eligible);
}

void reconsider_everywhere(db::Connection& connection, BidderNumberId number) {
    for (const AuctionId auction : connection.all(sales_of_number, number))
        reconsider(connection, auction, number);
}

void audit_papers(db::Connection& connection, CountyId county, UserId by, BidderNumberId number,
                  const std::string& action, const std::string& canonical_facts) {
    connection.one(append_audit, county.uuid, county, by, number.uuid, action,
                   Bytes(canonical_facts.begin(), canonical_facts.end()));
}

void write_tax_form(db::Connection& connection, BidderNumberId number, const SetTaxForm& form,
                    UserId by) {
    const auto before = connection.one(key_of_name, number);
    const TaxFormVerdict verdict = form.verdict.value_or(TaxFormVerdict::accepted);
    connection.run(upsert_tax_form, number, form.kind, form.form_year, form.legal_name,
                   std::string(enum_name(verdict)), by);
    const auto after = connection.maybe_one(take_name, number);
    // Under another name other parcels are the bidder's own.
    if (after && *after != before)
        narrow_books(connection, number, std::nullopt, BookChange::owner_known);
}

} // namespace strikeoff::onboarding
