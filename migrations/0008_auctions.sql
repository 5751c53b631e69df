-- Sales, their batches and the lots in them.

CREATE TYPE auction_status AS ENUM
    ('draft', 'published', 'open', 'paused', 'closing', 'closed', 'settled', 'canceled');
CREATE TYPE batch_status AS ENUM ('scheduled', 'open', 'paused', 'closing', 'closed', 'canceled');
CREATE TYPE batch_certificate_status AS ENUM
    ('offered', 'withdrawn', 'awarded', 'struck', 'void_paid');

CREATE TABLE auction_defaults (
    id                                uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    default_batching_interval_minutes int CONSTRAINT auction_defaults_interval_positive
                                      CHECK (default_batching_interval_minutes > 0),
    default_interest_rate_start       numeric(5,2) NOT NULL DEFAULT 18.00,
    default_interest_rate_min         numeric(5,2) NOT NULL DEFAULT 0.25,
    default_zero_bid_allowed          boolean NOT NULL DEFAULT true,
    default_bid_extension_minutes     int CONSTRAINT auction_defaults_extension_positive
                                      CHECK (default_bid_extension_minutes > 0),
    only_row                          boolean NOT NULL DEFAULT true UNIQUE
                                      CONSTRAINT auction_defaults_one_row CHECK (only_row),
    created_at                        timestamptz NOT NULL DEFAULT now(),
    updated_at                        timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT auction_defaults_rates_ordered
        CHECK (default_interest_rate_min > 0
               AND default_interest_rate_start >= default_interest_rate_min)
);
COMMENT ON TABLE auction_defaults IS
    'The settings of sales that neither county nor auction overrides; one row.';
COMMENT ON COLUMN auction_defaults.default_batching_interval_minutes IS
    'Minutes between batch closings; 60 closes a batch an hour.';
COMMENT ON COLUMN auction_defaults.default_bid_extension_minutes IS
    'Soft close of the open format; null closes hard.';
CALL strikeoff.keep_updated_at('auction_defaults');

CREATE TABLE auctions (
    id                    uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id             uuid NOT NULL REFERENCES counties,
    name                  text NOT NULL,
    tax_year              int NOT NULL CONSTRAINT auctions_tax_year_plausible
                          CHECK (tax_year BETWEEN 1900 AND 2200),
    start_date            timestamptz,
    end_date              timestamptz,
    status                auction_status NOT NULL DEFAULT 'draft',
    settings_json         jsonb NOT NULL DEFAULT '{}',
    published_at          timestamptz,
    published_by          uuid REFERENCES users,
    registration_deadline timestamptz,
    deposit_deadline      timestamptz,
    payment_due_at        timestamptz,
    refund_at             timestamptz,
    groups_freeze_at      timestamptz,
    paused_at             timestamptz,
    pause_reason          text,
    created_at            timestamptz NOT NULL DEFAULT now(),
    updated_at            timestamptz NOT NULL DEFAULT now(),
    UNIQUE (county_id, id),
    CONSTRAINT auctions_settings_are_an_object CHECK (jsonb_typeof(settings_json) = 'object'),
    CONSTRAINT auctions_end_after_start CHECK (end_date >= start_date)
);
COMMENT ON TABLE auctions IS 'A sale of a county: its dates, its settings, its state.';
COMMENT ON COLUMN auctions.start_date IS 'When bidding opens.';
COMMENT ON COLUMN auctions.end_date IS 'The last scheduled close.';
COMMENT ON COLUMN auctions.groups_freeze_at IS 'From here on bidding groups keep their members.';
CREATE INDEX auctions_by_status ON auctions (county_id, status, id);
CREATE INDEX auctions_by_start ON auctions (start_date, id) WHERE status <> 'draft';
CREATE INDEX auctions_by_publisher ON auctions (published_by);
CALL strikeoff.keep_updated_at('auctions');

CREATE TABLE batches (
    id           uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id    uuid NOT NULL,
    auction_id   uuid NOT NULL,
    number       int NOT NULL CONSTRAINT batches_number_positive CHECK (number >= 1),
    name         text NOT NULL,
    start_time   timestamptz NOT NULL,
    end_time     timestamptz NOT NULL,
    status       batch_status NOT NULL DEFAULT 'scheduled',
    is_cleanup   boolean NOT NULL DEFAULT false,
    book_version bigint NOT NULL DEFAULT 0,
    chain_length int NOT NULL DEFAULT 0,
    paused_at    timestamptz,
    closed_at    timestamptz,
    published    boolean NOT NULL DEFAULT false,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (county_id, id),
    UNIQUE (auction_id, number),
    FOREIGN KEY (county_id, auction_id) REFERENCES auctions (county_id, id),
    CONSTRAINT batches_end_after_start CHECK (end_time > start_time)
);
COMMENT ON TABLE batches IS
    'Certificates that close at the same instant. Accepting bids locks the row and never '
    'updates it.';
COMMENT ON COLUMN batches.book_version IS 'Raised by whatever narrows who may bid on what.';
COMMENT ON COLUMN batches.chain_length IS
    'Records of batch_chain; 0 until the batch has its opening.';
COMMENT ON COLUMN batches.published IS 'Of a published sale; kept by triggers.';
CREATE INDEX batches_by_auction_end ON batches (auction_id, end_time, id);
CREATE INDEX batches_running ON batches (end_time, id)
    WHERE status IN ('scheduled', 'open', 'paused', 'closing');
CALL strikeoff.keep_updated_at('batches');

CREATE TABLE batch_certificates (
    id               uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id        uuid NOT NULL,
    batch_id         uuid NOT NULL,
    certificate_id   uuid NOT NULL,
    adv_no           int NOT NULL CONSTRAINT batch_certificates_adv_no_positive CHECK (adv_no >= 1),
    face             numeric(14,2) NOT NULL
                     CONSTRAINT batch_certificates_face_positive CHECK (face > 0),
    round            int NOT NULL DEFAULT 0 CONSTRAINT batch_certificates_round_not_negative
                     CHECK (round >= 0),
    status           batch_certificate_status NOT NULL DEFAULT 'offered',
    withdrawn_at     timestamptz,
    withdrawn_reason text,
    award_rate       numeric(5,2),
    winner_ref       bytea CONSTRAINT batch_certificates_winner_ref_length
                     CHECK (octet_length(winner_ref) = 16),
    winner_member    int,
    tied             int,
    bid_count        int,
    published        boolean NOT NULL DEFAULT false,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    UNIQUE (county_id, id),
    UNIQUE (batch_id, adv_no),
    UNIQUE (batch_id, certificate_id),
    FOREIGN KEY (county_id, batch_id) REFERENCES batches (county_id, id),
    FOREIGN KEY (county_id, certificate_id) REFERENCES certificates (county_id, id),
    CONSTRAINT batch_certificates_withdrawn_has_time
        CHECK (status <> 'withdrawn' OR withdrawn_at IS NOT NULL)
);
COMMENT ON TABLE batch_certificates IS
    'A lot: one certificate offered in one batch, and its outcome.';
COMMENT ON COLUMN batch_certificates.face IS
    'The face when offered; the draw and the budgets use it.';
COMMENT ON COLUMN batch_certificates.round IS
    'Voided awards of this certificate in the sale before.';
COMMENT ON COLUMN batch_certificates.award_rate IS
    'This and the next four stay null until the close.';
COMMENT ON COLUMN batch_certificates.winner_ref IS 'The winner''s pseudonym in the sale.';
COMMENT ON COLUMN batch_certificates.winner_member IS
    'Position in the winner''s group; 0 is the primary.';
COMMENT ON COLUMN batch_certificates.tied IS 'Tickets among which the draw decided.';
COMMENT ON COLUMN batch_certificates.published IS 'Of a published sale; kept by triggers.';
CREATE INDEX batch_certificates_by_certificate ON batch_certificates (certificate_id, id);
CREATE INDEX batch_certificates_by_status ON batch_certificates (batch_id, status, adv_no);
CREATE INDEX batch_certificates_by_winner ON batch_certificates (batch_id, winner_ref)
    WHERE winner_ref IS NOT NULL;
CALL strikeoff.keep_updated_at('batch_certificates');

CREATE TABLE withdrawals (
    id                   uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id            uuid NOT NULL,
    batch_id             uuid NOT NULL,
    batch_certificate_id uuid NOT NULL UNIQUE,
    reason               text NOT NULL,
    chain_k              int,
    withdrawn_by         uuid REFERENCES users,
    created_at           timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (county_id, batch_id) REFERENCES batches (county_id, id),
    FOREIGN KEY (county_id, batch_certificate_id) REFERENCES batch_certificates (county_id, id)
);
COMMENT ON TABLE withdrawals IS 'Who took a lot out of a batch, and why.';
COMMENT ON COLUMN withdrawals.chain_k IS
    'The record of the batch''s chain, when it was already open.';
CREATE INDEX withdrawals_by_batch ON withdrawals (batch_id, id);
CREATE INDEX withdrawals_by_person ON withdrawals (withdrawn_by);

-- Publishing. A flag on each row keeps what visitors read free of joins: the list of a sale has
-- 50,000 of them. The functions act as the owner, since staff may read but not publish by hand.

CREATE FUNCTION strikeoff.inherit_published() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'batches' THEN
        NEW.published := coalesce(
            (SELECT a.status <> 'draft' FROM public.auctions a WHERE a.id = NEW.auction_id), false);
    ELSE
        NEW.published := coalesce(
            (SELECT b.published FROM public.batches b WHERE b.id = NEW.batch_id), false);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER inherit_published BEFORE INSERT ON batches
    FOR EACH ROW EXECUTE FUNCTION strikeoff.inherit_published();
CREATE TRIGGER inherit_published BEFORE INSERT ON batch_certificates
    FOR EACH ROW EXECUTE FUNCTION strikeoff.inherit_published();

CREATE FUNCTION strikeoff.publish_lots() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.certificates c SET published = true
    FROM added a WHERE a.published AND c.id = a.certificate_id AND NOT c.published;
    UPDATE public.properties p SET published = true
    FROM added a JOIN public.certificates c ON c.id = a.certificate_id
    WHERE a.published AND p.id = c.property_id AND NOT p.published;
    RETURN NULL;
END
$$;
CREATE TRIGGER publish_lots AFTER INSERT ON batch_certificates
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION strikeoff.publish_lots();

CREATE FUNCTION strikeoff.publish_auction() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.batches b SET published = true WHERE b.auction_id = NEW.id AND NOT b.published;
    UPDATE public.batch_certificates l SET published = true
    FROM public.batches b WHERE b.auction_id = NEW.id AND l.batch_id = b.id AND NOT l.published;
    UPDATE public.certificates c SET published = true
    FROM public.batches b JOIN public.batch_certificates l ON l.batch_id = b.id
    WHERE b.auction_id = NEW.id AND c.id = l.certificate_id AND NOT c.published;
    UPDATE public.properties p SET published = true
    FROM public.batches b
    JOIN public.batch_certificates l ON l.batch_id = b.id
    JOIN public.certificates c ON c.id = l.certificate_id
    WHERE b.auction_id = NEW.id AND p.id = c.property_id AND NOT p.published;
    RETURN NULL;
END
$$;
CREATE TRIGGER publish_auction AFTER UPDATE OF status ON auctions
    FOR EACH ROW WHEN (OLD.status = 'draft' AND NEW.status <> 'draft')
    EXECUTE FUNCTION strikeoff.publish_auction();

CALL strikeoff.protect('auction_defaults');
CALL strikeoff.allow_public('auction_defaults', 'true');
CREATE POLICY administrators ON auction_defaults FOR UPDATE TO strikeoff_app
    USING ((SELECT strikeoff.is_admin())) WITH CHECK ((SELECT strikeoff.is_admin()));
GRANT SELECT, UPDATE ON auction_defaults TO strikeoff_app, strikeoff_worker;
INSERT INTO auction_defaults (default_batching_interval_minutes) VALUES (60);

CALL strikeoff.protect('auctions');
CALL strikeoff.allow_county('auctions');
CALL strikeoff.allow_public('auctions', 'status <> ''draft''');
GRANT SELECT, INSERT, UPDATE ON auctions TO strikeoff_app, strikeoff_worker;

-- Opening, pausing, moving an end and closing write the chain as well, which is the worker's.
CALL strikeoff.protect('batches');
CALL strikeoff.allow_county('batches');
CALL strikeoff.allow_public('batches', 'published');
GRANT SELECT, INSERT, DELETE, UPDATE (number, name, start_time, end_time, is_cleanup)
    ON batches TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE ON batches TO strikeoff_worker;

CALL strikeoff.protect('batch_certificates');
CALL strikeoff.allow_county('batch_certificates');
CALL strikeoff.allow_public('batch_certificates', 'published');
GRANT SELECT, INSERT, DELETE,
      UPDATE (batch_id, adv_no, face, round, status, withdrawn_at, withdrawn_reason)
    ON batch_certificates TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON batch_certificates TO strikeoff_worker;

CALL strikeoff.protect('withdrawals');
CALL strikeoff.allow_county('withdrawals');
GRANT SELECT, INSERT ON withdrawals TO strikeoff_app, strikeoff_worker;
