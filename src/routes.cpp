#include "routes.hpp"

#include "app.hpp"
#include "explanations.hpp"
#include "http/site.hpp"
#include "modules/admin/admin.hpp"
#include "modules/approvals/approvals.hpp"
#include "modules/auctions/auctions.hpp"
#include "modules/bids/bids.hpp"
#include "modules/certificates/certificates.hpp"
#include "modules/counties/counties.hpp"
#include "modules/identity/identity.hpp"
#include "modules/onboarding/onboarding.hpp"
#include "realtime/handshake.hpp"

namespace strikeoff {
namespace {

using http::Request;
using http::Response;

Result<Response> get_health(App&, const Request&) {
    return Response{.content_type = "text/plain; charset=utf-8", .body = "ok\n"};
}

/// Ready means that bids can be taken: the database answers.
Result<Response> get_readiness(App& app, const Request&) {
    app.clock.read();
    return Response{.content_type = "text/plain; charset=utf-8", .body = "ready\n"};
}

Result<Response> get_openapi(App& app, const Request&) {
    // The table does not change once the service runs.
    static const std::string text =
        boost::json::serialize(http::openapi(app.router, STRIKEOFF_VERSION));
    return Response{.body = text};
}

Result<Response> get_keys(App& app, const Request&) {
    const boost::json::object document{{"keys",
                                        {{{"algorithm", "Ed25519"},
                                          {"public_key", to_hex(app.keys.signing().public_key())},
                                          {"valid_from", nullptr},
                                          {"valid_until", nullptr}}}}};
    return Response{.body = boost::json::serialize(document)};
}

Result<Response> get_live(App&, const Request& request) {
    return realtime::answer_handshake(request);
}

Result<Response> get_page(App&, const Request&) {
    return http::site_page();
}

Result<Response> get_asset(App&, const Request& request) {
    return http::site_asset(request.path_value("file"), request.header("Accept-Encoding"));
}

void add_service_routes(http::Router& router) {
    using http::Access;
    router.get("/healthz", get_health,
               {.id = "getHealth",
                .summary = "The process is alive",
                .access = Access::visitor,
                .produces = "text/plain",
                .traffic = http::Traffic::probe,
                .at_once = true});
    router.get("/readyz", get_readiness,
               {.id = "getReadiness",
                .summary = "The database answers",
                .access = Access::visitor,
                .produces = "text/plain",
                .traffic = http::Traffic::probe});
    router.get("/api/v1/openapi.json", get_openapi,
               {.id = "getOpenapi",
                .summary = "This description",
                .access = Access::visitor,
                .produces = "application/json; charset=utf-8"});
    router.get("/.well-known/strikeoff-keys.json", get_keys,
               {.id = "getKeys",
                .summary = "The public key of receipts and transcripts",
                .access = Access::visitor,
                .produces = "application/json; charset=utf-8"});
    router.get("/api/v1/live", get_live,
               {.id = "getLive",
                .summary = "News of sales as they happen, over a WebSocket",
                .access = Access::visitor,
                .status = 101,
                .produces = ""});
}

/// The addresses of the site. Each is the same page, whose script reads the address: what is not
/// here is answered with 404.
void add_site_routes(http::Router& router) {
    struct Page {
        const char* path;
        const char* id;
        const char* summary;
    };
    for (const Page& page :
         {Page{"/", "getHomePage", "The sales of all counties"},
          Page{"/counties/{county_id}", "getCountyPage", "A county and its sales"},
          Page{"/sales/{auction_id}", "getSalePage", "A sale and its batches"},
          Page{"/sales/{auction_id}/items", "getItemsPage", "What a sale offers"},
          Page{"/sales/{auction_id}/items/{adv_no}", "getItemPage", "An item of a sale"},
          Page{"/batches/{batch_id}", "getBatchPage", "A batch and its results"},
          Page{"/batches/{batch_id}/items/{adv_no}", "getItemBidsPage",
               "The bids on an item of a closed batch"},
          Page{"/verify", "getVerifyPage", "Where a draw is checked"},
          Page{"/how-it-works", "getHowItWorksPage", "What a tax certificate is"},
          Page{"/calculator", "getCalculatorPage", "What a certificate returns"},
          Page{"/register", "getRegisterPage", "Where an account is made"},
          Page{"/sign-in", "getSignInPage", "Where people sign in"},
          Page{"/forgot-password", "getForgotPasswordPage", "Where a new password is asked for"},
          Page{"/confirm-address", "getConfirmAddressPage", "Where the mail's link leads"},
          Page{"/confirm-new-address", "getConfirmNewAddressPage", "Where the mail's link leads"},
          Page{"/reset-password", "getResetPasswordPage", "Where the mail's link leads"}})
        router.get(page.path, get_page,
                   {.id = page.id,
                    .summary = page.summary,
                    .access = http::Access::visitor,
                    .produces = "text/html"});
    router.get("/assets/{file}", get_asset,
               {.id = "getAsset",
                .summary = "A file of the site",
                .access = http::Access::visitor,
                .produces = "application/octet-stream"});
}

} // namespace

void add_routes(http::Router& router) {
    bids::add_routes(router); // First: the one that is asked for most.
    add_service_routes(router);
    add_site_routes(router);
    identity::add_routes(router);
    counties::add_routes(router);
    certificates::add_routes(router);
    onboarding::add_routes(router);
    approvals::add_routes(router);
    admin::add_routes(router);
    auctions::add_routes(router);
    explain_routes(router);
}

} // namespace strikeoff
