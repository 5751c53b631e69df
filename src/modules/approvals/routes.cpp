#include "app.hpp"
#include "modules/approvals/approvals.hpp"

namespace strikeoff::approvals {
namespace {

using http::Page;
using http::Request;

Result<Page<Approval>> get_approvals(App& app, const Request& request) {
    SO_TRY(const int limit, request.page_limit());
    std::optional<ApprovalId> before;
    if (const auto cursor = request.query.find("cursor"); cursor != request.query.end()) {
        const auto uuid = parse_uuid(cursor->second);
        if (!uuid) return fail(ErrorCode::invalid_input, "query.cursor", "no such cursor");
        before = ApprovalId{*uuid};
    }
    Page<Approval> page;
    page.items = app.approvals.list(request.caller, before, limit + 1);
    if (page.items.size() > static_cast<std::size_t>(limit)) {
        page.items.pop_back();
        page.next_cursor = page.items.back().id.text();
    }
    return page;
}

Result<Approval> get_approval(App& app, const Request& request) {
    SO_TRY(const ApprovalId id, request.path_id<ApprovalId>("approval_id"));
    return app.approvals.find(id, request.caller);
}

Result<Approval> post_approve(App& app, const Request& request) {
    SO_TRY(const ApprovalId id, request.path_id<ApprovalId>("approval_id"));
    app.clock.read();
    SO_TRY_VOID(http::proven_lately(request.caller, app.clock.now()));
    return app.approvals.approve(id, request.caller);
}

Result<Approval> post_refuse(App& app, const Request& request) {
    SO_TRY(const ApprovalId id, request.path_id<ApprovalId>("approval_id"));
    return app.approvals.refuse(id, request.caller);
}

} // namespace

void add_routes(http::Router& router) {
    // Which permission a change asks for depends on the change.
    http::Permissions any;
    for (const TwoPersonRule& rule : two_person_rules)
        any.add(rule.permission);
    const auto staff = http::Access::county_admin;
    const auto urgent = http::Traffic::urgent;
    router.get("/api/v1/approvals", get_approvals,
               {.id = "listApprovals",
                .summary = "Changes that wait for a second person, and what became of earlier ones",
                .access = staff,
                .needs = any,
                .query = {{"limit", "integer", "Items a page, 1 to 200; 50 by default"},
                          {"cursor", "string", "next_cursor of the page before"}}});
    router.get("/api/v1/approvals/{approval_id}", get_approval,
               {.id = "getApproval",
                .summary = "A change that takes two people",
                .access = staff,
                .needs = any});
    router.post("/api/v1/approvals/{approval_id}/approve", post_approve,
                {.id = "approveChange",
                 .summary = "Carry out what another person proposed",
                 .access = staff,
                 .needs = any,
                 .traffic = urgent});
    router.post("/api/v1/approvals/{approval_id}/refuse", post_refuse,
                {.id = "refuseChange",
                 .summary = "Drop what was proposed",
                 .access = staff,
                 .needs = any,
                 .traffic = urgent});
}

} // namespace strikeoff::approvals
