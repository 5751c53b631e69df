#include "http/cookies.hpp"

#include "http/text.hpp"

#include <fmt/format.h>

namespace strikeoff::http {

std::string_view cookie(const Request& request, std::string_view name) {
    std::string_view found;
    int count = 0;
    for (const auto& [field, value] : request.headers) {
        if (!equal_ignoring_case(field, "Cookie")) continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            const std::string_view pair = trimmed(rest.substr(0, rest.find(';')));
            const std::size_t end = rest.find(';');
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
            if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
                found = pair.substr(name.size() + 1);
                ++count;
            }
        }
    }
    return count == 1 ? found : std::string_view{};
}

std::pair<std::string, std::string> set_cookie(std::string_view name, std::string_view value,
                                               std::chrono::seconds time) {
    return {"Set-Cookie",
            fmt::format("{}={}; Path=/; Max-Age={}; Secure; HttpOnly; SameSite=Strict", name, value,
                        time.count())};
}

bool is_own_page(const Request& request) {
    if (request.header("X-Strikeoff") != "1") return false;
    const std::string_view site = request.header("Sec-Fetch-Site");
    if (!site.empty()) return site == "same-origin";
    const std::string_view origin = request.header("Origin");
    const std::string_view host = request.header("Host");
    return !host.empty() &&
           origin == fmt::format("{}://{}", request.secure ? "https" : "http", host);
}

} // namespace strikeoff::http
