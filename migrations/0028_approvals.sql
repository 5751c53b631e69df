-- What takes two people waits here for the second one.

CREATE TYPE approval_action AS ENUM ('publish_import', 'resume_auction', 'cancel_batch',
                                     'change_role', 'grant_permissions', 'recover_second_factor');
CREATE TYPE approval_decision AS ENUM ('approved', 'refused', 'expired');

CREATE TABLE approvals (
    id          uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id   uuid REFERENCES counties,
    action      approval_action NOT NULL,
    subject_id  uuid NOT NULL,
    parameters  jsonb NOT NULL,
    preview     jsonb NOT NULL,
    proposed_by uuid NOT NULL REFERENCES users,
    expires_at  timestamptz NOT NULL,
    decision    approval_decision,
    decided_by  uuid REFERENCES users,
    decided_at  timestamptz,
    outcome     jsonb,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT approvals_two_people
        CHECK (decision IS DISTINCT FROM 'approved' OR decided_by <> proposed_by),
    CONSTRAINT approvals_decided_whole
        CHECK ((decision IS NULL) = (decided_at IS NULL)
               AND (decision IS NOT DISTINCT FROM 'approved') = (outcome IS NOT NULL)
               AND (decision IN ('approved', 'refused')) IS NOT DISTINCT FROM
                   CASE WHEN decision IS NOT NULL THEN decided_by IS NOT NULL END)
);
COMMENT ON TABLE approvals IS
    'A change that takes two people: what one proposed, and what another decided.';
COMMENT ON COLUMN approvals.county_id IS 'Null when it is the platform''s and not a county''s.';
COMMENT ON COLUMN approvals.subject_id IS 'What it changes: a sale, a batch, a user, a county.';
COMMENT ON COLUMN approvals.preview IS 'What it would have come to when it was proposed.';
COMMENT ON COLUMN approvals.outcome IS 'What it came to when it was carried out.';
CREATE UNIQUE INDEX approvals_one_pending ON approvals (action, subject_id)
    WHERE decision IS NULL AND action <> 'publish_import';
COMMENT ON INDEX approvals_one_pending IS 'The same thing is not proposed twice at a time.';
CREATE INDEX approvals_by_county ON approvals (county_id, id);
CREATE INDEX approvals_by_proposer ON approvals (proposed_by);
CREATE INDEX approvals_by_decider ON approvals (decided_by);
CALL strikeoff.keep_updated_at('approvals');
CALL strikeoff.protect('approvals');
CREATE POLICY county_staff ON approvals FOR SELECT TO strikeoff_app
    USING (county_id = ANY ((SELECT strikeoff.my_counties())::uuid[]));
CREATE POLICY administrators ON approvals FOR SELECT TO strikeoff_app
    USING ((SELECT strikeoff.is_admin()));
GRANT SELECT ON approvals TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE ON approvals TO strikeoff_worker;

CREATE TABLE staged_imports (
    approval_id uuid PRIMARY KEY REFERENCES approvals,
    county_id   uuid NOT NULL REFERENCES counties,
    bytes       bytea NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE staged_imports ALTER COLUMN bytes SET COMPRESSION lz4;
COMMENT ON TABLE staged_imports IS
    'The file of an import that waits for its second person; gone once that is decided.';
CREATE INDEX staged_imports_by_county ON staged_imports (county_id);
CALL strikeoff.protect('staged_imports', report => false);
CALL strikeoff.allow_county('staged_imports');
GRANT SELECT, INSERT, DELETE ON staged_imports TO strikeoff_worker;
