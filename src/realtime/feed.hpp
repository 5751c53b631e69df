#pragma once

#include "realtime/hub.hpp"

#include <chrono>
#include <functional>

namespace strikeoff::realtime {

/// Whose access was narrowed after one epoch, up to another.
struct Narrowed {
    std::int64_t epoch = 0;
    std::vector<UserId> users;
};
using NarrowedSince = std::function<Narrowed(std::int64_t since)>;

/// Looks for what is new in the database, for the hub of this process. Runs on a thread of its own.
class Feed {
public:
    Feed(boost::asio::io_context& io, Hub& hub, db::Pool& pool, NarrowedSince narrowed_since,
         const Options& options);

    /// Looks once, at whatever is due. Throws db::DatabaseError.
    void work();

private:
    using Time = std::chrono::steady_clock::time_point;
    static bool is_due(Time& next, std::chrono::milliseconds every);
    void look_for_events();
    void look_for_narrowed_access();

    boost::asio::io_context& io_;
    Hub& hub_;
    db::Pool& pool_;
    const NarrowedSince narrowed_since_;
    const Options options_;
    std::int64_t epoch_ = 0;
    Time next_access_look_;
    Time next_forgetting_;
};

} // namespace strikeoff::realtime
