#include "db/connection.hpp"

#include "log.hpp"

namespace strikeoff::db {

Connection::Connection(const std::string& conninfo)
    : connection_{PQconnectdb(conninfo.c_str()), &PQfinish} {
    if (!connection_ || is_broken())
        throw Unavailable(connection_ ? PQerrorMessage(connection_.get()) : "libpq: out of memory");
    PQsetNoticeReceiver(connection_.get(), &Connection::on_notice, this);
    execute("SET timezone = 'UTC'; SET datestyle = 'ISO'; SET client_min_messages = warning");
    warned_ = false;
}

void Connection::on_notice(void* self, const PGresult* notice) {
    // The message only: details may quote values.
    const char* const message = PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY);
    log::warning("the database warns", log::Field{"notice", log::Text{message ? message : ""}});
    static_cast<Connection*>(self)->warned_ = true;
}

PgResult Connection::checked(PGresult* raw, std::string_view what) {
    PgResult result{raw};
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return result;
    const std::string said = PQerrorMessage(connection_.get());
    const char* sqlstate = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
    // Without a code it is no word of the server's: libpq could not send, and calls the connection
    // good as long as a last notice can be read from it.
    if (!sqlstate) connection_.reset();
    if (is_broken()) throw Unavailable(said);
    const char* message = PQresultErrorField(result.get(), PG_DIAG_MESSAGE_PRIMARY);
    throw DatabaseError(sqlstate, fmt::format("{}: {}", what, message ? message : said));
}

PgResult Connection::execute(const std::string& sql) {
    return checked(PQexec(connection_.get(), sql.c_str()), "statement");
}

PgResult Connection::execute_prepared(const Query& query, std::span<const Oid> types,
                                      std::span<const Parameter> parameters) {
    const std::string name{query.name};
    if (!prepared_.contains(query.name.data())) {
        const std::string sql{query.sql};
        checked(PQprepare(connection_.get(), name.c_str(), sql.c_str(),
                          static_cast<int>(types.size()), types.data()),
                query.name);
        prepared_.insert(query.name.data());
    }
    std::vector<const char*> values(parameters.size());
    std::vector<int> lengths(parameters.size());
    std::vector<int> formats(parameters.size());
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        values[i] = parameters[i].value ? parameters[i].value->c_str() : nullptr;
        lengths[i] = parameters[i].value ? static_cast<int>(parameters[i].value->size()) : 0;
        formats[i] = parameters[i].binary ? 1 : 0;
    }
    return checked(PQexecPrepared(connection_.get(), name.c_str(),
                                  static_cast<int>(parameters.size()), values.data(),
                                  lengths.data(), formats.data(), 0),
                   query.name);
}

} // namespace strikeoff::db
