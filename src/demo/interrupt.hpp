#pragma once

#include <chrono>
#include <exception>

namespace strikeoff::demo {

/// Somebody pressed Ctrl-C or sent SIGTERM.
class Interrupted : public std::exception {
public:
    const char* what() const noexcept override { return "interrupted"; }
};

/// From now on SIGINT and SIGTERM are remembered instead of ending the process, so that what it
/// started is stopped in order.
void catch_interrupts();
bool was_interrupted();
/// Waits, and throws Interrupted as soon as there was a signal.
void pause(std::chrono::milliseconds duration);

} // namespace strikeoff::demo
