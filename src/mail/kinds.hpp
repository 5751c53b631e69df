#pragma once

#include "core/describe.hpp"
#include "core/time.hpp"

#include <map>
#include <string>
#include <string_view>

namespace strikeoff::mail {

/// The mails there are. Each has a payload below, a text and a page in `templates/`.
enum class Kind : std::uint8_t {
    confirm_address,
    address_taken,
    reset_password,
    password_changed,
    address_changed_old,
    address_change_confirm,
    session_reused,
    mfa_enabled,
    mfa_disabled,
    recovery_requested,
    recovery_done,
    new_device,
    backup_codes_renewed,
    api_key_created
};
BOOST_DESCRIBE_ENUM(Kind, confirm_address, address_taken, reset_password, password_changed,
                    address_changed_old, address_change_confirm, session_reused, mfa_enabled,
                    mfa_disabled, recovery_requested, recovery_done, new_device,
                    backup_codes_renewed, api_key_created)

// No payload holds a name or any other free text of whoever asked for the mail: a stranger who
// gives somebody's address must not have words of his own sent to it. `token` is the secret of a
// link and is shown in no other way.

struct ConfirmAddress {
    static constexpr Kind kind = Kind::confirm_address;
    std::string token;
    Instant valid_until;
};
BOOST_DESCRIBE_STRUCT(ConfirmAddress, (), (token, valid_until))

/// Somebody tried to open an account with an address that has one.
struct AddressTaken {
    static constexpr Kind kind = Kind::address_taken;
};
BOOST_DESCRIBE_STRUCT(AddressTaken, (), ())

struct ResetPassword {
    static constexpr Kind kind = Kind::reset_password;
    std::string token;
    Instant valid_until;
};
BOOST_DESCRIBE_STRUCT(ResetPassword, (), (token, valid_until))

struct PasswordChanged {
    static constexpr Kind kind = Kind::password_changed;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(PasswordChanged, (), (at))

/// To the address that was replaced.
struct AddressChangedOld {
    static constexpr Kind kind = Kind::address_changed_old;
    std::string new_address;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(AddressChangedOld, (), (new_address, at))

/// To the address that is to be the new one.
struct AddressChangeConfirm {
    static constexpr Kind kind = Kind::address_change_confirm;
    std::string token;
    Instant valid_until;
};
BOOST_DESCRIBE_STRUCT(AddressChangeConfirm, (), (token, valid_until))

/// A sign-in was ended because its token was used twice.
struct SessionReused {
    static constexpr Kind kind = Kind::session_reused;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(SessionReused, (), (at))

struct MfaEnabled {
    static constexpr Kind kind = Kind::mfa_enabled;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(MfaEnabled, (), (at))

struct MfaDisabled {
    static constexpr Kind kind = Kind::mfa_disabled;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(MfaDisabled, (), (at))

/// Staff were asked to let somebody in who has lost the second factor.
struct RecoveryRequested {
    static constexpr Kind kind = Kind::recovery_requested;
    Instant at;
    Instant not_before;
};
BOOST_DESCRIBE_STRUCT(RecoveryRequested, (), (at, not_before))

struct RecoveryDone {
    static constexpr Kind kind = Kind::recovery_done;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(RecoveryDone, (), (at))

/// A sign-in from a device that was not seen before. `device` is what the service made of it, such
/// as `Firefox on Linux`; `address` is where it came from.
struct NewDevice {
    static constexpr Kind kind = Kind::new_device;
    Instant at;
    std::string device;
    std::string address;
};
BOOST_DESCRIBE_STRUCT(NewDevice, (), (at, device, address))

/// The backup codes that there were are void.
struct BackupCodesRenewed {
    static constexpr Kind kind = Kind::backup_codes_renewed;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(BackupCodesRenewed, (), (at))

struct ApiKeyCreated {
    static constexpr Kind kind = Kind::api_key_created;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(ApiKeyCreated, (), (at))

using Payloads = boost::mp11::mp_list<ConfirmAddress, AddressTaken, ResetPassword, PasswordChanged,
                                      AddressChangedOld, AddressChangeConfirm, SessionReused,
                                      MfaEnabled, MfaDisabled, RecoveryRequested, RecoveryDone,
                                      NewDevice, BackupCodesRenewed, ApiKeyCreated>;

template <class T>
concept Payload = boost::mp11::mp_contains<Payloads, T>::value;

/// The members of a payload by name, as they are shown.
using Values = std::map<std::string, std::string, std::less<>>;

/// `2026-05-27 12:00 UTC`
std::string shown_time(Instant at);

template <Payload T>
Values values_of(const T& payload) {
    Values values;
    for_each_member(payload, [&]<class M>(std::string_view name, const M& member) {
        if constexpr (std::same_as<M, Instant>)
            values.emplace(name, shown_time(member));
        else
            values.emplace(name, member);
    });
    return values;
}

} // namespace strikeoff::mail
