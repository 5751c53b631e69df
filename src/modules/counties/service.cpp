#include "app.hpp"
#include "core/schedule.hpp"
#include "db/transaction.hpp"
#include "modules/counties/branding_routes.hpp"
#include "modules/counties/counties.hpp"
#include "modules/counties/settings.hpp"

namespace strikeoff::counties {
namespace {

using http::Page;
using http::Request;

const db::Statement<CountyId(std::string, std::string, std::string, std::optional<std::string>,
                             db::Json)>
    insert_county{{"counties.insert_county", R"sql(
    INSERT INTO counties (name, state, time_zone, fips, settings_json)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING
    RETURNING id)sql"}};

struct CountyRow {
    CountyId id;
    std::string name;
    std::string state;
    std::string time_zone;
    std::optional<std::string> fips;
    db::Json settings_json;
};
BOOST_DESCRIBE_STRUCT(CountyRow, (), (id, name, state, time_zone, fips, settings_json))

const db::Statement<CountyRow(std::optional<CountyId>, std::optional<CountyId>, std::int32_t)>
    list_counties{{"counties.list_counties", R"sql(
    SELECT id, name, state, time_zone, fips, settings_json
    FROM counties
    WHERE ($1::uuid IS NULL OR id = $1) AND ($2::uuid IS NULL OR id > $2)
    ORDER BY id
    LIMIT $3)sql"}};

bool is_time_zone(std::string_view name) {
    return plan_closings({.time_zone = name,
                          .first_close = "2026-01-01T00:00",
                          .day_opens = "08:00",
                          .day_closes = "17:00"},
                         0)
        .has_value();
}

Result<Page<County>> get_counties(App& app, const Request& request) {
    SO_TRY(const int limit, request.page_limit());
    std::optional<CountyId> after;
    if (const auto cursor = request.query.find("cursor"); cursor != request.query.end()) {
        const auto uuid = parse_uuid(cursor->second);
        if (!uuid) return fail(ErrorCode::invalid_input, "query.cursor", "no such cursor");
        after = CountyId{*uuid};
    }
    db::Transaction transaction{app.app_pool, db::Identity{}};
    Page<County> page;
    for (const CountyRow& r :
         transaction->all(list_counties, std::optional<CountyId>{}, after, limit + 1)) {
        if (page.items.size() == static_cast<std::size_t>(limit)) {
            page.next_cursor = page.items.back().id.text();
            break;
        }
        page.items.push_back({r.id, r.name, r.state, r.time_zone, r.fips, r.settings_json});
    }
    return page;
}

} // namespace

Result<County> read_county(App& app, CountyId id) {
    db::Transaction transaction{app.app_pool, db::Identity{}};
    const auto r =
        transaction->maybe_one(list_counties, std::optional{id}, std::optional<CountyId>{}, 1);
    if (!r) return fail(ErrorCode::not_found, "not_found", "there is nothing here");
    return County{r->id, r->name, r->state, r->time_zone, r->fips, r->settings_json};
}

namespace {

Result<County> get_county(App& app, const Request& request) {
    SO_TRY(const CountyId id, request.path_id<CountyId>("county_id"));
    return read_county(app, id);
}

Result<County> post_county(App& app, const Request&, NewCounty body) {
    SO_TRY(const CountyId id, app.counties.create(body));
    return read_county(app, id);
}

} // namespace

Result<CountyId> CountyService::create(const NewCounty& wanted) {
    std::vector<FieldError> errors;
    const std::string zone = wanted.time_zone.value_or("America/New_York");
    if (wanted.name.empty() || wanted.name.size() > 100)
        errors.push_back({"name", "must have 1 to 100 characters"});
    if (wanted.state.size() != 2 ||
        !std::ranges::all_of(wanted.state, [](char c) { return c >= 'A' && c <= 'Z'; }))
        errors.push_back({"state", "must be two capital letters"});
    if (!is_time_zone(zone)) errors.push_back({"time_zone", "is no IANA time zone"});
    if (wanted.fips && (wanted.fips->size() != 5 ||
                        wanted.fips->find_first_not_of("0123456789") != std::string::npos))
        errors.push_back({"fips", "must be five digits"});
    if (!errors.empty())
        return fail(ErrorCode::invalid_input, "county.invalid", "the county is not complete",
                    std::move(errors));
    const std::string settings = wanted.settings ? wanted.settings->text : "{}";
    SO_TRY_VOID(check_settings_layer(settings));
    db::Transaction transaction{pool_};
    const auto id = transaction->maybe_one(insert_county, wanted.name, wanted.state, zone,
                                           wanted.fips, db::Json{settings});
    if (!id) return fail(ErrorCode::conflict, "county.exists", "there is such a county already");
    transaction.commit();
    return *id;
}

void add_routes(http::Router& router) {
    using http::Access;
    router.get("/api/v1/counties", get_counties,
               {.id = "listCounties",
                .summary = "The counties that sell here",
                .access = Access::visitor,
                .query = {{"limit", "integer", "Items a page, 1 to 200; 50 by default"},
                          {"cursor", "string", "next_cursor of the page before"}}});
    router.get("/api/v1/counties/{county_id}", get_county,
               {.id = "getCounty", .summary = "One county", .access = Access::visitor});
    router.post(
        "/api/v1/counties", post_county,
        {.id = "createCounty", .summary = "Add a county", .access = Access::admin, .status = 201});
    add_branding_routes(router);
}

} // namespace strikeoff::counties
