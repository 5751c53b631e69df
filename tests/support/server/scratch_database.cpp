#include "support/server/scratch_database.hpp"

#include "db/migrate.hpp"
#include "support/server/live_server.hpp"

#include <cstdlib>
#include <memory>

namespace strikeoff::testing {
namespace {

constexpr const char* name = "strikeoff_scratch";

/// The operator's own server; null when the cluster is the service's.
const char* own_server() {
    return std::getenv("STRIKEOFF_TEST_DATABASE");
}

/// How the operator's own server is reached, with another database.
std::string own_conninfo(const std::string& database, const std::string& role) {
    char* message = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options{
        PQconninfoParse(own_server(), &message), &PQconninfoFree};
    if (!options) throw std::runtime_error("STRIKEOFF_TEST_DATABASE is no connection string");
    std::string text = "dbname='" + database + "'";
    for (const PQconninfoOption* option = options.get(); option->keyword; ++option)
        if (option->val && std::string_view{option->keyword} != "dbname")
            text += std::string{" "} + option->keyword + "='" + option->val + "'";
    return role.empty() ? text : text + " options='-c role=" + role + "'";
}

std::string superuser_of(const std::string& database) {
    db::EmbeddedCluster* cluster = LiveServer::instance().app().database.cluster();
    return cluster ? cluster->conninfo("postgres", database) : own_conninfo(database, "");
}

} // namespace

ScratchDatabase& ScratchDatabase::instance() {
    static ScratchDatabase database;
    return database;
}

ScratchDatabase::ScratchDatabase() {
    db::Connection superuser{superuser_of("postgres")};
    db::provision(superuser, name);
    db::Connection owner = connect("strikeoff_owner");
    db::migrate(owner);
    superuser.execute(
        fmt::format("ALTER DATABASE {} SET session_replication_role = replica", name));
}

std::string ScratchDatabase::conninfo(const std::string& role) const {
    db::EmbeddedCluster* cluster = LiveServer::instance().app().database.cluster();
    return cluster ? cluster->conninfo(role, name) : own_conninfo(name, role);
}

std::string ScratchDatabase::superuser_conninfo() const {
    return superuser_of(name);
}

std::vector<std::string> first_column(db::Connection& connection, const std::string& sql) {
    const db::PgResult result = connection.execute(sql);
    std::vector<std::string> values;
    for (int i = 0; i < PQntuples(result.get()); ++i)
        values.emplace_back(PQgetvalue(result.get(), i, 0));
    return values;
}

} // namespace strikeoff::testing
