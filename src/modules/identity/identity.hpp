#pragma once

#include "db/pool.hpp"
#include "http/request.hpp"
#include "http/router.hpp"

#include <string>
#include <vector>

namespace strikeoff::identity {

enum class UserRole : std::uint8_t { admin, county_admin, investor, viewer };
BOOST_DESCRIBE_ENUM(UserRole, admin, county_admin, investor, viewer)
constexpr std::string_view pg_type_name(UserRole) {
    return "user_role";
}

struct NewUser {
    std::string email;
    UserRole role = UserRole::investor;
    std::string first_name;
    std::string last_name;
    std::vector<CountyId> counties; ///< Where a county_admin or viewer may act.
    http::Permissions permissions = http::Permission::all; ///< In each of these counties.
};

/// A user with the bearer key that was made for it; the key is shown once and stored hashed.
struct CreatedUser {
    UserId id;
    std::string email;
    UserRole role = UserRole::investor;
    std::string key;
};
BOOST_DESCRIBE_STRUCT(CreatedUser, (), (id, email, role, key))

/// Users with bearer keys, as the operator makes them.
class IdentityService {
public:
    explicit IdentityService(db::Pool& worker_pool) : pool_{worker_pool} {}

    /// Makes an active, verified user with a key. Fails with user.email_taken,
    /// user.email_malformed, user.county_needed or county.unknown.
    Result<CreatedUser> create_user(const NewUser& wanted);

private:
    db::Pool& pool_;
};

/// The SHA-256 under which a token is stored.
Hash token_hash(std::string_view token);

void add_routes(http::Router& router);

std::vector<http::Permission> list_permissions(http::Permissions permissions);

/// A user as a caller: with the counties where they may act.
http::Caller caller_of(db::Connection& connection, UserId user, UserRole role);

} // namespace strikeoff::identity
