#pragma once

#include "log.hpp"
#include "mail/settings.hpp"

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

namespace strikeoff::mail {

/// What the settings say of the server.
struct SmtpServer {
    std::string host;
    bool encrypted = false; ///< From the first byte, or by STARTTLS before anything is told.
};

/// Throws std::runtime_error when the URL is none, or holds a name or a password.
SmtpServer read_server(const Settings& settings);

/// Is it this machine, by name or by address?
bool is_loopback(std::string_view host);

/// Sends through an SMTP server with libcurl. The connection is kept for the next mail.
class SmtpSender : public Sender {
public:
    /// Reads the password. Throws std::runtime_error when the file is open to others.
    explicit SmtpSender(const Settings& settings);
    ~SmtpSender() override;
    Outcome send(const Letter& letter) override;
    void cancel() override { canceled_ = true; }

private:
    struct Transfer;
    void set_server();
    void set_limits();
    Outcome outcome_of(int code, const Transfer& transfer) const;

    Settings settings_;
    log::Secret<std::string> password_;
    std::unique_ptr<void, void (*)(void*)> handle_;
    std::atomic<bool> canceled_ = false;
};

} // namespace strikeoff::mail
