#include "app.hpp"
#include "modules/auctions/amendments.hpp"
#include "modules/auctions/auctions.hpp"
#include "modules/auctions/catalogue.hpp"
#include "modules/auctions/published_batch.hpp"
#include "modules/auctions/results.hpp"
#include "modules/auctions/staff.hpp"

namespace strikeoff::auctions {
namespace {

using http::Page;
using http::Request;
using http::Response;

constexpr std::int64_t leaves_a_chunk = 4096;

struct AuctionRow {
    AuctionId id;
    CountyId county_id;
    std::string county_name;
    std::string time_zone;
    std::string name;
    std::int32_t tax_year = 0;
    AuctionStatus status = AuctionStatus::draft;
    std::optional<Instant> start_date;
    std::optional<Instant> end_date;
    std::optional<Instant> published_at;
    std::optional<std::string> pause_reason;
    std::int64_t batches = 0;
    std::int64_t items = 0;
};
BOOST_DESCRIBE_STRUCT(AuctionRow, (),
                      (id, county_id, county_name, time_zone, name, tax_year, status, start_date,
                       end_date, published_at, pause_reason, batches, items))

const db::Statement<AuctionRow(std::optional<AuctionId>, std::optional<AuctionId>, std::int32_t)>
    list_auctions{{"auctions.list_auctions", R"sql(
    SELECT a.id, a.county_id, c.name AS county_name, c.time_zone, a.name, a.tax_year, a.status,
           a.start_date, a.end_date, a.published_at, a.pause_reason,
           (SELECT count(*) FROM batches b WHERE b.auction_id = a.id) AS batches,
           (SELECT count(*) FROM batches b JOIN batch_certificates l ON l.batch_id = b.id
            WHERE b.auction_id = a.id AND NOT b.is_cleanup) AS items
    FROM auctions a JOIN counties c ON c.id = a.county_id
    WHERE ($1::uuid IS NULL OR a.id = $1) AND ($2::uuid IS NULL OR a.id < $2)
    ORDER BY a.id DESC
    LIMIT $3)sql"}};

struct BatchRow {
    BatchId id;
    AuctionId auction_id;
    std::int32_t number = 0;
    std::string name;
    BatchStatus status = BatchStatus::scheduled;
    bool is_cleanup = false;
    Instant start_time;
    Instant end_time;
    std::optional<Instant> extended_to;
    bool opened = false;
    std::optional<Instant> closed_at;
    std::int64_t items = 0;
    std::int64_t awarded = 0;
    std::int64_t struck = 0;
    std::int64_t withdrawn = 0;
};
BOOST_DESCRIBE_STRUCT(BatchRow, (),
                      (id, auction_id, number, name, status, is_cleanup, start_time, end_time,
                       extended_to, opened, closed_at, items, awarded, struck, withdrawn))

const db::Statement<BatchRow(std::optional<AuctionId>, std::optional<BatchId>, std::int32_t,
                             std::int32_t)>
    list_batches{{"auctions.list_batches", R"sql(
    SELECT b.id, b.auction_id, b.number, b.name, b.status, b.is_cleanup, b.start_time, b.end_time,
           b.extended_to, b.chain_length > 0 AS opened, b.closed_at,
           count(l.id) AS items,
           count(*) FILTER (WHERE l.status = 'awarded') AS awarded,
           count(*) FILTER (WHERE l.status = 'struck') AS struck,
           count(*) FILTER (WHERE l.status = 'withdrawn') AS withdrawn
    FROM batches b LEFT JOIN batch_certificates l ON l.batch_id = b.id
    WHERE ($1::uuid IS NULL OR b.auction_id = $1) AND ($2::uuid IS NULL OR b.id = $2)
      AND b.number > $3
    GROUP BY b.id
    ORDER BY b.number
    LIMIT $4)sql"}};

struct ItemRow {
    std::int32_t adv_no = 0;
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
};
BOOST_DESCRIBE_STRUCT(ItemRow, (),
                      (adv_no, certificate_id, parcel_id, owner_name, address, city, use_code,
                       assessed_value, homestead, tax_year, face, status, withdrawn_reason))

const db::Statement<ItemRow(BatchId, std::int32_t, std::int32_t)> list_items{
    {"auctions.list_items", R"sql(
    SELECT l.adv_no, l.certificate_id, p.parcel_id, p.owner_name, p.address, p.city, p.use_code,
           p.assessed_value, c.homestead, c.tax_year, l.face, l.status, l.withdrawn_reason
    FROM batch_certificates l
    JOIN certificates c ON c.id = l.certificate_id
    JOIN properties p ON p.id = c.property_id
    WHERE l.batch_id = $1 AND l.adv_no > $2
    ORDER BY l.adv_no
    LIMIT $3)sql"}};

struct ClosingRow {
    std::optional<Hash> head_hash;
    std::optional<Signature> head_signature;
    Instant closed_at;
    std::optional<Hash> close_hash;
    std::optional<Signature> close_signature;
    std::optional<Instant> close_published_at;
};
BOOST_DESCRIBE_STRUCT(ClosingRow, (),
                      (head_hash, head_signature, closed_at, close_hash, close_signature,
                       close_published_at))

const db::Statement<ClosingRow(BatchId)> public_closing{{"auctions.public_closing", R"sql(
    SELECT head_hash, head_signature, closed_at, close_hash, close_signature, close_published_at
    FROM batch_closings
    WHERE batch_id = $1)sql"}};

struct LinkRow {
    std::int32_t k = 0;
    std::int16_t kind = 0;
    Instant at;
    std::optional<Instant> end_time;
    std::optional<std::string> reason;
    std::optional<Hash> c_county;
    std::optional<Hash> c_operator;
    std::optional<std::string> rules;
    Hash hash{};
    Signature signature{};
};
BOOST_DESCRIBE_STRUCT(LinkRow, (),
                      (k, kind, at, end_time, reason, c_county, c_operator, rules, hash, signature))

const db::Statement<LinkRow(BatchId)> public_chain{{"auctions.public_chain", R"sql(
    SELECT k, kind, at, coalesce(new_end, end_time) AS end_time, reason, c_county, c_operator, rules,
           hash, signature
    FROM batch_chain
    WHERE batch_id = $1
    ORDER BY k)sql"}};

const db::Statement<std::int64_t(BatchId)> published_leaves{{"auctions.published_leaves", R"sql(
    SELECT leaves_size FROM transcripts WHERE batch_id = $1 AND published_at IS NOT NULL)sql"}};

db::Identity identity_of(const Request& request) {
    return {request.caller.user, request.caller.counties()};
}

/// The number after which a page begins.
Result<std::int32_t> number_cursor(const Request& request) {
    SO_TRY(const auto cursor, request.query_integer("cursor"));
    if (!cursor) return 0;
    if (!std::in_range<std::int32_t>(*cursor))
        return fail(ErrorCode::invalid_input, "query.cursor", "no such cursor",
                    {{"cursor", "take next_cursor of the page before"}});
    return static_cast<std::int32_t>(*cursor);
}

Auction from_row(const AuctionRow& r) {
    return {r.id,
            r.county_id,
            r.county_name,
            r.time_zone,
            r.name,
            r.tax_year,
            r.status,
            r.start_date,
            r.end_date,
            r.published_at,
            r.pause_reason,
            static_cast<int>(r.batches),
            static_cast<int>(r.items)};
}

Batch from_row(const BatchRow& r) {
    return {.id = r.id,
            .auction_id = r.auction_id,
            .number = r.number,
            .name = r.name,
            .status = r.status,
            .is_cleanup = r.is_cleanup,
            .start_time = r.start_time,
            .end_time = r.end_time,
            .extended_to = r.extended_to,
            .opened = r.opened,
            .closed_at = r.closed_at,
            .items = static_cast<int>(r.items),
            .awarded = static_cast<int>(r.awarded),
            .struck = static_cast<int>(r.struck),
            .withdrawn = static_cast<int>(r.withdrawn)};
}

Result<Page<Auction>> get_auctions(App& app, const Request& request) {
    SO_TRY(const int limit, request.page_limit());
    std::optional<AuctionId> before;
    if (const auto cursor = request.query.find("cursor"); cursor != request.query.end()) {
        const auto uuid = parse_uuid(cursor->second);
        if (!uuid) return fail(ErrorCode::invalid_input, "query.cursor", "no such cursor");
        before = AuctionId{*uuid};
    }
    db::Transaction transaction{app.app_pool, identity_of(request)};
    const auto rows =
        transaction->all(list_auctions, std::optional<AuctionId>{}, before, limit + 1);
    Page<Auction> page;
    for (std::size_t i = 0; i < rows.size() && i < static_cast<std::size_t>(limit); ++i)
        page.items.push_back(from_row(rows[i]));
    if (rows.size() > static_cast<std::size_t>(limit))
        page.next_cursor = page.items.back().id.text();
    return page;
}

} // namespace

Result<Auction> read_auction(App& app, const Request& request, AuctionId id) {
    db::Transaction transaction{app.app_pool, reader_of(app, request, id)};
    const auto row =
        transaction->maybe_one(list_auctions, std::optional{id}, std::optional<AuctionId>{}, 1);
    if (!row) return fail(ErrorCode::not_found, "not_found", "there is nothing here");
    return from_row(*row);
}

namespace {

Result<Auction> get_auction(App& app, const Request& request) {
    SO_TRY(const AuctionId id, request.path_id<AuctionId>("auction_id"));
    return read_auction(app, request, id);
}

Result<Page<Batch>> get_batches(App& app, const Request& request) {
    SO_TRY(const AuctionId auction, request.path_id<AuctionId>("auction_id"));
    SO_TRY(const int limit, request.page_limit());
    SO_TRY(const std::int32_t after, number_cursor(request));
    SO_TRY(const Auction seen, read_auction(app, request, auction));
    db::Transaction transaction{app.app_pool, reader_of(app, request, seen.id)};
    const auto rows = transaction->all(list_batches, std::optional{seen.id},
                                       std::optional<BatchId>{}, after, limit + 1);
    Page<Batch> page;
    for (std::size_t i = 0; i < rows.size() && i < static_cast<std::size_t>(limit); ++i)
        page.items.push_back(from_row(rows[i]));
    if (rows.size() > static_cast<std::size_t>(limit))
        page.next_cursor = std::to_string(page.items.back().number);
    return page;
}

} // namespace

Result<Batch> read_batch(App& app, const Request& request, BatchId id) {
    db::Transaction transaction{app.app_pool, reader_of(app, request, id)};
    const auto row =
        transaction->maybe_one(list_batches, std::optional<AuctionId>{}, std::optional{id}, 0, 1);
    if (!row) return fail(ErrorCode::not_found, "not_found", "there is nothing here");
    return from_row(*row);
}

namespace {

Result<Batch> get_batch(App& app, const Request& request) {
    SO_TRY(const BatchId id, request.path_id<BatchId>("batch_id"));
    return read_batch(app, request, id);
}

Result<Page<Item>> get_items(App& app, const Request& request) {
    SO_TRY(const BatchId id, request.path_id<BatchId>("batch_id"));
    SO_TRY(const int limit, request.page_limit());
    SO_TRY(const std::int32_t after, number_cursor(request));
    SO_TRY(const Batch batch, read_batch(app, request, id));
    db::Transaction transaction{app.app_pool, reader_of(app, request, batch.id)};
    Page<Item> page;
    for (const ItemRow& r : transaction->all(list_items, batch.id, after, limit + 1)) {
        if (page.items.size() == static_cast<std::size_t>(limit)) {
            page.next_cursor = std::to_string(page.items.back().adv_no);
            break;
        }
        page.items.push_back({r.adv_no, r.certificate_id, r.parcel_id, r.owner_name, r.address,
                              r.city, r.use_code, r.assessed_value, r.homestead, r.tax_year, r.face,
                              r.status, r.withdrawn_reason});
    }
    return page;
}

const char* kind_name(std::int16_t kind) {
    static constexpr std::array names{"opening", "end_moved",     "paused",
                                      "resumed", "lot_withdrawn", "canceled"};
    return names.at(static_cast<std::size_t>(kind));
}

Result<Chain> get_chain(App& app, const Request& request) {
    SO_TRY(const BatchId id, request.path_id<BatchId>("batch_id"));
    SO_TRY(const Batch batch, read_batch(app, request, id));
    db::Transaction transaction{app.app_pool, reader_of(app, request, batch.id)};
    Chain chain{.batch_id = batch.id};
    for (const LinkRow& r : transaction->all(public_chain, id))
        chain.links.push_back({.record = r.k == 0 ? "opening" : "change",
                               .number = r.k,
                               .kind = kind_name(r.kind),
                               .at = r.at,
                               .end_time = r.end_time,
                               .reason = r.reason,
                               .c_county = r.c_county,
                               .c_operator = r.c_operator,
                               .rules = r.rules,
                               .hash = r.hash,
                               .signature = r.signature});
    const auto closing = transaction->maybe_one(public_closing, id);
    if (closing && closing->head_hash)
        chain.links.push_back({.record = "head",
                               .at = closing->closed_at,
                               .hash = *closing->head_hash,
                               .signature = closing->head_signature.value()});
    if (closing && closing->close_hash)
        chain.links.push_back({.record = "close",
                               .at = closing->close_published_at,
                               .hash = *closing->close_hash,
                               .signature = closing->close_signature.value()});
    return chain;
}

struct Time {
    Instant now;
};
BOOST_DESCRIBE_STRUCT(Time, (), (now))

Result<Time> get_time(App& app, const Request&) {
    return Time{app.clock.now()};
}

Result<Response> get_transcript(App& app, const Request& request) {
    SO_TRY(const BatchId id, request.path_id<BatchId>("batch_id"));
    SO_TRY(const Batch batch, read_batch(app, request, id));
    auto lease = app.heavy_pool.acquire();
    auto text = published_transcript(*lease, app.keys, batch.id);
    if (!text) return fail(ErrorCode::not_found, "not_found", "there is nothing here");
    return Response{.content_type = "application/json",
                    .headers = {{"Cache-Control", "public, max-age=3600"}},
                    .body = *std::move(text)};
}

/// The leaves stream out of the journal, block by block.
Result<Response> get_leaves(App& app, const Request& request) {
    SO_TRY(const BatchId id, request.path_id<BatchId>("batch_id"));
    SO_TRY(const Batch batch, read_batch(app, request, id));
    std::optional<std::int64_t> size;
    std::shared_ptr<BatchReplay> replay;
    {
        auto lease = app.heavy_pool.acquire();
        size = lease->maybe_one(published_leaves, batch.id);
        if (!size) return fail(ErrorCode::not_found, "not_found", "there is nothing here");
        replay = std::make_shared<BatchReplay>(load_replay(*lease, app.keys, batch.id));
    }
    const std::int64_t leaves = *size / static_cast<std::int64_t>(leaf_size);
    Response response{.content_type = "application/octet-stream",
                      .headers = {{"Cache-Control", "public, max-age=3600"}}};
    response.stream_size = static_cast<std::uint64_t>(*size);
    response.next_chunk = [&app, replay, leaves, at = std::int64_t{0}]() mutable {
        std::string chunk;
        if (at == leaves) return chunk;
        auto lease = app.heavy_pool.acquire();
        // Whole blocks, so that the next chunk begins with one.
        const auto blocks = bids::read_blocks(*lease, replay->batch, at, leaves_a_chunk / 64);
        std::int64_t count = 0;
        for (const bids::Block& block : blocks)
            count += static_cast<std::int64_t>(block.records.size());
        count = std::min(count, leaves - at);
        replay_leaves(blocks_of(*lease, replay->batch), *replay, at, count,
                      [&](const ReplayedLeaf& leaf) { chunk += as_text(leaf.bytes); });
        at += count;
        return chunk;
    };
    return response;
}

const std::vector<http::QueryParameter> paging{
    {"limit", "integer", "Items a page, 1 to 200; 50 by default"},
    {"cursor", "string", "next_cursor of the page before"}};

void add_public_routes(http::Router& router) {
    using http::Access;
    const auto visitor = Access::visitor;
    const auto heavy = http::Traffic::heavy;
    router.get("/api/v1/time", get_time,
               {.id = "getTime", .summary = "The clock that decides", .access = visitor});
    router.get("/api/v1/auctions", get_auctions,
               {.id = "listAuctions",
                .summary = "Sales, newest first",
                .access = visitor,
                .query = paging});
    router.get("/api/v1/auctions/{auction_id}", get_auction,
               {.id = "getAuction", .summary = "One sale", .access = visitor});
    router.get("/api/v1/auctions/{auction_id}/batches", get_batches,
               {.id = "listBatches",
                .summary = "The batches of a sale",
                .access = visitor,
                .query = paging});
    router.get("/api/v1/batches/{batch_id}", get_batch,
               {.id = "getBatch", .summary = "One batch", .access = visitor});
    router.get(
        "/api/v1/batches/{batch_id}/items", get_items,
        {.id = "listItems", .summary = "What a batch offers", .access = visitor, .query = paging});
    router.get(
        "/api/v1/batches/{batch_id}/chain", get_chain,
        {.id = "getChain", .summary = "The signed public records of a batch", .access = visitor});
    router.get("/transcripts/transcript-{batch_id}.json", get_transcript,
               {.id = "getTranscript",
                .summary = "The transcript of a closed batch",
                .access = visitor,
                .produces = "application/json; charset=utf-8",
                .traffic = heavy});
    router.get("/transcripts/transcript-{batch_id}.leaves", get_leaves,
               {.id = "getLeaves",
                .summary = "The leaves of a closed batch, 104 bytes each",
                .access = visitor,
                .produces = "application/octet-stream",
                .traffic = heavy});
}

} // namespace

void add_routes(http::Router& router) {
    add_public_routes(router);
    add_catalogue_routes(router);
    add_result_routes(router);
    add_amendment_routes(router);
    add_staff_routes(router);
}

} // namespace strikeoff::auctions
