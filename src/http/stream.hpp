#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>

#include <optional>
#include <tuple>

namespace strikeoff::http {

/// The bytes of one connection, plain or under TLS. Lives on one executor; nothing throws.
class Stream {
public:
    using Outcome = std::tuple<boost::system::error_code, std::size_t>;

    explicit Stream(boost::asio::ip::tcp::socket socket) : socket_{std::move(socket)} {}
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    /// From now on under TLS, as a server. False when the peer cannot agree with us.
    boost::asio::awaitable<bool> secure(boost::asio::ssl::context& context);
    boost::asio::awaitable<Outcome> read_some(boost::asio::mutable_buffer buffer);
    boost::asio::awaitable<Outcome> write(boost::asio::const_buffer buffer);
    /// Says that nothing more will come from us. The peer can still read all that was written.
    boost::asio::awaitable<void> end();
    /// Bytes that still arrive after `end`, as the network has them: for throwing away.
    boost::asio::awaitable<Outcome> discard_some(boost::asio::mutable_buffer buffer);

    /// The same without waiting for anybody, and without the last words of TLS.
    void end_now();
    /// Calls `use` with the stream that carries the bytes, for whoever speaks another protocol.
    template <class Use>
    void visit(Use use) {
        tls_ ? use(*tls_) : use(socket_);
    }

    void cancel(); ///< Reads and writes under way fail; the connection stays.
    void close();
    bool is_open() const { return socket_.is_open(); }
    bool is_secure() const { return tls_.has_value(); }
    boost::asio::ip::tcp::socket& socket() { return socket_; }

private:
    boost::asio::ip::tcp::socket socket_;
    std::optional<boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>> tls_;
};

} // namespace strikeoff::http
