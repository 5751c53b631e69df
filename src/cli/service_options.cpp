#include "cli/service_options.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace strikeoff::cli {

void add_database_options(CLI::App& command, Config& config) {
    command.add_option("--data", config.data, "Directory of the service and its own PostgreSQL")
        ->capture_default_str();
    command.add_option("--keys", config.keys, "Directory of the keys; keep it apart from the data")
        ->capture_default_str();
    command.add_option("--database", config.database_url,
                       "Use this PostgreSQL instead: postgres://user@host/database");
    command.add_option("--database-owner", config.database_owner_url,
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

void set_up_logging() {
    auto logger = spdlog::stderr_color_mt("strikeoff");
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %^%l%$ %v", spdlog::pattern_time_type::utc);
    spdlog::set_default_logger(logger);
}

} // namespace strikeoff::cli
