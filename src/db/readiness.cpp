#include "db/readiness.hpp"

#include "log.hpp"

#include <libpq-fe.h>

#include <thread>

namespace strikeoff::db {

void wait_while_it_recovers(const std::string& conninfo, std::chrono::seconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    // By its code, whatever language it speaks.
    for (bool said = false; PQping(conninfo.c_str()) == PQPING_REJECT; said = true) {
        if (std::chrono::steady_clock::now() > until) return;
        if (!said) log::info("waiting for PostgreSQL, which takes no connections yet");
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
}

} // namespace strikeoff::db
