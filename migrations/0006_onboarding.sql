-- From an account to a bidder whom a county knows.

CREATE TYPE registration_status AS ENUM
    ('pending_review', 'approved', 'rejected', 'draft', 'needs_information');
CREATE TYPE verification_status AS ENUM ('pending', 'review', 'passed', 'failed', 'expired');
CREATE TYPE bidder_number_status AS ENUM ('pending', 'active', 'suspended', 'retired');
CREATE TYPE tax_form_kind AS ENUM ('w9', 'w8');
CREATE TYPE tax_form_status AS ENUM ('submitted', 'accepted', 'refused', 'expired');
CREATE TYPE agreement_kind AS ENUM
    ('terms', 'bidding', 'privacy', 'ach_authorization', 'beneficial_owner');

CREATE TABLE registrations (
    id                      uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id                 uuid NOT NULL REFERENCES users,
    county_id               uuid REFERENCES counties,
    status                  registration_status NOT NULL DEFAULT 'draft',
    submitted_at            timestamptz,
    reviewed_by             uuid REFERENCES users,
    reviewed_at             timestamptz,
    rejection_reason        text,
    kyc_document_references jsonb,
    answers_json            jsonb NOT NULL DEFAULT '{}',
    created_at              timestamptz NOT NULL DEFAULT now(),
    updated_at              timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT registrations_submitted CHECK (status = 'draft' OR submitted_at IS NOT NULL),
    CONSTRAINT registrations_reviewed CHECK (status NOT IN ('approved', 'rejected')
                                             OR reviewed_at IS NOT NULL),
    CONSTRAINT registrations_not_by_oneself CHECK (reviewed_by <> user_id)
);
COMMENT ON TABLE registrations IS
    'A person''s application: to the platform, or to bid in one county.';
COMMENT ON COLUMN registrations.county_id IS
    'Null for the account itself, which administrators review.';
CREATE UNIQUE INDEX registrations_one_open ON registrations (user_id, county_id)
    NULLS NOT DISTINCT WHERE status <> 'rejected';
CREATE INDEX registrations_by_user ON registrations (user_id, id);
CREATE INDEX registrations_by_county ON registrations (county_id, status, id);
CREATE INDEX registrations_by_reviewer ON registrations (reviewed_by);
CALL strikeoff.keep_updated_at('registrations');

CREATE TABLE compliance_verifications (
    id                     uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id                uuid NOT NULL REFERENCES users,
    verification_type      text NOT NULL,
    status                 verification_status NOT NULL DEFAULT 'pending',
    verification_data_json jsonb NOT NULL DEFAULT '{}',
    verified_by            uuid REFERENCES users,
    verified_at            timestamptz,
    expires_at             timestamptz,
    created_at             timestamptz NOT NULL DEFAULT now(),
    updated_at             timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE compliance_verifications IS
    'Checks of identity, sanctions and funds, with their outcome.';
CREATE INDEX compliance_verifications_by_user ON compliance_verifications (user_id, id);
CREATE INDEX compliance_verifications_by_verifier ON compliance_verifications (verified_by);
CREATE INDEX compliance_verifications_by_status ON compliance_verifications (status, id);
CREATE INDEX compliance_verifications_by_expiry ON compliance_verifications (expires_at)
    WHERE status = 'passed';
CALL strikeoff.keep_updated_at('compliance_verifications');

CREATE TABLE bidder_numbers (
    id              uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id       uuid NOT NULL REFERENCES counties,
    number          text NOT NULL,
    user_id         uuid REFERENCES users,
    name            text NOT NULL,
    tax_year        int
                    CONSTRAINT bidder_numbers_tax_year_plausible
                    CHECK (tax_year BETWEEN 1900 AND 2200),
    tin_blind_index bytea CONSTRAINT bidder_numbers_blind_index_length
                    CHECK (octet_length(tin_blind_index) = 16),
    status          bidder_number_status NOT NULL DEFAULT 'active',
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (county_id, id),
    UNIQUE (county_id, number),
    CONSTRAINT bidder_numbers_one_per_tin UNIQUE (county_id, tin_blind_index)
);
COMMENT ON TABLE bidder_numbers IS 'One per taxpayer and county; holds certificates in that name.';
COMMENT ON COLUMN bidder_numbers.user_id IS
    'Null for an affiliate of a group, which has no account.';
COMMENT ON COLUMN bidder_numbers.tin_blind_index IS
    'Keyed hash of the TIN: equality without the TIN.';
CREATE INDEX bidder_numbers_by_user ON bidder_numbers (user_id, id);
CALL strikeoff.keep_updated_at('bidder_numbers');

CREATE TABLE tax_forms (
    id               uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id        uuid NOT NULL,
    bidder_number_id uuid NOT NULL,
    user_id          uuid REFERENCES users,
    form_year        int NOT NULL
                     CONSTRAINT tax_forms_year_plausible CHECK (form_year BETWEEN 1900 AND 2200),
    kind             tax_form_kind NOT NULL DEFAULT 'w9',
    status           tax_form_status NOT NULL DEFAULT 'submitted',
    legal_name       text NOT NULL,
    tax_class        text,
    tin_box          bytea,
    tin_last4        text CONSTRAINT tax_forms_last4_is_digits CHECK (tin_last4 ~ '^[0-9]{4}$'),
    address_json     jsonb NOT NULL DEFAULT '{}',
    backup_withholding boolean NOT NULL DEFAULT false,
    document_id      uuid REFERENCES documents,
    signed_at        timestamptz,
    reviewed_by      uuid REFERENCES users,
    reviewed_at      timestamptz,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    UNIQUE (bidder_number_id, form_year),
    FOREIGN KEY (county_id, bidder_number_id) REFERENCES bidder_numbers (county_id, id)
);
COMMENT ON TABLE tax_forms IS 'The W-9 or W-8 of a bidder number for one year.';
COMMENT ON COLUMN tax_forms.tin_box IS 'The TIN, encrypted and bound to this row.';
CREATE INDEX tax_forms_by_county ON tax_forms (county_id, status, id);
CREATE INDEX tax_forms_by_user ON tax_forms (user_id, id);
CREATE INDEX tax_forms_by_document ON tax_forms (document_id);
CREATE INDEX tax_forms_by_reviewer ON tax_forms (reviewed_by);
CALL strikeoff.keep_updated_at('tax_forms');

CREATE TABLE agreements (
    id          uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id   uuid REFERENCES counties,
    user_id     uuid NOT NULL REFERENCES users,
    kind        agreement_kind NOT NULL,
    version     text NOT NULL,
    text_hash   bytea NOT NULL
                CONSTRAINT agreements_text_hash_is_sha256 CHECK (octet_length(text_hash) = 32),
    accepted_at timestamptz NOT NULL,
    ip_address  inet,
    device_info text,
    created_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE NULLS NOT DISTINCT (user_id, county_id, kind, version)
);
COMMENT ON TABLE agreements IS 'Who accepted which text, when and from where.';
COMMENT ON COLUMN agreements.county_id IS 'Null for the terms of the platform itself.';
CREATE INDEX agreements_by_user ON agreements (user_id, id);
CREATE INDEX agreements_by_county ON agreements (county_id, id);

CREATE TABLE screening_lists (
    id             uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    name           text NOT NULL,
    published_on   date NOT NULL,
    sha256         bytea NOT NULL
                   CONSTRAINT screening_lists_sha256_length CHECK (octet_length(sha256) = 32),
    entries        int NOT NULL CONSTRAINT screening_lists_not_empty CHECK (entries > 0),
    content_json   jsonb NOT NULL,
    is_current     boolean NOT NULL DEFAULT false,
    loaded_by      uuid REFERENCES users,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    UNIQUE (name, sha256)
);
COMMENT ON TABLE screening_lists IS
    'Sanctions lists as loaded; a malformed new one leaves the old current.';
CREATE UNIQUE INDEX screening_lists_one_current ON screening_lists (name) WHERE is_current;
CREATE INDEX screening_lists_by_loader ON screening_lists (loaded_by);
CALL strikeoff.keep_updated_at('screening_lists');

CALL strikeoff.protect('registrations');
CALL strikeoff.allow_county('registrations');
CALL strikeoff.allow_user('registrations', 'SELECT');
CREATE POLICY own_insert ON registrations FOR INSERT TO strikeoff_app
    WITH CHECK (user_id = (SELECT strikeoff.my_user()) AND status IN ('draft', 'pending_review'));
CREATE POLICY own_update ON registrations FOR UPDATE TO strikeoff_app
    USING (user_id = (SELECT strikeoff.my_user()) AND status IN ('draft', 'needs_information'))
    WITH CHECK (user_id = (SELECT strikeoff.my_user())
                AND status IN ('draft', 'needs_information', 'pending_review'));
CREATE POLICY administrators ON registrations TO strikeoff_app
    USING ((SELECT strikeoff.is_admin())) WITH CHECK ((SELECT strikeoff.is_admin()));
GRANT SELECT, INSERT, UPDATE ON registrations TO strikeoff_app, strikeoff_worker;

-- Staff see and review the people who applied to their counties.
CREATE POLICY county_staff ON users FOR SELECT TO strikeoff_app
    USING (id IN (SELECT r.user_id FROM registrations r
                  WHERE r.county_id = ANY ((SELECT strikeoff.my_counties())::uuid[])));
CREATE POLICY county_staff_update ON users FOR UPDATE TO strikeoff_app
    USING (id IN (SELECT r.user_id FROM registrations r
                  WHERE r.county_id = ANY ((SELECT strikeoff.my_counties())::uuid[]))
           AND role IN ('investor', 'viewer'))
    WITH CHECK (role IN ('investor', 'viewer'));

CALL strikeoff.protect('compliance_verifications');
CALL strikeoff.allow_user('compliance_verifications', 'SELECT');
CREATE POLICY county_staff ON compliance_verifications TO strikeoff_app
    USING (user_id IN (SELECT r.user_id FROM registrations r
                       WHERE r.county_id = ANY ((SELECT strikeoff.my_counties())::uuid[])))
    WITH CHECK (user_id IN (SELECT r.user_id FROM registrations r
                       WHERE r.county_id = ANY ((SELECT strikeoff.my_counties())::uuid[])));
CREATE POLICY administrators ON compliance_verifications TO strikeoff_app
    USING ((SELECT strikeoff.is_admin())) WITH CHECK ((SELECT strikeoff.is_admin()));
GRANT SELECT, INSERT, UPDATE ON compliance_verifications TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('bidder_numbers');
CALL strikeoff.allow_county('bidder_numbers');
CALL strikeoff.allow_user('bidder_numbers', 'SELECT');
GRANT SELECT, INSERT, UPDATE ON bidder_numbers TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('tax_forms', report => false);
CALL strikeoff.allow_county('tax_forms');
CALL strikeoff.allow_user('tax_forms', 'SELECT');
CREATE POLICY own_insert ON tax_forms FOR INSERT TO strikeoff_app
    WITH CHECK (user_id = (SELECT strikeoff.my_user()) AND status = 'submitted');
GRANT SELECT, INSERT, UPDATE ON tax_forms TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('agreements');
CALL strikeoff.allow_county('agreements');
CALL strikeoff.allow_user('agreements');
GRANT SELECT, INSERT ON agreements TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('screening_lists');
CREATE POLICY administrators ON screening_lists TO strikeoff_app
    USING ((SELECT strikeoff.is_admin())) WITH CHECK ((SELECT strikeoff.is_admin()));
GRANT SELECT, INSERT, UPDATE ON screening_lists TO strikeoff_app, strikeoff_worker;
