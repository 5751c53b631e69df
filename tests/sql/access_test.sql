-- Who sees and changes what. Run as a superuser after fixture.sql; leaves nothing behind.
BEGIN;
CREATE FUNCTION pg_temp.made_id(kind text, nr int) RETURNS uuid
    LANGUAGE sql IMMUTABLE
    RETURN (rpad(encode(kind::bytea, 'hex'), 20, '0') || lpad(to_hex(nr), 12, '0'))::uuid;
-- Becomes the application acting for a user (0: a visitor) and the staff of a county (0: of none).
CREATE PROCEDURE pg_temp.act(user_nr int, county_nr int) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('strikeoff.user_id',
                       CASE WHEN user_nr > 0
                            THEN pg_temp.made_id('user', user_nr)::text ELSE '' END, true),
            set_config('strikeoff.county_ids',
                       CASE WHEN county_nr > 0
                            THEN ARRAY[pg_temp.made_id('county', county_nr)]::text
                            ELSE '' END, true),
            set_config('role', 'strikeoff_app', true);
END
$$;
CREATE FUNCTION pg_temp.refused(command text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE command;
    RETURN false;
EXCEPTION WHEN insufficient_privilege OR integrity_constraint_violation OR foreign_key_violation
               OR check_violation THEN
    RETURN true;
END
$$;
CREATE FUNCTION pg_temp.changed(command text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    rows bigint;
BEGIN
    EXECUTE command;
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN rows;
END
$$;

SET LOCAL ROLE strikeoff_owner;
INSERT INTO bids (id, county_id, user_id, certificate_id, auction_id, batch_id, bid_id, seq, kind,
                  adv_no, interest_rate, timestamp)
SELECT pg_temp.made_id('bid', nr), pg_temp.made_id('county', 1), pg_temp.made_id('user', nr),
       pg_temp.made_id('cert', 1), pg_temp.made_id('auction', 1),
       pg_temp.made_id('batch', 1 + nr / 4), pg_temp.made_id('bid', nr), nr, 1, 1, 5.25, now()
FROM generate_series(1, 7) AS nr;
INSERT INTO deposits (county_id, user_id, amount)
SELECT pg_temp.made_id('county', 1), pg_temp.made_id('user', nr), 100
FROM generate_series(1, 3) AS nr;
INSERT INTO registrations (user_id, county_id, status, submitted_at)
SELECT pg_temp.made_id('user', nr), pg_temp.made_id('county', 1 + nr % 2), 'pending_review', now()
FROM generate_series(1, 4) AS nr;
INSERT INTO bid_patterns (user_id, county_id, kind, pattern_type)
VALUES (pg_temp.made_id('user', 1), pg_temp.made_id('county', 1), 'finding', 'shared_device');

DO $$
DECLARE
    visible record;
BEGIN
    -- A visitor before the sale is published sees the counties and nothing else.
    CALL pg_temp.act(0, 0);
    SELECT (SELECT count(*) FROM counties) AS counties, (SELECT count(*) FROM auctions) AS auctions,
           (SELECT count(*) FROM batches) AS batches,
           (SELECT count(*) FROM certificates) AS certificates,
           (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM bids) AS bids,
           (SELECT count(*) FROM deposits) AS deposits
    INTO visible;
    ASSERT visible::text = '(2,0,0,0,0,0,0)', 'visitor, draft: ' || visible::text;

    -- Staff of the county publish; staff of another change nothing and see no drafts.
    CALL pg_temp.act(8, 2);
    ASSERT pg_temp.changed('UPDATE auctions SET name = ''mine''') = 0, 'another county''s auction';
    ASSERT (SELECT count(*) FROM certificates) = 0, 'another county''s drafts';
    CALL pg_temp.act(8, 1);
    ASSERT pg_temp.changed('UPDATE auctions SET status = ''published''') = 1, 'publish';
    CALL pg_temp.act(0, 0);
    SELECT (SELECT count(*) FROM auctions) AS auctions, (SELECT count(*) FROM batches) AS batches,
           (SELECT count(*) FROM batch_certificates) AS lots,
           (SELECT count(*) FROM certificates) AS certificates,
           (SELECT count(*) FROM properties) AS properties,
           (SELECT count(*) FROM deposits) AS deposits
    INTO visible;
    ASSERT visible::text = '(1,21,210,210,210,0)', 'visitor, published: ' || visible::text;
    ASSERT pg_temp.changed('UPDATE certificates SET face_value = 1') = 0, 'a visitor writes';

    -- Bids are sealed to all but their bidder until the batch is closed, to staff as well.
    CALL pg_temp.act(1, 0);
    ASSERT (SELECT count(*) FROM bids) = 1, 'own bids';
    ASSERT (SELECT count(*) FROM deposits) = 1, 'own deposits';
    ASSERT (SELECT count(*) FROM bid_patterns) = 0, 'a finding about oneself';
    CALL pg_temp.act(8, 1);
    ASSERT (SELECT count(*) FROM bids) = 0, 'staff, open batch';
    ASSERT (SELECT count(*) FROM deposits) = 3, 'staff: deposits';
    ASSERT (SELECT count(*) FROM bid_patterns) = 1, 'staff: findings';
    ASSERT (SELECT count(*) FROM users) = 3, 'staff see themselves and who applied to their county';
    SET LOCAL ROLE strikeoff_report;
    ASSERT (SELECT count(*) FROM bids) = 0, 'reports, open batch';
    ASSERT pg_temp.refused('SELECT password_hash FROM users'), 'reports read password hashes';
    SET LOCAL ROLE strikeoff_worker;
    UPDATE batches SET status = 'closed', closed_at = now() WHERE id = pg_temp.made_id('batch', 1);
    CALL pg_temp.act(0, 0);
    ASSERT (SELECT count(*) FROM bids) = 3, 'everyone, closed batch';

    -- What no request may do, whoever sends it.
    CALL pg_temp.act(8, 1);
    ASSERT pg_temp.refused('SELECT * FROM bid_blocks'), 'journal';
    ASSERT pg_temp.refused('SELECT * FROM batch_secrets'), 'secrets';
    ASSERT pg_temp.refused('SELECT * FROM bids_p00'), 'a partition';
    ASSERT pg_temp.refused('SELECT strikeoff.journal_fence(ARRAY[]::uuid[], false)'), 'fence';
    ASSERT pg_temp.refused('UPDATE batches SET status = ''closed'''), 'batch status';
    ASSERT pg_temp.refused('UPDATE batch_certificates SET award_rate = 1'), 'award';
    ASSERT pg_temp.refused('UPDATE batch_certificates SET status = ''struck'' WHERE adv_no = 11'),
        'struck';
    ASSERT pg_temp.refused('UPDATE batch_certificates SET withdrawn_reason = ''x'' WHERE adv_no
        = 1'),
        'lot of a closed batch';
    ASSERT pg_temp.refused('UPDATE batches SET end_time = end_time + interval ''1 h'' WHERE number
        = 2'),
        'end of an opened batch';
    ASSERT pg_temp.changed('UPDATE batches SET end_time = end_time + interval ''1 h'' WHERE number
        = 21')
        = 1, 'end of a scheduled batch';
    ASSERT pg_temp.refused(format(
        'INSERT INTO properties (county_id, parcel_id) VALUES (%L, ''x'')',
        pg_temp.made_id('county', 2))),
        'a parcel in another county';
    ASSERT pg_temp.refused('INSERT INTO audit_logs (log_id) VALUES (strikeoff.new_id())'),
        'audit row';

    -- Nobody raises oneself.
    CALL pg_temp.act(1, 0);
    ASSERT pg_temp.refused('UPDATE users SET role = ''admin'''), 'role';
    ASSERT pg_temp.refused('UPDATE users SET kyc_status = ''failed'''), 'kyc';
    ASSERT pg_temp.changed('UPDATE users SET phone = ''1''') = 1, 'own phone';
    ASSERT pg_temp.changed(format(
        'INSERT INTO budgets (auction_id, user_id, county_id, own_limit) VALUES (%L, %L, %L, 5)',
        pg_temp.made_id('auction', 1), pg_temp.made_id('user', 1),
        pg_temp.made_id('county', 1))) = 1, 'own limit';
    ASSERT pg_temp.refused('UPDATE budgets SET staff_grant = 5'), 'own grant';
    ASSERT pg_temp.refused('UPDATE budgets SET deposits = 5'), 'own deposits';
    ASSERT pg_temp.refused(format(
        'INSERT INTO deposits (county_id, user_id, amount, status) VALUES (%L, %L, 5, ''posted'')',
        pg_temp.made_id('county', 1), pg_temp.made_id('user', 1))), 'posting one''s own deposit';
    CALL pg_temp.act(8, 1);
    ASSERT pg_temp.changed('UPDATE budgets SET staff_grant = 5') = 1, 'grant by staff';
    ASSERT pg_temp.changed('UPDATE users SET kyc_status = ''failed'' WHERE role = ''investor''')
        = 2,
        'staff review applicants';
    CALL pg_temp.act(9, 0);
    ASSERT (SELECT count(*) FROM users) = 9, 'an administrator sees all accounts';

    -- A certificate of one county cannot hang on a parcel of another, not even for the owner.
    SET LOCAL ROLE strikeoff_owner;
    ASSERT pg_temp.refused(format(
        'INSERT INTO certificates (county_id, property_id, tax_year, face_value)
         VALUES (%L, %L, 2000, 1)',
        pg_temp.made_id('county', 2), pg_temp.made_id('parcel', 1))), 'cross-county reference';
END
$$;

-- A lot of an opened batch is fixed for everyone.
INSERT INTO batch_chain (county_id, batch_id, k, kind, at, start_time, end_time, rules, rules_hash,
                         lots_hash, c_county, c_operator, hash, signature, public_key)
SELECT pg_temp.made_id('county', 1), pg_temp.made_id('batch', 2), 0, 0, now(), now(), now(), '{}',
       h, h, h, h, h, h || h, h
FROM (SELECT sha256('') AS h) AS digest;
SET CONSTRAINTS ALL IMMEDIATE; -- What waits for the commit would refuse the TRUNCATE before its own guard.
DO $$
BEGIN
    ASSERT pg_temp.refused('UPDATE batch_certificates SET face = 1 WHERE adv_no = 11'), 'face';
    ASSERT pg_temp.refused('DELETE FROM batch_certificates WHERE adv_no = 11'), 'lot';
    ASSERT NOT pg_temp.refused('UPDATE batch_certificates SET status = ''struck'' WHERE adv_no
        = 11'),
        'outcome';
    ASSERT pg_temp.refused('UPDATE batch_chain SET reason = ''x'''), 'chain';
    ASSERT pg_temp.refused('TRUNCATE batch_chain'), 'chain, truncate';
END
$$;
ROLLBACK;
