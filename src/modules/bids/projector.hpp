#pragma once

#include "modules/bids/projection_store.hpp"

namespace strikeoff::bids {

/// Copies the journal into `bids` at its own pace, each record exactly once: the watermark moves
/// first, in the same transaction as the rows. Nobody waits for it.
class Projector {
public:
    explicit Projector(ProjectionStore& store) : store_{store} {}
    /// How to go on after a round: bids that arrive go before their copies.
    enum class Pace { idle, gentle, full };

    /// Projects at most 64 blocks of each batch that is behind.
    Pace work();
    /// Projects one batch as far as at most 64 blocks go. Returns whether there was anything.
    bool project(BatchId batch);

private:
    ProjectionStore& store_;
};

} // namespace strikeoff::bids
