#include "core/bytes.hpp"
#include "core/ed25519.hpp"
#include "core/id.hpp"
#include "core/sha256.hpp"
#include "core/time.hpp"

#include <gtest/gtest.h>

namespace strikeoff {
namespace {

TEST(Hashes, match_fips_180_and_rfc_4231) {
    EXPECT_EQ(to_hex(sha256(std::string_view{"abc"})),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(
        to_hex(hmac_sha256(as_bytes("Jefe"), std::string_view{"what do ya want for nothing?"})),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    const Bytes long_key(131, 0xaa); // Longer than a block, so it is hashed first.
    EXPECT_EQ(
        to_hex(hmac_sha256(
            long_key, std::string_view{"Test Using Larger Than Block-Size Key - Hash Key First"})),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Signatures, match_rfc_8032_test_1) {
    const auto seed =
        *from_hex_fixed<32>("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    const SigningKey key{seed};
    EXPECT_EQ(to_hex(key.public_key()),
              "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    Signature signature = key.sign({});
    EXPECT_TRUE(verify_signature(key.public_key(), {}, signature));
    signature[3] ^= 1;
    EXPECT_FALSE(verify_signature(key.public_key(), {}, signature));
}

TEST(Hexadecimal, is_lower_case_and_even) {
    EXPECT_EQ(to_hex(*from_hex("00ff10")), "00ff10");
    EXPECT_FALSE(from_hex("0"));
    EXPECT_FALSE(from_hex("FF"));
    EXPECT_FALSE(from_hex("zz"));
}

TEST(Uuids, keep_their_text_and_time) {
    const auto uuid = parse_uuid("01a0c459-9d3b-7fe6-aaad-a4d044eab9bc");
    ASSERT_TRUE(uuid);
    EXPECT_EQ(format_uuid(*uuid), "01a0c459-9d3b-7fe6-aaad-a4d044eab9bc");
    EXPECT_EQ(uuid->version(), 7);
    for (const char* text :
         {"", "01a0c459-9d3b-7fe6-aaad-a4d044eab9b", "01a0c459x9d3b-7fe6-aaad-a4d044eab9bc",
          "01a0c4599d3b-7fe6-aaad-a4d044eab9bc-", "01a0c459-9d3b-7fe6-aaad-a4d044eab9bg",
          "-1a0c459-9d3b-7fe6-aaad-a4d044eab9bc"})
        EXPECT_FALSE(parse_uuid(text)) << text;

    const Instant now = Instant::from_micros(1'790'000'000'586'992);
    const Uuid made = make_uuid_v7(now, Bytes16{1, 2, 3, 4, 5, 6, 0xff, 8, 0xff});
    EXPECT_EQ(made.version(), 7);
    EXPECT_EQ(made.bytes[8] >> 6, 2);
    EXPECT_EQ(uuid_v7_time(made).micros(), 1'790'000'000'586'000);
    EXPECT_EQ(make_uuid_v8(sha256(std::string_view{"x"})).version(), 8);
}

TEST(Times, round_trip_through_rfc_3339) {
    EXPECT_EQ(format_instant(*parse_instant("2026-05-27T08:00:00-04:00")),
              "2026-05-27T12:00:00.000000Z");
    EXPECT_EQ(parse_instant("1969-12-31T23:59:59.999999Z")->micros(), -1);
    EXPECT_EQ(format_instant(Instant::from_micros(-1)), "1969-12-31T23:59:59.999999Z");
    for (const char* text :
         {"", "2026-05-27", "2026-05-27T08:00:00", "2026-02-29T00:00:00Z", "2026-05-27T24:00:00Z",
          "2026-05-27T08:00:00.Z", "2026-05-27T08:00:00.1234567Z", "2026-05-27T08:00:00Zx"})
        EXPECT_FALSE(parse_instant(text)) << text;
    // Years of four digits in UTC, whatever the offset makes of them.
    for (const char* text : {"0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"})
        EXPECT_TRUE(parse_instant(format_instant(parse_instant(text).value()))) << text;
    for (const char* text : {"0000-01-01T00:00:00+00:01", "9999-12-31T23:59:00-00:01"})
        EXPECT_FALSE(parse_instant(text)) << text;
    EXPECT_EQ(format_month(*parse_month("2024-06")), "2024-06");
    EXPECT_FALSE(parse_month("2024-13"));
    EXPECT_EQ(format_date(*parse_date("2024-02-29")), "2024-02-29");
    EXPECT_FALSE(parse_date("2023-02-29"));
}

} // namespace
} // namespace strikeoff
