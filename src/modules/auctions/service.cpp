#include "core/schedule.hpp"
#include "modules/auctions/auctions.hpp"
#include "modules/auctions/chain.hpp"
#include "modules/onboarding/admission.hpp"
#include "modules/onboarding/pseudonyms.hpp"

namespace strikeoff::auctions {
namespace {

struct AuctionRow {
    CountyId county_id;
    AuctionStatus status = AuctionStatus::draft;
    std::int32_t tax_year = 0;
};
BOOST_DESCRIBE_STRUCT(AuctionRow, (), (county_id, status, tax_year))

const db::Statement<AuctionRow(AuctionId)> lock_auction{{"auctions.lock_auction", R"sql(
    SELECT county_id, status, tax_year FROM auctions WHERE id = $1 FOR NO KEY UPDATE)sql"}};

const db::Statement<AuctionId(CountyId, std::string, std::int32_t, std::optional<Instant>,
                              db::Json)>
    insert_auction{{"auctions.insert_auction", R"sql(
    INSERT INTO auctions (county_id, name, tax_year, start_date, settings_json)
    SELECT c.id, $2, $3, $4, $5 FROM counties c WHERE c.id = $1
    RETURNING id)sql"}};

// The list is numbered in the order of the roll; what was removed, paid or goes straight to the
// county is not on it.
const db::Statement<void(CountyId, std::int32_t)> number_certificates{
    {"auctions.number_certificates", R"sql(
    WITH last AS (
        SELECT coalesce(max(advertised_number), 0) AS number
        FROM certificates WHERE county_id = $1 AND tax_year = $2),
    fresh AS (
        SELECT id, row_number() OVER (ORDER BY id) AS place
        FROM certificates
        WHERE county_id = $1 AND tax_year = $2 AND advertised_number IS NULL
          AND status = 'pending' AND removed_at IS NULL AND paid_at IS NULL
          AND NOT homestead_below_threshold)
    UPDATE certificates c
    SET advertised_number = last.number + fresh.place
    FROM fresh, last
    WHERE c.id = fresh.id)sql"}};

const db::Statement<BatchId(CountyId, AuctionId, std::optional<std::string>, Instant, Instant,
                            bool)>
    insert_batch{{"auctions.insert_batch", R"sql(
    INSERT INTO batches (county_id, auction_id, number, name, start_time, end_time, is_cleanup)
    SELECT $1, $2, next.number, coalesce($3, 'Batch ' || next.number), $4, $5, $6
    FROM (SELECT coalesce(max(number), 0) + 1 AS number FROM batches WHERE auction_id = $2) next
    RETURNING id)sql"}};

const db::Statement<void(BatchId, std::int32_t, std::int32_t)> fill_batch{
    {"auctions.fill_batch", R"sql(
    INSERT INTO batch_certificates (county_id, batch_id, certificate_id, adv_no, face)
    SELECT c.county_id, b.id, c.id, c.advertised_number, c.face_value
    FROM batches b
    JOIN auctions a ON a.id = b.auction_id
    JOIN certificates c ON c.county_id = a.county_id AND c.tax_year = a.tax_year
    WHERE b.id = $1 AND c.advertised_number BETWEEN $2 AND $3 AND c.status = 'pending'
      AND c.removed_at IS NULL AND c.paid_at IS NULL AND NOT c.homestead_below_threshold
      AND NOT EXISTS (SELECT 1 FROM batch_certificates other JOIN batches ob ON ob.id = other.batch_id
                      WHERE other.certificate_id = c.id AND ob.auction_id = a.id
                        AND ob.status <> 'canceled')
    ORDER BY c.advertised_number)sql"}};

struct FreeNumber {
    std::int32_t number = 0;
};
BOOST_DESCRIBE_STRUCT(FreeNumber, (), (number))

const db::Statement<FreeNumber(AuctionId)> free_numbers{{"auctions.free_numbers", R"sql(
    SELECT coalesce(c.advertised_number, 0) AS number
    FROM auctions a
    JOIN certificates c ON c.county_id = a.county_id AND c.tax_year = a.tax_year
    WHERE a.id = $1 AND c.advertised_number IS NOT NULL AND c.status = 'pending'
      AND c.removed_at IS NULL AND c.paid_at IS NULL AND NOT c.homestead_below_threshold
      AND NOT EXISTS (SELECT 1 FROM batch_certificates other JOIN batches ob ON ob.id = other.batch_id
                      WHERE other.certificate_id = c.id AND ob.auction_id = a.id
                        AND ob.status <> 'canceled')
    ORDER BY 1)sql"}};

// What came back: awards that were taken back with no bid left, or what the county holds, whether
// nobody bid or the winner did not pay; by setting.
const db::Statement<void(BatchId, bool, bool)> fill_cleanup{{"auctions.fill_cleanup", R"sql(
    INSERT INTO batch_certificates (county_id, batch_id, certificate_id, adv_no, face, round)
    SELECT lot.county_id, b.id, lot.certificate_id, lot.adv_no, lot.face,
           (SELECT count(*) FROM winning_bids w
            WHERE w.auction_id = b.auction_id AND w.certificate_id = lot.certificate_id
              AND w.payment_status IN ('void', 'forfeited'))::int
    FROM batches b
    JOIN batches earlier ON earlier.auction_id = b.auction_id AND earlier.status = 'closed'
    JOIN batch_certificates lot ON lot.batch_id = earlier.id
    JOIN certificates c ON c.id = lot.certificate_id
    LEFT JOIN winning_bids w ON w.batch_certificate_id = lot.id
    WHERE b.id = $1
      AND (($2 AND lot.status = 'awarded' AND w.payment_status IN ('void', 'forfeited')
            AND c.status = 'pending')
           OR ($3 AND c.holder_id IS NULL
               AND ((lot.status = 'struck' AND c.status IN ('pending', 'sold'))
                    OR (w.payment_status = 'forfeited' AND c.status = 'sold'))))
      AND NOT EXISTS (SELECT 1 FROM batch_certificates later JOIN batches lb ON lb.id = later.batch_id
                      WHERE later.certificate_id = lot.certificate_id
                        AND lb.auction_id = b.auction_id AND lb.number > earlier.number
                        AND lb.status <> 'canceled')
    ORDER BY lot.adv_no)sql"}};

const db::Statement<void(BatchId)> reoffer_struck{{"auctions.reoffer_struck", R"sql(
    WITH back AS (
        UPDATE certificates c SET status = 'pending', award_rate = NULL, issue_date = NULL
        FROM batch_certificates bc
        WHERE bc.batch_id = $1 AND c.id = bc.certificate_id AND c.status = 'sold'
          AND c.holder_id IS NULL
        RETURNING c.county_id, c.id)
    INSERT INTO certificate_history (county_id, certificate_id, event_type, change_data_json, created_at)
    SELECT county_id, id, 'offered_again', jsonb_build_object('batch_id', $1), strikeoff.clock()
    FROM back)sql"}};

const db::Statement<void(AuctionId)> reopen_auction{{"auctions.reopen_auction", R"sql(
    UPDATE auctions SET status = 'closing' WHERE id = $1 AND status = 'closed')sql"}};

const db::Statement<bool(AuctionId)> update_end{{"auctions.update_end", R"sql(
    UPDATE auctions a
    SET end_date = (SELECT max(end_time) FROM batches b
                    WHERE b.auction_id = a.id AND b.status <> 'canceled'),
        start_date = least(a.start_date, (SELECT min(start_time) FROM batches b
                                          WHERE b.auction_id = a.id))
    FROM (SELECT start_date FROM auctions WHERE id = $1) before
    WHERE a.id = $1
    RETURNING a.start_date IS DISTINCT FROM before.start_date AS begins_otherwise)sql"}};

const db::Statement<std::int64_t(AuctionId)> count_batches{{"auctions.count_batches", R"sql(
    SELECT count(*) FROM batches WHERE auction_id = $1)sql"}};

const db::Statement<void(AuctionId, UserId)> set_published{{"auctions.set_published", R"sql(
    UPDATE auctions SET status = 'published', published_at = strikeoff.clock(), published_by = $2
    WHERE id = $1)sql"}};

/// The first and the last time of a sale. Tax forms are of the year in which it begins.
void set_times(db::Connection& connection, AuctionId auction) {
    if (connection.one(update_end, auction))
        onboarding::reconsider(connection, auction, std::nullopt);
}

bool is_over(AuctionStatus status) {
    return status == AuctionStatus::settled || status == AuctionStatus::canceled;
}

Result<void> check_times(Instant start, Instant end) {
    if (start < end) return {};
    return fail(ErrorCode::invalid_input, "batch.times", "a batch ends after it starts",
                {{"end_time", "must be after start_time"}});
}

} // namespace

Result<AuctionId> AuctionService::create(CountyId county, const NewAuction& wanted) {
    std::vector<FieldError> errors;
    if (wanted.name.empty() || wanted.name.size() > 200)
        errors.push_back({"name", "must have 1 to 200 characters"});
    if (wanted.tax_year < 1900 || wanted.tax_year > 2200)
        errors.push_back({"tax_year", "must be a year"});
    if (!errors.empty())
        return fail(ErrorCode::invalid_input, "auction.invalid", "the auction is not complete",
                    std::move(errors));
    const std::string settings = wanted.settings ? wanted.settings->text : "{}";
    SO_TRY_VOID(counties::check_settings_layer(settings));
    db::Transaction transaction{pool_};
    const auto id = transaction->maybe_one(insert_auction, county, wanted.name, wanted.tax_year,
                                           wanted.start_date, db::Json{settings});
    if (!id) return fail(ErrorCode::not_found, "county.unknown", "there is no such county");
    onboarding::make_auction_secret(transaction.connection(), keys_, county, *id);
    transaction.commit();
    return *id;
}

Result<BatchId> AuctionService::add_batch(AuctionId auction, const NewBatch& wanted) {
    SO_TRY_VOID(check_times(wanted.start_time, wanted.end_time));
    db::Transaction transaction{pool_};
    const AuctionRow row = transaction->one(lock_auction, auction);
    if (is_over(row.status)) return fail(ErrorCode::conflict, "auction.over", "the sale is over");
    transaction->run(number_certificates, row.county_id, row.tax_year);
    const BatchId batch = transaction->one(insert_batch, row.county_id, auction, wanted.name,
                                           wanted.start_time, wanted.end_time, false);
    if (transaction->run(fill_batch, batch, wanted.adv_from, wanted.adv_to) == 0)
        return fail(ErrorCode::rule_violation, "batch.empty",
                    "no certificate with these advertised numbers is free to be offered");
    set_times(transaction.connection(), auction);
    transaction.commit();
    return batch;
}

Result<int> AuctionService::plan_batches(AuctionId auction, const BatchPlan& plan) {
    db::Transaction transaction{pool_};
    const AuctionRow row = transaction->one(lock_auction, auction);
    if (is_over(row.status)) return fail(ErrorCode::conflict, "auction.over", "the sale is over");
    const SaleSettings settings = counties::load_settings(transaction.connection(), auction);
    const int size = plan.size.value_or(settings.batch_size);
    if (size < 1 || size > 100'000)
        return fail(ErrorCode::invalid_input, "batch.size", "a batch has 1 to 100000 items",
                    {{"size", "must be 1 to 100000"}});
    transaction->run(number_certificates, row.county_id, row.tax_year);
    const auto numbers = transaction->all(free_numbers, auction);
    if (numbers.empty())
        return fail(ErrorCode::rule_violation, "batch.empty",
                    "no certificate is free to be offered");
    const int count = (static_cast<int>(numbers.size()) + size - 1) / size;
    SO_TRY(const std::vector<Instant> closings,
           plan_closings({.time_zone = settings.time_zone,
                          .first_close = plan.first_close,
                          .day_opens = settings.day_opens,
                          .day_closes = settings.day_closes,
                          .interval_minutes =
                              plan.interval_minutes.value_or(settings.batch_interval_minutes)},
                         count));
    SO_TRY_VOID(check_times(plan.start_time, closings.front()));
    for (int i = 0; i < count; ++i) {
        const auto from = static_cast<std::size_t>(i) * static_cast<std::size_t>(size);
        const std::size_t to = std::min(from + static_cast<std::size_t>(size), numbers.size()) - 1;
        const BatchId batch =
            transaction->one(insert_batch, row.county_id, auction, std::optional<std::string>{},
                             plan.start_time, closings[static_cast<std::size_t>(i)], false);
        transaction->run(fill_batch, batch, numbers[from].number, numbers[to].number);
    }
    set_times(transaction.connection(), auction);
    transaction.commit();
    return count;
}

Result<BatchId> AuctionService::add_cleanup(AuctionId auction, const Cleanup& wanted) {
    SO_TRY_VOID(check_times(wanted.start_time, wanted.end_time));
    db::Transaction transaction{pool_};
    const AuctionRow row = transaction->one(lock_auction, auction);
    if (is_over(row.status) || row.status == AuctionStatus::draft)
        return fail(ErrorCode::conflict, "auction.over", "there is no sale under way");
    const SaleSettings settings = counties::load_settings(transaction.connection(), auction);
    const BatchId batch = transaction->one(insert_batch, row.county_id, auction,
                                           std::optional<std::string>{"Clean-up"},
                                           wanted.start_time, wanted.end_time, true);
    const bool voided = settings.cleanup_content != CleanupContent::struck;
    const bool struck = settings.cleanup_content != CleanupContent::voided;
    if (transaction->run(fill_cleanup, batch, voided, struck) == 0)
        return fail(ErrorCode::rule_violation, "cleanup.nothing_to_offer",
                    "nothing came back that the settings offer again");
    transaction->run(reoffer_struck, batch);
    transaction->run(reopen_auction, auction);
    set_times(transaction.connection(), auction);
    transaction.commit();
    return batch;
}

Result<void> AuctionService::publish(AuctionId auction, UserId by) {
    db::Transaction transaction{pool_};
    const AuctionRow row = transaction->one(lock_auction, auction);
    if (row.status != AuctionStatus::draft)
        return fail(ErrorCode::conflict, "auction.published", "the sale is published already");
    if (transaction->one(count_batches, auction) == 0)
        return fail(ErrorCode::rule_violation, "auction.no_batches", "the sale has no batches yet");
    // Settings that make no sense must be found now, not when the first batch opens.
    counties::load_settings(transaction.connection(), auction);
    transaction->run(set_published, auction, by);
    transaction.commit();
    return {};
}

} // namespace strikeoff::auctions
