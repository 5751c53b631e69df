#pragma once

#include "mail/outbox.hpp"
#include "modules/identity/auth_log.hpp"
#include "modules/identity/sessions.hpp"

namespace strikeoff::identity {

/// When a granted recovery takes effect, if nobody stops it.
struct RecoveryView {
    UserId user_id;
    Instant effective_at;
};
BOOST_DESCRIBE_STRUCT(RecoveryView, (), (user_id, effective_at))

/// The way back for who has lost the second factor and the backup codes. Two of staff who have
/// checked who asks grant it (`approvals::Action::recover_second_factor`); the person is told by
/// mail, and for a day nothing happens. Then the next sign-in with the password removes the factor,
/// ends every session, and for another day takes no bids. A sign-in with the factor stops it: who
/// has it has not lost it. There is no recovery by mail alone (NIST SP 800-63B, section 6.1.2.3).
class Recovery {
public:
    Recovery(db::Pool& worker_pool, Sessions& sessions, const mail::Outbox& outbox)
        : pool_{worker_pool}, sessions_{sessions}, outbox_{outbox} {}

    /// In the caller's transaction. Fails with user.unknown, mfa.not_enabled, recovery.open or
    /// reason.missing.
    Result<RecoveryView> grant(db::Connection& connection, UserId user,
                               std::optional<CountyId> county, const std::string& reason,
                               UserId asked_by) const;
    /// Fails with recovery.none.
    Result<void> stop(UserId user, const Device& device);

    /// Before a password's session is made: removes the factor when a recovery is due. True when it
    /// did.
    bool apply_if_due(UserId user, const Device& device);
    /// After a sign-in with the factor, in its transaction.
    static void note_factor_used(db::Connection& connection, UserId user, const Device& device);

private:
    db::Pool& pool_;
    Sessions& sessions_;
    const mail::Outbox& outbox_;
};

} // namespace strikeoff::identity
