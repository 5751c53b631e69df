#pragma once

#include "db/pool.hpp"
#include "modules/identity/auth_log.hpp"
#include "modules/identity/identity.hpp"
#include "modules/identity/sessions.hpp"

namespace strikeoff::identity {

enum class AccountStatus : std::uint8_t { pending_approval, active, inactive, rejected };
BOOST_DESCRIBE_ENUM(AccountStatus, pending_approval, active, inactive, rejected)
constexpr std::string_view pg_type_name(AccountStatus) {
    return "user_status";
}

/// An account as administrators and the staff of its county see it.
struct Person {
    UserId user_id;
    std::string email;
    std::string first_name;
    std::string last_name;
    UserRole role = UserRole::investor;
    AccountStatus status = AccountStatus::active;
    bool second_factor = false;
    std::vector<http::Permission> permissions; ///< In the county that was asked about.
};
BOOST_DESCRIBE_STRUCT(Person, (),
                      (user_id, email, first_name, last_name, role, status, second_factor,
                       permissions))

struct RoleChange {
    UserRole role = UserRole::investor;
};
BOOST_DESCRIBE_STRUCT(RoleChange, (), (role))

struct PermissionChange {
    std::vector<http::Permission> permissions;
};
BOOST_DESCRIBE_STRUCT(PermissionChange, (), (permissions))

/// Roles and permissions. To give some takes two people, who are asked for elsewhere; to take some
/// away takes one, and counts from the next call on.
class Staff {
public:
    Staff(db::Pool& worker_pool, Sessions& sessions) : pool_{worker_pool}, sessions_{sessions} {}

    /// Fails as not found.
    Result<Person> find(UserId user);
    /// Fails with user.unknown.
    Result<UserId> find_by_email(const std::string& email);
    /// Who may do anything in the county, by e-mail address.
    std::vector<Person> list(CountyId county);

    /// In the caller's transaction. Fails with user.unknown, role.unchanged or role.own.
    Result<void> change_role(db::Connection& connection, UserId user, UserRole role,
                             UserId by) const;
    /// In the caller's transaction. Fails with user.unknown, staff.wrong_role, staff.nothing_to_do.
    Result<void> grant(db::Connection& connection, CountyId county, UserId user,
                       const std::vector<http::Permission>& permissions, UserId by) const;
    /// Fails with user.unknown, staff.own or staff.nothing_to_do.
    Result<void> take_away(CountyId county, UserId user,
                           const std::vector<http::Permission>& permissions, UserId by,
                           const Device& device);
    /// An account that is not active signs in no more, and its sessions and keys end. Fails with
    /// user.unknown, staff.own or status.unchanged.
    Result<void> set_status(UserId user, AccountStatus status, UserId by, const Device& device);

private:
    db::Pool& pool_;
    Sessions& sessions_;
};

} // namespace strikeoff::identity
