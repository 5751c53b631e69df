#pragma once

#include "core/result.hpp"
#include "realtime/events.hpp"

#include <boost/describe.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// What is said on a live socket: JSON objects of one member, which names the message.
namespace strikeoff::realtime {

struct Subscribe {
    std::string topic;
    std::optional<std::int64_t> after; ///< The number heard last; none: from now on.
};
BOOST_DESCRIBE_STRUCT(Subscribe, (), (topic, after))

struct Unsubscribe {
    std::string topic;
};
BOOST_DESCRIBE_STRUCT(Unsubscribe, (), (topic))

/// What a client may say, one of them at a time.
struct Wish {
    std::optional<Subscribe> subscribe;
    std::optional<Unsubscribe> unsubscribe;
};
BOOST_DESCRIBE_STRUCT(Wish, (), (subscribe, unsubscribe))

/// Fails with json.malformed, json.unsupported or body.invalid.
Result<Wish> read_wish(std::string_view text);

/// Many sockets send the same text.
using Message = std::shared_ptr<const std::string>;

Message hello(Instant now, std::chrono::seconds heartbeat);
Message beat(Instant now);
/// What follows has the numbers after `seq`.
Message subscribed(const std::string& topic, std::int64_t seq);
/// The same, but what came between is gone: whoever resumed has to read everything anew.
Message reset(const std::string& topic, std::int64_t seq);
Message unsubscribed(const std::string& topic);
Message event(const Event& event);
Message refusal(const Error& error, const std::optional<std::string>& topic);

} // namespace strikeoff::realtime
