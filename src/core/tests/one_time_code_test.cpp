#include "core/base32.hpp"
#include "core/one_time_code.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>

namespace strikeoff {
namespace {

/// The records of a file of `NAME = value` lines, a blank line after each.
std::vector<std::map<std::string, std::string>> records_of(const std::string& name) {
    std::ifstream file{STRIKEOFF_TEST_DATA "/otp/" + name};
    std::vector<std::map<std::string, std::string>> records(1);
    for (std::string line; std::getline(file, line);) {
        const std::size_t sign = line.find(" = ");
        if (sign != std::string::npos)
            records.back()[line.substr(0, sign)] = line.substr(sign + 3);
        else if (!records.back().empty())
            records.emplace_back();
    }
    if (records.back().empty()) records.pop_back();
    return records;
}

Instant at_second(std::int64_t second) {
    return Instant::from_micros(second * 1'000'000);
}

TEST(OneTimeCode, matches_rfc_4226) {
    const auto records = records_of("rfc-4226.txt");
    ASSERT_EQ(records.size(), 10U);
    for (const auto& record : records)
        EXPECT_EQ(counter_code(as_bytes(record.at("SECRET")), std::stoull(record.at("COUNTER"))),
                  record.at("HOTP"));
}

TEST(OneTimeCode, matches_rfc_6238) {
    int checked = 0;
    for (const auto& record : records_of("rfc-6238.txt")) {
        if (record.at("MODE") != "SHA1") continue; // The only one that every app knows.
        ++checked;
        const std::int64_t step = one_time_step(at_second(std::stoll(record.at("TIME"))));
        EXPECT_EQ(counter_code(as_bytes(record.at("SECRET")), static_cast<std::uint64_t>(step), 8),
                  record.at("TOTP"));
    }
    EXPECT_EQ(checked, 6);
}

TEST(OneTimeCode, is_good_in_its_step_and_ten_seconds_longer) {
    const ByteView secret = as_bytes("12345678901234567890");
    constexpr std::int64_t step = 50'000'000;
    constexpr std::int64_t begin = step * one_time_step_seconds;
    const std::string code = counter_code(secret, step);
    EXPECT_EQ(accepted_step(secret, code, at_second(begin - 1), 0), std::nullopt);
    EXPECT_EQ(accepted_step(secret, code, at_second(begin), 0), step);
    EXPECT_EQ(accepted_step(secret, code, at_second(begin + 29), 0), step);
    EXPECT_EQ(accepted_step(secret, code, at_second(begin + 39), 0), step);
    EXPECT_EQ(accepted_step(secret, code, at_second(begin + 40), 0), std::nullopt);
    EXPECT_EQ(accepted_step(secret, code, at_second(begin + 61), 0), std::nullopt);
}

TEST(OneTimeCode, is_good_once) {
    const ByteView secret = as_bytes("12345678901234567890");
    constexpr std::int64_t step = 50'000'000;
    const Instant now = at_second(step * one_time_step_seconds + 5);
    EXPECT_EQ(accepted_step(secret, counter_code(secret, step), now, step), std::nullopt);
    EXPECT_EQ(accepted_step(secret, counter_code(secret, step - 1), now, step), std::nullopt);
    EXPECT_EQ(accepted_step(secret, counter_code(secret, step - 1), now, step - 2), step - 1);
    EXPECT_EQ(accepted_step(secret, "", now, 0), std::nullopt);
    EXPECT_EQ(accepted_step(secret, counter_code(secret, step) + "0", now, 0), std::nullopt);
}

TEST(Base32, matches_rfc_4648) {
    const std::pair<std::string_view, std::string_view> pairs[] = {{"", ""},
                                                                   {"f", "MY"},
                                                                   {"fo", "MZXQ"},
                                                                   {"foo", "MZXW6"},
                                                                   {"foob", "MZXW6YQ"},
                                                                   {"fooba", "MZXW6YTB"},
                                                                   {"foobar", "MZXW6YTBOI"}};
    for (const auto& [plain, coded] : pairs) {
        EXPECT_EQ(to_base32(as_bytes(plain)), coded);
        const auto read = from_base32(coded);
        ASSERT_TRUE(read) << coded;
        EXPECT_EQ(as_text(*read), plain);
    }
    EXPECT_EQ(as_text(*from_base32("mzxw 6ytb-oi======")), "foobar");
    for (const std::string_view bad : {"M", "MZ1", "MY=A", "MZ", "MZXW6YTBO"})
        EXPECT_FALSE(from_base32(bad)) << bad;
}

} // namespace
} // namespace strikeoff
