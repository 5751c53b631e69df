// The items of a sale, searched and counted. Row security decides which sales these are.
#include "modules/auctions/catalogue_search.hpp"

#include <algorithm>

namespace strikeoff::auctions {
namespace {

using http::Request;

struct SearchRow {
    std::int32_t adv_no = 0;
    BatchId batch_id;
    std::int32_t batch_number = 0;
    CertificateId certificate_id;
    std::string parcel_id;
    std::optional<std::string> owner_name;
    std::optional<std::string> address;
    std::optional<std::string> city;
    std::optional<std::string> use_code;
    std::optional<Money> assessed_value;
    bool homestead = false;
    std::int32_t tax_year = 0;
    Money face;
    LotStatus status = LotStatus::offered;
    std::optional<std::string> withdrawn_reason;
    std::optional<Rate> rate;
    std::optional<std::int32_t> bids;
    std::optional<std::int32_t> tied;
    std::optional<std::string> longitude;
    std::optional<std::string> latitude;
    Money key;
};
BOOST_DESCRIBE_STRUCT(SearchRow, (),
                      (adv_no, batch_id, batch_number, certificate_id, parcel_id, owner_name,
                       address, city, use_code, assessed_value, homestead, tax_year, face, status,
                       withdrawn_reason, rate, bids, tied, longitude, latitude, key))

using Text = std::optional<std::string>;
using Number = std::optional<std::int32_t>;

// A key that an item lacks counts as nought, so that no comparison of places meets a null.
const db::Statement<SearchRow(AuctionId, Text, Number, std::optional<LotStatus>, Text, Text,
                              std::optional<bool>, std::optional<Money>, std::optional<Money>,
                              Number, std::string, std::optional<Money>, std::int64_t, std::int32_t,
                              std::int64_t)>
    find_items{{"auctions.find_items", R"sql(
    SELECT f.adv_no, f.batch_id, f.batch_number, f.certificate_id, f.parcel_id, f.owner_name,
           f.address, f.city, f.use_code, f.assessed_value, f.homestead, f.tax_year, f.face,
           f.status, f.withdrawn_reason, f.rate, f.bids, f.tied, f.longitude, f.latitude, f.key
    FROM (
        SELECT l.adv_no, l.batch_id, b.number AS batch_number, l.certificate_id, p.parcel_id,
               p.owner_name, p.address, p.city, p.use_code, p.assessed_value, c.homestead,
               c.tax_year, l.face, l.status, l.withdrawn_reason, l.award_rate AS rate,
               l.bid_count AS bids, l.tied,
               (p.coordinates[0])::numeric(9,6)::text AS longitude,
               (p.coordinates[1])::numeric(9,6)::text AS latitude,
               (CASE $11 WHEN '-number' THEN -l.adv_no
                         WHEN 'face' THEN l.face WHEN '-face' THEN -l.face
                         WHEN 'value' THEN coalesce(p.assessed_value, 0)
                         WHEN '-value' THEN -coalesce(p.assessed_value, 0)
                         WHEN 'rate' THEN coalesce(l.award_rate, 0)
                         WHEN '-rate' THEN -coalesce(l.award_rate, 0)
                         WHEN 'bids' THEN coalesce(l.bid_count, 0)
                         WHEN '-bids' THEN -coalesce(l.bid_count, 0)
                         ELSE l.adv_no END)::numeric AS key
        FROM batches b
        JOIN batch_certificates l ON l.batch_id = b.id
        JOIN certificates c ON c.id = l.certificate_id
        JOIN properties p ON p.id = c.property_id
        WHERE b.auction_id = $1 AND NOT b.is_cleanup
          AND ($2::text IS NULL OR position(lower($2) IN lower(p.parcel_id)) > 0
               OR position(lower($2) IN lower(p.owner_name)) > 0
               OR position(lower($2) IN lower(p.address)) > 0)
          AND ($3::int IS NULL OR b.number = $3)
          AND ($4::batch_certificate_status IS NULL OR l.status = $4)
          AND ($5::text IS NULL OR p.city = $5)
          AND ($6::text IS NULL OR p.use_code = $6)
          AND ($7::boolean IS NULL OR c.homestead = $7)
          AND ($8::numeric IS NULL OR l.face >= $8)
          AND ($9::numeric IS NULL OR l.face <= $9)
          AND ($10::int IS NULL OR l.adv_no = $10)) f
    WHERE $12::numeric IS NULL OR (f.key, f.adv_no) > ($12, $13::bigint)
    ORDER BY f.key, f.adv_no
    LIMIT $14 OFFSET $15)sql"}};

struct CountRow {
    std::string facet;
    std::string value;
    std::int64_t count = 0;
    Money face;
};
BOOST_DESCRIBE_STRUCT(CountRow, (), (facet, value, count, face))

// Each facet is counted under the filters of the others, so that it shows what another choice of
// the same facet would give.
const db::Statement<CountRow(AuctionId, Text, Number, std::optional<LotStatus>, Text, Text,
                             std::optional<bool>, std::optional<Money>, std::optional<Money>)>
    count_facets{{"auctions.count_facets", R"sql(
    WITH found AS MATERIALIZED (
        SELECT b.number::text AS batch, l.status::text AS status, p.city, p.use_code,
               c.homestead::text AS homestead, l.face,
               $3::int IS NULL OR b.number = $3 AS in_batch,
               $4::batch_certificate_status IS NULL OR l.status = $4 AS in_status,
               $5::text IS NULL OR p.city IS NOT DISTINCT FROM $5 AS in_city,
               $6::text IS NULL OR p.use_code IS NOT DISTINCT FROM $6 AS in_use_code,
               $7::boolean IS NULL OR c.homestead = $7 AS in_homestead
        FROM batches b
        JOIN batch_certificates l ON l.batch_id = b.id
        JOIN certificates c ON c.id = l.certificate_id
        JOIN properties p ON p.id = c.property_id
        WHERE b.auction_id = $1 AND NOT b.is_cleanup
          AND ($2::text IS NULL OR position(lower($2) IN lower(p.parcel_id)) > 0
               OR position(lower($2) IN lower(p.owner_name)) > 0
               OR position(lower($2) IN lower(p.address)) > 0)
          AND ($8::numeric IS NULL OR l.face >= $8)
          AND ($9::numeric IS NULL OR l.face <= $9)),
    counted AS (
        SELECT 'total' AS facet, '' AS value, count(*) AS count, coalesce(sum(face), 0) AS face
        FROM found WHERE in_batch AND in_status AND in_city AND in_use_code AND in_homestead
        UNION ALL
        SELECT 'batch', batch, count(*), 0 FROM found
        WHERE in_status AND in_city AND in_use_code AND in_homestead GROUP BY batch
        UNION ALL
        SELECT 'status', status, count(*), 0 FROM found
        WHERE in_batch AND in_city AND in_use_code AND in_homestead GROUP BY status
        UNION ALL
        SELECT 'homestead', homestead, count(*), 0 FROM found
        WHERE in_batch AND in_status AND in_city AND in_use_code GROUP BY homestead
        UNION ALL
        (SELECT 'city', city, count(*), 0 FROM found
         WHERE city <> '' AND in_batch AND in_status AND in_use_code AND in_homestead
         GROUP BY city ORDER BY count(*) DESC, city LIMIT 50)
        UNION ALL
        (SELECT 'use_code', use_code, count(*), 0 FROM found
         WHERE use_code <> '' AND in_batch AND in_status AND in_city AND in_homestead
         GROUP BY use_code ORDER BY count(*) DESC, use_code LIMIT 50))
    SELECT facet, value, count, face::numeric FROM counted)sql"}};

Result<std::optional<Money>> query_money(const Request& request, const char* name) {
    const Text text = query_text(request, name);
    if (!text) return std::nullopt;
    const auto amount = parse_money(*text);
    if (!amount) return no_such_filter(name, "must be an amount, like 1234.56");
    return std::optional{*amount};
}

CatalogueItem item_of(const SearchRow& r) {
    return {r.adv_no,     r.batch_id, r.batch_number, r.certificate_id, r.parcel_id,
            r.owner_name, r.address,  r.city,         r.use_code,       r.assessed_value,
            r.homestead,  r.tax_year, r.face,         r.status,         r.withdrawn_reason,
            r.rate,       r.bids,     r.tied,         r.longitude,      r.latitude};
}

} // namespace

std::unexpected<Error> no_such_filter(const std::string& name, const char* wanted) {
    return fail(ErrorCode::invalid_input, "query.filter", "no such filter", {{name, wanted}});
}

Text query_text(const Request& request, std::string_view name) {
    const auto found = request.query.find(name);
    return found == request.query.end() || found->second.empty() ? Text{} : Text{found->second};
}

Result<CatalogueFilter> filter_of(const Request& request, AuctionId auction) {
    CatalogueFilter filter{.auction = auction};
    filter.text = query_text(request, "q");
    filter.city = query_text(request, "city");
    filter.use_code = query_text(request, "use_code");
    SO_TRY(const auto batch, request.query_integer("batch"));
    if (batch && !std::in_range<std::int32_t>(*batch))
        return no_such_filter("batch", "must be the number of a batch");
    if (batch) filter.batch = static_cast<std::int32_t>(*batch);
    SO_TRY(filter.status, query_status(request));
    SO_TRY(filter.homestead, query_flag(request, "homestead"));
    SO_TRY(filter.face_min, query_money(request, "face_min"));
    SO_TRY(filter.face_max, query_money(request, "face_max"));
    return filter;
}

Result<std::optional<LotStatus>> query_status(const Request& request) {
    const Text text = query_text(request, "status");
    if (!text) return std::nullopt;
    const auto status = parse_enum<LotStatus>(*text);
    if (!status)
        return no_such_filter("status", "must be offered, withdrawn, awarded, struck or void_paid");
    return status;
}

Result<std::optional<bool>> query_flag(const Request& request, const char* name) {
    const Text text = query_text(request, name);
    if (!text) return std::nullopt;
    if (*text != "true" && *text != "false") return no_such_filter(name, "must be true or false");
    return *text == "true";
}

Result<std::string> sort_of(const Request& request,
                            std::initializer_list<std::string_view> orders) {
    std::string sort = query_text(request, "sort").value_or(std::string(*orders.begin()));
    const std::string_view name = std::string_view{sort}.substr(sort.starts_with('-') ? 1 : 0);
    if (std::ranges::find(orders, name) != orders.end()) return sort;
    return fail(ErrorCode::invalid_input, "query.sort", "no such order",
                {{"sort", fmt::format("must be {}, or one of them after a minus",
                                      fmt::join(orders, ", "))}});
}

Result<std::string> sort_of(const Request& request) {
    return sort_of(request, {"number", "face", "value", "rate", "bids"});
}

Result<Place> place_of(const Request& request) {
    SO_TRY(const auto offset, request.query_integer("offset"));
    if (offset && !std::in_range<std::uint32_t>(*offset))
        return no_such_filter("offset", "must be a number of rows");
    const Text cursor = query_text(request, "cursor");
    if (!cursor) return Place{.offset = offset.value_or(0)};
    const std::size_t tilde = cursor->find('~');
    const auto key = parse_money(std::string_view{*cursor}.substr(0, tilde));
    std::int64_t number = 0;
    const char* const end = cursor->data() + cursor->size();
    const char* const begin = tilde == std::string::npos ? end : cursor->data() + tilde + 1;
    const auto [stop, error] = std::from_chars(begin, end, number);
    if (!key || error != std::errc{} || stop != end)
        return fail(ErrorCode::invalid_input, "query.cursor", "no such cursor",
                    {{"cursor", "take next_cursor of the page before"}});
    return Place{.key = *key, .number = number, .offset = offset.value_or(0)};
}

std::string cursor_after(const Place& place) {
    return format_money(place.key.value()) + "~" + std::to_string(place.number);
}

std::vector<Sorted<CatalogueItem>> search_items(db::Connection& connection,
                                                const CatalogueFilter& filter,
                                                const std::string& sort, const Place& after,
                                                std::int32_t limit) {
    std::vector<Sorted<CatalogueItem>> items;
    for (const SearchRow& row : connection.all(
             find_items, filter.auction, filter.text, filter.batch, filter.status, filter.city,
             filter.use_code, filter.homestead, filter.face_min, filter.face_max, filter.adv_no,
             sort, after.key, after.number, limit, after.offset))
        items.push_back({item_of(row), row.key, row.adv_no});
    return items;
}

CatalogueFacets count_items(db::Connection& connection, const CatalogueFilter& filter) {
    CatalogueFacets facets;
    for (const CountRow& row : connection.all(
             count_facets, filter.auction, filter.text, filter.batch, filter.status, filter.city,
             filter.use_code, filter.homestead, filter.face_min, filter.face_max)) {
        const int count = static_cast<int>(row.count);
        if (row.facet == "total") {
            facets.total = count;
            facets.face = row.face;
            continue;
        }
        std::vector<FacetCount>& list = row.facet == "batch"      ? facets.batch
                                        : row.facet == "status"   ? facets.status
                                        : row.facet == "city"     ? facets.city
                                        : row.facet == "use_code" ? facets.use_code
                                                                  : facets.homestead;
        list.push_back({row.value, count});
    }
    std::ranges::sort(facets.batch, {}, [](const FacetCount& facet) {
        return std::pair{facet.value.size(), facet.value}; // Numbers, as texts.
    });
    return facets;
}

} // namespace strikeoff::auctions
