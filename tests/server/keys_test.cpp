// What the service's keys seal, and the files that they stand in.
#include "keys.hpp"
#include "support/run_command.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace strikeoff::testing {
namespace {

namespace fs = std::filesystem;
using testing_support::TemporaryDirectory;

const Uuid row = *parse_uuid("01a0c459-9d3b-7fe6-aaad-a4d044eab9bc");
const Uuid other_row = *parse_uuid("01a0c459-9d3b-7fe6-aaad-a4d044eab9bd");
const SealedPlace place{"users", "mfa_secret", row};

TEST(SealedValues, open_in_their_place_alone) {
    const TemporaryDirectory directory;
    const Keys keys{directory.path("keys")};
    const Bytes sealed = keys.seal(as_bytes("heron"), place);
    EXPECT_EQ(as_text(keys.open(sealed, place)), "heron");
    EXPECT_EQ(as_text(Keys{directory.path("keys")}.open(sealed, place)), "heron")
        << "after a restart";
    for (const SealedPlace& elsewhere :
         {SealedPlace{"users", "mfa_secret", other_row}, SealedPlace{"users", "email", row},
          SealedPlace{"mails", "mfa_secret", row}, SealedPlace{"users|mfa", "secret", row}})
        EXPECT_THROW(keys.open(sealed, elsewhere), std::runtime_error);
    EXPECT_THROW(Keys{directory.path("others")}.open(sealed, place), std::runtime_error);
}

TEST(SealedValues, do_not_open_when_anything_of_them_was_changed) {
    const TemporaryDirectory directory;
    const Keys keys{directory.path("keys")};
    const Bytes sealed = keys.seal(as_bytes("heron"), place);
    ASSERT_EQ(sealed.size(), 1U + 2 + 24 + 5 + 16);
    for (std::size_t i = 0; i < sealed.size() * 8; ++i) {
        Bytes changed = sealed;
        changed[i / 8] ^= static_cast<std::uint8_t>(1 << (i % 8));
        EXPECT_THROW(keys.open(changed, place), std::runtime_error) << "bit " << i;
    }
    for (std::size_t size = 0; size < sealed.size(); ++size)
        EXPECT_THROW(keys.open(ByteView{sealed}.first(size), place), std::runtime_error) << size;
}

TEST(SealedValues, are_never_the_same_twice) {
    const TemporaryDirectory directory;
    const Keys keys{directory.path("keys")};
    EXPECT_NE(keys.seal(as_bytes("heron"), place), keys.seal(as_bytes("heron"), place));
    EXPECT_EQ(as_text(keys.open(keys.seal({}, place), place)), "");
}

TEST(KeyFiles, are_for_their_owner_alone) {
    const TemporaryDirectory directory;
    {
        const Keys made{directory.path("keys")};
    }
    int files = 0;
    for (const auto& entry : fs::directory_iterator(directory.path("keys"))) {
        EXPECT_EQ(entry.status().permissions(), fs::perms::owner_read) << entry.path();
        ++files;
        fs::permissions(entry.path(), fs::perms::owner_read | fs::perms::others_read);
        EXPECT_THROW(Keys{directory.path("keys")}, std::runtime_error) << entry.path();
        fs::permissions(entry.path(), fs::perms::owner_read);
    }
    EXPECT_EQ(files, 4);
}

TEST(KeyFiles, that_are_malformed_are_refused_and_left_alone) {
    const TemporaryDirectory directory;
    {
        const Keys made{directory.path("keys")};
    }
    for (const auto& entry : fs::directory_iterator(directory.path("keys"))) {
        const std::string good = testing_support::read_file(entry.path());
        for (const std::string& bad : {std::string(), good.substr(0, 63), good.substr(0, 64) + "0",
                                       std::string(64, 'g'), std::string(64, '\0')}) {
            fs::permissions(entry.path(), fs::perms::owner_read | fs::perms::owner_write);
            std::ofstream{entry.path()} << bad;
            fs::permissions(entry.path(), fs::perms::owner_read);
            EXPECT_THROW(Keys{directory.path("keys")}, std::runtime_error) << entry.path();
            EXPECT_EQ(testing_support::read_file(entry.path()), bad);
        }
        fs::permissions(entry.path(), fs::perms::owner_read | fs::perms::owner_write);
        std::ofstream{entry.path()} << good;
        fs::permissions(entry.path(), fs::perms::owner_read);
    }
    EXPECT_NO_THROW(Keys{directory.path("keys")});
}

} // namespace
} // namespace strikeoff::testing
