#include "demo/interrupt.hpp"

#include <algorithm>
#include <csignal>
#include <thread>

namespace strikeoff::demo {
namespace {

using namespace std::chrono_literals;

volatile std::sig_atomic_t interrupted = 0;

void remember(int) {
    interrupted = 1;
}

} // namespace

void catch_interrupts() {
    struct sigaction action{};
    action.sa_handler = remember;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    ::sigaction(SIGHUP, &action, nullptr);
}

bool was_interrupted() {
    return interrupted != 0;
}

void pause(std::chrono::milliseconds duration) {
    const auto until = std::chrono::steady_clock::now() + duration;
    for (;;) {
        if (was_interrupted()) throw Interrupted{};
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            until - std::chrono::steady_clock::now());
        if (left <= 0ms) return;
        std::this_thread::sleep_for(std::min(left, 50ms));
    }
}

} // namespace strikeoff::demo
