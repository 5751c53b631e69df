#pragma once

#include "core/id.hpp"
#include "core/time.hpp"
#include "db/codec.hpp"
#include "db/pool.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strikeoff::realtime {

/// One event of a topic, as it is stored and as it is sent.
struct Event {
    std::string topic;
    std::int64_t seq = 0; ///< One more than that of the event before.
    Instant at;
    std::string kind;
    db::Json body;
};
BOOST_DESCRIBE_STRUCT(Event, (), (topic, seq, at, kind, body))

/// What one may listen to: `sales`, `sale:<auction id>`, `batch:<batch id>`.
struct Topic {
    std::string name;
    std::optional<AuctionId> auction;
    std::optional<BatchId> batch;
};
/// Nothing when there is no such kind of topic, or its id is not written as we write it.
std::optional<Topic> parse_topic(std::string_view name);

/// A part of a topic's events, in one piece.
struct Excerpt {
    std::int64_t last_seq = 0; ///< Of the topic.
    bool is_whole = true;      ///< Nothing between what was asked for and `events` is gone.
    std::vector<Event> events; ///< Those after what was asked for, or as many as were wanted.
};

/// Reads as a visitor does. Nothing when visitors do not know what the topic is about; without
/// `after` it has no events.
std::optional<Excerpt> read_topic(db::Pool& pool, const Topic& topic,
                                  std::optional<std::int64_t> after);

/// How far somebody has heard a topic.
struct Position {
    std::string topic;
    std::int64_t seq = 0;
};
/// What came after these positions, in the order of each topic; `excerpt_max` of one at most.
std::vector<Event> read_after(db::Pool& pool, const std::vector<Position>& positions);

/// Forgets some of the events that are over a week old. Whoever resumes before them reads anew.
void forget_old(db::Pool& pool);

inline constexpr int excerpt_max = 100; ///< Events of one topic in one reading.

} // namespace strikeoff::realtime
