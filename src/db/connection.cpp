#include "db/connection.hpp"

#include "log.hpp"

#include <poll.h>

namespace strikeoff::db {
namespace {

constexpr int wait_slice_ms = 200; ///< How late a lost pulse may be noticed.

/// Defaults that a connection string may override: a peer that vanished is noticed in seconds.
PGconn* open_connection(const std::string& conninfo) {
    constexpr std::array names{"connect_timeout",
                               "keepalives_idle",
                               "keepalives_interval",
                               "keepalives_count",
                               "tcp_user_timeout",
                               "application_name",
                               "dbname",
                               static_cast<const char*>(nullptr)};
    const std::array values{"5",
                            "5",
                            "2",
                            "3",
                            "10000",
                            "strikeoff",
                            conninfo.c_str(),
                            static_cast<const char*>(nullptr)};
    return PQconnectdbParams(names.data(), values.data(), /*expand_dbname=*/1);
}

/// PostgreSQL lacks something for the moment (class 53), stops or starts (57P), or cannot write.
bool may_pass(std::string_view sqlstate) {
    return sqlstate.starts_with("53") || sqlstate.starts_with("57P") || sqlstate == "58030";
}

} // namespace

Connection::Connection(const std::string& conninfo, Pulse* pulse,
                       std::chrono::milliseconds answer_time_max)
    : connection_{open_connection(conninfo), &PQfinish}, pulse_{pulse},
      answer_time_max_{answer_time_max} {
    if (!connection_ || is_broken())
        throw Unavailable(connection_ ? PQerrorMessage(connection_.get()) : "libpq: out of memory");
    PQsetNoticeReceiver(connection_.get(), &Connection::on_notice, this);
    // Sending must not block either, nor closing a connection that nobody reads from.
    PQsetnonblocking(connection_.get(), 1);
    execute("SET timezone = 'UTC'; SET datestyle = 'ISO'; SET client_min_messages = warning");
    warned_ = false;
}

void Connection::on_notice(void* self, const PGresult* notice) {
    // The message only: details may quote values.
    const char* const message = PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY);
    log::warning("the database warns", log::Field{"notice", log::Text{message ? message : ""}});
    static_cast<Connection*>(self)->warned_ = true;
}

bool Connection::has_broken_meanwhile() {
    while (!is_broken()) {
        pollfd socket{.fd = PQsocket(connection_.get()), .events = POLLIN, .revents = 0};
        if (::poll(&socket, 1, 0) <= 0 || PQconsumeInput(connection_.get()) == 0) break;
    }
    return is_broken();
}

/// Returns when the socket is ready. Throws Unavailable when there is no use in waiting.
void Connection::wait(short events) {
    const auto begin = std::chrono::steady_clock::now();
    for (;;) {
        pollfd socket{.fd = PQsocket(connection_.get()), .events = events, .revents = 0};
        if (::poll(&socket, 1, wait_slice_ms) > 0) return;
        abandoned_ = (pulse_ && pulse_->is_lost()) ||
                     std::chrono::steady_clock::now() - begin > answer_time_max_;
        if (abandoned_) throw Unavailable("the database does not answer");
    }
}

/// The result of what was sent; the last one when it was several statements.
PgResult Connection::answer(bool was_sent, std::string_view what) {
    PGconn* const connection = connection_.get();
    while (was_sent && PQflush(connection) == 1) {
        wait(POLLIN | POLLOUT);
        if (PQconsumeInput(connection) == 0) break;
    }
    PgResult result;
    while (was_sent) {
        while (PQisBusy(connection) != 0) {
            wait(POLLIN);
            if (PQconsumeInput(connection) == 0) break;
        }
        PGresult* const next = PQgetResult(connection);
        if (!next) break;
        result.reset(next);
    }
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
        if (pulse_) pulse_->beat();
        return result;
    }
    const std::string failure = PQerrorMessage(connection);
    const char* sqlstate = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
    // Without a code it is no word of the server's: libpq could not send, and calls the connection
    // good as long as a last notice can be read from it.
    if (!sqlstate) connection_.reset();
    if (is_broken()) throw Unavailable(failure);
    const char* message = PQresultErrorField(result.get(), PG_DIAG_MESSAGE_PRIMARY);
    const std::string said = fmt::format("{}: {}", what, message ? message : failure);
    if (may_pass(sqlstate)) throw Unavailable(said);
    throw DatabaseError(sqlstate, said);
}

PgResult Connection::execute(const std::string& sql) {
    return answer(PQsendQuery(connection_.get(), sql.c_str()) == 1, "statement");
}

PgResult Connection::execute_prepared(const Query& query, std::span<const Oid> types,
                                      std::span<const Parameter> parameters) {
    const std::string name{query.name};
    if (!prepared_.contains(query.name.data())) {
        const std::string sql{query.sql};
        answer(PQsendPrepare(connection_.get(), name.c_str(), sql.c_str(),
                             static_cast<int>(types.size()), types.data()) == 1,
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
    return answer(PQsendQueryPrepared(connection_.get(), name.c_str(),
                                      static_cast<int>(parameters.size()), values.data(),
                                      lengths.data(), formats.data(), 0) == 1,
                  query.name);
}

} // namespace strikeoff::db
