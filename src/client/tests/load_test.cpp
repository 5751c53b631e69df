#include "client/load.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace strikeoff::client {
namespace {

TEST(LoadBids, every_bidder_bids_on_every_certificate_before_any_repeats) {
    std::set<std::pair<std::size_t, std::size_t>> pairs;
    for (std::uint64_t number = 0; number < 21; ++number) {
        const LoadBid bid = load_bid(number, 3, 7, 0);
        EXPECT_TRUE(pairs.emplace(bid.bidder, bid.certificate).second);
        EXPECT_EQ(bid.rate, Rate::from_bp(1800));
    }
    EXPECT_EQ(pairs.size(), 21U);
}

TEST(LoadBids, a_pair_never_gets_the_rate_it_has) {
    std::map<std::pair<std::size_t, std::size_t>, Rate> standing;
    for (std::uint64_t number = 0; number < 6 * 200; ++number) {
        const LoadBid bid = load_bid(number, 2, 3, 70);
        EXPECT_EQ(bid.rate.bp() % 25, 0);
        EXPECT_GE(bid.rate.bp(), 25);
        EXPECT_LE(bid.rate.bp(), 1800);
        const auto [found, fresh] = standing.try_emplace({bid.bidder, bid.certificate}, bid.rate);
        if (!fresh) EXPECT_NE(found->second, bid.rate);
        found->second = bid.rate;
    }
}

TEST(LoadFiles, lines_are_read_and_wrong_ones_named) {
    const std::string id = "01a0c459-9d3b-7fe6-aaad-a4d044eab9bc";
    EXPECT_EQ(read_certificates(id + "\n" + id + "\n").value().size(), 2U);
    EXPECT_EQ(read_certificates(id + "\nx\n").error().message,
              "2: must be the id of a certificate");
    const auto bidders = read_bidder_keys(id + " so_abc\n\n" + id + " so_def").value();
    ASSERT_EQ(bidders.size(), 2U);
    EXPECT_EQ(bidders[1].key, "so_def");
    EXPECT_EQ(bidders[0].user.text(), id);
    for (const std::string& wrong : {id, id + " ", "so_abc " + id})
        EXPECT_EQ(read_bidder_keys(wrong).error().message, "1: a line is `user_id key`");
}

TEST(ServerAddress, schemes_hosts_and_ports_are_taken_and_nothing_else) {
    EXPECT_EQ(parse_server("http://127.0.0.1:8080").value().authority(), "127.0.0.1:8080");
    EXPECT_EQ(parse_server("http://sale.example/").value().port, "80");
    EXPECT_EQ(parse_server("https://sale.example").value().port, "443");
    EXPECT_TRUE(parse_server("https://sale.example:8443").value().tls);
    for (const char* wrong : {"", "127.0.0.1:8080", "ftp://sale.example", "http://", "http://a/b",
                              "ftp://a", "http://a:b"})
        EXPECT_EQ(parse_server(wrong).has_value(), false) << wrong;
}

} // namespace
} // namespace strikeoff::client
