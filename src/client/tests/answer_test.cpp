#include "client/answer.hpp"
#include "client/api.hpp"

#include <gtest/gtest.h>

namespace strikeoff::client {
namespace {

struct Small {
    int number = 0;
    std::optional<std::string> text;
    std::vector<Money> amounts;
};
BOOST_DESCRIBE_STRUCT(Small, (), (number, text, amounts))

TEST(Answers, known_members_are_read_and_new_ones_left_alone) {
    const auto small = read_answer<Small>(
        std::string_view{R"({"number":3,"text":null,"amounts":["1.50"],"new":{"a":1}})"});
    ASSERT_TRUE(small.has_value());
    EXPECT_EQ(small->number, 3);
    EXPECT_FALSE(small->text.has_value());
    EXPECT_EQ(small->amounts, std::vector{Money::from_cents(150)});
}

TEST(Answers, what_is_missing_or_wrong_is_named) {
    const auto fault = [](std::string_view text) {
        const auto small = read_answer<Small>(text);
        return small ? "" : small.error().message;
    };
    EXPECT_NE(fault(R"({"number":3})").find("amounts"), std::string::npos);
    EXPECT_NE(fault(R"({"number":"3","amounts":[]})").find("number"), std::string::npos);
    EXPECT_NE(fault(R"({"number":3,"amounts":["x"]})").find("amounts"), std::string::npos);
    EXPECT_NE(fault(R"({"number":3,"amounts":[],"text":1})").find("text"), std::string::npos);
    EXPECT_NE(fault("[]").find("document"), std::string::npos);
    EXPECT_NE(fault("<html>"), "");
}

TEST(Answers, a_refusal_keeps_the_servers_reason) {
    const Error error = refusal_of(
        {.status = 409, .body = R"({"reason":"bid.batch_closed","detail":"closed","status":409})"});
    EXPECT_EQ(error.reason, "bid.batch_closed");
    EXPECT_EQ(error.message, "closed");
    EXPECT_EQ(error.code, ErrorCode::conflict);
}

TEST(Answers, a_refusal_that_is_no_problem_document_has_its_status) {
    const Error error = refusal_of({.status = 502, .body = "<html>"});
    EXPECT_EQ(error.reason, "http.502");
    EXPECT_EQ(error.code, ErrorCode::unavailable);
}

TEST(Answers, a_request_that_a_dead_service_began_is_not_refused) {
    const auto code = [](std::string_view reason) {
        return refusal_of({409, fmt::format(R"({{"reason":"{}","detail":""}})", reason)}).code;
    };
    EXPECT_EQ(code("idempotency.in_flight"), ErrorCode::unavailable);
    EXPECT_EQ(code("secret.too_late"), ErrorCode::conflict);
}

} // namespace
} // namespace strikeoff::client
