#include "http/response_head.hpp"

#include <fmt/compile.h>

namespace strikeoff::http {

void append_head(std::string& out, const Response& response, const HeadFacts& facts) {
    out += fmt::format(FMT_COMPILE("HTTP/1.1 {} {}\r\n"), response.status,
                       status_text(response.status));
    out += facts.date;
    if (response.status != 204 && response.status != 304)
        out += fmt::format(FMT_COMPILE("Content-Type: {}\r\nContent-Length: {}\r\n"),
                           response.content_type, facts.size);
    out += "X-Request-Id: ";
    out += facts.request_id;
    out += "\r\nX-Content-Type-Options: nosniff\r\n";
    if (facts.secure) out += "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n";
    bool has_cache_control = false;
    for (const auto& [name, value] : response.headers) {
        has_cache_control |= name == "Cache-Control";
        out += fmt::format(FMT_COMPILE("{}: {}\r\n"), name, value);
    }
    if (!has_cache_control) out += "Cache-Control: no-store\r\n";
    out += facts.keep_alive ? "\r\n" : "Connection: close\r\n\r\n";
}

} // namespace strikeoff::http
