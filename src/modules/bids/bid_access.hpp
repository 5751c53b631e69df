#pragma once

#include "http/request.hpp"
#include "http/workers.hpp"
#include "modules/bids/desk.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <functional>
#include <optional>
#include <vector>

namespace strikeoff::bids {

/// What is known of callers. `remembered` runs on the I/O thread, the others on those of bids.
struct CallerSource {
    std::function<std::optional<http::Caller>(const http::Credential&)> remembered;
    std::function<Result<http::Caller>(const http::Credential&)> look_up;
    std::function<AccessChanges(std::int64_t since)> read_changes;
};

/// What became of a submission, or why its caller may not place bids any more.
struct Placed {
    std::vector<Line> lines;
    std::optional<http::Response> refusal;
};

/// The answer to an account that takes no bids for a while.
http::Response on_hold(Instant until, std::string_view request_id);

/// Bids of callers whom this process has looked up some time ago. The journal tells whether
/// anybody's access was narrowed since, in the transaction that stores the bids; what is answered
/// without the journal is answered after asking the database, once for all who wait. So a key that
/// was revoked, a session that ended and an account that was closed bid no more, in no process.
/// Belongs to the I/O thread.
class BidAccess {
public:
    BidAccess(boost::asio::io_context& io, http::Workers& lookups, Desk& desk, CallerSource source)
        : io_{io}, lookups_{lookups}, desk_{desk}, source_{std::move(source)} {}
    BidAccess(const BidAccess&) = delete;
    BidAccess& operator=(const BidAccess&) = delete;

    /// The submission has a credential. Throws what Desk throws.
    boost::asio::awaitable<Placed> place(Submission submission, std::string_view request_id);
    /// The answer to a request that was not placed, if its caller may still have one.
    boost::asio::awaitable<http::Response> answer(const http::Request& request,
                                                  http::Response response);

private:
    using Known = std::move_only_function<void(std::exception_ptr, bool)>;
    struct Waiting {
        UserId user;
        http::Credential credential;
        Known done;
    };

    boost::asio::awaitable<bool> is_current(UserId user, http::Credential credential);
    boost::asio::awaitable<Result<http::Caller>> renew(http::Credential credential);
    void ask();

    boost::asio::io_context& io_;
    http::Workers& lookups_;
    Desk& desk_;
    CallerSource source_;
    std::vector<Waiting> waiting_;
    bool asking_ = false;
};

} // namespace strikeoff::bids
