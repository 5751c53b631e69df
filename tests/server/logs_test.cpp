#include "log.hpp"
#include "support/server/live_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

// What may be logged, and what may not, is decided by the compiler.
static_assert(log::Loggable<bool> && log::Loggable<int> && log::Loggable<std::uint64_t>);
static_assert(log::Loggable<http::Role> && log::Loggable<BatchId> && log::Loggable<Instant>);
static_assert(log::Loggable<std::chrono::microseconds> && log::Loggable<log::Text>);
static_assert(!log::Loggable<std::string> && !log::Loggable<std::string_view>);
static_assert(!log::Loggable<const char*> && !log::Loggable<char>);
static_assert(!log::Loggable<Rate> && !log::Loggable<Money>);
static_assert(!log::Loggable<Hash> && !log::Loggable<Bytes> && !log::Loggable<Bytes16>);
static_assert(!log::Loggable<log::Secret<std::string>> && !log::Loggable<log::Secret<int>>);
static_assert(!log::LoggableStruct<bids::Wish> && !log::LoggableStruct<bids::JournalRecord>);
static_assert(!std::is_convertible_v<std::string, log::Text>);
static_assert(!std::is_constructible_v<log::Text, log::Secret<std::string>>);
static_assert(!std::is_convertible_v<log::Secret<std::string>, std::string>);
static_assert(!fmt::is_formattable<log::Secret<std::string>>::value);
template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };
static_assert(Printable<std::string> && !Printable<log::Secret<std::string>>);

struct Fields {
    log::Text route;
    int status = 0;
    std::chrono::milliseconds duration_us{};
    bool late = false;
    BatchId batch_id;
};
BOOST_DESCRIBE_STRUCT(Fields, (), (route, status, duration_us, late, batch_id))
static_assert(log::LoggableStruct<Fields>);

struct WithSecret {
    int status = 0;
    std::string key;
};
BOOST_DESCRIBE_STRUCT(WithSecret, (), (status, key))
static_assert(!log::LoggableStruct<WithSecret>);

const Instant noon = *parse_instant("2026-05-27T12:00:00.000001Z");

std::vector<boost::json::object> access_lines(std::string_view route) {
    std::vector<boost::json::object> found;
    for (const std::string& line : LiveServer::instance().log_lines()) {
        boost::json::object object = boost::json::parse(line).as_object();
        if (object.at("message") == "request" && object.at("route").as_string() == route)
            found.push_back(std::move(object));
    }
    return found;
}

TEST(Logs, are_one_object_a_line_with_typed_fields) {
    LiveServer& server = LiveServer::instance();
    const std::size_t before = access_lines("/api/v1/batches/{batch_id}").size();
    const std::string id = fresh_bid_id();
    EXPECT_EQ(server.call("GET", "/api/v1/batches/" + id + "?colour=green").status, 404);
    const auto lines = access_lines("/api/v1/batches/{batch_id}");
    ASSERT_EQ(lines.size(), before + 1);
    const boost::json::object& line = lines.back();
    EXPECT_TRUE(std::regex_match(std::string(line.at("time").as_string()),
                                 std::regex{R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)"}));
    EXPECT_EQ(line.at("level"), "info");
    EXPECT_EQ(line.at("method"), "get");
    EXPECT_EQ(line.at("status"), 404);
    EXPECT_EQ(line.at("role"), "visitor");
    EXPECT_EQ(line.at("request_id").as_string().size(), 16U);
    EXPECT_GT(line.at("duration_us").as_int64(), 0);
    for (const std::string& text : server.log_lines()) {
        EXPECT_THAT(text, Not(HasSubstr("colour")));
        EXPECT_THAT(text, Not(HasSubstr("green")));
    }
}

TEST(Logs, tell_nothing_of_a_bid_and_nothing_of_a_key) {
    LiveServer& server = LiveServer::instance();
    TestSale sale{{.items_a_batch = 2}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    const std::string bid_id = fresh_bid_id();
    ASSERT_EQ(sale.bid(bidder, 0, "7.25", 0, bid_id).status, 200);
    ASSERT_EQ(
        server.call("GET", "/api/v1/batches/" + sale.batches[0] + "/bids/mine", bidder.key).status,
        200);
    EXPECT_TRUE(access_lines("/api/v1/batches/{batch_id}/bids").empty())
        << "a line a bid would cost more than the bid";
    const auto lines = access_lines("/api/v1/batches/{batch_id}/bids/mine");
    ASSERT_FALSE(lines.empty());
    std::vector<std::string> keys;
    for (const auto& member : lines.back())
        keys.emplace_back(member.key());
    EXPECT_THAT(keys, ::testing::ElementsAre("time", "level", "message", "request_id", "method",
                                             "route", "status", "role", "duration_us"))
        << "a size would tell how many bids there are";
    for (const std::string& whole : server.log_lines()) {
        const std::string line = whole.substr(whole.find(R"("level")")); // A time may have 7.25 s.
        EXPECT_THAT(line, Not(HasSubstr(bid_id)));
        EXPECT_THAT(line, Not(HasSubstr("7.25")));
        EXPECT_THAT(line, Not(HasSubstr(sale.certificate(0))));
        EXPECT_THAT(line, Not(HasSubstr(bidder.key)));
        EXPECT_THAT(line, Not(HasSubstr(bidder.id)));
        EXPECT_THAT(line, Not(HasSubstr(server.admin_key())));
    }
}

TEST(Logs, name_requests_whose_bodies_were_refused_unread) {
    LiveServer& server = LiveServer::instance();
    const std::string route = "/api/v1/counties/{county_id}/imports/nal";
    const std::string head = "POST /api/v1/counties/" + fresh_bid_id() +
                             "/imports/nal HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\n";
    const auto status_of_last = [&] {
        const auto lines = access_lines(route);
        return lines.empty() ? 0 : lines.back().at("status").as_int64();
    };
    const std::size_t before = access_lines(route).size();
    EXPECT_TRUE(server.raw(head + "Content-Length: 90000000\r\n\r\n").starts_with("HTTP/1.1 401"));
    EXPECT_EQ(status_of_last(), 401);
    const TestUser investor = make_user("investor");
    EXPECT_TRUE(server
                    .raw(head + "Authorization: Bearer " + investor.key +
                         "\r\nContent-Length: 90000000\r\n\r\n")
                    .starts_with("HTTP/1.1 404"));
    EXPECT_EQ(status_of_last(), 404);
    EXPECT_EQ(access_lines(route).back().at("role"), "investor");
    EXPECT_TRUE(server
                    .raw(head + "Authorization: Bearer " + server.admin_key() +
                         "\r\nContent-Length: 90000000000\r\n\r\n")
                    .starts_with("HTTP/1.1 413"));
    EXPECT_EQ(status_of_last(), 413);
    EXPECT_EQ(access_lines(route).size(), before + 3) << "one line a request";
}

TEST(Logs, escape_whatever_others_say) {
    const std::string said = "line\nbreak \"quoted\" \xff\xc3 \xc3\xbc \x01";
    log::Line line{"it failed", log::Format::json};
    line.add("error", log::Text{said});
    const std::string text = line.formatted(log::Level::error, noon);
    EXPECT_EQ(text.find('\n'), std::string::npos);
    const boost::json::object object = boost::json::parse(text).as_object();
    EXPECT_EQ(object.at("time"), "2026-05-27T12:00:00.000001Z");
    EXPECT_EQ(object.at("level"), "error");
    EXPECT_EQ(object.at("message"), "it failed");
    EXPECT_EQ(object.at("error"), "line\nbreak \"quoted\" \xef\xbf\xbd\xef\xbf\xbd \xc3\xbc \x01");
}

TEST(Logs, have_a_form_for_people) {
    log::Line line{"a request", log::Format::text};
    line.add_all(Fields{.route = log::Text{"/a b\n"},
                        .status = 200,
                        .duration_us = 3ms,
                        .late = true,
                        .batch_id = {}});
    EXPECT_EQ(line.formatted(log::Level::warning, noon),
              R"(2026-05-27T12:00:00.000001Z warning a request route="/a b\n" status=200 )"
              "duration_us=3000 late=true batch_id=00000000-0000-0000-0000-000000000000");
}

TEST(Logs, hold_what_a_failure_was_and_the_answer_does_not) {
    LiveServer& server = LiveServer::instance();
    db::Connection owner = server.connect();
    owner.execute("ALTER TABLE counties RENAME TO counties_away");
    const Reply reply = server.call("GET", "/api/v1/counties");
    owner.execute("ALTER TABLE counties_away RENAME TO counties");
    ASSERT_EQ(reply.status, 500);
    EXPECT_THAT(reply.body, Not(HasSubstr("relation")));
    const std::string last = [&] {
        std::string found;
        for (const std::string& line : server.log_lines())
            if (line.find("\"a request failed\"") != std::string::npos) found = line;
        return found;
    }();
    EXPECT_THAT(last, HasSubstr("relation"));
    EXPECT_THAT(last, HasSubstr("\"request_id\":\"" + reply.text("request_id") + "\""));
}

} // namespace
} // namespace strikeoff::testing
