#include "demo/progress.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <unistd.h>

namespace strikeoff::demo {

Progress::Progress() : terminal_{::isatty(STDOUT_FILENO) == 1} {}

void Progress::line(std::string_view text) {
    clear();
    fmt::print("[{:>4} s] {}\n", elapsed().count(), text);
    std::fflush(stdout);
}

void Progress::live(std::string_view text) {
    if (!terminal_) return;
    fmt::print("\r\033[K[{:>4} s] {}", elapsed().count(), text);
    std::fflush(stdout);
    shown_ = true;
}

void Progress::clear() {
    if (std::exchange(shown_, false)) std::fputs("\r\033[K", stdout);
}

std::chrono::seconds Progress::elapsed() const {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() -
                                                            started_);
}

} // namespace strikeoff::demo
