-- The bid journal: blocks of records, and the only function that writes them.

CREATE TABLE batch_journals (
    batch_id      uuid PRIMARY KEY,
    county_id     uuid NOT NULL,
    auction_id    uuid NOT NULL,
    projected_seq bigint NOT NULL DEFAULT 0
                  CONSTRAINT batch_journals_projected_not_negative CHECK (projected_seq >= 0),
    created_at    timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (county_id, auction_id) REFERENCES auctions (county_id, id),
    FOREIGN KEY (county_id, batch_id) REFERENCES batches (county_id, id)
);
COMMENT ON TABLE batch_journals IS 'How many records of a batch''s journal the table bids shows.';
CREATE INDEX batch_journals_by_auction ON batch_journals (auction_id);
CREATE INDEX batch_journals_by_county ON batch_journals (county_id);

CREATE TABLE bid_blocks (
    county_id   uuid NOT NULL,
    batch_id    uuid NOT NULL,
    first_seq   bigint NOT NULL CONSTRAINT bid_blocks_first_seq_not_negative CHECK (first_seq >= 0),
    count       int NOT NULL CONSTRAINT bid_blocks_count_in_range CHECK (count BETWEEN 1 AND 8192),
    accepted_at timestamptz NOT NULL,
    records     bytea COMPRESSION lz4 NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (batch_id, first_seq),
    CONSTRAINT bid_blocks_records_whole CHECK (octet_length(records) = 32 * count)
);
COMMENT ON TABLE bid_blocks IS
    'Accepted bids as stored, 32 bytes each. Written by journal_append alone, which checks what '
    'a foreign key would.';
COMMENT ON COLUMN bid_blocks.first_seq IS 'Records of the batch before this block.';
COMMENT ON COLUMN bid_blocks.records IS
    'bid_id 16, lot number u32, bidder number u32, source number u32, rate u16, kind u8, flags u8.';

CREATE TABLE bid_sources (
    id          int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ip_address  inet,
    device_info text CONSTRAINT bid_sources_device_not_long
                CHECK (octet_length(device_info) <= 1024),
    created_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT bid_sources_once UNIQUE NULLS NOT DISTINCT (ip_address, device_info)
);
COMMENT ON TABLE bid_sources IS 'Address and device, interned: the journal names them by number.';

CREATE TABLE book_changes (
    county_id  uuid NOT NULL,
    batch_id   uuid NOT NULL,
    version    bigint NOT NULL CONSTRAINT book_changes_version_positive CHECK (version >= 1),
    kind       smallint NOT NULL,
    lot_no     int,
    bidder_no  int,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (batch_id, version),
    FOREIGN KEY (county_id, batch_id) REFERENCES batches (county_id, id)
);
COMMENT ON TABLE book_changes IS
    'What narrowed the book of a batch, one row for each book_version.';

CALL strikeoff.protect('batch_journals', report => false);
GRANT SELECT, INSERT, UPDATE ON batch_journals TO strikeoff_worker;

-- The worker reads the journal and cannot write it but through journal_append.
CALL strikeoff.protect('bid_blocks', report => false);
CREATE POLICY journal_all ON bid_blocks TO strikeoff_journal USING (true) WITH CHECK (true);
GRANT SELECT ON bid_blocks TO strikeoff_worker;
GRANT SELECT, INSERT ON bid_blocks TO strikeoff_journal;

CALL strikeoff.protect('bid_sources', report => false);
GRANT SELECT, INSERT ON bid_sources TO strikeoff_worker;

CALL strikeoff.protect('book_changes', report => false);
GRANT SELECT, INSERT ON book_changes TO strikeoff_worker;

-- To lock a row takes the right to update one column of it. The functions lock and never update.
CREATE POLICY journal_locks ON batches TO strikeoff_journal USING (true);
GRANT SELECT (id, county_id, status, start_time, end_time, book_version, chain_length),
      UPDATE (chain_length)
    ON batches TO strikeoff_journal;

-- Safe to lose nothing: without fsync or with an asynchronous commit an accepted bid could vanish.
-- Not for REPEATABLE READ, whose snapshot is older than the lock.
CREATE FUNCTION strikeoff.journal_append(county uuid, batch_ids uuid[], versions bigint[],
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

        SELECT b.status, b.start_time, b.end_time, b.book_version, b.chain_length
        INTO b_status, b_start, b_end, b_version, b_chain
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

        -- The clock is read under the lock: time spent waiting for it counts.
        accepted_at := greatest(strikeoff.clock(), last_at + interval '1 microsecond');
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
COMMENT ON FUNCTION strikeoff.journal_append(uuid, uuid[], bigint[], bytea[]) IS
    'Stores one group of bids for each batch, or says why not. The only writer of bid_blocks.';

CREATE FUNCTION strikeoff.journal_fence(batch_ids uuid[])
    RETURNS TABLE (batch_id uuid, next_seq bigint)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    wanted uuid;
BEGIN
    FOR wanted IN SELECT DISTINCT listed.id FROM unnest(batch_ids) AS listed (id) ORDER BY 1 LOOP
        PERFORM 1 FROM public.batches b WHERE b.id = wanted FOR NO KEY UPDATE;
        CONTINUE WHEN NOT FOUND;
        batch_id := wanted;
        SELECT coalesce((SELECT l.first_seq + l.count FROM public.bid_blocks l
                         WHERE l.batch_id = wanted
                         ORDER BY l.first_seq DESC LIMIT 1), 0)
        INTO next_seq;
        RETURN NEXT;
    END LOOP;
END
$$;
COMMENT ON FUNCTION strikeoff.journal_fence(uuid[]) IS
    'Waits for whoever is storing bids of these batches, then says where each journal ends.';

GRANT EXECUTE ON FUNCTION strikeoff.journal_append(uuid, uuid[], bigint[], bytea[]),
    strikeoff.journal_fence(uuid[]) TO strikeoff_worker;

-- An owner of a function must be able to create in its schema, for the moment of the gift.
GRANT CREATE ON SCHEMA strikeoff TO strikeoff_journal;
ALTER FUNCTION strikeoff.journal_append(uuid, uuid[], bigint[], bytea[]) OWNER TO strikeoff_journal;
ALTER FUNCTION strikeoff.journal_fence(uuid[]) OWNER TO strikeoff_journal;
REVOKE CREATE ON SCHEMA strikeoff FROM strikeoff_journal;
