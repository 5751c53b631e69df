#include "cli/output.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <stdexcept>

namespace strikeoff::cli {

Exit write_output(const Result<std::string>& output) {
    if (!output) {
        fmt::print(stderr, "{}\n", output.error().message);
        return Exit::bad_input;
    }
    if (std::fwrite(output->data(), 1, output->size(), stdout) != output->size() ||
        std::fflush(stdout) != 0)
        throw std::runtime_error("standard output cannot be written");
    return Exit::success;
}

} // namespace strikeoff::cli
