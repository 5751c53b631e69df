// What the catalogue of the database must say, so that no table, function or view of a later
// migration stands outside of row security. Each rule lists what breaks it, and is tried with
// things planted in a transaction that is rolled back.
#include "support/server/scratch_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

struct Plant {
    std::string sql;
    std::string offender;
};

struct Rule {
    const char* name;
    std::string offenders;            ///< A query.
    std::vector<std::string> allowed; ///< Offenders that are meant, each for its reason.
    std::vector<Plant> plants;
};

// Tables that a request's login can reach at all, by a grant on the table or on a column.
constexpr const char* reachable = R"sql(
    (has_table_privilege('strikeoff_app', c.oid, 'SELECT, INSERT, UPDATE, DELETE')
     OR has_any_column_privilege('strikeoff_app', c.oid, 'SELECT, INSERT, UPDATE')))sql";

constexpr const char* of_tenants = R"sql(
    EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped
            AND a.attname IN ('county_id', 'user_id')))sql";

std::string tables_where(const std::string& condition) {
    return "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace "
           "AND c.relkind IN ('r', 'p') AND " +
           condition + " ORDER BY 1";
}

Rule forced_row_security() {
    const std::string sql = tables_where(of_tenants + std::string{" AND NOT (c.relrowsecurity "
                                                                  "AND c.relforcerowsecurity)"});
    return {.name = "a table of a county or a person has forced row security",
            .offenders = sql,
            .allowed = {},
            .plants = {{"CREATE TABLE public.planted (county_id uuid)", "planted"},
                       {"CREATE TABLE public.planted (user_id uuid)", "planted"},
                       {"ALTER TABLE certificates DISABLE ROW LEVEL SECURITY", "certificates"},
                       {"ALTER TABLE certificates NO FORCE ROW LEVEL SECURITY", "certificates"},
                       {"ALTER TABLE bids_p03 NO FORCE ROW LEVEL SECURITY", "bids_p03"}}};
}

Rule reached_through_policies() {
    const std::string sql =
        tables_where(of_tenants + std::string{" AND "} + reachable +
                     " AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid "
                     "AND 'strikeoff_app'::regrole = ANY (p.polroles))");
    return {.name = "what a request can reach of a county or a person has a policy for requests",
            .offenders = sql,
            .allowed = {},
            .plants = {{"GRANT SELECT ON webhooks TO strikeoff_app", "webhooks"},
                       {"GRANT SELECT (id) ON bids_p00 TO strikeoff_app", "bids_p00"},
                       {"DROP POLICY county_staff ON withdrawals", "withdrawals"}}};
}

Rule nothing_reached_without_row_security() {
    const std::string sql = tables_where(reachable + std::string{" AND NOT (c.relrowsecurity "
                                                                 "AND c.relforcerowsecurity)"});
    return {.name = "a request reaches no table without row security",
            .offenders = sql,
            .allowed = {"schema_migrations"}, // Names of files, the same at every site.
            .plants = {{"CREATE TABLE public.planted (id int); "
                        "GRANT SELECT ON planted TO strikeoff_app",
                        "planted"}}};
}

Rule policies_name_their_login() {
    return {
        .name = "a policy names the login that it is for",
        .offenders = R"sql(
                SELECT polrelid::regclass || '.' || polname FROM pg_policy
                WHERE 0 = ANY (polroles))sql",
        .allowed = {},
        .plants = {{"CREATE POLICY planted ON certificates USING (true)", "certificates.planted"}}};
}

Rule policies_have_conditions() {
    return {.name = "what requests may do with every row is listed",
            .offenders = R"sql(
                SELECT polrelid::regclass || '.' || polname FROM pg_policy
                WHERE 'strikeoff_app'::regrole = ANY (polroles)
                  AND (pg_get_expr(polqual, polrelid) = 'true'
                       OR pg_get_expr(polwithcheck, polrelid) = 'true'))sql",
            .allowed = {"auction_defaults.published", "audit_checkpoints.published",
                        "batch_chain.published", "counties.published", "market_analytics.published",
                        "open_leads.published", "sale_commitments.published",
                        // Told of what is published, and of nothing else.
                        "live_events.published", "live_topics.published",
                        // Written in the name of whoever a request is about, and never read back.
                        "auth_audit_logs.writes", "mails.writes", "outbox_events.writes"},
            .plants = {{"CREATE POLICY planted ON certificates FOR SELECT TO strikeoff_app "
                        "USING (true)",
                        "certificates.planted"},
                       {"CREATE POLICY planted ON deposits FOR INSERT TO strikeoff_app "
                        "WITH CHECK (true)",
                        "deposits.planted"}}};
}

Rule work_for_staff_is_confined() {
    const std::string sql = tables_where(
        "NOT c.relispartition AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid "
        "AND a.attname = 'county_id' AND NOT a.attisdropped) AND NOT EXISTS (SELECT 1 FROM "
        "pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive AND p.polcmd = '*' "
        "AND 'strikeoff_worker'::regrole = ANY (p.polroles) "
        "AND pg_get_expr(p.polqual, p.polrelid) LIKE '%acting_in%' "
        "AND pg_get_expr(p.polwithcheck, p.polrelid) LIKE '%acting_in%')");
    return {.name = "what the service does for staff is confined to their counties",
            .offenders = sql,
            .allowed = {},
            .plants = {{"CREATE TABLE public.planted (county_id uuid)", "planted"},
                       {"DROP POLICY acting_in ON withdrawals", "withdrawals"}}};
}

Rule logins_are_plain() {
    return {
        .name = "a login owns nothing, is nobody else and gets past nothing",
        .offenders = R"sql(
                WITH logins AS (
                    SELECT * FROM pg_roles
                    WHERE rolname IN ('strikeoff_app', 'strikeoff_worker', 'strikeoff_report'))
                SELECT rolname || ' has a power of the cluster' FROM logins
                WHERE rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication
                UNION ALL
                SELECT rolname || ' owns ' || o.name
                FROM logins JOIN (
                    SELECT relowner AS owner, relname::text AS name FROM pg_class
                    UNION ALL SELECT proowner, proname FROM pg_proc
                    UNION ALL SELECT nspowner, nspname FROM pg_namespace
                    UNION ALL SELECT datdba, datname FROM pg_database) o ON o.owner = logins.oid
                UNION ALL
                SELECT rolname || ' is ' || m.roleid::regrole
                FROM logins JOIN pg_auth_members m ON m.member = logins.oid
                UNION ALL
                SELECT rolname || ' makes things in ' || nspname
                FROM logins, pg_namespace
                WHERE nspname IN ('public', 'strikeoff')
                  AND has_schema_privilege(logins.oid, pg_namespace.oid, 'CREATE'))sql",
        .allowed = {},
        .plants = {
            {"ALTER ROLE strikeoff_app BYPASSRLS", "strikeoff_app has a power of the cluster"},
            {"ALTER ROLE strikeoff_report SUPERUSER",
             "strikeoff_report has a power of the cluster"},
            {"ALTER TABLE certificates OWNER TO strikeoff_app", "strikeoff_app owns certificates"},
            {"GRANT strikeoff_owner TO strikeoff_app", "strikeoff_app is strikeoff_owner"},
            {"GRANT CREATE ON SCHEMA public TO strikeoff_worker",
             "strikeoff_worker makes things in public"}}};
}

Rule requests_change_rows_only() {
    const std::string sql = tables_where(
        "has_table_privilege('strikeoff_app', c.oid, 'TRUNCATE, REFERENCES, TRIGGER')");
    return {.name = "a request changes rows and nothing that row security does not see",
            .offenders = sql,
            .allowed = {},
            .plants = {{"GRANT TRUNCATE ON saved_searches TO strikeoff_app", "saved_searches"},
                       {"GRANT TRIGGER ON certificates TO strikeoff_app", "certificates"}}};
}

Rule definers_have_a_fixed_path() {
    return {.name = "a function that acts as its owner has a fixed search path",
            .offenders = R"sql(
                SELECT oid::regprocedure FROM pg_proc
                WHERE prosecdef AND pronamespace::regnamespace::text
                                    NOT IN ('pg_catalog', 'information_schema')
                  AND NOT coalesce('search_path=pg_catalog, public, pg_temp' = ANY (proconfig),
                                   false))sql",
            .allowed = {},
            .plants = {
                {"CREATE FUNCTION strikeoff.planted() RETURNS int LANGUAGE sql "
                 "SECURITY DEFINER AS 'SELECT 1'",
                 "strikeoff.planted()"},
                {"CREATE FUNCTION public.planted() RETURNS int LANGUAGE sql "
                 "SECURITY DEFINER SET search_path = public AS 'SELECT 1'",
                 "planted()"},
                {"ALTER FUNCTION strikeoff.is_admin() RESET search_path", "strikeoff.is_admin()"}}};
}

Rule definers_are_audited() {
    return {.name = "the functions that act as their owner are these",
            .offenders = R"sql(
                SELECT DISTINCT pronamespace::regnamespace || '.' || proname FROM pg_proc
                WHERE prosecdef AND pronamespace::regnamespace::text
                                    NOT IN ('pg_catalog', 'information_schema'))sql",
            .allowed = {"strikeoff.audit_append", "strikeoff.check_balance", "strikeoff.guard_lots",
                        "strikeoff.inherit_published", "strikeoff.is_admin",
                        "strikeoff.journal_append", "strikeoff.journal_fence",
                        "strikeoff.note_access_change", "strikeoff.publish_auction",
                        "strikeoff.publish_lots", "strikeoff.tell", "strikeoff.tell_auction",
                        "strikeoff.tell_batch", "strikeoff.tell_change", "strikeoff.tell_closing",
                        "strikeoff.tell_item", "strikeoff.tell_of_batch", "strikeoff.tell_results"},
            .plants = {{"ALTER FUNCTION strikeoff.my_counties() SECURITY DEFINER",
                        "strikeoff.my_counties"}}};
}

Rule functions_are_granted() {
    return {.name = "a function is for those it is granted to",
            .offenders = R"sql(
                SELECT p.oid::regprocedure FROM pg_proc p
                WHERE p.pronamespace IN ('strikeoff'::regnamespace, 'public'::regnamespace)
                  AND EXISTS (SELECT 1
                              FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
                              WHERE g.grantee = 0))sql",
            .allowed = {},
            .plants = {
                {"CREATE FUNCTION strikeoff.planted() RETURNS int LANGUAGE sql "
                 "AS 'SELECT 1'",
                 "strikeoff.planted()"},
                {"GRANT EXECUTE ON FUNCTION strikeoff.new_id() TO PUBLIC", "strikeoff.new_id()"}}};
}

Rule views_ask_who_reads() {
    return {.name = "a view shows what its reader may see",
            .offenders = R"sql(
                SELECT oid::regclass FROM pg_class
                WHERE relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
                  AND (relkind = 'm'
                       OR (relkind = 'v'
                           AND NOT coalesce('security_invoker=true' = ANY (reloptions),
                                            false))))sql",
            .allowed = {},
            .plants = {{"CREATE VIEW public.planted AS SELECT id FROM certificates", "planted"},
                       // Row security never asks who reads a copy.
                       {"CREATE MATERIALIZED VIEW public.planted AS SELECT id FROM certificates",
                        "planted"}}};
}

Rule uniqueness_is_within_a_county() {
    return {.name = "no unique constraint tells a county what another one has",
            .offenders = R"sql(
                SELECT i.indexrelid::regclass FROM pg_index i
                JOIN pg_class c ON c.oid = i.indrelid
                WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace
                  AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid
                              AND a.attname = 'county_id')
                  AND NOT EXISTS (SELECT 1 FROM unnest(i.indkey) AS k
                                  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k
                                  WHERE a.atttypid = 'uuid'::regtype))sql",
            .allowed = {"jobs_kind_key_key", "outbox_events_once", // Keys are ids.
                        "api_keys_token_hash_key",                 // Hashes of 256 random bits.
                        "webhooks_provider_event_id_key",          // No request reaches it.
                        "live_topics_pkey", "live_events_pkey"}, // Topics hold ids, and are public.
            .plants = {
                {"CREATE UNIQUE INDEX planted ON certificates (certificate_number)", "planted"}}};
}

Rule references_stay_in_the_county() {
    return {.name = "a row of a county belongs to rows of the same county",
            .offenders = R"sql(
                SELECT k.conname FROM pg_constraint k
                WHERE k.contype = 'f' AND k.conparentid = 0
                  AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = k.conrelid
                              AND a.attname = 'county_id')
                  AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = k.confrelid
                              AND a.attname = 'county_id')
                  AND NOT EXISTS (SELECT 1 FROM unnest(k.conkey) AS n
                                  JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = n
                                  WHERE a.attname = 'county_id'))sql",
            // A topic is of one county by its id. People's own papers go to several counties; a
            // log, a bid and what waits for a second person are of one by themselves.
            .allowed = {"live_events_topic_fkey", "staged_imports_approval_id_fkey",
                        "tax_forms_document_id_fkey", "report_executions_document_id_fkey",
                        "report_executions_user_id_configuration_id_fkey",
                        "winning_bids_batch_id_bid_id_fkey", "audit_logs_log_id_fkey",
                        "audit_checkpoints_log_id_fkey"},
            .plants = {{"ALTER TABLE withdrawals ADD CONSTRAINT planted FOREIGN KEY (batch_id) "
                        "REFERENCES batches (id)",
                        "planted"}}};
}

std::vector<Rule> rules() {
    return {forced_row_security(),
            reached_through_policies(),
            nothing_reached_without_row_security(),
            policies_name_their_login(),
            policies_have_conditions(),
            work_for_staff_is_confined(),
            logins_are_plain(),
            requests_change_rows_only(),
            definers_have_a_fixed_path(),
            definers_are_audited(),
            functions_are_granted(),
            views_ask_who_reads(),
            uniqueness_is_within_a_county(),
            references_stay_in_the_county()};
}

std::vector<std::string> offenders(db::Connection& connection, const Rule& rule) {
    std::vector<std::string> found = first_column(connection, rule.offenders);
    std::erase_if(found, [&](const std::string& offender) {
        return std::ranges::find(rule.allowed, offender) != rule.allowed.end();
    });
    return found;
}

TEST(Catalogue, keeps_every_rule) {
    // The live service's own database has a clock for tests besides.
    db::Connection scratch = ScratchDatabase::instance().connect_as_superuser();
    for (const Rule& rule : rules())
        EXPECT_THAT(offenders(scratch, rule), IsEmpty()) << rule.name;
}

TEST(Catalogue, allows_nothing_that_is_not_there) {
    db::Connection scratch = ScratchDatabase::instance().connect_as_superuser();
    for (const Rule& rule : rules())
        for (const std::string& allowed : rule.allowed)
            EXPECT_THAT(first_column(scratch, rule.offenders), Contains(allowed)) << rule.name;
}

TEST(Catalogue, is_found_broken_by_each_rule) {
    db::Connection scratch = ScratchDatabase::instance().connect_as_superuser();
    for (const Rule& rule : rules()) {
        EXPECT_FALSE(rule.plants.empty()) << rule.name;
        for (const Plant& plant : rule.plants) {
            scratch.execute("BEGIN");
            scratch.execute(plant.sql);
            EXPECT_THAT(offenders(scratch, rule), Contains(plant.offender))
                << rule.name << ": " << plant.sql;
            scratch.execute("ROLLBACK");
        }
        EXPECT_THAT(offenders(scratch, rule), IsEmpty()) << rule.name;
    }
}

} // namespace
} // namespace strikeoff::testing
