#pragma once

#include "http/admission.hpp"
#include "log.hpp"
#include "mail/settings.hpp"
#include "realtime/options.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace strikeoff {

/// How the service was started; flags of `serve`, their help texts are its document.
struct Config {
    std::filesystem::path data = "data";
    std::filesystem::path keys = "keys";
    std::filesystem::path postgres_bin;
    /// Empty: embedded PostgreSQL under `data`. May hold a password.
    log::Secret<std::string> database_url;
    log::Secret<std::string> database_owner_url; ///< Migrates; empty: `database_url`.
    std::string address = "127.0.0.1";
    unsigned short port = 8080;
    std::filesystem::path tls_certificate; ///< Empty: plain HTTP.
    std::filesystem::path tls_key;
    std::vector<std::string> proxies; ///< Networks whose X-Forwarded headers are believed.
    bool plain_http = false;          ///< Plain HTTP also where other machines can reach it.
    std::string admin_address = "127.0.0.1";
    std::optional<unsigned short> admin_port; ///< None: no metrics and no status.
    int request_workers = 8; ///< Threads that run handlers; one more is kept for what is urgent.
    int bid_workers = 4;     ///< Threads for what bids need from the database.
    http::AdmissionOptions admission;
    realtime::Options live;
    mail::Settings mail; ///< How mails leave.
    bool test_clock = false;
    bool allow_unsafe_database = false; ///< Tests only: accept bids without fsync.
};

} // namespace strikeoff
