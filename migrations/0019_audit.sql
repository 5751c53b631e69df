-- The audit log: one row per command, chained by hashes, written by one function.

CREATE FUNCTION strikeoff.payload_json(payload bytea) RETURNS jsonb
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN convert_from(payload, 'UTF8')::jsonb;
COMMENT ON FUNCTION strikeoff.payload_json(bytea) IS
    'Immutable in a UTF-8 database, which this one is: a generated column may be built on it.';
GRANT EXECUTE ON FUNCTION strikeoff.payload_json(bytea)
    TO strikeoff_app, strikeoff_worker, strikeoff_report;

CREATE TABLE audit_heads (
    log_id     uuid PRIMARY KEY,
    county_id  uuid REFERENCES counties,
    length     bigint NOT NULL DEFAULT 0
               CONSTRAINT audit_heads_length_not_negative CHECK (length >= 0),
    hash       bytea NOT NULL CONSTRAINT audit_heads_hash_length CHECK (octet_length(hash) = 32),
    created_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 20);
COMMENT ON TABLE audit_heads IS 'The end of each log; its row is locked last in a transaction.';
COMMENT ON COLUMN audit_heads.county_id IS 'Null for the log of the platform.';
CREATE INDEX audit_heads_by_county ON audit_heads (county_id);

CREATE TABLE audit_logs (
    id           uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id    uuid REFERENCES counties,
    log_id       uuid NOT NULL REFERENCES audit_heads,
    seq          bigint NOT NULL CONSTRAINT audit_logs_seq_positive CHECK (seq >= 1),
    user_id      uuid REFERENCES users,
    entity_type  text NOT NULL,
    entity_id    uuid,
    action       text NOT NULL,
    payload      bytea NOT NULL,
    changes_json jsonb GENERATED ALWAYS AS (strikeoff.payload_json(payload)) STORED,
    hash         bytea NOT NULL CONSTRAINT audit_logs_hash_length CHECK (octet_length(hash) = 32),
    ip_address   inet,
    created_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (log_id, seq)
);
COMMENT ON TABLE audit_logs IS 'Who did what, in an order that cannot be changed unnoticed.';
COMMENT ON COLUMN audit_logs.user_id IS 'Null for the system.';
COMMENT ON COLUMN audit_logs.payload IS 'Canonical JSON exactly as hashed.';
COMMENT ON COLUMN audit_logs.hash IS
    'SHA-256 of 02, the hash before, seq and the digest of payload.';
CREATE INDEX audit_logs_by_county ON audit_logs (county_id, id);
CREATE INDEX audit_logs_by_user ON audit_logs (user_id, id);
CREATE INDEX audit_logs_by_entity ON audit_logs (entity_type, entity_id, id);
CALL strikeoff.make_append_only('audit_logs');

CREATE TABLE audit_checkpoints (
    log_id       uuid NOT NULL REFERENCES audit_heads,
    length       bigint NOT NULL
                 CONSTRAINT audit_checkpoints_length_not_negative CHECK (length >= 0),
    county_id    uuid REFERENCES counties,
    head_hash    bytea NOT NULL CONSTRAINT audit_checkpoints_head_length
                 CHECK (octet_length(head_hash) = 32),
    root         bytea NOT NULL
                 CONSTRAINT audit_checkpoints_root_length CHECK (octet_length(root) = 32),
    made_at      timestamptz NOT NULL,
    signature    bytea NOT NULL CONSTRAINT audit_checkpoints_signature_length
                 CHECK (octet_length(signature) = 64),
    published_at timestamptz,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (log_id, length, made_at)
);
COMMENT ON TABLE audit_checkpoints IS
    'Signed tree heads of a log, public, against which it is verified.';
COMMENT ON COLUMN audit_checkpoints.root IS 'RFC 6962 root over the payload digests.';
CREATE INDEX audit_checkpoints_by_county ON audit_checkpoints (county_id);

CREATE FUNCTION strikeoff.audit_append(log uuid, county uuid, "user" uuid, entity_type text,
                                       entity_id uuid, action text, payload bytea, ip inet)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    head     record;
    new_hash bytea;
BEGIN
    SELECT h.county_id, h.length + 1 AS seq, h.hash INTO head
    FROM public.audit_heads h WHERE h.log_id = log FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        INSERT INTO public.audit_heads (log_id, county_id, hash)
        VALUES (log, county, sha256('strikeoff/audit/v1'::bytea || '\x00'::bytea || uuid_send(log)))
        ON CONFLICT DO NOTHING;
        SELECT h.county_id, h.length + 1 AS seq, h.hash INTO head
        FROM public.audit_heads h WHERE h.log_id = log FOR NO KEY UPDATE;
    END IF;
    IF head.county_id IS DISTINCT FROM county THEN
        RAISE EXCEPTION 'log % is not of county %', log, county
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    new_hash := sha256('\x02'::bytea || head.hash || int8send(head.seq) || sha256(payload));
    INSERT INTO public.audit_logs (county_id, log_id, seq, user_id, entity_type, entity_id, action,
                                   payload, hash, ip_address, created_at)
    VALUES (county, log, head.seq, "user", entity_type, entity_id, action, payload, new_hash, ip,
            strikeoff.clock());
    UPDATE public.audit_heads h SET length = head.seq, hash = new_hash WHERE h.log_id = log;
    RETURN head.seq;
END
$$;
COMMENT ON FUNCTION strikeoff.audit_append(uuid, uuid, uuid, text, uuid, text, bytea, inet) IS
    'Adds a row to a log and returns its number. Call it last: it holds the log''s head until '
    'the commit.';
GRANT EXECUTE ON FUNCTION strikeoff.audit_append(uuid, uuid, uuid, text, uuid, text, bytea, inet)
    TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('audit_heads');
CALL strikeoff.allow_county('audit_heads');
GRANT SELECT ON audit_heads TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('audit_logs');
CREATE POLICY county_staff ON audit_logs FOR SELECT TO strikeoff_app
    USING (county_id = ANY ((SELECT strikeoff.my_counties())::uuid[]));
CREATE POLICY administrators ON audit_logs FOR SELECT TO strikeoff_app
    USING ((SELECT strikeoff.is_admin()));
CALL strikeoff.allow_user('audit_logs', 'SELECT');
GRANT SELECT ON audit_logs TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('audit_checkpoints');
CALL strikeoff.allow_public('audit_checkpoints', 'true');
GRANT SELECT ON audit_checkpoints TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE (published_at) ON audit_checkpoints TO strikeoff_worker;
