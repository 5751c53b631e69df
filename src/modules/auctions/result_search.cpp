// What became of a closed batch, searched and counted.
#include "modules/auctions/result_search.hpp"

#include <algorithm>

namespace strikeoff::auctions {
namespace {

using http::Request;

using Text = std::optional<std::string>;

struct ResultRow {
    std::int32_t adv_no = 0;
    CertificateId certificate_id;
    std::optional<std::string> certificate_number;
    std::string parcel_id;
    Money face;
    LotStatus status = LotStatus::struck;
    std::optional<Rate> rate;
    std::optional<Bytes16> winner_ref;
    std::optional<std::int32_t> member;
    std::optional<std::string> winner_number;
    std::optional<std::string> winner_name;
    std::int32_t bids = 0;
    std::int32_t tied = 0;
    std::optional<std::string> amendment;
    Money key;
};
BOOST_DESCRIBE_STRUCT(ResultRow, (),
                      (adv_no, certificate_id, certificate_number, parcel_id, face, status, rate,
                       winner_ref, member, winner_number, winner_name, bids, tied, amendment, key))

// A key that a result lacks counts as nought, so that no comparison of places meets a null.
const db::Statement<ResultRow(BatchId, Text, std::optional<LotStatus>, std::optional<bool>,
                              std::optional<Rate>, std::string, std::optional<Money>, std::int64_t,
                              std::int32_t, std::int64_t)>
    find_results{{"auctions.find_results", R"sql(
    SELECT f.adv_no, f.certificate_id, f.certificate_number, f.parcel_id, f.face, f.status, f.rate,
           f.winner_ref, f.member, f.winner_number, f.winner_name, f.bids, f.tied,
           (SELECT a.kind::text FROM amendments a
            WHERE a.batch_id = $1 AND a.certificate_id = f.certificate_id
              AND a.published_at IS NOT NULL) AS amendment,
           f.key
    FROM (
        SELECT l.adv_no, l.certificate_id, c.certificate_number, p.parcel_id, l.face, l.status,
               l.award_rate AS rate, l.winner_ref, l.winner_member AS member,
               n.number AS winner_number, n.name AS winner_name, coalesce(l.bid_count, 0) AS bids,
               coalesce(l.tied, 0) AS tied,
               (CASE $6 WHEN '-number' THEN -l.adv_no
                        WHEN 'face' THEN l.face WHEN '-face' THEN -l.face
                        WHEN 'rate' THEN coalesce(l.award_rate, 0)
                        WHEN '-rate' THEN -coalesce(l.award_rate, 0)
                        WHEN 'bids' THEN coalesce(l.bid_count, 0)
                        WHEN '-bids' THEN -coalesce(l.bid_count, 0)
                        WHEN 'tied' THEN coalesce(l.tied, 0)
                        WHEN '-tied' THEN -coalesce(l.tied, 0)
                        ELSE l.adv_no END)::numeric AS key
        FROM batch_certificates l
        JOIN batches b ON b.id = l.batch_id AND b.status = 'closed'
        JOIN certificates c ON c.id = l.certificate_id
        JOIN properties p ON p.id = c.property_id
        LEFT JOIN winning_bids w ON w.batch_certificate_id = l.id
             AND w.payment_status NOT IN ('void', 'forfeited')
        LEFT JOIN bidder_numbers n ON n.id = w.bidder_number_id
        WHERE l.batch_id = $1
          AND ($2::text IS NULL OR position(lower($2) IN lower(p.parcel_id)) > 0
               OR position(lower($2) IN lower(c.certificate_number)) > 0
               OR position(lower($2) IN lower(n.number)) > 0
               OR position(lower($2) IN lower(n.name)) > 0
               OR starts_with(encode(l.winner_ref, 'hex'), lower($2)))
          AND ($3::batch_certificate_status IS NULL OR l.status = $3)
          AND ($4::boolean IS NULL OR (coalesce(l.tied, 0) > 1) = $4)
          AND ($5::numeric IS NULL OR l.award_rate = $5)) f
    WHERE $7::numeric IS NULL OR (f.key, f.adv_no) > ($7, $8::bigint)
    ORDER BY f.key, f.adv_no
    LIMIT $9 OFFSET $10)sql"}};

struct CountRow {
    std::string facet;
    std::string value;
    std::int64_t count = 0;
    Money face;
};
BOOST_DESCRIBE_STRUCT(CountRow, (), (facet, value, count, face))

const db::Statement<CountRow(BatchId, Text, std::optional<LotStatus>, std::optional<bool>,
                             std::optional<Rate>)>
    count_result_facets{{"auctions.count_result_facets", R"sql(
    WITH found AS MATERIALIZED (
        SELECT l.status::text AS status, (coalesce(l.tied, 0) > 1)::text AS drawn, l.award_rate,
               l.face,
               $3::batch_certificate_status IS NULL OR l.status = $3 AS in_status,
               $4::boolean IS NULL OR (coalesce(l.tied, 0) > 1) = $4 AS in_drawn,
               coalesce($5::numeric IS NULL OR l.award_rate = $5, false) AS in_rate
        FROM batch_certificates l
        JOIN batches b ON b.id = l.batch_id AND b.status = 'closed'
        JOIN certificates c ON c.id = l.certificate_id
        JOIN properties p ON p.id = c.property_id
        LEFT JOIN winning_bids w ON w.batch_certificate_id = l.id
             AND w.payment_status NOT IN ('void', 'forfeited')
        LEFT JOIN bidder_numbers n ON n.id = w.bidder_number_id
        WHERE l.batch_id = $1
          AND ($2::text IS NULL OR position(lower($2) IN lower(p.parcel_id)) > 0
               OR position(lower($2) IN lower(c.certificate_number)) > 0
               OR position(lower($2) IN lower(n.number)) > 0
               OR position(lower($2) IN lower(n.name)) > 0
               OR starts_with(encode(l.winner_ref, 'hex'), lower($2)))),
    counted AS (
        SELECT 'total' AS facet, '' AS value, count(*) AS count, coalesce(sum(face), 0) AS face,
               0::numeric AS place
        FROM found WHERE in_status AND in_drawn AND in_rate
        UNION ALL
        SELECT 'status', status, count(*), 0, 0 FROM found
        WHERE in_drawn AND in_rate GROUP BY status
        UNION ALL
        SELECT 'drawn', drawn, count(*), 0, 0 FROM found
        WHERE in_status AND in_rate GROUP BY drawn
        UNION ALL
        SELECT 'rate', award_rate::text, count(*), 0, award_rate FROM found
        WHERE award_rate IS NOT NULL AND in_status AND in_drawn GROUP BY award_rate)
    SELECT facet, value, count, face::numeric FROM counted ORDER BY facet, place, value)sql"}};

struct BidRow {
    Bytes16 bidder_ref{};
    Rate rate;
    Instant accepted_at;
    bool awarded = false;
    Money key;
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(BidRow, (), (bidder_ref, rate, accepted_at, awarded, key, number))

const db::Statement<BidRow(BatchId, std::int32_t, bool, Text, std::string, std::optional<Money>,
                           std::int64_t, std::int32_t, std::int64_t)>
    find_closed_bids{{"auctions.find_closed_bids", R"sql(
    SELECT f.bidder_ref, f.rate, f.accepted_at, f.awarded, f.key, f.number
    FROM (
        SELECT ab.bidder_ref, coalesce(b.interest_rate, 0) AS rate, b.timestamp AS accepted_at,
               b.status = 'awarded' AS awarded, b.seq AS number,
               (CASE $5 WHEN '-rate' THEN -coalesce(b.interest_rate, 0)
                        WHEN 'time' THEN b.seq WHEN '-time' THEN -b.seq
                        ELSE coalesce(b.interest_rate, 0) END)::numeric AS key
        FROM batch_certificates l
        JOIN bids b ON b.batch_id = l.batch_id AND b.certificate_id = l.certificate_id
        JOIN auction_bidders ab ON ab.auction_id = b.auction_id AND ab.user_id = b.user_id
        WHERE l.batch_id = $1 AND l.adv_no = $2
          AND (b.status = 'awarded' OR ($3 AND b.status IN ('standing', 'outbid')))
          AND ($4::text IS NULL OR starts_with(encode(ab.bidder_ref, 'hex'), lower($4)))) f
    WHERE $6::numeric IS NULL OR (f.key, f.number) > ($6, $7)
    ORDER BY f.key, f.number
    LIMIT $8 OFFSET $9)sql"}};

} // namespace

Result<ResultFilter> result_filter_of(const Request& request, BatchId batch) {
    ResultFilter filter{.batch = batch};
    filter.text = query_text(request, "q");
    SO_TRY(filter.status, query_status(request));
    SO_TRY(filter.drawn, query_flag(request, "drawn"));
    if (const Text text = query_text(request, "rate")) {
        const auto rate = parse_rate(*text);
        if (!rate) return no_such_filter("rate", "must be a rate, like 5.25");
        filter.rate = *rate;
    }
    return filter;
}

std::vector<Sorted<ResultItem>> search_results(db::Connection& connection,
                                               const ResultFilter& filter, const std::string& sort,
                                               const Place& after, std::int32_t limit) {
    std::vector<Sorted<ResultItem>> results;
    for (const ResultRow& r :
         connection.all(find_results, filter.batch, filter.text, filter.status, filter.drawn,
                        filter.rate, sort, after.key, after.number, limit, after.offset))
        results.push_back({{r.adv_no, r.certificate_id, r.certificate_number, r.parcel_id, r.face,
                            r.status, r.rate, r.winner_ref, r.member, r.winner_number,
                            r.winner_name, r.bids, r.tied, r.amendment},
                           r.key,
                           r.adv_no});
    return results;
}

ResultFacets count_results(db::Connection& connection, const ResultFilter& filter) {
    ResultFacets facets;
    for (const CountRow& row : connection.all(count_result_facets, filter.batch, filter.text,
                                              filter.status, filter.drawn, filter.rate)) {
        const int count = static_cast<int>(row.count);
        if (row.facet == "total") {
            facets.total = count;
            facets.face = row.face;
            continue;
        }
        std::vector<FacetCount>& list = row.facet == "status"  ? facets.status
                                        : row.facet == "drawn" ? facets.drawn
                                                               : facets.rate;
        list.push_back({row.value, count});
    }
    return facets;
}

std::vector<Sorted<ClosedBid>> search_bids(db::Connection& connection, const BidFilter& filter,
                                           const std::string& sort, const Place& after,
                                           std::int32_t limit) {
    std::vector<Sorted<ClosedBid>> bids;
    for (const BidRow& r :
         connection.all(find_closed_bids, filter.batch, filter.adv_no, filter.losers, filter.bidder,
                        sort, after.key, after.number, limit, after.offset))
        bids.push_back({{r.bidder_ref, r.rate, r.accepted_at, r.awarded}, r.key, r.number});
    return bids;
}

} // namespace strikeoff::auctions
