#pragma once

#include "db/pool.hpp"
#include "http/request.hpp"
#include "modules/identity/auth_log.hpp"
#include "modules/identity/password_hasher.hpp"

namespace strikeoff::identity {

/// What somebody who is signed in gives to prove that it is they: the password, held against its
/// hash. A wrong one leaves a row of `event`.
struct PasswordProof {
    std::string_view password;
    const std::string& hash;
    AuthEvent event = AuthEvent::step_up;
    std::string_view field; ///< Of the request, to name in the refusal.
};

/// Fails with auth.password_wrong or auth.busy; throws http::LimitMet as auth.passwords_too_many
/// after five wrong ones in a session in five minutes. They never count against the account: who
/// has stolen a session must not keep its owner from signing in.
Result<void> prove_password(db::Pool& worker_pool, PasswordHasher& hasher,
                            const http::Caller& caller, const PasswordProof& proof,
                            const Device& device);

} // namespace strikeoff::identity
