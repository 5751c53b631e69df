-- What the public is told while it happens: events by topic, numbered without gaps.

CREATE TABLE live_topics (
    topic      text PRIMARY KEY
               CONSTRAINT live_topics_known CHECK (topic ~ '^(sales|(sale|batch):[0-9a-f-]{36})$'),
    county_id  uuid REFERENCES counties,
    last_seq   bigint NOT NULL CONSTRAINT live_topics_seq_positive CHECK (last_seq > 0),
    created_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);
COMMENT ON TABLE live_topics IS
    'The number of the last event of each topic. The lock on the row orders those who tell.';
COMMENT ON COLUMN live_topics.county_id IS 'Null for the topic of all sales.';
CREATE INDEX live_topics_by_county ON live_topics (county_id, topic);

CREATE TABLE live_events (
    topic      text NOT NULL REFERENCES live_topics,
    seq        bigint NOT NULL CONSTRAINT live_events_seq_positive CHECK (seq > 0),
    county_id  uuid REFERENCES counties,
    at         timestamptz NOT NULL,
    kind       text NOT NULL,
    body       jsonb NOT NULL CONSTRAINT live_events_body_is_an_object
               CHECK (jsonb_typeof(body) = 'object'),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic, seq)
);
COMMENT ON TABLE live_events IS
    'What happened, as anybody may know it: no bid, and no number that runs with bids. Kept for a '
    'week.';
CREATE INDEX live_events_by_time ON live_events (at);
CREATE INDEX live_events_by_county ON live_events (county_id, at);

CALL strikeoff.protect('live_topics', report => false);
CALL strikeoff.allow_public('live_topics', 'true');
GRANT SELECT ON live_topics TO strikeoff_app, strikeoff_worker;
CALL strikeoff.protect('live_events', report => false);
CALL strikeoff.allow_public('live_events', 'true');
GRANT SELECT ON live_events TO strikeoff_app;
GRANT SELECT, DELETE ON live_events TO strikeoff_worker;

CREATE FUNCTION strikeoff.utc(moment timestamptz) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
COMMENT ON FUNCTION strikeoff.utc(timestamptz) IS 'A time as the API writes it.';

-- The row of the topic stays locked to the commit: whoever sees a number sees all before it.
CREATE FUNCTION strikeoff.tell(county uuid, about text, kind text, body jsonb) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    next_seq bigint;
BEGIN
    INSERT INTO public.live_topics AS t (topic, county_id, last_seq) VALUES (about, county, 1)
    ON CONFLICT (topic) DO UPDATE SET last_seq = t.last_seq + 1
    RETURNING t.last_seq INTO STRICT next_seq;
    INSERT INTO public.live_events (topic, seq, county_id, at, kind, body)
    VALUES (about, next_seq, county, strikeoff.clock(), kind, body);
END
$$;
COMMENT ON FUNCTION strikeoff.tell(uuid, text, text, jsonb) IS
    'Adds an event to a topic. The topic of a sale is locked before those of its batches and that '
    'of all sales.';

-- What a batch tells its sale tells as well. Whoever has not locked the sale's topic locks none of
-- its batches', so two closings of a sale never wait for each other.
CREATE FUNCTION strikeoff.tell_of_batch(of_batch uuid, kind text, body jsonb) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    batch record;
BEGIN
    SELECT b.county_id, b.auction_id INTO batch
    FROM public.batches b WHERE b.id = of_batch AND b.published;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    PERFORM strikeoff.tell(batch.county_id, 'sale:' || batch.auction_id, kind,
                           jsonb_build_object('batch_id', of_batch) || body);
    PERFORM strikeoff.tell(batch.county_id, 'batch:' || of_batch, kind, body);
END
$$;
COMMENT ON FUNCTION strikeoff.tell_of_batch(uuid, text, jsonb) IS
    'Adds an event to a batch and its sale; of what is not published nothing is told.';

-- The triggers are deferred to the commit: topics are the last locks of a transaction, and a row
-- that many transactions lock is held for no longer than a commit takes.

CREATE FUNCTION strikeoff.tell_auction() RETURNS trigger
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.status <> OLD.status THEN
        PERFORM strikeoff.tell(NEW.county_id, 'sale:' || NEW.id, 'state',
                               jsonb_build_object('status', NEW.status));
    ELSE
        PERFORM strikeoff.tell(NEW.county_id, 'sale:' || NEW.id, 'times',
                               jsonb_build_object('start_date', strikeoff.utc(NEW.start_date),
                                                  'end_date', strikeoff.utc(NEW.end_date)));
    END IF;
    PERFORM strikeoff.tell(NULL, 'sales', 'sale',
                           jsonb_build_object('auction_id', NEW.id, 'status', NEW.status));
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER tell AFTER UPDATE ON auctions
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.status <> 'draft'
          AND (OLD.status, OLD.name, OLD.start_date, OLD.end_date, OLD.registration_deadline,
               OLD.deposit_deadline, OLD.payment_due_at, OLD.refund_at, OLD.groups_freeze_at)
              IS DISTINCT FROM
              (NEW.status, NEW.name, NEW.start_date, NEW.end_date, NEW.registration_deadline,
               NEW.deposit_deadline, NEW.payment_due_at, NEW.refund_at, NEW.groups_freeze_at))
    EXECUTE FUNCTION strikeoff.tell_auction();

-- Not of the version of its book: that moves when somebody is barred, which is nobody's business.
CREATE FUNCTION strikeoff.tell_batch() RETURNS trigger
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.status <> OLD.status THEN
        PERFORM strikeoff.tell_of_batch(NEW.id, 'state',
                                        jsonb_build_object('status', NEW.status));
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.name, NEW.start_time, NEW.end_time)
                            IS DISTINCT FROM (OLD.name, OLD.start_time, OLD.end_time) THEN
        PERFORM strikeoff.tell_of_batch(
            NEW.id, 'times',
            jsonb_build_object('start_time', strikeoff.utc(NEW.start_time),
                               'end_time', strikeoff.utc(NEW.end_time)));
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER tell AFTER UPDATE ON batches
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.published AND NEW.published
          AND (OLD.status, OLD.name, OLD.start_time, OLD.end_time)
              IS DISTINCT FROM (NEW.status, NEW.name, NEW.start_time, NEW.end_time))
    EXECUTE FUNCTION strikeoff.tell_batch();
CREATE CONSTRAINT TRIGGER tell_new AFTER INSERT ON batches
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.published)
    EXECUTE FUNCTION strikeoff.tell_batch();

CREATE FUNCTION strikeoff.tell_change() RETURNS trigger
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM strikeoff.tell_of_batch(
        NEW.batch_id, 'change',
        jsonb_build_object(
            'k', NEW.k,
            'change', (ARRAY['opened', 'end_moved', 'paused', 'resumed', 'withdrawn',
                             'canceled'])[NEW.kind + 1]));
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER tell AFTER INSERT ON batch_chain
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION strikeoff.tell_change();

CREATE FUNCTION strikeoff.tell_item() RETURNS trigger
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM strikeoff.tell_of_batch(
        NEW.batch_id, 'item',
        jsonb_build_object('adv_no', NEW.adv_no, 'certificate_id', NEW.certificate_id,
                           'status', NEW.status));
    RETURN NULL;
END
$$;
-- Withdrawn ones alone: of awards there are thousands, and the results tell of them.
CREATE CONSTRAINT TRIGGER tell AFTER UPDATE ON batch_certificates
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.published AND NEW.status = 'withdrawn' AND OLD.status <> 'withdrawn')
    EXECUTE FUNCTION strikeoff.tell_item();

CREATE FUNCTION strikeoff.tell_closing() RETURNS trigger
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.head_published_at IS NULL AND NEW.head_published_at IS NOT NULL THEN
        PERFORM strikeoff.tell_of_batch(NEW.batch_id, 'closing', '{"published": "head"}');
    END IF;
    IF OLD.close_published_at IS NULL AND NEW.close_published_at IS NOT NULL THEN
        PERFORM strikeoff.tell_of_batch(NEW.batch_id, 'closing', '{"published": "close"}');
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER tell AFTER UPDATE ON batch_closings
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.head_published_at IS NULL) <> (NEW.head_published_at IS NULL)
          OR (OLD.close_published_at IS NULL) <> (NEW.close_published_at IS NULL))
    EXECUTE FUNCTION strikeoff.tell_closing();

CREATE FUNCTION strikeoff.tell_results() RETURNS trigger
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM strikeoff.tell_of_batch(
        NEW.batch_id, 'results',
        jsonb_build_object('published', CASE WHEN TG_TABLE_NAME = 'transcripts' THEN 'transcript'
                                             ELSE 'amendment' END));
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER tell_new AFTER INSERT ON transcripts
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.published_at IS NOT NULL)
    EXECUTE FUNCTION strikeoff.tell_results();
CREATE CONSTRAINT TRIGGER tell AFTER UPDATE ON transcripts
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.published_at IS NULL AND NEW.published_at IS NOT NULL)
    EXECUTE FUNCTION strikeoff.tell_results();
CREATE CONSTRAINT TRIGGER tell AFTER UPDATE ON amendments
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.published_at IS NULL AND NEW.published_at IS NOT NULL)
    EXECUTE FUNCTION strikeoff.tell_results();
