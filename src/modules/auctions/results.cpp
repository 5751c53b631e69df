#include "modules/auctions/results.hpp"

#include "app.hpp"
#include "core/csv.hpp"
#include "modules/auctions/export.hpp"
#include "modules/auctions/result_search.hpp"
#include "modules/auctions/staff.hpp"

namespace strikeoff::auctions {
namespace {

using http::Page;
using http::Request;
using http::Response;

constexpr std::int32_t rows_a_read = 25'000;

// Bids are copied from the journal behind the sale; a list that misses some would mislead.
const db::Statement<bool(BatchId)> bids_are_copied{{"auctions.bids_are_copied", R"sql(
    SELECT EXISTS (SELECT 1 FROM batch_closings c JOIN batch_journals j ON j.batch_id = c.batch_id
                   WHERE c.batch_id = $1 AND j.projected_seq >= c.n))sql"}};

/// The batch that the path names, as the caller may see it, once it is closed.
Result<Batch> closed_batch(App& app, const Request& request) {
    SO_TRY(const BatchId id, request.path_id<BatchId>("batch_id"));
    SO_TRY(Batch batch, read_batch(app, request, id));
    if (batch.status != BatchStatus::closed)
        return fail(ErrorCode::not_found, "not_found", "there is nothing here");
    return batch;
}

Result<std::string> result_order(const Request& request) {
    return sort_of(request, {"number", "face", "rate", "bids", "tied"});
}

Result<Page<ResultItem>> get_results(App& app, const Request& request) {
    SO_TRY(const Batch batch, closed_batch(app, request));
    SO_TRY(const int limit, request.page_limit());
    SO_TRY(const ResultFilter filter, result_filter_of(request, batch.id));
    SO_TRY(const std::string sort, result_order(request));
    SO_TRY(const Place after, place_of(request));
    db::Transaction transaction{app.app_pool, reader_of(app, request, batch.id)};
    return page_of(search_results(transaction.connection(), filter, sort, after, limit + 1), limit);
}

Result<ResultFacets> get_result_facets(App& app, const Request& request) {
    SO_TRY(const Batch batch, closed_batch(app, request));
    SO_TRY(const ResultFilter filter, result_filter_of(request, batch.id));
    db::Transaction transaction{app.app_pool, reader_of(app, request, batch.id)};
    return count_results(transaction.connection(), filter);
}

Response csv_file(const char* name, std::vector<std::string_view> columns) {
    Response response{
        .content_type = "text/csv; charset=utf-8",
        .headers = {{"Content-Disposition", std::string("attachment; filename=\"") + name + "\""}}};
    append_csv_record(response.body, columns);
    return response;
}

void append_cells(std::string& csv, const std::vector<std::string>& cells) {
    append_csv_record(csv, std::vector<std::string_view>(cells.begin(), cells.end()));
}

void append_result(std::string& csv, const ResultItem& item) {
    const auto text = [](const std::optional<std::string>& value) {
        return safe_cell(value.value_or(""));
    };
    append_cells(csv, {std::to_string(item.adv_no), item.parcel_id, format_money(item.face),
                       std::string(enum_name(item.status)),
                       item.rate ? format_rate(*item.rate) : "", std::to_string(item.bids),
                       std::to_string(item.tied), item.winner_ref ? to_hex(*item.winner_ref) : "",
                       item.member ? std::to_string(*item.member) : "", text(item.winner_number),
                       text(item.winner_name), text(item.certificate_number), text(item.amendment),
                       item.certificate_id.text()});
}

Result<Response> get_results_file(App& app, const Request& request) {
    SO_TRY(const Batch batch, closed_batch(app, request));
    SO_TRY(const ResultFilter filter, result_filter_of(request, batch.id));
    SO_TRY(const std::string sort, result_order(request));
    Response response =
        csv_file("results.csv", {"adv_no", "parcel_id", "face", "status", "rate", "bids", "tied",
                                 "winner_ref", "member", "winner_number", "winner_name",
                                 "certificate_number", "amendment", "certificate_id"});
    Place place;
    for (;;) {
        db::Transaction transaction{app.app_pool, reader_of(app, request, batch.id)};
        const auto found =
            search_results(transaction.connection(), filter, sort, place, rows_a_read);
        for (const auto& each : found)
            append_result(response.body, each.item);
        if (found.size() < static_cast<std::size_t>(rows_a_read)) return response;
        place = found.back().place();
    }
}

struct BidSearch {
    BidFilter filter;
    std::string sort;
};

/// Fails with bids.not_ready as long as some are missing.
Result<BidSearch> bid_search(App& app, const Request& request) {
    SO_TRY(const std::int32_t adv_no, path_number(request, "adv_no"));
    SO_TRY(const Batch batch, closed_batch(app, request));
    SO_TRY(std::string sort, sort_of(request, {"rate", "time"}));
    auto lease = app.read_pool.acquire();
    if (!lease->one(bids_are_copied, batch.id))
        return fail(ErrorCode::unavailable, "bids.not_ready",
                    "the bids are still being copied; try again in a moment");
    const auto settings = counties::load_settings(*lease, batch.auction_id);
    return BidSearch{
        {.batch = batch.id,
         .adv_no = adv_no,
         .losers = settings.results_visibility == counties::ResultsVisibility::all_bids,
         .bidder = query_text(request, "bidder")},
        std::move(sort)};
}

Result<Page<ClosedBid>> get_closed_bids(App& app, const Request& request) {
    SO_TRY(const int limit, request.page_limit());
    SO_TRY(const Place after, place_of(request));
    SO_TRY(const BidSearch search, bid_search(app, request));
    return page_of(
        search_bids(*app.read_pool.acquire(), search.filter, search.sort, after, limit + 1), limit);
}

Result<Response> get_bids_file(App& app, const Request& request) {
    SO_TRY(const BidSearch search, bid_search(app, request));
    Response response = csv_file("bids.csv", {"bidder", "rate", "accepted_at", "awarded"});
    Place place;
    for (;;) {
        const auto found =
            search_bids(*app.read_pool.acquire(), search.filter, search.sort, place, rows_a_read);
        for (const auto& each : found)
            append_cells(response.body,
                         {to_hex(each.item.bidder_ref), format_rate(each.item.rate),
                          format_instant(each.item.accepted_at), each.item.awarded ? "yes" : "no"});
        if (found.size() < static_cast<std::size_t>(rows_a_read)) return response;
        place = found.back().place();
    }
}

using Query = std::vector<http::QueryParameter>;

Query joined(Query first, const Query& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

void add_bid_routes(http::Router& router) {
    const Query order{{"sort", "string", "rate or time; after a minus, the greatest first"},
                      {"bidder", "string", "How the bidder's pseudonym begins"}};
    router.get("/api/v1/batches/{batch_id}/items/{adv_no}/bids", get_closed_bids,
               {.id = "listClosedBids",
                .summary = "The bids that stood on an item when its batch closed, lowest first; "
                           "with results_visibility `winners` the winning one alone",
                .access = http::Access::visitor,
                .query = joined({{"limit", "integer", "Items a page, 1 to 200; 50 by default"},
                                 {"cursor", "string", "next_cursor of the page before"},
                                 {"offset", "integer", "Rows to pass over"}},
                                order),
                .traffic = http::Traffic::list});
    router.get("/api/v1/batches/{batch_id}/items/{adv_no}/bids.csv", get_bids_file,
               {.id = "exportClosedBids",
                .summary = "The same bids as a file",
                .access = http::Access::visitor,
                .query = order,
                .produces = "text/csv",
                .traffic = http::Traffic::heavy});
}

} // namespace

void add_result_routes(http::Router& router) {
    const auto visitor = http::Access::visitor;
    const Query filters{
        {"q", "string", "Part of the number of parcel or certificate, or of the winner's name"},
        {"status", "string", "withdrawn, awarded, struck or void_paid"},
        {"drawn", "string", "true or false: whether the lot decided among tied bids"},
        {"rate", "string", "The rate of the award"}};
    const Query sort{
        {"sort", "string", "number, face, rate, bids or tied; after a minus, the greatest first"}};
    router.get("/api/v1/batches/{batch_id}/results", get_results,
               {.id = "listResults",
                .summary = "What became of a closed batch, filtered and sorted",
                .access = visitor,
                .query = joined(joined({{"limit", "integer",
                                         "Items a page, 1 to 200; 50 by "
                                         "default"},
                                        {"cursor", "string", "next_cursor of the page before"},
                                        {"offset", "integer", "Rows to pass over"}},
                                       sort),
                                filters)});
    router.get("/api/v1/batches/{batch_id}/results/facets", get_result_facets,
               {.id = "countResults",
                .summary = "How many results of a batch have which value",
                .access = visitor,
                .query = filters,
                .traffic = http::Traffic::list});
    router.get("/api/v1/batches/{batch_id}/results.csv", get_results_file,
               {.id = "exportResults",
                .summary = "The same results as a file",
                .access = visitor,
                .query = joined(sort, filters),
                .produces = "text/csv",
                .traffic = http::Traffic::heavy});
    add_bid_routes(router);
}

} // namespace strikeoff::auctions
