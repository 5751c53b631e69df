-- The service's own login sees every county. What it does for a county's staff is confined to the
-- counties where they may do it, so that an endpoint that forgot to ask reaches no other one.

CREATE FUNCTION strikeoff.acting_in() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('strikeoff.acting_in', true), '')::uuid[];
COMMENT ON FUNCTION strikeoff.acting_in() IS
    'The counties that this transaction is confined to; null when it is not.';
REVOKE ALL ON FUNCTION strikeoff.acting_in() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION strikeoff.acting_in() TO strikeoff_worker;

CREATE PROCEDURE strikeoff.confine(target regclass)
    LANGUAGE plpgsql AS $$
DECLARE
    inside text := '((SELECT strikeoff.acting_in()) IS NULL OR county_id IS NULL
                     OR county_id = ANY ((SELECT strikeoff.acting_in())::uuid[]))';
BEGIN
    EXECUTE format('CREATE POLICY acting_in ON %s AS RESTRICTIVE TO strikeoff_worker
                    USING %s WITH CHECK %s', target, inside, inside);
END
$$;
REVOKE ALL ON PROCEDURE strikeoff.confine(regclass) FROM PUBLIC;

CREATE OR REPLACE PROCEDURE strikeoff.protect(target regclass, report boolean DEFAULT true)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY owner_all ON %s TO strikeoff_owner
                    USING (true) WITH CHECK (true)', target);
    EXECUTE format('CREATE POLICY worker_all ON %s TO strikeoff_worker
                    USING (true) WITH CHECK (true)', target);
    IF EXISTS (SELECT FROM pg_attribute
               WHERE attrelid = target AND attname = 'county_id' AND NOT attisdropped) THEN
        CALL strikeoff.confine(target);
    END IF;
    IF report THEN
        EXECUTE format('CREATE POLICY report_reads ON %s FOR SELECT TO strikeoff_report
                        USING (true)', target);
        EXECUTE format('GRANT SELECT ON %s TO strikeoff_report', target);
    END IF;
END
$$;

DO $$
DECLARE
    target regclass;
BEGIN
    FOR target IN
        SELECT c.oid FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'county_id'
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
          AND NOT c.relispartition
        ORDER BY c.relname
    LOOP
        CALL strikeoff.confine(target);
    END LOOP;
END
$$;
