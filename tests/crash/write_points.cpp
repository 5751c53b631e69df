#include "crash/write_points.hpp"

#include "support/server/live_server.hpp"

namespace strikeoff::testing {
namespace {

// Answers kept for repetition and the last use of a key are no part of a closing. How often they
// are written depends on retries and on time: the places behind them would never be the same. Live
// events are written when a transaction commits, which is a place of its own, and forgotten by
// time.
constexpr const char* install = R"sql(
CREATE SCHEMA crash;
CREATE SEQUENCE crash.passed;
CREATE SEQUENCE crash.reached;
CREATE TABLE crash.armed (place bigint NOT NULL);
INSERT INTO crash.armed VALUES (0);
CREATE TABLE crash.committed (place bigint NOT NULL);
CREATE TABLE crash.names (number int GENERATED ALWAYS AS IDENTITY, name text NOT NULL);

CREATE FUNCTION crash.pass() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    place bigint := nextval('crash.passed');
BEGIN
    INSERT INTO crash.committed VALUES (place);
    IF place = (SELECT a.place FROM crash.armed a) THEN
        PERFORM setval('crash.reached', TG_ARGV[0]::bigint);
        PERFORM pg_advisory_xact_lock(4711);
    END IF;
    RETURN NULL;
END
$$;

DO $$
DECLARE
    wanted record;
    number int;
BEGIN
    FOR wanted IN
        SELECT c.relname AS name, o.operation
        FROM pg_class c CROSS JOIN (VALUES ('INSERT'), ('UPDATE'), ('DELETE')) AS o (operation)
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
          AND NOT c.relispartition AND c.relname NOT IN ('idempotency_keys', 'api_keys', 'live_events',
                                'live_topics')
        UNION ALL
        SELECT unnest(ARRAY['batch_closings', 'batch_secrets']), 'COMMIT'
    LOOP
        INSERT INTO crash.names (name) VALUES (wanted.operation || ' ' || wanted.name)
        RETURNING names.number INTO number;
        IF wanted.operation = 'COMMIT' THEN
            EXECUTE format('CREATE CONSTRAINT TRIGGER zz_crash_commit AFTER INSERT OR UPDATE '
                           'ON public.%I DEFERRABLE INITIALLY DEFERRED FOR EACH ROW '
                           'EXECUTE FUNCTION crash.pass(%s)', wanted.name, number);
        ELSE
            EXECUTE format('CREATE TRIGGER zz_crash_%s AFTER %1$s ON public.%I '
                           'FOR EACH STATEMENT EXECUTE FUNCTION crash.pass(%s)',
                           wanted.operation, wanted.name, number);
        END IF;
    END LOOP;
END
$$;
)sql";

constexpr const char* waiting_pid =
    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 AND NOT granted";

} // namespace

WritePoints::WritePoints(db::Connection connection) : connection_{std::move(connection)} {
    connection_.execute(install);
}

std::string WritePoints::value(const std::string& sql) {
    return one_value(connection_, sql);
}

void WritePoints::arm(std::int64_t place) {
    connection_.execute("SELECT pg_advisory_unlock_all(), pg_advisory_lock(4711)");
    connection_.execute(
        fmt::format("SELECT setval('crash.passed', 1, false); "
                    "DELETE FROM crash.committed; UPDATE crash.armed SET place = {}",
                    place));
}

bool WritePoints::is_reached() {
    return !value(waiting_pid).empty();
}

std::string WritePoints::where() {
    return value("SELECT name FROM crash.names WHERE number = (SELECT last_value FROM "
                 "crash.reached)");
}

std::int64_t WritePoints::release() {
    const std::string pid = value(waiting_pid);
    connection_.execute("SELECT pg_advisory_unlock(4711)");
    const bool ended = eventually(
        [&] { return value("SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid) == "0"; });
    if (!ended) throw std::runtime_error("a connection outlives its service");
    return std::stoll(value("SELECT count(*) FROM crash.committed"));
}

} // namespace strikeoff::testing
