#include "core/one_time_code.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <cassert>

namespace strikeoff {
namespace {

constexpr std::int64_t micros_a_second = 1'000'000;
constexpr std::int64_t grace_seconds = 10; ///< For a code that was read just before its step ended.

} // namespace

std::string counter_code(ByteView secret, std::uint64_t counter, int digits) {
    assert(digits >= 1 && digits <= 9);
    std::array<std::uint8_t, 8> message;
    store_be64(message.data(), counter);
    std::array<std::uint8_t, 20> mac;
    unsigned size = mac.size();
    [[maybe_unused]] const auto* made =
        ::HMAC(::EVP_sha1(), secret.data(), static_cast<int>(secret.size()), message.data(),
               message.size(), mac.data(), &size);
    assert(made != nullptr && size == mac.size());
    // RFC 4226, section 5.3: four bytes from where the last half byte points, without the sign.
    const std::uint32_t cut = load_be32(mac.data() + (mac[19] & 15)) & 0x7fffffff;
    std::uint32_t modulus = 1;
    for (int i = 0; i < digits; ++i)
        modulus *= 10;
    return fmt::format("{:0{}}", cut % modulus, digits);
}

std::int64_t one_time_step(Instant now) {
    return now.micros() / micros_a_second / one_time_step_seconds;
}

std::optional<std::int64_t> accepted_step(ByteView secret, std::string_view code, Instant now,
                                          std::int64_t last_step) {
    if (code.size() != static_cast<std::size_t>(one_time_digits)) return std::nullopt;
    const std::int64_t current = one_time_step(now);
    const bool graced =
        now.micros() / micros_a_second - current * one_time_step_seconds < grace_seconds;
    std::optional<std::int64_t> accepted;
    for (std::int64_t step = current - (graced ? 1 : 0); step <= current; ++step) {
        const std::string expected = counter_code(secret, static_cast<std::uint64_t>(step));
        const bool same = ::sodium_memcmp(expected.data(), code.data(), expected.size()) == 0;
        if (same && step > last_step) accepted = step;
    }
    return accepted;
}

} // namespace strikeoff
