-- Links of mails, devices that are known, and sessions that wait for a second factor.

CREATE TYPE account_link_purpose AS ENUM ('confirm_address', 'reset_password', 'change_address');

CREATE TABLE account_links (
    id         uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id    uuid NOT NULL REFERENCES users,
    purpose    account_link_purpose NOT NULL,
    token_hash bytea NOT NULL UNIQUE
               CONSTRAINT account_links_token_hash_is_sha256 CHECK (octet_length(token_hash) = 32),
    new_email  text,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT account_links_address_where_it_changes
        CHECK ((purpose = 'change_address') = (new_email IS NOT NULL))
);
COMMENT ON TABLE account_links IS 'What a link in a mail stands for; the token itself is not kept.';
CREATE INDEX account_links_by_user ON account_links (user_id, id);
CREATE INDEX account_links_by_expiry ON account_links (expires_at);
CALL strikeoff.protect('account_links', report => false);
GRANT SELECT, INSERT, UPDATE, DELETE ON account_links TO strikeoff_worker;

CREATE TABLE known_devices (
    id           uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id      uuid NOT NULL REFERENCES users,
    token_hash   bytea NOT NULL
                 CONSTRAINT known_devices_token_hash_is_sha256 CHECK (octet_length(token_hash) = 32),
    device_info  text,
    last_used_at timestamptz NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, token_hash)
);
COMMENT ON TABLE known_devices IS
    'Browsers from which a person has signed in: nobody else''s failures keep them out.';
CALL strikeoff.protect('known_devices', report => false);
GRANT SELECT, INSERT, UPDATE, DELETE ON known_devices TO strikeoff_worker;

ALTER TABLE sessions ADD COLUMN awaits_factor boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN sessions.awaits_factor IS
    'The password was right; good for giving the second factor and for nothing else.';

ALTER TYPE auth_event_type ADD VALUE 'sign_up';
ALTER TYPE auth_event_type ADD VALUE 'email_change_requested';
ALTER TYPE auth_event_type ADD VALUE 'email_changed';
