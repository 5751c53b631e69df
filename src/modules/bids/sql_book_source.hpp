#pragma once

#include "db/pool.hpp"
#include "keys.hpp"
#include "modules/bids/desk.hpp"

namespace strikeoff::bids {

/// Books out of PostgreSQL, each read in one REPEATABLE READ transaction.
class SqlBookSource : public BookSource {
public:
    SqlBookSource(db::Pool& worker_pool, const Keys& keys) : pool_{worker_pool}, keys_{keys} {}
    std::optional<BookTerms> load(BatchId batch) override;
    std::optional<Bidder> find_bidder(BatchId batch, UserId user) override;
    std::optional<Accepted> find_accepted(BatchId batch, std::uint32_t bidder, BidId bid) override;

private:
    db::Pool& pool_;
    const Keys& keys_;
};

/// The key of a batch's blinds, decrypted.
Hash open_blind_key(db::Connection& connection, const Keys& keys, BatchId batch);

} // namespace strikeoff::bids
