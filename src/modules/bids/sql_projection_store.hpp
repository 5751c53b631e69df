#pragma once

#include "db/pool.hpp"
#include "modules/bids/projection_store.hpp"

namespace strikeoff::bids {

/// The projection in the table `bids`.
class SqlProjectionStore final : public ProjectionStore {
public:
    explicit SqlProjectionStore(db::Pool& worker_pool) : pool_{worker_pool} {}
    std::vector<BatchBehind> behind() override;
    std::unique_ptr<ProjectionTransaction> begin(BatchId batch) override;

private:
    db::Pool& pool_;
};

} // namespace strikeoff::bids
