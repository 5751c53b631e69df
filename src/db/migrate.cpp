#include "db/migrate.hpp"

#include "core/bytes.hpp"
#include "core/sha256.hpp"
#include "db/embedded.hpp"

#include <map>

namespace strikeoff::db {
namespace {

// "strikeof" as a number: any constant does, as long as every process uses the same.
constexpr std::int64_t lock_key = 0x737472696b656f66;

struct Migration {
    int version = 0;
    std::string_view name;
    std::string_view sql;
};

std::vector<Migration> all_migrations() {
    std::vector<Migration> migrations;
    for (const EmbeddedFile& file : embedded_migrations()) {
        int version = 0;
        const auto [end, error] =
            std::from_chars(file.name.data(), file.name.data() + file.name.size(), version);
        if (error == std::errc{} && end - file.name.data() == 4)
            migrations.push_back({version, file.name, file.text()});
    }
    return migrations;
}

std::string file_text(std::string_view name) {
    for (const EmbeddedFile& file : embedded_migrations())
        if (file.name == name) return std::string(file.text());
    throw std::logic_error("no such embedded file: " + std::string(name));
}

std::string checksum(const Migration& migration) {
    return to_hex(sha256(migration.sql));
}

/// Versions applied so far with their checksums; empty in a new database.
std::map<int, std::string> applied_migrations(Connection& owner) {
    std::map<int, std::string> applied;
    const PgResult exists = owner.execute("SELECT to_regclass('public.schema_migrations') IS NULL");
    if (std::string_view{PQgetvalue(exists.get(), 0, 0)} == "t") return applied;
    const PgResult rows =
        owner.execute("SELECT version, sha256 FROM schema_migrations ORDER BY version");
    for (int i = 0; i < PQntuples(rows.get()); ++i)
        applied[std::atoi(PQgetvalue(rows.get(), i, 0))] = PQgetvalue(rows.get(), i, 1);
    return applied;
}

void apply(Connection& owner, const Migration& migration) {
    owner.execute("BEGIN");
    owner.execute(std::string(migration.sql));
    owner.execute(
        fmt::format("INSERT INTO schema_migrations (version, name, sha256) VALUES ({}, '{}', '{}')",
                    migration.version, migration.name, checksum(migration)));
    owner.execute("COMMIT");
}

} // namespace

std::vector<std::string> migrate(Connection& owner) {
    owner.execute(fmt::format("SELECT pg_advisory_lock({})", lock_key));
    const std::vector<Migration> migrations = all_migrations();
    const std::map<int, std::string> applied = applied_migrations(owner);
    const int newest = newest_schema();
    if (!applied.empty() && applied.rbegin()->first > newest)
        throw DatabaseIsNewer(fmt::format("the database is at version {} and this program knows "
                                          "version {}: use the newer program",
                                          applied.rbegin()->first, newest));
    std::vector<std::string> done;
    for (const Migration& migration : migrations) {
        const auto known = applied.find(migration.version);
        if (known == applied.end()) {
            apply(owner, migration);
            done.emplace_back(migration.name);
        } else if (known->second != checksum(migration)) {
            throw std::runtime_error(
                fmt::format("migration {} was applied with another content than this program's",
                            migration.name));
        }
    }
    owner.execute(fmt::format("SELECT pg_advisory_unlock({})", lock_key));
    return done;
}

int newest_schema() {
    const std::vector<Migration> migrations = all_migrations();
    return migrations.empty() ? 0 : migrations.back().version;
}

std::string roles_sql() {
    return file_text("roles.sql");
}

void provision(Connection& superuser, const std::string& database) {
    superuser.execute(roles_sql());
    const PgResult exists =
        superuser.execute(fmt::format("SELECT 1 FROM pg_database WHERE datname = '{}'", database));
    if (PQntuples(exists.get()) == 0)
        superuser.execute(
            fmt::format("CREATE DATABASE {} OWNER strikeoff_owner TEMPLATE template0", database));
    superuser.execute(
        fmt::format("REVOKE ALL ON DATABASE {0} FROM PUBLIC; GRANT CONNECT ON DATABASE "
                    "{0} TO strikeoff_app, strikeoff_worker, strikeoff_report",
                    database));
}

void install_test_clock(Connection& owner) {
    owner.execute(file_text("test_clock.sql"));
}

} // namespace strikeoff::db
