#pragma once

#include "support/server/live_server.hpp"

#include <array>
#include <chrono>
#include <string>
#include <vector>

namespace strikeoff::testing {

struct Figures {
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;
    std::uint64_t per_second = 0;
    std::int64_t p50_us = 0;
    std::int64_t p99_us = 0;
};

/// Registers `count` bidders for a sale, past HTTP: as a county's import of them would come.
std::vector<TestUser> register_bidders(const TestSale& sale, int count);

/// What the journal holds of a sale's batches.
std::uint64_t stored_bids(const TestSale& sale);

/// Sends single bids on keep-alive connections from one thread; every bid is of a pair of bidder
/// and lot that has not bid at that rate. Bids go round all batches of the sale, and round the
/// processes by connection. Like pgbench it waits with epoll and makes its requests from a
/// template, so that the cores work for the service. The limits of the service hold: there must be
/// bidders enough that none bids more than 50 times a second.
class BidLoad {
public:
    BidLoad(const TestSale& sale, const std::vector<TestUser>& users);

    Figures run(const std::vector<unsigned short>& ports, int connections,
                std::chrono::seconds warm_up, std::chrono::seconds measured);

private:
    using SteadyClock = std::chrono::steady_clock;
    struct Client {
        int socket = -1;
        std::size_t received = 0;
        std::size_t whole = 0; ///< Bytes of the answer under way; 0 until its head is there.
        SteadyClock::time_point sent;
        std::array<char, 8192> answer;
    };

    void send_next(Client& client);
    /// False when the client is done.
    bool receive(Client& client);

    std::size_t bidders_;
    std::vector<std::string> heads_; ///< By batch, then bidder.
    std::vector<std::vector<std::string>> certificates_;
    std::size_t lots_ = 0; ///< Of all batches.
    Hash random_;
    std::uint64_t random_low_ = 0;
    std::uint64_t sent_ = 0;
    std::string request_;
    SteadyClock::time_point begin_;
    SteadyClock::time_point end_;
    Figures figures_;
    std::vector<std::int64_t> latencies_;
};

} // namespace strikeoff::testing
