#include "core/draw.hpp"

#include <cassert>

namespace strikeoff {
namespace {

using namespace std::string_view_literals;

// The zero byte that ends each label is part of the message.
constexpr auto seed_label = "strikeoff/seed/v1\0"sv;
constexpr auto county_label = "county\0"sv;
constexpr auto operator_label = "operator\0"sv;
constexpr auto batch_label = "strikeoff/batch/v1\0"sv;
constexpr auto draw_label = "strikeoff/draw/v1\0"sv;

} // namespace

Hash draw_seed(const Hash& county_secret, const Hash& operator_secret) {
    return sha256(seed_label, county_label, ByteView{county_secret}, operator_label,
                  ByteView{operator_secret});
}

Hash draw_key(const Hash& seed, BatchId batch, const Hash& close_record) {
    return hmac_sha256(seed, batch_label, batch.bytes(), ByteView{close_record});
}

std::uint64_t draw_ticket(const HmacSha256& prk, CertificateId certificate, std::uint32_t round,
                          std::uint64_t tickets, std::uint32_t* counter) {
    assert(tickets > 0);
    // 2^64 mod tickets, without a wider type: 2^64 - tickets leaves the same remainder.
    const std::uint64_t excess = (0 - tickets) % tickets;
    for (std::uint32_t attempt = 0;; ++attempt) {
        std::array<std::uint8_t, 8> numbers;
        store_be32(numbers.data(), round);
        store_be32(numbers.data() + 4, attempt);
        const Hash hash = prk(draw_label, certificate.bytes(), ByteView{numbers});
        const std::uint64_t x = load_be64(hash.data());
        if (x > UINT64_MAX - excess) continue; // Would favour the low tickets.
        if (counter) *counter = attempt;
        return x % tickets;
    }
}

} // namespace strikeoff
