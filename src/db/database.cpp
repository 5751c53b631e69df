#include "db/database.hpp"

#include "db/migrate.hpp"
#include "db/readiness.hpp"
#include "log.hpp"

namespace strikeoff::db {
namespace {

constexpr const char* database_name = "strikeoff";

/// Processes that start together would change the same roles and functions, which PostgreSQL
/// refuses. Held until the connection ends.
constexpr const char* one_at_a_time = "SELECT pg_advisory_lock(5068135872)";
constexpr int attempts_max = 5;

/// Adds options to a connection URL or keyword string.
std::string with_options(const std::string& url, const std::string& options) {
    if (!url.starts_with("postgres://") && !url.starts_with("postgresql://"))
        return url + " options='" + options + "'";
    std::string encoded;
    for (const char c : options)
        encoded += c == ' ' ? "%20" : c == '=' ? "%3D" : std::string(1, c);
    return url + (url.find('?') == std::string::npos ? "?" : "&") + "options=" + encoded;
}

const std::string& owner_url(const DatabaseOptions& options) {
    return options.owner_url.empty() ? options.url : options.owner_url;
}

std::string show(Connection& connection, const std::string& name) {
    const PgResult result = connection.execute("SHOW " + name);
    return PQgetvalue(result.get(), 0, 0);
}

} // namespace

std::string login_conninfo(const std::string& url, const std::string& role) {
    return with_options(url, "-c role=" + role);
}

Database::Database(const DatabaseOptions& options) : options_{options} {
    if (options_.embedded) cluster_ = std::make_unique<EmbeddedCluster>(*options_.embedded);
    // It may die while we are at it; every step may be taken again.
    for (int attempt = 1;; ++attempt) {
        try {
            if (!cluster_) wait_while_it_recovers(owner_url(options_));
            cluster_ ? provision_embedded() : provision_external();
            check_logins();
            check_durability();
            return;
        } catch (const Unavailable&) {
            if (cluster_) cluster_->revive();
            const bool is_back = wait_while_it_recovers(
                cluster_ ? cluster_->conninfo("postgres", "postgres") : owner_url(options_));
            if (!is_back || attempt == attempts_max) throw;
        }
    }
}

std::string Database::conninfo(const std::string& role) const {
    const std::string unsafe = options_.allow_unsafe ? "-c strikeoff.allow_unsafe=on" : "";
    if (cluster_) {
        const std::string base = cluster_->conninfo(role, database_name);
        return unsafe.empty() ? base : with_options(base, unsafe);
    }
    const bool migrates = role == "strikeoff_owner" && !options_.owner_url.empty();
    return with_options(migrates ? options_.owner_url : options_.url,
                        "-c role=" + role + (unsafe.empty() ? "" : " " + unsafe));
}

void Database::provision_embedded() {
    Connection superuser{cluster_->conninfo("postgres", "postgres")};
    superuser.execute(one_at_a_time);
    provision(superuser, database_name);
    Connection owner{conninfo("strikeoff_owner")};
    for (const std::string& name : migrate(owner))
        log::info("migrated", log::Field{"migration", log::Text{name}});
    if (options_.test_clock) install_test_clock(owner);
}

/// With a login that may create roles everything is made here; otherwise a DBA ran the roles' SQL.
void Database::provision_external() {
    Connection login{owner_url(options_)};
    login.execute(one_at_a_time);
    const PgResult rights = login.execute(
        "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user");
    if (std::string_view{PQgetvalue(rights.get(), 0, 0)} == "t") {
        login.execute(roles_sql());
        // A schema made before PostgreSQL 15 belongs to somebody else than the database's owner.
        login.execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO strikeoff_owner; "
                      "REVOKE ALL ON DATABASE %1$I FROM PUBLIC; GRANT CONNECT ON DATABASE %1$I TO "
                      "strikeoff_app, strikeoff_worker, strikeoff_report', current_database()); "
                      "EXECUTE format('GRANT strikeoff_owner, strikeoff_app, strikeoff_worker, "
                      "strikeoff_report TO %I', current_user); "
                      "IF (SELECT nspowner FROM pg_namespace WHERE nspname = 'public') "
                      "<> 'pg_database_owner'::regrole THEN "
                      "ALTER SCHEMA public OWNER TO strikeoff_owner; END IF; END $$");
    }
    Connection owner{conninfo("strikeoff_owner")};
    for (const std::string& name : migrate(owner))
        log::info("migrated", log::Field{"migration", log::Text{name}});
    if (options_.test_clock) install_test_clock(owner);
}

void Database::check_logins() const {
    for (const char* role : {"strikeoff_app", "strikeoff_worker", "strikeoff_report"}) {
        Connection connection{conninfo(role)};
        const PgResult rights = connection.execute(
            "SELECT rolsuper OR rolbypassrls OR rolname = 'strikeoff_owner' OR rolname <> '" +
            std::string(role) + "' FROM pg_roles WHERE rolname = current_user");
        if (std::string_view{PQgetvalue(rights.get(), 0, 0)} != "f")
            throw std::runtime_error(std::string(role) + " is an owner, a superuser or past row "
                                                         "security: tenants would see each other");
    }
}

void Database::check_durability() const {
    Connection connection{conninfo("strikeoff_worker")};
    for (const char* name : {"fsync", "full_page_writes", "synchronous_commit"})
        if (show(connection, name) == "off" && !options_.allow_unsafe)
            throw std::runtime_error(std::string(name) + " is off in PostgreSQL: acknowledged bids "
                                                         "could be lost; turn it on");
}

} // namespace strikeoff::db
