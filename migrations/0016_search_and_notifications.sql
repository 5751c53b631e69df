-- What a person searched for, and what the system tells a person.

CREATE TYPE notification_type AS ENUM
    ('auction_start', 'outbid', 'certificate_status', 'auction_end', 'batch_closed', 'award',
     'invoice', 'payment', 'payment_due', 'deposit', 'redemption', 'registration', 'kyc',
     'saved_search', 'document', 'deadline', 'security', 'system');
CREATE TYPE notification_channel AS ENUM ('email', 'sms', 'in_app', 'push');

CREATE TABLE user_search_history (
    id                 uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id            uuid NOT NULL REFERENCES users,
    query_text         text,
    filter_params_json jsonb NOT NULL DEFAULT '{}',
    results_count      int
                       CONSTRAINT user_search_history_count_not_negative CHECK (results_count >= 0),
    created_at         timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE user_search_history IS 'The searches a person ran, for that person alone.';
CREATE INDEX user_search_history_by_user ON user_search_history (user_id, id);

CREATE TABLE saved_searches (
    id                 uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id            uuid NOT NULL REFERENCES users,
    name               text NOT NULL,
    query_text         text,
    filter_params_json jsonb NOT NULL DEFAULT '{}',
    alerts_enabled     boolean NOT NULL DEFAULT false,
    alerted_at         timestamptz,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, name)
);
COMMENT ON TABLE saved_searches IS 'A search with a name, and with alerts if wanted.';
CREATE INDEX saved_searches_by_user ON saved_searches (user_id, id);
CREATE INDEX saved_searches_alerting ON saved_searches (alerted_at) WHERE alerts_enabled;
CALL strikeoff.keep_updated_at('saved_searches');

CREATE TABLE notifications (
    id                  uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id             uuid NOT NULL REFERENCES users,
    type                notification_type NOT NULL,
    title               text NOT NULL,
    message             text NOT NULL,
    is_read             boolean NOT NULL DEFAULT false,
    related_entity_type text,
    related_entity_id   uuid,
    created_at          timestamptz NOT NULL DEFAULT now(),
    updated_at          timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE notifications IS 'A notice to one person, as shown in the application.';
CREATE INDEX notifications_by_user ON notifications (user_id, id);
CREATE INDEX notifications_unread ON notifications (user_id) WHERE NOT is_read;
CALL strikeoff.keep_updated_at('notifications');

CREATE TABLE notification_preferences (
    id                uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id           uuid NOT NULL REFERENCES users,
    notification_type notification_type NOT NULL,
    enabled           boolean NOT NULL DEFAULT true,
    channel           notification_channel NOT NULL,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, notification_type, channel)
);
COMMENT ON TABLE notification_preferences IS 'Which notices reach a person by which channel.';
CALL strikeoff.keep_updated_at('notification_preferences');

CALL strikeoff.protect('user_search_history', report => false);
CALL strikeoff.allow_user('user_search_history');
GRANT SELECT, INSERT, DELETE ON user_search_history TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('saved_searches', report => false);
CALL strikeoff.allow_user('saved_searches');
GRANT SELECT, INSERT, UPDATE, DELETE ON saved_searches TO strikeoff_app;
GRANT SELECT, UPDATE ON saved_searches TO strikeoff_worker;

CALL strikeoff.protect('notifications');
CALL strikeoff.allow_user('notifications', 'SELECT');
CREATE POLICY own_update ON notifications FOR UPDATE TO strikeoff_app
    USING (user_id = (SELECT strikeoff.my_user()))
    WITH CHECK (user_id = (SELECT strikeoff.my_user()));
GRANT SELECT, UPDATE (is_read) ON notifications TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON notifications TO strikeoff_worker;

CALL strikeoff.protect('notification_preferences');
CALL strikeoff.allow_user('notification_preferences');
GRANT SELECT, INSERT, UPDATE, DELETE ON notification_preferences TO strikeoff_app;
GRANT SELECT, INSERT ON notification_preferences TO strikeoff_worker;
