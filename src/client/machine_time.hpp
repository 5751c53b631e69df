#pragma once

#include "core/time.hpp"

namespace strikeoff::client {

/// This machine's clock. It only paces a client; the server's database decides.
inline Instant machine_now() {
    return Instant::from_micros(std::chrono::duration_cast<std::chrono::microseconds>(
                                    std::chrono::system_clock::now().time_since_epoch())
                                    .count());
}

} // namespace strikeoff::client
