#include "modules/identity/sign_in_limits.hpp"

#include "http/steady_now.hpp"
#include "metrics.hpp"

namespace strikeoff::identity {
namespace {

constexpr std::size_t addresses_min = 65'536; ///< That are told apart.

} // namespace

SignInLimits::SignInLimits(const http::AdmissionOptions& options)
    : options_{options}, table_{addresses_min} {}

void SignInLimits::count_sign_in(const Device& device) {
    take(http::Quota::address_sign_ins, device.network);
}

/// An office may have many who open an account, so what counts is the address itself. Of IPv6 each
/// has more than it could ever use.
void SignInLimits::count_sign_up(const Device& device) {
    const bool is_v6 = device.address.contains(':');
    take(http::Quota::address_sign_ups,
         is_v6 ? ByteView{device.network} : as_bytes(device.address));
}

void SignInLimits::take(http::Quota quota, ByteView name) {
    const http::Limit& limit = options_.of(quota);
    http::LimitVerdict verdict;
    {
        const std::lock_guard lock{mutex_};
        verdict = table_.take(table_.key(static_cast<std::uint8_t>(quota), name), limit, 1,
                              http::steady_now());
    }
    if (verdict.conforms) return;
    metrics::metrics().requests_limited.at(static_cast<std::size_t>(quota)).add();
    throw http::LimitMet(
        enum_name(quota), limit,
        std::max(std::chrono::ceil<std::chrono::seconds>(verdict.wait), std::chrono::seconds{1}));
}

} // namespace strikeoff::identity
