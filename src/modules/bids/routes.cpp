#include "app.hpp"
#include "db/transaction.hpp"
#include "http/server.hpp"
#include "http/text.hpp"
#include "metrics.hpp"
#include "modules/bids/bids.hpp"

#include <boost/asio.hpp>
#include <sodium.h>

namespace strikeoff::bids {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using http::Traffic;

constexpr std::size_t lines_max = block_records_max;
/// Bytes that a line has at most, unless somebody pads it.
constexpr std::size_t line_size_max = 200;
constexpr std::size_t device_size_max = 200; ///< Bytes of a device's own name that are kept.

const db::Statement<std::int32_t(std::string, std::optional<std::string>)> intern_source{
    {"bids.intern_source", R"sql(
    WITH fresh AS (
        INSERT INTO bid_sources (ip_address, device_info) VALUES ($1::text::inet, $2)
        ON CONFLICT DO NOTHING
        RETURNING id)
    SELECT id FROM fresh
    UNION ALL
    SELECT id FROM bid_sources
    WHERE ip_address = $1::text::inet AND device_info IS NOT DISTINCT FROM $2
    LIMIT 1)sql"}};

struct OwnRow {
    BidId bid_id;
    CertificateId certificate_id;
    std::int32_t adv_no = 0;
    std::optional<Rate> rate;
    Instant accepted_at;
    BidStatus status = BidStatus::standing;
};
BOOST_DESCRIBE_STRUCT(OwnRow, (), (bid_id, certificate_id, adv_no, rate, accepted_at, status))

// Won and lost are derived: a closed batch has no standing bids.
const db::Statement<OwnRow(BatchId, UserId)> own_projected{{"bids.own_projected", R"sql(
    SELECT b.bid_id, b.certificate_id, b.adv_no, b.interest_rate AS rate, b.timestamp AS accepted_at,
           CASE WHEN b.status = 'standing' AND ba.status = 'closed' THEN 'lost' ELSE b.status END
               AS status
    FROM bids b JOIN batches ba ON ba.id = b.batch_id
    WHERE b.batch_id = $1 AND b.user_id = $2 AND b.kind = 1 AND b.status <> 'void'
    ORDER BY b.seq)sql"}};

struct TailRow {
    std::int64_t projected_seq = 0;
    std::int32_t number = 0;
    bool open_format = false;
};
BOOST_DESCRIBE_STRUCT(TailRow, (), (projected_seq, number, open_format))

const db::Statement<TailRow(BatchId, UserId)> tail_of_user{{"bids.tail_of_user", R"sql(
    SELECT j.projected_seq, ab.number,
           coalesce(o.rules::jsonb ->> 'format' = 'open', false) AS open_format
    FROM batch_journals j
    JOIN batch_chain o ON o.batch_id = j.batch_id AND o.k = 0
    JOIN auction_bidders ab ON ab.auction_id = j.auction_id
    WHERE j.batch_id = $1 AND ab.user_id = $2)sql"}};

struct LotName {
    std::int32_t adv_no = 0;
    CertificateId certificate_id;
};
BOOST_DESCRIBE_STRUCT(LotName, (), (adv_no, certificate_id))

const db::Statement<LotName(BatchId)> lot_names{{"bids.lot_names", R"sql(
    SELECT adv_no, certificate_id FROM batch_certificates WHERE batch_id = $1)sql"}};

Result<Wish> wish_of(const PlaceBid& body) {
    const WishKind kind = body.kind.value_or(WishKind::place);
    if (kind == WishKind::place && !body.rate)
        return fail(ErrorCode::invalid_input, "bid.rate_missing", "a bid needs a rate",
                    {{"rate", "is missing"}});
    return Wish{.bid = body.bid_id,
                .certificate = body.certificate_id,
                .kind = kind == WishKind::place ? BidKind::place : BidKind::withdraw,
                .rate = kind == WishKind::place ? *body.rate : Rate{}};
}

void write_bid(http::JsonWriter& json, const Line& line) {
    const bool place = line.wish.kind == BidKind::place;
    http::write_json(json, Bid{.bid_id = line.bid,
                               .certificate_id = line.wish.certificate,
                               .adv_no = static_cast<int>(line.lot),
                               .kind = place ? WishKind::place : WishKind::withdraw,
                               .rate = place ? std::optional{line.wish.rate} : std::nullopt,
                               .accepted_at = line.accepted_at});
}

Response answer_one(const Line& line, const Request& request) {
    if (line.status == LineStatus::refused) return http::problem(line.error, request.request_id);
    Response response;
    response.body.reserve(line.receipt.size() + 384);
    http::JsonWriter json{response.body};
    json.begin_object();
    json.key("status");
    json.text(enum_name(line.status));
    json.key("bid");
    write_bid(json, line);
    json.key("receipt");
    json.raw(line.receipt);
    json.end_object();
    return response;
}

/// Address and device of the request as a number. Known ones are remembered; a new one is looked up
/// on a worker.
asio::awaitable<std::uint32_t> source_of(App& app, const Request& request) {
    static std::unordered_map<std::string, std::uint32_t> known; // I/O thread only.
    const std::string device = http::readable(request.header("User-Agent"), device_size_max);
    std::string name = std::string(request.remote_address) + '\n' + device;
    if (const auto found = known.find(name); found != known.end()) co_return found->second;
    auto look_up = [&app, &request, &device] {
        auto lease = app.bid_pool.acquire();
        const auto id = lease->maybe_one(intern_source, std::string(request.remote_address),
                                         std::optional{device});
        return static_cast<std::uint32_t>(id.value_or(0));
    };
    const std::uint32_t id = co_await app.bid_workers.run(app.io, Traffic::bid, look_up);
    if (known.size() > 100'000) known.clear();
    if (id != 0) known.emplace(std::move(name), id);
    co_return id;
}

/// Who makes up ids of batches has each looked for; known ones cost nothing.
void charge_for_unknown_batch(App& app, const Request& request, const std::vector<Line>& lines) {
    const Line& first = lines.front();
    if (first.status == LineStatus::refused && first.error.reason == "batch.unknown")
        app.admission.charge_for_search(*request.caller.user);
}

/// Before anything is read: a bid that is sent again later hears what became of it then.
Response refuse_on_full_disk(const Request& request) {
    metrics::metrics().bids_refused.add("bid.disk_low");
    Response response = http::problem(
        503, "bid.disk_low", "no bids can be stored at the moment; try again", request.request_id);
    response.headers.emplace_back("Retry-After", "10");
    return response;
}

/// The answer to what is no bid.
asio::awaitable<Response> refuse(App& app, const Request& request, const Error& error) {
    co_return co_await app.bid_access.answer(request, http::problem(error, request.request_id));
}

/// After a recovered second factor, so that a thief of an account cannot bid with it at once.
std::optional<Response> refuse_on_hold(App& app, const Request& request) {
    const auto until = request.caller.takes_no_bids_until;
    if (!until || app.clock.now() >= *until) return std::nullopt;
    return on_hold(*until, request.request_id);
}

asio::awaitable<Response> post_bid(App& app, const Request& request) {
    if (app.is_disk_too_full()) co_return refuse_on_full_disk(request);
    if (auto refusal = refuse_on_hold(app, request)) co_return *std::move(refusal);
    const Result<BatchId> batch = request.path_id<BatchId>("batch_id");
    if (!batch) co_return co_await refuse(app, request, batch.error());
    const Result<PlaceBid> body = http::from_json<PlaceBid>(request.body);
    if (!body) co_return co_await refuse(app, request, body.error());
    const Result<Wish> wish = wish_of(*body);
    if (!wish) co_return co_await refuse(app, request, wish.error());
    Submission submission{.batch = *batch,
                          .user = *request.caller.user,
                          .wishes = {*wish},
                          .credential = request.caller.credential};
    submission.source = co_await source_of(app, request);
    Placed placed = co_await app.bid_access.place(std::move(submission), request.request_id);
    if (placed.refusal) co_return *std::move(placed.refusal);
    charge_for_unknown_batch(app, request, placed.lines);
    co_return answer_one(placed.lines.front(), request);
}

std::string lines_json(const std::vector<Line>& lines) {
    std::array<int, 4> counts{};
    for (const Line& line : lines)
        ++counts[static_cast<std::size_t>(line.status)];
    std::string out;
    http::JsonWriter json{out};
    json.begin_object();
    for (std::size_t status = 0; status < counts.size(); ++status) {
        json.key(enum_name(static_cast<LineStatus>(status)));
        json.integer(counts[status]);
    }
    json.key("lines");
    json.begin_array();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Line& line = lines[i];
        const bool refused = line.status == LineStatus::refused;
        json.begin_object();
        json.key("line");
        json.integer(static_cast<std::int64_t>(i) + 1);
        json.key("status");
        json.text(enum_name(line.status));
        json.key("reason");
        refused ? json.text(line.error.reason) : json.null();
        json.key("detail");
        refused ? json.text(line.error.message) : json.null();
        json.key("bid");
        refused ? json.null() : write_bid(json, line);
        json.key("receipt");
        refused ? json.null() : json.raw(line.receipt);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return out;
}

asio::awaitable<Response> post_bids(App& app, const Request& request) {
    if (app.is_disk_too_full()) co_return refuse_on_full_disk(request);
    if (auto refusal = refuse_on_hold(app, request)) co_return *std::move(refusal);
    const Result<BatchId> batch = request.path_id<BatchId>("batch_id");
    if (!batch) co_return co_await refuse(app, request, batch.error());
    const UserId user = *request.caller.user;
    // Before it is parsed: who has no lines left is not to cost us that.
    if (const auto met = app.admission.would_take_lines(user, request.body.size() / line_size_max))
        co_return http::limited_response(*met, request.request_id);
    auto parse = [&request] { return http::from_json<PlaceBids>(request.body); };
    const Result<PlaceBids> body = co_await app.bid_workers.run(app.io, Traffic::bid, parse);
    if (!body) co_return co_await refuse(app, request, body.error());
    if (body->bids.empty() || body->bids.size() > lines_max)
        co_return co_await refuse(
            app, request,
            {ErrorCode::invalid_input, "bids.count", "send 1 to 8192 bids at a time", {}});
    if (const auto met = app.admission.take_lines(user, body->bids.size()))
        co_return http::limited_response(*met, request.request_id);
    const auto place = app.admission.enter_bid(body->bids.size());
    if (!place) co_return http::busy_response(Traffic::bid, http::Shed::places, request.request_id);
    Submission submission{.batch = *batch,
                          .user = user,
                          .joint = true,
                          .wishes = {},
                          .credential = request.caller.credential};
    submission.source = co_await source_of(app, request);
    for (const PlaceBid& bid : body->bids) {
        const Result<Wish> wish = wish_of(bid);
        if (!wish) co_return co_await refuse(app, request, wish.error());
        submission.wishes.push_back(*wish);
    }
    Placed placed = co_await app.bid_access.place(std::move(submission), request.request_id);
    if (placed.refusal) co_return *std::move(placed.refusal);
    charge_for_unknown_batch(app, request, placed.lines);
    auto write = [&placed] { return lines_json(placed.lines); };
    co_return Response{.body = co_await app.bid_workers.run(app.io, Traffic::bid, write)};
}

void note_outbid(std::vector<OwnBid>& own, int adv_no) {
    for (OwnBid& bid : own)
        if (bid.adv_no == adv_no && bid.status == BidStatus::standing)
            bid.status = BidStatus::outbid;
}

/// In one snapshot: what is projected, then the journal behind it.
Result<http::Page<OwnBid>> get_own_bids(App& app, const Request& request) {
    SO_TRY(const BatchId batch, request.path_id<BatchId>("batch_id"));
    const UserId user = *request.caller.user;
    db::Transaction transaction{app.read_pool, db::Isolation::repeatable_read};
    const auto tail = transaction->maybe_one(tail_of_user, batch, user);
    http::Page<OwnBid> page;
    if (!tail) return page;
    for (OwnRow& row : transaction->all(own_projected, batch, user))
        page.items.push_back(
            {row.bid_id, row.certificate_id, row.adv_no, row.rate, row.accepted_at, row.status});
    std::unordered_map<std::uint32_t, CertificateId> certificates;
    for (const LotName& lot : transaction->all(lot_names, batch))
        certificates[static_cast<std::uint32_t>(lot.adv_no)] = lot.certificate_id;
    std::int64_t from = tail->projected_seq;
    for (;;) {
        const auto blocks = read_blocks(transaction.connection(), batch, from, 64);
        if (blocks.empty()) break;
        for (const Block& block : blocks) {
            from = block.first_seq + static_cast<std::int64_t>(block.records.size());
            for (const JournalRecord& record : block.records) {
                const auto adv_no = static_cast<int>(record.lot);
                if (record.bidder != static_cast<std::uint32_t>(tail->number)) {
                    if (tail->open_format) note_outbid(page.items, adv_no);
                    continue;
                }
                const bool seen = std::ranges::any_of(
                    page.items, [&](const OwnBid& bid) { return bid.bid_id == record.bid; });
                if (seen) continue;
                for (OwnBid& bid : page.items)
                    if (bid.adv_no == adv_no && bid.status == BidStatus::standing)
                        bid.status = record.kind == BidKind::withdraw ? BidStatus::withdrawn
                                                                      : BidStatus::replaced;
                if (record.kind == BidKind::place)
                    page.items.push_back({record.bid, certificates[record.lot], adv_no,
                                          Rate::from_bp(record.rate_bp), block.accepted_at,
                                          BidStatus::standing});
            }
        }
    }
    return page;
}

} // namespace

void add_routes(http::Router& router) {
    using http::Access;
    router.async_post<PlaceBid, BidAnswer>(
        "/api/v1/batches/{batch_id}/bids", post_bid,
        {.id = "placeBid",
         .summary = "Place, replace or withdraw a bid; answered with a receipt",
         .access = Access::investor});
    router.async_post<PlaceBids, BidLines>(
        "/api/v1/batches/{batch_id}/bids/bulk", post_bids,
        {.id = "placeBids",
         .summary = "Place many bids at once; each line gets its own verdict",
         .access = Access::investor,
         .body_max = 4 << 20});
    router.get("/api/v1/batches/{batch_id}/bids/mine", get_own_bids,
               {.id = "listOwnBids",
                .summary = "The caller's own bids in a batch, every version",
                .access = Access::investor});
    add_open_routes(router);
}

} // namespace strikeoff::bids
