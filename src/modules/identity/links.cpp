#include "modules/identity/links.hpp"

#include "core/bytes.hpp"
#include "db/transaction.hpp"
#include "keys.hpp"
#include "modules/identity/auth_log.hpp"
#include "modules/identity/identity.hpp"

namespace strikeoff::identity {
namespace {

constexpr std::int64_t operator_minutes = 30;

const db::Statement<UserId(UserId)> lock_owner{{"identity.lock_owner_of_links", R"sql(
    SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE)sql"}};

// At most three links of a kind an hour: nobody's mailbox is flooded through us.
const db::Statement<Instant(UserId, LinkPurpose, Hash, std::optional<std::string>, std::int64_t)>
    insert_link{{"identity.insert_link", R"sql(
    INSERT INTO account_links (user_id, purpose, token_hash, new_email, expires_at, created_at)
    SELECT $1, $2, $3, $4, strikeoff.clock() + $5::int8 * interval '1 minute', strikeoff.clock()
    WHERE (SELECT count(*) FROM account_links
           WHERE user_id = $1 AND purpose = $2
             AND created_at > strikeoff.clock() - interval '1 hour') < 3
    RETURNING expires_at)sql"}};

const db::Statement<UsedLink(Hash, LinkPurpose)> take_link{{"identity.use_link", R"sql(
    UPDATE account_links SET used_at = strikeoff.clock()
    WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > strikeoff.clock()
    RETURNING user_id, new_email)sql"}};

const db::Statement<void(UserId)> void_all{{"identity.void_links", R"sql(
    UPDATE account_links SET used_at = strikeoff.clock()
    WHERE user_id = $1 AND used_at IS NULL)sql"}};

const db::Statement<UserId(std::string)> owner_of_address{{"identity.owner_of_address", R"sql(
    SELECT id FROM users WHERE lower(email) = lower($1))sql"}};

} // namespace

std::optional<Link> add_link(db::Connection& connection, UserId user, LinkPurpose purpose,
                             const std::optional<std::string>& new_email, std::int64_t minutes) {
    connection.one(lock_owner, user); // Who asks at the same time is counted, too.
    Link link{.token = to_hex(random_hash())};
    const auto until = connection.maybe_one(insert_link, user, purpose, token_hash(link.token),
                                            new_email, minutes);
    if (!until) return std::nullopt;
    link.valid_until = *until;
    return link;
}

std::optional<UsedLink> use_link(db::Connection& connection, std::string_view token,
                                 LinkPurpose purpose) {
    return connection.maybe_one(take_link, token_hash(token), purpose);
}

void void_links(db::Connection& connection, UserId user) {
    connection.run(void_all, user);
}

Result<Link> make_password_link(db::Pool& worker_pool, std::string_view email) {
    db::Transaction transaction{worker_pool};
    const auto user = transaction->maybe_one(owner_of_address, std::string(email));
    if (!user)
        return fail(ErrorCode::not_found, "user.unknown",
                    fmt::format("nobody has an account with the address {}", email));
    auto link = add_link(transaction.connection(), *user, LinkPurpose::reset_password, std::nullopt,
                         operator_minutes);
    if (!link)
        return fail(ErrorCode::too_many, "link.too_many",
                    "there were three links for this account in the last hour");
    log_auth(transaction.connection(), user, AuthEvent::password_reset_requested,
             AuthOutcome::succeeded, {}, "by_operator");
    transaction.commit();
    return *std::move(link);
}

} // namespace strikeoff::identity
