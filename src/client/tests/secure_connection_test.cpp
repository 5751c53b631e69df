#include "client/api.hpp"

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdlib>
#include <fstream>

namespace strikeoff::client {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using asio::ip::tcp;

/// Writes a key and a certificate that it signs itself, for one name.
void make_certificate(const fs::path& key_file, const fs::path& certificate_file,
                      const char* subject) {
    EVP_PKEY* const key = EVP_EC_gen("P-256");
    X509* const certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME* const name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_EXTENSION* const names =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, subject);
    X509_add_ext(certificate, names, -1);
    X509_sign(certificate, key, EVP_sha256());
    FILE* const key_out = std::fopen(key_file.c_str(), "w");
    FILE* const certificate_out = std::fopen(certificate_file.c_str(), "w");
    if (!key_out || !certificate_out) throw std::runtime_error("cannot write the test's keys");
    PEM_write_PrivateKey(key_out, key, nullptr, nullptr, 0, nullptr, nullptr);
    PEM_write_X509(certificate_out, certificate);
    std::fclose(key_out);
    std::fclose(certificate_out);
    X509_EXTENSION_free(names);
    X509_free(certificate);
    EVP_PKEY_free(key);
}

/// Answers every connection with `ok`, over TLS, as the name that its certificate has.
class SecureServer {
public:
    explicit SecureServer(const char* subject) {
        std::string pattern = (fs::temp_directory_path() / "strikeoff-tls-XXXXXX").string();
        if (!::mkdtemp(pattern.data())) throw std::runtime_error("mkdtemp");
        directory_ = pattern;
        make_certificate(directory_ / "key.pem", certificate(), subject);
        context_.use_private_key_file((directory_ / "key.pem").string(), asio::ssl::context::pem);
        context_.use_certificate_file(certificate().string(), asio::ssl::context::pem);
        thread_ = std::thread{[this] { serve(); }};
    }
    ~SecureServer() {
        stopping_ = true;
        boost::system::error_code ignored; // Only to wake the accepting thread.
        tcp::socket{io_}.connect(acceptor_.local_endpoint(), ignored);
        thread_.join();
        fs::remove_all(directory_);
    }
    SecureServer(const SecureServer&) = delete;
    SecureServer& operator=(const SecureServer&) = delete;

    fs::path certificate() const { return directory_ / "certificate.pem"; }
    ServerAddress address() const {
        return {"localhost", std::to_string(acceptor_.local_endpoint().port()), true};
    }

private:
    void serve() {
        while (!stopping_) {
            asio::ssl::stream<tcp::socket> stream{acceptor_.accept(), context_};
            boost::system::error_code error;
            stream.handshake(asio::ssl::stream_base::server, error);
            std::string request;
            if (!error) asio::read_until(stream, asio::dynamic_buffer(request), "\r\n\r\n", error);
            static constexpr std::string_view answer =
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
            if (!error) asio::write(stream, asio::buffer(answer), error);
            stream.shutdown(error); // The client may have gone first.
        }
    }

    fs::path directory_;
    asio::io_context io_;
    asio::ssl::context context_{asio::ssl::context::tls_server};
    tcp::acceptor acceptor_{io_, {asio::ip::address_v4::loopback(), 0}};
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

class SecureConnection : public ::testing::Test {
protected:
    ~SecureConnection() override { ::unsetenv("SSL_CERT_FILE"); }
    static void trust(const SecureServer& server) {
        ::setenv("SSL_CERT_FILE", server.certificate().c_str(), 1);
    }
    static std::string failure(const SecureServer& server) {
        Api api{server.address(), "so_secret"};
        try {
            api.exchange({.verb = Verb::post, .target = "/"});
            return "";
        } catch (const ConnectionError& error) {
            return error.what();
        }
    }
};

TEST_F(SecureConnection, is_made_with_a_server_that_proves_its_name) {
    const SecureServer server{"DNS:localhost"};
    trust(server);
    Api api{server.address(), "so_secret"};
    EXPECT_EQ(api.fetch("/").value(), "ok");
    EXPECT_EQ(api.fetch("/").value(), "ok"); // On a new connection, as the first was closed.
}

TEST_F(SecureConnection, is_refused_when_nobody_vouches_for_the_server) {
    const SecureServer server{"DNS:localhost"};
    EXPECT_NE(failure(server).find("certificate verify failed"), std::string::npos)
        << failure(server);
}

TEST_F(SecureConnection, is_refused_when_the_certificate_is_for_another_name) {
    const SecureServer server{"DNS:sale.example"};
    trust(server);
    EXPECT_NE(failure(server).find("certificate verify failed"), std::string::npos)
        << failure(server);
}

} // namespace
} // namespace strikeoff::client
