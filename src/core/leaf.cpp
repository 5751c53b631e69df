#include "core/leaf.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace strikeoff {
namespace {

using namespace std::string_view_literals;

constexpr std::uint32_t magic = 0x534f4231; // "SOB1"
constexpr std::uint32_t rate_max = 99'999;

void put(std::uint8_t* out, ByteView bytes) {
    std::memcpy(out, bytes.data(), bytes.size());
}

Bytes16 get16(const std::uint8_t* in) {
    Bytes16 out;
    std::memcpy(out.data(), in, out.size());
    return out;
}

std::unexpected<Error> malformed(std::string message) {
    return fail(ErrorCode::invalid_input, "leaf.malformed", std::move(message));
}

} // namespace

LeafBytes encode_leaf(const Leaf& leaf) {
    LeafBytes out{};
    store_be32(out.data(), magic);
    out[4] = static_cast<std::uint8_t>(leaf.kind);
    put(&out[8], leaf.batch.bytes());
    put(&out[24], leaf.bid.bytes());
    put(&out[40], leaf.certificate.bytes());
    put(&out[56], leaf.bidder_ref);
    store_be32(&out[72], static_cast<std::uint32_t>(leaf.rate.bp()));
    store_be64(&out[80], static_cast<std::uint64_t>(leaf.accepted_at.micros()));
    put(&out[88], leaf.blind);
    return out;
}

Result<Leaf> decode_leaf(std::span<const std::uint8_t, leaf_size> bytes) {
    const std::uint8_t* in = bytes.data();
    if (load_be32(in) != magic) return malformed("it does not begin with SOB1");
    if (in[4] != 1 && in[4] != 2)
        return malformed(fmt::format("its kind is {}, neither 1 (place) nor 2 (withdraw)", in[4]));
    if (in[5] != 0 || in[6] != 0 || in[7] != 0 || load_be32(in + 76) != 0)
        return malformed("bytes that must be zero are not");
    const std::uint32_t rate = load_be32(in + 72);
    if (rate > rate_max) return malformed(fmt::format("its rate, {}, is out of range", rate));
    if (in[4] == 2 && rate != 0) return malformed("it withdraws a bid but carries a rate");

    Leaf leaf;
    leaf.kind = static_cast<BidKind>(in[4]);
    leaf.batch.uuid.bytes = get16(in + 8);
    leaf.bid.uuid.bytes = get16(in + 24);
    leaf.certificate.uuid.bytes = get16(in + 40);
    leaf.bidder_ref = get16(in + 56);
    leaf.rate = Rate::from_bp(static_cast<std::int32_t>(rate));
    leaf.accepted_at = Instant::from_micros(static_cast<std::int64_t>(load_be64(in + 80)));
    leaf.blind = get16(in + 88);
    return leaf;
}

Hash bidder_key(const HmacSha256& k_auction, UserId user) {
    return k_auction("strikeoff/bidder-key/v1\0"sv, user.bytes());
}

Bytes16 bidder_ref(const Hash& bidder_key, UserId user) {
    return first16(hmac_sha256(bidder_key, "strikeoff/bidder/v1\0"sv, user.bytes()));
}

Bytes16 blind(const HmacSha256& k_blind, BidId bid) {
    return first16(k_blind("strikeoff/blind/v1\0"sv, bid.bytes()));
}

} // namespace strikeoff
