#pragma once

#include "http/router.hpp"
#include "modules/identity/auth_log.hpp"

namespace strikeoff::identity {

// What the routes of accounts have in common.

Device device_of(const http::Request& request);
/// What is for people; a program's key has no session. Fails with auth.session_needed.
Result<SessionFamilyId> own_session(const http::Request& request);
/// Dangerous actions want a proof that is no older than five minutes. Fails with
/// auth.session_needed or auth.step_up_required.
Result<void> stepped_up(App& app, const http::Request& request);

void add_key_routes(http::Router& router);

} // namespace strikeoff::identity
