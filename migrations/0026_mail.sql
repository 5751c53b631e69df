-- Mails that wait for their server, written with the change that causes them.

CREATE TABLE mails (
    id           uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id      uuid REFERENCES users,
    kind         text NOT NULL,
    recipient    text NOT NULL CONSTRAINT mails_recipient_not_long CHECK (length(recipient) <= 254),
    sealed       bytea,
    available_at timestamptz NOT NULL DEFAULT now(),
    attempts     int NOT NULL DEFAULT 0 CONSTRAINT mails_attempts_not_negative
                 CHECK (attempts >= 0),
    last_error   text,
    sent_at      timestamptz,
    dead_at      timestamptz,
    created_at   timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT mails_sealed_until_sent CHECK (sealed IS NOT NULL OR sent_at IS NOT NULL),
    CONSTRAINT mails_sent_or_dead CHECK (sent_at IS NULL OR dead_at IS NULL)
) WITH (fillfactor = 70);
COMMENT ON TABLE mails IS 'Mails to send, and for some weeks those that were sent or given up.';
COMMENT ON COLUMN mails.user_id IS 'Whose mail it is; null when the address is nobody''s yet.';
COMMENT ON COLUMN mails.sealed IS
    'What the mail says, encrypted: it may hold a link that opens an account. Null once it is sent.';
COMMENT ON COLUMN mails.available_at IS
    'Not tried before; an attempt moves it, so that nobody else tries at the same time.';
COMMENT ON COLUMN mails.dead_at IS 'Given up: refused for good, or tried too often.';
CREATE INDEX mails_waiting ON mails (available_at, id) WHERE sent_at IS NULL AND dead_at IS NULL;
CREATE INDEX mails_done ON mails ((coalesce(sent_at, dead_at)))
    WHERE sent_at IS NOT NULL OR dead_at IS NOT NULL;
CREATE INDEX mails_dead ON mails (dead_at) WHERE dead_at IS NOT NULL;
CREATE INDEX mails_by_user ON mails (user_id, id);

CALL strikeoff.protect('mails', report => false);
CREATE POLICY writes ON mails FOR INSERT TO strikeoff_app WITH CHECK (true);
GRANT INSERT ON mails TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON mails TO strikeoff_worker;
