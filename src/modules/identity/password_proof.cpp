#include "modules/identity/password_proof.hpp"

#include "http/admission.hpp"

namespace strikeoff::identity {
namespace {

using namespace std::chrono_literals;

constexpr http::Limit wrong_of_a_session{.count = 5, .per = 300s, .burst = 5};

struct WrongRow {
    std::optional<Instant> fifth; ///< Nothing while there are fewer.
    Instant now;
};
BOOST_DESCRIBE_STRUCT(WrongRow, (), (fifth, now))

const db::Statement<WrongRow(UserId, std::string)> wrong_passwords{
    {"identity.wrong_passwords", R"sql(
    SELECT (SELECT created_at FROM auth_audit_logs
            WHERE user_id = $1 AND event_type IN ('step_up', 'password_change') AND NOT success
              AND details_json->>'detail' = 'wrong_password' AND details_json->>'session' = $2
              AND created_at > strikeoff.clock() - interval '5 minutes'
            ORDER BY created_at DESC OFFSET 4 LIMIT 1) AS fifth,
           strikeoff.clock() AS now)sql"}};

} // namespace

Result<void> prove_password(db::Pool& worker_pool, PasswordHasher& hasher,
                            const http::Caller& caller, const PasswordProof& proof,
                            const Device& device) {
    const UserId user = caller.user.value();
    const std::string session = caller.session.value().family.text();
    {
        auto lease = worker_pool.acquire();
        const WrongRow wrong = lease->one(wrong_passwords, user, session);
        if (wrong.fifth) {
            log_auth(*lease, user, proof.event, AuthOutcome::failed, device, "limited");
            throw http::LimitMet("passwords", wrong_of_a_session,
                                 std::max(std::chrono::ceil<std::chrono::seconds>(
                                              *wrong.fifth + wrong_of_a_session.per - wrong.now),
                                          1s),
                                 "auth.passwords_too_many");
        }
    }
    SO_TRY(const bool fits, hasher.fits(proof.hash, proof.password));
    if (fits) return {};
    log_auth(*worker_pool.acquire(), user, proof.event, AuthOutcome::failed, device,
             "wrong_password", {{"session", session}});
    return fail(ErrorCode::invalid_input, "auth.password_wrong", "this is not your password",
                {{std::string(proof.field), "is not your password"}});
}

} // namespace strikeoff::identity
