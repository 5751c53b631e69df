-- The schema of functions, the clock, the request's identity, and the procedures by which every
-- later table is protected. Tables live in public, functions in strikeoff.

CREATE SCHEMA strikeoff;
COMMENT ON SCHEMA strikeoff IS 'Functions, and nothing that a request writes.';

-- A function is callable by those it is granted to and by nobody else.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC;

GRANT USAGE ON SCHEMA strikeoff
    TO strikeoff_app, strikeoff_worker, strikeoff_report, strikeoff_journal;
GRANT USAGE ON SCHEMA public
    TO strikeoff_app, strikeoff_worker, strikeoff_report, strikeoff_journal;

-- The migration runner makes this table before it runs the first file.
CREATE TABLE IF NOT EXISTS schema_migrations (
    version    int PRIMARY KEY,
    name       text NOT NULL,
    sha256     text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE schema_migrations
    ADD COLUMN IF NOT EXISTS created_at timestamptz NOT NULL DEFAULT now();
COMMENT ON TABLE schema_migrations IS
    'Which migration files this database has run, and their digests.';
GRANT SELECT ON schema_migrations TO strikeoff_app, strikeoff_worker, strikeoff_report;

-- Not STABLE and without SET: a plain expression that the planner inlines, read when it is reached.
CREATE FUNCTION strikeoff.clock() RETURNS timestamptz
    LANGUAGE sql VOLATILE PARALLEL SAFE
    RETURN clock_timestamp();
COMMENT ON FUNCTION strikeoff.clock() IS
    'The clock that decides. A test cluster replaces it by one with an offset.';

CREATE FUNCTION strikeoff.new_id() RETURNS uuid
    LANGUAGE sql VOLATILE PARALLEL SAFE
    RETURN encode(
        set_bit(
            set_bit(
                overlay(
                    uuid_send(gen_random_uuid())
                    PLACING substring(
                        int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
                    FROM 1),
                52, 1),
            53, 1),
        'hex')::uuid;
COMMENT ON FUNCTION strikeoff.new_id() IS
    'A UUIDv7: a version 4 with the milliseconds in front and the version nibble raised to 7.';

CREATE FUNCTION strikeoff.my_user() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('strikeoff.user_id', true), '')::uuid;
COMMENT ON FUNCTION strikeoff.my_user() IS
    'The user this transaction acts for; null for a visitor, who then owns no row.';

CREATE FUNCTION strikeoff.my_counties() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('strikeoff.county_ids', true), '')::uuid[];
COMMENT ON FUNCTION strikeoff.my_counties() IS
    'The counties whose staff this transaction acts for; null for investors and visitors.';

GRANT EXECUTE ON FUNCTION strikeoff.clock(), strikeoff.new_id(), strikeoff.my_user(),
    strikeoff.my_counties()
    TO strikeoff_app, strikeoff_worker, strikeoff_report, strikeoff_journal;

CREATE FUNCTION strikeoff.touch_updated_at() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$$;

CREATE FUNCTION strikeoff.refuse_change() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
COMMENT ON FUNCTION strikeoff.refuse_change() IS
    'Stands before UPDATE, DELETE and TRUNCATE of tables whose rows are evidence.';

-- The procedures below are called by migrations only; nobody but the owner may execute them.

CREATE PROCEDURE strikeoff.keep_updated_at(target regclass)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER touch_updated_at BEFORE UPDATE ON %s
                    FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at()', target);
END
$$;

CREATE PROCEDURE strikeoff.make_append_only(target regclass)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %s
                    FOR EACH ROW EXECUTE FUNCTION strikeoff.refuse_change()', target);
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %s
                    FOR EACH STATEMENT EXECUTE FUNCTION strikeoff.refuse_change()', target);
END
$$;

-- FORCE binds the owner too, so it gets a policy like the worker's. Reading privileges of the
-- report login follow `report`: a table it must not see has neither the policy nor the grant.
CREATE PROCEDURE strikeoff.protect(target regclass, report boolean DEFAULT true)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY owner_all ON %s TO strikeoff_owner
                    USING (true) WITH CHECK (true)', target);
    EXECUTE format('CREATE POLICY worker_all ON %s TO strikeoff_worker
                    USING (true) WITH CHECK (true)', target);
    IF report THEN
        EXECUTE format('CREATE POLICY report_reads ON %s FOR SELECT TO strikeoff_report
                        USING (true)', target);
        EXECUTE format('GRANT SELECT ON %s TO strikeoff_report', target);
    END IF;
END
$$;

-- The sub-select makes PostgreSQL read the setting once a statement and not once a row.
CREATE PROCEDURE strikeoff.allow_county(target regclass)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY county_staff ON %s TO strikeoff_app
                    USING (county_id = ANY ((SELECT strikeoff.my_counties())::uuid[]))
                    WITH CHECK (county_id = ANY ((SELECT strikeoff.my_counties())::uuid[]))',
                   target);
END
$$;

-- `command` is ALL, SELECT or INSERT: what people may do to their own rows by themselves.
CREATE PROCEDURE strikeoff.allow_user(target regclass, command text DEFAULT 'ALL',
                                      user_column name DEFAULT 'user_id')
    LANGUAGE plpgsql AS $$
DECLARE
    mine text := format('(%I = (SELECT strikeoff.my_user()))', user_column);
BEGIN
    EXECUTE format('CREATE POLICY %I ON %s FOR %s TO strikeoff_app %s %s',
                   'own_' || lower(command), target, command,
                   CASE WHEN command <> 'INSERT' THEN 'USING ' || mine END,
                   CASE WHEN command <> 'SELECT' THEN 'WITH CHECK ' || mine END);
END
$$;

-- Rows that anyone may read, visitors too.
CREATE PROCEDURE strikeoff.allow_public(target regclass, condition text)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY published ON %s FOR SELECT TO strikeoff_app
                    USING (%s)', target, condition);
END
$$;
