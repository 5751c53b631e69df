#pragma once

#include "client/api.hpp"
#include "client/child_process.hpp"

namespace strikeoff::demo {

/// Where a demo keeps what it makes.
struct Places {
    std::filesystem::path data; ///< Of the service.
    std::filesystem::path keys;
    std::filesystem::path own; ///< Logs, bearer keys, receipts, transcripts, the county's master.
    std::filesystem::path mails() const { return data / "mails"; } ///< Instead of a mail server.
};

/// The flags that name the service's directories.
std::vector<std::string> directory_flags(const Places& places);

/// Throws std::runtime_error when nothing can listen there. Asked before anything is made: a
/// service that finds out itself has made its database by then.
void check_port(unsigned short port);

/// `strikeoff serve` as a child. Stops with the object.
class Service {
public:
    /// Returns when it answers. Throws std::runtime_error with what it said when it does not start.
    Service(const Places& places, unsigned short port);

    const client::ServerAddress& address() const { return address_; }
    std::string url() const { return "http://" + address_.authority(); }
    /// Throws std::runtime_error when it has ended by itself.
    void check_alive();
    /// Stops it; true when it ended as asked.
    bool stop();

private:
    void wait_until_listening();
    void wait_until_ready();
    [[noreturn]] void give_up() const;

    client::ChildProcess process_;
    client::ServerAddress address_;
};

} // namespace strikeoff::demo
