#pragma once

#include "core/book_record.hpp"
#include "modules/auctions/auctions.hpp"

namespace strikeoff::client {

/// A batch as its public pages show it.
struct PublicBatch {
    auctions::Batch batch;
    std::vector<auctions::Item> items;
    auctions::Chain chain;
};

/// Recomputes the opening and every change, and checks the signatures of these and of head and
/// close with `key`. `commitment` is the county's own, which the opening must name. Fails with
/// `chain.opening`, `chain.change` or `chain.signature` and says in words what is wrong.
Result<void> check_chain(const PublicBatch& seen, const Hash& commitment, const PublicKey& key);

} // namespace strikeoff::client
