-- Bids that depend on those before them: where standing bids reserve budget, and in the open format,
-- where each must improve on the last. What a process decided holds only for the journal as it
-- knew it, so the journal stores nothing of one that is behind.

ALTER TABLE batches
    ADD COLUMN reserves boolean NOT NULL DEFAULT false,
    ADD COLUMN extended_to timestamptz;
COMMENT ON COLUMN batches.reserves IS
    'Whether a bid reserves its face from the budget. Settled when the batch gets its opening.';
COMMENT ON COLUMN batches.extended_to IS
    'Open format: the latest end of an item that bids have moved, when it is after end_time.';

CREATE TABLE bidder_exposures (
    batch_id   uuid NOT NULL,
    number     int NOT NULL,
    county_id  uuid NOT NULL,
    auction_id uuid NOT NULL,
    exposed    numeric(14,2) NOT NULL
               CONSTRAINT bidder_exposures_not_negative CHECK (exposed >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (batch_id, number),
    FOREIGN KEY (county_id, batch_id) REFERENCES batches (county_id, id)
);
COMMENT ON COLUMN bidder_exposures.number IS 'Of auction_bidders, as in the journal.';
COMMENT ON TABLE bidder_exposures IS
    'Face reserved in a batch by the bids of a bidder that stand, or that lead in the open format. '
    'Counts until the batch is closed or canceled.';
CREATE INDEX bidder_exposures_by_bidder ON bidder_exposures (auction_id, number);
CREATE INDEX bidder_exposures_by_county ON bidder_exposures (county_id, batch_id);
CALL strikeoff.keep_updated_at('bidder_exposures');

CREATE TABLE open_leads (
    batch_id    uuid NOT NULL,
    adv_no      int NOT NULL,
    county_id   uuid NOT NULL,
    rate        numeric(5,2) NOT NULL,
    bidder_ref  bytea NOT NULL CONSTRAINT open_leads_ref_length CHECK (octet_length(bidder_ref) = 16),
    accepted_at timestamptz NOT NULL,
    ends_at     timestamptz NOT NULL,
    bids        int NOT NULL DEFAULT 1 CONSTRAINT open_leads_bids_positive CHECK (bids > 0),
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (batch_id, adv_no),
    FOREIGN KEY (county_id, batch_id) REFERENCES batches (county_id, id)
);
COMMENT ON TABLE open_leads IS
    'Open format: who leads an item, at which rate, and when its bidding ends. Public.';
CREATE INDEX open_leads_by_county ON open_leads (county_id, batch_id);
CALL strikeoff.keep_updated_at('open_leads');

-- Exposures tell of sealed bids: nobody but their bidder sees them, through the service.
CALL strikeoff.protect('bidder_exposures', report => false);
CREATE POLICY journal_all ON bidder_exposures TO strikeoff_journal USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE ON bidder_exposures TO strikeoff_worker;
GRANT SELECT, INSERT, UPDATE ON bidder_exposures TO strikeoff_journal;

CALL strikeoff.protect('open_leads');
CALL strikeoff.allow_county('open_leads');
CALL strikeoff.allow_public('open_leads', 'true');
CREATE POLICY journal_all ON open_leads TO strikeoff_journal USING (true) WITH CHECK (true);
GRANT SELECT ON open_leads TO strikeoff_app;
GRANT SELECT, UPDATE ON open_leads TO strikeoff_worker;
GRANT SELECT, INSERT, UPDATE ON open_leads TO strikeoff_journal;

CREATE POLICY journal_reads ON auction_bidders FOR SELECT TO strikeoff_journal USING (true);
GRANT SELECT (auction_id, number, user_id, bidder_ref) ON auction_bidders TO strikeoff_journal;
-- To lock a row takes the right to update one column of it.
CREATE POLICY journal_locks ON budgets TO strikeoff_journal USING (true);
GRANT SELECT, UPDATE (updated_at) ON budgets TO strikeoff_journal;
GRANT SELECT (auction_id, extended_to), UPDATE (extended_to) ON batches TO strikeoff_journal;

GRANT CREATE ON SCHEMA strikeoff TO strikeoff_journal;

-- Parts of journal_append, which acts as its owner. It holds the batch's lock. Everyone locks budgets in the order of the bidders' numbers.
CREATE FUNCTION strikeoff.reserve_budgets(county uuid, auction uuid, batch uuid, percent int,
                                          amounts jsonb)
    RETURNS TABLE (bidder int, room numeric)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1
    FROM jsonb_to_recordset(amounts) AS w (number int, amount numeric)
    JOIN public.auction_bidders ab ON ab.auction_id = auction AND ab.number = w.number
    JOIN public.budgets g ON g.auction_id = auction AND g.user_id = ab.user_id
    ORDER BY w.number
    FOR NO KEY UPDATE OF g;

    -- A statement of its own: its snapshot is taken under the locks.
    RETURN QUERY
    SELECT w.number, greatest(r.room, 0)
    FROM jsonb_to_recordset(amounts) AS w (number int, amount numeric)
    JOIN public.auction_bidders ab ON ab.auction_id = auction AND ab.number = w.number
    LEFT JOIN public.budgets g ON g.auction_id = auction AND g.user_id = ab.user_id
    LEFT JOIN public.bidder_exposures mine ON mine.batch_id = batch AND mine.number = w.number
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(e.exposed), 0) AS exposed
        FROM public.bidder_exposures e JOIN public.batches b ON b.id = e.batch_id
        WHERE e.auction_id = auction AND e.number = w.number AND e.batch_id <> batch
          AND b.status NOT IN ('closed', 'canceled')) elsewhere
    CROSS JOIN LATERAL (
        SELECT least(least(g.own_limit, g.staff_grant,
                           CASE WHEN percent > 0
                                THEN least(trunc(coalesce(g.deposits, 0) * 100 / percent, 2),
                                           999999999999.99) END)
                     - coalesce(g.awarded, 0) - elsewhere.exposed,
                     g.batch_limit) AS room) r
    WHERE w.amount > coalesce(mine.exposed, 0) AND w.amount > r.room;
    IF FOUND THEN
        RETURN;
    END IF;

    INSERT INTO public.bidder_exposures AS e (batch_id, number, county_id, auction_id, exposed)
    SELECT batch, w.number, county, auction, w.amount
    FROM jsonb_to_recordset(amounts) AS w (number int, amount numeric)
    ORDER BY w.number
    ON CONFLICT (batch_id, number) DO UPDATE SET exposed = excluded.exposed;
END
$$;
COMMENT ON FUNCTION strikeoff.reserve_budgets(uuid, uuid, uuid, int, jsonb) IS
    'Sets what bidders have reserved in a batch, or says for whom that is too much and what the '
    'most would be, and sets nothing.';

CREATE FUNCTION strikeoff.lead_items(county uuid, auction uuid, batch uuid, at timestamptz,
                                     leads jsonb, extension interval)
    RETURNS void LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, public, pg_temp AS $$
    WITH led AS (
        INSERT INTO public.open_leads AS l (batch_id, adv_no, county_id, rate, bidder_ref,
                                            accepted_at, ends_at)
        SELECT batch, w.adv_no, county, w.bp / 100.0, ab.bidder_ref, at,
               CASE WHEN w.final THEN at
                    WHEN w.extendable AND at >= w.ends - extension THEN at + extension
                    ELSE w.ends END
        FROM jsonb_to_recordset(leads)
                 AS w (adv_no int, number int, bp int, ends timestamptz, extendable boolean,
                       final boolean)
        JOIN public.auction_bidders ab ON ab.auction_id = auction AND ab.number = w.number
        ORDER BY w.adv_no
        ON CONFLICT (batch_id, adv_no) DO UPDATE
            SET rate = excluded.rate, bidder_ref = excluded.bidder_ref,
                accepted_at = excluded.accepted_at, ends_at = excluded.ends_at, bids = l.bids + 1
        RETURNING l.ends_at)
    UPDATE public.batches b SET extended_to = greatest(b.extended_to, latest.ends_at)
    FROM (SELECT max(led.ends_at) AS ends_at FROM led) latest
    WHERE b.id = batch AND latest.ends_at > greatest(b.end_time, b.extended_to)
$$;
COMMENT ON FUNCTION strikeoff.lead_items(uuid, uuid, uuid, timestamptz, jsonb, interval) IS
    'Writes who leads the items of an open sale after a block, and when their bidding ends.';

DROP FUNCTION strikeoff.journal_append(uuid, uuid[], bigint[], bytea[], bigint, timestamptz);
CREATE FUNCTION strikeoff.journal_append(county uuid, batch_ids uuid[], versions bigint[],
                                         records bytea[], known_epoch bigint DEFAULT NULL,
                                         good_until timestamptz DEFAULT NULL,
                                         orders text[] DEFAULT NULL)
    RETURNS TABLE (batch_id uuid, verdict text, first_seq bigint, accepted_at timestamptz,
                   rooms jsonb)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    groups     int := coalesce(array_length(batch_ids, 1), 0);
    places     int[];
    place      int;
    b_auction  uuid;
    b_status   public.batch_status;
    b_start    timestamptz;
    b_end      timestamptz;
    b_version  bigint;
    b_chain    int;
    b_changed  timestamptz;
    last_at    timestamptz;
    epoch_now  bigint;
    terms      jsonb;
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
       OR groups <> coalesce(array_length(records, 1), 0)
       OR groups <> coalesce(array_length(orders, 1), groups) THEN
        RAISE EXCEPTION 'batches, versions, records and orders differ in number'
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
        rooms := NULL;

        SELECT b.auction_id, b.status, b.start_time, greatest(b.end_time, b.extended_to),
               b.book_version, b.chain_length, b.changed_at
        INTO b_auction, b_status, b_start, b_end, b_version, b_chain, b_changed
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

        -- A statement of its own: its snapshot is taken under the lock and sees the last block and
        -- every change of access that was committed before.
        SELECT a.epoch, l.next_seq, l.accepted_at INTO STRICT epoch_now, first_seq, last_at
        FROM public.access_epoch a
        LEFT JOIN LATERAL (
            SELECT k.first_seq + k.count AS next_seq, k.accepted_at
            FROM public.bid_blocks k
            WHERE k.batch_id = batch_ids[place]
            ORDER BY k.first_seq DESC
            LIMIT 1) l ON true;
        first_seq := coalesce(first_seq, 0);

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
            WHEN epoch_now <> known_epoch OR accepted_at >= good_until THEN 'outdated'
            ELSE 'stored' END;
        IF verdict = 'stored' AND orders[place] <> '' THEN
            terms := orders[place]::jsonb;
            verdict := CASE
                WHEN first_seq <> (terms ->> 'known_seq')::bigint THEN 'behind'
                WHEN accepted_at >= (terms ->> 'until')::timestamptz THEN 'item_ended'
                ELSE 'stored' END;
            IF verdict = 'stored' THEN
                SELECT jsonb_agg(jsonb_build_object('bidder', s.bidder, 'room', s.room::text))
                INTO rooms
                FROM strikeoff.reserve_budgets(county, b_auction, batch_id,
                                               (terms ->> 'percent')::int,
                                               terms -> 'amounts') s;
                IF rooms IS NOT NULL THEN
                    verdict := 'over_budget';
                ELSIF terms -> 'leads' IS NOT NULL THEN
                    PERFORM strikeoff.lead_items(
                        county, b_auction, batch_id, accepted_at, terms -> 'leads',
                        make_interval(mins => (terms ->> 'extension')::int));
                END IF;
            END IF;
        END IF;
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
COMMENT ON FUNCTION
    strikeoff.journal_append(uuid, uuid[], bigint[], bytea[], bigint, timestamptz, text[]) IS
    'Stores one group of bids for each batch, or says why not. The only writer of bid_blocks. '
    'Outdated: access was narrowed since known_epoch, or good_until is over. A group with an order '
    'is stored only as the next one after known_seq, before until, and within the budgets.';
ALTER FUNCTION strikeoff.reserve_budgets(uuid, uuid, uuid, int, jsonb) OWNER TO strikeoff_journal;
ALTER FUNCTION strikeoff.lead_items(uuid, uuid, uuid, timestamptz, jsonb, interval)
    OWNER TO strikeoff_journal;
ALTER FUNCTION
    strikeoff.journal_append(uuid, uuid[], bigint[], bytea[], bigint, timestamptz, text[])
    OWNER TO strikeoff_journal;
REVOKE ALL ON FUNCTION strikeoff.reserve_budgets(uuid, uuid, uuid, int, jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION
    strikeoff.lead_items(uuid, uuid, uuid, timestamptz, jsonb, interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    strikeoff.journal_append(uuid, uuid[], bigint[], bytea[], bigint, timestamptz, text[])
    TO strikeoff_worker;
REVOKE CREATE ON SCHEMA strikeoff FROM strikeoff_journal;
