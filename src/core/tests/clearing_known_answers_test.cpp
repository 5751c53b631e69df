#include "core/clearing.hpp"
#include "support/core/known_answers.hpp"

#include <gtest/gtest.h>

#include <map>

namespace strikeoff {
namespace {

using testing_support::known_answers;
using testing_support::text_of;

Rate rate_of(const boost::json::value& value) {
    return parse_rate(text_of(value)).value();
}

/// A sale of examples/clearing.json, in the engine's terms.
struct Sale {
    explicit Sale(const boost::json::object& source) {
        rules = parse_award_rules(boost::json::serialize(source.at("rules"))).value();
        prk = from_hex_fixed<32>(text_of(source.at("draw_key"))).value();
        std::map<std::string, std::uint32_t> item_of;
        for (const boost::json::value& entry : source.at("items").as_array()) {
            const std::string id = text_of(entry.at("certificate_id"));
            item_of.emplace(id, static_cast<std::uint32_t>(items.size()));
            items.push_back({.adv_no = entry.at("adv_no").to_number<std::uint32_t>(),
                             .certificate_id = {parse_uuid(id).value()},
                             .face = parse_money(text_of(entry.at("face"))).value()});
        }
        std::map<std::string, std::uint32_t> bidder_of;
        for (const boost::json::value& entry : source.at("bidders").as_array()) {
            names.push_back(text_of(entry.at("bidder")));
            bidder_of.emplace(names.back(), static_cast<std::uint32_t>(bidders.size()));
            bidders.push_back({.ref = from_hex_fixed<16>(text_of(entry.at("bidder_ref"))).value(),
                               .budget = parse_money(text_of(entry.at("budget"))).value(),
                               .weight = entry.at("weight").to_number<std::uint32_t>()});
        }
        for (const boost::json::value& entry : source.at("bids").as_array())
            bids.push_back({.item = item_of.at(text_of(entry.at("certificate_id"))),
                            .bidder = bidder_of.at(text_of(entry.at("bidder"))),
                            .rank = entry.at("seq").to_number<std::uint32_t>(),
                            .rate_bp = static_cast<std::uint16_t>(rate_of(entry.at("rate")).bp())});
    }

    AwardRules rules;
    Hash prk;
    std::vector<ClearingItem> items;
    std::vector<ClearingBidder> bidders;
    std::vector<std::string> names;
    std::vector<LiveBid> bids;
};

TEST(ClearingKnownAnswers, every_worked_sale_comes_out_as_written) {
    const boost::json::value sales = known_answers("examples/clearing.json");
    ASSERT_EQ(sales.as_array().size(), 16U);
    for (const boost::json::value& source : sales.as_array()) {
        SCOPED_TRACE(text_of(source.at("name")));
        const Sale sale{source.as_object()};
        const std::vector<Award> awards =
            clear(sale.rules, sale.items, sale.bidders, sale.bids, sale.prk);
        const boost::json::array& expected = source.at("expected").as_array();
        ASSERT_EQ(awards.size(), expected.size());
        for (std::size_t i = 0; i < awards.size(); ++i) {
            SCOPED_TRACE(i);
            EXPECT_EQ(enum_name(awards[i].outcome), text_of(expected[i].at("outcome")));
            EXPECT_EQ(awards[i].rate, rate_of(expected[i].at("rate")));
            if (awards[i].outcome != Outcome::awarded) continue;
            EXPECT_EQ(sale.names[awards[i].bidder], text_of(expected[i].at("bidder")));
            EXPECT_EQ(awards[i].member, expected[i].at("member").to_number<std::uint32_t>());
        }
    }
}

/// The published small sale: its tied bids are drawn again, each round on an item of its own.
TEST(ClearingKnownAnswers, every_draw_picks_the_published_winner_and_member) {
    const boost::json::object kat = known_answers("draw-kat.json").as_object();
    const Hash prk = from_hex_fixed<32>(text_of(kat.at("PRK"))).value();
    for (const boost::json::value& draw : kat.at("draws").as_array()) {
        SCOPED_TRACE(boost::json::serialize(draw));
        const ClearingItem item{
            .adv_no = 1,
            .certificate_id = {parse_uuid(text_of(draw.at("certificate_id"))).value()},
            .face = Money::from_cents(1),
            .round = draw.at("round").to_number<std::uint32_t>()};
        std::vector<ClearingBidder> bidders;
        std::vector<LiveBid> bids;
        for (const boost::json::value& tied : draw.at("tied").as_array()) {
            const auto index = static_cast<std::uint32_t>(bidders.size());
            bidders.push_back({.ref = from_hex_fixed<16>(text_of(tied.at("bidder_ref"))).value(),
                               .budget = Money::from_cents(100),
                               .weight = tied.at("tickets").to_number<std::uint32_t>()});
            bids.push_back({.item = 0, .bidder = index, .rank = index, .rate_bp = 25});
        }
        const Award award = clear({}, {&item, 1}, bidders, bids, prk).at(0);
        EXPECT_EQ(to_hex(bidders[award.bidder].ref), text_of(draw.at("winner")));
        EXPECT_EQ(award.member, draw.at("member").to_number<std::uint32_t>());
        EXPECT_EQ(award.tied, bidders.size());
    }
}

/// The live bids among the changes of the published sale: replaced and withdrawn ones are gone.
std::map<std::pair<std::string, std::string>, LiveBid> live_bids(const boost::json::array& leaves) {
    std::map<std::pair<std::string, std::string>, LiveBid> live;
    std::uint32_t rank = 0;
    for (const boost::json::value& leaf : leaves) {
        const std::pair key{text_of(leaf.at("certificate_id")), text_of(leaf.at("bidder_ref"))};
        live.erase(key);
        if (leaf.at("kind").to_number<int>() == 1)
            live[key] = {.rank = rank, .rate_bp = leaf.at("rate").to_number<std::uint16_t>()};
        ++rank;
    }
    return live;
}

TEST(ClearingKnownAnswers, the_published_batch_has_its_published_results) {
    const boost::json::object kat = known_answers("draw-kat.json").as_object();
    const boost::json::value transcript =
        known_answers("draw-kat/transcript-" + text_of(kat.at("batch_id")) + ".json");
    const boost::json::array& results = kat.at("results").as_array();
    std::vector<ClearingItem> items;
    std::map<std::string, std::uint32_t> item_of;
    for (const boost::json::value& lot : transcript.at("book").at("lots").as_array()) {
        const boost::json::array& fields = lot.as_array();
        const std::string id = text_of(fields.at(1));
        const auto index = static_cast<std::uint32_t>(items.size());
        item_of[id] = index;
        items.push_back({.adv_no = fields.at(0).to_number<std::uint32_t>(),
                         .certificate_id = {parse_uuid(id).value()},
                         .face = Money::from_cents(std::stoll(text_of(fields.at(2)))),
                         .round = results.at(index).at(6).to_number<std::uint32_t>(),
                         .offered = fields.at(3).to_number<int>() == 1});
    }
    std::vector<ClearingBidder> bidders;
    std::map<std::string, std::uint32_t> bidder_of;
    for (const boost::json::value& bidder : transcript.at("book").at("bidders").as_array()) {
        const boost::json::array& fields = bidder.as_array();
        bidder_of[text_of(fields.at(0))] = static_cast<std::uint32_t>(bidders.size());
        bidders.push_back({.ref = from_hex_fixed<16>(text_of(fields.at(0))).value(),
                           .budget = Money::from_cents(std::stoll(text_of(fields.at(1)))),
                           .weight = fields.at(2).to_number<std::uint32_t>(),
                           .eligible = fields.at(3).to_number<int>() == 1});
    }
    std::vector<LiveBid> bids;
    for (auto [key, bid] : live_bids(kat.at("leaves").as_array())) {
        bid.item = item_of.at(key.first);
        bid.bidder = bidder_of.at(key.second);
        bids.push_back(bid);
    }

    const Hash prk = from_hex_fixed<32>(text_of(kat.at("PRK"))).value();
    const std::vector<Award> awards = clear({}, items, bidders, bids, prk);
    ASSERT_EQ(awards.size(), results.size());
    for (std::size_t i = 0; i < awards.size(); ++i) {
        const boost::json::array& result = results[i].as_array();
        SCOPED_TRACE(boost::json::serialize(result));
        EXPECT_EQ(enum_name(awards[i].outcome), text_of(result.at(2)));
        if (awards[i].outcome != Outcome::withdrawn)
            EXPECT_EQ(awards[i].rate.bp(), result.at(5).to_number<int>());
        if (awards[i].outcome != Outcome::awarded) continue;
        EXPECT_EQ(to_hex(bidders[awards[i].bidder].ref), text_of(result.at(3)));
        EXPECT_EQ(awards[i].member, result.at(4).to_number<std::uint32_t>());
    }
}

} // namespace
} // namespace strikeoff
