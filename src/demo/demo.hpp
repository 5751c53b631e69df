#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace strikeoff::demo {

struct DemoOptions {
    bool once = false;
    std::filesystem::path data;         ///< Empty: `data`, with `once` a temporary directory.
    std::filesystem::path keys;         ///< Empty: `keys` beside the data.
    std::optional<unsigned short> port; ///< None: 8080, with `once` a free one.
    int investors = 200;
    int batches = 8;
    std::optional<int> batch_seconds; ///< Between the ends of batches; 180, with `once` 20.
    std::optional<int> first_end;     ///< Seconds to the first end; 45 with `once`, else the same.
    std::int64_t seed = 1;
    bool keep = false; ///< Leave the temporary directory.
};

/// Runs a sale with simulated investors from the county's list to the checked transcripts. With
/// `once` true is returned when everything agrees; otherwise sale follows on sale. Throws
/// std::runtime_error when something cannot be started or breaks, Interrupted on a signal.
bool run_demo(const DemoOptions& options);

} // namespace strikeoff::demo
