#include "realtime/events.hpp"

#include "db/transaction.hpp"

namespace strikeoff::realtime {
namespace {

// Row security shows a visitor what is published.
const db::Statement<bool(AuctionId)> sale_is_shown{{"realtime.sale_is_shown", R"sql(
    SELECT EXISTS (SELECT 1 FROM auctions WHERE id = $1))sql"}};

const db::Statement<bool(BatchId)> batch_is_shown{{"realtime.batch_is_shown", R"sql(
    SELECT EXISTS (SELECT 1 FROM batches WHERE id = $1))sql"}};

const db::Statement<std::int64_t(std::string)> last_seq_of{{"realtime.last_seq_of", R"sql(
    SELECT last_seq FROM live_topics WHERE topic = $1)sql"}};

// Up to a number that was read before: what is committed meanwhile comes another time.
const db::Statement<Event(std::string, std::int64_t, std::int64_t, int)> events_between{
    {"realtime.events_between", R"sql(
    SELECT topic, seq, at, kind, body
    FROM live_events
    WHERE topic = $1 AND seq > $2 AND seq <= $3
    ORDER BY seq
    LIMIT $4)sql"}};

const db::Statement<Event(std::vector<std::string>, std::vector<std::int64_t>, int)> events_after{
    {"realtime.events_after", R"sql(
    SELECT e.topic, e.seq, e.at, e.kind, e.body
    FROM unnest($1, $2) AS heard (topic, seq)
    CROSS JOIN LATERAL (
        SELECT topic, seq, at, kind, body
        FROM live_events
        WHERE topic = heard.topic AND seq > heard.seq
        ORDER BY seq
        LIMIT $3) e)sql"}};

const db::Statement<void()> forget_events{{"realtime.forget_events", R"sql(
    DELETE FROM live_events e
    USING (SELECT topic, seq FROM live_events
           WHERE at < strikeoff.clock() - interval '7 days'
           ORDER BY at
           LIMIT 1000) old
    WHERE e.topic = old.topic AND e.seq = old.seq)sql"}};

bool is_shown(db::Connection& connection, const Topic& topic) {
    if (topic.auction) return connection.one(sale_is_shown, *topic.auction);
    if (topic.batch) return connection.one(batch_is_shown, *topic.batch);
    return true;
}

} // namespace

std::optional<Topic> parse_topic(std::string_view name) {
    constexpr std::string_view sale = "sale:";
    constexpr std::string_view batch = "batch:";
    Topic topic{.name = std::string(name)};
    if (name == "sales") return topic;
    const bool is_sale = name.starts_with(sale);
    if (!is_sale && !name.starts_with(batch)) return std::nullopt;
    const std::string_view id = name.substr(is_sale ? sale.size() : batch.size());
    const auto uuid = parse_uuid(id);
    // One topic has one name.
    if (!uuid || format_uuid(*uuid) != id) return std::nullopt;
    if (is_sale)
        topic.auction = AuctionId{*uuid};
    else
        topic.batch = BatchId{*uuid};
    return topic;
}

std::optional<Excerpt> read_topic(db::Pool& pool, const Topic& topic,
                                  std::optional<std::int64_t> after) {
    db::Transaction as_visitor{pool, db::Identity{}};
    db::Connection& connection = as_visitor.connection();
    if (!is_shown(connection, topic)) return std::nullopt;
    Excerpt excerpt{.last_seq = connection.maybe_one(last_seq_of, topic.name).value_or(0)};
    if (!after || *after == excerpt.last_seq) return excerpt;
    excerpt.is_whole = false; // A number that was never given: another database's, perhaps.
    if (*after < 0 || *after > excerpt.last_seq) return excerpt;
    excerpt.events =
        connection.all(events_between, topic.name, *after, excerpt.last_seq, excerpt_max);
    excerpt.is_whole = !excerpt.events.empty() && excerpt.events.front().seq == *after + 1;
    if (!excerpt.is_whole) excerpt.events.clear();
    return excerpt;
}

std::vector<Event> read_after(db::Pool& pool, const std::vector<Position>& positions) {
    std::vector<std::string> topics;
    std::vector<std::int64_t> heard;
    for (const Position& position : positions) {
        topics.push_back(position.topic);
        heard.push_back(position.seq);
    }
    return pool.acquire()->all(events_after, topics, heard, excerpt_max);
}

void forget_old(db::Pool& pool) {
    pool.acquire()->run(forget_events);
}

} // namespace strikeoff::realtime
