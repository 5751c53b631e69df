// The cases of Project Wycheproof, each through the wrapper that the service uses.
#include "core/ed25519.hpp"
#include "core/sealed_box.hpp"
#include "core/sha256.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace strikeoff {
namespace {

namespace json = boost::json;

json::value groups_of(const std::string& name) {
    std::ifstream file{STRIKEOFF_TEST_DATA "/wycheproof/" + name};
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return json::parse(text).at("testGroups");
}

Bytes bytes_of(const json::value& test, const char* name) {
    const auto bytes = from_hex(std::string(test.at(name).as_string()));
    if (!bytes) throw std::runtime_error(name);
    return *bytes;
}

template <std::size_t N>
std::optional<std::array<std::uint8_t, N>> fixed(const json::value& test, const char* name) {
    return from_hex_fixed<N>(std::string(test.at(name).as_string()));
}

struct Counts {
    int valid = 0;
    int invalid = 0;
};

/// Calls `accepts` with each group and test, and expects what the case says.
template <class F>
Counts run(const std::string& file, const F& accepts) {
    Counts counts;
    const json::value groups = groups_of(file);
    for (const json::value& group : groups.as_array())
        for (const json::value& test : group.at("tests").as_array()) {
            const bool valid = test.at("result").as_string() == "valid";
            EXPECT_EQ(accepts(group, test), valid) << json::serialize(test);
            ++(valid ? counts.valid : counts.invalid);
        }
    return counts;
}

TEST(Wycheproof, xchacha20_poly1305) {
    int other_nonces = 0;
    const Counts counts =
        run("xchacha20_poly1305_test.json", [&](const json::value&, const json::value& test) {
            const auto nonce = fixed<24>(test, "iv");
            if (!nonce) { // No such nonce has our type.
                ++other_nonces;
                return false;
            }
            const Hash key = fixed<32>(test, "key").value();
            const Bytes context = bytes_of(test, "aad");
            const Bytes plain = bytes_of(test, "msg");
            Bytes box = bytes_of(test, "ct");
            const Bytes tag = bytes_of(test, "tag");
            box.insert(box.end(), tag.begin(), tag.end());
            const auto opened = open_box(key, *nonce, context, box);
            if (opened) EXPECT_EQ(*opened, plain);
            EXPECT_EQ(seal_box(key, *nonce, context, plain) == box, opened.has_value());
            return opened.has_value();
        });
    EXPECT_EQ(counts.valid, 246);
    EXPECT_EQ(counts.invalid, 69);
    EXPECT_EQ(other_nonces, 9);
}

TEST(Wycheproof, hmac_sha256) {
    const Counts counts =
        run("hmac_sha256_test.json", [](const json::value& group, const json::value& test) {
            const Hash mac = hmac_sha256(bytes_of(test, "key"), ByteView{bytes_of(test, "msg")});
            if (group.at("tagSize").as_int64() == 128)
                return std::optional{first16(mac)} == fixed<16>(test, "tag");
            return std::optional{mac} == fixed<32>(test, "tag");
        });
    EXPECT_EQ(counts.valid, 66);
    EXPECT_EQ(counts.invalid, 108);
}

TEST(Wycheproof, ed25519) {
    const Counts counts =
        run("ed25519_test.json", [](const json::value& group, const json::value& test) {
            const auto signature = fixed<64>(test, "sig");
            if (!signature) return false; // Cut, or with more behind it.
            const PublicKey key = fixed<32>(group.at("publicKey"), "pk").value();
            return verify_signature(key, bytes_of(test, "msg"), *signature);
        });
    EXPECT_EQ(counts.valid, 88);
    EXPECT_EQ(counts.invalid, 63);
}

TEST(SealedBoxes, do_not_open_when_a_bit_of_them_was_changed) {
    const Hash key{7};
    const BoxNonce nonce{9};
    const Bytes box = seal_box(key, nonce, as_bytes("where"), as_bytes("123-45-6789"));
    ASSERT_TRUE(open_box(key, nonce, as_bytes("where"), box));
    for (std::size_t i = 0; i < box.size() * 8; ++i) {
        Bytes changed = box;
        changed[i / 8] ^= static_cast<std::uint8_t>(1 << (i % 8));
        EXPECT_FALSE(open_box(key, nonce, as_bytes("where"), changed)) << i;
    }
    for (std::size_t size = 0; size < box.size(); ++size)
        EXPECT_FALSE(open_box(key, nonce, as_bytes("where"), ByteView{box}.first(size))) << size;
    EXPECT_FALSE(open_box(key, nonce, as_bytes("elsewhere"), box));
    EXPECT_FALSE(open_box(key, BoxNonce{8}, as_bytes("where"), box));
    EXPECT_FALSE(open_box(Hash{8}, nonce, as_bytes("where"), box));
}

} // namespace
} // namespace strikeoff
