#include "app.hpp"

#include "http/server.hpp"
#include "log.hpp"
#include "mail/postman.hpp"
#include "modules/admin/admin.hpp"
#include "modules/auctions/rush.hpp"
#include "modules/identity/denials.hpp"
#include "realtime/feed.hpp"
#include "routes.hpp"

#include <boost/asio.hpp>

#include <limits>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace strikeoff {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto background_pause = 100ms;
constexpr auto watch_pause = 1s;
constexpr auto pool_patience = 5s;
constexpr std::size_t background_connections = 8;
constexpr int connections_a_write = 3; ///< Its own, the lock of an edit, the note of its key.
constexpr const char* short_statements = "SET statement_timeout = '2s'";
constexpr const char* long_statements = "SET statement_timeout = '30s'";

std::size_t count(int number) {
    return static_cast<std::size_t>(std::max(number, 1));
}

/// Secrets are in memory: a core file must not carry them away, nor a debugger of the same user.
/// The limit says nothing to a pattern of core files that is a program; the attribute does.
Config without_core_files(const Config& config) {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
    return config;
}

/// How the server listens. Throws std::runtime_error when the flags do not allow it.
http::ServerOptions server_options(const Config& config, http::Tls* tls) {
    const auto address = asio::ip::make_address(config.address);
    if (!tls && !config.plain_http && !address.is_loopback())
        throw std::runtime_error(
            fmt::format("{} can be reached from other machines: give --tls-cert and --tls-key, or "
                        "--plain-http if a proxy before it speaks TLS",
                        config.address));
    auto proxies = http::TrustedProxies::parse(config.proxies);
    if (!proxies) throw std::runtime_error(proxies.error().message);
    return {
        .address = config.address, .port = config.port, .proxies = *std::move(proxies), .tls = tls};
}

/// On the connections of short statements: whoever holds the table does not hold up the watcher.
void note_key_uses(App& app) {
    try {
        app.callers.note_uses(app.read_pool);
    } catch (const db::DatabaseError& error) {
        log::warning("the last uses of keys are not written down yet",
                     log::Field{"error", log::Text{error.what()}});
    }
}

/// Reads the certificate again at each SIGHUP. A bad one is reported, and the old one serves on.
asio::awaitable<void> reload_on_hangup(asio::signal_set& signals, http::Tls& tls) {
    for (;;) {
        const auto [error, signal] =
            co_await signals.async_wait(asio::as_tuple(asio::use_awaitable));
        if (error) co_return;
        try {
            tls.reload();
            log::info("the certificate was read again");
        } catch (const std::exception& failure) {
            log::error("the old certificate stays in use",
                       log::Field{"error", log::Text{failure.what()}});
        }
    }
}

} // namespace

db::DatabaseOptions database_options(const Config& config) {
    db::DatabaseOptions options{.url = config.database_url.reveal(),
                                .owner_url = config.database_owner_url.reveal(),
                                .test_clock = config.test_clock,
                                .allow_unsafe = config.allow_unsafe_database};
    if (config.database_url.reveal().empty())
        options.embedded =
            db::ClusterOptions{.data = config.data, .postgres_bin = config.postgres_bin};
    return options;
}

App::App(const Config& wanted)
    : config{without_core_files(wanted)}, database{database_options(config)}, keys{config.keys},
      pulse{database.conninfo("strikeoff_worker")},
      app_pool{database.conninfo("strikeoff_app"), count(config.request_workers + 1), pool_patience,
               short_statements, &pulse},
      read_pool{database.conninfo("strikeoff_worker"), count(config.request_workers + 1),
                pool_patience, short_statements, &pulse},
      heavy_pool{database.conninfo("strikeoff_worker"), count(config.request_workers / 4),
                 pool_patience, long_statements, &pulse},
      worker_pool{database.conninfo("strikeoff_worker"),
                  count(connections_a_write * (config.request_workers + 1)),
                  pool_patience,
                  {},
                  &pulse},
      // One more for the journal's thread, and one for whoever probes.
      bid_pool{database.conninfo("strikeoff_worker"),
               count(config.bid_workers + 2),
               pool_patience,
               {},
               &pulse},
      background_pool{
          database.conninfo("strikeoff_worker"), background_connections, pool_patience, {}, &pulse},
      clock{background_pool}, admission{config.admission}, mails{keys, clock},
      request_workers{config.request_workers, /*urgent_threads=*/1},
      bid_workers{config.bid_workers}, identity{worker_pool}, callers{clock},
      sign_in_limits{config.admission}, hasher{keys.pepper()}, sessions{worker_pool, keys, mails},
      second_factor{worker_pool, keys, sessions, mails}, recovery{worker_pool, sessions, mails},
      sign_in{worker_pool, hasher, second_factor, sessions, recovery, mails, sign_in_limits},
      staff{worker_pool, sessions}, accounts{worker_pool, hasher, sessions, mails, sign_in_limits},
      api_keys{worker_pool, mails},
      journal{bid_pool, [this](std::int64_t since) { return read_access_changes(since); }},
      books{bid_pool, keys}, desk{io, bid_workers, crypto_workers, journal, books, keys.signing()},
      bid_access{io, bid_workers, desk, caller_source()}, counties{worker_pool},
      approvals{worker_pool}, imports{worker_pool, clock}, onboarding{worker_pool, keys},
      auctions{worker_pool, keys}, amendments{worker_pool, keys},
      closing_store{background_pool, keys, clock}, closing{closing_store, keys.signing()},
      projection_store{background_pool}, projector{projection_store},
      live{io, request_workers, admission, app_pool, clock, config.live} {
    bid_pool.fill();
    if (keys.were_created())
        log::warning(
            "new keys were made: keep a copy apart from the data; without them no sale "
            "under way can be finished",
            log::Field{"directory", log::Text{std::filesystem::absolute(config.keys).native()}});
    auctions::carry_approved_changes(*this);
    certificates::carry_approved_changes(*this);
    admin::carry_approved_changes(*this);
    add_routes(router);
}

App::~App() {
    crypto_workers.join();
    bid_workers.join();
    request_workers.join();
}

http::Authenticator App::authenticator() {
    using http::CredentialKind;
    const auto resolve = [this](CredentialKind kind) {
        return [this, kind](std::string_view token, http::Traffic traffic) {
            const bool bids = traffic == http::Traffic::probe;
            return callers.resolve(kind, token, bids ? bid_pool : read_pool);
        };
    };
    return {
        [this](std::string_view token) { return callers.remembered(CredentialKind::key, token); },
        [this](std::string_view token) {
            return callers.remembered(CredentialKind::session, token);
        },
        [this](std::string_view token) { return callers.was_good(token); },
        resolve(CredentialKind::key),
        resolve(CredentialKind::session),
        [this](const http::Request& request, const http::Denial& denial) {
            identity::note_denied(worker_pool, request, denial);
        }};
}

bids::AccessChanges App::read_access_changes(std::int64_t since) {
    identity::NarrowedAccess narrowed = callers.read_changes(since, bid_pool);
    return {narrowed.epoch, narrowed.at, std::move(narrowed.users)};
}

bids::CallerSource App::caller_source() {
    return {[this](const http::Credential& credential) { return callers.remembered(credential); },
            [this](const http::Credential& credential) {
                return callers.resolve(credential, bid_pool);
            },
            [this](std::int64_t since) { return read_access_changes(since); }};
}

void App::run() {
    std::optional<http::Tls> tls;
    if (!config.tls_certificate.empty()) tls.emplace(config.tls_certificate, config.tls_key);
    http::ServerOptions options = server_options(config, tls ? &*tls : nullptr);
    options.upgrade = {[this](const http::Request& request) { return live.refuse(request); },
                       [this](http::Connection& connection, const http::Request& request) {
                           return live.serve(connection, request);
                       }};
    http::Server server{{io, request_workers, bid_workers, admission},
                        worker_pool,
                        router,
                        *this,
                        authenticator(),
                        std::move(options)};
    server.listen();
    asio::co_spawn(io, live.run(), asio::detached);
    if (config.admin_port) {
        admin_ = std::make_unique<AdminListener>(*this, config.admin_address, *config.admin_port);
        admin_->start();
        log::info("listening for the operator",
                  log::Field{"url", log::Text{fmt::format("http://{}:{}", config.admin_address,
                                                          admin_->port())}});
    }
    port_ = server.port(); // After the admin listener: who sees the port sees it as well.
    const std::string url =
        fmt::format("{}://{}:{}", tls ? "https" : "http", config.address, port_.load());
    log::info("listening", log::Field{"url", log::Text{url}});

    auto work = asio::make_work_guard(io);
    const auto finish = [&] {
        live.drain();
        asio::co_spawn(io, server.drain(), [&](const std::exception_ptr&) {
            work.reset();
            io.stop();
        });
    };
    asio::signal_set signals{io, SIGINT, SIGTERM};
    signals.async_wait([&](const boost::system::error_code& error, int) {
        if (error) return;
        log::info("stopping");
        finish();
    });
    stop_serving_ = finish;
    asio::signal_set hangups{io};
    if (tls) {
        hangups.add(SIGHUP);
        asio::co_spawn(io, reload_on_hangup(hangups, *tls), asio::detached);
    }

    const mail::Postman postman{background_pool, keys, config.mail, url};
    std::thread closings{[this] { run_closings(); }};
    std::thread projecting{[this] { run_projector(); }};
    std::thread telling{[this] { run_live(); }};
    std::thread watcher{[this] { watch_database(); }};
    io.run();
    stopping_ = true;
    closings.join();
    projecting.join();
    telling.join();
    watcher.join();
    admin_.reset();
}

void App::stop() {
    asio::post(io, [this] {
        if (stop_serving_) stop_serving_();
    });
}

/// Opens and closes batches as long as there is something to do, and the clock can be trusted.
void App::run_closings() {
    while (!stopping_) {
        if (!clock.guard().is_in_step()) {
            std::this_thread::sleep_for(background_pause);
            continue;
        }
        bool moved = false;
        try {
            onboarding.freeze_groups(background_pool);
            moved = closing.work();
        } catch (const std::exception& error) {
            log::error("closing failed", log::Field{"error", log::Text{error.what()}});
            std::this_thread::sleep_for(watch_pause);
        }
        if (!moved) std::this_thread::sleep_for(background_pause);
    }
}

/// While bids arrive, the projector rests seven times as long as it worked: they need the cores.
void App::run_projector() {
    using Pace = bids::Projector::Pace;
    while (!stopping_) {
        const auto begin = std::chrono::steady_clock::now();
        Pace pace = Pace::idle;
        try {
            pace = projector.work();
        } catch (const std::exception& error) {
            log::error("projecting failed", log::Field{"error", log::Text{error.what()}});
            std::this_thread::sleep_for(watch_pause);
        }
        const auto worked = std::chrono::steady_clock::now() - begin;
        if (pace == Pace::idle) std::this_thread::sleep_for(background_pause);
        if (pace == Pace::gentle)
            std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(7 * worked, 2s));
    }
}

/// Looks for what is to be told on live sockets, and for whom access was narrowed.
void App::run_live() {
    const auto narrowed_since = [this](std::int64_t since) {
        identity::NarrowedAccess narrowed = callers.read_changes(since, background_pool);
        return realtime::Narrowed{narrowed.epoch, std::move(narrowed.users)};
    };
    realtime::Feed feed{io, live, background_pool, narrowed_since, config.live};
    while (!stopping_) {
        try {
            feed.work();
        } catch (const std::exception& error) {
            log::warning("live events wait", log::Field{"error", log::Text{error.what()}});
            std::this_thread::sleep_for(watch_pause);
        }
        std::this_thread::sleep_for(config.live.poll);
    }
}

/// Brings a private PostgreSQL back when it is gone and keeps the clock in step.
void App::watch_database() {
    while (!stopping_) {
        watch_disk();
        try {
            if (database.cluster()) database.cluster()->revive();
            clock.read();
            const bool rush = auctions::end_is_near(background_pool);
            admission.tighten(rush);
            request_workers.tighten(rush);
            // Whoever was not concerned goes on without being looked up again.
            callers.read_changes(std::numeric_limits<std::int64_t>::max(), background_pool);
            note_key_uses(*this);
        } catch (const std::exception& error) {
            log::error("the database is gone", log::Field{"error", log::Text{error.what()}});
        }
        std::this_thread::sleep_for(watch_pause);
    }
}

/// A database that finds its disk full stops in the middle of whatever it does, so bids are refused
/// before. The disk of an operator's own database cannot be seen from here.
void App::watch_disk() {
    if (!database.cluster()) return;
    const auto disk = read_disk(database.cluster()->directory());
    const bool too_full = disk && is_too_full(*disk);
    if (too_full == disk_too_full_.exchange(too_full)) return;
    too_full ? log::error("the disk is nearly full; bids are refused",
                          log::Field{"directory", log::Text{disk->directory}},
                          log::Field{"free_bytes", disk->free_bytes})
             : log::warning("there is room on the disk again; bids are taken");
}

} // namespace strikeoff
