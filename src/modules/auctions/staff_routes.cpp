// What a county's staff do with its sales.
#include "app.hpp"
#include "http/json.hpp"
#include "modules/approvals/approvals.hpp"
#include "modules/auctions/auctions.hpp"
#include "modules/auctions/staff.hpp"

namespace strikeoff::auctions {
namespace {

using approvals::Action;
using approvals::Approval;
using http::Request;

Result<Auction> post_auction(App& app, const Request& request, NewAuction body) {
    SO_TRY(const CountyId county, request.path_id<CountyId>("county_id"));
    if (!request.may_act_in(county))
        return fail(ErrorCode::not_found, "not_found", "there is nothing here");
    SO_TRY(const AuctionId id, app.auctions.create(county, body));
    return read_auction(app, request, id);
}

Result<Batch> post_batch(App& app, const Request& request, NewBatch body) {
    SO_TRY(const AuctionId auction, staffed_auction(app, request));
    SO_TRY(const BatchId batch, app.auctions.add_batch(auction, body));
    return read_batch(app, request, batch);
}

struct Planned {
    int batches = 0;
};
BOOST_DESCRIBE_STRUCT(Planned, (), (batches))

Result<Planned> post_plan(App& app, const Request& request, BatchPlan body) {
    SO_TRY(const AuctionId auction, staffed_auction(app, request));
    SO_TRY(const int batches, app.auctions.plan_batches(auction, body));
    return Planned{batches};
}

Result<Batch> post_cleanup(App& app, const Request& request, Cleanup body) {
    SO_TRY(const AuctionId auction, staffed_auction(app, request));
    SO_TRY(const BatchId batch, app.auctions.add_cleanup(auction, body));
    return read_batch(app, request, batch);
}

Result<Auction> post_publish(App& app, const Request& request) {
    SO_TRY(const AuctionId auction, staffed_auction(app, request));
    SO_TRY_VOID(app.auctions.publish(auction, *request.caller.user));
    return read_auction(app, request, auction);
}

Result<void> post_commitments(App& app, const Request& request, Commitments body) {
    SO_TRY(const AuctionId auction, staffed_auction(app, request));
    return app.auctions.commit_county(auction, body, *request.caller.user);
}

Result<SecretReceipt> post_secret(App& app, const Request& request, RevealSecret body) {
    SO_TRY(const BatchId batch, staffed_batch(app, request));
    return app.auctions.reveal(batch, body);
}

Result<void> post_withdrawal(App& app, const Request& request, Reason body) {
    SO_TRY(const BatchId batch, staffed_batch(app, request));
    SO_TRY(const std::int32_t adv_no, path_number(request, "adv_no"));
    return app.auctions.withdraw(batch, adv_no, body, *request.caller.user);
}

Result<Auction> post_pause(App& app, const Request& request, Reason body) {
    SO_TRY(const AuctionId auction, staffed_auction(app, request));
    SO_TRY_VOID(app.auctions.pause(auction, body, *request.caller.user));
    return read_auction(app, request, auction);
}

Result<Approval> post_resume(App& app, const Request& request) {
    SO_TRY(const AuctionId auction, staffed_auction(app, request));
    return app.approvals.propose({.action = Action::resume_auction,
                                  .county = county_of(app, auction),
                                  .subject = auction.uuid},
                                 *request.caller.user);
}

Result<Batch> post_end(App& app, const Request& request, MoveEnd body) {
    SO_TRY(const BatchId batch, staffed_batch(app, request));
    SO_TRY_VOID(app.auctions.move_end(batch, body, *request.caller.user));
    return read_batch(app, request, batch);
}

Result<Approval> post_cancel(App& app, const Request& request, Reason body) {
    SO_TRY(const BatchId batch, staffed_batch(app, request));
    return app.approvals.propose({.action = Action::cancel_batch,
                                  .county = county_of(app, batch),
                                  .subject = batch.uuid,
                                  .parameters = http::to_json(body)},
                                 *request.caller.user);
}

} // namespace

void carry_approved_changes(App& app) {
    app.approvals.carry_with(
        Action::resume_auction,
        [&app](db::Connection& connection, const approvals::Order& order) -> Result<std::string> {
            SO_TRY_VOID(app.auctions.resume(connection, AuctionId{order.subject}, order.by));
            return "{}";
        });
    app.approvals.carry_with(
        Action::cancel_batch,
        [&app](db::Connection& connection, const approvals::Order& order) -> Result<std::string> {
            SO_TRY(const Reason reason, http::from_json<Reason>(order.parameters));
            SO_TRY_VOID(app.auctions.cancel(connection, BatchId{order.subject}, reason, order.by));
            return "{}";
        });
}

void add_staff_routes(http::Router& router) {
    const auto staff = http::Access::county_admin;
    const http::Permissions sales = http::Permission::sales;
    const auto urgent = http::Traffic::urgent;
    router.post("/api/v1/counties/{county_id}/auctions", post_auction,
                {.id = "createAuction",
                 .summary = "Draft a sale",
                 .access = staff,
                 .needs = sales,
                 .status = 201});
    router.post("/api/v1/auctions/{auction_id}/batches", post_batch,
                {.id = "createBatch",
                 .summary = "Add a batch by hand",
                 .access = staff,
                 .needs = sales,
                 .status = 201});
    router.post("/api/v1/auctions/{auction_id}/batches/plan", post_plan,
                {.id = "planBatches",
                 .summary = "Add batches by size and interval",
                 .access = staff,
                 .needs = sales,
                 .status = 201});
    router.post("/api/v1/auctions/{auction_id}/cleanup", post_cleanup,
                {.id = "createCleanupBatch",
                 .summary = "Offer again what came back",
                 .access = staff,
                 .needs = sales,
                 .status = 201});
    router.post(
        "/api/v1/auctions/{auction_id}/publish", post_publish,
        {.id = "publishAuction", .summary = "Publish a sale", .access = staff, .needs = sales});
    router.post("/api/v1/auctions/{auction_id}/commitments", post_commitments,
                {.id = "commitCounty",
                 .summary = "The county's commitments for its batches",
                 .access = staff,
                 .needs = sales,
                 .traffic = urgent});
    router.post("/api/v1/batches/{batch_id}/secret", post_secret,
                {.id = "revealSecret",
                 .summary = "The county's secret, after the close record",
                 .access = staff,
                 .needs = sales,
                 .traffic = urgent});
    router.post("/api/v1/batches/{batch_id}/items/{adv_no}/withdraw", post_withdrawal,
                {.id = "withdrawItem",
                 .summary = "Take an item out of the sale",
                 .access = staff,
                 .needs = sales,
                 .traffic = urgent});
    router.post("/api/v1/auctions/{auction_id}/pause", post_pause,
                {.id = "pauseAuction",
                 .summary = "Pause a sale",
                 .access = staff,
                 .needs = sales,
                 .traffic = urgent});
    router.post("/api/v1/auctions/{auction_id}/resume", post_resume,
                {.id = "resumeAuction",
                 .summary = "Propose to resume a paused sale; a second person carries it out",
                 .access = staff,
                 .needs = sales,
                 .status = 202,
                 .traffic = urgent});
    router.post("/api/v1/batches/{batch_id}/end", post_end,
                {.id = "moveEnd",
                 .summary = "Move the end of a batch",
                 .access = staff,
                 .needs = sales,
                 .traffic = urgent});
    router.post("/api/v1/batches/{batch_id}/cancel", post_cancel,
                {.id = "cancelBatch",
                 .summary = "Propose to cancel a batch; a second person carries it out",
                 .access = staff,
                 .needs = sales,
                 .status = 202,
                 .traffic = urgent});
}

} // namespace strikeoff::auctions
