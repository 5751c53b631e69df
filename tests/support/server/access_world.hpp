#pragma once

#include "support/server/browser.hpp"
#include "support/server/live_server.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace strikeoff::testing {

/// A county of the access matrix: a sale that is open and later closes, a draft that nobody but its
/// staff may know of, and a sale in the future that can be steered without harm.
class Side {
public:
    Side();

    TestSale sale;
    TestUser colleague; ///< More staff, who prepare what others then try.
    std::string draft_auction;
    std::string draft_batch;
    std::string control_auction;
    std::string control_batch;
    std::string open_format_batch; ///< Of a sale in the open format, in the future.

    std::string county() const { return sale.county; }
    std::string batch() const { return sale.batches.front(); }
    /// A sale with a batch, as a draft.
    std::string make_draft(const std::string& settings = "{}");
    /// A batch with one certificate that no other has, far in the future.
    std::string make_batch(const std::string& auction);
    /// Something to be used up: the same until `use_up`.
    std::string spare(const std::string& name, const std::function<std::string()>& make);
    void use_up(const std::string& name) { spares_.erase(name); }
    int next_certificate() { return next_certificate_++; } ///< Advertised number of a free one.
    int next_award() { return next_award_++; }             ///< Of one that the owner has won.
    int next_lot() { return next_lot_++; }                 ///< Of one without bids.
    Reply prepare(const std::string& path, const std::string& body,
                  const std::string& content_type = "application/json");

    static constexpr int lots = 45;
    static constexpr int lots_won = 18;

private:
    std::map<std::string, std::string> spares_;
    int next_certificate_ = lots + 1;
    int next_award_ = 1;
    int next_lot_ = lots_won + 1;
};

/// One who calls, with what only they have.
struct Caller {
    std::string name;
    std::string role;   ///< Empty: a visitor.
    std::string county; ///< Empty: of none.
    http::Permissions permissions = {};
    TestUser user;
    std::string email;
    std::string address; ///< Of this machine, their own.
    std::string device;
    std::string password;
    std::string session; ///< The cookie; empty until `sign_in`.

    bool is_visitor() const { return role.empty(); }
    bool is_staff() const { return !is_visitor() && role != "investor"; }
    /// Is the county's business theirs?
    bool belongs_to(const std::string& other) const;
    /// May they call the endpoint for something of the county, which is no secret to them either?
    bool may(const http::Endpoint& endpoint, const std::string& other) const;
};

struct Request {
    std::string method;
    std::string target;
    std::string body;
    std::string content_type = "application/json";
};

struct Answer {
    int status = 0;
    std::string content_type;
    std::string body;

    bool went_well() const { return status >= 200 && status < 300; }
};

/// The counties, the callers, and how they call.
class AccessWorld {
public:
    AccessWorld();

    enum class By { key, session };
    /// Waits when a limit is met. What does not fit the API's document fails the test.
    Answer ask(const Caller& caller, By by, const Request& request);
    /// What a caller was refused of the API, by request id: it is not theirs, or is not there.
    const std::map<std::string, std::string>& refusals(const Caller& caller) {
        return refusals_[caller.name];
    }
    /// Real sessions, with a second factor for those who need one.
    void sign_in_everybody();
    /// The owner's bids, which others must not learn of.
    void plant_bids();
    void close_sales();

    Caller& caller(const std::string& name);
    Side own;   ///< Of the callers viewer and staff; owner and other bid here.
    Side other; ///< Of the caller foreign; other bids here.
    std::vector<Caller> callers;
    Person signer; ///< Whose password anybody may try.
    bool closed = false;

    static constexpr const char* planted_rate = "13.75";
    std::vector<std::string> planted_ids; ///< Of the owner's bids.
    std::string owner_ref;                ///< The owner's pseudonym in the sale.

private:
    std::map<std::string, std::map<std::string, std::string>> refusals_; ///< By name.
    void add_callers();
    void bid_on_all(const Side& side, const Caller& bidder, const char* rate,
                    std::vector<std::string>& ids);
};

} // namespace strikeoff::testing
