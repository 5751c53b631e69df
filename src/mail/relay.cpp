#include "mail/relay.hpp"

#include "log.hpp"
#include "metrics.hpp"

namespace strikeoff::mail {
namespace {

constexpr std::int32_t attempts_max = 12;

struct TakenRow {
    MailId id;
    std::string kind;
    std::string recipient;
    std::optional<Bytes> sealed;
    Instant created_at;
    std::int32_t attempts = 0;
};
BOOST_DESCRIBE_STRUCT(TakenRow, (), (id, kind, recipient, sealed, created_at, attempts))

// 1, 2, 4 ... minutes, at most 6 hours. The sub-selects of the clock let the index find the due.
const db::Statement<TakenRow()> take_mail{{"mail.take_mail", R"sql(
    UPDATE mails
    SET attempts = attempts + 1,
        available_at = (SELECT strikeoff.clock())
                       + least(interval '1 minute' * (2 ^ least(attempts, 9)), interval '6 hours')
    WHERE id = (SELECT id FROM mails
                WHERE sent_at IS NULL AND dead_at IS NULL
                  AND available_at <= (SELECT strikeoff.clock())
                ORDER BY available_at, id
                LIMIT 1
                FOR UPDATE SKIP LOCKED)
    RETURNING id, kind, recipient, sealed, created_at, attempts)sql"}};

const db::Statement<void(MailId)> mark_sent{{"mail.mark_sent", R"sql(
    UPDATE mails SET sent_at = strikeoff.clock(), dead_at = NULL, last_error = NULL, sealed = NULL
    WHERE id = $1)sql"}};

// Whoever took it since then knows better.
const db::Statement<void(MailId, std::int32_t, std::string, bool)> mark_failed{
    {"mail.mark_failed", R"sql(
    UPDATE mails SET last_error = $3, dead_at = CASE WHEN $4 THEN strikeoff.clock() END
    WHERE id = $1 AND attempts = $2 AND sent_at IS NULL)sql"}};

const db::Statement<void()> delete_old{{"mail.delete_old", R"sql(
    DELETE FROM mails
    WHERE (sent_at IS NOT NULL OR dead_at IS NOT NULL)
      AND coalesce(sent_at, dead_at) < (SELECT strikeoff.clock()) - interval '30 days')sql"}};

const db::Statement<Queue()> read_queue_figures{{"mail.read_queue", R"sql(
    SELECT w.waiting, w.oldest AS oldest_seconds, w.failing,
           (SELECT count(*) FROM mails WHERE dead_at IS NOT NULL) AS dead
    FROM (SELECT count(*) AS waiting,
                 coalesce(extract(epoch FROM strikeoff.clock() - min(created_at)), 0)::int8
                     AS oldest,
                 count(*) FILTER (WHERE last_error IS NOT NULL) AS failing
          FROM mails WHERE sent_at IS NULL AND dead_at IS NULL) w)sql"}};

/// A server may say any bytes; a text of the database holds none that are no text.
std::string printable(std::string text) {
    for (char& c : text)
        if (c < ' ' || c == 0x7f) c = '?';
    return text;
}

} // namespace

struct Relay::Taken {
    MailId id;
    std::optional<Kind> kind; ///< None: of a newer version, whose processes will know it.
    TakenRow row;
};

Relay::Pace Relay::work() {
    std::optional<TakenRow> row;
    {
        auto lease = pool_.acquire(); // Not while the server is talked to.
        row = lease->maybe_one(take_mail);
    }
    if (!row) return Pace::idle;
    const Taken taken{row->id, parse_enum<Kind>(row->kind), *row};
    const Outcome outcome = try_to_send(taken);
    note(taken, outcome);
    return outcome.fate == Fate::unreachable ? Pace::blocked : Pace::busy;
}

Outcome Relay::try_to_send(const Taken& taken) {
    Letter letter{.id = taken.id, .at = taken.row.created_at, .from = from_.address};
    try {
        if (!taken.kind) return {Fate::failed, "this version does not know the kind"};
        letter.kind = *taken.kind;
        Message message =
            render(letter.kind, open_values(keys_, taken.id, taken.row.sealed.value_or(Bytes{})),
                   site_, taken.row.recipient);
        auto bytes = compose(message, {.from = from_, .id = taken.id.uuid, .at = letter.at});
        if (!bytes) return {Fate::refused, bytes.error().message};
        letter.to = std::move(message.to);
        letter.bytes = *std::move(bytes);
        letter.html = std::move(message.html);
    } catch (const std::exception& error) { // Other keys, or a payload of another version.
        return {Fate::failed, error.what()};
    }
    return sender_.send(letter);
}

void Relay::note(const Taken& taken, const Outcome& outcome) {
    auto lease = pool_.acquire();
    if (outcome.fate == Fate::sent) {
        lease->run(mark_sent, taken.id);
        metrics::metrics().mails_sent.add();
        log::info("a mail was sent", log::Field{"mail_id", taken.id},
                  log::Field{"kind", log::Text{taken.row.kind}},
                  log::Field{"attempts", taken.row.attempts});
        return;
    }
    const bool dead = outcome.fate == Fate::refused || taken.row.attempts >= attempts_max;
    lease->run(mark_failed, taken.id, taken.row.attempts, printable(outcome.error), dead);
    metrics::Metrics& counted = metrics::metrics();
    (dead ? counted.mails_given_up : counted.mails_failed).add();
    log::warning("a mail was not sent", log::Field{"mail_id", taken.id},
                 log::Field{"kind", log::Text{taken.row.kind}},
                 log::Field{"attempts", taken.row.attempts}, log::Field{"fate", outcome.fate},
                 log::Field{"given_up", dead});
}

void Relay::forget_old() {
    auto lease = pool_.acquire();
    lease->run(delete_old);
}

Queue read_queue(db::Connection& connection) {
    return connection.one(read_queue_figures);
}

} // namespace strikeoff::mail
