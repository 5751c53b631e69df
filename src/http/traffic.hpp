#pragma once

#include "core/describe.hpp"

#include <cstdint>

namespace strikeoff::http {

/// What a request is to the service when not everything can be done at once: the first is served
/// before all others, the last is shed first.
enum class Traffic : std::uint8_t {
    bid,    ///< On threads and connections of its own.
    urgent, ///< Staff steer a sale that is under way: pause it, hand in a secret.
    probe,  ///< Is it alive, and who calls: short, on the threads of the bids.
    write,
    read,
    list,
    heavy ///< Transcripts, imports: much work at once.
};
BOOST_DESCRIBE_ENUM(Traffic, bid, urgent, probe, write, read, list, heavy)

inline constexpr std::size_t traffic_count = 7;

/// Why a request was not carried out but answered with `busy`.
enum class Shed : std::uint8_t {
    queue,    ///< Too many waited for a thread already.
    places,   ///< Too many bids, or lines of bulk requests, were under way.
    wait,     ///< No thread became free in time.
    statement ///< The database was at one statement for too long.
};
BOOST_DESCRIBE_ENUM(Shed, queue, places, wait, statement)

inline constexpr std::size_t shed_count = 4;

/// What is counted for a limit: requests of a user, or those of an address.
enum class Quota : std::uint8_t {
    bids,
    bulk_lines, ///< Lines of bulk requests, which count as one bid besides.
    urgent,
    writes,
    reads,
    lists,
    heavy,
    address_reads, ///< Of visitors.
    address_lists, ///< Of anybody.
    address_heavy,
    address_failures,    ///< Unknown keys, missing keys, paths that there are not.
    address_connections, ///< New ones.
    address_sign_ins,    ///< With a password, but for those from a device of the account's owner.
    address_sign_ups
};
BOOST_DESCRIBE_ENUM(Quota, bids, bulk_lines, urgent, writes, reads, lists, heavy, address_reads,
                    address_lists, address_heavy, address_failures, address_connections,
                    address_sign_ins, address_sign_ups)

inline constexpr std::size_t quota_count = 14;

} // namespace strikeoff::http
