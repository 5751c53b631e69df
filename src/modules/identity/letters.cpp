#include "modules/identity/letters.hpp"

namespace strikeoff::identity {
namespace {

const db::Statement<Owner(UserId)> owner_of_account{{"identity.owner_of_account", R"sql(
    SELECT email, strikeoff.clock() AS now FROM users WHERE id = $1)sql"}};

} // namespace

Owner read_owner(db::Connection& connection, UserId user) {
    return connection.one(owner_of_account, user);
}

} // namespace strikeoff::identity
