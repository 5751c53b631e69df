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

} // namespace
} // namespace strikeoff
