#pragma once

#include "db/pool.hpp"
#include "modules/bids/journal.hpp"

#include <memory>

namespace strikeoff::bids {

/// The journal in PostgreSQL. `append` has a connection of its own and belongs to one thread;
/// `read` and `fence` may be called from any.
class SqlJournal : public Journal {
public:
    explicit SqlJournal(db::Pool& worker_pool) : pool_{worker_pool} {}
    std::vector<Appended> append(CountyId county, std::span<const Offer> offers) override;
    std::vector<Appended> fence(std::span<const BatchId> batches, bool shut) override;
    std::vector<Block> read(BatchId batch, std::int64_t from_seq, int blocks_max) override;

private:
    db::Pool& pool_;
    std::unique_ptr<db::Connection> connection_;
};

/// Blocks within a transaction of the caller's: the tail behind what is projected.
std::vector<Block> read_blocks(db::Connection& connection, BatchId batch, std::int64_t from_seq,
                               int blocks_max);

} // namespace strikeoff::bids
