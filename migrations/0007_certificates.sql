-- The liens themselves.

CREATE TYPE certificate_status AS ENUM ('pending', 'active', 'sold', 'redeemed', 'canceled');
CREATE TYPE certificate_canceled_reason AS ENUM
    ('paid_before_sale', 'clerical_error', 'double_assessment', 'property_in_bankruptcy',
     'exempt_property', 'value_corrected', 'expired', 'tax_deed_issued', 'court_order', 'other');

CREATE TABLE certificates (
    id                        uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id                 uuid NOT NULL REFERENCES counties,
    property_id               uuid NOT NULL,
    certificate_number        text,
    advertised_number         int CONSTRAINT certificates_advertised_number_positive
                              CHECK (advertised_number >= 1),
    tax_year                  int NOT NULL CONSTRAINT certificates_tax_year_plausible
                              CHECK (tax_year BETWEEN 1900 AND 2200),
    face_value                numeric(14,2) NOT NULL CONSTRAINT certificates_face_positive
                              CHECK (face_value > 0),
    tax_amount                numeric(14,2)
                              CONSTRAINT certificates_tax_not_negative CHECK (tax_amount >= 0),
    interest_amount           numeric(14,2) CONSTRAINT certificates_interest_not_negative
                              CHECK (interest_amount >= 0),
    commission_amount         numeric(14,2) CONSTRAINT certificates_commission_not_negative
                              CHECK (commission_amount >= 0),
    cost_amount               numeric(14,2)
                              CONSTRAINT certificates_cost_not_negative CHECK (cost_amount >= 0),
    homestead                 boolean NOT NULL DEFAULT false,
    homestead_below_threshold boolean NOT NULL DEFAULT false,
    status                    certificate_status NOT NULL DEFAULT 'pending',
    holder_id                 uuid,
    award_rate                numeric(5,2) CONSTRAINT certificates_award_rate_not_negative
                              CHECK (award_rate >= 0),
    issue_date                date,
    original_issue_date       date,
    expires_on                date,
    redemption_date           date,
    canceled_reason           certificate_canceled_reason,
    canceled_note             text,
    removed_at                timestamptz,
    removed_reason            text,
    tax_deed_applied_at       timestamptz,
    paid_at                   timestamptz,
    import_id                 uuid,
    published                 boolean NOT NULL DEFAULT false,
    created_at                timestamptz NOT NULL DEFAULT now(),
    updated_at                timestamptz NOT NULL DEFAULT now(),
    UNIQUE (county_id, id),
    -- Checked at the end of the statement, so that one UPDATE may number a whole list anew.
    CONSTRAINT certificates_by_advertised_number UNIQUE (county_id, tax_year, advertised_number)
        DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT certificates_one_per_parcel_and_year UNIQUE (county_id, property_id, tax_year),
    FOREIGN KEY (county_id, property_id) REFERENCES properties (county_id, id),
    FOREIGN KEY (county_id, holder_id) REFERENCES bidder_numbers (county_id, id),
    FOREIGN KEY (county_id, import_id) REFERENCES imports (county_id, id)
);
COMMENT ON TABLE certificates IS
    'One lien per parcel and tax year; rows change status and are never deleted.';
COMMENT ON COLUMN certificates.certificate_number IS
    'Null until the award, unless an import brings it.';
COMMENT ON COLUMN certificates.advertised_number IS 'Its place in the published list.';
COMMENT ON COLUMN certificates.tax_amount IS
    'The delinquent tax alone, which the homestead rule tests.';
COMMENT ON COLUMN certificates.homestead_below_threshold IS
    'Never offered: goes to the county at the maximum rate (F.S. 197.432(4)).';
COMMENT ON COLUMN certificates.holder_id IS 'Null while nobody, or the county, holds it.';
COMMENT ON COLUMN certificates.issue_date IS
    'First day of the month of sale; interest counts from it.';
COMMENT ON COLUMN certificates.original_issue_date IS
    'Of the first certificate, when the county sold it later; drives deed date and expiry.';
COMMENT ON COLUMN certificates.removed_at IS 'Taken from the list before the sale.';
COMMENT ON COLUMN certificates.paid_at IS
    'When the owner paid the tax itself, before or at the sale.';
COMMENT ON COLUMN certificates.published IS
    'In the list of a published sale, so visible to everyone; kept by triggers of the auctions.';
CREATE UNIQUE INDEX certificates_by_number
    ON certificates (county_id, tax_year, certificate_number);
CREATE INDEX certificates_by_property ON certificates (property_id);
CREATE INDEX certificates_by_holder ON certificates (holder_id, id);
CREATE INDEX certificates_by_import ON certificates (import_id);
CREATE INDEX certificates_by_status ON certificates (county_id, status, id);
CREATE INDEX certificates_county_held ON certificates (county_id, id)
    WHERE status = 'sold' AND holder_id IS NULL;
CREATE INDEX certificates_by_expiry ON certificates (expires_on) WHERE status = 'sold';
CALL strikeoff.keep_updated_at('certificates');

CREATE TABLE certificate_history (
    id               uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id        uuid NOT NULL,
    certificate_id   uuid NOT NULL,
    event_type       text NOT NULL,
    change_data_json jsonb NOT NULL DEFAULT '{}',
    performed_by     uuid REFERENCES users,
    created_at       timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (county_id, certificate_id) REFERENCES certificates (county_id, id)
);
COMMENT ON TABLE certificate_history IS 'Every change of a certificate, once, for good.';
COMMENT ON COLUMN certificate_history.performed_by IS 'Null when the system did it.';
CREATE INDEX certificate_history_by_certificate ON certificate_history (certificate_id, id);
CREATE INDEX certificate_history_by_county ON certificate_history (county_id, id);
CREATE INDEX certificate_history_by_person ON certificate_history (performed_by);

CALL strikeoff.protect('certificates');
CALL strikeoff.allow_county('certificates');
CALL strikeoff.allow_public('certificates', 'published');
CREATE POLICY held_by_me ON certificates FOR SELECT TO strikeoff_app
    USING (holder_id IN (SELECT n.id FROM bidder_numbers n
                         WHERE n.user_id = (SELECT strikeoff.my_user())));
GRANT SELECT, INSERT, UPDATE ON certificates TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('certificate_history');
CALL strikeoff.allow_county('certificate_history');
CREATE POLICY of_my_certificates ON certificate_history FOR SELECT TO strikeoff_app
    USING (EXISTS (SELECT 1 FROM certificates c JOIN bidder_numbers n ON n.id = c.holder_id
                   WHERE c.id = certificate_id AND n.user_id = (SELECT strikeoff.my_user())));
GRANT SELECT, INSERT ON certificate_history TO strikeoff_app, strikeoff_worker;
