#include "modules/identity/callers.hpp"

#include "modules/identity/api_keys.hpp"

#include <cstring>

namespace strikeoff::identity {
namespace {

using namespace std::chrono_literals;

constexpr auto remember_for = 60s;
constexpr std::size_t remembered_max = 100'000;

struct KeyRow {
    ApiKeyId id;
    UserId user_id;
    UserRole role = UserRole::investor;
    std::optional<CountyId> county_id;
    std::string scopes;
    std::optional<Instant> expires_at;
    std::int64_t epoch = 0;
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (id, user_id, role, county_id, scopes, expires_at, epoch))

// The epoch is of the same snapshot as the key: what is narrowed later has a later one.
// A key for one county is good for staff, who have their counties by name.
const db::Statement<KeyRow(Hash)> key_of_token{{"identity.key_of_token", R"sql(
    SELECT k.id, k.user_id, u.role, k.county_id, array_to_string(k.scopes, ' ') AS scopes,
           k.expires_at, a.epoch
    FROM api_keys k JOIN users u ON u.id = k.user_id CROSS JOIN access_epoch a
    WHERE k.token_hash = $1 AND k.revoked_at IS NULL AND u.status = 'active'
      AND (k.expires_at IS NULL OR k.expires_at > strikeoff.clock())
      AND (k.county_id IS NULL OR u.role IN ('county_admin', 'viewer')))sql"}};

struct SessionRow {
    SessionFamilyId family_id;
    UserId user_id;
    UserRole role = UserRole::investor;
    Instant auth_time;
    bool enrol_only = false;
    bool awaits_factor = false;
    Instant good_until;
    std::int64_t epoch = 0;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (),
                      (family_id, user_id, role, auth_time, enrol_only, awaits_factor, good_until,
                       epoch))

const db::Statement<SessionRow(Hash)> session_of_token{{"identity.session_of_token", R"sql(
    SELECT s.family_id, s.user_id, u.role, s.auth_time, s.enrol_only, s.awaits_factor,
           least(s.expires_at, s.absolute_expires_at) AS good_until, a.epoch
    FROM sessions s JOIN users u ON u.id = s.user_id CROSS JOIN access_epoch a
    WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND u.status = 'active'
      AND s.expires_at > strikeoff.clock() AND s.absolute_expires_at > strikeoff.clock())sql"}};

struct ChangeRow {
    std::int64_t epoch = 0;
    Instant at;
    std::optional<UserId> user_id;
};
BOOST_DESCRIBE_STRUCT(ChangeRow, (), (epoch, at, user_id))

const db::Statement<ChangeRow(std::int64_t)> changes_since{{"identity.changes_since", R"sql(
    SELECT a.epoch, strikeoff.clock() AS at, c.user_id
    FROM access_epoch a LEFT JOIN access_changes c ON c.epoch > $1)sql"}};

const db::Statement<void(std::vector<ApiKeyId>)> note_key_uses{{"identity.note_key_uses", R"sql(
    UPDATE api_keys SET last_used_at = strikeoff.clock()
    WHERE id IN (
        SELECT id FROM api_keys
        WHERE id = ANY ($1)
          AND (last_used_at IS NULL OR last_used_at < strikeoff.clock() - interval '1 minute')
        FOR UPDATE SKIP LOCKED))sql"}};

std::unexpected<Error> unknown_key() {
    return fail(ErrorCode::unauthenticated, "auth.key_unknown",
                "this key is unknown, expired or revoked");
}

http::Caller caller_of(db::Connection& connection, const KeyRow& row) {
    http::Caller caller = caller_of(connection, row.user_id, row.role);
    if (row.county_id)
        std::erase_if(caller.rights, [&](const http::CountyRights& rights) {
            return rights.county != *row.county_id;
        });
    caller.credential.scopes = scopes_of(row.scopes);
    caller.credential.epoch = row.epoch;
    caller.credential.good_until = row.expires_at;
    return caller;
}

http::Caller caller_of(db::Connection& connection, const SessionRow& row) {
    http::Caller caller = caller_of(connection, row.user_id, row.role);
    caller.session = http::CallerSession{.family = row.family_id,
                                         .auth_time = row.auth_time,
                                         .enrol_only = row.enrol_only,
                                         .awaits_factor = row.awaits_factor};
    caller.credential.epoch = row.epoch;
    caller.credential.good_until = row.good_until;
    return caller;
}

} // namespace

std::size_t Callers::NameHash::operator()(const Name& name) const noexcept {
    std::size_t head = 0; // Of a hash, so any bytes of it will do.
    std::memcpy(&head, name.token.data(), sizeof head);
    return head;
}

Result<http::Caller> Callers::resolve(http::CredentialKind kind, std::string_view token,
                                      db::Pool& pool) {
    return find({kind, token_hash(token)}, pool);
}

Result<http::Caller> Callers::resolve(const http::Credential& credential, db::Pool& pool) {
    return find({credential.kind, credential.token}, pool);
}

Result<http::Caller> Callers::find(const Name& name, db::Pool& pool) {
    std::optional<http::Caller> caller;
    std::optional<ApiKeyId> used;
    {
        auto lease = pool.acquire();
        if (name.kind == http::CredentialKind::key) {
            if (const auto row = lease->maybe_one(key_of_token, name.token)) {
                caller = caller_of(*lease, *row);
                used = row->id;
            }
        } else if (const auto row = lease->maybe_one(session_of_token, name.token)) {
            caller = caller_of(*lease, *row);
        }
    }
    if (!caller) {
        forget(name);
        if (name.kind == http::CredentialKind::key) return unknown_key();
        return fail(ErrorCode::unauthenticated, "auth.key_unknown",
                    "the session has ended; sign in again");
    }
    caller->credential.kind = name.kind;
    caller->credential.token = name.token;
    const std::lock_guard lock{mutex_};
    if (used) used_.insert(*used);
    remember(name, *caller);
    return *std::move(caller);
}

/// A look-up that is older than a change which was taken in meanwhile is not kept: the change may
/// have been about this very caller. Under the lock.
void Callers::remember(const Name& name, const http::Caller& caller) {
    if (caller.credential.epoch < epoch_) return;
    if (remembered_.size() >= remembered_max) {
        remembered_.clear();
        names_of_.clear();
    }
    const auto [place, is_new] = remembered_.try_emplace(name);
    place->second = {.caller = caller, .until = clock_.now() + remember_for};
    if (is_new) names_of_[*caller.user].push_back(name);
}

void Callers::forget(const Name& name) {
    const std::lock_guard lock{mutex_};
    const auto found = remembered_.find(name);
    if (found == remembered_.end()) return;
    std::vector<Name>& names = names_of_[*found->second.caller.user];
    std::erase(names, name);
    if (names.empty()) names_of_.erase(*found->second.caller.user);
    remembered_.erase(found);
}

std::optional<http::Caller> Callers::remembered(http::CredentialKind kind,
                                                std::string_view token) const {
    return remembered(Name{kind, token_hash(token)});
}

std::optional<http::Caller> Callers::remembered(const http::Credential& credential) const {
    return remembered(Name{credential.kind, credential.token});
}

std::optional<http::Caller> Callers::remembered(const Name& name) const {
    const std::lock_guard lock{mutex_};
    const auto found = remembered_.find(name);
    if (found == remembered_.end() || found->second.is_narrowed) return std::nullopt;
    const Remembered& known = found->second;
    const auto& session = known.caller.session;
    if (session && (session->awaits_factor || session->enrol_only)) return std::nullopt;
    if (known.until < clock_.now()) return std::nullopt;
    http::Caller caller = known.caller;
    caller.credential.epoch = std::max(caller.credential.epoch, epoch_);
    return caller;
}

bool Callers::was_good(std::string_view key) const {
    const Name name{http::CredentialKind::key, token_hash(key)};
    const std::lock_guard lock{mutex_};
    return remembered_.contains(name);
}

NarrowedAccess Callers::read_changes(std::int64_t since, db::Pool& pool) {
    {
        const std::lock_guard lock{mutex_};
        since = std::min(since, epoch_);
    }
    NarrowedAccess narrowed;
    for (const ChangeRow& row : pool.acquire()->all(changes_since, since)) {
        narrowed.epoch = row.epoch;
        narrowed.at = row.at;
        if (row.user_id) narrowed.users.push_back(*row.user_id);
    }
    const std::lock_guard lock{mutex_};
    for (const UserId user : narrowed.users) {
        const auto names = names_of_.find(user);
        if (names == names_of_.end()) continue;
        for (const Name& name : names->second) {
            Remembered& known = remembered_.at(name);
            if (known.caller.credential.epoch < narrowed.epoch) known.is_narrowed = true;
        }
    }
    epoch_ = std::max(epoch_, narrowed.epoch);
    return narrowed;
}

void Callers::note_uses(db::Pool& pool) {
    std::vector<ApiKeyId> used;
    {
        const std::lock_guard lock{mutex_};
        used.assign(used_.begin(), used_.end());
    }
    if (used.empty()) return;
    pool.acquire()->run(note_key_uses, used);
    // Not before: uses that could not be written down wait for the next time.
    const std::lock_guard lock{mutex_};
    for (const ApiKeyId key : used)
        used_.erase(key);
}

} // namespace strikeoff::identity
