#pragma once

#include "admin.hpp"
#include "config.hpp"
#include "db/database.hpp"
#include "db/db_clock.hpp"
#include "http/router.hpp"
#include "keys.hpp"
#include "modules/auctions/amendments.hpp"
#include "modules/auctions/auctions.hpp"
#include "modules/auctions/closing.hpp"
#include "modules/auctions/sql_closing_store.hpp"
#include "modules/bids/desk.hpp"
#include "modules/bids/projector.hpp"
#include "modules/bids/sql_book_source.hpp"
#include "modules/bids/sql_journal.hpp"
#include "modules/bids/sql_projection_store.hpp"
#include "modules/certificates/import_service.hpp"
#include "modules/counties/counties.hpp"
#include "modules/identity/identity.hpp"
#include "modules/onboarding/onboarding.hpp"
#include "routes.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

#include <memory>

namespace strikeoff {

/// Where the database is, by the flags of the service.
db::DatabaseOptions database_options(const Config& config);

/// Builds every service once, in order, and owns them all.
class App {
public:
    explicit App(const Config& config);
    App(const App&) = delete;
    App& operator=(const App&) = delete;
    ~App();

    /// Serves until a signal or `stop()`. Returns when everything under way has ended.
    void run();
    void stop();
    /// Where it listens; valid once `run` has begun to.
    unsigned short port() const { return port_; }
    /// The disk of the private cluster is so full that no bids are taken.
    bool is_disk_too_full() const { return disk_too_full_; }
    /// Null unless an admin port was asked for; valid while `run` runs.
    AdminListener* admin() { return admin_.get(); }

    const Config config;
    db::Database database;
    Keys keys;
    db::Pulse pulse;
    db::Pool app_pool;    ///< Requests, under row security of the caller.
    db::Pool worker_pool; ///< Admission, closing, projector, imports.
    db::DbClock clock;
    boost::asio::io_context io{1};
    boost::asio::thread_pool request_workers;
    boost::asio::thread_pool crypto_workers{2};
    identity::IdentityService identity;
    bids::SqlJournal journal;
    bids::SqlBookSource books;
    bids::Desk desk;
    counties::CountyService counties;
    certificates::ImportService imports;
    onboarding::OnboardingService onboarding;
    auctions::AuctionService auctions;
    auctions::Amendments amendments;
    auctions::SqlClosingStore closing_store;
    auctions::Closing closing;
    bids::SqlProjectionStore projection_store;
    bids::Projector projector;
    http::Router router;

private:
    void run_closings();
    void run_projector();
    void watch_database();
    void watch_disk();

    std::atomic<bool> stopping_ = false;
    std::atomic<bool> disk_too_full_ = false;
    std::atomic<unsigned short> port_ = 0;
    std::function<void()> stop_serving_;
    std::unique_ptr<AdminListener> admin_;
};

} // namespace strikeoff
