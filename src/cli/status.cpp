#include "status.hpp"

#include "app.hpp"
#include "cli/commands.hpp"
#include "cli/service_options.hpp"
#include "client/api.hpp"

#include <cstdio>
#include <memory>

namespace strikeoff::cli {
namespace {

using namespace std::chrono_literals;

struct StatusOptions {
    Config config;
    bool json = false;
};

/// What the running service says of itself; nothing when it does not answer.
std::optional<Status> ask_service(const Config& config) {
    client::Api api{
        {.host = config.admin_address, .port = std::to_string(*config.admin_port)}, "", 10s};
    try {
        Result<Status> status = api.get<Status>("/status");
        if (status) return *std::move(status);
        std::fprintf(stderr, "the admin port answers with something else: %s\n",
                     status.error().message.c_str());
    } catch (const client::ConnectionError& error) {
        std::fprintf(stderr, "no answer from %s:%d: %s\n", config.admin_address.c_str(),
                     *config.admin_port, error.what());
    }
    return std::nullopt;
}

/// What can be seen without the service. Nothing is started or made for it.
Status look_directly(const Config& config) {
    Status status{.at = machine_now()};
    std::string conninfo;
    status.private_cluster = config.database_url.reveal().empty();
    if (!status.private_cluster) {
        conninfo = db::login_conninfo(config.database_url.reveal(), "strikeoff_worker");
    } else if (std::filesystem::exists(config.data)) {
        const db::ClusterPlace place =
            db::find_cluster_place({.data = config.data, .postgres_bin = config.postgres_bin});
        read_cluster_directory(place.root, status);
        conninfo = db::cluster_conninfo(place.root, "strikeoff_worker", "strikeoff");
    }
    try {
        if (!conninfo.empty()) {
            db::Connection connection{conninfo};
            status.database = read_database_status(connection);
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "the database: %s\n", error.what());
    }
    status.alarms = alarms_of(status);
    return status;
}

std::string sales_text(const DatabaseStatus& database) {
    std::string out;
    for (const SaleStatus& sale : database.sales) {
        out += fmt::format("sale       {}, {}: {}\n", sale.county, sale.name, sale.status);
        std::map<std::string, int> counts;
        for (const BatchStatus& batch : sale.batches)
            ++counts[batch.status];
        out += "  batches ";
        for (const auto& [state, count] : counts)
            out += fmt::format(" {} {}", count, state);
        out += '\n';
        for (const BatchStatus& batch : sale.batches)
            if (batch.status == "open" || batch.status == "closing" || batch.status == "paused")
                out += fmt::format("  batch {}  {} until {}\n", batch.number, batch.status,
                                   format_instant(batch.end_time));
    }
    return out;
}

std::string text_of(const Status& status) {
    std::string out;
    if (status.service)
        out += fmt::format("service    {}, up {} s, {} connections, {} failed requests\n",
                           status.service->version, status.service->uptime_seconds,
                           status.service->open_sockets, status.service->server_errors);
    if (const auto& database = status.database) {
        out += fmt::format("database   schema {}, {}\n", database->schema_version,
                           format_instant(database->now));
        out += fmt::format("projector  {} records behind, {} s\n", database->projector_lag_records,
                           database->projector_lag_seconds);
        out +=
            fmt::format("closings   {} under way, last {}\n", database->closings_unfinished,
                        database->last_closing ? format_instant(*database->last_closing) : "never");
        out += fmt::format(
            "mails      {} waiting, the oldest for {} s, {} tried in vain, {} given up\n",
            database->mails.waiting, database->mails.oldest_seconds, database->mails.failing,
            database->mails.dead);
        out += sales_text(*database);
    }
    if (status.disk)
        out += fmt::format("disk       {} of {} MiB free in {}\n", status.disk->free_bytes >> 20,
                           status.disk->size_bytes >> 20, status.disk->directory);
    if (status.private_cluster)
        out += fmt::format("backup     {}\n",
                           status.last_backup
                               ? fmt::format("{} in {}",
                                             format_instant(status.last_backup->finished_at),
                                             status.last_backup->directory)
                               : "none");
    for (const Alarm& alarm : status.alarms)
        out += fmt::format("ALARM      {}: {}\n", enum_name(alarm.kind), alarm.message);
    if (status.alarms.empty()) out += "healthy\n";
    return out;
}

Exit run_status(const StatusOptions& options) {
    std::optional<Status> status = ask_service(options.config);
    const bool answered = status.has_value();
    if (!status) status = look_directly(options.config);
    std::fputs((options.json ? http::to_json(*status) + "\n" : text_of(*status)).c_str(), stdout);
    if (!answered) return Exit::bad_input;
    return status->alarms.empty() ? Exit::success : Exit::check_failed;
}

} // namespace

void add_status(CLI::App& app, Exit& exit) {
    auto options = std::make_shared<StatusOptions>();
    options->config.admin_port = 9464;
    CLI::App* command = app.add_subcommand("status", "Say how the service does");
    command->footer(
        "Asks a service that runs with --admin-port. When it does not answer, says what "
        "the database and the directory tell. Exit code: 0 healthy, 1 alarms, 2 the "
        "service cannot be reached.");
    add_database_options(*command, options->config);
    add_admin_options(*command, options->config);
    command->add_flag("--json", options->json, "Print one JSON object");
    command->callback([options, &exit] {
        set_up_logging();
        exit = run_status(*options);
    });
}

} // namespace strikeoff::cli
