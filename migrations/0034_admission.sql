-- Who may bid: what a bidder still owes, and whose parcel is whose.

-- Letters and digits of one spelling: the words in order, so that both ways to write a name agree.
-- Nothing here depends on a collation or a locale, which differ between installations and change
-- with their operating system: generated columns hold what this returns.
CREATE FUNCTION strikeoff.name_key(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT string_agg(word, ' ' ORDER BY word COLLATE "C")
            FROM regexp_split_to_table(
                     translate(lower(regexp_replace(normalize(name, NFKC) COLLATE "C",
                                                    '[''.\u2018\u2019\u02bc]', '', 'g')),
                               'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĞĢĨĪĬĮĶĹĻĽŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŨŪŬŮŰŲŴŶŸŹŻŽ',
                               'àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþāăąćĉċčďđēĕėęěğģĩīĭįķĺļľłńņňōŏőœŕŗřśŝşšţťũūŭůűųŵŷÿźżž'),
                     '[\u0001-\u002f\u003a-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u2bff\u3000-\u303f]+')
                 AS word
            WHERE word <> '');
COMMENT ON FUNCTION strikeoff.name_key(text) IS
    'What two spellings of a person''s or company''s name have in common; null when it has none.';
GRANT EXECUTE ON FUNCTION strikeoff.name_key(text)
    TO strikeoff_app, strikeoff_worker, strikeoff_report;

ALTER TABLE properties ADD COLUMN owner_key text
    GENERATED ALWAYS AS (strikeoff.name_key(owner_name)) STORED;
COMMENT ON COLUMN properties.owner_key IS 'Held against the names of bidders.';
ALTER TABLE bidder_numbers ADD COLUMN name_key text
    GENERATED ALWAYS AS (strikeoff.name_key(name)) STORED;
COMMENT ON COLUMN bidder_numbers.name IS 'As on the latest tax form that was accepted.';

ALTER TABLE auction_bidders
    ADD COLUMN agreement_by uuid REFERENCES users,
    ADD COLUMN missing text[] NOT NULL DEFAULT '{}'
        CONSTRAINT auction_bidders_missing_known
        CHECK (missing <@ ARRAY['tax_form', 'agreement', 'deposit']),
    ADD CONSTRAINT auction_bidders_agreement_by_whom
        CHECK (agreement_by IS NULL OR agreement_accepted_at IS NOT NULL);
COMMENT ON COLUMN auction_bidders.missing IS
    'What keeps an eligible bidder from bidding. Written by whatever changes its grounds and never '
    'computed at a close: a close record does not change by itself.';
COMMENT ON COLUMN auction_bidders.agreement_by IS
    'Who said that the agreement holds: the bidder, or staff who have it on paper.';
COMMENT ON COLUMN auction_bidders.deposit_required IS
    'Of this bidder alone; the larger of it and the sale''s deposit_minimum counts.';
CREATE INDEX auction_bidders_by_agreement ON auction_bidders (agreement_by);

CREATE TABLE parcel_ownerships (
    county_id        uuid NOT NULL,
    bidder_number_id uuid NOT NULL,
    property_id      uuid NOT NULL,
    is_owner         boolean NOT NULL,
    reason           text NOT NULL,
    recorded_by      uuid NOT NULL REFERENCES users,
    recorded_at      timestamptz NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (bidder_number_id, property_id),
    CONSTRAINT parcel_ownerships_with_a_reason CHECK (reason <> ''),
    FOREIGN KEY (county_id, bidder_number_id) REFERENCES bidder_numbers (county_id, id),
    FOREIGN KEY (county_id, property_id) REFERENCES properties (county_id, id)
);
COMMENT ON TABLE parcel_ownerships IS
    'Whether a bidder owns a parcel, where staff know better than the names say.';
CREATE INDEX parcel_ownerships_by_property ON parcel_ownerships (property_id);
CREATE INDEX parcel_ownerships_by_county ON parcel_ownerships (county_id, bidder_number_id);
CREATE INDEX parcel_ownerships_by_person ON parcel_ownerships (recorded_by);
CALL strikeoff.keep_updated_at('parcel_ownerships');
CALL strikeoff.protect('parcel_ownerships');
CALL strikeoff.allow_county('parcel_ownerships');
GRANT SELECT, INSERT, UPDATE ON parcel_ownerships TO strikeoff_app, strikeoff_worker;

-- The winner did not pay (F.S. 197.4325).
ALTER TYPE amendment_kind ADD VALUE 'forfeited';
