// Hashes of passwords that another program has made, and what looks like them.
#include "modules/identity/password_hasher.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace strikeoff::identity {
namespace {

using Clock = std::chrono::steady_clock;

constexpr Hash pepper{1, 2, 3};
constexpr std::string_view password = "tin roof rusted";

/// Made by the reference implementation (libargon2 20171227) from HMAC-SHA-256(pepper, password).
constexpr std::string_view ours =
    "$argon2id$v=19$m=65536,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$Iq5fotWCaquDJCj40J/0ims1WA0KbkvNqe5sckg/"
    "Etc";
constexpr std::string_view others[] = {
    "$argon2id$v=19$m=65536,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$OPqB2wA6hlWqXnZBYbROMA",
    "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$9UG3FdROpihMtdGRG+mtPpfZzqiLU0LhIXC2+1tw"
    "s+4",
    "$argon2id$v=19$m=8192,t=3,p=4$ZmVkY2JhOTg3NjU0MzIxMA$xgM2i27RHizwvIW3AWGsDj/cdXsAL5IVKux6inPrO"
    "b8",
    "$argon2id$v=19$m=47104,t=1,p=1$YSBsb25nZXIgc2FsdCBvZiBieXRlcw$goUQMYVO+49NSfxIfWg1ii3m0jKjw9Y+"
    "6MQbGdUsDXANzOw/qOAjGVO2cUfj8gC2YjPqTpnjYkXYHjXDizgEyQ",
    "$argon2id$v=19$m=262144,t=3,p=1$c2FsdHNhbHRzYWx0c2FsdA$T/yVm8ihzvHhJEl3IMd1qznWEdODVjXCWi3b05U"
    "5a9M"};

/// `ours` with a part of it replaced.
std::string with(std::string_view part, std::string_view instead) {
    std::string text{ours};
    return text.replace(text.find(part), part.size(), instead);
}

TEST(PasswordHashStrings, of_the_reference_implementation_fit) {
    PasswordHasher hasher{pepper};
    EXPECT_TRUE(*hasher.fits(ours, password));
    EXPECT_FALSE(*hasher.fits(ours, "tin roof rusteD"));
    EXPECT_FALSE(PasswordHasher::is_outdated(ours));
    for (const std::string_view hash : others) {
        EXPECT_TRUE(*hasher.fits(hash, password)) << hash;
        EXPECT_FALSE(*hasher.fits(hash, "tin roof rusteD")) << hash;
    }
}

TEST(PasswordHashStrings, of_the_password_without_the_pepper_do_not_fit) {
    PasswordHasher hasher{pepper};
    EXPECT_FALSE(*hasher.fits("$argon2id$v=19$m=65536,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$"
                              "onE3z3utxiu9xvfX7FPdKypptPNFNexVvhAQvc1SEAw",
                              password));
}

TEST(PasswordHashStrings, of_other_variants_and_versions_do_not_fit) {
    PasswordHasher hasher{pepper};
    // Each is a good hash of the right input, of a kind that is never written.
    for (const std::string_view hash : {"$argon2i$v=19$m=65536,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$"
                                        "NfouUvxeSzHhz2PSerezBlKuo6SgIEcJXNhIdKYOuGE",
                                        "$argon2d$v=19$m=65536,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$"
                                        "KfldqOEuQexkJXcLf5hp8DiGARPf7yxFDqODTf8MWXw",
                                        "$argon2id$v=16$m=65536,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$"
                                        "GBx+XlLaDvP5t72aBSTS2azvpf//CWU2ZSwAasFdXkY",
                                        "$argon2id$v=19$m=8,t=3,p=1$c2FsdHNhbHQ$vxdLtw"})
        EXPECT_FALSE(*hasher.fits(hash, password)) << hash;
}

TEST(PasswordHashStrings, cut_anywhere_or_lengthened_do_not_fit) {
    PasswordHasher hasher{pepper};
    // Every place where a part ends, and some within the salt and the hash.
    for (const std::size_t size : {0UL, 1UL, 9UL, 10UL, 14UL, 15UL, 22UL, 26UL, 30UL, 31UL, 40UL,
                                   53UL, 54UL, 60UL, 75UL, 95UL, 96UL})
        EXPECT_FALSE(*hasher.fits(ours.substr(0, size), password)) << ours.substr(0, size);
    const std::string nul(1, '\0');
    for (const std::string& more : {std::string("A"), std::string("$"), std::string("="), nul,
                                    nul + "A", std::string(1 << 20, 'A')})
        EXPECT_FALSE(*hasher.fits(std::string(ours) + more, password)) << more.substr(0, 10);
    EXPECT_FALSE(*hasher.fits(nul + std::string(ours), password));
}

TEST(PasswordHashStrings, with_parts_spoilt_do_not_fit) {
    PasswordHasher hasher{pepper};
    for (const std::string& bad :
         {with("$v=19", ""), with("v=19", "v="), with("v=19", "v=-19"), with("v=19", "v=0x13"),
          with("m=65536", "m="), with("m=65536", "m=+65536"), with("m=65536", "m=065536x"),
          with("m=65536,t=2", "t=2,m=65536"), with(",p=1", ""), with(",p=1", ",p=1,p=1"),
          with("$c2Fs", "$c2F!"), with("$c2Fs", "$=c2F"), with("$c2Fs", "$c2\nF"),
          with("$Iq5f", "$Iq5*"), with("$Iq5f", "$Jq5f"), with("argon2id", "Argon2id")})
        EXPECT_FALSE(*hasher.fits(bad, password)) << bad;
}

TEST(PasswordHashStrings, of_absurd_parameters_take_no_longer_than_others) {
    PasswordHasher hasher{pepper};
    // What one of ours takes here and now; the largest would take days and gigabytes.
    const Clock::time_point before = Clock::now();
    for (int i = 0; i < 3; ++i)
        ASSERT_TRUE(*hasher.fits(ours, password));
    const auto usual = (Clock::now() - before) / 3;
    for (const std::string& absurd :
         {with("m=65536", "m=4194304"), with("m=65536", "m=4294967295"),
          with("m=65536", "m=18446744073709551616"), with("m=65536", "m=0"), with("m=65536", "m=7"),
          with("t=2", "t=4294967295"), with("t=2", "t=100000"), with("t=2", "t=0"),
          with("p=1", "p=16777215"), with("p=1", "p=0"), with("p=1", "p=4294967296"),
          with("m=65536,t=2", "m=262144,t=1000")}) {
        const Clock::time_point begin = Clock::now();
        EXPECT_FALSE(*hasher.fits(absurd, password)) << absurd;
        EXPECT_LT(Clock::now() - begin, usual * 10) << absurd;
    }
}

} // namespace
} // namespace strikeoff::identity
