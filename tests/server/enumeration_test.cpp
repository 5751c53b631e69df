// Nobody learns who has an account: not by what is answered, and not by how long that takes.
//
// STRIKEOFF_ENUMERATION_TRIES is how many known and how many unknown addresses are tried at each
// door; 500 want some minutes.
#include "support/server/api_stage.hpp"
#include "support/server/rank_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace strikeoff::testing {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double chance_min = 0.01;

int tries() {
    const char* const wanted = std::getenv("STRIKEOFF_ENUMERATION_TRIES");
    return wanted ? std::stoi(wanted) : 40;
}

std::string fresh_address() {
    return fresh_bid_id() + "@example.org";
}

/// So many addresses with accounts, each with the hash of a real password.
std::vector<std::string> make_accounts(int count) {
    const Person model = sign_up();
    db::Connection owner = LiveServer::instance().connect();
    std::vector<std::string> addresses;
    for (int i = 0; i < count; ++i) {
        addresses.push_back(fresh_address());
        owner.execute("INSERT INTO users (email, password_hash, role, status, first_name, "
                      "last_name, email_verified_at) SELECT '" +
                      addresses.back() +
                      "', password_hash, role, status, first_name, last_name, email_verified_at "
                      "FROM users WHERE id = '" +
                      model.id + "'");
    }
    return addresses;
}

/// What of an answer is not its own: the status, the names of its fields, the body without its id.
std::string shape_of(const RawAnswer& answer) {
    std::string shape = std::to_string(answer.status);
    std::istringstream head{answer.head};
    for (std::string line; std::getline(head, line);)
        shape += "\n" + line.substr(0, line.find(':'));
    shape = shape.substr(0, shape.find("HTTP/")) + "\n" + answer.body;
    const std::string mark = "\"request_id\":\"";
    const std::size_t id = shape.find(mark);
    if (id != std::string::npos) shape.erase(id, mark.size() + 16);
    return shape;
}

struct Tried {
    std::vector<double> known; ///< Milliseconds.
    std::vector<double> unknown;
    std::map<std::string, int> shapes; ///< Of the answers to both.
};

/// Asks `path` with a body for each address, known and unknown ones in random order, from networks
/// that no limit has seen often.
Tried ask(const std::string& path, const std::vector<std::string>& known,
          const std::function<std::string(const std::string&)>& body_of) {
    struct Try {
        std::string address;
        bool is_known = false;
    };
    std::vector<Try> order;
    for (const std::string& address : known) {
        order.push_back({address, true});
        order.push_back({fresh_address(), false});
    }
    std::mt19937 random{20260526};
    std::ranges::shuffle(order, random);
    Tried tried;
    static int network = 0;
    for (const Try& next : order) {
        const ApiCall call{.method = "POST",
                           .target = path,
                           .headers = {{"X-Strikeoff", "1"}, {"Sec-Fetch-Site", "same-origin"}},
                           .content_type = "application/json",
                           .body = body_of(next.address)};
        ++network;
        const std::string from = fmt::format("127.{}.{}.1", 1 + network / 250, network % 250);
        const Clock::time_point begin = Clock::now();
        const RawAnswer answer = send(call, from.c_str());
        const std::chrono::duration<double, std::milli> took = Clock::now() - begin;
        (next.is_known ? tried.known : tried.unknown).push_back(took.count());
        ++tried.shapes[shape_of(answer)];
    }
    return tried;
}

/// Expects the same answers in the same time. By chance one sample in a hundred would look
/// different; a second one of its own does so once in ten thousand.
void expect_no_difference(const std::string& path,
                          const std::function<std::string(const std::string&)>& body_of) {
    double chance = 0;
    for (int round = 0; round < 2 && chance <= chance_min; ++round) {
        const Tried tried = ask(path, make_accounts(tries()), body_of);
        EXPECT_THAT(tried.shapes, ::testing::SizeIs(1)) << path;
        chance = rank_test(tried.known, tried.unknown);
        const auto middle = [](std::vector<double> values) {
            std::ranges::sort(values);
            return values.at(values.size() / 2);
        };
        fmt::print("{}: {} tries each, known {:.2f} ms, unknown {:.2f} ms, p = {:.4f}\n", path,
                   tried.known.size(), middle(tried.known), middle(tried.unknown), chance);
    }
    EXPECT_GT(chance, chance_min) << path << " takes another time for who has an account";
}

TEST(Enumeration, of_accounts_by_signing_in_tells_nothing) {
    expect_no_difference("/api/v1/auth/sign-in", [](const std::string& address) {
        return R"({"email":")" + address + R"(","password":"not the password of anybody"})";
    });
}

TEST(Enumeration, of_accounts_by_signing_in_again_and_again_tells_nothing) {
    // After five failures the account is delayed, which is answered as if nothing were.
    const std::vector<std::string> known(8, make_accounts(1).front());
    const Tried tried = ask("/api/v1/auth/sign-in", known, [](const std::string& address) {
        return R"({"email":")" + address + R"(","password":"not the password of anybody"})";
    });
    EXPECT_THAT(tried.shapes, ::testing::SizeIs(1));
}

TEST(Enumeration, of_accounts_by_asking_for_a_new_password_tells_nothing) {
    expect_no_difference("/api/v1/auth/ask-for-reset", [](const std::string& address) {
        return R"({"email":")" + address + R"("})";
    });
}

TEST(Enumeration, of_accounts_by_signing_up_tells_nothing) {
    expect_no_difference("/api/v1/auth/sign-up", [](const std::string& address) {
        return R"({"email":")" + address +
               R"(","password":"seven herons by the marsh","first_name":"A","last_name":"B"})";
    });
}

TEST(RankTest, tells_samples_apart_and_only_those_that_differ) {
    std::mt19937 random{7};
    std::vector<double> one;
    std::vector<double> same;
    std::vector<double> slower;
    for (int i = 0; i < 60; ++i) {
        const auto draw = [&] { return 90 + static_cast<double>(random() % 1000) / 100; };
        one.push_back(draw());
        same.push_back(draw());
        slower.push_back(draw() + 3);
    }
    EXPECT_GT(rank_test(one, same), 0.05);
    EXPECT_LT(rank_test(one, slower), 0.001);
    EXPECT_LT(rank_test(slower, one), 0.001);
    // Worked by hand: U is 4.5 against 18, its variance 38.59.
    EXPECT_NEAR(rank_test({1, 2, 3, 4, 5, 6}, {4, 5, 6, 7, 8, 9}), 0.03638, 0.0001);
    EXPECT_EQ(rank_test({1, 1}, {1, 1}), 1);
}

} // namespace
} // namespace strikeoff::testing
