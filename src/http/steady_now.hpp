#pragma once

#include <chrono>

namespace strikeoff::http {

/// The clock of limits. They are kept by each process for itself and decide nothing of a sale, so
/// the database need not be asked.
inline std::chrono::steady_clock::time_point steady_now() {
    return std::chrono::steady_clock::now();
}

} // namespace strikeoff::http
