-- A bid is later than every change of its batch, even after the clock was set back. And a fence
-- shuts out appends that have not begun: whoever asks what became of one gets a final answer.

ALTER TABLE batches ADD COLUMN changed_at timestamptz;
COMMENT ON COLUMN batches.changed_at IS 'Of the last change in its chain; no bid lies before it.';
GRANT SELECT (changed_at), UPDATE (book_version) ON batches TO strikeoff_journal;
GRANT INSERT ON book_changes TO strikeoff_journal;
CREATE POLICY journal_fences ON book_changes FOR INSERT TO strikeoff_journal WITH CHECK (true);

GRANT CREATE ON SCHEMA strikeoff TO strikeoff_journal;
CREATE OR REPLACE FUNCTION strikeoff.journal_append(county uuid, batch_ids uuid[], versions bigint[],
                                         records bytea[])
    RETURNS TABLE (batch_id uuid, verdict text, first_seq bigint, accepted_at timestamptz)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    groups     int := coalesce(array_length(batch_ids, 1), 0);
    places     int[];
    place      int;
    b_status   public.batch_status;
    b_start    timestamptz;
    b_end      timestamptz;
    b_version  bigint;
    b_chain    int;
    b_changed  timestamptz;
    last_at    timestamptz;
BEGIN
    IF (current_setting('fsync') = 'off' OR current_setting('synchronous_commit') = 'off')
       AND current_setting('strikeoff.allow_unsafe', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'bids are not accepted without fsync and synchronous_commit'
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'bids are accepted in READ COMMITTED only'
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    IF groups <> coalesce(array_length(versions, 1), 0)
       OR groups <> coalesce(array_length(records, 1), 0) THEN
        RAISE EXCEPTION 'batches, versions and records differ in number'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- Everyone locks batches in ascending order, so that two calls never wait for each other.
    IF groups > 1 THEN
        SELECT array_agg(listed.nr ORDER BY listed.id, listed.nr) INTO places
        FROM unnest(batch_ids) WITH ORDINALITY AS listed (id, nr);
    END IF;

    FOR i IN 1 .. groups LOOP
        place := CASE WHEN groups = 1 THEN 1 ELSE places[i] END;
        batch_id := batch_ids[place];

        SELECT b.status, b.start_time, b.end_time, b.book_version, b.chain_length,
               b.changed_at
        INTO b_status, b_start, b_end, b_version, b_chain, b_changed
        FROM public.batches b
        WHERE b.id = batch_ids[place] AND b.county_id = county
        FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            verdict := 'unknown';
            first_seq := NULL;
            accepted_at := NULL;
            RETURN NEXT;
            CONTINUE;
        END IF;

        -- A statement of its own: its snapshot is taken under the lock and sees the last block.
        SELECT l.first_seq + l.count, l.accepted_at INTO first_seq, last_at
        FROM public.bid_blocks l
        WHERE l.batch_id = batch_ids[place]
        ORDER BY l.first_seq DESC
        LIMIT 1;
        IF NOT FOUND THEN
            first_seq := 0;
            last_at := NULL;
        END IF;

        -- The clock is read under the lock: time spent waiting for it counts. Should it have been
        -- set back, no bid lies before what came before it.
        accepted_at := greatest(strikeoff.clock(), last_at + interval '1 microsecond', b_changed);
        verdict := CASE
            WHEN b_status IN ('closed', 'canceled') THEN 'closed'
            WHEN b_status = 'closing' THEN 'closing'
            WHEN b_status = 'paused' THEN 'paused'
            WHEN b_status = 'scheduled' OR b_chain = 0 OR accepted_at < b_start THEN 'pending'
            WHEN accepted_at >= b_end THEN 'ended'
            WHEN b_version IS DISTINCT FROM versions[place] THEN 'stale'
            ELSE 'stored' END;
        IF verdict = 'stored' THEN
            INSERT INTO public.bid_blocks
                (county_id, batch_id, first_seq, count, accepted_at, records)
            VALUES
                (county, batch_id, first_seq, octet_length(records[place]) / 32, accepted_at,
                 records[place]);
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$;
DROP FUNCTION strikeoff.journal_fence(uuid[]);
CREATE FUNCTION strikeoff.journal_fence(batch_ids uuid[], shut boolean)
    RETURNS TABLE (batch_id uuid, next_seq bigint)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    wanted  uuid;
    county  uuid;
    version bigint;
BEGIN
    FOR wanted IN SELECT DISTINCT listed.id FROM unnest(batch_ids) AS listed (id) ORDER BY 1 LOOP
        PERFORM 1 FROM public.batches b WHERE b.id = wanted FOR NO KEY UPDATE;
        CONTINUE WHEN NOT FOUND;
        batch_id := wanted;
        SELECT coalesce((SELECT l.first_seq + l.count FROM public.bid_blocks l
                         WHERE l.batch_id = wanted
                         ORDER BY l.first_seq DESC LIMIT 1), 0)
        INTO next_seq;
        IF shut THEN
            UPDATE public.batches b SET book_version = b.book_version + 1
            WHERE b.id = wanted
            RETURNING b.county_id, b.book_version INTO county, version;
            INSERT INTO public.book_changes (county_id, batch_id, version, kind)
            VALUES (county, wanted, version, 17);
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$;
COMMENT ON FUNCTION strikeoff.journal_fence(uuid[], boolean) IS
    'Waits for whoever is storing bids of these batches, then says where each journal ends. With '
    'shut the version of the book rises, so that an append that was sent and has not begun is stale.';
ALTER FUNCTION strikeoff.journal_fence(uuid[], boolean) OWNER TO strikeoff_journal;
GRANT EXECUTE ON FUNCTION strikeoff.journal_fence(uuid[], boolean) TO strikeoff_worker;

REVOKE CREATE ON SCHEMA strikeoff FROM strikeoff_journal;

-- A fence raises the version.
CREATE OR REPLACE FUNCTION strikeoff.guard_batches() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user NOT IN ('strikeoff_owner', 'strikeoff_worker', 'strikeoff_journal')
       AND (OLD.chain_length > 0 OR OLD.status <> 'scheduled') THEN
        RAISE EXCEPTION 'an opened batch changes through its chain'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;

-- A bid that was awarded stood: the projector, which comes after, must find it. The closing may
-- write its row while an earlier one of the bidder still stands in the projection.
DROP INDEX bids_standing;
CREATE INDEX bids_standing ON bids (batch_id, user_id, certificate_id)
    WHERE status IN ('standing', 'awarded');
