#pragma once

#include "http/stream.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/websocket.hpp>

namespace strikeoff::realtime {

/// The bytes of a connection, plain or under TLS, as Beast wants to have them. The stream outlives
/// it.
class Wire {
public:
    using executor_type = boost::asio::ip::tcp::socket::executor_type;

    explicit Wire(http::Stream& stream) : stream_{stream} {}
    executor_type get_executor() { return stream_.socket().get_executor(); }
    void close() { stream_.close(); }
    void end() { stream_.end_now(); }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
            [this](auto handler, const Buffers& into) {
                stream_.visit(
                    [&](auto& bytes) { bytes.async_read_some(into, std::move(handler)); });
            },
            token, buffers);
    }
    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
            [this](auto handler, const Buffers& from) {
                stream_.visit(
                    [&](auto& bytes) { bytes.async_write_some(from, std::move(handler)); });
            },
            token, buffers);
    }

private:
    http::Stream& stream_;
};

// Beast finds these three by the type of the argument.

inline void beast_close_socket(Wire& wire) {
    wire.close();
}

inline void teardown(boost::beast::role_type, Wire& wire, boost::system::error_code& error) {
    wire.end();
    error = {};
}

/// Both sides have taken their leave by then, so nothing is waited for.
template <class Handler>
void async_teardown(boost::beast::role_type, Wire& wire, Handler&& handler) {
    wire.end();
    boost::asio::post(wire.get_executor(),
                      boost::beast::bind_front_handler(std::forward<Handler>(handler),
                                                       boost::system::error_code{}));
}

} // namespace strikeoff::realtime
