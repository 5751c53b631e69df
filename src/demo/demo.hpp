#pragma once

#include <filesystem>

namespace strikeoff::demo {

struct DemoOptions {
    bool once = false;
    std::filesystem::path data; ///< Empty with `once`: a temporary directory.
    std::filesystem::path keys;
    unsigned short port = 0;
    int investors = 200;
    int batches = 8;
    int batch_seconds = 20; ///< Between the ends of batches.
    std::int64_t seed = 1;
    bool keep = false; ///< Leave the temporary directory.
};

/// Runs a sale with simulated investors from the county's list to the checked transcripts. With
/// `once` true is returned when everything agrees; otherwise it sells until interrupted. Throws
/// std::runtime_error when something cannot be started, Interrupted on a signal.
bool run_demo(const DemoOptions& options);

} // namespace strikeoff::demo
