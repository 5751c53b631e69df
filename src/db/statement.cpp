#include "db/statement.hpp"

#include <map>

namespace strikeoff::db {

std::vector<StatementInfo>& statement_registry() {
    static std::vector<StatementInfo> registry; // Filled while statements are constructed.
    return registry;
}

unsigned builtin_oid(std::string_view pg_type) {
    // From PostgreSQL's pg_type.dat, where they never change.
    static const std::map<std::string_view, unsigned> oids{
        {"bool", 16},      {"bytea", 17},         {"int8", 20},           {"int2", 21},
        {"int4", 23},      {"text", 25},          {"_bool", 1000},        {"_bytea", 1001},
        {"_int2", 1005},   {"_int4", 1007},       {"_text", 1009},        {"_int8", 1016},
        {"date", 1082},    {"timestamptz", 1184}, {"_timestamptz", 1185}, {"_numeric", 1231},
        {"numeric", 1700}, {"uuid", 2950},        {"_uuid", 2951},        {"jsonb", 3802}};
    const auto found = oids.find(pg_type);
    return found == oids.end() ? 0 : found->second;
}

const std::vector<StatementInfo>& registered_statements() {
    return statement_registry();
}

} // namespace strikeoff::db
