#include "http/site.hpp"

#include "db/embedded.hpp"
#include "http/gzip.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <ranges>

namespace strikeoff::http {
namespace {

// Nothing from elsewhere, nothing inline, and no text becomes a script: the policy `default` is the
// site's own, and lets through the address of its worker and nothing else.
constexpr std::string_view content_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types default";

struct NamedType {
    std::string_view ending;
    std::string_view type;
};
constexpr std::array<NamedType, 10> types{{
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml; charset=utf-8"},
    {".json", "application/json; charset=utf-8"},
    {".woff2", "font/woff2"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".jpg", "image/jpeg"},
    {".txt", "text/plain; charset=utf-8"},
}};

std::string_view type_of(std::string_view name) {
    for (const NamedType& known : types)
        if (name.ends_with(known.ending)) return known.type;
    return "application/octet-stream";
}

const EmbeddedFile* find_file(std::string_view name) {
    const auto files = embedded_site();
    const auto found = std::ranges::lower_bound(files, name, {}, &EmbeddedFile::name);
    return found != files.end() && found->name == name ? &*found : nullptr;
}

bool is_coded(std::string_view name) {
    return name.ends_with(".br") || name.ends_with(".gz");
}

} // namespace

Response site_page(int status) {
    const EmbeddedFile* const file = find_file("index.html");
    if (!file) throw std::logic_error("the site has no index.html");
    return Response{.status = status,
                    .content_type = "text/html; charset=utf-8",
                    .headers = {{"Content-Security-Policy", std::string(content_policy)},
                                {"Referrer-Policy", "no-referrer"},
                                {"Cross-Origin-Opener-Policy", "same-origin"},
                                {"Cache-Control", "no-cache"}},
                    .body = std::string(file->text())};
}

Result<Response> site_asset(std::string_view name, std::string_view accept_encoding) {
    const EmbeddedFile* const whole = is_coded(name) ? nullptr : find_file(name);
    if (!whole || name == "index.html")
        return fail(ErrorCode::not_found, "not_found", "there is nothing here");
    Response response{.content_type = std::string(type_of(name)),
                      .headers = {{"Cache-Control", "public, max-age=31536000, immutable"},
                                  {"Cross-Origin-Resource-Policy", "same-origin"},
                                  {"Vary", "Accept-Encoding"}}};
    struct Coding {
        const char* name;
        const char* ending;
    };
    for (const Coding& coding : {Coding{"br", ".br"}, Coding{"gzip", ".gz"}}) {
        if (!accepts_coding(accept_encoding, coding.name)) continue;
        // A file that no coding makes smaller is there only as it is.
        const EmbeddedFile* const coded = find_file(std::string(name) + coding.ending);
        if (!coded) continue;
        response.headers.emplace_back("Content-Encoding", coding.name);
        response.body = coded->text();
        return response;
    }
    response.body = whole->text();
    return response;
}

bool wants_page(const Request& request) {
    const bool reads = request.method == Method::get || request.method == Method::head;
    return reads && !request.path.starts_with("/api/") &&
           request.header("Accept").contains("text/html");
}

} // namespace strikeoff::http
