-- journal_append and journal_fence, verdict by verdict. Run as strikeoff_owner after fixture.sql;
-- leaves nothing behind.
BEGIN;
CREATE FUNCTION pg_temp.made_id(kind text, nr int) RETURNS uuid
    LANGUAGE sql IMMUTABLE
    RETURN (rpad(encode(kind::bytea, 'hex'), 20, '0') || lpad(to_hex(nr), 12, '0'))::uuid;
CREATE FUNCTION pg_temp.append(nrs int[], versions bigint[], sizes int[]) RETURNS text
    LANGUAGE sql AS $$
    SELECT string_agg(concat_ws(':', right(a.batch_id::text, 2), a.verdict, a.first_seq), ' ')
    FROM strikeoff.journal_append(
        pg_temp.made_id('county', 1),
        (SELECT array_agg(pg_temp.made_id('batch', nr) ORDER BY place)
         FROM unnest(nrs) WITH ORDINALITY AS n (nr, place)),
        versions,
        (SELECT array_agg(decode(repeat('ab', 32 * size), 'hex') ORDER BY place)
         FROM unnest(sizes) WITH ORDINALITY AS s (size, place))) AS a
$$;
SET LOCAL strikeoff.allow_unsafe = 'on';

DO $$
DECLARE
    said text;
    accepted timestamptz[];
BEGIN
    said := pg_temp.append(ARRAY[1], ARRAY[0], ARRAY[3]);
    ASSERT said = '01:stored:0', said;
    said := pg_temp.append(ARRAY[1], ARRAY[0], ARRAY[1]);
    ASSERT said = '01:stored:3', said;
    -- Answers come in ascending order of the batches, whatever the order of the question.
    said := pg_temp.append(ARRAY[3, 21, 1, 2], ARRAY[0, 0, 7, 0], ARRAY[1, 1, 1, 8192]);
    ASSERT said = '01:stale:4 02:stored:0 03:stored:0 15:pending:0', said;
    said := pg_temp.append(ARRAY[99], ARRAY[0], ARRAY[1]);
    ASSERT said = '63:unknown', said;
    SELECT string_agg(a.verdict, ' ') INTO said FROM strikeoff.journal_append(
        pg_temp.made_id('county', 2), ARRAY[pg_temp.made_id('batch', 1)], ARRAY[0],
        ARRAY[decode(repeat('ab', 32), 'hex')]) AS a;
    ASSERT said = 'unknown', 'a batch of another county: ' || said;

    UPDATE batches SET status = 'paused' WHERE id = pg_temp.made_id('batch', 4);
    UPDATE batches SET status = 'closing' WHERE id = pg_temp.made_id('batch', 5);
    UPDATE batches SET status = 'closed' WHERE id = pg_temp.made_id('batch', 6);
    UPDATE batches SET status = 'canceled' WHERE id = pg_temp.made_id('batch', 7);
    UPDATE batches SET end_time = clock_timestamp() WHERE id = pg_temp.made_id('batch', 8);
    UPDATE batches SET start_time = now() + interval '1 hour'
    WHERE id = pg_temp.made_id('batch', 9);
    UPDATE batches SET chain_length = 0 WHERE id = pg_temp.made_id('batch', 10);
    said := pg_temp.append(ARRAY[4, 5, 6, 7, 8, 9, 10], array_fill(0::bigint, ARRAY[7]),
                           array_fill(1, ARRAY[7]));
    ASSERT said
        = '04:paused:0 05:closing:0 06:closed:0 07:closed:0 08:ended:0 09:pending:0 0a:pending:0',
        said;

    SELECT array_agg(b.accepted_at ORDER BY b.first_seq) INTO accepted
    FROM bid_blocks b WHERE b.batch_id = pg_temp.made_id('batch', 1);
    ASSERT accepted[2] > accepted[1], 'times are strictly ascending';

    -- A clock that stands behind the last block does not turn the journal back.
    INSERT INTO bid_blocks (county_id, batch_id, first_seq, count, accepted_at, records)
    VALUES (pg_temp.made_id('county', 1), pg_temp.made_id('batch', 11), 0, 1,
            clock_timestamp() + interval '1 hour', decode(repeat('00', 32), 'hex'));
    said := pg_temp.append(ARRAY[11], ARRAY[0], ARRAY[1]);
    ASSERT said = '0b:stored:1', said;
    ASSERT (SELECT max(b.accepted_at) - min(b.accepted_at) = interval '1 microsecond'
            FROM bid_blocks b WHERE b.batch_id = pg_temp.made_id('batch', 11)), 'last + 1 us';

    SELECT string_agg(right(f.batch_id::text, 2) || ':' || f.next_seq, ' ') INTO said
    FROM strikeoff.journal_fence(ARRAY[pg_temp.made_id('batch', 2), pg_temp.made_id('batch', 12),
                                       pg_temp.made_id('batch', 1),
                                       pg_temp.made_id('batch', 99)], false) AS f;
    ASSERT said = '01:4 02:8192 0c:0', said;
    said := pg_temp.append(ARRAY[1], ARRAY[0], ARRAY[1]);
    ASSERT said = '01:stored:4', 'a fence that only waits: ' || said;

    -- What was sent before a fence that shuts, and comes after it, has a version of before.
    PERFORM strikeoff.journal_fence(ARRAY[pg_temp.made_id('batch', 12)], true);
    said := pg_temp.append(ARRAY[12, 2], ARRAY[0, 0], ARRAY[1, 1]);
    ASSERT said = '02:stored:8192 0c:stale:0', said;
    ASSERT (SELECT b.book_version = 1 AND c.kind = 17
            FROM batches b JOIN book_changes c ON c.batch_id = b.id AND c.version = b.book_version
            WHERE b.id = pg_temp.made_id('batch', 12)), 'the change is noted';
    said := pg_temp.append(ARRAY[12], ARRAY[1], ARRAY[1]);
    ASSERT said = '0c:stored:0', said;

    -- Nobody whose access may have been narrowed, or whose time is over.
    SELECT string_agg(a.verdict, ' ') INTO said
    FROM unnest(ARRAY[0, 0, 0, 1], ARRAY['1 hour', '0 hours', '-1 hour', '1 hour']::interval[])
             AS given (behind, left_over)
    CROSS JOIN LATERAL strikeoff.journal_append(
        pg_temp.made_id('county', 1), ARRAY[pg_temp.made_id('batch', 12)], ARRAY[1],
        ARRAY[decode(repeat('00', 32), 'hex')],
        (SELECT epoch - given.behind FROM access_epoch), clock_timestamp() + given.left_over) a;
    ASSERT said = 'stored outdated outdated outdated', said;

    BEGIN
        PERFORM pg_temp.append(ARRAY[1], ARRAY[0], ARRAY[8193]);
        ASSERT false, 'a block of 8193 was stored';
    EXCEPTION WHEN check_violation THEN NULL;
    END;
    BEGIN
        PERFORM strikeoff.journal_append(pg_temp.made_id('county', 1),
                                         ARRAY[pg_temp.made_id('batch', 1)],
                                         ARRAY[0], ARRAY['\xabcd'::bytea]);
        ASSERT false, 'half a record was stored';
    EXCEPTION WHEN check_violation THEN NULL;
    END;
    BEGIN
        PERFORM pg_temp.append(ARRAY[1, 2], ARRAY[0], ARRAY[1, 1]);
        ASSERT false, 'arrays of different lengths were taken';
    EXCEPTION WHEN invalid_parameter_value THEN NULL;
    END;
END
$$;

SET LOCAL strikeoff.allow_unsafe = 'off';
SET LOCAL synchronous_commit = off;
DO $$
BEGIN
    PERFORM pg_temp.append(ARRAY[1], ARRAY[0], ARRAY[1]);
    ASSERT false, 'a bid was taken with an asynchronous commit';
EXCEPTION WHEN object_not_in_prerequisite_state THEN NULL;
END
$$;
ROLLBACK;
