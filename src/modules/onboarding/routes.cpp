#include "app.hpp"
#include "modules/onboarding/onboarding.hpp"

namespace strikeoff::onboarding {
namespace {

using http::Page;
using http::Request;

const db::Statement<CountyId(AuctionId)> county_of_auction{{"onboarding.county_of_auction", R"sql(
    SELECT county_id FROM auctions WHERE id = $1)sql"}};

Result<AuctionId> staffed_auction(App& app, const Request& request) {
    SO_TRY(const AuctionId auction, request.path_id<AuctionId>("auction_id"));
    auto lease = app.read_pool.acquire();
    const auto county = lease->maybe_one(county_of_auction, auction);
    if (county && request.may_act_in(*county)) return auction;
    return fail(ErrorCode::not_found, "not_found", "there is nothing here");
}

Result<Page<Bidder>> get_bidders(App& app, const Request& request) {
    SO_TRY(const AuctionId auction, staffed_auction(app, request));
    SO_TRY(const int limit, request.page_limit());
    SO_TRY(const auto after, request.query_integer("cursor"));
    Page<Bidder> page;
    page.items = app.onboarding.list(auction, static_cast<int>(after.value_or(0)), limit + 1);
    if (page.items.size() > static_cast<std::size_t>(limit)) {
        page.items.pop_back();
        page.next_cursor = std::to_string(page.items.back().number);
    }
    return page;
}

Result<Bidder> post_bidder(App& app, const Request& request, NewBidder body) {
    SO_TRY(const AuctionId auction, staffed_auction(app, request));
    return app.onboarding.register_bidder(auction, body, *request.caller.user);
}

Result<Bidder> get_bidder(App& app, const Request& request) {
    SO_TRY(const AuctionId auction, staffed_auction(app, request));
    SO_TRY(const UserId user, request.path_id<UserId>("user_id"));
    return app.onboarding.find(auction, user);
}

Result<Bidder> put_budget(App& app, const Request& request, SetBudget body) {
    SO_TRY(const AuctionId auction, staffed_auction(app, request));
    SO_TRY(const UserId user, request.path_id<UserId>("user_id"));
    return app.onboarding.set_budget(auction, user, body);
}

Result<Bidder> post_bar(App& app, const Request& request, Bar body) {
    SO_TRY(const AuctionId auction, staffed_auction(app, request));
    SO_TRY(const UserId user, request.path_id<UserId>("user_id"));
    return app.onboarding.bar(auction, user, body);
}

Result<Bidder> put_tax_form(App& app, const Request& request, SetTaxForm body) {
    SO_TRY(const AuctionId auction, staffed_auction(app, request));
    SO_TRY(const UserId user, request.path_id<UserId>("user_id"));
    return app.onboarding.set_tax_form(auction, user, body, *request.caller.user);
}

Result<Page<Ownership>> get_ownerships(App& app, const Request& request) {
    SO_TRY(const AuctionId auction, staffed_auction(app, request));
    SO_TRY(const UserId user, request.path_id<UserId>("user_id"));
    SO_TRY(auto items, app.onboarding.ownerships(auction, user));
    return Page<Ownership>{std::move(items), std::nullopt};
}

Result<Ownership> put_ownership(App& app, const Request& request, SetOwnership body) {
    SO_TRY(const AuctionId auction, staffed_auction(app, request));
    SO_TRY(const UserId user, request.path_id<UserId>("user_id"));
    SO_TRY(const CertificateId certificate, request.path_id<CertificateId>("certificate_id"));
    return app.onboarding.set_ownership(auction, user, certificate, body, *request.caller.user);
}

Result<Group> put_group(App& app, const Request& request) {
    SO_TRY(const AuctionId auction, staffed_auction(app, request));
    SO_TRY(const UserId user, request.path_id<UserId>("user_id"));
    return app.onboarding.set_group(auction, user, request.body);
}

Result<OwnBidder> get_own(App& app, const Request& request) {
    SO_TRY(const AuctionId auction, request.path_id<AuctionId>("auction_id"));
    return app.onboarding.find_own(auction, *request.caller.user);
}

Result<OwnBidder> put_limit(App& app, const Request& request, SetLimit body) {
    SO_TRY(const AuctionId auction, request.path_id<AuctionId>("auction_id"));
    return app.onboarding.set_limit(auction, *request.caller.user, body);
}

Result<OwnBidder> post_agreement(App& app, const Request& request) {
    SO_TRY(const AuctionId auction, request.path_id<AuctionId>("auction_id"));
    return app.onboarding.accept_agreement(auction, *request.caller.user);
}

void add_papers(http::Router& router) {
    const http::Permissions approvals = http::Permission::approvals;
    router.put("/api/v1/auctions/{auction_id}/bidders/{user_id}/tax-form", put_tax_form,
               {.id = "setTaxForm",
                .summary = "The tax form of a year, as staff have checked it on paper",
                .access = http::Access::county_admin,
                .needs = approvals,
                .edits = "getBidder"});
    router.get("/api/v1/auctions/{auction_id}/bidders/{user_id}/parcels", get_ownerships,
               {.id = "listOwnerships",
                .summary = "Parcels that are a bidder's own, or are not in spite of the name",
                .access = http::Access::auditor,
                .needs = approvals});
    router.put("/api/v1/auctions/{auction_id}/bidders/{user_id}/parcels/{certificate_id}",
               put_ownership,
               {.id = "setOwnership",
                .summary = "Whether the parcel of a certificate is a bidder's own",
                .access = http::Access::county_admin,
                .needs = approvals});
    router.post("/api/v1/auctions/{auction_id}/me/agreement", post_agreement,
                {.id = "acceptAgreement",
                 .summary = "Accept the bidding agreement of a sale",
                 .access = http::Access::investor});
}

} // namespace

void add_routes(http::Router& router) {
    using http::Permission;
    const auto staff = http::Access::county_admin;
    const http::Permissions approvals = Permission::approvals;
    const http::Permissions readers{Permission::approvals, Permission::sales, Permission::money,
                                    Permission::reports};
    const auto investor = http::Access::investor;
    router.get("/api/v1/auctions/{auction_id}/bidders", get_bidders,
               {.id = "listBidders",
                .summary = "Who may bid in a sale",
                .access = http::Access::auditor,
                .needs = readers,
                .query = {{"limit", "integer", "Items a page, 1 to 200; 50 by default"},
                          {"cursor", "string", "next_cursor of the page before"}}});
    router.post("/api/v1/auctions/{auction_id}/bidders", post_bidder,
                {.id = "registerBidder",
                 .summary = "Let an account bid in a sale",
                 .access = staff,
                 .needs = approvals,
                 .status = 201});
    router.get("/api/v1/auctions/{auction_id}/bidders/{user_id}", get_bidder,
               {.id = "getBidder",
                .summary = "A bidder of a sale",
                .access = http::Access::auditor,
                .needs = readers});
    router.put("/api/v1/auctions/{auction_id}/bidders/{user_id}/budget", put_budget,
               {.id = "setBudget",
                .summary = "Deposits and grant of a bidder",
                .access = staff,
                .needs = Permission::money,
                .edits = "getBidder"});
    router.put("/api/v1/auctions/{auction_id}/bidders/{user_id}/group", put_group,
               {.id = "setGroup",
                .summary = "The members of a bidding group, `number,name` lines",
                .access = staff,
                .needs = approvals,
                .accepts = "text/csv",
                .body_max = 128ULL << 20,
                .edits = "getBidder",
                .traffic = http::Traffic::heavy});
    router.post("/api/v1/auctions/{auction_id}/bidders/{user_id}/bar", post_bar,
                {.id = "barBidder",
                 .summary = "Bar a bidder from a sale",
                 .access = staff,
                 .needs = approvals,
                 .edits = "getBidder",
                 .traffic = http::Traffic::urgent});
    router.get(
        "/api/v1/auctions/{auction_id}/me", get_own,
        {.id = "getOwnBidder", .summary = "The caller's standing in a sale", .access = investor});
    router.put("/api/v1/auctions/{auction_id}/me/limit", put_limit,
               {.id = "setOwnLimit",
                .summary = "The caller's own limit in a sale",
                .access = investor,
                .edits = "getOwnBidder"});
    add_papers(router);
}

} // namespace strikeoff::onboarding
