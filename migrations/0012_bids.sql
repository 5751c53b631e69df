-- Bids as people read them, projected from the journal, and what they won.

CREATE TYPE bid_status AS ENUM
    ('standing', 'replaced', 'withdrawn', 'awarded', 'lost', 'blocked', 'outbid', 'void');
CREATE TYPE winning_bid_payment_status AS ENUM
    ('pending', 'invoiced', 'processing', 'paid', 'failed', 'forfeited', 'refunded', 'void');
CREATE TYPE bid_pattern_kind AS ENUM ('strategy', 'finding');
CREATE TYPE bid_pattern_status AS ENUM ('active', 'open', 'dismissed', 'confirmed');

CREATE TABLE bids (
    id             uuid NOT NULL,
    county_id      uuid NOT NULL,
    user_id        uuid NOT NULL REFERENCES users,
    certificate_id uuid NOT NULL,
    auction_id     uuid NOT NULL,
    batch_id       uuid NOT NULL,
    bid_id         uuid NOT NULL,
    seq            bigint NOT NULL CONSTRAINT bids_seq_not_negative CHECK (seq >= 0),
    kind           smallint NOT NULL CONSTRAINT bids_kind_known CHECK (kind IN (1, 2)),
    adv_no         int NOT NULL,
    interest_rate  numeric(5,2) CONSTRAINT bids_rate_not_negative CHECK (interest_rate >= 0),
    timestamp      timestamptz NOT NULL,
    status         bid_status NOT NULL DEFAULT 'standing',
    ip_address     inet,
    device_info    text,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (batch_id, id),
    UNIQUE (batch_id, seq),
    FOREIGN KEY (county_id, certificate_id) REFERENCES certificates (county_id, id),
    FOREIGN KEY (county_id, auction_id) REFERENCES auctions (county_id, id),
    CONSTRAINT bids_placed_has_rate CHECK (kind <> 1 OR interest_rate IS NOT NULL)
) PARTITION BY HASH (batch_id);
COMMENT ON TABLE bids IS
    'Every version of every bid, copied from the journal. No foreign key to batches: it would '
    'mark the batch row that accepting bids locks. Users, certificates and auctions are key- '
    'share locked while rows are copied, so lock those FOR NO KEY UPDATE.';
COMMENT ON COLUMN bids.id IS
    'UUIDv8 of batch and seq, so that projecting twice makes the same row.';
COMMENT ON COLUMN bids.bid_id IS 'The bidder''s own id of this change.';
COMMENT ON COLUMN bids.seq IS 'Place in the journal of the batch; never shown while it is open.';
COMMENT ON COLUMN bids.kind IS '1 place, 2 withdraw.';
COMMENT ON COLUMN bids.interest_rate IS
    'In sealed formats the lowest rate the bidder accepts; of a withdrawal without meaning.';
COMMENT ON COLUMN bids.timestamp IS 'When it was accepted, by the database''s clock.';
CREATE INDEX bids_by_user ON bids (user_id, batch_id, seq);
CREATE INDEX bids_by_certificate ON bids (certificate_id, batch_id, seq);
CREATE INDEX bids_by_auction ON bids (auction_id, batch_id);

DO $$
DECLARE
    part text;
BEGIN
    FOR remainder IN 0 .. 15 LOOP
        part := 'bids_p' || lpad(remainder::text, 2, '0');
        EXECUTE format('CREATE TABLE %I PARTITION OF bids
                        FOR VALUES WITH (MODULUS 16, REMAINDER %s)', part, remainder);
        EXECUTE format('COMMENT ON TABLE %I IS %L', part, 'A sixteenth of bids, by batch.');
        -- Reached through the parent alone: a partition has no grants and no policies for requests.
        CALL strikeoff.protect(part::regclass, report => false);
    END LOOP;
END
$$;

CREATE UNLOGGED TABLE bids_staging (
    id             uuid NOT NULL,
    county_id      uuid NOT NULL,
    user_id        uuid NOT NULL,
    certificate_id uuid NOT NULL,
    auction_id     uuid NOT NULL,
    batch_id       uuid NOT NULL,
    bid_id         uuid NOT NULL,
    seq            bigint NOT NULL,
    kind           smallint NOT NULL,
    adv_no         int NOT NULL,
    interest_rate  numeric(5,2),
    timestamp      timestamptz NOT NULL,
    status         bid_status NOT NULL,
    ip_address     inet,
    device_info    text,
    created_at     timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE bids_staging IS
    'Where the projector COPYs rows before they are inserted into bids. No row security: COPY '
    'refuses it; only the worker may touch the table.';
CREATE INDEX bids_staging_by_batch ON bids_staging (batch_id);
GRANT SELECT, INSERT, DELETE, TRUNCATE ON bids_staging TO strikeoff_worker;

CREATE TABLE winning_bids (
    id                   uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id            uuid NOT NULL,
    auction_id           uuid NOT NULL,
    batch_id             uuid NOT NULL,
    batch_certificate_id uuid NOT NULL UNIQUE,
    user_id              uuid NOT NULL REFERENCES users,
    certificate_id       uuid NOT NULL,
    bid_id               uuid NOT NULL,
    bidder_number_id     uuid,
    member               int NOT NULL DEFAULT 0 CONSTRAINT winning_bids_member_not_negative
                         CHECK (member >= 0),
    interest_rate        numeric(5,2) NOT NULL CONSTRAINT winning_bids_rate_not_negative
                         CHECK (interest_rate >= 0),
    face                 numeric(14,2) NOT NULL
                         CONSTRAINT winning_bids_face_positive CHECK (face > 0),
    payment_status       winning_bid_payment_status NOT NULL DEFAULT 'pending',
    invoice_id           uuid,
    void_reason          text,
    created_at           timestamptz NOT NULL DEFAULT now(),
    updated_at           timestamptz NOT NULL DEFAULT now(),
    UNIQUE (county_id, id),
    FOREIGN KEY (county_id, auction_id) REFERENCES auctions (county_id, id),
    FOREIGN KEY (county_id, batch_id) REFERENCES batches (county_id, id),
    FOREIGN KEY (county_id, batch_certificate_id) REFERENCES batch_certificates (county_id, id),
    FOREIGN KEY (county_id, certificate_id) REFERENCES certificates (county_id, id),
    FOREIGN KEY (county_id, bidder_number_id) REFERENCES bidder_numbers (county_id, id),
    FOREIGN KEY (batch_id, bid_id) REFERENCES bids (batch_id, id)
);
COMMENT ON TABLE winning_bids IS
    'An award: which bid got the lot, at what rate, and how it was paid.';
COMMENT ON COLUMN winning_bids.bid_id IS 'The row of bids, not the bidder''s own id.';
COMMENT ON COLUMN winning_bids.interest_rate IS 'The award rate, not the bid.';
COMMENT ON COLUMN winning_bids.member IS 'Position in the group''s frozen order; 0 is the primary.';
CREATE INDEX winning_bids_by_user ON winning_bids (user_id, id);
CREATE INDEX winning_bids_by_auction ON winning_bids (auction_id, payment_status, id);
CREATE INDEX winning_bids_by_batch ON winning_bids (batch_id, bid_id);
CREATE INDEX winning_bids_by_certificate ON winning_bids (certificate_id);
CREATE INDEX winning_bids_by_bidder_number ON winning_bids (bidder_number_id);
CREATE INDEX winning_bids_by_invoice ON winning_bids (invoice_id);
CALL strikeoff.keep_updated_at('winning_bids');

CREATE TABLE auto_bid_configurations (
    id              uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id         uuid NOT NULL REFERENCES users,
    auction_id      uuid REFERENCES auctions,
    name            text NOT NULL,
    enabled         boolean NOT NULL DEFAULT false,
    enabled_at      timestamptz,
    parameters_json jsonb NOT NULL DEFAULT '{}',
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, id),
    UNIQUE (user_id, name)
);
COMMENT ON TABLE auto_bid_configurations IS
    'What a bidder lets the system bid, within which limits.';
COMMENT ON COLUMN auto_bid_configurations.enabled_at IS
    'Of two equal floors the one enabled first leads.';
CREATE INDEX auto_bid_configurations_by_auction
    ON auto_bid_configurations (auction_id) WHERE enabled;
CREATE INDEX auto_bid_configurations_of_auction ON auto_bid_configurations (auction_id, id);
CALL strikeoff.keep_updated_at('auto_bid_configurations');

CREATE TABLE auto_bid_targets (
    id                uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id           uuid NOT NULL DEFAULT strikeoff.my_user(),
    configuration_id  uuid NOT NULL,
    certificate_id    uuid NOT NULL REFERENCES certificates,
    max_interest_rate numeric(5,2) CONSTRAINT auto_bid_targets_max_not_negative
                      CHECK (max_interest_rate >= 0),
    min_interest_rate numeric(5,2) CONSTRAINT auto_bid_targets_min_not_negative
                      CHECK (min_interest_rate >= 0),
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    UNIQUE (configuration_id, certificate_id),
    FOREIGN KEY (user_id, configuration_id) REFERENCES auto_bid_configurations (user_id, id)
        ON DELETE CASCADE,
    CONSTRAINT auto_bid_targets_rates_ordered CHECK (min_interest_rate <= max_interest_rate)
);
COMMENT ON TABLE auto_bid_targets IS
    'A certificate named by a configuration, with limits of its own.';
COMMENT ON COLUMN auto_bid_targets.max_interest_rate IS 'The opening rate in an open sale.';
COMMENT ON COLUMN auto_bid_targets.min_interest_rate IS
    'The floor; null takes the configuration''s.';
CREATE INDEX auto_bid_targets_by_user ON auto_bid_targets (user_id, id);
CREATE INDEX auto_bid_targets_by_certificate ON auto_bid_targets (certificate_id);
CALL strikeoff.keep_updated_at('auto_bid_targets');

CREATE TABLE bid_patterns (
    id              uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id         uuid NOT NULL REFERENCES users,
    county_id       uuid,
    auction_id      uuid,
    kind            bid_pattern_kind NOT NULL DEFAULT 'strategy',
    status          bid_pattern_status NOT NULL DEFAULT 'active',
    pattern_type    text NOT NULL,
    parameters_json jsonb NOT NULL DEFAULT '{}',
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (county_id, auction_id) REFERENCES auctions (county_id, id),
    FOREIGN KEY (county_id) REFERENCES counties,
    CONSTRAINT bid_patterns_finding_has_county CHECK (kind <> 'finding' OR county_id IS NOT NULL)
);
COMMENT ON TABLE bid_patterns IS
    'A bidder''s saved strategy, or a finding of surveillance about a bidder.';
CREATE INDEX bid_patterns_by_user ON bid_patterns (user_id, id);
CREATE INDEX bid_patterns_by_county ON bid_patterns (county_id, status, id);
CREATE INDEX bid_patterns_by_auction ON bid_patterns (auction_id);
CALL strikeoff.keep_updated_at('bid_patterns');

-- Sealed until the close, for staff and reports as for everyone.
CALL strikeoff.protect('bids', report => false);
CREATE POLICY report_reads ON bids FOR SELECT TO strikeoff_report
    USING (batch_id IN (SELECT b.id FROM batches b WHERE b.status = 'closed'));
GRANT SELECT ON bids TO strikeoff_report;
CALL strikeoff.allow_user('bids', 'SELECT');
CREATE POLICY of_closed_batches ON bids FOR SELECT TO strikeoff_app
    USING (batch_id IN (SELECT b.id FROM batches b WHERE b.status = 'closed'));
GRANT SELECT ON bids TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE ON bids TO strikeoff_worker;

CALL strikeoff.protect('winning_bids');
CALL strikeoff.allow_county('winning_bids');
CALL strikeoff.allow_user('winning_bids', 'SELECT');
CALL strikeoff.allow_public('winning_bids',
    'batch_id IN (SELECT b.id FROM batches b WHERE b.status = ''closed'')');
GRANT SELECT, UPDATE (payment_status, invoice_id, void_reason) ON winning_bids TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE ON winning_bids TO strikeoff_worker;

-- Winners are public record: number and name of those who were awarded something.
CREATE POLICY winners ON bidder_numbers FOR SELECT TO strikeoff_app
    USING (EXISTS (SELECT 1 FROM winning_bids w WHERE w.bidder_number_id = bidder_numbers.id));

CALL strikeoff.protect('auto_bid_configurations', report => false);
CALL strikeoff.allow_user('auto_bid_configurations');
GRANT SELECT, INSERT, UPDATE, DELETE ON auto_bid_configurations TO strikeoff_app;
GRANT SELECT, UPDATE ON auto_bid_configurations TO strikeoff_worker;

CALL strikeoff.protect('auto_bid_targets', report => false);
CALL strikeoff.allow_user('auto_bid_targets');
GRANT SELECT, INSERT, UPDATE, DELETE ON auto_bid_targets TO strikeoff_app;
GRANT SELECT, INSERT ON auto_bid_targets TO strikeoff_worker;

-- A finding is for staff; the bidder whom it names sees strategies only.
CALL strikeoff.protect('bid_patterns', report => false);
CREATE POLICY county_staff ON bid_patterns TO strikeoff_app
    USING (kind = 'finding' AND county_id = ANY ((SELECT strikeoff.my_counties())::uuid[]))
    WITH CHECK (kind = 'finding' AND county_id = ANY ((SELECT strikeoff.my_counties())::uuid[]));
CREATE POLICY own_all ON bid_patterns TO strikeoff_app
    USING (kind = 'strategy' AND user_id = (SELECT strikeoff.my_user()))
    WITH CHECK (kind = 'strategy' AND user_id = (SELECT strikeoff.my_user()));
GRANT SELECT, INSERT, UPDATE, DELETE ON bid_patterns TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE ON bid_patterns TO strikeoff_worker;
