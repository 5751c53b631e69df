#include "http/admission.hpp"

#include <gtest/gtest.h>

namespace strikeoff::http {
namespace {

using namespace std::chrono_literals;

const Bytes here{192, 0, 2};
const Bytes there{198, 51, 100};

Caller user(std::uint8_t number) {
    Caller caller{.role = Role::investor, .user = UserId{}};
    caller.user->uuid.bytes[15] = number;
    return caller;
}

/// Requests that are let in before the first that is not, of at most `count`.
int let_in(Admission& admission, Traffic traffic, const Caller& caller, const Bytes& network,
           int count) {
    for (int i = 0; i < count; ++i)
        if (admission.request(traffic, caller, network)) return i;
    return count;
}

TEST(Admission, sheds_in_order) {
    Admission admission{{.request_queue = 64, .bid_queue = 1000}};
    const auto limit_of = [&](Traffic traffic) {
        std::size_t waiting = 0;
        while (admission.has_room(traffic, waiting))
            ++waiting;
        return waiting;
    };
    EXPECT_EQ(limit_of(Traffic::heavy), 16U);
    EXPECT_EQ(limit_of(Traffic::list), 16U);
    EXPECT_EQ(limit_of(Traffic::read), 32U);
    EXPECT_EQ(limit_of(Traffic::write), 48U);
    EXPECT_EQ(limit_of(Traffic::urgent), 64U);
    EXPECT_EQ(limit_of(Traffic::probe), 1000U) << "who bids is looked up where the bids are";
    admission.tighten(true);
    EXPECT_EQ(limit_of(Traffic::heavy), 4U);
    EXPECT_EQ(limit_of(Traffic::list), 4U);
    EXPECT_EQ(limit_of(Traffic::read), 32U) << "near an end only what can wait is shed earlier";
    EXPECT_EQ(limit_of(Traffic::urgent), 64U);
}

TEST(Admission, counts_bids_by_user_and_never_by_address) {
    AdmissionOptions options;
    options.of(Quota::bids) = {.count = 1, .per = 3600s, .burst = 10};
    Admission admission{options};
    EXPECT_EQ(let_in(admission, Traffic::bid, user(1), here, 20), 10);
    EXPECT_EQ(let_in(admission, Traffic::bid, user(1), there, 20), 0) << "wherever it is";
    for (std::uint8_t other = 2; other < 202; ++other)
        EXPECT_EQ(let_in(admission, Traffic::bid, user(other), here, 10), 10)
            << "an office of two hundred bidders has one address";
}

TEST(Admission, counts_lists_by_user_and_by_address) {
    AdmissionOptions options;
    options.of(Quota::lists) = {.count = 1, .per = 3600s, .burst = 5};
    options.of(Quota::address_lists) = {.count = 1, .per = 3600s, .burst = 12};
    Admission admission{options};
    EXPECT_EQ(let_in(admission, Traffic::list, user(1), here, 20), 5);
    EXPECT_EQ(let_in(admission, Traffic::list, user(2), here, 20), 5);
    EXPECT_EQ(let_in(admission, Traffic::list, {}, here, 20), 2);
    EXPECT_EQ(let_in(admission, Traffic::list, {}, there, 20), 12);
    EXPECT_EQ(let_in(admission, Traffic::bid, user(1), here, 20), 20) << "bids have their own";
    EXPECT_EQ(let_in(admission, Traffic::urgent, user(1), here, 20), 20);
}

TEST(Admission, counts_what_visitors_read_by_address) {
    AdmissionOptions options;
    options.of(Quota::address_reads) = {.count = 1, .per = 3600s, .burst = 5};
    Admission admission{options};
    EXPECT_EQ(let_in(admission, Traffic::read, {}, here, 20), 5);
    EXPECT_EQ(let_in(admission, Traffic::read, {}, there, 20), 5);
    EXPECT_EQ(let_in(admission, Traffic::read, user(1), here, 20), 20);
}

TEST(Admission, gives_places_to_bids_and_takes_them_back) {
    Admission admission{{.bid_queue = 2}};
    auto first = admission.enter_bid();
    {
        const auto second = admission.enter_bid();
        EXPECT_TRUE(first && second);
        EXPECT_FALSE(admission.enter_bid());
        EXPECT_EQ(admission.bids_under_way(), 2U);
    }
    EXPECT_EQ(admission.bids_under_way(), 1U);
    std::vector<Admission::Place> lines;
    while (auto place = admission.enter_bid(8192))
        lines.push_back(*std::move(place));
    EXPECT_EQ(lines.size(), 32U) << "lines under way are bounded, and so is their memory";
    EXPECT_TRUE(admission.enter_bid()) << "they leave room for single bids";
    lines.pop_back();
    EXPECT_TRUE(admission.enter_bid(8192));
}

TEST(Admission, counts_the_connections_of_a_network) {
    AdmissionOptions options{.connections_per_address = 2};
    options.of(Quota::address_connections) = {.count = 1, .per = 3600s, .burst = 5};
    Admission admission{options};
    using enum Admission::Entry;
    EXPECT_EQ(admission.enter(here), open);
    EXPECT_EQ(admission.enter(here), open);
    EXPECT_EQ(admission.enter(here), too_many);
    EXPECT_EQ(admission.enter(there), open);
    admission.leave(here);
    EXPECT_EQ(admission.enter(here), open);
    admission.leave(here);
    admission.leave(here);
    EXPECT_EQ(admission.enter(here), open);
    EXPECT_EQ(admission.enter(here), too_fast) << "the sixth new one";
    EXPECT_EQ(admission.enter(there), open);
}

TEST(Admission, says_what_was_met_and_until_when) {
    const Limited met{Quota::bids, {.count = 50, .per = 1s, .burst = 200}, 3s};
    const Response response = limited_response(met, "id");
    EXPECT_EQ(response.status, 429);
    using Header = std::pair<std::string, std::string>;
    EXPECT_EQ(response.headers, (std::vector<Header>{{"Retry-After", "3"},
                                                     {"RateLimit-Policy", "\"bids\";q=200;w=4"},
                                                     {"RateLimit", "\"bids\";r=0;t=3"}}));
}

} // namespace
} // namespace strikeoff::http
