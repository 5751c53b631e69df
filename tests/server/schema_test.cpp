#include "support/server/golden.hpp"
#include "support/server/live_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace strikeoff::testing {
namespace {

std::vector<std::string> column(db::Connection& connection, const std::string& sql) {
    const db::PgResult result = connection.execute(sql);
    std::vector<std::string> values;
    for (int i = 0; i < PQntuples(result.get()); ++i)
        values.emplace_back(PQgetvalue(result.get(), i, 0));
    return values;
}

class Schema : public ::testing::Test {
protected:
    db::Connection owner = LiveServer::instance().connect();
};

// Each line of the list is `table.column type` or `table.column enum(a,b,...)`.
TEST_F(Schema, has_every_table_and_column_of_the_seed) {
    std::ifstream list(std::string{STRIKEOFF_TEST_DATA} + "/seed_columns.txt");
    std::string line;
    int columns = 0;
    while (std::getline(list, line)) {
        if (line.empty() || line.starts_with('#')) continue;
        std::istringstream words(line);
        std::string name;
        std::string type;
        words >> name;
        std::getline(words >> std::ws, type);
        const std::string table = name.substr(0, name.find('.'));
        const std::string member = name.substr(name.find('.') + 1);
        const auto found = column(
            owner, fmt::format("SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute a "
                               "WHERE a.attrelid = 'public.{}'::regclass AND a.attname = '{}' AND "
                               "NOT a.attisdropped",
                               table, member));
        ASSERT_EQ(found.size(), 1U) << name;
        ++columns;
        if (!type.starts_with("enum(")) {
            EXPECT_EQ(found[0], type) << name;
            continue;
        }
        const auto labels = column(
            owner, fmt::format("SELECT enumlabel FROM pg_enum WHERE enumtypid = '{}'::regtype "
                               "ORDER BY enumsortorder",
                               found[0]));
        std::istringstream wanted(type.substr(5, type.size() - 6));
        std::string label;
        while (std::getline(wanted, label, ','))
            if (label != "...")
                EXPECT_NE(std::ranges::find(labels, label), labels.end()) << name << " " << label;
        if (type.find("...") == std::string::npos)
            EXPECT_EQ(labels.size(), static_cast<std::size_t>(std::ranges::count(type, ',')) + 1)
                << name;
    }
    EXPECT_EQ(columns, 314);
}

TEST_F(Schema, every_table_of_a_county_or_a_user_has_forced_row_security_and_a_policy) {
    EXPECT_THAT(column(owner, R"(
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
          AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid
                        AND a.attname IN ('county_id', 'user_id') AND NOT a.attisdropped)
          AND (NOT c.relrowsecurity OR NOT c.relforcerowsecurity
               OR NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))
        ORDER BY 1)"),
                ::testing::IsEmpty());
}

TEST_F(Schema, every_foreign_key_has_an_index) {
    EXPECT_THAT(column(owner, R"(
        SELECT k.conrelid::regclass || '.' || k.conname
        FROM pg_constraint k
        WHERE k.contype = 'f' AND k.conparentid = 0
          AND NOT EXISTS (
              SELECT 1 FROM pg_index i
              WHERE i.indrelid = k.conrelid
                AND (i.indkey[0] = k.conkey[1]
                     OR (array_length(k.conkey, 1) > 1 AND i.indkey[0] = k.conkey[2])))
        ORDER BY 1)"),
                ::testing::IsEmpty());
}

TEST_F(Schema, every_table_has_a_comment_and_created_at) {
    EXPECT_THAT(column(owner, R"(
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
          AND (obj_description(c.oid) IS NULL
               OR NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid
                                AND a.attname IN ('created_at', 'applied_at', 'updated_at')))
        ORDER BY 1)"),
                ::testing::IsEmpty());
}

// migrations/schema.sql is what the migrations come to, for whoever reads or reviews them.
TEST_F(Schema, is_the_one_that_is_written_down) {
    LiveServer& server = LiveServer::instance();
    if (!server.app().database.cluster()) return; // Another version of pg_dump writes otherwise.
    std::filesystem::path bin;
    for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql"))
        if (std::filesystem::exists(entry.path() / "bin" / "pg_dump")) bin = entry.path() / "bin";
    const auto dump =
        db::run_process({bin / "pg_dump", "--schema-only", "--no-owner", "--restrict-key=strikeoff",
                         "-h", std::filesystem::canonical(server.directory() / "data" / "run"),
                         "-U", "strikeoff_owner", "strikeoff"},
                        db::current_os_user());
    ASSERT_EQ(dump.exit_code, 0) << dump.output;
    std::istringstream lines(dump.output);
    std::string text;
    bool in_test_clock = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("-- Dumped ")) continue; // The minor version of the day.
        if (line.starts_with("-- Name: ")) in_test_clock = line.find("test_clock") != line.npos;
        const bool of_the_clock = in_test_clock || line.find("test_clock") != line.npos;
        if (!of_the_clock) text += line + "\n";
    }
    expect_golden("../../migrations/schema.sql", text);
}

TEST_F(Schema, every_status_is_a_type) {
    EXPECT_THAT(column(owner, R"(
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'status'
        JOIN pg_type t ON t.oid = a.atttypid
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND t.typtype <> 'e'
        ORDER BY 1)"),
                ::testing::ElementsAre("idempotency_keys")); // An HTTP status.
}

TEST_F(Schema, the_logins_are_neither_owner_nor_past_row_security) {
    EXPECT_THAT(column(owner, R"(
        SELECT rolname FROM pg_roles
        WHERE rolname LIKE 'strikeoff%' AND (rolsuper OR rolbypassrls OR rolcreaterole))"),
                ::testing::IsEmpty());
    EXPECT_THAT(column(owner, R"(
        SELECT DISTINCT r.rolname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p'))"),
                ::testing::ElementsAre("strikeoff_owner"));
}

TEST_F(Schema, requests_cannot_read_the_journal_or_secrets) {
    db::Connection app = LiveServer::instance().connect("strikeoff_app");
    for (const char* table : {"bid_blocks", "bid_sources", "book_changes", "batch_secrets",
                              "auction_secrets", "batch_journals"})
        EXPECT_THROW(app.execute(fmt::format("SELECT 1 FROM {}", table)), db::DatabaseError)
            << table;
    db::Connection worker = LiveServer::instance().connect("strikeoff_worker");
    EXPECT_THROW(worker.execute("INSERT INTO bid_blocks (county_id, batch_id, first_seq, count, "
                                "accepted_at, records) VALUES (gen_random_uuid(), "
                                "gen_random_uuid(), 0, 1, now(), repeat('a', 32)::bytea)"),
                 db::DatabaseError);
}

} // namespace
} // namespace strikeoff::testing
