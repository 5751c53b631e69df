-- Certificates that change hands after the sale.

CREATE TYPE transfer_status AS ENUM ('requested', 'completed', 'refused', 'canceled');
CREATE TYPE county_held_purchase_status AS ENUM ('reserved', 'paid', 'completed', 'canceled');

CREATE TABLE certificate_transfers (
    id                    uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id             uuid NOT NULL,
    certificate_id        uuid NOT NULL,
    from_bidder_number_id uuid NOT NULL,
    to_bidder_number_id   uuid NOT NULL,
    fee                   numeric(14,2) NOT NULL CONSTRAINT certificate_transfers_fee_not_negative
                          CHECK (fee >= 0),
    status                transfer_status NOT NULL DEFAULT 'requested',
    requested_by          uuid REFERENCES users,
    transferred_at        timestamptz,
    created_at            timestamptz NOT NULL DEFAULT now(),
    updated_at            timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (county_id, certificate_id) REFERENCES certificates (county_id, id),
    FOREIGN KEY (county_id, from_bidder_number_id) REFERENCES bidder_numbers (county_id, id),
    FOREIGN KEY (county_id, to_bidder_number_id) REFERENCES bidder_numbers (county_id, id),
    CONSTRAINT certificate_transfers_to_another CHECK (to_bidder_number_id <> from_bidder_number_id)
);
COMMENT ON TABLE certificate_transfers IS 'A certificate goes from one bidder number to another.';
CREATE UNIQUE INDEX certificate_transfers_one_open ON certificate_transfers (certificate_id)
    WHERE status = 'requested';
CREATE INDEX certificate_transfers_by_certificate ON certificate_transfers (certificate_id, id);
CREATE INDEX certificate_transfers_by_county ON certificate_transfers (county_id, status, id);
CREATE INDEX certificate_transfers_by_giver ON certificate_transfers (from_bidder_number_id);
CREATE INDEX certificate_transfers_by_taker ON certificate_transfers (to_bidder_number_id);
CREATE INDEX certificate_transfers_by_person ON certificate_transfers (requested_by);
CALL strikeoff.keep_updated_at('certificate_transfers');

CREATE TABLE county_held_purchases (
    id               uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id        uuid NOT NULL,
    certificate_id   uuid NOT NULL,
    bidder_number_id uuid NOT NULL,
    user_id          uuid REFERENCES users,
    months           int NOT NULL
                     CONSTRAINT county_held_purchases_months_not_negative CHECK (months >= 0),
    interest         numeric(14,2) NOT NULL CONSTRAINT county_held_purchases_interest_not_negative
                     CHECK (interest >= 0),
    fee              numeric(14,2) NOT NULL CONSTRAINT county_held_purchases_fee_not_negative
                     CHECK (fee >= 0),
    price            numeric(14,2) NOT NULL CONSTRAINT county_held_purchases_price_positive
                     CHECK (price > 0),
    new_face         numeric(14,2) NOT NULL CONSTRAINT county_held_purchases_face_positive
                     CHECK (new_face > 0),
    status           county_held_purchase_status NOT NULL DEFAULT 'reserved',
    payment_id       uuid,
    purchased_at     timestamptz NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (county_id, certificate_id) REFERENCES certificates (county_id, id),
    FOREIGN KEY (county_id, bidder_number_id) REFERENCES bidder_numbers (county_id, id),
    FOREIGN KEY (county_id, payment_id) REFERENCES payments (county_id, id)
);
COMMENT ON TABLE county_held_purchases IS 'A certificate of the county''s sold over the counter.';
COMMENT ON COLUMN county_held_purchases.new_face IS 'Everything paid; the face from then on.';
CREATE UNIQUE INDEX county_held_purchases_sold_once ON county_held_purchases (certificate_id)
    WHERE status <> 'canceled';
CREATE INDEX county_held_purchases_by_certificate ON county_held_purchases (certificate_id, id);
CREATE INDEX county_held_purchases_by_county ON county_held_purchases (county_id, status, id);
CREATE INDEX county_held_purchases_by_bidder_number ON county_held_purchases (bidder_number_id);
CREATE INDEX county_held_purchases_by_user ON county_held_purchases (user_id, id);
CREATE INDEX county_held_purchases_by_payment ON county_held_purchases (payment_id);
CALL strikeoff.keep_updated_at('county_held_purchases');

CALL strikeoff.protect('certificate_transfers');
CALL strikeoff.allow_county('certificate_transfers');
CREATE POLICY of_my_numbers ON certificate_transfers FOR SELECT TO strikeoff_app
    USING (EXISTS (SELECT 1 FROM bidder_numbers n
                   WHERE n.id IN (from_bidder_number_id, to_bidder_number_id)
                     AND n.user_id = (SELECT strikeoff.my_user())));
CREATE POLICY from_my_number ON certificate_transfers FOR INSERT TO strikeoff_app
    WITH CHECK (status = 'requested'
                AND EXISTS (SELECT 1 FROM bidder_numbers n
                            WHERE n.id = from_bidder_number_id
                              AND n.user_id = (SELECT strikeoff.my_user())));
GRANT SELECT, INSERT, UPDATE ON certificate_transfers TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('county_held_purchases');
CALL strikeoff.allow_county('county_held_purchases');
CALL strikeoff.allow_user('county_held_purchases', 'SELECT');
GRANT SELECT, INSERT, UPDATE ON county_held_purchases TO strikeoff_app, strikeoff_worker;
