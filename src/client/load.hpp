#pragma once

#include "client/bidding.hpp"

namespace strikeoff::client {

/// As many bids as fit: each connection sends the next one as soon as the last is answered.
struct LoadOptions {
    ServerAddress server;
    BatchId batch;
    std::vector<BidderKey> bidders;
    std::vector<CertificateId> certificates;
    int connections = 1;
    int seconds = 10;
    int warm_up_seconds = 2; ///< Not counted.
    int lines = 1;           ///< Bids a request; above one they go as bulk.
};

/// What was counted after the warm-up.
struct LoadReport {
    int connections = 0;
    int seconds = 0;
    std::int64_t bids = 0; ///< Accepted.
    std::int64_t per_second = 0;
    std::int64_t refused = 0;
    std::int64_t limited = 0; ///< Of bidders who bid faster than they may: too few of them.
    std::int64_t unchanged = 0;
    std::int64_t errors = 0; ///< Requests without an answer that is understood.
    std::int64_t p50_us = 0;
    std::int64_t p99_us = 0;
    std::int64_t max_us = 0;
};
BOOST_DESCRIBE_STRUCT(LoadReport, (),
                      (connections, seconds, bids, per_second, refused, limited, unchanged, errors,
                       p50_us, p99_us, max_us))

/// The bid with this running number: every bidder on every certificate, then the same again at the
/// next rate, so that no bid repeats a rate that stands.
struct LoadBid {
    std::size_t bidder = 0;
    std::size_t certificate = 0;
    Rate rate;
};
LoadBid load_bid(std::uint64_t number, std::size_t bidders, std::size_t certificates,
                 std::uint64_t first_rate);

/// Reads one id a line. Fails with `certificates.malformed`, naming the line.
Result<std::vector<CertificateId>> read_certificates(std::string_view text);

/// Runs on the calling thread. Throws ConnectionError when no connection can be made.
LoadReport run_load(const LoadOptions& options);

} // namespace strikeoff::client
