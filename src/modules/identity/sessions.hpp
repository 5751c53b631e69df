#pragma once

#include "core/clock.hpp"
#include "db/pool.hpp"
#include "keys.hpp"
#include "mail/outbox.hpp"
#include "modules/identity/auth_log.hpp"
#include "modules/identity/identity.hpp"

namespace strikeoff::identity {

inline constexpr std::chrono::minutes access_time{15};

/// A row of the list of one's own sign-ins; the sessions that renewed each other are one.
struct SignedInDevice {
    SessionFamilyId id;
    std::string device;
    std::string address;
    Instant signed_in_at;
    Instant last_seen_at;
    bool is_this_one = false;
};
BOOST_DESCRIBE_STRUCT(SignedInDevice, (),
                      (id, device, address, signed_in_at, last_seen_at, is_this_one))

/// What a session may be used for.
enum class SessionKind : std::uint8_t {
    full,
    awaits_factor, ///< For giving the second factor.
    enrol_only     ///< For enrolling one.
};

/// The tokens of a session, told once. There is no refresh token before the second factor.
struct SessionTokens {
    SessionFamilyId family;
    std::string access;
    std::string refresh;
    SessionKind kind = SessionKind::full;
};

/// How somebody proved who they are, in the words of RFC 8176.
struct Proof {
    UserId user;
    UserRole role = UserRole::investor;
    std::vector<std::string> methods; ///< pwd, otp, rcv.
};

/// Sessions: an access token for 15 minutes and a refresh token that is good once. A refresh token
/// that comes again ends everything that came of the same sign-in, unless it is the one just used,
/// within ten seconds and from the same device, and its successor has not been used: then an
/// answer was lost, and the same successor is given again (FAPI 2.0, section 5.3.2.1).
/// Idle sessions end after an hour and all after a day; of staff, after 15 minutes and 12 hours.
class Sessions {
public:
    Sessions(db::Pool& worker_pool, const Keys& keys, const mail::Outbox& outbox)
        : pool_{worker_pool}, keys_{keys}, outbox_{outbox} {}

    /// Begins a session in the caller's transaction.
    SessionTokens begin(db::Connection& connection, const Proof& proof, SessionKind kind,
                        const Device& device);
    /// Fails with auth.refresh_unknown, or auth.refresh_reused after ending the family.
    Result<SessionTokens> refresh(std::string_view token, const Device& device);

    /// Ends one sign-in of a person. False when there is no such.
    bool end(UserId user, SessionFamilyId family, const Device& device, std::string_view why);
    /// The same in the caller's transaction, without a line in the log.
    static void end_family(db::Connection& connection, SessionFamilyId family,
                           std::string_view why);
    /// Ends all of a person, but for one. Returns how many.
    int end_all(db::Connection& connection, UserId user, std::optional<SessionFamilyId> but,
                std::string_view why);
    void end_others(UserId user, SessionFamilyId but, const Device& device);
    /// Notes that the person proved again who they are.
    void renew_proof(db::Connection& connection, SessionFamilyId family);
    std::vector<SignedInDevice> list(UserId user, SessionFamilyId current);

private:
    std::unexpected<Error> end_reused(db::Transaction& transaction, UserId user,
                                      SessionFamilyId family, const Device& device);

    db::Pool& pool_;
    const Keys& keys_;
    const mail::Outbox& outbox_;
};

} // namespace strikeoff::identity
