#include "app.hpp"
#include "http/json.hpp"
#include "http/text.hpp"
#include "modules/admin/admin.hpp"

namespace strikeoff::admin {
namespace {

using approvals::Action;
using approvals::Approval;
using http::Page;
using http::Request;
using identity::Person;

struct NewStaff {
    std::string email;
    std::vector<http::Permission> permissions;
};
BOOST_DESCRIBE_STRUCT(NewStaff, (), (email, permissions))

struct NewStatus {
    identity::AccountStatus status = identity::AccountStatus::active;
};
BOOST_DESCRIBE_STRUCT(NewStatus, (), (status))

struct RecoveryReason {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(RecoveryReason, (), (reason))

const db::Statement<bool(CountyId)> county_exists{{"admin.county_exists", R"sql(
    SELECT EXISTS (SELECT 1 FROM counties WHERE id = $1))sql"}};

std::unexpected<Error> nothing_here() {
    return fail(ErrorCode::not_found, "not_found", "there is nothing here");
}

identity::Device device_of(const Request& request) {
    return {.address = std::string(request.remote_address),
            .name = http::readable(request.header("User-Agent"), 200)};
}

/// Dangerous: wants a recent proof.
Result<CountyId> staffed_county(App& app, const Request& request) {
    SO_TRY(const CountyId county, request.path_id<CountyId>("county_id"));
    if (!request.may_act_in(county)) return nothing_here();
    // An administrator may act in every county, and so in those that there are not.
    if (!app.read_pool.acquire()->one(county_exists, county)) return nothing_here();
    if (request.method == http::Method::get) return county;
    app.clock.read();
    SO_TRY_VOID(http::proven_lately(request.caller, app.clock.now()));
    return county;
}

/// A person whom the county knows: of its staff, or one of its bidders. Others are none of its
/// business.
Result<UserId> person_of_county(App& app, const Request& request, CountyId county) {
    SO_TRY(const UserId user, request.path_id<UserId>("user_id"));
    const auto staff = app.staff.list(county);
    const bool works_there = std::ranges::find(staff, user, &Person::user_id) != staff.end();
    if (!works_there && !app.onboarding.is_bidder_in(county, user)) return nothing_here();
    return user;
}

Result<UserId> person(App& app, const Request& request) {
    SO_TRY(const UserId user, request.path_id<UserId>("user_id"));
    app.clock.read();
    SO_TRY_VOID(http::proven_lately(request.caller, app.clock.now()));
    return user;
}

Result<Page<Person>> get_staff(App& app, const Request& request) {
    SO_TRY(const CountyId county, staffed_county(app, request));
    Page<Person> page;
    page.items = app.staff.list(county);
    return page;
}

Result<Approval> post_staff(App& app, const Request& request, NewStaff body) {
    SO_TRY(const CountyId county, staffed_county(app, request));
    SO_TRY(const UserId user, app.staff.find_by_email(body.email));
    return app.approvals.propose(
        {.action = Action::grant_permissions,
         .county = county,
         .subject = user.uuid,
         .parameters = http::to_json(identity::PermissionChange{body.permissions})},
        *request.caller.user);
}

Result<void> post_take_away(App& app, const Request& request, identity::PermissionChange body) {
    SO_TRY(const CountyId county, staffed_county(app, request));
    SO_TRY(const UserId user, person_of_county(app, request, county));
    return app.staff.take_away(county, user, body.permissions, *request.caller.user,
                               device_of(request));
}

Result<Approval> post_county_recovery(App& app, const Request& request, RecoveryReason body) {
    SO_TRY(const CountyId county, staffed_county(app, request));
    SO_TRY(const UserId user, person_of_county(app, request, county));
    return app.approvals.propose({.action = Action::recover_second_factor,
                                  .county = county,
                                  .subject = user.uuid,
                                  .parameters = http::to_json(body)},
                                 *request.caller.user);
}

Result<void> post_county_stop(App& app, const Request& request) {
    SO_TRY(const CountyId county, staffed_county(app, request));
    SO_TRY(const UserId user, person_of_county(app, request, county));
    return app.recovery.stop(user, device_of(request));
}

Result<Person> get_user(App& app, const Request& request) {
    SO_TRY(const UserId user, request.path_id<UserId>("user_id"));
    return app.staff.find(user);
}

Result<Page<Person>> get_users(App& app, const Request& request) {
    const auto email = request.query.find("email");
    if (email == request.query.end())
        return fail(ErrorCode::invalid_input, "query.email", "say whom you look for",
                    {{"email", "is missing"}});
    Page<Person> page;
    if (const auto user = app.staff.find_by_email(email->second)) {
        SO_TRY(Person found, app.staff.find(*user));
        page.items.push_back(std::move(found));
    }
    return page;
}

Result<Approval> post_role(App& app, const Request& request, identity::RoleChange body) {
    SO_TRY(const UserId user, person(app, request));
    return app.approvals.propose(
        {.action = Action::change_role, .subject = user.uuid, .parameters = http::to_json(body)},
        *request.caller.user);
}

Result<Person> post_status(App& app, const Request& request, NewStatus body) {
    SO_TRY(const UserId user, person(app, request));
    SO_TRY_VOID(app.staff.set_status(user, body.status, *request.caller.user, device_of(request)));
    return app.staff.find(user);
}

Result<Approval> post_recovery(App& app, const Request& request, RecoveryReason body) {
    SO_TRY(const UserId user, person(app, request));
    return app.approvals.propose({.action = Action::recover_second_factor,
                                  .subject = user.uuid,
                                  .parameters = http::to_json(body)},
                                 *request.caller.user);
}

Result<void> post_stop(App& app, const Request& request) {
    SO_TRY(const UserId user, person(app, request));
    return app.recovery.stop(user, device_of(request));
}

void add_county_routes(http::Router& router) {
    using http::Permission;
    const auto staff = http::Access::county_admin;
    router.get("/api/v1/counties/{county_id}/staff", get_staff,
               {.id = "listStaff",
                .summary = "Who may do what in a county",
                .access = staff,
                .needs = Permission::settings});
    router.post("/api/v1/counties/{county_id}/staff", post_staff,
                {.id = "grantPermissions",
                 .summary = "Propose to give a person permissions in a county",
                 .access = staff,
                 .needs = Permission::all,
                 .status = 202});
    router.post("/api/v1/counties/{county_id}/staff/{user_id}/take-away", post_take_away,
                {.id = "takePermissionsAway",
                 .summary = "Take permissions in a county away, at once",
                 .access = staff,
                 .needs = Permission::all});
    router.post("/api/v1/counties/{county_id}/people/{user_id}/recovery", post_county_recovery,
                {.id = "recoverSecondFactor",
                 .summary = "Propose to let a person in who lost the second factor",
                 .access = staff,
                 .needs = Permission::approvals,
                 .status = 202});
    router.post("/api/v1/counties/{county_id}/people/{user_id}/recovery/stop", post_county_stop,
                {.id = "stopRecovery",
                 .summary = "Stop a recovery that has not taken effect",
                 .access = staff,
                 .needs = Permission::approvals});
}

} // namespace

void carry_approved_changes(App& app) {
    app.approvals.carry_with(
        Action::change_role,
        [&app](db::Connection& connection, const approvals::Order& order) -> Result<std::string> {
            SO_TRY(const auto wanted, http::from_json<identity::RoleChange>(order.parameters));
            SO_TRY_VOID(
                app.staff.change_role(connection, UserId{order.subject}, wanted.role, order.by));
            return "{}";
        });
    app.approvals.carry_with(
        Action::grant_permissions,
        [&app](db::Connection& connection, const approvals::Order& order) -> Result<std::string> {
            SO_TRY(const auto wanted,
                   http::from_json<identity::PermissionChange>(order.parameters));
            SO_TRY_VOID(app.staff.grant(connection, order.county.value(), UserId{order.subject},
                                        wanted.permissions, order.by));
            return "{}";
        });
    app.approvals.carry_with(
        Action::recover_second_factor,
        [&app](db::Connection& connection, const approvals::Order& order) -> Result<std::string> {
            SO_TRY(const auto wanted, http::from_json<RecoveryReason>(order.parameters));
            SO_TRY(const auto granted, app.recovery.grant(connection, UserId{order.subject},
                                                          order.county, wanted.reason, order.by));
            return http::to_json(granted);
        });
}

void add_routes(http::Router& router) {
    add_county_routes(router);
    const auto admin = http::Access::admin;
    router.get("/api/v1/users", get_users,
               {.id = "findUsers",
                .summary = "The account of an e-mail address",
                .access = admin,
                .query = {{"email", "string", "The address, whatever the case"}}});
    router.get("/api/v1/users/{user_id}", get_user,
               {.id = "getUser", .summary = "An account", .access = admin});
    router.post("/api/v1/users/{user_id}/role", post_role,
                {.id = "changeRole",
                 .summary = "Propose another role for an account",
                 .access = admin,
                 .status = 202});
    router.post(
        "/api/v1/users/{user_id}/status", post_status,
        {.id = "changeStatus", .summary = "Open or close an account, at once", .access = admin});
    router.post("/api/v1/users/{user_id}/recovery", post_recovery,
                {.id = "recoverSecondFactorOfUser",
                 .summary = "Propose to let a person in who lost the second factor",
                 .access = admin,
                 .status = 202});
    router.post("/api/v1/users/{user_id}/recovery/stop", post_stop,
                {.id = "stopRecoveryOfUser",
                 .summary = "Stop a recovery that has not taken effect",
                 .access = admin});
}

} // namespace strikeoff::admin
