#pragma once

#include "core/result.hpp"
#include "http/request.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <string>
#include <vector>

namespace strikeoff::http {

/// Who a request comes from, as far as we know.
struct Origin {
    std::string address;
    bool secure = false; ///< Under TLS all the way to us, or to the proxy that we believe.
};

/// As we keep it: an IPv4 address that came over an IPv6 socket is the IPv4 address, and the name
/// of one of our network cards is no part of it.
boost::asio::ip::address plain_address(const boost::asio::ip::address& address);

/// The proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: those in the networks
/// that the operator named. With none, nobody is.
class TrustedProxies {
public:
    /// Reads `10.0.0.0/8`, `fd00::/8` or a single address. Fails with `proxy.malformed`.
    static Result<TrustedProxies> parse(const std::vector<std::string>& networks);

    bool contains(const boost::asio::ip::address& address) const;
    /// The address nearest to us that is none of the proxies': everything to its left was written
    /// by somebody whom we do not know.
    Origin origin(const boost::asio::ip::address& peer, const Fields& fields) const;

private:
    std::vector<boost::asio::ip::network_v4> v4_;
    std::vector<boost::asio::ip::network_v6> v6_;
};

} // namespace strikeoff::http
