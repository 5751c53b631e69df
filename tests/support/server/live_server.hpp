#pragma once

#include "app.hpp"

#include <boost/json.hpp>
#include <spdlog/sinks/ringbuffer_sink.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <thread>

namespace strikeoff::testing {

struct Reply {
    int status = 0;
    std::string body;
    boost::json::value json() const { return boost::json::parse(body); }
    /// A member of a JSON object as text: strings without quotes, others as written.
    std::string text(std::string_view member) const;
    std::string reason() const { return text("reason"); }
};

/// The whole service in this process on a real socket and a real PostgreSQL whose clock can be
/// moved: embedded, or the server that STRIKEOFF_TEST_DATABASE names. One for all tests of a
/// program, started at first use.
class LiveServer {
public:
    static LiveServer& instance();

    Reply call(std::string_view method, const std::string& path, const std::string& key = "",
               const std::string& body = "", const std::string& content_type = "application/json");
    /// The same of a process that listens on another port.
    static Reply call_port(unsigned short port, std::string_view method, const std::string& path,
                           const std::string& key, const std::string& body,
                           const std::string& content_type = "application/json");
    /// GET on the admin listener.
    Reply ask_admin(const std::string& path);
    /// The newest lines of the log, in JSON.
    std::vector<std::string> log_lines() const;
    /// Sends bytes as they are on a connection of their own and returns all that comes back.
    std::string raw(const std::string& bytes, unsigned short port = 0); ///< 0: the public one.
    App& app() { return *app_; }
    /// A connection as strikeoff_owner or another role.
    db::Connection connect(const std::string& role = "strikeoff_owner");
    /// Moves the database's clock forward.
    void advance(std::chrono::microseconds by);
    Instant now();
    const std::string& admin_key() const { return admin_key_; }
    const std::filesystem::path& directory() const { return directory_; }

private:
    LiveServer();
    ~LiveServer();

    std::filesystem::path directory_;
    std::shared_ptr<spdlog::sinks::ringbuffer_sink_mt> log_;
    std::unique_ptr<App> app_;
    std::thread thread_;
    std::string admin_key_;
};

struct TestUser {
    std::string id;
    std::string key;
};

TestUser make_user(const std::string& role, const std::string& county = "",
                   http::Permissions permissions = http::Permission::all);

/// A county with staff and a published sale whose lots cost 100.00, 101.00, ... Each batch has
/// `items_a_batch` of them and ends `interval` after the one before.
struct SaleShape {
    int batches = 1;
    int items_a_batch = 5;
    std::chrono::seconds first_end{600};
    std::chrono::seconds interval{60};
    std::string settings = "{\"group_freeze_hours\":0}";
    bool commit = true; ///< The county commits, so that batches open.
};

class TestSale {
public:
    explicit TestSale(const SaleShape& shape);

    /// Registers a fresh investor as a bidder.
    TestUser add_bidder(const std::string& deposits = "1000000.00");
    /// Waits until the scheduler has opened every batch.
    void wait_until_open();
    /// Moves the clock past the end of the last batch, hands in the county's secrets and waits
    /// until everything is closed.
    void close_all();
    /// The same for one step of waiting: hands in secrets that are due.
    void reveal_due();

    Reply bid(const TestUser& bidder, int lot, const std::string& rate, int batch = 0,
              std::string bid_id = "");
    Reply withdraw_bid(const TestUser& bidder, int lot, int batch = 0);
    std::string certificate(int lot, int batch = 0) const;
    int year() const; ///< In which bidding opens, in the county.
    /// Members of a new bidder who may bid at once: the tax form, and the agreement on paper.
    std::string papers() const;
    boost::json::value results(int batch = 0);
    /// What `staff` proposed, carried out by `second`. Anything but a 202 is returned as it is.
    Reply approve(const Reply& proposed);

    std::string county;
    std::string auction;
    TestUser staff;
    TestUser second; ///< Of the same county, for what takes two people.
    std::vector<std::string> batches;
    std::vector<std::vector<std::string>> certificates; ///< By batch and place, from 0.

private:
    Hash secret_of(const std::string& batch) const;
    Hash master_;
    int next_bidder_ = 1;
};

/// What a query gives that has one row of one column; empty when it is null, or when there is none,
/// or more than one. As strikeoff_owner, or over a connection.
std::string one_value(const std::string& sql);
std::string one_value(db::Connection& connection, const std::string& sql);

/// The bids in the journals of a sale's batches: when each was accepted, by its id. One that is
/// stored twice is there twice.
std::multimap<std::string, Instant> journaled(const TestSale& sale);

/// A fresh UUIDv7 of the database's time.
std::string fresh_bid_id();

/// Waits up to half a minute for something that the service does in the background.
bool eventually(const std::function<bool()>& holds);

} // namespace strikeoff::testing
