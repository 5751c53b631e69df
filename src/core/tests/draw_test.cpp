#include "core/draw.hpp"
#include "support/core/known_answers.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace strikeoff {
namespace {

using testing_support::known_answers;
using testing_support::text_of;

Hash hash_of(const boost::json::value& value) {
    return from_hex_fixed<32>(text_of(value)).value();
}

CertificateId certificate_of(const boost::json::value& value) {
    return {parse_uuid(text_of(value)).value()};
}

TEST(Draw, the_key_follows_from_both_secrets_and_the_close_record) {
    const boost::json::object kat = known_answers("draw-kat.json").as_object();
    const BatchId batch{*parse_uuid(text_of(kat.at("batch_id")))};
    const Hash close_record = hash_of(kat.at("Z"));
    const Hash operator_secret = hash_of(kat.at("S_operator"));
    const auto key = [&](const Hash& county_secret) {
        return to_hex(draw_key(draw_seed(county_secret, operator_secret), batch, close_record));
    };
    EXPECT_EQ(key(hash_of(kat.at("S_county"))), text_of(kat.at("PRK")));
    EXPECT_EQ(key(Hash{}), text_of(kat.at("PRK_without_county")));
}

TEST(Draw, a_ticket_is_uniform_by_rejection) {
    const boost::json::object kat = known_answers("draw-kat.json").as_object();
    const HmacSha256 prk{hash_of(kat.at("PRK"))};
    std::uint32_t counter_most = 0;
    for (const boost::json::value& entry : kat.at("uniform").as_array()) {
        const boost::json::object& answer = entry.as_object();
        SCOPED_TRACE(boost::json::serialize(answer));
        std::uint32_t counter = 99;
        const std::uint64_t ticket = draw_ticket(prk, certificate_of(answer.at("certificate_id")),
                                                 answer.at("round").to_number<std::uint32_t>(),
                                                 std::stoull(text_of(answer.at("W"))), &counter);
        EXPECT_EQ(std::to_string(ticket), text_of(answer.at("r")));
        EXPECT_EQ(counter, answer.at("ctr").to_number<std::uint32_t>());
        counter_most = std::max(counter_most, counter);
    }
    EXPECT_GT(counter_most, 0U) << "no answer covers a rejected try";
}

TEST(Draw, one_ticket_is_number_zero) {
    EXPECT_EQ(draw_ticket(HmacSha256{Hash{}}, CertificateId{}, 0, 1), 0U);
}

} // namespace
} // namespace strikeoff
