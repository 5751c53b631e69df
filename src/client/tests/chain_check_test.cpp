#include "client/chain_check.hpp"
#include "core/chain.hpp"
#include "core/sha256.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace strikeoff::client {
namespace {

using auctions::ChainLink;

const Hash commitment_bytes = sha256(std::string_view{"ours"});

Uuid uuid_of(int last) {
    Uuid uuid{};
    uuid.bytes[6] = 0x70;
    uuid.bytes[15] = static_cast<std::uint8_t>(last);
    return uuid;
}

/// A batch of three items with a withdrawal, closed, as an honest server shows it.
class PublicChain : public ::testing::Test {
protected:
    PublicChain() {
        seen_.batch.id = BatchId{uuid_of(1)};
        seen_.batch.auction_id = AuctionId{uuid_of(2)};
        for (int i = 1; i <= 3; ++i) {
            auctions::Item item;
            item.adv_no = i;
            item.certificate_id = CertificateId{uuid_of(10 + i)};
            item.face = Money::from_cents(100 * i);
            seen_.items.push_back(item);
        }
        seen_.items[1].status = auctions::LotStatus::withdrawn;
        rebuild();
    }

    void rebuild() {
        seen_.chain.links = {opening()};
        seen_.chain.links.push_back(withdrawal(seen_.chain.links[0].hash));
        seen_.chain.links.push_back(signed_link("head", 0, sha256(std::string_view{"head"})));
        seen_.chain.links.push_back(signed_link("close", 0, sha256(std::string_view{"close"})));
    }

    ChainLink signed_link(std::string record, int number, const Hash& hash) const {
        ChainLink link;
        link.record = std::move(record);
        link.number = number;
        link.hash = hash;
        link.signature = key_.sign(chain_message(hash));
        return link;
    }

    ChainLink opening() const {
        std::vector<BookLot> lots;
        for (const auctions::Item& item : seen_.items)
            lots.push_back(
                {static_cast<std::uint32_t>(item.adv_no), item.certificate_id, item.face});
        ChainLink link =
            signed_link("opening", 0,
                        opening_hash({.batch = seen_.batch.id,
                                      .auction = seen_.batch.auction_id,
                                      .start = Instant::from_micros(1000),
                                      .end = Instant::from_micros(9000),
                                      .county_commitment = commitment_bytes,
                                      .operator_commitment = sha256(std::string_view{"theirs"}),
                                      .rules_hash = sha256(std::string_view{"{}"}),
                                      .lots_hash = lots_hash(lots),
                                      .key = key_.public_key()}));
        link.at = Instant::from_micros(1000);
        link.end_time = Instant::from_micros(9000);
        link.c_county = commitment_bytes;
        link.c_operator = sha256(std::string_view{"theirs"});
        link.rules = "{}";
        return link;
    }

    ChainLink withdrawal(const Hash& previous) const {
        ChainLink link =
            signed_link("change", 1,
                        change_hash(seen_.batch.id, 1, previous,
                                    {.kind = ChangeKind::lot_withdrawn,
                                     .at = Instant::from_micros(2000),
                                     .new_end = Instant::from_micros(9000),
                                     .certificate = seen_.items[1].certificate_id,
                                     .reason_hash = sha256(std::string_view{"paid"})}));
        link.kind = "lot_withdrawn";
        link.at = Instant::from_micros(2000);
        link.end_time = Instant::from_micros(9000);
        link.reason = "paid";
        return link;
    }

    std::string reason() const {
        const auto checked = check_chain(seen_, commitment_bytes, key_.public_key());
        return checked ? "" : checked.error().reason;
    }

    SigningKey key_{sha256(std::string_view{"signing seed"})};
    PublicBatch seen_;
};

TEST_F(PublicChain, an_honest_one_is_right) {
    EXPECT_EQ(reason(), "");
}

TEST_F(PublicChain, whatever_is_changed_in_it_is_found) {
    using Change = std::function<void(PublicBatch&)>;
    const std::vector<std::pair<std::string, Change>> lies{
        {"chain.opening", [](auto& s) { s.chain.links[0].c_county = Hash{}; }},
        {"chain.opening", [](auto& s) { s.chain.links[0].c_operator = Hash{}; }},
        {"chain.opening", [](auto& s) { s.chain.links[0].rules = "{ }"; }},
        {"chain.opening", [](auto& s) { s.chain.links[0].rules.reset(); }},
        {"chain.opening", [](auto& s) { s.chain.links[0].end_time = Instant::from_micros(1); }},
        {"chain.opening", [](auto& s) { s.items[0].face = Money::from_cents(1); }},
        {"chain.opening", [](auto& s) { s.items.pop_back(); }},
        {"chain.opening", [](auto& s) { s.batch.auction_id = {}; }},
        {"chain.opening", [](auto& s) { s.chain.links.erase(s.chain.links.begin()); }},
        {"chain.change", [](auto& s) { s.chain.links[1].reason = "unpaid"; }},
        {"chain.change", [](auto& s) { s.chain.links[1].kind = "paused"; }},
        {"chain.change", [](auto& s) { s.chain.links[1].number = 2; }},
        {"chain.change", [](auto& s) { s.items[1].status = auctions::LotStatus::offered; }},
        {"chain.signature", [](auto& s) { s.chain.links[2].hash[0] ^= 1U; }},
        {"chain.signature", [](auto& s) { s.chain.links[3].hash[0] ^= 1U; }},
        {"chain.signature", [](auto& s) { s.chain.links[3].signature[9] ^= 1U; }},
        {"chain.signature", [](auto& s) { s.chain.links[0].signature[9] ^= 1U; }}};
    for (std::size_t i = 0; i < lies.size(); ++i) {
        const PublicBatch honest = seen_;
        lies[i].second(seen_);
        EXPECT_EQ(reason(), lies[i].first) << "lie " << i;
        seen_ = honest;
    }
}

TEST_F(PublicChain, an_opening_with_another_commitment_is_not_ours) {
    EXPECT_FALSE(check_chain(seen_, Hash{}, key_.public_key()).has_value());
}

TEST_F(PublicChain, another_key_signs_for_nobody) {
    const SigningKey other{sha256(std::string_view{"other"})};
    EXPECT_FALSE(check_chain(seen_, commitment_bytes, other.public_key()).has_value());
}

} // namespace
} // namespace strikeoff::client
