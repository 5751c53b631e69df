#pragma once

#include "http/request.hpp"

#include <chrono>

namespace strikeoff::http {

/// Cookies of ours: sent by TLS alone (and to a loopback address), to this host alone, never read
/// by a script, never with a request that another site caused (RFC 6265bis, `__Host-`).
inline constexpr std::string_view session_cookie = "__Host-so_s";
inline constexpr std::string_view refresh_cookie = "__Host-so_r";
inline constexpr std::string_view device_cookie = "__Host-so_d";

/// The value of a cookie of the request; empty when it has none of this name, or several.
std::string_view cookie(const Request& request, std::string_view name);

/// A Set-Cookie field. A time of zero removes the cookie.
std::pair<std::string, std::string> set_cookie(std::string_view name, std::string_view value,
                                               std::chrono::seconds time);

/// Whether a page of this very site made the request, by what a browser says of it: Sec-Fetch-Site
/// or else Origin, and the header X-Strikeoff, which no other site can send without asking first.
bool is_own_page(const Request& request);

} // namespace strikeoff::http
