#include "modules/identity/recovery.hpp"

#include "db/transaction.hpp"
#include "modules/identity/letters.hpp"

namespace strikeoff::identity {
namespace {

constexpr std::size_t reason_size_max = 1000;

struct PersonRow {
    std::string email;
    bool mfa_enabled = false;
    Instant now;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (email, mfa_enabled, now))

const db::Statement<PersonRow(UserId)> lock_person{{"identity.lock_to_recover", R"sql(
    SELECT email, mfa_enabled, strikeoff.clock() AS now
    FROM users WHERE id = $1 FOR NO KEY UPDATE)sql"}};

const db::Statement<Instant(UserId, std::optional<CountyId>, UserId, std::string)> insert_recovery{
    {"identity.insert_recovery", R"sql(
    INSERT INTO factor_recoveries (user_id, county_id, asked_by, reason, effective_at)
    VALUES ($1, $2, $3, $4, strikeoff.clock() + interval '24 hours')
    ON CONFLICT DO NOTHING
    RETURNING effective_at)sql"}};

const db::Statement<bool(UserId)> stop_recovery{{"identity.stop_recovery", R"sql(
    UPDATE factor_recoveries SET stopped_at = strikeoff.clock()
    WHERE user_id = $1 AND applied_at IS NULL AND stopped_at IS NULL
    RETURNING true)sql"}};

const db::Statement<bool(UserId)> apply_recovery{{"identity.apply_recovery", R"sql(
    UPDATE factor_recoveries SET applied_at = strikeoff.clock()
    WHERE user_id = $1 AND applied_at IS NULL AND stopped_at IS NULL
      AND effective_at <= strikeoff.clock()
    RETURNING true)sql"}};

const db::Statement<void(UserId)> remove_factor{{"identity.remove_lost_factor", R"sql(
    UPDATE users
    SET mfa_enabled = false, mfa_secret = NULL, mfa_last_counter = 0,
        bidding_hold_until = strikeoff.clock() + interval '24 hours'
    WHERE id = $1)sql"}};

const db::Statement<void(UserId)> drop_codes{{"identity.drop_codes_of_lost_factor", R"sql(
    DELETE FROM mfa_backup_codes WHERE user_id = $1)sql"}};

} // namespace

Result<RecoveryView> Recovery::grant(db::Connection& connection, UserId user,
                                     std::optional<CountyId> county, const std::string& reason,
                                     UserId asked_by) const {
    if (reason.empty() || reason.size() > reason_size_max)
        return fail(ErrorCode::invalid_input, "reason.missing", "say how it was checked who asks",
                    {{"reason", "must have 1 to 1000 characters"}});
    const auto person = connection.maybe_one(lock_person, user);
    if (!person) return fail(ErrorCode::not_found, "user.unknown", "there is no such account");
    if (!person->mfa_enabled)
        return fail(ErrorCode::conflict, "mfa.not_enabled", "there is no second factor");
    const auto effective_at = connection.maybe_one(insert_recovery, user, county, asked_by, reason);
    if (!effective_at)
        return fail(ErrorCode::conflict, "recovery.open", "a recovery is under way already");
    write_to_owner(connection, outbox_, user, person->email,
                   mail::RecoveryRequested{person->now, *effective_at});
    log_auth(connection, user, AuthEvent::mfa_recovery_granted, AuthOutcome::succeeded, {});
    return RecoveryView{user, *effective_at};
}

Result<void> Recovery::stop(UserId user, const Device& device) {
    db::Transaction transaction{pool_};
    if (!transaction->maybe_one(stop_recovery, user))
        return fail(ErrorCode::conflict, "recovery.none", "no recovery is under way");
    log_auth(transaction.connection(), user, AuthEvent::mfa_recovery_stopped,
             AuthOutcome::succeeded, device, "by_staff");
    transaction.commit();
    return {};
}

bool Recovery::apply_if_due(UserId user, const Device& device) {
    db::Transaction transaction{pool_};
    const auto person = transaction->maybe_one(lock_person, user);
    if (!person || !transaction->maybe_one(apply_recovery, user)) return false;
    transaction->run(remove_factor, user);
    transaction->run(drop_codes, user);
    sessions_.end_all(transaction.connection(), user, std::nullopt, "mfa_recovered");
    write_to_owner(transaction.connection(), outbox_, user, person->email,
                   mail::RecoveryDone{person->now});
    log_auth(transaction.connection(), user, AuthEvent::mfa_recovered, AuthOutcome::succeeded,
             device);
    transaction.commit();
    return true;
}

void Recovery::note_factor_used(db::Connection& connection, UserId user, const Device& device) {
    if (connection.maybe_one(stop_recovery, user))
        log_auth(connection, user, AuthEvent::mfa_recovery_stopped, AuthOutcome::succeeded, device,
                 "factor_used");
}

} // namespace strikeoff::identity
