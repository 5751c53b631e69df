#pragma once

#include "client/bid_plan.hpp"
#include "client/connection.hpp"
#include "client/receipt_store.hpp"

#include <atomic>
#include <map>
#include <mutex>
#include <string>

namespace strikeoff::client {

/// A bearer key and whose it is.
struct BidderKey {
    UserId user;
    std::string key;
};

/// Reads `user_id key` lines. Fails with `bidders.malformed`, naming the line.
Result<std::vector<BidderKey>> read_bidder_keys(std::string_view text);

/// One batch and what is bid on it.
struct BatchBidding {
    BatchId batch;
    Instant from; ///< When the first bids may be placed.
    Instant end;
    std::vector<CertificateId> items;
    std::vector<PlannedRequest> requests;
};

/// What has been answered so far.
struct BiddingCounts {
    std::int64_t requests_planned = 0;
    std::int64_t requests = 0;
    std::int64_t accepted = 0;
    std::int64_t unchanged = 0;
    std::map<std::string, std::int64_t> refused; ///< By reason.
    std::int64_t errors = 0;                     ///< Requests without an answer that is understood.
    std::string last_error;

    std::int64_t refusals() const;
};

/// Carries plans out over HTTP: a few keep-alive connections, each bidder on one of them and with
/// one request at a time, so that its changes arrive in their order. Every bid has a `bid_id` and
/// is sent again when the connection breaks.
class Bidding {
public:
    Bidding(ServerAddress server, std::vector<BidderKey> bidders, ReceiptStore* receipts,
            std::size_t connections);

    /// Blocks until every request is answered or `stop` was called. `now` is the server's clock
    /// less this machine's.
    void run(const std::vector<BatchBidding>& batches, std::chrono::microseconds clock_offset);
    void stop() { stopping_ = true; }
    BiddingCounts counts() const;
    /// True when no request of the batch is still to be sent or answered.
    bool is_done(BatchId batch) const;

private:
    struct Due;
    boost::asio::awaitable<void> work(std::vector<Due> requests,
                                      std::chrono::microseconds clock_offset);
    boost::asio::awaitable<void> send(Connection& connection, const Due& due);
    void note(const BatchBidding& batch, const PlannedRequest& request, const Answer& answer);
    void note_line(BatchId batch, const boost::json::object& line);
    void note_error(std::string message);

    ServerAddress server_;
    std::vector<BidderKey> bidders_;
    ReceiptStore* receipts_;
    std::size_t connections_;
    std::atomic<bool> stopping_ = false;
    mutable std::mutex mutex_;
    BiddingCounts counts_;
    std::map<BatchId, std::int64_t> left_; ///< Requests not answered yet.
};

} // namespace strikeoff::client
