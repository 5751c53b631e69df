#pragma once

#include "db/pool.hpp"
#include "keys.hpp"
#include "modules/auctions/closing_store.hpp"

namespace strikeoff::auctions {

/// Closings in PostgreSQL. Batches are locked FOR NO KEY UPDATE, which waits.
class SqlClosingStore final : public ClosingStore {
public:
    SqlClosingStore(db::Pool& worker_pool, const Keys& keys) : pool_{worker_pool}, keys_{keys} {}
    std::vector<BatchId> to_open() override;
    std::vector<BatchId> to_close() override;
    std::unique_ptr<ClosingTransaction> begin() override;

private:
    db::Pool& pool_;
    const Keys& keys_;
};

} // namespace strikeoff::auctions
