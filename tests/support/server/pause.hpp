#pragma once

#include <filesystem>
#include <vector>

namespace strikeoff::testing {

/// Stops a postmaster and all that it has started, until this goes.
class Pause {
public:
    explicit Pause(int postmaster);
    Pause(const Pause&) = delete;
    Pause& operator=(const Pause&) = delete;
    ~Pause();

private:
    void stop(int pid);
    std::vector<int> stopped_;
};

/// The process of the cluster in a directory of PostgreSQL's.
int postmaster_of(const std::filesystem::path& cluster);
/// That of the live service's database, also of one that is the operator's own.
int postmaster_of_live_server();

} // namespace strikeoff::testing
