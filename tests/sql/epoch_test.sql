-- What raises the epoch of access, as whom, and what does not. Run as a superuser after
-- fixture.sql; leaves nothing behind.
BEGIN;
CREATE FUNCTION pg_temp.made_id(kind text, nr int) RETURNS uuid
    LANGUAGE sql IMMUTABLE
    RETURN (rpad(encode(kind::bytea, 'hex'), 20, '0') || lpad(to_hex(nr), 12, '0'))::uuid;
-- How far the epoch moves by a command, as if it were committed by itself; and it must then be
-- the epoch of user 1.
CREATE FUNCTION pg_temp.moved(command text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    before bigint := (SELECT epoch FROM access_epoch);
    moved  bigint;
BEGIN
    EXECUTE command;
    ASSERT (SELECT epoch FROM access_epoch) = before, 'not before the commit: ' || command;
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    moved := (SELECT epoch FROM access_epoch) - before;
    ASSERT moved = 0 OR (SELECT epoch = before + moved FROM access_changes
                         WHERE user_id = pg_temp.made_id('user', 1)), 'whose: ' || command;
    RETURN moved;
END
$$;
INSERT INTO api_keys (id, user_id, name, token_hash)
SELECT pg_temp.made_id('key', nr), pg_temp.made_id('user', 1), 'key ' || nr, sha256(nr::text::bytea)
FROM generate_series(1, 5) AS nr;
INSERT INTO sessions (id, user_id, family_id, token_hash, expires_at, absolute_expires_at,
                      awaits_factor, enrol_only)
SELECT pg_temp.made_id('session', nr), pg_temp.made_id('user', 1), pg_temp.made_id('family', nr),
       sha256(nr::text::bytea), now() + interval '1 hour', now() + interval '1 day', nr = 2, nr = 3
FROM generate_series(1, 5) AS nr;
INSERT INTO user_permissions (id, user_id, permission_name, resource_type, resource_id)
VALUES (pg_temp.made_id('right', 1), pg_temp.made_id('user', 1), 'sales', 'county',
        pg_temp.made_id('county', 1));

SET LOCAL ROLE strikeoff_worker;
DO $$
DECLARE
    wanted record;
    moved  bigint;
BEGIN
    FOR wanted IN
        SELECT * FROM (VALUES
            (1, 'UPDATE users SET status = ''inactive'' WHERE id = ', 'user', 1),
            (1, 'UPDATE users SET role = ''viewer'' WHERE id = ', 'user', 1),
            (1, 'UPDATE users SET bidding_hold_until = now() WHERE id = ', 'user', 1),
            (0, 'UPDATE users SET failed_logins = 3, last_login_at = now() WHERE id = ', 'user', 1),
            (1, 'UPDATE api_keys SET revoked_at = now() WHERE id = ', 'key', 1),
            (1, 'UPDATE api_keys SET expires_at = now() WHERE id = ', 'key', 2),
            (1, 'UPDATE api_keys SET scopes = ''{read}'' WHERE id = ', 'key', 3),
            (0, 'UPDATE api_keys SET last_used_at = now() WHERE id = ', 'key', 4),
            (1, 'UPDATE sessions SET revoked_at = now() WHERE id = ', 'session', 1),
            (0, 'UPDATE sessions SET revoked_at = now() WHERE id = ', 'session', 2),
            (0, 'UPDATE sessions SET revoked_at = now() WHERE id = ', 'session', 3),
            (0, 'UPDATE sessions SET auth_time = now() WHERE id = ', 'session', 4),
            (1, 'UPDATE sessions SET expires_at = now() WHERE id = ', 'session', 4),
            (1, 'DELETE FROM sessions WHERE id = ', 'session', 5),
            (0, 'DELETE FROM sessions WHERE id = ', 'session', 1),
            (1, 'UPDATE user_permissions SET permission_name = ''money'' WHERE id = ', 'right', 1),
            (1, 'DELETE FROM user_permissions WHERE id = ', 'right', 1)
        ) AS cases (moves, command, kind, nr)
    LOOP
        moved := pg_temp.moved(wanted.command || quote_literal(pg_temp.made_id(wanted.kind,
                                                                               wanted.nr)));
        ASSERT moved = wanted.moves, moved || ' by ' || wanted.command || wanted.kind;
    END LOOP;
END
$$;
RESET ROLE;
-- Nobody moves it by hand.
SET LOCAL ROLE strikeoff_worker;
DO $$
DECLARE
    command text;
BEGIN
    FOREACH command IN ARRAY ARRAY['UPDATE access_epoch SET epoch = 1', 'DELETE FROM access_epoch',
                                   'DELETE FROM access_changes', 'UPDATE access_changes SET epoch = 1']
    LOOP
        BEGIN
            EXECUTE command;
            ASSERT false, command;
        EXCEPTION WHEN insufficient_privilege THEN NULL;
        END;
    END LOOP;
END
$$;
ROLLBACK;
