#include "modules/identity/sessions.hpp"

#include "core/sha256.hpp"
#include "db/transaction.hpp"
#include "modules/identity/letters.hpp"

namespace strikeoff::identity {
namespace {

using namespace std::chrono_literals;

constexpr auto pending_time = 5min; ///< To give the second factor.
constexpr auto lost_answer_time = 10s;

struct Lifetimes {
    std::chrono::minutes idle;
    std::chrono::minutes absolute;
};

constexpr Lifetimes lifetimes_of(UserRole role) {
    const bool staff = role == UserRole::admin || role == UserRole::county_admin;
    return staff ? Lifetimes{15min, 12h} : Lifetimes{60min, 24h};
}

struct NewSession {
    UserId user;
    SessionFamilyId family;
    Instant expires_at;
    Instant absolute_expires_at;
};

const db::Statement<Instant()> read_clock{{"identity.read_clock", R"sql(
    SELECT strikeoff.clock() AS now)sql"}};

const db::Statement<void(UserId, SessionFamilyId, Hash, Instant, std::vector<std::string>, bool,
                         bool, Instant, Instant, std::optional<std::string>, std::string)>
    insert_session{{"identity.insert_session", R"sql(
    INSERT INTO sessions (user_id, family_id, token_hash, auth_time, amr, enrol_only,
                          awaits_factor, expires_at, absolute_expires_at, last_seen_at,
                          ip_address, device_info)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, strikeoff.clock(), $10::text::inet, $11))sql"}};

const db::Statement<Uuid(UserId, SessionFamilyId, std::optional<Uuid>, Hash, Instant, Instant,
                         std::string, Hash, std::optional<std::string>)>
    insert_refresh{{"identity.insert_refresh", R"sql(
    INSERT INTO refresh_tokens (user_id, family_id, parent_id, token_hash, expires_at,
                                absolute_expires_at, device_info, device_hash, ip_address)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::inet)
    RETURNING id)sql"}};

struct RefreshRow {
    Uuid id;
    UserId user_id;
    UserRole role = UserRole::investor;
    bool is_active = false;
    SessionFamilyId family_id;
    Instant expires_at;
    Instant absolute_expires_at;
    std::optional<Instant> used_at;
    std::optional<Bytes> child_token;
    bool child_is_used = false;
    Bytes device_hash;
    bool is_revoked = false;
};
BOOST_DESCRIBE_STRUCT(RefreshRow, (),
                      (id, user_id, role, is_active, family_id, expires_at, absolute_expires_at,
                       used_at, child_token, child_is_used, device_hash, is_revoked))

// The row is locked before it is read: of parallel refreshes one makes the child.
const db::Statement<Uuid(Hash)> lock_refresh{{"identity.lock_refresh", R"sql(
    SELECT id FROM refresh_tokens WHERE token_hash = $1 FOR UPDATE)sql"}};

const db::Statement<RefreshRow(Uuid)> read_refresh{{"identity.read_refresh", R"sql(
    SELECT r.id, r.user_id, u.role, u.status = 'active' AS is_active, r.family_id, r.expires_at,
           r.absolute_expires_at, r.used_at, r.child_token,
           coalesce((SELECT c.used_at IS NOT NULL FROM refresh_tokens c WHERE c.parent_id = r.id),
                    false) AS child_is_used,
           coalesce(r.device_hash, '') AS device_hash, r.is_revoked
    FROM refresh_tokens r JOIN users u ON u.id = r.user_id
    WHERE r.id = $1)sql"}};

const db::Statement<void(Uuid, Bytes)> mark_used{{"identity.mark_used", R"sql(
    UPDATE refresh_tokens SET used_at = strikeoff.clock(), child_token = $2 WHERE id = $1)sql"}};

struct ProofRow {
    Instant auth_time;
    std::string amr;
};
BOOST_DESCRIBE_STRUCT(ProofRow, (), (auth_time, amr))

const db::Statement<ProofRow(SessionFamilyId)> latest_proof{{"identity.latest_proof", R"sql(
    SELECT auth_time, array_to_string(amr, ' ') AS amr
    FROM sessions WHERE family_id = $1 ORDER BY id DESC LIMIT 1)sql"}};

const db::Statement<void(SessionFamilyId, std::string)> end_sessions{{"identity.end_sessions",
                                                                      R"sql(
    UPDATE sessions SET revoked_at = strikeoff.clock(), revoked_reason = $2
    WHERE family_id = $1 AND revoked_at IS NULL)sql"}};

const db::Statement<void(SessionFamilyId)> end_refreshing{{"identity.end_refreshing", R"sql(
    UPDATE refresh_tokens SET is_revoked = true WHERE family_id = $1 AND NOT is_revoked)sql"}};

const db::Statement<void(SessionFamilyId)> renew_auth_time{{"identity.renew_auth_time", R"sql(
    UPDATE sessions SET auth_time = strikeoff.clock()
    WHERE family_id = $1 AND revoked_at IS NULL)sql"}};

struct FamilyRow {
    SessionFamilyId family_id;
};
BOOST_DESCRIBE_STRUCT(FamilyRow, (), (family_id))

const db::Statement<FamilyRow(UserId)> families_of{{"identity.families_of", R"sql(
    SELECT DISTINCT family_id FROM sessions WHERE user_id = $1 AND revoked_at IS NULL
    UNION
    SELECT DISTINCT family_id FROM refresh_tokens WHERE user_id = $1 AND NOT is_revoked)sql"}};

const db::Statement<SignedInDevice(UserId, SessionFamilyId)> signed_in_devices{
    {"identity.signed_in_devices", R"sql(
    SELECT family_id AS id, max(device_info) AS device, host(max(ip_address)) AS address,
           min(created_at) AS signed_in_at, max(coalesce(last_seen_at, created_at)) AS last_seen_at,
           family_id = $2 AS is_this_one
    FROM sessions s
    WHERE user_id = $1 AND NOT awaits_factor
      AND NOT EXISTS (SELECT 1 FROM sessions e
                      WHERE e.family_id = s.family_id AND e.revoked_at IS NOT NULL)
      AND EXISTS (SELECT 1 FROM refresh_tokens r
                  WHERE r.family_id = s.family_id AND NOT r.is_revoked AND r.used_at IS NULL
                    AND r.expires_at > strikeoff.clock())
    GROUP BY family_id
    ORDER BY max(coalesce(last_seen_at, created_at)) DESC)sql"}};

std::string new_token() {
    return to_hex(random_hash());
}

std::optional<std::string> address_of(const Device& device) {
    return device.address.empty() ? std::nullopt : std::optional{device.address};
}

/// The device that a refresh token is bound to, as far as a browser tells.
Hash hash_of(const Device& device) {
    return sha256(std::string_view{device.name}, std::string_view{"\0", 1},
                  std::string_view{device.token});
}

SealedPlace child_place(const Uuid& parent) {
    return {"refresh_tokens", "child_token", parent};
}

Error unknown_refresh() {
    return {ErrorCode::unauthenticated, "auth.refresh_unknown", "sign in again", {}};
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        words.emplace_back(word);
        text.remove_prefix(std::min(text.size(), word.size() + 1));
    }
    return words;
}

/// Adds an access token to a family.
std::string add_access(db::Connection& connection, const NewSession& session, const Proof& proof,
                       Instant auth_time, SessionKind kind, const Device& device) {
    std::string token = new_token();
    connection.run(insert_session, session.user, session.family, token_hash(token), auth_time,
                   proof.methods, kind == SessionKind::enrol_only,
                   kind == SessionKind::awaits_factor, session.expires_at,
                   session.absolute_expires_at, address_of(device), device.name);
    return token;
}

} // namespace

SessionTokens Sessions::begin(db::Connection& connection, const Proof& proof, SessionKind kind,
                              const Device& device) {
    const Instant now = connection.one(read_clock);
    const Lifetimes lifetimes = lifetimes_of(proof.role);
    SessionTokens tokens{.family = SessionFamilyId{random_uuid(now)}, .kind = kind};
    NewSession session{.user = proof.user,
                       .family = tokens.family,
                       .expires_at =
                           now + (kind == SessionKind::awaits_factor ? pending_time : access_time),
                       .absolute_expires_at = now + lifetimes.absolute};
    tokens.access = add_access(connection, session, proof, now, kind, device);
    if (kind != SessionKind::full) return tokens;
    tokens.refresh = new_token();
    connection.one(insert_refresh, proof.user, tokens.family, std::nullopt,
                   token_hash(tokens.refresh), now + lifetimes.idle, session.absolute_expires_at,
                   device.name, hash_of(device), address_of(device));
    return tokens;
}

Result<SessionTokens> Sessions::refresh(std::string_view token, const Device& device) {
    db::Transaction transaction{pool_};
    const auto id = transaction->maybe_one(lock_refresh, token_hash(token));
    if (!id) {
        log_auth(transaction.connection(), std::nullopt, AuthEvent::token_refresh,
                 AuthOutcome::failed, device, "unknown_token");
        transaction.commit();
        return std::unexpected(unknown_refresh());
    }
    const RefreshRow row = transaction->one(read_refresh, *id);
    const Instant now = transaction->one(read_clock);
    if (row.is_revoked || !row.is_active || row.expires_at <= now ||
        row.absolute_expires_at <= now) {
        log_auth(transaction.connection(), row.user_id, AuthEvent::token_refresh,
                 AuthOutcome::failed, device, "session_ended");
        transaction.commit();
        return std::unexpected(unknown_refresh());
    }
    const ProofRow proof_row = transaction->one(latest_proof, row.family_id);
    const Proof proof{row.user_id, row.role, words_of(proof_row.amr)};
    const NewSession session{row.user_id, row.family_id, now + access_time,
                             row.absolute_expires_at};
    SessionTokens tokens{.family = row.family_id};
    if (row.used_at) {
        const bool lost_its_answer = now - *row.used_at <= lost_answer_time && !row.child_is_used &&
                                     row.child_token &&
                                     std::ranges::equal(row.device_hash, hash_of(device));
        if (!lost_its_answer) return end_reused(transaction, row.user_id, row.family_id, device);
        tokens.refresh = as_text(keys_.open(*row.child_token, child_place(row.id)));
    } else {
        tokens.refresh = new_token();
        transaction->run(mark_used, row.id,
                         keys_.seal(as_bytes(tokens.refresh), child_place(row.id)));
        transaction->one(insert_refresh, row.user_id, row.family_id, row.id,
                         token_hash(tokens.refresh),
                         std::min(now + lifetimes_of(row.role).idle, row.absolute_expires_at),
                         row.absolute_expires_at, device.name, hash_of(device), address_of(device));
    }
    tokens.access = add_access(transaction.connection(), session, proof, proof_row.auth_time,
                               SessionKind::full, device);
    log_auth(transaction.connection(), row.user_id, AuthEvent::token_refresh,
             AuthOutcome::succeeded, device);
    transaction.commit();
    return tokens;
}

/// Somebody else may have the token, so both are signed out, and its owner is told.
std::unexpected<Error> Sessions::end_reused(db::Transaction& transaction, UserId user,
                                            SessionFamilyId family, const Device& device) {
    end_family(transaction.connection(), family, "token_reuse");
    log_auth(transaction.connection(), user, AuthEvent::token_reuse, AuthOutcome::failed, device);
    const Owner owner = read_owner(transaction.connection(), user);
    write_to_owner(transaction.connection(), outbox_, user, owner.email,
                   mail::SessionReused{owner.now});
    transaction.commit();
    return fail(ErrorCode::unauthenticated, "auth.refresh_reused",
                "this session was ended because its token came twice; sign in again");
}

void Sessions::end_family(db::Connection& connection, SessionFamilyId family,
                          std::string_view why) {
    connection.run(end_sessions, family, std::string(why));
    connection.run(end_refreshing, family);
}

bool Sessions::end(UserId user, SessionFamilyId family, const Device& device,
                   std::string_view why) {
    db::Transaction transaction{pool_};
    const std::vector<FamilyRow> own = transaction->all(families_of, user);
    if (std::ranges::none_of(own, [&](const FamilyRow& row) { return row.family_id == family; }))
        return false;
    end_family(transaction.connection(), family, why);
    log_auth(transaction.connection(), user,
             why == "sign_out" ? AuthEvent::logout : AuthEvent::session_revoked,
             AuthOutcome::succeeded, device, why);
    transaction.commit();
    return true;
}

int Sessions::end_all(db::Connection& connection, UserId user, std::optional<SessionFamilyId> but,
                      std::string_view why) {
    int ended = 0;
    for (const FamilyRow& row : connection.all(families_of, user)) {
        if (row.family_id == but) continue;
        end_family(connection, row.family_id, why);
        ++ended;
    }
    return ended;
}

void Sessions::end_others(UserId user, SessionFamilyId but, const Device& device) {
    db::Transaction transaction{pool_};
    end_all(transaction.connection(), user, but, "ended_by_owner");
    log_auth(transaction.connection(), user, AuthEvent::session_revoked, AuthOutcome::succeeded,
             device, "all_others");
    transaction.commit();
}

void Sessions::renew_proof(db::Connection& connection, SessionFamilyId family) {
    connection.run(renew_auth_time, family);
}

std::vector<SignedInDevice> Sessions::list(UserId user, SessionFamilyId current) {
    auto lease = pool_.acquire();
    return lease->all(signed_in_devices, user, current);
}

} // namespace strikeoff::identity
