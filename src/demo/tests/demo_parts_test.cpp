#include "core/csv.hpp"
#include "db/embedded.hpp"
#include "demo/audit.hpp"
#include "demo/gunzip.hpp"
#include "demo/summary.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace strikeoff::demo {
namespace {

TEST(RateHistogram, the_longest_bar_is_the_most_frequent_and_no_award_is_lost) {
    const std::map<Rate, int> rates{{Rate::from_bp(0), 3},    {Rate::from_bp(25), 100},
                                    {Rate::from_bp(50), 1},   {Rate::from_bp(100), 1},
                                    {Rate::from_bp(125), 7},  {Rate::from_bp(1775), 2},
                                    {Rate::from_bp(1800), 10}};
    EXPECT_EQ(rate_histogram(rates),
              "      0.00 %      3  ##\n"
              "      0.25 %    100  ##################################################\n"
              "   to 1.00 %      2  #\n"
              "   to 2.00 %      7  ####\n"
              "  to 18.00 %     12  ######\n");
    EXPECT_EQ(rate_histogram({}), "");
}

TEST(Purses, the_same_seed_gives_the_same_ones_and_some_are_small) {
    const auto purses = deal_purses(4, 200);
    const auto again = deal_purses(4, 200);
    ASSERT_EQ(purses.size(), 200U);
    EXPECT_TRUE(std::ranges::equal(purses, again, {}, &Purse::deposits, &Purse::deposits));
    EXPECT_TRUE(std::ranges::equal(purses, again, {}, &Purse::own_limit, &Purse::own_limit));
    const auto limited =
        std::ranges::count_if(purses, [](const Purse& p) { return p.own_limit.has_value(); });
    EXPECT_GT(limited, 20);
    EXPECT_LT(limited, 120);
    for (const Purse& purse : purses)
        EXPECT_GT(purse.deposits, Money{});
}

TEST(GroupFile, every_member_has_a_number_of_its_own) {
    const std::string csv = group_csv(2, 3);
    EXPECT_EQ(csv, "number,name\n"
                   "G2-000001,Affiliate 1 of group 2\n"
                   "G2-000002,Affiliate 2 of group 2\n"
                   "G2-000003,Affiliate 3 of group 2\n");
}

TEST(Parcels, the_binary_carries_all_of_them) {
    const auto files = embedded_demo_files();
    const auto packed = std::ranges::find(files, "parcels.csv.gz", &EmbeddedFile::name);
    ASSERT_NE(packed, files.end());
    const std::string csv = gunzip(packed->text());
    CsvReader reader{csv};
    ASSERT_TRUE(reader.read_header().has_value());
    int parcels = 0;
    while (reader.next().value())
        ++parcels;
    EXPECT_EQ(parcels, 4555);
}

TEST(Gunzip, a_file_that_is_cut_off_or_none_is_refused) {
    const std::string_view packed = embedded_demo_files().front().text();
    EXPECT_THROW((void)gunzip(packed.substr(0, packed.size() / 2)), std::runtime_error);
    EXPECT_THROW((void)gunzip("parcel_id,owner\n"), std::runtime_error);
    EXPECT_THROW((void)gunzip(""), std::runtime_error);
}

TEST(Thousands, are_set_apart) {
    EXPECT_EQ(thousands(0), "0");
    EXPECT_EQ(thousands(999), "999");
    EXPECT_EQ(thousands(1000), "1,000");
    EXPECT_EQ(thousands(1234567), "1,234,567");
}

} // namespace
} // namespace strikeoff::demo
