#pragma once

#include "client/api.hpp"
#include "client/seed_journal.hpp"
#include "modules/auctions/auctions.hpp"

#include <functional>
#include <set>

namespace strikeoff::client {

struct CountyToolOptions {
    AuctionId auction;
    std::optional<PublicKey> server_key; ///< Else the first one seen is kept.
};

/// The county's side of the draw: it commits to a secret for each batch before the first bid and
/// releases it only against a close record that it has checked and kept. The master never leaves
/// the machine; only commitments and, at the close, one batch's secret do.
class CountyTool {
public:
    using Say = std::function<void(const std::string& line)>;

    CountyTool(Api& api, const Hash& master, SeedJournal& journal, CountyToolOptions options,
               Say say)
        : api_{api}, master_{master}, journal_{journal}, options_{options}, say_{std::move(say)} {}

    /// Finds the server's key and holds it against the one given or kept. Once, before the others.
    Result<void> check_key();
    /// Uploads commitments for every batch that is not opened yet and has none of ours.
    Result<void> commit();
    /// One look at all batches: commits to new ones, follows chains, releases what is due. True
    /// when the sale is over. A batch whose records are wrong is reported and never released.
    Result<bool> follow();
    bool found_fault() const { return !refused_.empty(); }

private:
    Result<void> commit_batches(const std::vector<auctions::Batch>& batches);
    Result<void> follow_batch(const auctions::Batch& batch);
    Result<void> check_chain(const auctions::Batch& batch, const auctions::Chain& chain);
    Result<void> release(const auctions::Batch& batch, const auctions::ChainLink& close);
    std::string batches_path() const;

    Api& api_;
    Hash master_;
    SeedJournal& journal_;
    CountyToolOptions options_;
    Say say_;
    PublicKey key_{};
    std::set<BatchId> committed_; ///< Ours, or somebody else's before us.
    std::set<BatchId> refused_;
};

} // namespace strikeoff::client
