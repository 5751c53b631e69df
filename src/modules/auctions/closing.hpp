#pragma once

#include "core/ed25519.hpp"
#include "modules/auctions/closing_store.hpp"

namespace strikeoff::auctions {

/// Opens batches when their time has come and closes them when it is over. Each step is a short
/// transaction of its own: lock, then clock, then decide. Nothing in it is random, so that a
/// closing that was killed anywhere, or is run by two processes, comes to the same bytes. Belongs
/// to a thread of its own.
class Closing {
public:
    Closing(ClosingStore& store, const SigningKey& key) : store_{store}, key_{key} {}

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

    ClosingStore& store_;
    const SigningKey& key_;
};

/// Awards a batch whose secrets are complete: the one way from the journal to what is written.
Awards make_awards(ClosingTransaction& transaction, const SigningKey& key, BatchId batch);

} // namespace strikeoff::auctions
