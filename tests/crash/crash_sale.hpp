#pragma once

#include "app.hpp"
#include "support/server/served_process.hpp"
#include "torture/world.hpp"

namespace strikeoff::testing {

/// A sale on a private cluster of its own, for services that get killed. The hands of its staff and
/// of its county work in this process, on an App that does not run.
class CrashSale {
public:
    explicit CrashSale(const torture::WorldShape& shape);

    App& app() { return *app_; }
    torture::World& world() { return *world_; }
    /// How to start a service on the sale's database.
    ServeOptions serve(const std::string& log_name, unsigned short port) const;
    std::string path(const std::string& name) const { return directory_.path(name); }
    /// Writes a file that only its owner reads, and returns its path.
    std::string write_secret(const std::string& name, const std::string& text) const;
    /// A superuser's connection.
    db::Connection connect(const std::string& database = "strikeoff") const;

    /// From now on the clock shows this instant: what two closings write does not differ by time.
    void stop_clock(Instant at);
    /// The clock runs on from where it was stopped.
    void start_clock();

    /// Copies the database, whose connections all end.
    void copy_database(const std::string& name);
    /// Closes what is due in a copy, undisturbed, in this process.
    std::map<BatchId, torture::BatchFiles> close_copy(const std::string& name) const;
    /// Drops connections of this process that broke while the database was away.
    void renew_connections();

    bool all_are(auctions::BatchStatus status);

private:
    std::string conninfo(const std::string& database) const;

    const OpenDirectory directory_;
    std::unique_ptr<App> app_;
    std::unique_ptr<torture::World> world_;
    Instant stopped_at_;
};

/// What is half done in the database: nothing, whenever a transaction is not under way.
std::vector<std::string> half_done(db::Connection& connection);

/// The county's own tool, as a process that hands in secrets until the sale is over.
class CountyTool {
public:
    /// Returns when it follows the sale. The service must answer until then, and may die after.
    CountyTool(const CrashSale& sale, const torture::SaleFacts& facts, unsigned short port);
    /// How it ended, once the sale is over.
    int wait() { return process_.wait(std::chrono::seconds{30}); }
    std::string log_text() const { return process_.log_text(); }

private:
    Process process_;
};

} // namespace strikeoff::testing
