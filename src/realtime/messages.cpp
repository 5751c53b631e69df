#include "realtime/messages.hpp"

#include "http/json.hpp"

namespace strikeoff::realtime {
namespace {

struct Hello {
    Instant now;
    std::int64_t heartbeat_seconds = 0;
};
BOOST_DESCRIBE_STRUCT(Hello, (), (now, heartbeat_seconds))

struct Beat {
    Instant now;
};
BOOST_DESCRIBE_STRUCT(Beat, (), (now))

struct Place {
    std::string topic;
    std::int64_t seq = 0;
};
BOOST_DESCRIBE_STRUCT(Place, (), (topic, seq))

struct Refusal {
    std::string reason;
    std::string detail;
    std::optional<std::string> topic;
};
BOOST_DESCRIBE_STRUCT(Refusal, (), (reason, detail, topic))

template <class T>
Message named(std::string_view name, const T& content) {
    auto text = std::make_shared<std::string>();
    http::JsonWriter json{*text};
    json.begin_object();
    json.key(name);
    http::write_json(json, content);
    json.end_object();
    return text;
}

} // namespace

Result<Wish> read_wish(std::string_view text) {
    SO_TRY(Wish wish, http::from_json<Wish>(text));
    if (wish.subscribe.has_value() == wish.unsubscribe.has_value())
        return fail(ErrorCode::invalid_input, "body.invalid",
                    "say either subscribe or unsubscribe");
    return wish;
}

Message hello(Instant now, std::chrono::seconds heartbeat) {
    return named("hello", Hello{now, heartbeat.count()});
}

Message beat(Instant now) {
    return named("beat", Beat{now});
}

Message subscribed(const std::string& topic, std::int64_t seq) {
    return named("subscribed", Place{topic, seq});
}

Message reset(const std::string& topic, std::int64_t seq) {
    return named("reset", Place{topic, seq});
}

Message unsubscribed(const std::string& topic) {
    return named("unsubscribed", Unsubscribe{topic});
}

Message event(const Event& event) {
    return named("event", event);
}

Message refusal(const Error& error, const std::optional<std::string>& topic) {
    return named("error", Refusal{error.reason, error.message, topic});
}

} // namespace strikeoff::realtime
