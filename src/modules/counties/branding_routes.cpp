#include "modules/counties/branding_routes.hpp"

#include "app.hpp"
#include "core/canonical_json.hpp"
#include "db/transaction.hpp"
#include "http/json.hpp"
#include "modules/counties/branding.hpp"

namespace strikeoff::counties {
namespace {

const db::Statement<CountyId(CountyId, db::Json)> update_branding{
    {"counties.update_branding", R"sql(
    UPDATE counties SET settings_json = jsonb_set(settings_json, '{branding}', $2)
    WHERE id = $1
    RETURNING id)sql"}};

const db::Statement<std::string(Uuid, CountyId, UserId, std::string, Uuid, std::string, Bytes)>
    append_audit{{"counties.audit_change", R"sql(
    SELECT strikeoff.audit_append($1, $2, $3, $4, $5, $6, $7, NULL)::text)sql"}};

Result<County> put_branding(App& app, const http::Request& request, Branding body) {
    SO_TRY(const CountyId county, request.path_id<CountyId>("county_id"));
    if (!request.may_act_in(county))
        return fail(ErrorCode::not_found, "not_found", "there is nothing here");
    SO_TRY_VOID(check_branding(body));
    const std::string document = http::to_json(body);
    db::Transaction transaction{app.worker_pool};
    // An administrator may act in every county, and so in those that there are not.
    if (!transaction->maybe_one(update_branding, county, db::Json{document}))
        return fail(ErrorCode::not_found, "not_found", "there is nothing here");
    const std::string payload = canonical_json(boost::json::parse(document));
    transaction->one(append_audit, county.uuid, county, *request.caller.user, std::string{"county"},
                     county.uuid, std::string{"county.branding"},
                     Bytes(payload.begin(), payload.end()));
    transaction.commit();
    return read_county(app, county);
}

} // namespace

void add_branding_routes(http::Router& router) {
    router.put("/api/v1/counties/{county_id}/branding", put_branding,
               {.id = "setBranding",
                .summary = "The name and the colours of a county's pages",
                .access = http::Access::county_admin,
                .needs = http::Permission::settings,
                .edits = "getCounty"});
}

} // namespace strikeoff::counties
