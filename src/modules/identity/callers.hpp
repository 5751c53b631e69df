#pragma once

#include "core/clock.hpp"
#include "db/pool.hpp"
#include "http/request.hpp"
#include "modules/identity/identity.hpp"

#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace strikeoff::identity {

using ApiKeyId = Id<struct ApiKeyTag>;

/// Whose access was narrowed after one epoch, up to another.
struct NarrowedAccess {
    std::int64_t epoch = 0;
    Instant at; ///< By the database's clock.
    std::vector<UserId> users;
};

/// Who calls with a key or a session. Each look-up asks the database. What was found is remembered
/// for a minute, for bids alone: the journal takes them only if nobody's access was narrowed since
/// the epoch that stands in the credential. Thread-safe.
class Callers {
public:
    explicit Callers(const Clock& clock) : clock_{clock} {}

    /// By a key, or by the access token of a session. Both fail with auth.key_unknown.
    Result<http::Caller> resolve(http::CredentialKind kind, std::string_view token, db::Pool& pool);
    /// The same for a credential that was good before.
    Result<http::Caller> resolve(const http::Credential& credential, db::Pool& pool);

    /// As found in the last minute, unless this process knows that access was narrowed since.
    std::optional<http::Caller> remembered(http::CredentialKind kind, std::string_view token) const;
    std::optional<http::Caller> remembered(const http::Credential& credential) const;
    /// Was it good when it was looked up last? Forgotten when there are very many.
    bool was_good(std::string_view key) const;

    /// Reads whose access was narrowed since an epoch, and forgets what was remembered of them.
    NarrowedAccess read_changes(std::int64_t since, db::Pool& pool);
    /// Writes down when keys were used, at most once a minute each. Away from all requests.
    void note_uses(db::Pool& pool);

private:
    struct Name {
        http::CredentialKind kind = http::CredentialKind::key;
        Hash token{};
        friend bool operator==(const Name&, const Name&) = default;
    };
    struct NameHash {
        std::size_t operator()(const Name& name) const noexcept;
    };
    struct Remembered {
        http::Caller caller;
        Instant until;
        bool is_narrowed = false; ///< To be looked up again.
    };
    Result<http::Caller> find(const Name& name, db::Pool& pool);
    void remember(const Name& name, const http::Caller& caller);
    void forget(const Name& name);
    std::optional<http::Caller> remembered(const Name& name) const;

    const Clock& clock_;
    mutable std::mutex mutex_;
    std::unordered_map<Name, Remembered, NameHash> remembered_;
    std::unordered_map<UserId, std::vector<Name>> names_of_; ///< Of those remembered.
    std::int64_t epoch_ = 0; ///< All changes up to this one were taken in.
    std::unordered_set<ApiKeyId> used_;
};

} // namespace strikeoff::identity
