#include "admin.hpp"

#include "app.hpp"
#include "log.hpp"

#include <boost/asio.hpp>

namespace strikeoff {
namespace {

using http::Request;
using http::Response;
using namespace std::chrono_literals;

std::unexpected<Error> nothing_here() {
    return fail(ErrorCode::not_found, "not_found", "there is nothing here");
}

Result<Response> get_metrics(App& app, const Request& request) {
    if (!app.admin()->is_meant(request)) return nothing_here();
    return Response{.content_type = "text/plain; version=0.0.4; charset=utf-8",
                    .body = app.admin()->metrics_text()};
}

Result<Response> get_status(App& app, const Request& request) {
    if (!app.admin()->is_meant(request)) return nothing_here();
    return Response{.body = http::to_json(app.admin()->status())};
}

/// Everybody who reaches the listener is the operator.
http::Authenticator no_authenticator() {
    return {[](std::string_view) { return std::optional{http::Caller{}}; },
            [](std::string_view) { return std::optional<http::Caller>{}; },
            [](std::string_view) { return true; },
            [](std::string_view, http::Traffic) { return Result<http::Caller>{http::Caller{}}; },
            [](std::string_view, http::Traffic) -> Result<http::Caller> {
                return fail(ErrorCode::unauthenticated, "auth.key_unknown", "no sessions here");
            },
            [](const http::Request&, const http::Denial&) {}};
}

void add_sale_samples(const DatabaseStatus& database, std::vector<metrics::Sample>& samples) {
    const auto add = [&](const char* name, const char* help, std::int64_t value) {
        samples.push_back({name, help, static_cast<double>(value)});
    };
    add("projector_lag_records", "Records of the journal that are not copied into bids.",
        database.projector_lag_records);
    add("projector_lag_seconds", "Age of the oldest of them.", database.projector_lag_seconds);
    add("openings_missed", "Batches past their start that have not opened.",
        database.openings_missed);
    add("closings_unfinished", "Closings under way.", database.closings_unfinished);
    add("closing_oldest_seconds", "Time since bidding ended in the oldest of them.",
        database.closing_oldest_seconds);
    add("outbox_waiting", "Events that are not delivered.", database.outbox_waiting);
    add("outbox_oldest_seconds", "Age of the oldest of them.", database.outbox_oldest_seconds);
    add("outbox_failing", "Events that were tried in vain.", database.outbox_failing);
    add("mails_waiting", "Mails that are not sent.", database.mails.waiting);
    add("mails_oldest_seconds", "Age of the oldest of them.", database.mails.oldest_seconds);
    add("mails_failing", "Mails that were tried in vain and wait.", database.mails.failing);
    add("mails_dead", "Mails given up within the last month.", database.mails.dead);
    add("schema_version", "Last migration applied.", database.schema_version);
}

} // namespace

AdminListener::AdminListener(App& app, const std::string& address, unsigned short port)
    : app_{app}, address_{address},
      pool_{app.database.conninfo("strikeoff_worker"), 1, 2s, {}, &app.pulse},
      server_{{io_, workers_, workers_, admission_},
              pool_,
              router_,
              app,
              no_authenticator(),
              {.address = address, .port = port, .connections_max = 32, .observed = false}} {
    router_.get("/metrics", get_metrics,
                {.id = "getMetrics",
                 .summary = "Metrics in Prometheus' text format",
                 .access = http::Access::visitor,
                 .produces = "text/plain"});
    router_.get("/status", get_status,
                {.id = "getStatus",
                 .summary = "The state of the service with its alarms",
                 .access = http::Access::visitor});
    try {
        server_.listen();
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error(fmt::format("the admin listener cannot listen on {}:{}: {}",
                                             address, port, error.code().message()));
    }
    port_ = server_.port();
}

AdminListener::~AdminListener() {
    if (!thread_.joinable()) return;
    boost::asio::co_spawn(io_, server_.drain(), [this](const std::exception_ptr&) { io_.stop(); });
    thread_.join();
    workers_.join();
}

void AdminListener::start() {
    thread_ = std::thread{[this] {
        const auto work = boost::asio::make_work_guard(io_);
        io_.run();
    }};
}

bool AdminListener::is_meant(const Request& request) const {
    if (!boost::asio::ip::make_address(address_).is_loopback()) return true;
    const std::string_view host = request.header("Host");
    const std::string_view name = host.substr(0, host.rfind(':'));
    const auto named = [&](std::string_view expected) {
        return host == expected || name == expected;
    };
    return named("localhost") || named(address_) || named("[" + address_ + "]");
}

Status AdminListener::status() {
    const metrics::Metrics& counted = metrics::metrics();
    Status status{.at = machine_now()};
    status.service = ProcessStatus{
        .version = STRIKEOFF_VERSION,
        .uptime_seconds =
            std::chrono::duration_cast<std::chrono::seconds>(uptime_.elapsed()).count(),
        .open_sockets = counted.open_sockets.value(),
        .server_errors = static_cast<std::int64_t>(counted.responses[5].value()),
        .clock_jump_ms =
            std::chrono::duration_cast<std::chrono::milliseconds>(app_.clock.guard().jump())
                .count()};
    if (const std::int64_t at = counted.last_server_error; at != 0)
        status.service->last_server_error = Instant::from_micros(at);
    if (const std::int64_t at = counted.last_bid_shed; at != 0)
        status.service->last_bid_shed = Instant::from_micros(at);
    try {
        auto lease = pool_.acquire();
        status.database = read_database_status(*lease);
    } catch (const std::exception& error) {
        log::warning("the status of the database cannot be read",
                     log::Field{"error", log::Text{error.what()}});
    }
    const db::EmbeddedCluster* const cluster = app_.database.cluster();
    status.private_cluster = cluster != nullptr;
    if (cluster) read_cluster_directory(cluster->directory(), status);
    status.alarms = alarms_of(status);
    return status;
}

std::string AdminListener::metrics_text() {
    const Status now = status();
    std::vector<metrics::Sample> samples;
    samples.push_back({"uptime_seconds", "Since this process began to serve.",
                       static_cast<double>(now.service->uptime_seconds)});
    samples.push_back({"clock_jump_seconds",
                       "By how much the database's clock was set; 0 when it is in step.",
                       static_cast<double>(now.service->clock_jump_ms) / 1e3});
    samples.push_back({"database_up", "1 when the database answers.", now.database ? 1.0 : 0.0});
    samples.push_back(
        {"alarms", "What `strikeoff status` would name.", static_cast<double>(now.alarms.size())});
    samples.push_back({"bids_under_way", "Requests with bids that are not answered.",
                       static_cast<double>(app_.admission.bids_under_way())});
    samples.push_back({"requests_waiting", "Requests that wait for a worker.",
                       static_cast<double>(app_.request_workers.waiting())});
    if (now.database) add_sale_samples(*now.database, samples);
    if (now.disk)
        samples.push_back({"disk_free_bytes", "Free where the database is.",
                           static_cast<double>(now.disk->free_bytes)});
    if (now.last_backup)
        samples.push_back(
            {"last_backup_seconds", "Age of the last backup.",
             std::chrono::duration<double>(now.at - now.last_backup->finished_at).count()});
    return metrics::render(metrics::metrics(), samples);
}

} // namespace strikeoff
