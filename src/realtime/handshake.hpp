#pragma once

#include "http/request.hpp"

namespace strikeoff::realtime {

/// Whether a request is a handshake (RFC 6455) that we take: 101, or why not. A cookie goes with
/// whatever a browser sends, so the handshake must come from a page of our own.
http::Response answer_handshake(const http::Request& request);

} // namespace strikeoff::realtime
