#pragma once

#include "demo/audit.hpp"
#include "demo/progress.hpp"

#include <thread>

namespace strikeoff::demo {

/// `strikeoff seed --watch` for a sale, as the county runs it on its own machine.
std::vector<std::string> seed_command(const Places& places, const Service& service,
                                      AuctionId auction);

/// One sale from its publication to the last award: the county's tool as a child, an item withdrawn
/// while its batch is open, investors who bid until each batch's end. Ends with the object.
class AuctionDay {
public:
    AuctionDay(const Places& places, Service& service, const Cast& cast, const Sale& sale,
               const client::PlanOptions& plan, Progress& progress);
    ~AuctionDay();
    AuctionDay(const AuctionDay&) = delete;
    AuctionDay& operator=(const AuctionDay&) = delete;

    /// Until every batch is closed; each is audited as soon as it is. Throws std::runtime_error
    /// when the service or the county's tool ends, or nothing moves any more.
    void run(Audit& audit);

private:
    void wait_until_open();
    void start_bidding();
    void withdraw_one();
    void audit_closed(std::vector<auctions::Batch>& waiting, Audit& audit);
    void show();
    void check_children();
    void finish_seed();

    const Places& places_;
    Service& service_;
    const Cast& cast_;
    const Sale& sale_;
    client::PlanOptions plan_;
    Progress& progress_;
    client::Api visitor_;
    client::ReceiptStore receipts_;
    client::Bidding bidding_;
    std::vector<client::BatchBidding> plans_;
    client::ChildProcess seed_;
    std::exception_ptr bidding_failure_;
    std::atomic<bool> bidding_done_ = false;
    std::thread bidding_thread_; ///< Last: it uses the others.
};

} // namespace strikeoff::demo
