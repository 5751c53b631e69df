#include "http/forwarded.hpp"

#include "http/text.hpp"

#include <boost/asio/error.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace strikeoff::http {

namespace ip = boost::asio::ip;

namespace {

constexpr unsigned short mapped_prefix = 96; ///< Bits of ::ffff:0:0, before the IPv4 address.

/// An IPv6 network that is an IPv4 one, as addresses are when they are compared; nothing if it is
/// part of one, and of IPv6 as well.
std::optional<ip::network_v4> plain_network(const ip::network_v6& network) {
    if (network.prefix_length() < mapped_prefix) return std::nullopt;
    const auto length = static_cast<unsigned short>(network.prefix_length() - mapped_prefix);
    return ip::network_v4{ip::make_address_v4(ip::v4_mapped, network.address()), length};
}

} // namespace

ip::address plain_address(const ip::address& address) {
    if (!address.is_v6()) return address;
    ip::address_v6 v6 = address.to_v6();
    if (v6.is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, v6);
    v6.scope_id(0);
    return v6;
}

Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& networks) {
    TrustedProxies proxies;
    for (const std::string& text : networks) {
        const bool v6 = text.find(':') != std::string::npos;
        const bool single = text.find('/') == std::string::npos;
        boost::system::error_code error;
        if (!v6) {
            proxies.v4_.push_back(
                ip::make_network_v4(single ? text + "/32" : text, error).canonical());
        } else {
            const auto given = ip::make_network_v6(single ? text + "/128" : text, error);
            // As in plain_address, the name of a network card is no part of it.
            const ip::network_v6 network{ip::address_v6{given.address().to_bytes()},
                                         given.prefix_length()};
            if (!network.address().is_v4_mapped())
                proxies.v6_.push_back(network.canonical());
            else if (const auto plain = plain_network(network))
                proxies.v4_.push_back(plain->canonical());
            else
                error = boost::asio::error::invalid_argument;
        }
        if (error)
            return fail(ErrorCode::invalid_input, "proxy.malformed",
                        fmt::format("'{}' is no network like 10.0.0.0/8 or fd00::/8", text));
    }
    return proxies;
}

bool TrustedProxies::contains(const ip::address& given) const {
    const ip::address address = plain_address(given);
    if (address.is_v4())
        return std::ranges::any_of(v4_, [&](const ip::network_v4& network) {
            return ip::network_v4(address.to_v4(), network.prefix_length()).canonical() == network;
        });
    return std::ranges::any_of(v6_, [&](const ip::network_v6& network) {
        return ip::network_v6(address.to_v6(), network.prefix_length()).canonical() == network;
    });
}

Origin TrustedProxies::origin(const ip::address& peer, const Fields& fields) const {
    Origin origin{.address = plain_address(peer).to_string()};
    if (!contains(peer)) return origin;
    std::vector<std::string_view> hops;
    for (const auto& [name, value] : fields) {
        if (equal_ignoring_case(name, "X-Forwarded-For"))
            for_each_element(value, [&](std::string_view hop) { hops.push_back(hop); });
        // The last one was written by the proxy that speaks to us.
        if (equal_ignoring_case(name, "X-Forwarded-Proto"))
            for_each_element(value, [&](std::string_view scheme) {
                origin.secure = equal_ignoring_case(scheme, "https");
            });
    }
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        boost::system::error_code error;
        const ip::address address = ip::make_address(std::string(*hop), error);
        if (error) break; // Not an address: whoever wrote it is not to be believed any further.
        origin.address = plain_address(address).to_string();
        if (!contains(address)) break;
    }
    return origin;
}

} // namespace strikeoff::http
