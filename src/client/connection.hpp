#pragma once

#include "core/result.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace strikeoff::client {

/// Where a service listens.
struct ServerAddress {
    std::string host;
    std::string port;
    bool tls = false;

    std::string authority() const { return host + ":" + port; }
};

/// Reads `http://host:port` or `https://host:port`. Fails with `server.malformed`.
Result<ServerAddress> parse_server(std::string_view url);

/// The server could not be reached or an exchange broke off: whether it was carried out is unknown.
class ConnectionError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

enum class Verb : std::uint8_t { get, post, put };

/// One request. Its texts outlive the exchange.
struct Call {
    Verb verb = Verb::get;
    std::string_view target;
    std::string_view body = {};
    std::string_view content_type = "application/json";
    std::string_view bearer = {};
    std::string_view idempotency_key = {}; ///< Makes the server carry it out once.
    /// Carrying it out twice is the same as once. Set for a POST whose content makes it so.
    bool repeatable = false;
};

struct Answer {
    int status = 0;
    std::string body;
    std::chrono::seconds retry_after{}; ///< As the server asks for.

    bool ok() const { return status >= 200 && status < 300; }
};

/// A keep-alive connection with one exchange at a time, on one executor. Over TLS the server's
/// certificate must be valid for its name, by the system's authorities or those of SSL_CERT_FILE.
class Connection {
public:
    Connection(boost::asio::any_io_executor executor, ServerAddress server,
               std::chrono::seconds timeout = std::chrono::seconds{30});
    ~Connection();

    /// Repeatable calls, and those with a key, are tried up to four times when the connection
    /// breaks or the server is unavailable; any call when it was over a limit. Throws
    /// ConnectionError.
    boost::asio::awaitable<Answer> exchange(Call call);

private:
    struct SecureStream;
    boost::asio::awaitable<void> connect();
    boost::asio::awaitable<Answer> exchange_once(const Call& call);
    template <class Stream>
    boost::asio::awaitable<Answer> exchange_over(Stream& stream, const Call& call);
    boost::beast::tcp_stream& transport();
    bool is_connected() const { return plain_ || secure_; }
    void close();

    boost::asio::any_io_executor executor_;
    ServerAddress server_;
    std::chrono::seconds timeout_;
    std::optional<boost::beast::tcp_stream> plain_;
    std::unique_ptr<SecureStream> secure_;
    boost::beast::flat_buffer buffer_;
    std::chrono::steady_clock::time_point last_use_;
};

} // namespace strikeoff::client
