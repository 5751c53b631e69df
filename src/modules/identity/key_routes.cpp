#include "app.hpp"
#include "modules/identity/account_requests.hpp"

namespace strikeoff::identity {
namespace {

using http::Request;

Result<http::Page<ApiKey>> get_keys(App& app, const Request& request) {
    SO_TRY_VOID(own_session(request));
    http::Page<ApiKey> page;
    page.items = app.api_keys.list(*request.caller.user);
    return page;
}

Result<CreatedApiKey> make_key(App& app, const Request& request, const NewApiKey& wanted) {
    SO_TRY_VOID(stepped_up(app, request));
    return app.api_keys.make(request.caller, wanted, device_of(request));
}

Result<CreatedApiKey> post_key(App& app, const Request& request, NewApiKey wanted) {
    const auto note = [&](std::string_view why) {
        app.api_keys.note_refused(*request.caller.user, device_of(request), why);
    };
    try {
        Result<CreatedApiKey> made = make_key(app, request, wanted);
        if (!made) note(made.error().reason);
        return made;
    } catch (const http::LimitMet& met) {
        note("limited");
        throw;
    }
}

Result<void> post_revoke_key(App& app, const Request& request) {
    SO_TRY_VOID(own_session(request));
    SO_TRY(const ApiKeyId key, request.path_id<ApiKeyId>("key_id"));
    return app.api_keys.revoke(*request.caller.user, key, device_of(request));
}

} // namespace

void add_key_routes(http::Router& router) {
    using http::Access;
    const std::string path = "/api/v1/account/api-keys";
    router.get(path, get_keys,
               {.id = "listApiKeys",
                .summary = "The caller's keys for programs",
                .access = Access::person});
    router.post(path, post_key,
                {.id = "createApiKey",
                 .summary = "Make a key for a program; it is shown this once",
                 .access = Access::person,
                 .status = 201});
    router.post(path + "/{key_id}/revoke", post_revoke_key,
                {.id = "revokeApiKey",
                 .summary = "Revoke a key; it is good for nothing from the next call on",
                 .access = Access::person});
}

} // namespace strikeoff::identity
