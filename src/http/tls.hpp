#pragma once

#include <boost/asio/ssl.hpp>

#include <filesystem>
#include <memory>

namespace strikeoff::http {

/// The server's certificate and key, and how we speak TLS: 1.2 or later. Used on the I/O thread.
class Tls {
public:
    /// Reads both PEM files; the certificate's chain follows it in its file. Throws
    /// std::runtime_error, naming the file, when one cannot be used or they do not belong together.
    Tls(std::filesystem::path certificate, std::filesystem::path key);

    /// Reads the files again. When that throws, the certificate that was in use stays in use.
    void reload();
    /// For the next connection; those that stand keep what they began with.
    boost::asio::ssl::context& context() { return *context_; }

private:
    std::filesystem::path certificate_;
    std::filesystem::path key_;
    std::unique_ptr<boost::asio::ssl::context> context_;
};

} // namespace strikeoff::http
