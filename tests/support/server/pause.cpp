#include "support/server/pause.hpp"

#include "db/process.hpp"
#include "support/server/live_server.hpp"

#include <csignal>
#include <fstream>
#include <stdexcept>

namespace strikeoff::testing {

namespace fs = std::filesystem;

namespace {

int parent_of(int pid) {
    const std::string stat = db::process_stat(pid);
    const std::size_t at = stat.rfind(") "); // The name may hold parentheses.
    return at == std::string::npos ? 0 : std::atoi(stat.c_str() + at + 4);
}

} // namespace

Pause::Pause(int postmaster) {
    // A signal to process 0 or to negative ones stops whole groups, the tests' own among them.
    if (postmaster <= 1) throw std::invalid_argument("there is no postmaster to stop");
    stop(postmaster); // First: it starts no others from now on.
    for (const auto& entry : fs::directory_iterator("/proc")) {
        const int pid = std::atoi(entry.path().filename().c_str());
        if (pid > 0 && parent_of(pid) == postmaster) stop(pid);
    }
}

Pause::~Pause() {
    for (const int pid : stopped_)
        ::kill(pid, SIGCONT);
}

void Pause::stop(int pid) {
    if (::kill(pid, SIGSTOP) == 0) stopped_.push_back(pid);
}

int postmaster_of(const fs::path& cluster) {
    std::ifstream in(cluster / "postmaster.pid");
    int pid = 0;
    in >> pid;
    return pid;
}

int postmaster_of_live_server() {
    // Only a superuser may ask where its files are. The backend lives as long as its connection.
    db::Connection owner = LiveServer::instance().connect();
    return parent_of(std::stoi(one_value(owner, "SELECT pg_backend_pid()")));
}

} // namespace strikeoff::testing
