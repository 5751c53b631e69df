-- Work that outlives a request, effects that wait for a commit, and requests that come twice.

CREATE TYPE job_state AS ENUM ('ready', 'running', 'done', 'failed', 'canceled');

CREATE TABLE jobs (
    id          uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id   uuid REFERENCES counties,
    user_id     uuid REFERENCES users,
    kind        text NOT NULL,
    key         text NOT NULL,
    payload     jsonb NOT NULL DEFAULT '{}',
    state       job_state NOT NULL DEFAULT 'ready',
    run_at      timestamptz NOT NULL DEFAULT now(),
    lease_until timestamptz,
    attempts    int NOT NULL DEFAULT 0 CONSTRAINT jobs_attempts_not_negative CHECK (attempts >= 0),
    last_error  text,
    progress    jsonb,
    finished_at timestamptz,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (kind, key)
) WITH (fillfactor = 70);
COMMENT ON TABLE jobs IS
    'Background work, taken under a lease; each kind names a piece of work once.';
COMMENT ON COLUMN jobs.user_id IS 'Who asked for it; null for the schedule.';
COMMENT ON COLUMN jobs.lease_until IS 'A running job whose lease has passed is taken again.';
CREATE INDEX jobs_ready ON jobs (run_at) WHERE state = 'ready';
CREATE INDEX jobs_running ON jobs (lease_until) WHERE state = 'running';
CREATE INDEX jobs_by_county ON jobs (county_id, id);
CREATE INDEX jobs_by_user ON jobs (user_id, id);
CALL strikeoff.keep_updated_at('jobs');

CREATE TABLE outbox_events (
    id           uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id    uuid REFERENCES counties,
    topic        text NOT NULL,
    key          text,
    payload      jsonb NOT NULL DEFAULT '{}',
    available_at timestamptz NOT NULL DEFAULT now(),
    attempts     int NOT NULL DEFAULT 0 CONSTRAINT outbox_events_attempts_not_negative
                 CHECK (attempts >= 0),
    last_error   text,
    delivered_at timestamptz,
    created_at   timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT outbox_events_once UNIQUE (topic, key)
) WITH (fillfactor = 70);
COMMENT ON TABLE outbox_events IS 'Effects on the world, written with the change that causes them.';
COMMENT ON COLUMN outbox_events.key IS
    'Makes an event unique within its topic; null where that is not needed.';
CREATE INDEX outbox_events_undelivered
    ON outbox_events (available_at, id) WHERE delivered_at IS NULL;
CREATE INDEX outbox_events_by_county ON outbox_events (county_id, id);

CREATE TABLE idempotency_keys (
    user_id       uuid NOT NULL REFERENCES users,
    key           text NOT NULL CONSTRAINT idempotency_keys_key_not_long CHECK (length(key) <= 200),
    route         text NOT NULL,
    request_hash  bytea NOT NULL CONSTRAINT idempotency_keys_hash_is_sha256
                  CHECK (octet_length(request_hash) = 32),
    status        int,
    content_type  text,
    response      bytea,
    completed_at  timestamptz,
    created_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, route, key)
);
COMMENT ON TABLE idempotency_keys IS 'Answers kept, so that a request sent twice acts once.';
COMMENT ON COLUMN idempotency_keys.status IS
    'HTTP status of the answer; null while the first is at work.';
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

CALL strikeoff.protect('jobs');
CALL strikeoff.allow_county('jobs');
CALL strikeoff.allow_user('jobs', 'SELECT');
CALL strikeoff.allow_user('jobs', 'INSERT');
CREATE POLICY administrators ON jobs TO strikeoff_app
    USING ((SELECT strikeoff.is_admin())) WITH CHECK ((SELECT strikeoff.is_admin()));
GRANT SELECT, INSERT, UPDATE ON jobs TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON jobs TO strikeoff_worker;

CALL strikeoff.protect('outbox_events', report => false);
CREATE POLICY writes ON outbox_events FOR INSERT TO strikeoff_app WITH CHECK (true);
GRANT INSERT ON outbox_events TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox_events TO strikeoff_worker;

CALL strikeoff.protect('idempotency_keys', report => false);
CALL strikeoff.allow_user('idempotency_keys');
GRANT SELECT, INSERT, UPDATE ON idempotency_keys TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO strikeoff_worker;
