-- Ledger and audit log. Run as a superuser after fixture.sql; leaves nothing behind.
BEGIN;
CREATE FUNCTION pg_temp.made_id(kind text, nr int) RETURNS uuid
    LANGUAGE sql IMMUTABLE
    RETURN (rpad(encode(kind::bytea, 'hex'), 20, '0') || lpad(to_hex(nr), 12, '0'))::uuid;
CREATE FUNCTION pg_temp.refused(command text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE command;
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    RETURN false;
EXCEPTION WHEN integrity_constraint_violation OR insufficient_privilege OR foreign_key_violation
               OR invalid_parameter_value THEN
    RETURN true;
END
$$;
-- Writes a transaction of county 1 with these legs on its one account.
CREATE PROCEDURE pg_temp.book(nr int, legs numeric[]) LANGUAGE sql AS $$
    INSERT INTO transactions (id, county_id, transaction_type, amount)
    VALUES (pg_temp.made_id('entry', nr), pg_temp.made_id('county', 1), 'deposit', 1);
    INSERT INTO ledger_entries (county_id, transaction_id, account_id, amount)
    SELECT pg_temp.made_id('county', 1), pg_temp.made_id('entry', nr),
           pg_temp.made_id('account', 1), leg
    FROM unnest(legs) AS leg;
$$;
SET LOCAL ROLE strikeoff_worker;
INSERT INTO ledger_accounts (id, county_id, code, name, kind) VALUES
    (pg_temp.made_id('account', 1), pg_temp.made_id('county', 1), 'cash', 'Cash', 'asset'),
    (pg_temp.made_id('account', 2), pg_temp.made_id('county', 2), 'cash', 'Cash', 'asset');
DO $$
BEGIN
    ASSERT NOT pg_temp.refused('CALL pg_temp.book(1, ARRAY[10.00, -4.00, -6.00])'), 'balanced';
    ASSERT pg_temp.refused('CALL pg_temp.book(2, ARRAY[10.00, -9.99])'), 'a cent is missing';
    ASSERT pg_temp.refused('CALL pg_temp.book(3, ARRAY[]::numeric[])'), 'no legs';
    ASSERT pg_temp.refused('CALL pg_temp.book(4, ARRAY[0.00, 0.00])'), 'legs of nothing';
    ASSERT pg_temp.refused(format(
        'INSERT INTO ledger_entries (county_id, transaction_id, account_id, amount)
         VALUES (%L, %L, %L, 5)', pg_temp.made_id('county', 1), pg_temp.made_id('entry', 1),
        pg_temp.made_id('account', 1))), 'a leg too many';
    ASSERT pg_temp.refused(format(
        'INSERT INTO ledger_entries (county_id, transaction_id, account_id, amount)
         VALUES (%1$L, %2$L, %3$L, 5), (%1$L, %2$L, %3$L, -5)', pg_temp.made_id('county', 1),
        pg_temp.made_id('entry', 1), pg_temp.made_id('account', 2))), 'another county''s account';
    ASSERT pg_temp.refused(format(
        'INSERT INTO transactions (id, county_id, transaction_type, amount, written_in)
         VALUES (%2$L, %1$L, ''deposit'', 1, ''7'');
         INSERT INTO ledger_entries (county_id, transaction_id, account_id, amount)
         VALUES (%1$L, %2$L, %3$L, 5), (%1$L, %2$L, %3$L, -5)', pg_temp.made_id('county', 1),
        pg_temp.made_id('entry', 5), pg_temp.made_id('account', 1))),
        'legs for an older transaction';
    SET LOCAL ROLE strikeoff_owner;
    ASSERT pg_temp.refused('UPDATE ledger_entries SET amount = -amount'), 'update by the owner';
    ASSERT pg_temp.refused('DELETE FROM ledger_entries'), 'delete by the owner';
    ASSERT pg_temp.refused('TRUNCATE ledger_entries'), 'truncate by the owner';
    ASSERT pg_temp.refused('DELETE FROM transactions'), 'delete of a transaction';
END
$$;

SET LOCAL ROLE strikeoff_app;
DO $$
DECLARE
    log uuid := pg_temp.made_id('log', 1);
    county uuid := pg_temp.made_id('county', 1);
    payloads bytea[] := ARRAY['{"face":"1.00"}'::bytea, '{}', '{"name":"Zo\303\253"}'];
    expected bytea := sha256('strikeoff/audit/v1'::bytea || '\x00' || uuid_send(log));
BEGIN
    FOR i IN 1 .. 3 LOOP
        ASSERT strikeoff.audit_append(log, county, NULL, 'certificate', NULL, 'certificate.changed',
                                      payloads[i], '10.0.0.1') = i, 'numbers without gaps';
        expected := sha256('\x02'::bytea || expected || int8send(i) || sha256(payloads[i]));
    END LOOP;
    ASSERT pg_temp.refused(format(
        'SELECT strikeoff.audit_append(%L, %L, NULL, ''x'', NULL, ''x'', ''{}'', NULL)', log,
        pg_temp.made_id('county', 2))), 'a log of another county';
    ASSERT pg_temp.refused('DELETE FROM audit_logs'), 'delete by the application';
    SET LOCAL ROLE strikeoff_owner;
    ASSERT (SELECT h.hash = expected AND h.length = 3 FROM audit_heads h WHERE h.log_id = log),
        'head';
    ASSERT (SELECT l.hash = expected AND l.changes_json ->> 'name' = 'Zoë' FROM audit_logs l
            WHERE l.log_id = log AND l.seq = 3), 'last row';
    ASSERT pg_temp.refused('UPDATE audit_logs SET action = ''x'''), 'update by the owner';
    ASSERT pg_temp.refused('DELETE FROM audit_logs'), 'delete by the owner';
    ASSERT pg_temp.refused('TRUNCATE audit_logs'), 'truncate by the owner';
END
$$;
ROLLBACK;
