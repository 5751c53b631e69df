#include "http/tls.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace strikeoff::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

void check(const error_code& error, const char* what, const std::filesystem::path& file) {
    if (error)
        throw std::runtime_error(
            fmt::format("cannot use the {} {}: {}", what, file.string(), error.message()));
}

/// HTTP/1.1 is all that we speak; a client that offers other protocols only is told so.
int select_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size,
                    const unsigned char* offered, unsigned offered_size, void*) {
    static constexpr unsigned char ours[] = "\x08http/1.1";
    unsigned char* found = nullptr;
    if (::SSL_select_next_proto(&found, chosen_size, ours, sizeof ours - 1, offered,
                                offered_size) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *chosen = found;
    return SSL_TLSEXT_ERR_OK;
}

std::unique_ptr<asio::ssl::context> make_context(const std::filesystem::path& certificate,
                                                 const std::filesystem::path& key) {
    auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
    SSL_CTX* const native = context->native_handle();
    ::SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    ::SSL_CTX_set_options(native, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                                      SSL_OP_CIPHER_SERVER_PREFERENCE);
    // For TLS 1.2; those of 1.3 are all good. Forward secrecy and authenticated encryption only.
    ::SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");
    ::SSL_CTX_set_alpn_select_cb(native, select_protocol, nullptr);
    error_code error;
    context->use_certificate_chain_file(certificate.string(), error);
    check(error, "certificate", certificate);
    context->use_private_key_file(key.string(), asio::ssl::context::pem, error);
    check(error, "key", key);
    if (::SSL_CTX_check_private_key(native) != 1)
        throw std::runtime_error(fmt::format("the key {} is not that of the certificate {}",
                                             key.string(), certificate.string()));
    return context;
}

} // namespace

Tls::Tls(std::filesystem::path certificate, std::filesystem::path key)
    : certificate_{std::move(certificate)}, key_{std::move(key)},
      context_{make_context(certificate_, key_)} {}

void Tls::reload() {
    // Sessions hold their own reference to what the old context owns.
    context_ = make_context(certificate_, key_);
}

} // namespace strikeoff::http
