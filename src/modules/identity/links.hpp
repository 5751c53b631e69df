#pragma once

#include "core/describe.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "db/pool.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace strikeoff::identity {

enum class LinkPurpose : std::uint8_t { confirm_address, reset_password, change_address };
BOOST_DESCRIBE_ENUM(LinkPurpose, confirm_address, reset_password, change_address)
constexpr std::string_view pg_type_name(LinkPurpose) {
    return "account_link_purpose";
}

/// What the owner of an account gets: good once, and shown once, as only its hash is kept.
struct Link {
    std::string token;
    Instant valid_until;
};
BOOST_DESCRIBE_STRUCT(Link, (), (token, valid_until))

/// Nothing when there were three of the purpose in the last hour.
std::optional<Link> add_link(db::Connection& connection, UserId user, LinkPurpose purpose,
                             const std::optional<std::string>& new_email, std::int64_t minutes);

struct UsedLink {
    UserId user_id;
    std::optional<std::string> new_email;
};
BOOST_DESCRIBE_STRUCT(UsedLink, (), (user_id, new_email))

/// Uses a link up; nothing when it is unknown, was used or is too old.
std::optional<UsedLink> use_link(db::Connection& connection, std::string_view token,
                                 LinkPurpose purpose);
/// All links of an account are void.
void void_links(db::Connection& connection, UserId user);

/// For the operator of the service, who hands it over: a link to choose a password, good for half
/// an hour. Fails with user.unknown or link.too_many.
Result<Link> make_password_link(db::Pool& worker_pool, std::string_view email);

} // namespace strikeoff::identity
