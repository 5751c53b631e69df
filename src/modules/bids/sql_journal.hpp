#pragma once

#include "db/pool.hpp"
#include "modules/bids/journal.hpp"

#include <functional>
#include <memory>

namespace strikeoff::bids {

/// The journal in PostgreSQL. `append` has a connection of its own and belongs to one thread;
/// `read` and `fence` may be called from any.
class SqlJournal : public Journal {
public:
    /// Reads whose access was narrowed since an epoch.
    using ReadChanges = std::function<AccessChanges(std::int64_t since)>;

    explicit SqlJournal(db::Pool& worker_pool, ReadChanges read_changes = {})
        : pool_{worker_pool}, read_changes_{std::move(read_changes)} {}
    /// An offer is outdated when it concerns somebody whose access was narrowed, or who has run
    /// out of time; what happens to others does not hold it up.
    std::vector<Appended> append(CountyId county, std::span<const Offer> offers) override;
    std::vector<Appended> fence(std::span<const BatchId> batches, bool shut) override;
    std::vector<Block> read(BatchId batch, std::int64_t from_seq, int blocks_max) override;

private:
    std::vector<Appended> append_once(CountyId county, std::span<const Offer> offers,
                                      std::optional<std::int64_t> epoch);

    db::Pool& pool_;
    ReadChanges read_changes_;
    std::unique_ptr<db::Connection> connection_;
};

/// Blocks within a transaction of the caller's: the tail behind what is projected.
std::vector<Block> read_blocks(db::Connection& connection, BatchId batch, std::int64_t from_seq,
                               int blocks_max);

} // namespace strikeoff::bids
