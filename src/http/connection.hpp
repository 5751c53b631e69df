#pragma once

#include "core/bytes.hpp"
#include "http/stream.hpp"

#include <chrono>
#include <string>

namespace strikeoff::http {

using SteadyTime = std::chrono::steady_clock::time_point;

/// One connection and the request that it is at.
struct Connection {
    explicit Connection(boost::asio::ip::tcp::socket accepted) : stream{std::move(accepted)} {}

    Stream stream;
    boost::asio::ip::address peer;
    std::string peer_text;
    Bytes peer_network;
    std::string forwarded_address; ///< Of a request that a trusted proxy passed on.
    Bytes forwarded_network;
    std::string buffer; ///< Bytes read and not yet taken by a request.
    std::size_t head_size = 0;
    std::size_t message_size = 0; ///< Head and body of the request being served.
    std::string decoded_body;     ///< Of a chunked request.
    std::string out;              ///< Head of the answer, kept for its memory.
    SteadyTime deadline = SteadyTime::max();
    bool idle = true;     ///< Between two requests: closing it takes nothing from anybody.
    bool reading = false; ///< A request is arriving; one that takes too long is told so.
    bool late = false;    ///< Its deadline passed while it was arriving.
    int refused = 0;      ///< Status of the refusal that ended the request while it arrived.
};

} // namespace strikeoff::http
