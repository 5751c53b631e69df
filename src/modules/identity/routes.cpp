#include "app.hpp"
#include "http/cookies.hpp"
#include "http/even_time.hpp"
#include "http/text.hpp"
#include "modules/identity/account_requests.hpp"
#include "modules/identity/accounts.hpp"
#include "modules/identity/sign_in.hpp"

namespace strikeoff::identity {
namespace {

using namespace std::chrono_literals;
using http::Reply;
using http::Request;

constexpr auto refresh_cookie_time = 24h;
/// Longer than what is done for an address with or without an account; as long as a password takes.
constexpr auto even_step = 100ms;
constexpr auto device_cookie_time = 24h * 400; ///< As long as browsers keep any.

struct CountyRole {
    CountyId county_id;
    std::vector<http::Permission> permissions;
};
BOOST_DESCRIBE_STRUCT(CountyRole, (), (county_id, permissions))

/// The account of the session that the request came with.
struct AccountView {
    UserId user_id;
    UserRole role = UserRole::investor;
    NextStep next = NextStep::none;
    std::vector<CountyRole> counties; ///< Where the person may act, and how.
};
BOOST_DESCRIBE_STRUCT(AccountView, (), (user_id, role, next, counties))

} // namespace

Device device_of(const Request& request) {
    return {.address = std::string(request.remote_address),
            .network = {request.network.begin(), request.network.end()},
            .name = http::readable(request.header("User-Agent"), 200),
            .token = std::string(http::cookie(request, http::device_cookie))};
}

namespace {

/// The answer with its cookies.
Reply<SignedIn> signed_in(const SignInAnswer& answer) {
    Reply<SignedIn> reply;
    reply.body = answer.shown;
    reply.headers.push_back(
        http::set_cookie(http::session_cookie, answer.tokens.access, access_time));
    if (!answer.tokens.refresh.empty())
        reply.headers.push_back(
            http::set_cookie(http::refresh_cookie, answer.tokens.refresh, refresh_cookie_time));
    if (!answer.device_token.empty())
        reply.headers.push_back(
            http::set_cookie(http::device_cookie, answer.device_token, device_cookie_time));
    return reply;
}

Reply<void> signed_out() {
    Reply<void> reply;
    reply.headers = {http::set_cookie(http::session_cookie, "", 0s),
                     http::set_cookie(http::refresh_cookie, "", 0s),
                     {"Clear-Site-Data", "\"cache\", \"storage\""}};
    return reply;
}

Result<void> post_sign_up(App& app, const Request& request, SignUp body) {
    const http::EvenTime even{even_step};
    return app.accounts.sign_up(body, device_of(request));
}

Result<void> post_confirm_address(App& app, const Request& request, LinkToken body) {
    return app.accounts.confirm_address(body, device_of(request));
}

Result<void> post_confirm_new_address(App& app, const Request& request, LinkToken body) {
    return app.accounts.confirm_new_address(body, device_of(request));
}

Result<void> post_ask_for_reset(App& app, const Request& request, AskForReset body) {
    const http::EvenTime even{even_step};
    return app.accounts.ask_for_reset(body, device_of(request));
}

Result<void> post_reset_password(App& app, const Request& request, ResetPassword body) {
    return app.accounts.reset_password(body, device_of(request));
}

Result<Reply<SignedIn>> post_sign_in(App& app, const Request& request, Credentials body) {
    SO_TRY(const SignInAnswer answer, app.sign_in.with_password(body, device_of(request)));
    return signed_in(answer);
}

Result<Reply<SignedIn>> post_second_factor(App& app, const Request& request, FactorCode body) {
    if (!request.caller.session || !request.caller.session->awaits_factor)
        return fail(ErrorCode::conflict, "auth.no_factor_awaited",
                    "sign in with the password first");
    SO_TRY(const SignInAnswer answer,
           app.sign_in.with_factor(request.caller, body, device_of(request)));
    return signed_in(answer);
}

Result<Reply<void>> post_refresh(App& app, const Request& request) {
    SO_TRY(const SessionTokens tokens,
           app.sessions.refresh(http::cookie(request, http::refresh_cookie), device_of(request)));
    Reply<void> reply;
    reply.headers = {http::set_cookie(http::session_cookie, tokens.access, access_time),
                     http::set_cookie(http::refresh_cookie, tokens.refresh, refresh_cookie_time)};
    return reply;
}

Result<Reply<void>> post_sign_out(App& app, const Request& request) {
    if (request.caller.session)
        app.sessions.end(*request.caller.user, request.caller.session->family, device_of(request),
                         "sign_out");
    return signed_out();
}

/// The account of whoever calls.
Result<AccountView> get_account(App&, const Request& request) {
    AccountView view{.user_id = *request.caller.user,
                     .role = *parse_enum<UserRole>(enum_name(request.caller.role)),
                     .counties = {}};
    for (const http::CountyRights& rights : request.caller.rights)
        view.counties.push_back({rights.county, list_permissions(rights.permissions)});
    if (const auto& session = request.caller.session) {
        if (session->awaits_factor) view.next = NextStep::second_factor;
        if (session->enrol_only) view.next = NextStep::enrol_second_factor;
    }
    return view;
}

} // namespace

Result<SessionFamilyId> own_session(const Request& request) {
    if (request.caller.session) return request.caller.session->family;
    return fail(ErrorCode::conflict, "auth.session_needed", "sign in: a key cannot do this");
}

Result<void> stepped_up(App& app, const Request& request) {
    SO_TRY_VOID(own_session(request));
    app.clock.read();
    return http::proven_lately(request.caller, app.clock.now());
}

namespace {

Result<http::Page<SignedInDevice>> get_sessions(App& app, const Request& request) {
    SO_TRY(const SessionFamilyId current, own_session(request));
    http::Page<SignedInDevice> page;
    page.items = app.sessions.list(*request.caller.user, current);
    return page;
}

Result<void> post_end_session(App& app, const Request& request) {
    SO_TRY_VOID(own_session(request));
    SO_TRY(const SessionFamilyId family, request.path_id<SessionFamilyId>("session_id"));
    if (app.sessions.end(*request.caller.user, family, device_of(request), "ended_by_owner"))
        return {};
    return fail(ErrorCode::not_found, "not_found", "there is nothing here");
}

Result<void> post_end_others(App& app, const Request& request) {
    SO_TRY(const SessionFamilyId current, own_session(request));
    app.sessions.end_others(*request.caller.user, current, device_of(request));
    return {};
}

Result<void> post_change_password(App& app, const Request& request, ChangePassword body) {
    SO_TRY_VOID(own_session(request));
    return app.accounts.change_password(request.caller, body, device_of(request));
}

Result<void> post_change_address(App& app, const Request& request, ChangeAddress body) {
    SO_TRY_VOID(stepped_up(app, request));
    const http::EvenTime even{even_step};
    return app.accounts.change_address(request.caller, body, device_of(request));
}

Result<Enrolment> post_enrol(App& app, const Request& request) {
    SO_TRY_VOID(stepped_up(app, request));
    return app.second_factor.enrol(*request.caller.user);
}

Result<BackupCodes> post_confirm_factor(App& app, const Request& request, FactorCode body) {
    SO_TRY_VOID(own_session(request));
    return app.second_factor.confirm(request.caller, body.code, device_of(request));
}

Result<BackupCodes> post_backup_codes(App& app, const Request& request) {
    SO_TRY_VOID(stepped_up(app, request));
    return app.second_factor.renew_backup_codes(*request.caller.user, device_of(request));
}

Result<void> post_disable_factor(App& app, const Request& request) {
    SO_TRY_VOID(stepped_up(app, request));
    return app.second_factor.disable(request.caller, device_of(request));
}

Result<void> post_step_up(App& app, const Request& request, StepUp body) {
    SO_TRY_VOID(own_session(request));
    return app.sign_in.step_up(request.caller, body, device_of(request));
}

void add_sign_in_routes(http::Router& router) {
    using http::Access;
    const auto post = [&](const char* path, auto handler, http::EndpointDoc doc) {
        doc.access = Access::visitor;
        router.post(std::string("/api/v1/auth/") + path, handler, std::move(doc));
    };
    post("sign-up", post_sign_up,
         {.id = "signUp", .summary = "Open an account; a mail asks to confirm the address"});
    post("confirm-address", post_confirm_address,
         {.id = "confirmAddress", .summary = "Follow the link of the mail"});
    post("confirm-new-address", post_confirm_new_address,
         {.id = "confirmNewAddress", .summary = "Follow the link to a changed address"});
    post("ask-for-reset", post_ask_for_reset,
         {.id = "askForReset", .summary = "Have a link sent for a new password"});
    post("reset-password", post_reset_password,
         {.id = "resetPassword", .summary = "Set a new password with the link of the mail"});
    post("sign-in", post_sign_in,
         {.id = "signIn", .summary = "Begin a session with the password", .sets_cookies = true});
    post("second-factor", post_second_factor,
         {.id = "giveSecondFactor",
          .summary = "Complete the session with a code",
          .sets_cookies = true,
          .for_unfinished_sessions = true});
    post("refresh", post_refresh,
         {.id = "refreshSession",
          .summary = "Go on with the session; the refresh token is good once",
          .sets_cookies = true});
    post("sign-out", post_sign_out,
         {.id = "signOut",
          .summary = "End the session",
          .sets_cookies = true,
          .for_unfinished_sessions = true});
}

void add_account_routes(http::Router& router) {
    using http::Access;
    router.get("/api/v1/account", get_account,
               {.id = "getAccount",
                .summary = "Who the caller is",
                .access = Access::person,
                .for_unfinished_sessions = true});
    router.get("/api/v1/account/sessions", get_sessions,
               {.id = "listSessions",
                .summary = "Where the caller is signed in",
                .access = Access::person});
    const auto post = [&](const char* path, auto handler, http::EndpointDoc doc) {
        doc.access = Access::person;
        router.post(std::string("/api/v1/account/") + path, handler, std::move(doc));
    };
    post("sessions/{session_id}/end", post_end_session,
         {.id = "endSession", .summary = "Sign out elsewhere"});
    post("sessions/end-others", post_end_others,
         {.id = "endOtherSessions", .summary = "Sign out everywhere else"});
    post("password", post_change_password,
         {.id = "changePassword", .summary = "Change the password; other sessions end"});
    post("address", post_change_address,
         {.id = "changeAddress", .summary = "Change the e-mail address by a link sent to it"});
    post("step-up", post_step_up,
         {.id = "stepUp", .summary = "Prove again who one is, for what is dangerous"});
    post("second-factor/enrol", post_enrol,
         {.id = "enrolSecondFactor",
          .summary = "Make a secret for an authenticator app",
          .for_unfinished_sessions = true});
    post("second-factor/confirm", post_confirm_factor,
         {.id = "confirmSecondFactor",
          .summary = "Switch the second factor on with its first code; shows backup codes once",
          .for_unfinished_sessions = true});
    post("second-factor/backup-codes", post_backup_codes,
         {.id = "renewBackupCodes", .summary = "Make new backup codes; the old ones are void"});
    post("second-factor/disable", post_disable_factor,
         {.id = "disableSecondFactor", .summary = "Remove the second factor"});
}

} // namespace

void add_routes(http::Router& router) {
    add_sign_in_routes(router);
    add_account_routes(router);
    add_key_routes(router);
}

} // namespace strikeoff::identity
