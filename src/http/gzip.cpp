#include "http/gzip.hpp"

#include "http/text.hpp"

#include <limits>
#include <new>
#include <optional>
#include <stdexcept>
#include <zlib.h>

namespace strikeoff::http {
namespace {

constexpr int level = 5; // Two thirds of the time of zlib's default, a few per cent more bytes.
constexpr int window_of_gzip = 15 + 16;
constexpr int memory_level = 8;

/// `q=0`, `q=0.0`, `q=0.000`: not wanted.
bool is_weight_of_nought(std::string_view parameter) {
    parameter = trimmed(parameter);
    if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) return false;
    parameter.remove_prefix(2);
    return !parameter.empty() && parameter.find_first_not_of("0.") == std::string_view::npos;
}

} // namespace

bool accepts_coding(std::string_view accept_encoding, std::string_view coding) {
    std::optional<bool> named;
    std::optional<bool> any;
    for_each_element(accept_encoding, [&](std::string_view element) {
        const std::size_t semicolon = element.find(';');
        const std::string_view name = trimmed(element.substr(0, semicolon));
        const bool wanted = semicolon == std::string_view::npos ||
                            !is_weight_of_nought(element.substr(semicolon + 1));
        if (equal_ignoring_case(name, coding) ||
            (coding == "gzip" && equal_ignoring_case(name, "x-gzip")))
            named = wanted;
        else if (name == "*")
            any = wanted;
    });
    return named.value_or(any.value_or(false));
}

bool accepts_gzip(std::string_view accept_encoding) {
    return accepts_coding(accept_encoding, "gzip");
}

std::string gzip(std::string_view bytes) {
    if (bytes.size() > std::numeric_limits<uInt>::max())
        throw std::length_error("a body of over 4 GiB");
    z_stream stream{};
    if (::deflateInit2(&stream, level, Z_DEFLATED, window_of_gzip, memory_level,
                       Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc{};
    std::string out(::deflateBound(&stream, bytes.size()), '\0');
    // zlib takes its input as not const, and only reads it.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int outcome = ::deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    ::deflateEnd(&stream);
    if (outcome != Z_STREAM_END) throw std::runtime_error("deflate did not finish");
    return out;
}

} // namespace strikeoff::http
