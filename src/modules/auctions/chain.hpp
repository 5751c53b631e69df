#pragma once

#include "core/chain.hpp"
#include "core/transcript.hpp"
#include "db/transaction.hpp"
#include "keys.hpp"

#include <optional>
#include <string>

namespace strikeoff::auctions {

/// The signed opening of a batch and its changes, as stored.
struct StoredChain {
    OpeningTerms terms;
    AwardRules rules;
    SignedRecord opening;
    std::vector<SignedChange> changes;
    const Hash& latest() const {
        return changes.empty() ? opening.hash : changes.back().record.hash;
    }
};

/// What a change says; `at` is the database's clock under the batch's lock.
struct ChangeRequest {
    ChangeKind kind = ChangeKind::end_moved;
    Instant at;
    Instant new_end; ///< In force from now on, moved or not.
    std::optional<CertificateId> certificate;
    std::string reason;
    std::optional<std::int32_t> lot_number; ///< Of a lot withdrawn, for the books of all processes.
};

/// Nothing when the batch has not been opened.
std::optional<StoredChain> read_chain(db::Connection& connection, BatchId batch);

/// Stores `O_0`. The caller holds the batch's lock.
void store_opening(db::Connection& connection, const Keys& keys, CountyId county,
                   const OpeningTerms& terms, const AwardRules& rules);

/// Signs and stores the next `O_k`, and raises the version of the batch's book, so that no bid is
/// accepted under the old terms any more. The caller holds the batch's lock.
void store_change(db::Connection& connection, const Keys& keys, CountyId county, BatchId batch,
                  const ChangeRequest& change);

} // namespace strikeoff::auctions
