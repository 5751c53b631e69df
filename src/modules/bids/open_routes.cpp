// What everybody may see of a batch in the open format: who leads, and every bid.
#include "app.hpp"
#include "db/transaction.hpp"
#include "modules/bids/bids.hpp"

namespace strikeoff::bids {
namespace {

using http::Page;
using http::Request;

// Row security shows visitors the batches of published sales.
const db::Statement<bool(BatchId)> is_open_format{{"bids.is_open_format", R"sql(
    SELECT coalesce(o.rules::jsonb ->> 'format' = 'open', false)
    FROM batches b JOIN batch_chain o ON o.batch_id = b.id AND o.k = 0
    WHERE b.id = $1)sql"}};

struct LeadRow {
    std::int32_t adv_no = 0;
    CertificateId certificate_id;
    Rate rate;
    Bytes16 bidder_ref{};
    Instant accepted_at;
    Instant ends_at;
    std::int32_t bids = 0;
};
BOOST_DESCRIBE_STRUCT(LeadRow, (),
                      (adv_no, certificate_id, rate, bidder_ref, accepted_at, ends_at, bids))

const db::Statement<LeadRow(BatchId, std::int32_t, std::int32_t)> list_leads{
    {"bids.list_leads", R"sql(
    SELECT d.adv_no, l.certificate_id, d.rate, d.bidder_ref, d.accepted_at, d.ends_at, d.bids
    FROM open_leads d JOIN batch_certificates l ON l.batch_id = d.batch_id AND l.adv_no = d.adv_no
    WHERE d.batch_id = $1 AND d.adv_no > $2
    ORDER BY d.adv_no
    LIMIT $3)sql"}};

struct BidRow {
    Bytes16 bidder_ref{};
    Rate rate;
    Instant accepted_at;
    std::int64_t seq = 0;
};
BOOST_DESCRIBE_STRUCT(BidRow, (), (bidder_ref, rate, accepted_at, seq))

const db::Statement<BidRow(BatchId, std::int32_t, std::int64_t, std::int32_t)> list_bids{
    {"bids.list_open_bids", R"sql(
    SELECT ab.bidder_ref, coalesce(b.interest_rate, 0) AS rate, b.timestamp AS accepted_at, b.seq
    FROM batch_certificates l
    JOIN bids b ON b.batch_id = l.batch_id AND b.certificate_id = l.certificate_id
    JOIN auction_bidders ab ON ab.auction_id = b.auction_id AND ab.user_id = b.user_id
    WHERE l.batch_id = $1 AND l.adv_no = $2 AND b.seq < $3 AND b.kind = 1
    ORDER BY b.seq DESC
    LIMIT $4)sql"}};

std::unexpected<Error> nothing_here() {
    return fail(ErrorCode::not_found, "not_found", "there is nothing here");
}

Result<BatchId> open_batch(App& app, const Request& request) {
    SO_TRY(const BatchId batch, request.path_id<BatchId>("batch_id"));
    db::Transaction transaction{app.app_pool, db::Identity{}};
    if (transaction->maybe_one(is_open_format, batch).value_or(false)) return batch;
    return nothing_here();
}

Result<Page<OpenLead>> get_leads(App& app, const Request& request) {
    SO_TRY(const BatchId batch, open_batch(app, request));
    SO_TRY(const int limit, request.page_limit());
    SO_TRY(const auto after, request.query_integer("cursor"));
    if (after && !std::in_range<std::int32_t>(*after))
        return fail(ErrorCode::invalid_input, "query.cursor", "no such cursor",
                    {{"cursor", "take next_cursor of the page before"}});
    db::Transaction transaction{app.app_pool, db::Identity{}};
    Page<OpenLead> page;
    for (const LeadRow& row : transaction->all(
             list_leads, batch, static_cast<std::int32_t>(after.value_or(0)), limit + 1)) {
        if (std::ssize(page.items) == limit) {
            page.next_cursor = std::to_string(page.items.back().adv_no);
            break;
        }
        page.items.push_back({row.adv_no, row.certificate_id, row.rate, row.bidder_ref,
                              row.accepted_at, row.ends_at, row.bids});
    }
    return page;
}

Result<Page<OpenBid>> get_open_bids(App& app, const Request& request) {
    SO_TRY(const BatchId batch, open_batch(app, request));
    SO_TRY(const int limit, request.page_limit());
    SO_TRY(const auto before, request.query_integer("cursor"));
    const std::string_view text = request.path_value("adv_no");
    std::int32_t adv_no = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), adv_no);
    if (error != std::errc{} || end != text.data() + text.size()) return nothing_here();
    auto lease = app.read_pool.acquire();
    Page<OpenBid> page;
    std::int64_t last = 0;
    for (const BidRow& row :
         lease->all(list_bids, batch, adv_no, before.value_or(INT64_MAX), limit + 1)) {
        if (std::ssize(page.items) == limit) {
            page.next_cursor = std::to_string(last);
            break;
        }
        page.items.push_back({row.bidder_ref, row.rate, row.accepted_at});
        last = row.seq;
    }
    return page;
}

} // namespace

void add_open_routes(http::Router& router) {
    const std::vector<http::QueryParameter> pages{
        {"limit", "integer", "Items a page, 1 to 200; 50 by default"},
        {"cursor", "string", "next_cursor of the page before"}};
    router.get("/api/v1/batches/{batch_id}/leads", get_leads,
               {.id = "listLeads",
                .summary = "Open format: who leads each item that has a bid, and when its bidding "
                           "ends",
                .access = http::Access::visitor,
                .query = pages,
                .traffic = http::Traffic::list});
    router.get("/api/v1/batches/{batch_id}/items/{adv_no}/open-bids", get_open_bids,
               {.id = "listOpenBids",
                .summary = "Open format: every bid on an item, the latest first",
                .access = http::Access::visitor,
                .query = pages,
                .traffic = http::Traffic::list});
}

} // namespace strikeoff::bids
