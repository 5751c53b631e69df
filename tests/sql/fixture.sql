-- A small sale to test against: two counties, three people, one auction with 20 open batches of ten
-- lots, one batch still scheduled. Run as strikeoff_owner; every id spells what it is.
CREATE FUNCTION pg_temp.made_id(kind text, nr int) RETURNS uuid
    LANGUAGE sql IMMUTABLE
    RETURN (rpad(encode(kind::bytea, 'hex'), 20, '0') || lpad(to_hex(nr), 12, '0'))::uuid;

INSERT INTO counties (id, name, state, slug) VALUES
    (pg_temp.made_id('county', 1), 'Clay', 'FL', 'clay'),
    (pg_temp.made_id('county', 2), 'Union', 'FL', 'union');
INSERT INTO users (id, email, password_hash, role, status, kyc_status)
SELECT pg_temp.made_id('user', nr), 'user' || nr || '@example.org', '-',
       (CASE nr WHEN 9 THEN 'admin' WHEN 8 THEN 'county_admin' ELSE 'investor' END)::user_role,
       'active', 'verified'
FROM generate_series(1, 9) AS nr;
INSERT INTO bidder_numbers (id, county_id, number, user_id, name)
SELECT pg_temp.made_id('number', nr), pg_temp.made_id('county', 1), nr::text,
       pg_temp.made_id('user', nr), 'Bidder ' || nr
FROM generate_series(1, 7) AS nr;
INSERT INTO properties (id, county_id, parcel_id)
SELECT pg_temp.made_id('parcel', nr), pg_temp.made_id('county', 1), 'P-' || nr
FROM generate_series(1, 210) AS nr;
INSERT INTO certificates (id, county_id, property_id, advertised_number, tax_year, face_value)
SELECT pg_temp.made_id('cert', nr), pg_temp.made_id('county', 1), pg_temp.made_id('parcel', nr),
       nr, 2023, 100 + nr
FROM generate_series(1, 210) AS nr;
INSERT INTO auctions (id, county_id, name, tax_year) VALUES
    (pg_temp.made_id('auction', 1), pg_temp.made_id('county', 1), 'Sale of 2024', 2023);
INSERT INTO batches
    (id, county_id, auction_id, number, name, start_time, end_time, status, chain_length)
SELECT pg_temp.made_id('batch', nr), pg_temp.made_id('county', 1), pg_temp.made_id('auction', 1),
       nr, 'Batch ' || nr, now() - interval '1 hour', now() + interval '1 day',
       (CASE nr WHEN 21 THEN 'scheduled' ELSE 'open' END)::batch_status,
       CASE nr WHEN 21 THEN 0 ELSE 1 END
FROM generate_series(1, 21) AS nr;
INSERT INTO batch_certificates (id, county_id, batch_id, certificate_id, adv_no, face)
SELECT pg_temp.made_id('lot', nr), pg_temp.made_id('county', 1),
       pg_temp.made_id('batch', 1 + (nr - 1) / 10), pg_temp.made_id('cert', nr), nr, 100 + nr
FROM generate_series(1, 210) AS nr;
INSERT INTO auction_bidders (county_id, auction_id, number, user_id, bidder_number_id, bidder_ref)
SELECT pg_temp.made_id('county', 1), pg_temp.made_id('auction', 1), nr, pg_temp.made_id('user', nr),
       pg_temp.made_id('number', nr), uuid_send(pg_temp.made_id('ref', nr))
FROM generate_series(1, 7) AS nr;
