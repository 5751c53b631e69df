#pragma once

#include "db/db_clock.hpp"
#include "keys.hpp"
#include "modules/auctions/closing_store.hpp"

namespace strikeoff::auctions {

/// Closings in PostgreSQL. Batches are locked FOR NO KEY UPDATE, which waits. While the database's
/// clock is out of step nothing is decided and nothing committed: db::ClockJumped is thrown.
class SqlClosingStore final : public ClosingStore {
public:
    SqlClosingStore(db::Pool& worker_pool, const Keys& keys, db::DbClock& clock)
        : pool_{worker_pool}, keys_{keys}, clock_{clock} {}
    std::vector<BatchId> to_open() override;
    std::vector<BatchId> to_close() override;
    std::unique_ptr<ClosingTransaction> begin() override;

private:
    db::Pool& pool_;
    const Keys& keys_;
    db::DbClock& clock_;
};

} // namespace strikeoff::auctions
