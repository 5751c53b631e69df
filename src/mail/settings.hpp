#pragma once

#include "core/describe.hpp"
#include "mail/sender.hpp"
#include "mail/templates.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

namespace strikeoff::mail {

enum class Encryption : std::uint8_t {
    automatic, ///< Required, except on this machine.
    required,
    none
};
BOOST_DESCRIBE_ENUM(Encryption, automatic, required, none)

/// How mails leave. With neither `smtp_url` nor `directory` they wait in the queue.
struct Settings {
    std::string smtp_url; ///< smtp://host:port, encrypted by STARTTLS, or smtps://host:port.
    std::string smtp_user;
    std::filesystem::path smtp_password_file; ///< Mode 0400; its first line.
    std::filesystem::path smtp_authority;     ///< PEM; empty: the machine's.
    Encryption encryption = Encryption::automatic;
    std::filesystem::path directory; ///< Instead of a server: files that one can open.
    std::string from;                ///< `Lee County <no-reply@lee.example>`
    std::string public_url;          ///< Where links lead: https://sale.lee.example
    std::chrono::milliseconds connect_max = std::chrono::seconds{10};
    /// For all of a mail. Less than the shortest pause between attempts, which keeps others off.
    std::chrono::milliseconds send_max = std::chrono::seconds{45};

    bool sends() const { return !smtp_url.empty() || !directory.empty(); }
};

/// Throws std::runtime_error with what is wrong with the flags, before anything is started.
void check(const Settings& settings);

/// Who writes. `own_url` is where this process listens, for a folder without a public URL.
Mailbox sender_of(const Settings& settings);
Site site_of(const Settings& settings, const std::string& own_url);

/// The way out; null when mails are to wait. Throws std::runtime_error like `check`.
std::unique_ptr<Sender> make_sender(const Settings& settings);

} // namespace strikeoff::mail
