-- Staff by function, and second factors that were lost.

ALTER TYPE auth_event_type ADD VALUE 'mfa_recovery_granted';
ALTER TYPE auth_event_type ADD VALUE 'mfa_recovery_stopped';
ALTER TYPE auth_event_type ADD VALUE 'mfa_recovered';
ALTER TYPE auth_event_type ADD VALUE 'role_changed';
ALTER TYPE auth_event_type ADD VALUE 'permissions_changed';
ALTER TYPE auth_event_type ADD VALUE 'status_changed';

ALTER TABLE user_permissions ADD CONSTRAINT user_permissions_known_in_counties
    CHECK (resource_type IS DISTINCT FROM 'county'
           OR (resource_id IS NOT NULL
               AND permission_name IN ('imports', 'sales', 'approvals', 'money', 'reports',
                                       'settings', 'all')));

CREATE TABLE factor_recoveries (
    id           uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id      uuid NOT NULL REFERENCES users,
    county_id    uuid REFERENCES counties,
    asked_by     uuid NOT NULL REFERENCES users,
    reason       text NOT NULL,
    effective_at timestamptz NOT NULL,
    applied_at   timestamptz,
    stopped_at   timestamptz,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT factor_recoveries_end_once CHECK (applied_at IS NULL OR stopped_at IS NULL)
);
COMMENT ON TABLE factor_recoveries IS
    'Two of staff agreed that a person lost the second factor: it falls away after a delay.';
COMMENT ON COLUMN factor_recoveries.effective_at IS
    'From then on the next sign-in removes the factor, unless the recovery was stopped.';
CREATE UNIQUE INDEX factor_recoveries_one_open ON factor_recoveries (user_id)
    WHERE applied_at IS NULL AND stopped_at IS NULL;
CREATE INDEX factor_recoveries_by_user ON factor_recoveries (user_id, id);
CREATE INDEX factor_recoveries_by_county ON factor_recoveries (county_id);
CREATE INDEX factor_recoveries_by_asker ON factor_recoveries (asked_by);
CALL strikeoff.keep_updated_at('factor_recoveries');
CALL strikeoff.protect('factor_recoveries', report => false);
CREATE POLICY county_staff ON factor_recoveries FOR SELECT TO strikeoff_app
    USING (county_id = ANY ((SELECT strikeoff.my_counties())::uuid[]));
GRANT SELECT ON factor_recoveries TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE ON factor_recoveries TO strikeoff_worker;
