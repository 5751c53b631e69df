#pragma once

#include "admin.hpp"
#include "config.hpp"
#include "db/database.hpp"
#include "db/db_clock.hpp"
#include "http/admission.hpp"
#include "http/router.hpp"
#include "http/server.hpp"
#include "http/workers.hpp"
#include "keys.hpp"
#include "mail/outbox.hpp"
#include "modules/approvals/approvals.hpp"
#include "modules/auctions/amendments.hpp"
#include "modules/auctions/auctions.hpp"
#include "modules/auctions/closing.hpp"
#include "modules/auctions/sql_closing_store.hpp"
#include "modules/bids/bid_access.hpp"
#include "modules/bids/desk.hpp"
#include "modules/bids/projector.hpp"
#include "modules/bids/sql_book_source.hpp"
#include "modules/bids/sql_journal.hpp"
#include "modules/bids/sql_projection_store.hpp"
#include "modules/certificates/import_service.hpp"
#include "modules/counties/counties.hpp"
#include "modules/identity/accounts.hpp"
#include "modules/identity/api_keys.hpp"
#include "modules/identity/sign_in.hpp"
#include "modules/identity/staff.hpp"
#include "modules/onboarding/onboarding.hpp"
#include "realtime/hub.hpp"
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
    /// Who calls, by the accounts of this service.
    http::Authenticator authenticator();

    const Config config;
    db::Database database;
    Keys keys;
    db::Pulse pulse;
    // Whoever may be slow has connections of its own, so that others do not wait for them.
    db::Pool app_pool;        ///< Reads, under row security of the caller; short statements.
    db::Pool read_pool;       ///< The same for what a caller must not read by itself.
    db::Pool heavy_pool;      ///< Transcripts and leaves.
    db::Pool worker_pool;     ///< What requests change, imports.
    db::Pool bid_pool;        ///< Books, receipts, keys and sources of bidders.
    db::Pool background_pool; ///< Closing, projector, clock.
    db::DbClock clock;
    http::Admission admission; ///< Before `io`, whose coroutines have places in it.
    mail::Outbox mails;
    boost::asio::io_context io{1};
    http::Workers request_workers;
    http::Workers bid_workers;
    boost::asio::thread_pool crypto_workers{2}; ///< Receipts.
    identity::IdentityService identity;
    identity::Callers callers;
    identity::SignInLimits sign_in_limits;
    identity::PasswordHasher hasher;
    identity::Sessions sessions;
    identity::SecondFactor second_factor;
    identity::Recovery recovery;
    identity::SignIn sign_in;
    identity::Staff staff;
    identity::Accounts accounts;
    identity::ApiKeys api_keys;
    bids::SqlJournal journal;
    bids::SqlBookSource books;
    bids::Desk desk;
    bids::BidAccess bid_access;
    counties::CountyService counties;
    approvals::Approvals approvals;
    certificates::ImportService imports;
    onboarding::OnboardingService onboarding;
    auctions::AuctionService auctions;
    auctions::Amendments amendments;
    auctions::SqlClosingStore closing_store;
    auctions::Closing closing;
    bids::SqlProjectionStore projection_store;
    bids::Projector projector;
    realtime::Hub live;
    http::Router router;

private:
    bids::AccessChanges read_access_changes(std::int64_t since);
    bids::CallerSource caller_source();
    void run_closings();
    void run_projector();
    void run_live();
    void watch_database();
    void watch_disk();

    std::atomic<bool> stopping_ = false;
    std::atomic<bool> disk_too_full_ = false;
    std::atomic<unsigned short> port_ = 0;
    std::function<void()> stop_serving_;
    std::unique_ptr<AdminListener> admin_;
};

} // namespace strikeoff
