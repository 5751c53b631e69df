-- Keys of programs with scopes, and an epoch by which every process sees at once that somebody's
-- access was narrowed.

ALTER TYPE auth_event_type ADD VALUE 'mfa_codes_renewed';

ALTER TABLE api_keys
    ADD CONSTRAINT api_keys_scopes_known
        CHECK (scopes <@ ARRAY['read', 'bid', 'manage']),
    ADD CONSTRAINT api_keys_name_not_long CHECK (length(name) BETWEEN 1 AND 100);
COMMENT ON COLUMN api_keys.scopes IS
    'What the key is for: read, bid, manage. None: all that its owner may, by the operator alone.';
COMMENT ON COLUMN api_keys.last_used_at IS 'Written at most once a minute.';

CREATE TABLE access_epoch (
    only_row   boolean PRIMARY KEY DEFAULT true CONSTRAINT access_epoch_one_row CHECK (only_row),
    epoch      bigint NOT NULL DEFAULT 1 CONSTRAINT access_epoch_positive CHECK (epoch > 0),
    created_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 10);
COMMENT ON TABLE access_epoch IS
    'How often anybody''s access was narrowed. Whoever remembers a caller remembers this with it.';
INSERT INTO access_epoch DEFAULT VALUES;

CREATE TABLE access_changes (
    user_id    uuid PRIMARY KEY REFERENCES users,
    epoch      bigint NOT NULL CONSTRAINT access_changes_positive CHECK (epoch > 0),
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE access_changes IS 'The epoch at which a person''s access was narrowed last.';
CREATE INDEX access_changes_by_epoch ON access_changes (epoch);

CALL strikeoff.protect('access_epoch', report => false);
CREATE POLICY journal_reads ON access_epoch FOR SELECT TO strikeoff_journal USING (true);
GRANT SELECT ON access_epoch TO strikeoff_worker, strikeoff_journal;
CALL strikeoff.protect('access_changes', report => false);
GRANT SELECT ON access_changes TO strikeoff_worker;

-- Deferred to the commit, so that the one row that all narrowings lock is the last lock of each.
CREATE FUNCTION strikeoff.note_access_change() RETURNS trigger
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    concerned uuid;
    at_epoch  bigint;
BEGIN
    IF TG_TABLE_NAME = 'users' THEN
        concerned := OLD.id;
    ELSE
        concerned := OLD.user_id;
    END IF;
    UPDATE public.access_epoch SET epoch = epoch + 1 RETURNING epoch INTO STRICT at_epoch;
    INSERT INTO public.access_changes AS c (user_id, epoch) VALUES (concerned, at_epoch)
    ON CONFLICT (user_id) DO UPDATE SET epoch = EXCLUDED.epoch;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION strikeoff.note_access_change() IS
    'Stands after whatever narrows access, so that no code path can forget to say so.';

CREATE CONSTRAINT TRIGGER note_access_change AFTER UPDATE ON users
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.role, OLD.status, OLD.bidding_hold_until)
          IS DISTINCT FROM (NEW.role, NEW.status, NEW.bidding_hold_until))
    EXECUTE FUNCTION strikeoff.note_access_change();
CREATE CONSTRAINT TRIGGER note_access_change AFTER UPDATE ON api_keys
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.user_id, OLD.token_hash, OLD.scopes, OLD.county_id, OLD.expires_at, OLD.revoked_at)
          IS DISTINCT FROM
          (NEW.user_id, NEW.token_hash, NEW.scopes, NEW.county_id, NEW.expires_at, NEW.revoked_at))
    EXECUTE FUNCTION strikeoff.note_access_change();
CREATE CONSTRAINT TRIGGER note_access_deletion AFTER DELETE ON api_keys
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION strikeoff.note_access_change();
CREATE CONSTRAINT TRIGGER note_access_change AFTER UPDATE OR DELETE ON user_permissions
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION strikeoff.note_access_change();
-- A session that is not complete without its second factor gives access to nothing.
CREATE CONSTRAINT TRIGGER note_access_change AFTER UPDATE ON sessions
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NOT OLD.awaits_factor AND NOT OLD.enrol_only AND OLD.revoked_at IS NULL
          AND (NEW.revoked_at IS NOT NULL OR NEW.enrol_only OR NEW.awaits_factor
               OR NEW.expires_at < OLD.expires_at
               OR NEW.absolute_expires_at < OLD.absolute_expires_at))
    EXECUTE FUNCTION strikeoff.note_access_change();
CREATE CONSTRAINT TRIGGER note_access_deletion AFTER DELETE ON sessions
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NOT OLD.awaits_factor AND NOT OLD.enrol_only AND OLD.revoked_at IS NULL)
    EXECUTE FUNCTION strikeoff.note_access_change();

-- The journal takes nothing from a caller who was looked up before the last change, nor from one
-- whose key or session has run out by the time of the bid.
GRANT CREATE ON SCHEMA strikeoff TO strikeoff_journal;
DROP FUNCTION strikeoff.journal_append(uuid, uuid[], bigint[], bytea[]);
CREATE FUNCTION strikeoff.journal_append(county uuid, batch_ids uuid[], versions bigint[],
                                         records bytea[], known_epoch bigint DEFAULT NULL,
                                         good_until timestamptz DEFAULT NULL)
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
    epoch_now  bigint;
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
COMMENT ON FUNCTION strikeoff.journal_append(uuid, uuid[], bigint[], bytea[], bigint, timestamptz) IS
    'Stores one group of bids for each batch, or says why not. The only writer of bid_blocks. '
    'Outdated: access was narrowed since known_epoch, or good_until is over.';
ALTER FUNCTION strikeoff.journal_append(uuid, uuid[], bigint[], bytea[], bigint, timestamptz)
    OWNER TO strikeoff_journal;
GRANT EXECUTE ON FUNCTION
    strikeoff.journal_append(uuid, uuid[], bigint[], bytea[], bigint, timestamptz)
    TO strikeoff_worker;
REVOKE CREATE ON SCHEMA strikeoff FROM strikeoff_journal;
