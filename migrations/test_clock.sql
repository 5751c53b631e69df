-- Run by the server as strikeoff_owner, after the migrations, in a cluster made with --test-clock
-- and in no other: strikeoff.clock() then runs ahead of the machine by an offset. The machine's own
-- clock can be made to jump as well, which strikeoff.clock() follows. Safe to repeat.
CREATE TABLE IF NOT EXISTS strikeoff.test_clock (
    only_row  boolean PRIMARY KEY DEFAULT true CONSTRAINT test_clock_one_row CHECK (only_row),
    offset_us bigint NOT NULL DEFAULT 0
);
ALTER TABLE strikeoff.test_clock ADD COLUMN IF NOT EXISTS jump_us bigint NOT NULL DEFAULT 0;
COMMENT ON TABLE strikeoff.test_clock IS
    'Microseconds by which the clock of this test cluster differs.';
INSERT INTO strikeoff.test_clock DEFAULT VALUES ON CONFLICT DO NOTHING;

CREATE OR REPLACE FUNCTION strikeoff.machine_clock() RETURNS timestamptz
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT clock_timestamp() + t.jump_us * interval '1 microsecond' FROM strikeoff.test_clock t
$$;

CREATE OR REPLACE FUNCTION strikeoff.clock() RETURNS timestamptz
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT clock_timestamp() + (t.jump_us + t.offset_us) * interval '1 us' FROM strikeoff.test_clock t
$$;

CREATE OR REPLACE FUNCTION strikeoff.set_test_clock(wanted timestamptz) RETURNS timestamptz
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE strikeoff.test_clock
    SET offset_us = (extract(epoch FROM wanted - clock_timestamp()) * 1000000)::bigint - jump_us
    RETURNING clock_timestamp() + (jump_us + offset_us) * interval '1 microsecond'
$$;

CREATE OR REPLACE FUNCTION strikeoff.shift_test_clock(distance interval) RETURNS timestamptz
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE strikeoff.test_clock
    SET offset_us = offset_us + (extract(epoch FROM distance) * 1000000)::bigint
    RETURNING clock_timestamp() + (jump_us + offset_us) * interval '1 microsecond'
$$;

-- As if somebody had set the machine's clock.
CREATE OR REPLACE FUNCTION strikeoff.jump_test_clock(distance interval) RETURNS timestamptz
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE strikeoff.test_clock
    SET jump_us = jump_us + (extract(epoch FROM distance) * 1000000)::bigint
    RETURNING clock_timestamp() + jump_us * interval '1 microsecond'
$$;

GRANT EXECUTE ON FUNCTION strikeoff.set_test_clock(timestamptz),
    strikeoff.shift_test_clock(interval), strikeoff.jump_test_clock(interval)
    TO strikeoff_worker;
