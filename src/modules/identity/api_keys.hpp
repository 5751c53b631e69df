#pragma once

#include "mail/outbox.hpp"
#include "modules/identity/auth_log.hpp"
#include "modules/identity/callers.hpp"

#include <string>
#include <vector>

namespace strikeoff::identity {

struct NewApiKey {
    std::string name; ///< For its owner to tell it from others.
    std::vector<http::Scope> scopes;
    std::optional<Instant> expires_at;
    std::optional<CountyId> county_id; ///< Narrows a key of staff to one of their counties.
};
BOOST_DESCRIBE_STRUCT(NewApiKey, (), (name, scopes, expires_at, county_id))

/// A key in the list of its owner. One without scopes was made by the operator and is for
/// everything that its owner may.
struct ApiKey {
    ApiKeyId id;
    std::string name;
    std::vector<http::Scope> scopes;
    std::optional<CountyId> county_id;
    Instant created_at;
    std::optional<Instant> expires_at;
    std::optional<Instant> last_used_at; ///< To the minute.
    std::optional<Instant> revoked_at;
};
BOOST_DESCRIBE_STRUCT(ApiKey, (),
                      (id, name, scopes, county_id, created_at, expires_at, last_used_at,
                       revoked_at))

/// A key just made. The key itself is shown this once and kept as its hash.
struct CreatedApiKey {
    ApiKeyId id;
    std::string key;
};
BOOST_DESCRIBE_STRUCT(CreatedApiKey, (), (id, key))

/// The scopes of their words, as the database keeps them; all for none.
http::Scopes scopes_of(std::string_view words);

/// Keys of programs, made and revoked by the people whom they act for.
class ApiKeys {
public:
    ApiKeys(db::Pool& worker_pool, const mail::Outbox& outbox)
        : pool_{worker_pool}, outbox_{outbox} {}

    /// Those that are good, and those that were so in the last three months; the newest first.
    std::vector<ApiKey> list(UserId owner);
    /// Fails with key.name_invalid, key.scopes_missing, key.expiry_past, key.county_not_yours, or
    /// key.too_many for more than fifty that are good. Throws http::LimitMet for more than twenty
    /// in an hour.
    Result<CreatedApiKey> make(const http::Caller& owner, const NewApiKey& wanted,
                               const Device& device);
    /// Acts on the next call, in every process. Fails with not_found.
    Result<void> revoke(UserId owner, ApiKeyId key, const Device& device);

    /// Notes that a key was not made.
    void note_refused(UserId owner, const Device& device, std::string_view why);

private:
    db::Pool& pool_;
    const mail::Outbox& outbox_;
};

} // namespace strikeoff::identity
