#pragma once

#include "core/clock.hpp"
#include "db/pool.hpp"
#include "keys.hpp"
#include "modules/auctions/batch_replay.hpp"

#include <vector>

namespace strikeoff::auctions {

/// Opens batches when their time has come and closes them when it is over. Each step is a short
/// transaction of its own: lock, then clock, then decide. Nothing in it is random, so that a
/// closing that was killed anywhere, or is run by two processes, comes to the same bytes. Belongs
/// to a thread of its own.
class Closing {
public:
    Closing(db::Pool& worker_pool, const Keys& keys) : pool_{worker_pool}, keys_{keys} {}

    /// Does what is due now: openings first, then closings in the order of their end times.
    /// Returns whether anything moved.
    bool work();

    /// Takes one batch as far as it will go now.
    bool close(BatchId batch);

private:
    bool make_openings();
    bool open(BatchId batch);
    bool begin(BatchId batch);         ///< T1
    bool publish_head(BatchId batch);  ///< T2
    bool publish_close(BatchId batch); ///< T3
    bool settle_secret(BatchId batch); ///< T4
    bool award(BatchId batch);         ///< T5

    db::Pool& pool_;
    const Keys& keys_;
};

} // namespace strikeoff::auctions
