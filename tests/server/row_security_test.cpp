// Row security of every table, tried with a row of two counties and two people in each: made from
// the catalogue, so that a table of a later migration takes part by itself.
#include "db/error.hpp"
#include "db/transaction.hpp"
#include "support/server/golden.hpp"
#include "support/server/live_server.hpp"
#include "support/server/scratch_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace strikeoff::testing {
namespace {

using ::testing::IsEmpty;

constexpr const char* insufficient_privilege = "42501"; ///< Also what row security answers with.
constexpr const char* unique_violation = "23505";
constexpr const char* division_by_zero = "22012";

/// Whose a row is.
struct Place {
    CountyId county;
    UserId person;
};

Uuid fixed_id(std::uint8_t number) {
    Uuid id;
    id.bytes[15] = number;
    return id;
}

const Place place_a{CountyId{fixed_id(1)}, UserId{fixed_id(11)}};
const Place place_b{CountyId{fixed_id(2)}, UserId{fixed_id(12)}};
const Place place_c{CountyId{fixed_id(3)}, UserId{fixed_id(13)}}; ///< Has no rows.
const UserId clerk{fixed_id(21)};                                 ///< Staff, with no rows.
const UserId administrator{fixed_id(22)};

struct Table {
    std::string name;
    std::string county_column; ///< Empty when the row is of no county.
    std::string person_column; ///< The same for people.
    std::string updated;       ///< A column that requests may change, or any.
    std::string insert;        ///< With every column that the row needs.
    std::string insert_as_app; ///< With those of them that requests may fill.
};

// A value for each column that a row needs. Constraints that a plain value of the type does not
// meet are met by name; a new one that is not makes the insert fail with its name.
constexpr const char* list_tables = R"sql(
    WITH needed AS (
        SELECT c.oid, c.relname, a.attname, a.attnum,
            CASE
            WHEN a.attname = 'county_id' OR (c.relname, a.attname) = ('counties', 'id')
                THEN '''%county%'''
            WHEN a.attname IN ('user_id', 'created_by') OR (c.relname, a.attname) = ('users', 'id')
                THEN '''%person%'''
            WHEN a.attname LIKE '%\_year' THEN '2025'
            -- What is unique in all counties is random or an id.
            WHEN a.attname = 'token_hash' THEN 'sha256(''%person%'')'
            WHEN (c.relname, a.attname) IN (('jobs', 'key'), ('webhooks', 'event_id'))
                THEN '''%person%'''
            WHEN a.attname IN ('bidder_ref', 'blind_index') THEN '''\x' || repeat('01', 16) || ''''
            WHEN a.attname = 'signature' THEN '''\x' || repeat('01', 64) || ''''
            WHEN a.attname = 'payload' AND t.typname = 'bytea' THEN '''{}'''
            WHEN a.attname = 'kind' AND t.typname = 'int2' THEN '2'
            WHEN a.attname = 'end_time' THEN 'now() + interval ''1 hour'''
            WHEN a.attname = 'leaves_size' THEN '104'
            WHEN c.relname LIKE 'live\_%' AND a.attname = 'topic' THEN '''batch:%county%'''
            WHEN a.attname = 'last4' THEN '''1234'''
            WHEN a.attname = 'email' THEN '''%person%@example.org'''
            WHEN c.relname = 'counties' AND a.attname = 'state' THEN '''FL'''
            WHEN c.relname = 'counties' AND t.typcategory = 'S' THEN '''%county%'''
            WHEN t.typname = 'uuid' THEN 'gen_random_uuid()'
            WHEN t.typtype = 'e' THEN quote_literal((SELECT e.enumlabel FROM pg_enum e
                                                     WHERE e.enumtypid = t.oid
                                                     ORDER BY e.enumsortorder LIMIT 1))
            WHEN t.typname = 'bytea' THEN '''\x' || repeat('01', 32) || ''''
            WHEN t.typname IN ('json', 'jsonb') THEN '''{}'''
            WHEN t.typname = 'inet' THEN '''127.0.0.1'''
            WHEN t.typcategory = 'A' THEN '''{}'''
            WHEN t.typcategory = 'B' THEN 'false'
            WHEN t.typcategory = 'N' THEN '1'
            WHEN t.typcategory = 'D' THEN 'now()'
            ELSE '''x''' END AS value
        FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             AND a.attgenerated = '' AND a.attidentity <> 'a'
        JOIN pg_type t ON t.oid = a.atttypid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
          AND NOT c.relispartition
          AND (a.attname IN ('id', 'county_id', 'user_id', 'created_by')
               OR (c.relname, a.attname) = ('mails', 'sent_at')
               OR (a.attnotnull AND NOT a.atthasdef))),
    shaped AS (
        SELECT oid, relname,
            CASE WHEN relname = 'counties' THEN 'id'
                 ELSE max(attname) FILTER (WHERE attname = 'county_id') END AS county_column,
            CASE WHEN relname = 'users' THEN 'id'
                 ELSE coalesce(max(attname) FILTER (WHERE attname = 'user_id'),
                               max(attname) FILTER (WHERE attname = 'created_by'))
                 END AS person_column,
            string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns,
            string_agg(value, ', ' ORDER BY attnum) AS row,
            string_agg(quote_ident(attname), ', ' ORDER BY attnum)
                FILTER (WHERE has_column_privilege('strikeoff_app', oid, attnum, 'INSERT'))
                AS columns_of_app,
            string_agg(value, ', ' ORDER BY attnum)
                FILTER (WHERE has_column_privilege('strikeoff_app', oid, attnum, 'INSERT'))
                AS row_of_app
        FROM needed GROUP BY oid, relname)
    SELECT relname, coalesce(county_column, ''), coalesce(person_column, ''),
           coalesce((SELECT quote_ident(a.attname) FROM pg_attribute a
                     WHERE a.attrelid = s.oid AND a.attnum > 0 AND NOT a.attisdropped
                       AND a.attgenerated = ''
                       AND has_column_privilege('strikeoff_app', s.oid, a.attnum, 'UPDATE')
                     ORDER BY a.attnum LIMIT 1),
                    county_column, person_column),
           format('INSERT INTO %I (%s) VALUES (%s)', relname, columns, row),
           format('INSERT INTO %I (%s) VALUES (%s)', relname, coalesce(columns_of_app, columns),
                  coalesce(row_of_app, row))
    FROM shaped s
    WHERE county_column IS NOT NULL OR person_column IS NOT NULL
    ORDER BY relname)sql";

std::string with_place(std::string sql, const Place& place) {
    for (const auto& [name, id] :
         {std::pair{"%county%", place.county.text()}, std::pair{"%person%", place.person.text()}})
        for (std::size_t at = sql.find(name); at != std::string::npos; at = sql.find(name))
            sql.replace(at, 8, id);
    return sql;
}

/// The condition that finds the row of a place.
std::string row_of(const Table& table, const Place& place) {
    return table.county_column.empty() ? table.person_column + " = '" + place.person.text() + "'"
                                       : table.county_column + " = '" + place.county.text() + "'";
}

/// The tables with a row of each of two places in them.
const std::vector<Table>& filled_tables() {
    static const std::vector<Table> tables = [] {
        db::Connection superuser = ScratchDatabase::instance().connect_as_superuser();
        const db::PgResult rows = superuser.execute(list_tables);
        std::vector<Table> found;
        for (int i = 0; i < PQntuples(rows.get()); ++i) {
            const auto text = [&](int column) {
                return std::string{PQgetvalue(rows.get(), i, column)};
            };
            found.push_back({text(0), text(1), text(2), text(3), text(4), text(5)});
        }
        for (const Table& table : found)
            for (const Place& place : {place_a, place_b})
                superuser.execute(with_place(table.insert, place));
        superuser.execute(fmt::format(
            "INSERT INTO users (id, email, password_hash, first_name, last_name, role, status) "
            "VALUES ('{}', 'administrator@example.org', '!', 'x', 'x', 'admin', 'active')",
            administrator.text()));
        return found;
    }();
    return tables;
}

db::Pool& requests() {
    static db::Pool pool{ScratchDatabase::instance().conninfo("strikeoff_app"), 1};
    return pool;
}

struct Outcome {
    std::string sqlstate; ///< Empty when it went well.
    int rows = 0;         ///< Seen or changed.
};

db::Pool& service() {
    static db::Pool pool{ScratchDatabase::instance().conninfo("strikeoff_worker"), 1};
    return pool;
}

/// What a statement comes to; it is rolled back.
Outcome outcome_in(db::Transaction& transaction, const std::string& sql) {
    try {
        const db::PgResult result = transaction->execute(sql);
        const bool reads = PQresultStatus(result.get()) == PGRES_TUPLES_OK;
        return {"", std::stoi(reads ? PQgetvalue(result.get(), 0, 0) : PQcmdTuples(result.get()))};
    } catch (const db::DatabaseError& error) {
        return {error.sqlstate(), 0};
    }
}

Outcome outcome_of(const db::Identity& caller, const std::string& sql) {
    db::Transaction transaction{requests(), caller};
    return outcome_in(transaction, sql);
}

std::string count_of(const Table& table, const Place& place) {
    return "SELECT count(*) FROM " + table.name + " WHERE " + row_of(table, place);
}

using Try = std::function<Outcome(const std::string& sql)>;

/// `s`, `u`, `i`, `d` for what can be done with a row of a place: see it, update it, insert one
/// like it, delete it. Only the answer of row security and of grants stands for a refusal.
std::string rights(const Try& attempt, const Table& table, const std::string& insert,
                   const Place& place) {
    const auto touches = [&](const std::string& sql) { return attempt(sql).rows > 0; };
    const std::string where = " WHERE " + row_of(table, place);
    const bool inserts = attempt(with_place(insert, place)).sqlstate != insufficient_privilege;
    std::string found;
    found += touches(count_of(table, place)) ? 's' : '-';
    found +=
        touches("UPDATE " + table.name + " SET " + table.updated + " = " + table.updated + where)
            ? 'u'
            : '-';
    found += inserts ? 'i' : '-';
    found += touches("DELETE FROM " + table.name + where) ? 'd' : '-';
    return found;
}

std::string rights(const db::Identity& caller, const Table& table, const Place& place) {
    return rights([&](const std::string& sql) { return outcome_of(caller, sql); }, table,
                  table.insert_as_app, place);
}

const db::Identity staff_of_a{clerk, {place_a.county}};
const db::Identity person_a{place_a.person, {}};
const db::Identity nobody{};
const db::Identity platform{administrator, {}};

/// What is everybody's to read, or to write in the name of whom it is about.
std::string public_rights(const std::string& table) {
    static const std::map<std::string, std::string> rights{{"audit_checkpoints", "s---"},
                                                           {"auth_audit_logs", "--i-"},
                                                           {"batch_chain", "s---"},
                                                           {"counties", "s---"},
                                                           {"live_events", "s---"},
                                                           {"live_topics", "s---"},
                                                           {"mails", "--i-"},
                                                           {"market_analytics", "s---"},
                                                           {"open_leads", "s---"},
                                                           {"outbox_events", "--i-"},
                                                           {"sale_commitments", "s---"}};
    const auto found = rights.find(table);
    return found == rights.end() ? "----" : found->second;
}

TEST(RowSecurity, is_what_was_reviewed_for_every_table) {
    std::string text =
        "# What requests can do with the row of a county and a person in each table: see, update, "
        "insert,\n# delete. Rows are fresh: no sale is published, no batch closed.\n";
    text += fmt::format("{:26}{:>8}{:>8}{:>8}{:>8}\n", "", "staff", "of", "the", "of");
    text += fmt::format("{:26}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}\n", "", "of its", "another", "person",
                        "another", "nobody", "admin");
    for (const Table& table : filled_tables()) {
        const std::string of_another_county = rights(staff_of_a, table, place_b);
        const std::string of_another_person = rights(person_a, table, place_b);
        const std::string of_nobody = rights(nobody, table, place_a);
        text += fmt::format("{:26}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}\n", table.name,
                            rights(staff_of_a, table, place_a), of_another_county,
                            rights(person_a, table, place_a), of_another_person, of_nobody,
                            rights(platform, table, place_a));
        EXPECT_EQ(of_another_county, public_rights(table.name)) << table.name;
        EXPECT_EQ(of_another_person, public_rights(table.name)) << table.name;
        // A visitor may open an account: pending, and of no staff.
        EXPECT_EQ(of_nobody, table.name == "users" ? "--i-" : public_rights(table.name))
            << table.name;
    }
    EXPECT_GT(filled_tables().size(), 60U);
    expect_golden("row_security.txt", text);
}

TEST(RowSecurity, lets_nobody_give_a_row_away_or_take_one) {
    for (const Table& table : filled_tables()) {
        const auto move = [&](const db::Identity& caller, const std::string& column,
                              const std::string& to, const Place& from) {
            return outcome_of(caller, fmt::format("UPDATE {} SET {} = '{}' WHERE {}", table.name,
                                                  column, to, row_of(table, from)));
        };
        if (!table.county_column.empty()) {
            EXPECT_EQ(move(staff_of_a, table.county_column, place_b.county.text(), place_a).rows, 0)
                << table.name << " given away";
            EXPECT_EQ(move(staff_of_a, table.county_column, place_a.county.text(), place_b).rows, 0)
                << table.name << " taken";
        }
        if (!table.person_column.empty()) {
            EXPECT_EQ(move(person_a, table.person_column, place_b.person.text(), place_a).rows, 0)
                << table.name << " given away";
            EXPECT_EQ(move(person_a, table.person_column, place_a.person.text(), place_b).rows, 0)
                << table.name << " taken";
        }
    }
}

// The service's own login, which sees every county, while it acts for the staff of one.
TEST(RowSecurity, confines_what_the_service_does_for_staff) {
    int confined = 0;
    for (const Table& table : filled_tables()) {
        if (table.county_column != "county_id") continue;
        const auto attempt = [](const std::string& sql) {
            db::Transaction transaction{service()};
            return outcome_in(transaction, sql);
        };
        const std::string everywhere = rights(attempt, table, table.insert, place_b);
        const db::ActingIn acting{{place_a.county}};
        EXPECT_EQ(rights(attempt, table, table.insert, place_b), "----") << table.name;
        EXPECT_EQ(rights(attempt, table, table.insert, place_a), everywhere) << table.name;
        const Outcome given = attempt("UPDATE " + table.name + " SET county_id = '" +
                                      place_b.county.text() + "' WHERE " + row_of(table, place_a));
        EXPECT_EQ(given.rows, 0) << table.name;
        if (everywhere != "----") ++confined;
    }
    EXPECT_GT(confined, 40);
}

// A condition of one's own is asked about a row before or after the policy; one that fails for
// another county's row would tell that there is such a row.
TEST(RowSecurity, asks_the_policy_before_any_condition_of_the_caller) {
    db::Connection superuser = ScratchDatabase::instance().connect_as_superuser();
    int tried = 0;
    for (const Table& table : filled_tables()) {
        if (public_rights(table.name).starts_with('s')) continue;
        const std::string sql = "SELECT count(*) FROM " + table.name + " WHERE 1 / CASE WHEN " +
                                row_of(table, place_b) + " THEN 0 ELSE 1 END = 1";
        try {
            superuser.execute(sql);
            ADD_FAILURE() << table.name << ": there is no row to be told about";
        } catch (const db::DatabaseError& error) {
            ASSERT_EQ(error.sqlstate(), division_by_zero) << table.name;
        }
        for (const db::Identity& caller : {staff_of_a, person_a, nobody}) {
            const std::string state = outcome_of(caller, sql).sqlstate;
            EXPECT_TRUE(state.empty() || state == insufficient_privilege) << table.name << state;
            if (state.empty()) ++tried;
        }
    }
    EXPECT_GT(tried, 100);
}

// A row whose natural keys another county has already: that it is refused would tell so.
TEST(RowSecurity, tells_nothing_through_what_must_be_unique) {
    const db::Identity staff_of_c{clerk, {place_c.county}};
    std::vector<std::string> told;
    int inserted = 0;
    for (const Table& table : filled_tables()) {
        if (table.county_column.empty()) continue;
        const std::string state =
            outcome_of(staff_of_c, with_place(table.insert_as_app, place_c)).sqlstate;
        if (state.empty()) ++inserted;
        if (state == unique_violation) told.push_back(table.name);
    }
    EXPECT_GT(inserted, 15);
    EXPECT_THAT(told, IsEmpty());
}

// An id that is taken cannot be taken again, whoever has it: PostgreSQL asks the index and not the
// policy. With 74 random bits in each there is none to be guessed.
TEST(RowSecurity, tells_of_an_id_only_to_who_knows_it_already) {
    db::Connection superuser = ScratchDatabase::instance().connect_as_superuser();
    const std::string id =
        first_column(superuser, "SELECT id FROM certificates WHERE county_id = '" +
                                    place_b.county.text() + "'")[0];
    const auto insert = [&](const std::string& with_id) {
        return outcome_of(staff_of_a,
                          fmt::format("INSERT INTO certificates (id, county_id, property_id, "
                                      "tax_year, face_value) VALUES ('{}', '{}', "
                                      "gen_random_uuid(), 2024, 1)",
                                      with_id, place_a.county.text()))
            .sqlstate;
    };
    EXPECT_EQ(insert(fresh_bid_id()), "");
    EXPECT_EQ(insert(id), unique_violation);
}

TEST(RowSecurity, hides_what_the_planner_knows_of_the_rows) {
    db::Connection superuser = ScratchDatabase::instance().connect_as_superuser();
    filled_tables();
    superuser.execute("ANALYZE");
    const std::string sql = "SELECT count(*) FROM pg_stats WHERE schemaname = 'public' "
                            "AND tablename NOT IN ('schema_migrations')";
    EXPECT_NE(first_column(superuser, sql)[0], "0");
    EXPECT_EQ(outcome_of(staff_of_a, sql).rows, 0);
}

TEST(RowSecurity, forgets_a_caller_at_the_end_of_the_transaction) {
    filled_tables(); // The pool has one connection: each transaction gets the one of the last.
    const std::string sql = "SELECT count(*) FROM certificates";
    const auto seen = [&](db::Transaction& transaction) {
        const db::PgResult result = transaction->execute(sql);
        return std::stoi(PQgetvalue(result.get(), 0, 0));
    };
    {
        db::Transaction transaction{requests(), staff_of_a};
        EXPECT_EQ(seen(transaction), 1);
        transaction.commit();
    }
    {
        db::Transaction transaction{requests(), {clerk, {place_b.county}}};
        EXPECT_EQ(seen(transaction), 1);
        const db::PgResult result = transaction->execute("SELECT county_id FROM certificates");
        EXPECT_EQ(PQgetvalue(result.get(), 0, 0), place_b.county.text());
        transaction.commit();
    }
    EXPECT_EQ(outcome_of({clerk, {place_a.county, place_b.county}}, sql).rows, 2);
    EXPECT_EQ(outcome_of(staff_of_a, "SELECT 1 / 0").sqlstate, division_by_zero);
    db::Transaction of_none{requests()};
    EXPECT_EQ(seen(of_none), 0);
    const db::PgResult identity =
        of_none->execute("SELECT strikeoff.my_user() IS NULL AND strikeoff.my_counties() IS NULL");
    EXPECT_STREQ(PQgetvalue(identity.get(), 0, 0), "t");
}

TEST(RowSecurity, shows_nothing_to_a_session_that_never_said_who_asks) {
    filled_tables();
    db::Connection fresh = ScratchDatabase::instance().connect("strikeoff_app");
    int asked = 0;
    for (const Table& table : filled_tables()) {
        if (public_rights(table.name).starts_with('s')) continue;
        try {
            EXPECT_EQ(first_column(fresh, "SELECT count(*) FROM " + table.name)[0], "0")
                << table.name;
            ++asked;
        } catch (const db::DatabaseError& error) {
            EXPECT_EQ(error.sqlstate(), insufficient_privilege) << table.name;
        }
    }
    EXPECT_GT(asked, 40);
}

} // namespace
} // namespace strikeoff::testing
