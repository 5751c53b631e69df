#include "modules/onboarding/pseudonyms.hpp"

namespace strikeoff::onboarding {
namespace {

const db::Statement<void(AuctionId, CountyId, Bytes)> insert_auction_secret{
    {"onboarding.insert_auction_secret", R"sql(
    INSERT INTO auction_secrets (auction_id, county_id, k_auction) VALUES ($1, $2, $3))sql"}};

const db::Statement<Bytes(AuctionId)> sealed_auction_secret{
    {"onboarding.sealed_auction_secret", R"sql(
    SELECT k_auction FROM auction_secrets WHERE auction_id = $1)sql"}};

} // namespace

void make_auction_secret(db::Connection& connection, const Keys& keys, CountyId county,
                         AuctionId auction) {
    connection.run(insert_auction_secret, auction, county,
                   keys.seal(random_hash(), {"auction_secrets", "k_auction", auction.uuid}));
}

Hash open_auction_secret(db::Connection& connection, const Keys& keys, AuctionId auction) {
    const Bytes plain = keys.open(connection.one(sealed_auction_secret, auction),
                                  {"auction_secrets", "k_auction", auction.uuid});
    Hash secret;
    if (plain.size() != secret.size()) throw std::runtime_error("an auction key of another length");
    std::memcpy(secret.data(), plain.data(), secret.size());
    return secret;
}

} // namespace strikeoff::onboarding
