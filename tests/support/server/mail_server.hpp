#pragma once

#include "mail/kinds.hpp"
#include "support/server/certificate.hpp"
#include "support/server/process.hpp"

#include <boost/json.hpp>

#include <memory>
#include <string>
#include <vector>

namespace strikeoff::testing {

/// How the mail server below is to be.
struct MailServerOptions {
    std::string tls = "none"; ///< Or `offered`, `required`, `implicit`.
    std::string user;         ///< With one, it takes mails from nobody else.
    std::string password;
    unsigned short port = 0; ///< 0: a free one.
    std::string host = "127.0.0.1";
};

/// A real SMTP server beside the test, `tests/support/smtp_server.py`, which says what recipients
/// it treats in a way of their own. Its certificate is for localhost and 127.0.0.1.
class MailServer {
public:
    explicit MailServer(const MailServerOptions& options = {});

    /// By the address that it listens on.
    std::string url(const std::string& scheme = "smtp") const;
    unsigned short port() const { return port_; }
    /// What it took so far, in the order of arrival.
    std::vector<boost::json::object> mails() const;
    std::filesystem::path certificate() const { return folder_.path() / "cert.pem"; }

private:
    TemporaryFolder folder_;
    std::string host_;
    std::unique_ptr<Process> process_;
    unsigned short port_ = 0;
};

/// A mail of the live service's queue.
struct QueuedMail {
    std::string kind;
    mail::Values values; ///< `token` among them.
};

/// Those to the address that are not sent yet, oldest first.
std::vector<QueuedMail> mails_to(const std::string& address);

} // namespace strikeoff::testing
