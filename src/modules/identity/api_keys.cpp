#include "modules/identity/api_keys.hpp"

#include "core/sha256.hpp"
#include "db/transaction.hpp"
#include "http/admission.hpp"
#include "keys.hpp"
#include "modules/identity/letters.hpp"

namespace strikeoff::identity {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t name_size_max = 100;
constexpr std::int64_t keys_max = 50;
constexpr http::Limit made_in_an_hour{.count = 20, .per = 3600s, .burst = 20};

struct KeyRow {
    ApiKeyId id;
    std::string name;
    std::string scopes;
    std::optional<CountyId> county_id;
    Instant created_at;
    std::optional<Instant> expires_at;
    std::optional<Instant> last_used_at;
    std::optional<Instant> revoked_at;
};
BOOST_DESCRIBE_STRUCT(KeyRow, (),
                      (id, name, scopes, county_id, created_at, expires_at, last_used_at,
                       revoked_at))

const db::Statement<KeyRow(UserId)> keys_of_user{{"identity.keys_of_user", R"sql(
    SELECT id, name, array_to_string(scopes, ' ') AS scopes, county_id, created_at, expires_at,
           last_used_at, revoked_at
    FROM api_keys
    WHERE user_id = $1
      AND coalesce(least(revoked_at, expires_at), strikeoff.clock())
          > strikeoff.clock() - interval '3 months'
    ORDER BY id DESC)sql"}};

struct OwnerRow {
    std::string email;
    Instant now;
};
BOOST_DESCRIBE_STRUCT(OwnerRow, (), (email, now))

// Those who make several at a time are counted one after the other.
const db::Statement<OwnerRow(UserId)> lock_owner{{"identity.lock_owner", R"sql(
    SELECT email, strikeoff.clock() AS now FROM users WHERE id = $1 FOR NO KEY UPDATE)sql"}};

struct CountRow {
    std::int64_t good = 0;
    std::int64_t made = 0;
    std::optional<Instant> first_made;
};
BOOST_DESCRIBE_STRUCT(CountRow, (), (good, made, first_made))

const db::Statement<CountRow(UserId)> count_keys{{"identity.count_keys", R"sql(
    SELECT count(*) FILTER (WHERE revoked_at IS NULL
                              AND (expires_at IS NULL OR expires_at > strikeoff.clock())) AS good,
           count(*) FILTER (WHERE created_at > strikeoff.clock() - interval '1 hour') AS made,
           min(created_at) FILTER (WHERE created_at > strikeoff.clock() - interval '1 hour')
               AS first_made
    FROM api_keys WHERE user_id = $1)sql"}};

const db::Statement<ApiKeyId(UserId, std::string, Hash, std::vector<std::string>,
                             std::optional<Instant>, std::optional<CountyId>)>
    insert_scoped_key{{"identity.insert_scoped_key", R"sql(
    INSERT INTO api_keys (user_id, name, token_hash, scopes, expires_at, county_id, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, strikeoff.clock())
    RETURNING id)sql"}};

const db::Statement<ApiKeyId(UserId, ApiKeyId)> revoke_key{{"identity.revoke_key", R"sql(
    UPDATE api_keys SET revoked_at = strikeoff.clock()
    WHERE user_id = $1 AND id = $2 AND revoked_at IS NULL
    RETURNING id)sql"}};

template <class F>
void for_each_scope(std::string_view words, F&& use) {
    while (!words.empty()) {
        const std::string_view word = words.substr(0, words.find(' '));
        if (const auto scope = parse_enum<http::Scope>(word)) use(*scope);
        words.remove_prefix(std::min(words.size(), word.size() + 1));
    }
}

/// What can be said without asking the database.
Result<void> check(const http::Caller& owner, const NewApiKey& wanted) {
    const bool readable =
        !wanted.name.empty() && wanted.name.size() <= name_size_max &&
        std::ranges::none_of(wanted.name, [](char c) {
            return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7f;
        });
    if (!readable)
        return fail(ErrorCode::invalid_input, "key.name_invalid", "a key needs a name",
                    {{"name", "must have 1 to 100 bytes, and no control characters"}});
    if (wanted.scopes.empty())
        return fail(ErrorCode::invalid_input, "key.scopes_missing", "say what the key is for",
                    {{"scopes", "name at least one of read, bid, manage"}});
    const std::vector<CountyId> own = owner.counties();
    if (wanted.county_id && std::ranges::find(own, *wanted.county_id) == own.end())
        return fail(ErrorCode::invalid_input, "key.county_not_yours",
                    "a key can be narrowed to a county for whose office its owner works",
                    {{"county_id", "is none of yours"}});
    return {};
}

} // namespace

http::Scopes scopes_of(std::string_view words) {
    if (words.empty()) return http::Scopes::all();
    http::Scopes scopes;
    for_each_scope(words, [&](http::Scope scope) { scopes.add(scope); });
    return scopes;
}

std::vector<ApiKey> ApiKeys::list(UserId owner) {
    std::vector<ApiKey> keys;
    for (const KeyRow& row : pool_.acquire()->all(keys_of_user, owner)) {
        ApiKey key{row.id,           row.name,       {},
                   row.county_id,    row.created_at, row.expires_at,
                   row.last_used_at, row.revoked_at};
        for_each_scope(row.scopes, [&](http::Scope scope) { key.scopes.push_back(scope); });
        keys.push_back(std::move(key));
    }
    return keys;
}

Result<CreatedApiKey> ApiKeys::make(const http::Caller& owner, const NewApiKey& wanted,
                                    const Device& device) {
    SO_TRY_VOID(check(owner, wanted));
    const UserId user = owner.user.value();
    db::Transaction transaction{pool_};
    const OwnerRow row = transaction->one(lock_owner, user);
    if (wanted.expires_at && *wanted.expires_at <= row.now)
        return fail(ErrorCode::invalid_input, "key.expiry_past", "that time is over",
                    {{"expires_at", "must be in the future"}});
    const CountRow counted = transaction->one(count_keys, user);
    if (counted.made >= made_in_an_hour.count)
        throw http::LimitMet("api_keys", made_in_an_hour,
                             std::chrono::ceil<std::chrono::seconds>(
                                 *counted.first_made + made_in_an_hour.per - row.now));
    if (counted.good >= keys_max)
        return fail(ErrorCode::conflict, "key.too_many",
                    "there are fifty keys; revoke some that are not needed");
    std::vector<std::string> scopes;
    for (const http::Scope scope : wanted.scopes)
        if (std::ranges::find(scopes, enum_name(scope)) == scopes.end())
            scopes.emplace_back(enum_name(scope));
    CreatedApiKey made{.key = "so_" + to_hex(random_hash())};
    made.id = transaction->one(insert_scoped_key, user, wanted.name, token_hash(made.key), scopes,
                               wanted.expires_at, wanted.county_id);
    log_auth(transaction.connection(), user, AuthEvent::api_key_created, AuthOutcome::succeeded,
             device, made.id.text());
    write_to_owner(transaction.connection(), outbox_, user, row.email,
                   mail::ApiKeyCreated{row.now});
    transaction.commit();
    return made;
}

Result<void> ApiKeys::revoke(UserId owner, ApiKeyId key, const Device& device) {
    db::Transaction transaction{pool_};
    const bool revoked = transaction->maybe_one(revoke_key, owner, key).has_value();
    log_auth(transaction.connection(), owner, AuthEvent::api_key_revoked,
             revoked ? AuthOutcome::succeeded : AuthOutcome::failed, device, key.text());
    transaction.commit();
    if (revoked) return {};
    return fail(ErrorCode::not_found, "not_found", "there is nothing here");
}

void ApiKeys::note_refused(UserId owner, const Device& device, std::string_view why) {
    auto lease = pool_.acquire();
    log_auth(*lease, owner, AuthEvent::api_key_created, AuthOutcome::failed, device, why);
}

} // namespace strikeoff::identity
