#include "db/readiness.hpp"

#include "log.hpp"

#include <libpq-fe.h>

#include <thread>

namespace strikeoff::db {

bool wait_while_it_recovers(const std::string& conninfo, std::chrono::seconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    for (bool said = false;; said = true) {
        const PGPing state = PQping(conninfo.c_str()); // By a code, whatever language it speaks.
        if (state != PQPING_REJECT || std::chrono::steady_clock::now() > until)
            return state == PQPING_OK;
        if (!said) log::info("waiting for PostgreSQL, which takes no connections yet");
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
}

} // namespace strikeoff::db
