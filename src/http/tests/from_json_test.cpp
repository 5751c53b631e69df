#include "http/json.hpp"

#include <gtest/gtest.h>

namespace strikeoff::http {
namespace {

struct Row {
    std::string name;
    int number = 0;
};
BOOST_DESCRIBE_STRUCT(Row, (), (name, number))

struct Rows {
    std::vector<Row> rows;
};
BOOST_DESCRIBE_STRUCT(Rows, (), (rows))

TEST(FromJson, a_body_that_is_wrong_throughout_gets_a_hundred_complaints) {
    std::string body = R"({"rows":[)";
    for (int i = 0; i < 1000; ++i)
        body += "{},";
    body.back() = ']';
    const auto rows = from_json<Rows>(body + "}");
    ASSERT_FALSE(rows);
    EXPECT_EQ(rows.error().reason, "body.invalid");
    ASSERT_EQ(rows.error().fields.size(), 100u);
    EXPECT_EQ(rows.error().fields.front().field, "rows.0.name");
}

} // namespace
} // namespace strikeoff::http
