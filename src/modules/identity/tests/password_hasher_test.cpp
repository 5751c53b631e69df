#include "modules/identity/password_hasher.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace strikeoff::identity {
namespace {

constexpr Hash pepper{1, 2, 3};

TEST(PasswordHasher, keeps_argon2id_with_its_parameters) {
    PasswordHasher hasher{pepper};
    const std::string stored = *hasher.hash("tin roof rusted");
    EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << stored;
    EXPECT_NE(stored, *hasher.hash("tin roof rusted")) << "a salt of its own";
    EXPECT_TRUE(*hasher.fits(stored, "tin roof rusted"));
    EXPECT_FALSE(*hasher.fits(stored, "tin roof rusted "));
    EXPECT_FALSE(*hasher.fits(stored, "Tin roof rusted"));
    EXPECT_FALSE(*hasher.fits(stored, ""));
    EXPECT_FALSE(PasswordHasher::is_outdated(stored));
    PasswordHasher other{Hash{9}};
    EXPECT_FALSE(*other.fits(stored, "tin roof rusted")) << "another pepper";
}

TEST(PasswordHasher, takes_letters_however_they_are_composed) {
    PasswordHasher hasher{pepper};
    const std::string stored = *hasher.hash("kühle nächte am meer");
    EXPECT_TRUE(*hasher.fits(stored, "ku\xcc\x88hle na\xcc\x88"
                                     "chte am meer"));
    const std::string with_nul{"nul \0 stands within", 19};
    const std::string longer = *hasher.hash(with_nul);
    EXPECT_TRUE(*hasher.fits(longer, with_nul));
    EXPECT_FALSE(*hasher.fits(longer, "nul "));
}

TEST(PasswordHasher, fits_no_password_to_a_malformed_hash) {
    PasswordHasher hasher{pepper};
    for (const std::string_view bad :
         {"", "!", "$argon2id$", "$argon2id$v=19$m=65536,t=2,p=1$",
          "$argon2id$v=19$m=65536,t=2,p=1$c2FsdA",
          "$argon2id$v=19$m=65536,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$",
          "$argon2i$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA", "$2b$12$abcdefghijklmnopqrstuu",
          "$argon2id$v=18$m=65536,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaGhhc2g"})
        EXPECT_FALSE(*hasher.fits(bad, "tin roof rusted")) << bad;
}

TEST(PasswordHasher, knows_hashes_of_other_parameters) {
    EXPECT_TRUE(PasswordHasher::is_outdated("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$"
                                            "5iYdhXqeVcWAGXBEF4vQ0mxv4C1qGVZ6Jt4GqYb5QWg"));
}

TEST(PasswordHasher, turns_away_who_comes_when_too_many_wait) {
    PasswordHasher hasher{pepper};
    std::atomic<int> good = 0;
    std::atomic<int> busy = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 80; ++i)
        threads.emplace_back([&] {
            const auto hashed = hasher.hash("tin roof rusted");
            if (hashed)
                ++good;
            else if (hashed.error().reason == "auth.busy")
                ++busy;
        });
    threads.clear();
    EXPECT_EQ(good + busy, 80);
    EXPECT_GE(good, 66);
    EXPECT_TRUE(hasher.hash("tin roof rusted")) << "nobody is left behind";
}

} // namespace
} // namespace strikeoff::identity
