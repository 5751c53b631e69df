#pragma once

#include "http/request.hpp"

#include <string>
#include <string_view>

namespace strikeoff::http {

/// What the head of an answer says besides the answer itself.
struct HeadFacts {
    std::uint64_t size = 0; ///< Bytes of the body.
    bool keep_alive = true;
    bool secure = false; ///< The client came by TLS, and shall always do so.
    std::string_view request_id;
    std::string_view date; ///< A whole header line.
};

/// Appends the status line and the header lines, with the empty line at their end.
void append_head(std::string& out, const Response& response, const HeadFacts& facts);

} // namespace strikeoff::http
