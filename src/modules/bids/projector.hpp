#pragma once

#include "core/id.hpp"
#include "db/pool.hpp"

namespace strikeoff::bids {

/// Copies the journal into `bids` at its own pace, each record exactly once: the watermark moves
/// first, in the same transaction as the rows. Nobody waits for it.
class Projector {
public:
    explicit Projector(db::Pool& worker_pool) : pool_{worker_pool} {}
    /// Projects at most 64 blocks of each batch that is behind. Returns whether anything was.
    bool work();
    /// Projects one batch as far as at most 64 blocks go.
    bool project(BatchId batch);

private:
    db::Pool& pool_;
};

} // namespace strikeoff::bids
