-- What every table must have. Run as any role; raises at the first fault.
DO $$
DECLARE
    faults text;
BEGIN
    SELECT string_agg(c.relname, ', ') INTO faults FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND c.relname <> 'schema_migrations'
      AND NOT (c.relrowsecurity AND c.relforcerowsecurity);
    ASSERT faults IS NULL, 'without forced row security: ' || faults;

    SELECT string_agg(c.relname, ', ') INTO faults FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND c.relname <> 'schema_migrations'
      AND (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid
           AND p.polname IN ('owner_all', 'worker_all')) <> 2;
    ASSERT faults IS NULL, 'without the policies of owner and worker: ' || faults;

    SELECT string_agg(c.relname, ', ') INTO faults FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND (obj_description(c.oid, 'pg_class') IS NULL
           OR NOT EXISTS (SELECT 1 FROM pg_attribute a
                          WHERE a.attrelid = c.oid AND a.attname = 'created_at'));
    ASSERT faults IS NULL, 'without a comment or created_at: ' || faults;

    -- A composite key (county_id, x_id) is served by an index led by x_id: ids repeat nowhere.
    SELECT string_agg(con.conrelid::regclass || '.' || con.conname, ', ') INTO faults
    FROM pg_constraint con
    WHERE con.contype = 'f' AND con.connamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_index i
                      WHERE i.indrelid = con.conrelid AND i.indpred IS NULL
                        AND (i.indkey[0] = con.conkey[array_length(con.conkey, 1)]
                             OR (i.indkey[0] = con.conkey[1] AND i.indkey[1] = con.conkey[2])));
    ASSERT faults IS NULL, 'foreign keys without an index: ' || faults;

    SELECT string_agg(c.relname || '.' || a.attname, ', ') INTO faults
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid
    JOIN pg_type t ON t.oid = a.atttypid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND (a.attname = 'status' OR a.attname LIKE '%\_status') AND t.typtype <> 'e'
      AND c.relname <> 'idempotency_keys';
    ASSERT faults IS NULL, 'statuses that are no enum: ' || faults;

    SELECT string_agg(c.relname, ', ') INTO faults FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND NOT c.relispartition AND c.relname <> 'bids'
      AND EXISTS (SELECT 1 FROM pg_attribute a
                  WHERE a.attrelid = c.oid AND a.attname = 'updated_at')
      AND NOT EXISTS (SELECT 1 FROM pg_trigger g
                      WHERE g.tgrelid = c.oid AND g.tgname = 'touch_updated_at');
    ASSERT faults IS NULL, 'updated_at that nothing keeps: ' || faults;

    SELECT string_agg(p.oid::regprocedure::text, ', ') INTO faults FROM pg_proc p
    WHERE p.pronamespace = 'strikeoff'::regnamespace
      AND (p.proacl IS NULL OR EXISTS (SELECT 1 FROM aclexplode(p.proacl) x WHERE x.grantee = 0)
           OR (p.prosecdef AND p.proconfig IS NULL));
    ASSERT faults IS NULL, 'functions open to all, or definers without a search_path: ' || faults;

    SELECT string_agg(rolname, ', ') INTO faults FROM pg_roles
    WHERE rolname LIKE 'strikeoff\_%'
      AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb);
    ASSERT faults IS NULL, 'roles that may too much: ' || faults;

    SELECT string_agg(r || ' ' || p || ' ' || t, ', ') INTO faults
    FROM unnest(ARRAY['bid_blocks', 'bid_sources', 'book_changes', 'batch_secrets',
                      'auction_secrets', 'batch_journals']) AS t,
         unnest(ARRAY['strikeoff_app', 'strikeoff_report']) AS r,
         unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) AS p
    WHERE has_any_column_privilege(r, t, p)
       OR has_table_privilege(r, t, 'DELETE') OR has_table_privilege(r, t, 'TRUNCATE');
    ASSERT faults IS NULL, 'the journal or secrets are reachable: ' || faults;

    SELECT string_agg(r || ' ' || t, ', ') INTO faults
    FROM unnest(ARRAY['audit_logs', 'ledger_entries', 'transactions', 'certificate_history',
                      'auth_audit_logs', 'batch_chain', 'bid_blocks']) AS t,
         unnest(ARRAY['strikeoff_app', 'strikeoff_worker', 'strikeoff_report']) AS r
    WHERE has_any_column_privilege(r, t, 'UPDATE')
       OR has_table_privilege(r, t, 'DELETE') OR has_table_privilege(r, t, 'TRUNCATE');
    ASSERT faults IS NULL, 'evidence can be changed: ' || faults;
END
$$;
