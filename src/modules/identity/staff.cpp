#include "modules/identity/staff.hpp"

#include "db/transaction.hpp"

#include <ranges>

namespace strikeoff::identity {
namespace {

struct PersonRow {
    UserId user_id;
    std::string email;
    std::string first_name;
    std::string last_name;
    UserRole role = UserRole::investor;
    AccountStatus status = AccountStatus::active;
    bool second_factor = false;
    std::string permissions;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (),
                      (user_id, email, first_name, last_name, role, status, second_factor,
                       permissions))

const db::Statement<PersonRow(std::optional<UserId>, std::optional<CountyId>)> list_people{
    {"identity.list_people", R"sql(
    SELECT u.id AS user_id, u.email, u.first_name, u.last_name, u.role, u.status,
           u.mfa_enabled AS second_factor, p.names AS permissions
    FROM users u
    CROSS JOIN LATERAL (
        SELECT coalesce(string_agg(permission_name, ',' ORDER BY permission_name), '') AS names
        FROM user_permissions
        WHERE user_id = u.id AND resource_type = 'county' AND resource_id = $2) p
    WHERE u.id = $1 OR ($1::uuid IS NULL AND p.names <> '')
    ORDER BY lower(u.email))sql"}};

const db::Statement<UserId(std::string)> user_of_email{{"identity.user_of_email", R"sql(
    SELECT id FROM users WHERE lower(email) = lower($1))sql"}};

struct StandingRow {
    UserRole role = UserRole::investor;
    AccountStatus status = AccountStatus::active;
};
BOOST_DESCRIBE_STRUCT(StandingRow, (), (role, status))

const db::Statement<StandingRow(UserId)> lock_user{{"identity.lock_user", R"sql(
    SELECT role, status FROM users WHERE id = $1 FOR NO KEY UPDATE)sql"}};

const db::Statement<void(UserId, UserRole)> set_role{{"identity.set_role", R"sql(
    UPDATE users SET role = $2 WHERE id = $1)sql"}};

const db::Statement<void(UserId, AccountStatus)> set_user_status{{"identity.set_status", R"sql(
    UPDATE users SET status = $2 WHERE id = $1)sql"}};

const db::Statement<std::int64_t(UserId, CountyId, std::vector<std::string>, UserId)>
    add_permissions{{"identity.add_permissions", R"sql(
    WITH added AS (
        INSERT INTO user_permissions (user_id, permission_name, resource_type, resource_id,
                                      granted_by)
        SELECT $1, name, 'county', $2, $4 FROM unnest($3) AS names (name)
        ON CONFLICT DO NOTHING
        RETURNING 1)
    SELECT count(*) FROM added)sql"}};

const db::Statement<std::int64_t(UserId, CountyId, std::vector<std::string>)> remove_permissions{
    {"identity.remove_permissions", R"sql(
    WITH removed AS (
        DELETE FROM user_permissions
        WHERE user_id = $1 AND resource_type = 'county' AND resource_id = $2
          AND permission_name = ANY ($3)
        RETURNING 1)
    SELECT count(*) FROM removed)sql"}};

std::unexpected<Error> unknown_user() {
    return fail(ErrorCode::not_found, "user.unknown", "there is no such account");
}

std::vector<std::string> names_of(const std::vector<http::Permission>& permissions) {
    std::vector<std::string> names;
    for (const http::Permission permission : permissions)
        names.emplace_back(enum_name(permission));
    return names;
}

Person from_row(const PersonRow& row) {
    Person person{row.user_id, row.email,  row.first_name,    row.last_name,
                  row.role,    row.status, row.second_factor, {}};
    for (const auto name : std::views::split(row.permissions, ','))
        if (const auto permission = parse_enum<http::Permission>(std::string_view{name}))
            person.permissions.push_back(*permission);
    return person;
}

} // namespace

Result<Person> Staff::find(UserId user) {
    auto lease = pool_.acquire();
    const auto row = lease->maybe_one(list_people, std::optional{user}, std::optional<CountyId>{});
    if (!row) return unknown_user();
    return from_row(*row);
}

Result<UserId> Staff::find_by_email(const std::string& email) {
    auto lease = pool_.acquire();
    const auto user = lease->maybe_one(user_of_email, email);
    if (!user)
        return fail(ErrorCode::invalid_input, "user.unknown", "there is no such account",
                    {{"email", "is no account's"}});
    return *user;
}

std::vector<Person> Staff::list(CountyId county) {
    auto lease = pool_.acquire();
    std::vector<Person> people;
    for (const PersonRow& row :
         lease->all(list_people, std::optional<UserId>{}, std::optional{county}))
        people.push_back(from_row(row));
    return people;
}

Result<void> Staff::change_role(db::Connection& connection, UserId user, UserRole role,
                                UserId by) const {
    if (user == by) return fail(ErrorCode::conflict, "role.own", "nobody changes their own role");
    const auto before = connection.maybe_one(lock_user, user);
    if (!before) return unknown_user();
    if (before->role == role)
        return fail(ErrorCode::conflict, "role.unchanged", "that is the person's role already");
    connection.run(set_role, user, role);
    // Sessions of the old role have its lifetimes, and perhaps no second factor.
    sessions_.end_all(connection, user, std::nullopt, "role_changed");
    log_auth(connection, user, AuthEvent::role_changed, AuthOutcome::succeeded, {},
             enum_name(role));
    return {};
}

Result<void> Staff::grant(db::Connection& connection, CountyId county, UserId user,
                          const std::vector<http::Permission>& permissions, UserId by) const {
    const auto standing = connection.maybe_one(lock_user, user);
    if (!standing) return unknown_user();
    if (standing->role != UserRole::county_admin && standing->role != UserRole::viewer)
        return fail(ErrorCode::rule_violation, "staff.wrong_role",
                    "permissions in a county are for those whose role is county_admin or viewer");
    if (connection.one(add_permissions, user, county, names_of(permissions), by) == 0)
        return fail(ErrorCode::conflict, "staff.nothing_to_do", "nothing would change by that");
    log_auth(connection, user, AuthEvent::permissions_changed, AuthOutcome::succeeded, {},
             "granted");
    return {};
}

Result<void> Staff::take_away(CountyId county, UserId user,
                              const std::vector<http::Permission>& permissions, UserId by,
                              const Device& device) {
    if (user == by)
        return fail(ErrorCode::conflict, "staff.own", "nobody takes their own rights away");
    db::Transaction transaction{pool_};
    if (!transaction->maybe_one(lock_user, user)) return unknown_user();
    if (transaction->one(remove_permissions, user, county, names_of(permissions)) == 0)
        return fail(ErrorCode::conflict, "staff.nothing_to_do", "nothing would change by that");
    log_auth(transaction.connection(), user, AuthEvent::permissions_changed, AuthOutcome::succeeded,
             device, "taken_away");
    transaction.commit();
    return {};
}

Result<void> Staff::set_status(UserId user, AccountStatus status, UserId by, const Device& device) {
    if (user == by)
        return fail(ErrorCode::conflict, "staff.own", "nobody closes their own account here");
    db::Transaction transaction{pool_};
    const auto before = transaction->maybe_one(lock_user, user);
    if (!before) return unknown_user();
    if (before->status == status)
        return fail(ErrorCode::conflict, "status.unchanged",
                    "that is the account's status already");
    transaction->run(set_user_status, user, status);
    if (status != AccountStatus::active)
        sessions_.end_all(transaction.connection(), user, std::nullopt, "status_changed");
    log_auth(transaction.connection(), user, AuthEvent::status_changed, AuthOutcome::succeeded,
             device, enum_name(status));
    transaction.commit();
    return {};
}

} // namespace strikeoff::identity
