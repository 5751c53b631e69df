-- What a DBA runs once, as a superuser or a role that may create roles, before `strikeoff migrate`.
-- Safe to run again. Passwords are the DBA's to set; the embedded cluster needs none (peer).
-- The database itself belongs to strikeoff_owner: CREATE DATABASE strikeoff OWNER strikeoff_owner.
DO $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        SELECT * FROM (VALUES
            ('strikeoff_owner', true),
            ('strikeoff_app', true),
            ('strikeoff_worker', true),
            ('strikeoff_report', true),
            ('strikeoff_journal', false)) AS roles (name, may_log_in)
    LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = wanted.name) THEN
            EXECUTE format('CREATE ROLE %I', wanted.name);
        END IF;
        -- Only superusers may name these two, so they are named only where they change a thing.
        IF EXISTS (SELECT 1 FROM pg_roles
                   WHERE rolname = wanted.name AND (rolsuper OR rolbypassrls)) THEN
            EXECUTE format('ALTER ROLE %I NOSUPERUSER NOBYPASSRLS', wanted.name);
        END IF;
        EXECUTE format('ALTER ROLE %I %s', wanted.name,
                       CASE WHEN wanted.may_log_in THEN 'LOGIN' ELSE 'NOLOGIN' END);
    END LOOP;
END
$$;

-- The owner gives strikeoff_journal its functions, which takes membership.
GRANT strikeoff_journal TO strikeoff_owner;
