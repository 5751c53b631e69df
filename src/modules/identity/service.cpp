#include "core/sha256.hpp"
#include "db/transaction.hpp"
#include "keys.hpp"
#include "modules/identity/identity.hpp"

namespace strikeoff::identity {
namespace {

const db::Statement<UserId(std::string, UserRole, std::string, std::string)> insert_user{
    {"identity.insert_user", R"sql(
    INSERT INTO users (email, password_hash, role, first_name, last_name, status, kyc_status,
                       email_verified_at)
    VALUES ($1, '!', $2, $3, $4, 'active', 'verified', now())
    ON CONFLICT DO NOTHING
    RETURNING id)sql"}};

const db::Statement<void(UserId, std::string, CountyId)> grant_permission{
    {"identity.grant_permission", R"sql(
    INSERT INTO user_permissions (user_id, permission_name, resource_type, resource_id)
    VALUES ($1, $2, 'county', $3))sql"}};

const db::Statement<void(UserId, Hash)> insert_key{{"identity.insert_key", R"sql(
    INSERT INTO api_keys (user_id, name, token_hash) VALUES ($1, 'first key', $2))sql"}};

const db::Statement<bool(CountyId)> county_exists{{"identity.county_exists", R"sql(
    SELECT EXISTS (SELECT 1 FROM counties WHERE id = $1))sql"}};

struct RightRow {
    CountyId county_id;
    std::string permission_name;
};
BOOST_DESCRIBE_STRUCT(RightRow, (), (county_id, permission_name))

const db::Statement<RightRow(UserId)> rights_of_user{{"identity.rights_of_user", R"sql(
    SELECT c.id AS county_id, p.permission_name
    FROM user_permissions p JOIN counties c ON c.id = p.resource_id
    WHERE p.user_id = $1 AND p.resource_type = 'county'
    ORDER BY c.id)sql"}};

const db::Statement<std::optional<Instant>(UserId)> hold_of_user{{"identity.hold_of_user", R"sql(
    SELECT bidding_hold_until FROM users
    WHERE id = $1 AND bidding_hold_until > strikeoff.clock())sql"}};

http::Role role_of(UserRole role) {
    switch (role) {
    case UserRole::admin:
        return http::Role::admin;
    case UserRole::county_admin:
        return http::Role::county_admin;
    case UserRole::viewer:
        return http::Role::viewer;
    case UserRole::investor:
        return http::Role::investor;
    }
    return http::Role::visitor;
}

} // namespace

Hash token_hash(std::string_view token) {
    return sha256(token);
}

http::Caller caller_of(db::Connection& connection, UserId user, UserRole role) {
    http::Caller caller{.role = role_of(role), .user = user};
    if (role == UserRole::investor)
        caller.takes_no_bids_until =
            connection.maybe_one(hold_of_user, user).value_or(std::nullopt);
    if (role != UserRole::county_admin && role != UserRole::viewer) return caller;
    for (const RightRow& right : connection.all(rights_of_user, user)) {
        // A name that this version does not know gives nothing.
        const auto permission = parse_enum<http::Permission>(right.permission_name);
        if (!permission) continue;
        if (caller.rights.empty() || caller.rights.back().county != right.county_id)
            caller.rights.push_back({.county = right.county_id});
        caller.rights.back().permissions.add(*permission);
    }
    return caller;
}

std::vector<http::Permission> list_permissions(http::Permissions permissions) {
    std::vector<http::Permission> list;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<http::Permission>>(
        [&](auto enumerator) {
            if (permissions.has(enumerator.value)) list.push_back(enumerator.value);
        });
    return list;
}

Result<CreatedUser> IdentityService::create_user(const NewUser& wanted) {
    const std::size_t at = wanted.email.find('@');
    if (at == std::string::npos || at == 0 || at + 1 == wanted.email.size() ||
        wanted.email.size() > 254)
        return fail(ErrorCode::invalid_input, "user.email_malformed", "that is no e-mail address",
                    {{"email", "must be like name@example.org"}});
    const bool of_county = wanted.role == UserRole::county_admin || wanted.role == UserRole::viewer;
    if (of_county && wanted.counties.empty())
        return fail(ErrorCode::invalid_input, "user.county_needed",
                    "staff and auditors belong to a county", {{"counties", "name at least one"}});
    db::Transaction transaction{pool_};
    for (const CountyId county : wanted.counties)
        if (!transaction->one(county_exists, county))
            return fail(ErrorCode::invalid_input, "county.unknown", "there is no such county");
    const auto id = transaction->maybe_one(insert_user, wanted.email, wanted.role,
                                           wanted.first_name, wanted.last_name);
    if (!id)
        return fail(ErrorCode::conflict, "user.email_taken", "there is a user with this address");
    for (const CountyId county : wanted.counties)
        for (const http::Permission permission : list_permissions(wanted.permissions))
            transaction->run(grant_permission, *id, std::string(enum_name(permission)), county);
    const std::string token = "so_" + to_hex(random_hash());
    transaction->run(insert_key, *id, token_hash(token));
    transaction.commit();
    return CreatedUser{*id, wanted.email, wanted.role, token};
}

} // namespace strikeoff::identity
