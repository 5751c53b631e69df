#pragma once

#include "http/request.hpp"

#include <expected>
#include <string_view>

namespace strikeoff::http {

/// The head of a request as it stands in the buffer: request line and header fields.
struct Head {
    Method method = Method::get;
    std::string_view target; ///< Path and query; `*` of OPTIONS.
    std::string_view host;
    std::string_view authority; ///< Of a target in absolute form, where it equals `host`.
    Fields fields;
    std::uint64_t content_length = 0;
    bool chunked = false;
    bool keep_alive = true;
    bool expects_continue = false;
};

/// Why a head is refused; the connection is closed after the answer.
struct HeadFault {
    int status = 400;
    std::string_view detail;
};

inline constexpr std::size_t head_size_max = 16 * 1024;
inline constexpr std::size_t fields_max = 100;

/// Reads `text`, which ends with the empty line, by RFC 9112 without any of its leniency: what two
/// parsers could read in two ways (folded lines, a bare LF, a space before the colon, repeated or
/// conflicting lengths, an unknown transfer coding, no Host, two, or one that the target
/// contradicts) is refused.
std::expected<Head, HeadFault> read_head(std::string_view text);

} // namespace strikeoff::http
