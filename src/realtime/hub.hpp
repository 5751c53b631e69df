#pragma once

#include "core/clock.hpp"
#include "http/admission.hpp"
#include "http/connection.hpp"
#include "http/workers.hpp"
#include "realtime/events.hpp"
#include "realtime/messages.hpp"
#include "realtime/options.hpp"

#include <boost/asio/awaitable.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <unordered_map>
#include <vector>

namespace strikeoff::realtime {

class Socket;

/// All live sockets of this process, and who listens to what. Belongs to the I/O thread, but for
/// `positions`.
class Hub {
public:
    /// `pool` is of the login whose rows a visitor may see.
    Hub(boost::asio::io_context& io, http::Workers& workers, http::Admission& admission,
        db::Pool& pool, const Clock& clock, const Options& options);
    Hub(const Hub&) = delete;
    Hub& operator=(const Hub&) = delete;
    ~Hub();

    /// Why no socket more can be had from there. Nothing: it can.
    std::optional<http::Response> refuse(const http::Request& request) const;
    /// Speaks on the connection until one side ends it.
    boost::asio::awaitable<void> serve(http::Connection& connection, const http::Request& request);
    /// Beats, and ends sockets whose keys and sessions have run out.
    boost::asio::awaitable<void> run();
    /// Takes leave of all, and lets none in any more.
    void drain();

    /// How far each topic was heard that somebody listens to. Of any thread.
    std::vector<Position> positions() const;
    /// Sends what is new to whom it is for.
    void deliver(const std::vector<Event>& events);
    /// Whose access was narrowed up to this epoch has to connect again, and is looked up anew.
    void narrow(const std::vector<UserId>& users, std::int64_t epoch);

    // For sockets.
    /// From now on events of the topic go to the socket that come after `seq`. False when others
    /// have heard more already: read on, and try again.
    bool join(const std::string& topic, std::int64_t seq, Socket& socket);
    void leave(const std::string& topic, Socket& socket);

private:
    friend class Socket;
    struct Feed {
        std::int64_t seq = 0; ///< Of the last event that was delivered.
        std::unordered_map<Socket*, std::int64_t> listeners; ///< What each has heard.
    };
    void remember(const std::string& topic, std::int64_t seq);
    void end_outdated(Instant now);

    boost::asio::io_context& io_;
    http::Workers& workers_;
    http::Admission& admission_;
    db::Pool& pool_;
    const Clock& clock_;
    const Options options_;
    std::set<std::shared_ptr<Socket>> sockets_;
    std::map<Bytes, std::size_t> networks_; ///< How many of each; none at zero.
    std::unordered_map<std::string, Feed> feeds_;
    mutable std::mutex mutex_; ///< Of `positions_`.
    std::unordered_map<std::string, std::int64_t> positions_;
    std::int64_t epoch_ = 0; ///< Changes of access up to this one were taken in.
    bool draining_ = false;
};

} // namespace strikeoff::realtime
