#include "realtime/handshake.hpp"

#include "http/cookies.hpp"
#include "http/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace strikeoff::realtime {
namespace {

using http::Request;
using http::Response;

std::size_t count_of(const Request& request, std::string_view name) {
    return static_cast<std::size_t>(std::ranges::count_if(request.headers, [&](const auto& field) {
        return http::equal_ignoring_case(field.first, name);
    }));
}

bool asks_to_upgrade(const Request& request) {
    bool asks = false;
    http::for_each_element(request.header("Connection"), [&](std::string_view option) {
        asks |= http::equal_ignoring_case(option, "upgrade");
    });
    return asks && request.method == http::Method::get && count_of(request, "Upgrade") == 1 &&
           count_of(request, "Connection") == 1 &&
           http::equal_ignoring_case(request.header("Upgrade"), "websocket") &&
           count_of(request, "Sec-WebSocket-Version") == 1 &&
           request.header("Sec-WebSocket-Version") == "13";
}

/// Sixteen bytes in Base64: two padding characters, and four bits of the last one unused.
bool is_key(std::string_view key) {
    const auto is_letter = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               c == '+' || c == '/';
    };
    return key.size() == 24 && key.ends_with("==") &&
           std::ranges::all_of(key.substr(0, 22), is_letter);
}

/// Browsers name the page's site in every handshake. Programs name none, and send no cookie.
bool is_of_our_own(const Request& request) {
    const std::string_view origin = request.header("Origin");
    if (count_of(request, "Origin") > 1) return false;
    const bool has_cookie = count_of(request, "Cookie") > 0;
    if (origin.empty()) return !has_cookie;
    return origin ==
           fmt::format("{}://{}", request.secure ? "https" : "http", request.header("Host"));
}

} // namespace

Response answer_handshake(const Request& request) {
    if (!asks_to_upgrade(request)) {
        Response response = http::problem(426, "live.upgrade_needed",
                                          "this is a WebSocket of version 13", request.request_id);
        response.headers.emplace_back("Upgrade", "websocket");
        response.headers.emplace_back("Connection", "Upgrade");
        response.headers.emplace_back("Sec-WebSocket-Version", "13");
        return response;
    }
    if (!is_of_our_own(request))
        return http::problem(403, "auth.foreign_page",
                             "this was not asked for by a page of this site", request.request_id);
    if (count_of(request, "Sec-WebSocket-Key") != 1 ||
        !is_key(request.header("Sec-WebSocket-Key")) || !request.body.empty())
        return http::problem(400, "http.malformed", "the handshake is malformed",
                             request.request_id);
    return {.status = 101, .content_type = ""};
}

} // namespace strikeoff::realtime
