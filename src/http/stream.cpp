#include "http/stream.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace strikeoff::http {

namespace asio = boost::asio;

namespace {

constexpr auto no_error = asio::as_tuple(asio::use_awaitable);

} // namespace

asio::awaitable<bool> Stream::secure(asio::ssl::context& context) {
    tls_.emplace(socket_, context);
    const auto [error] = co_await tls_->async_handshake(asio::ssl::stream_base::server, no_error);
    co_return !error;
}

// The next three are no coroutines themselves: a plain connection pays one branch for TLS.
asio::awaitable<Stream::Outcome> Stream::read_some(asio::mutable_buffer buffer) {
    return tls_ ? tls_->async_read_some(buffer, no_error)
                : socket_.async_read_some(buffer, no_error);
}

asio::awaitable<Stream::Outcome> Stream::write(asio::const_buffer buffer) {
    return tls_ ? asio::async_write(*tls_, buffer, no_error)
                : asio::async_write(socket_, buffer, no_error);
}

asio::awaitable<Stream::Outcome> Stream::discard_some(asio::mutable_buffer buffer) {
    return socket_.async_read_some(buffer, no_error);
}

asio::awaitable<void> Stream::end() {
    // Waits for the peer's own end as well; the connection's deadline ends that wait.
    if (tls_) co_await tls_->async_shutdown(no_error);
    end_now();
}

void Stream::end_now() {
    boost::system::error_code ignored; // It may be closed already.
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

void Stream::cancel() {
    boost::system::error_code ignored; // It may be closed already.
    socket_.cancel(ignored);
}

void Stream::close() {
    boost::system::error_code ignored; // It may be closed already.
    socket_.close(ignored);
}

} // namespace strikeoff::http
