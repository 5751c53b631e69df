#pragma once

#include <chrono>
#include <cstddef>

namespace strikeoff::realtime {

/// How much the live layer holds, and how often it looks.
struct Options {
    std::size_t sockets_max = 4096;
    std::size_t sockets_per_address = 512;        ///< Of one network, as admission counts them.
    std::size_t topics_max = 64;                  ///< That one socket listens to.
    std::size_t queue_max = 1024;                 ///< Messages that a socket has not taken yet.
    std::chrono::milliseconds poll{150};          ///< Between two looks for new events.
    std::chrono::milliseconds access_poll{1'000}; ///< Between two looks for narrowed access.
    std::chrono::milliseconds heartbeat{15'000};
    std::chrono::milliseconds idle_timeout{40'000}; ///< Of a peer that answers no ping.
    std::chrono::milliseconds write_timeout{30'000};
    std::chrono::milliseconds close_timeout{5'000}; ///< For a peer to take its leave.
};

} // namespace strikeoff::realtime
