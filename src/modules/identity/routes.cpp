#include "app.hpp"
#include "http/cookies.hpp"
#include "modules/identity/accounts.hpp"
#include "modules/identity/sign_in.hpp"

namespace strikeoff::identity {
namespace {

using namespace std::chrono_literals;
using http::Reply;
using http::Request;

constexpr auto refresh_cookie_time = 24h;
constexpr auto device_cookie_time = 24h * 400; ///< As long as browsers keep any.

/// The account of the session that the request came with.
struct AccountView {
    UserId user_id;
    UserRole role = UserRole::investor;
    NextStep next = NextStep::none;
    std::vector<CountyId> counties;
};
BOOST_DESCRIBE_STRUCT(AccountView, (), (user_id, role, next, counties))

Device device_of(const Request& request) {
    return {.address = std::string(request.remote_address),
            .name = std::string(request.header("User-Agent").substr(0, 200)),
            .token = std::string(http::cookie(request, http::device_cookie))};
}

/// The answer with its cookies.
Reply<SignedIn> signed_in(const SignInAnswer& answer) {
    Reply<SignedIn> reply{answer.shown};
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
    return app.accounts.sign_up(body, device_of(request));
}

Result<void> post_confirm_address(App& app, const Request& request, LinkToken body) {
    return app.accounts.confirm_address(body, device_of(request));
}

Result<void> post_confirm_new_address(App& app, const Request& request, LinkToken body) {
    return app.accounts.confirm_new_address(body, device_of(request));
}

Result<void> post_ask_for_reset(App& app, const Request& request, AskForReset body) {
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

Result<AccountView> get_account(App&, const Request& request) {
    return AccountView{.user_id = *request.caller.user,
                       .role = *parse_enum<UserRole>(enum_name(request.caller.role)),
                       .counties = request.caller.counties};
}

} // namespace
} // namespace strikeoff::identity
