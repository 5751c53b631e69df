#include "routes.hpp"

#include "app.hpp"
#include "db/embedded.hpp"
#include "explanations.hpp"
#include "modules/admin/admin.hpp"
#include "modules/approvals/approvals.hpp"
#include "modules/auctions/auctions.hpp"
#include "modules/bids/bids.hpp"
#include "modules/certificates/certificates.hpp"
#include "modules/counties/counties.hpp"
#include "modules/identity/identity.hpp"
#include "modules/onboarding/onboarding.hpp"

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

/// Which file a path shows. The links of mails lead to one page, which reads its own address.
std::string_view page_file(std::string_view path) {
    if (path == "/") return "index.html";
    if (path == "/style.css" || path.ends_with(".js")) return path.substr(1);
    return "account.html";
}

Result<Response> get_page(App&, const Request& request) {
    const std::string_view name = page_file(request.path);
    for (const EmbeddedFile& file : embedded_pages()) {
        if (file.name != name) continue;
        Response response{.body = std::string(file.text())};
        response.content_type = name.ends_with(".html")  ? "text/html; charset=utf-8"
                                : name.ends_with(".css") ? "text/css; charset=utf-8"
                                                         : "text/javascript; charset=utf-8";
        response.headers = {
            {"Content-Security-Policy",
             "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
             "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
            {"Referrer-Policy", "no-referrer"},
            {"Cache-Control", "no-cache"}};
        return response;
    }
    return fail(ErrorCode::not_found, "not_found", "there is nothing here");
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
    struct Page {
        const char* path;
        const char* id;
        const char* summary;
        const char* produces;
    };
    for (const Page& page :
         {Page{"/", "getPage", "The page of the sale", "text/html"},
          Page{"/style.css", "getStyle", "What pages look like", "text/css"},
          Page{"/page.js", "getScript", "The script of the page of the sale", "text/javascript"},
          Page{"/account.js", "getAccountScript", "The script behind links of mails",
               "text/javascript"},
          Page{"/confirm-address", "getConfirmAddressPage", "Where the mail's link leads",
               "text/html"},
          Page{"/confirm-new-address", "getConfirmNewAddressPage", "Where the mail's link leads",
               "text/html"},
          Page{"/reset-password", "getResetPasswordPage", "Where the mail's link leads",
               "text/html"}})
        router.get(page.path, get_page,
                   {.id = page.id,
                    .summary = page.summary,
                    .access = Access::visitor,
                    .produces = page.produces});
}

} // namespace

void add_routes(http::Router& router) {
    bids::add_routes(router); // First: the one that is asked for most.
    add_service_routes(router);
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
