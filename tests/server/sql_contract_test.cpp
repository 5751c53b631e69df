#include "support/server/live_server.hpp"

#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

std::string type_name(PGconn* connection, Oid oid) {
    const db::PgResult type{PQexec(
        connection, ("SELECT typname FROM pg_type WHERE oid = " + std::to_string(oid)).c_str())};
    return PQgetvalue(type.get(), 0, 0);
}

bool column_is_nullable(PGconn* connection, Oid table, int column) {
    const std::string sql =
        "SELECT attnotnull FROM pg_attribute WHERE attrelid = " + std::to_string(table) +
        " AND attnum = " + std::to_string(column);
    const db::PgResult not_null{PQexec(connection, sql.c_str())};
    return std::string_view{PQgetvalue(not_null.get(), 0, 0)} == "f";
}

void check(PGconn* raw, const db::StatementInfo& info) {
    const std::string sql{info.query.sql};
    std::vector<Oid> types;
    for (const std::string& type : info.parameter_types)
        types.push_back(db::builtin_oid(type));
    const db::PgResult prepared{
        PQprepare(raw, "", sql.c_str(), static_cast<int>(types.size()), types.data())};
    ASSERT_EQ(PQresultStatus(prepared.get()), PGRES_COMMAND_OK)
        << PQresultErrorMessage(prepared.get());
    const db::PgResult described{PQdescribePrepared(raw, "")};
    ASSERT_EQ(PQnparams(described.get()), static_cast<int>(info.parameter_types.size()));
    for (int i = 0; i < PQnparams(described.get()); ++i)
        EXPECT_EQ(type_name(raw, PQparamtype(described.get(), i)),
                  info.parameter_types[static_cast<std::size_t>(i)])
            << "$" << i + 1;
    // A statement that returns nothing in C++ may return rows only if nobody reads them.
    if (info.columns.empty()) return;
    ASSERT_EQ(PQnfields(described.get()), static_cast<int>(info.columns.size()));
    for (int i = 0; i < PQnfields(described.get()); ++i) {
        const db::ColumnType& column = info.columns[static_cast<std::size_t>(i)];
        if (!column.name.empty()) EXPECT_EQ(PQfname(described.get(), i), column.name);
        EXPECT_EQ(type_name(raw, PQftype(described.get(), i)), column.pg_type) << column.name;
        const Oid table = PQftable(described.get(), i);
        if (table == 0 || column.nullable) continue; // Of an expression PostgreSQL cannot say.
        EXPECT_FALSE(column_is_nullable(raw, table, PQftablecol(described.get(), i)))
            << column.name << " may be null in the database but not in C++";
    }
}

TEST(SqlContract, every_statement_means_what_cpp_thinks) {
    db::Connection owner = LiveServer::instance().connect();
    ASSERT_GT(db::registered_statements().size(), 50U);
    for (const db::StatementInfo& info : db::registered_statements()) {
        SCOPED_TRACE(info.query.name);
        check(owner.raw(), info);
    }
}

TEST(SqlContract, names_are_given_once_and_no_statement_selects_everything) {
    std::map<std::string_view, int> names;
    for (const db::StatementInfo& info : db::registered_statements()) {
        EXPECT_EQ(++names[info.query.name], 1) << info.query.name;
        EXPECT_NE(info.query.name.find('.'), std::string_view::npos) << info.query.name;
        EXPECT_EQ(info.query.sql.find("SELECT *"), std::string_view::npos) << info.query.name;
    }
}

} // namespace
} // namespace strikeoff::testing
