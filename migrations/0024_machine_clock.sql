-- The clock of the machine that the database runs on, without any offset: each process of the
-- service holds it against its own monotonic clock and stops closing batches when it jumps.
CREATE FUNCTION strikeoff.machine_clock() RETURNS timestamptz
    LANGUAGE sql VOLATILE PARALLEL SAFE
    RETURN clock_timestamp();
COMMENT ON FUNCTION strikeoff.machine_clock() IS
    'What the machine says, for the guard against jumps. Whatever decides reads clock().';
GRANT EXECUTE ON FUNCTION strikeoff.machine_clock() TO strikeoff_worker;
