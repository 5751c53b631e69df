#include "modules/identity/accounts.hpp"

#include "db/transaction.hpp"
#include "modules/identity/letters.hpp"
#include "modules/identity/links.hpp"
#include "modules/identity/password_proof.hpp"
#include "modules/identity/password_rules.hpp"

namespace strikeoff::identity {
namespace {

constexpr std::size_t name_size_max = 100;

const db::Statement<UserId(std::string, std::string, std::string, std::string)> insert_account{
    {"identity.insert_account", R"sql(
    INSERT INTO users (email, password_hash, role, first_name, last_name, password_changed_at)
    VALUES ($1, $2, 'investor', $3, $4, strikeoff.clock())
    ON CONFLICT DO NOTHING
    RETURNING id)sql"}};

struct PersonRow {
    UserId id;
    std::string email;
    std::string password_hash;
    std::string first_name;
    std::string last_name;
    bool is_confirmed = false;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (),
                      (id, email, password_hash, first_name, last_name, is_confirmed))

const db::Statement<PersonRow(std::string)> person_of_email{{"identity.person_of_email", R"sql(
    SELECT id, email, password_hash, first_name, last_name,
           email_verified_at IS NOT NULL AS is_confirmed
    FROM users WHERE lower(email) = lower($1))sql"}};

const db::Statement<PersonRow(UserId)> person_of_user{{"identity.person_of_user", R"sql(
    SELECT id, email, password_hash, first_name, last_name,
           email_verified_at IS NOT NULL AS is_confirmed
    FROM users WHERE id = $1)sql"}};

const db::Statement<void(UserId)> confirm_user{{"identity.confirm_user", R"sql(
    UPDATE users
    SET email_verified_at = coalesce(email_verified_at, strikeoff.clock()),
        status = CASE WHEN status = 'pending_approval' THEN 'active' ELSE status END
    WHERE id = $1)sql"}};

const db::Statement<void(UserId, std::string)> set_password{{"identity.set_password", R"sql(
    UPDATE users
    SET password_hash = $2, password_changed_at = strikeoff.clock(), failed_logins = 0,
        login_blocked_until = NULL
    WHERE id = $1)sql"}};

const db::Statement<void(UserId, std::string)> set_email{{"identity.set_email", R"sql(
    UPDATE users SET email = $2, email_verified_at = strikeoff.clock() WHERE id = $1)sql"}};

const db::Statement<Instant()> read_clock{{"identity.read_time", R"sql(
    SELECT strikeoff.clock() AS now)sql"}};

constexpr std::int64_t confirm_minutes = 24 * 60;
constexpr std::int64_t reset_minutes = 30;
constexpr std::int64_t change_minutes = 60;

std::unexpected<Error> unknown_link() {
    return fail(ErrorCode::invalid_input, "auth.link_unknown",
                "this link was used before, or is too old; ask for another one");
}

std::unexpected<Error> malformed_email() {
    return fail(ErrorCode::invalid_input, "user.email_malformed", "that is no e-mail address",
                {{"email", "must be like name@example.org"}});
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= name_size_max &&
           std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

} // namespace

Result<void> Accounts::sign_up(const SignUp& wanted, const Device& device) {
    try {
        limits_.count_sign_up(device);
    } catch (const http::LimitMet&) {
        log_auth(*pool_.acquire(), std::nullopt, AuthEvent::sign_up, AuthOutcome::failed, device,
                 "limited");
        throw;
    }
    if (!mail::is_address(wanted.email)) return malformed_email();
    if (!is_name(wanted.first_name) || !is_name(wanted.last_name))
        return fail(ErrorCode::invalid_input, "user.name_missing", "a name is needed",
                    {{is_name(wanted.first_name) ? "last_name" : "first_name",
                      "must have 1 to 100 characters"}});
    SO_TRY_VOID(
        check_password(wanted.password, {wanted.email, wanted.first_name, wanted.last_name}));
    // Before anybody is looked up: the work is the same for all.
    SO_TRY(const std::string hash, hasher_.hash(wanted.password));
    db::Transaction transaction{pool_};
    const auto id = transaction->maybe_one(insert_account, wanted.email, hash, wanted.first_name,
                                           wanted.last_name);
    const PersonRow person = id ? transaction->one(person_of_user, *id)
                                : transaction->one(person_of_email, wanted.email);
    log_auth(transaction.connection(), person.id, AuthEvent::sign_up,
             id ? AuthOutcome::succeeded : AuthOutcome::failed, device, id ? "" : "address_taken");
    if (!id && person.is_confirmed) {
        write_to_owner(transaction.connection(), outbox_, person.id, person.email,
                       mail::AddressTaken{});
    } else if (const auto link =
                   add_link(transaction.connection(), person.id, LinkPurpose::confirm_address,
                            std::nullopt, confirm_minutes)) {
        write_to_owner(transaction.connection(), outbox_, person.id, person.email,
                       mail::ConfirmAddress{link->token, link->valid_until});
    }
    transaction.commit();
    return {};
}

Result<void> Accounts::confirm_address(const LinkToken& link, const Device& device) {
    db::Transaction transaction{pool_};
    const auto row = use_link(transaction.connection(), link.token, LinkPurpose::confirm_address);
    if (!row) return unknown_link();
    transaction->run(confirm_user, row->user_id);
    log_auth(transaction.connection(), row->user_id, AuthEvent::email_verified,
             AuthOutcome::succeeded, device);
    transaction.commit();
    return {};
}

/// What is too much is answered as always, so that nobody learns from it who has an account.
Result<void> Accounts::ask_for_reset(const AskForReset& wanted, const Device& device) {
    if (!mail::is_address(wanted.email)) return malformed_email();
    db::Transaction transaction{pool_};
    const auto person = transaction->maybe_one(person_of_email, wanted.email);
    std::optional<Link> link;
    if (person)
        link = add_link(transaction.connection(), person->id, LinkPurpose::reset_password,
                        std::nullopt, reset_minutes);
    if (link)
        write_to_owner(transaction.connection(), outbox_, person->id, person->email,
                       mail::ResetPassword{link->token, link->valid_until});
    log_auth(transaction.connection(), person ? std::optional{person->id} : std::nullopt,
             AuthEvent::password_reset_requested,
             link ? AuthOutcome::succeeded : AuthOutcome::failed, device,
             link     ? ""
             : person ? "limited"
                      : "unknown_address");
    transaction.commit();
    return {};
}

Result<void> Accounts::reset_password(const ResetPassword& wanted, const Device& device) {
    // Without a person's name first: a link that is no good is told before a bad password.
    SO_TRY_VOID(check_password(wanted.password, {}));
    SO_TRY(const std::string hash, hasher_.hash(wanted.password));
    db::Transaction transaction{pool_};
    const auto row = use_link(transaction.connection(), wanted.token, LinkPurpose::reset_password);
    if (!row) {
        log_auth(transaction.connection(), std::nullopt, AuthEvent::password_reset,
                 AuthOutcome::failed, device, "link_unknown");
        transaction.commit();
        return unknown_link();
    }
    const PersonRow person = transaction->one(person_of_user, row->user_id);
    SO_TRY_VOID(
        check_password(wanted.password, {person.email, person.first_name, person.last_name}));
    transaction->run(set_password, person.id, hash);
    void_links(transaction.connection(), person.id);
    // The link came to the address, which is the proof that was asked for at sign-up.
    transaction->run(confirm_user, person.id);
    sessions_.end_all(transaction.connection(), person.id, std::nullopt, "password_reset");
    log_auth(transaction.connection(), person.id, AuthEvent::password_reset, AuthOutcome::succeeded,
             device);
    write_to_owner(transaction.connection(), outbox_, person.id, person.email,
                   mail::PasswordChanged{transaction->one(read_clock)});
    transaction.commit();
    return {};
}

Result<void> Accounts::change_password(const http::Caller& caller, const ChangePassword& wanted,
                                       const Device& device) {
    const PersonRow person = pool_.acquire()->one(person_of_user, caller.user.value());
    SO_TRY_VOID(prove_password(pool_, hasher_, caller,
                               {.password = wanted.current,
                                .hash = person.password_hash,
                                .event = AuthEvent::password_change,
                                .field = "current"},
                               device));
    SO_TRY_VOID(check_password(wanted.wanted, {person.email, person.first_name, person.last_name}));
    SO_TRY(const std::string hash, hasher_.hash(wanted.wanted));
    db::Transaction transaction{pool_};
    transaction->run(set_password, person.id, hash);
    void_links(transaction.connection(), person.id);
    sessions_.end_all(transaction.connection(), person.id,
                      caller.session ? std::optional{caller.session->family} : std::nullopt,
                      "password_change");
    log_auth(transaction.connection(), person.id, AuthEvent::password_change,
             AuthOutcome::succeeded, device);
    write_to_owner(transaction.connection(), outbox_, person.id, person.email,
                   mail::PasswordChanged{transaction->one(read_clock)});
    transaction.commit();
    return {};
}

Result<void> Accounts::change_address(const http::Caller& caller, const ChangeAddress& wanted,
                                      const Device& device) {
    if (!mail::is_address(wanted.email)) return malformed_email();
    db::Transaction transaction{pool_};
    const PersonRow person = transaction->one(person_of_user, caller.user.value());
    const auto other = transaction->maybe_one(person_of_email, wanted.email);
    log_auth(transaction.connection(), person.id, AuthEvent::email_change_requested,
             AuthOutcome::succeeded, device);
    if (other) {
        write_to_owner(transaction.connection(), outbox_, other->id, other->email,
                       mail::AddressTaken{});
    } else if (const auto link =
                   add_link(transaction.connection(), person.id, LinkPurpose::change_address,
                            wanted.email, change_minutes)) {
        write_to_owner(transaction.connection(), outbox_, person.id, wanted.email,
                       mail::AddressChangeConfirm{link->token, link->valid_until});
    }
    transaction.commit();
    return {};
}

Result<void> Accounts::confirm_new_address(const LinkToken& link, const Device& device) {
    db::Transaction transaction{pool_};
    const auto row = use_link(transaction.connection(), link.token, LinkPurpose::change_address);
    if (!row) return unknown_link();
    if (transaction->maybe_one(person_of_email, row->new_email.value()))
        return fail(ErrorCode::conflict, "user.email_taken", "there is a user with this address");
    const PersonRow person = transaction->one(person_of_user, row->user_id);
    transaction->run(set_email, row->user_id, *row->new_email);
    write_to_owner(transaction.connection(), outbox_, row->user_id, person.email,
                   mail::AddressChangedOld{*row->new_email, transaction->one(read_clock)});
    log_auth(transaction.connection(), row->user_id, AuthEvent::email_changed,
             AuthOutcome::succeeded, device);
    transaction.commit();
    return {};
}

} // namespace strikeoff::identity
