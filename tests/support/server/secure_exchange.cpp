#include "support/server/secure_exchange.hpp"

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>

namespace strikeoff::testing {

namespace asio = boost::asio;

SecureExchange exchange_securely(unsigned short port, const std::string& bytes, int version_max,
                                 const std::string& protocols) {
    SecureExchange outcome;
    asio::io_context io;
    asio::ssl::context context{asio::ssl::context::tls_client};
    ::SSL_CTX_set_security_level(context.native_handle(), 0);
    ::SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_VERSION);
    ::SSL_CTX_set_max_proto_version(context.native_handle(), version_max);
    asio::ssl::stream<asio::ip::tcp::socket> stream{io, context};
    if (!protocols.empty())
        ::SSL_set_alpn_protos(stream.native_handle(),
                              reinterpret_cast<const unsigned char*>(protocols.data()),
                              static_cast<unsigned>(protocols.size()));
    stream.next_layer().connect({asio::ip::address_v4::loopback(), port});
    boost::system::error_code error;
    stream.handshake(asio::ssl::stream_base::client, error);
    outcome.failure = error ? error.message() : "";
    if (error) return outcome;
    outcome.version = ::SSL_get_version(stream.native_handle());
    X509* const certificate = ::SSL_get1_peer_certificate(stream.native_handle());
    char subject[256] = {};
    ::X509_NAME_oneline(::X509_get_subject_name(certificate), subject, sizeof subject);
    ::X509_free(certificate);
    outcome.subject = subject;
    asio::write(stream, asio::buffer(bytes), error);
    asio::read(stream, asio::dynamic_buffer(outcome.answer), error);
    outcome.failure = error == asio::error::eof ? "" : error.message();
    return outcome;
}

} // namespace strikeoff::testing
