#include "cli/service_options.hpp"

#include "log.hpp"

#include <fmt/format.h>

#include <unistd.h>

namespace strikeoff::cli {

void add_database_options(CLI::App& command, Config& config) {
    command.add_option("--data", config.data, "Directory of the service and its own PostgreSQL")
        ->capture_default_str();
    command.add_option("--keys", config.keys, "Directory of the keys; keep it apart from the data")
        ->capture_default_str();
    const auto secret_into = [](log::Secret<std::string>& target) {
        return [&target](const std::string& url) { target = log::Secret{url}; };
    };
    command.add_option_function<std::string>(
        "--database", secret_into(config.database_url),
        "Use this PostgreSQL instead: postgres://user@host/database");
    command.add_option_function<std::string>("--database-owner",
                                             secret_into(config.database_owner_url),
                                             "The login that migrates, when --database may not");
    command.add_option("--postgres-bin", config.postgres_bin,
                       "Directory of PostgreSQL's programs, when it is not found by itself");
    command.add_flag("--test-clock", config.test_clock,
                     "Make a database whose clock can be moved; for tests and rehearsals only");
    command
        .add_flag("--allow-unsafe-database", config.allow_unsafe_database,
                  "Accept bids although fsync is off; for tests only")
        ->group("");
}

void add_listen_options(CLI::App& command, Config& config) {
    command.add_option("--address", config.address, "Address to listen on")->capture_default_str();
    command.add_option("--port", config.port, "Port to listen on; 0 chooses a free one")
        ->capture_default_str();
    auto* certificate =
        command.add_option("--tls-cert", config.tls_certificate,
                           "Serve HTTPS with this certificate and its chain (PEM); SIGHUP reads "
                           "both files again");
    auto* key = command.add_option("--tls-key", config.tls_key, "The certificate's key (PEM)");
    certificate->needs(key);
    key->needs(certificate);
    command.add_option("--behind-proxy", config.proxies,
                       "Believe X-Forwarded-For and X-Forwarded-Proto of the proxies in this "
                       "network, such as 10.0.0.0/8; may be repeated");
    command.add_flag("--plain-http", config.plain_http,
                     "Serve plain HTTP although --address can be reached from other machines");
}

void add_admission_options(CLI::App& command, Config& config) {
    std::string limits;
    for (std::size_t i = 0; i < http::quota_count; ++i)
        limits += fmt::format("{}{}={}", i == 0 ? "" : " ", enum_name(static_cast<http::Quota>(i)),
                              http::format_limit(config.admission.limits.at(i)));
    command.add_option_function<std::vector<std::string>>(
        "--limit",
        [&config](const std::vector<std::string>& wanted) {
            for (const std::string& text : wanted) {
                const std::size_t equals = text.find('=');
                const auto quota = parse_enum<http::Quota>(text.substr(0, equals));
                if (!quota || equals == std::string::npos)
                    throw CLI::ValidationError("--limit", text + ": no such limit");
                const auto limit = http::parse_limit(std::string_view{text}.substr(equals + 1));
                if (!limit) throw CLI::ValidationError("--limit", limit.error().message);
                config.admission.of(*quota) = *limit;
            }
        },
        "NAME=COUNT/s,BURST: how much one user or address may ask for in a second, minute (m) or "
        "hour (h), and how much at once; may be repeated. Defaults: " +
            limits);
    const auto positive = CLI::Range(1, 1'000'000);
    command
        .add_option("--connections-per-address", config.admission.connections_per_address,
                    "Connections of one network (/24, or /48 of IPv6) at a time")
        ->check(positive)
        ->capture_default_str();
    command
        .add_option("--live-sockets", config.live.sockets_max,
                    "Live sockets (/api/v1/live) of this process at a time")
        ->check(positive)
        ->capture_default_str();
    command
        .add_option("--live-sockets-per-address", config.live.sockets_per_address,
                    "Live sockets of one network at a time")
        ->check(positive)
        ->capture_default_str();
    command
        .add_option("--request-workers", config.request_workers,
                    "Threads for requests that are no bids, each with its connections")
        ->check(CLI::Range(2, 64))
        ->capture_default_str();
    command
        .add_option("--request-queue", config.admission.request_queue,
                    "How many of them may wait; lists are shed at a quarter")
        ->check(positive)
        ->capture_default_str();
    command
        .add_option("--bid-workers", config.bid_workers,
                    "Threads for what bids need from the database, each with its connection")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    command
        .add_option("--bid-queue", config.admission.bid_queue,
                    "How many requests with bids may be under way")
        ->check(positive)
        ->capture_default_str();
}

void add_admin_options(CLI::App& command, Config& config) {
    command.add_option("--admin-port", config.admin_port,
                       "Port of /metrics and /status, which tell about bids under way: for the "
                       "operator alone; 0 chooses a free one");
    command.add_option("--admin-address", config.admin_address, "Address of the admin port")
        ->capture_default_str();
}

void add_mail_options(CLI::App& command, mail::Settings& settings) {
    auto* server = command.add_option("--smtp", settings.smtp_url,
                                      "Send mails through this server: smtp://host:587 with "
                                      "STARTTLS, or smtps://host:465");
    auto* user =
        command.add_option("--smtp-user", settings.smtp_user, "Name to sign in with there")
            ->needs(server);
    user->needs(command
                    .add_option("--smtp-password-file", settings.smtp_password_file,
                                "File of mode 0400 that holds the password")
                    ->needs(user));
    command
        .add_option("--smtp-ca", settings.smtp_authority,
                    "Believe the server's certificate by this authority (PEM), not the machine's")
        ->check(CLI::ExistingFile)
        ->needs(server);
    command
        .add_option_function<std::string>(
            "--smtp-encryption",
            [&settings](const std::string& name) {
                settings.encryption = *parse_enum<mail::Encryption>(name);
            },
            "required, none, or automatic: required unless the server is this machine")
        ->check(CLI::IsMember({"automatic", "required", "none"}))
        ->needs(server);
    command.add_option("--mail-from", settings.from,
                       "Who writes: \"Lee County <no-reply@lee.example>\"");
    command.add_option("--public-url", settings.public_url,
                       "Where the links in mails lead, such as https://sale.lee.example");
    command
        .add_option("--mail-directory", settings.directory,
                    "Instead of sending mails, write them here as files that one can open")
        ->excludes(server);
}

void add_log_options(CLI::App& command, LogOptions& options) {
    command
        .add_option("--log-format", options.format,
                    "json, text, or auto: text when standard error is a terminal")
        ->check(CLI::IsMember({"auto", "json", "text"}))
        ->capture_default_str();
    command.add_option("--log-level", options.level, "The least that is logged; debug names bids")
        ->check(CLI::IsMember({"debug", "info", "warning", "error"}))
        ->capture_default_str();
}

void set_up_logging(const LogOptions& options) {
    const bool is_auto = options.format == "auto";
    const log::Format chosen = ::isatty(STDERR_FILENO) != 0 ? log::Format::text : log::Format::json;
    log::set_up({.format = is_auto ? chosen : *parse_enum<log::Format>(options.format),
                 .level = *parse_enum<log::Level>(options.level)});
}

void set_up_logging() {
    set_up_logging({.format = "text"});
}

} // namespace strikeoff::cli
