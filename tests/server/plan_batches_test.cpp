#include "support/server/live_server.hpp"

#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

/// A sale with five items that are in no batch yet.
class PlanBatches : public ::testing::Test {
protected:
    PlanBatches() {
        LiveServer::instance().connect().execute(
            fmt::format("INSERT INTO properties (county_id, parcel_id) "
                        "SELECT '{0}', 'Q' || g FROM generate_series(1, 5) g; "
                        "INSERT INTO certificates (county_id, property_id, tax_year, face_value) "
                        "SELECT county_id, id, 2025, 100 FROM properties "
                        "WHERE county_id = '{0}' AND parcel_id LIKE 'Q%'",
                        sale_.county));
    }

    Reply plan(const std::string& size, std::chrono::seconds start = 0s) const {
        LiveServer& server = LiveServer::instance();
        const Instant now = server.now();
        return server.call(
            "POST", "/api/v1/auctions/" + sale_.auction + "/batches/plan", sale_.staff.key,
            fmt::format(R"({{"start_time":"{}","first_close":"{}T08:00","size":{}}})",
                        format_instant(now + start), format_instant(now + 240h).substr(0, 10),
                        size));
    }
    /// How many items each planned batch has, by number.
    std::string sizes() const {
        return one_value("SELECT string_agg(items::text, ' ' ORDER BY number) FROM ("
                         "SELECT b.number, count(*) AS items FROM batches b "
                         "JOIN batch_certificates l ON l.batch_id = b.id WHERE b.auction_id = '" +
                         sale_.auction + "' AND b.number > 1 GROUP BY b.number) planned");
    }

    TestSale sale_{{.items_a_batch = 1, .commit = false}};
};

TEST_F(PlanBatches, fills_them_in_order_and_the_last_with_the_rest) {
    const Reply planned = plan("2");
    EXPECT_EQ(planned.status, 201) << planned.body;
    EXPECT_EQ(planned.text("batches"), "3");
    EXPECT_EQ(sizes(), "2 2 1");
    EXPECT_EQ(plan("2").reason(), "batch.empty") << "nothing is left";
}

TEST_F(PlanBatches, has_bounds_for_the_size_of_a_batch) {
    for (const char* size : {"0", "-1", "100001", "2147483647"}) {
        const Reply refused = plan(size);
        EXPECT_EQ(refused.status, 422) << size << refused.body;
        EXPECT_EQ(refused.reason(), "batch.size") << size;
        EXPECT_EQ(sizes(), "") << "nothing is planned";
    }
    EXPECT_EQ(plan("100000").text("batches"), "1");
    EXPECT_EQ(sizes(), "5");
}

TEST_F(PlanBatches, end_after_they_start) {
    EXPECT_EQ(plan("5", 480h).reason(), "batch.times");
    EXPECT_EQ(sizes(), "");
    EXPECT_EQ(plan("1").status, 201);
    EXPECT_EQ(sizes(), "1 1 1 1 1");
}

} // namespace
} // namespace strikeoff::testing
