#pragma once

#include <string>

namespace strikeoff::testing {

/// What an exchange over TLS came to.
struct SecureExchange {
    std::string answer;  ///< All that came until the end.
    std::string failure; ///< Empty when nothing failed.
    std::string version; ///< `TLSv1.3`
    std::string subject; ///< Of the server's certificate, which is not checked.
};

/// Sends the bytes and reads to the end. `version_max` is one of OpenSSL's, 0 the newest;
/// `protocols` is ALPN's list in its wire form.
SecureExchange exchange_securely(unsigned short port, const std::string& bytes, int version_max = 0,
                                 const std::string& protocols = "");

} // namespace strikeoff::testing
