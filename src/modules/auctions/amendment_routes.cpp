#include "app.hpp"
#include "modules/auctions/amendments.hpp"
#include "modules/auctions/staff.hpp"

namespace strikeoff::auctions {
namespace {

using http::Page;
using http::Request;

struct AmendmentRow {
    AmendmentId id;
    BatchId batch_id;
    CertificateId certificate_id;
    std::int32_t adv_no = 0;
    std::string kind;
    std::string status;
    std::string reason;
    Instant proposed_at;
    std::optional<Instant> published_at;
    std::optional<std::string> body;
    std::optional<Hash> hash;
    std::optional<Signature> signature;
};
BOOST_DESCRIBE_STRUCT(AmendmentRow, (),
                      (id, batch_id, certificate_id, adv_no, kind, status, reason, proposed_at,
                       published_at, body, hash, signature))

// Row security shows proposals to the county's staff alone.
const db::Statement<AmendmentRow(std::optional<BatchId>, std::optional<AmendmentId>)>
    list_amendments{{"auctions.list_amendments", R"sql(
    SELECT a.id, a.batch_id, l.certificate_id, l.adv_no, a.kind::text AS kind,
           CASE WHEN a.published_at IS NOT NULL THEN 'published'
                WHEN a.refused_at IS NOT NULL THEN 'refused' ELSE 'proposed' END AS status,
           a.reason, a.created_at AS proposed_at, a.published_at, nullif(a.body, '') AS body,
           a.hash, a.signature
    FROM amendments a
    JOIN batch_certificates l ON l.batch_id = a.batch_id AND l.certificate_id = a.certificate_id
    WHERE a.batch_id = $1 OR a.id = $2
    ORDER BY a.id)sql"}};

const db::Statement<CountyId(AmendmentId)> county_of_amendment{{"auctions.county_of_amendment",
                                                                R"sql(
    SELECT county_id FROM amendments WHERE id = $1)sql"}};

Amendment from_row(const AmendmentRow& r) {
    return {r.id,
            r.batch_id,
            r.certificate_id,
            r.adv_no,
            parse_enum<AmendmentKind>(r.kind).value(),
            parse_enum<AmendmentStatus>(r.status).value(),
            r.reason,
            r.proposed_at,
            r.published_at,
            r.body,
            r.hash,
            r.signature};
}

/// As the caller may see it.
Result<Amendment> read_amendment(App& app, const Request& request, AmendmentId id) {
    db::Identity reader{request.caller.user, request.caller.counties()};
    if (request.caller.role == http::Role::admin)
        if (const auto county = app.read_pool.acquire()->maybe_one(county_of_amendment, id))
            reader.counties.push_back(*county);
    db::Transaction transaction{app.app_pool, reader};
    const auto row =
        transaction->maybe_one(list_amendments, std::optional<BatchId>{}, std::optional{id});
    if (!row) return fail(ErrorCode::not_found, "not_found", "there is nothing here");
    return from_row(*row);
}

Result<Page<Amendment>> get_amendments(App& app, const Request& request) {
    SO_TRY(const BatchId batch, request.path_id<BatchId>("batch_id"));
    db::Transaction transaction{app.app_pool, reader_of(app, request, batch)};
    Page<Amendment> page;
    for (const AmendmentRow& row :
         transaction->all(list_amendments, std::optional{batch}, std::optional<AmendmentId>{}))
        page.items.push_back(from_row(row));
    return page;
}

Result<Amendment> post_amendment(App& app, const Request& request, NewAmendment body) {
    SO_TRY(const BatchId batch, staffed_batch(app, request));
    SO_TRY(const AmendmentId id, app.amendments.propose(batch, body, *request.caller.user));
    return read_amendment(app, request, id);
}

Result<AmendmentId> staffed_amendment(App& app, const Request& request) {
    SO_TRY(const AmendmentId id, request.path_id<AmendmentId>("amendment_id"));
    auto lease = app.read_pool.acquire();
    const auto county = lease->maybe_one(county_of_amendment, id);
    if (!county || !request.may_act_in(*county))
        return fail(ErrorCode::not_found, "not_found", "there is nothing here");
    return id;
}

Result<Amendment> post_approval(App& app, const Request& request) {
    SO_TRY(const AmendmentId id, staffed_amendment(app, request));
    SO_TRY_VOID(app.amendments.approve(id, *request.caller.user));
    return read_amendment(app, request, id);
}

Result<Amendment> post_refusal(App& app, const Request& request) {
    SO_TRY(const AmendmentId id, staffed_amendment(app, request));
    SO_TRY_VOID(app.amendments.refuse(id, *request.caller.user));
    return read_amendment(app, request, id);
}

} // namespace

void add_amendment_routes(http::Router& router) {
    const auto staff = http::Access::county_admin;
    const http::Permissions sales = http::Permission::sales;
    router.get("/api/v1/batches/{batch_id}/amendments", get_amendments,
               {.id = "listAmendments",
                .summary = "Signed changes to the results of a batch; staff see proposals too",
                .access = http::Access::visitor,
                .traffic = http::Traffic::list});
    router.post("/api/v1/batches/{batch_id}/amendments", post_amendment,
                {.id = "proposeAmendment",
                 .summary = "Propose to take an award back",
                 .access = staff,
                 .needs = sales,
                 .status = 201});
    router.post("/api/v1/amendments/{amendment_id}/approve", post_approval,
                {.id = "approveAmendment",
                 .summary = "Carry out what another person proposed",
                 .access = staff,
                 .needs = sales});
    router.post(
        "/api/v1/amendments/{amendment_id}/refuse", post_refusal,
        {.id = "refuseAmendment", .summary = "Drop a proposal", .access = staff, .needs = sales});
}

} // namespace strikeoff::auctions
