#pragma once

#include "db/pulse.hpp"
#include "db/statement.hpp"

#include <libpq-fe.h>

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace strikeoff::db {

struct ResultDeleter {
    void operator()(PGresult* result) const { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, ResultDeleter>;

/// One connection to PostgreSQL, used by one thread at a time. Calls block: they belong on a worker
/// thread. Statements are prepared on first use. A broken connection throws `Unavailable`, a
/// refused statement `DatabaseError`, unless it is one that may succeed a moment later: no room on
/// the disk, a server that starts or stops.
class Connection {
public:
    /// `conninfo` as libpq takes it; the session is set to UTC. Throws `Unavailable`. While it
    /// waits for an answer it watches the pulse, if it has one: when that is lost, it gives up and
    /// counts as broken. So it does when an answer takes more than `answer_time_max`.
    explicit Connection(const std::string& conninfo, Pulse* pulse = nullptr,
                        std::chrono::milliseconds answer_time_max = std::chrono::hours{24 * 365});

    /// Runs SQL without parameters: transaction control and migrations.
    PgResult execute(const std::string& sql);

    template <class Row, class... Parameters, class... Arguments>
    std::vector<Row> all(const Statement<Row(Parameters...)>& statement, Arguments&&... arguments) {
        const PgResult result = run<Parameters...>(statement.query(), arguments...);
        std::vector<Row> rows;
        const int count = PQntuples(result.get());
        rows.reserve(static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i)
            rows.push_back(decode_row<Row>(*result, i));
        return rows;
    }

    /// The only row, or nothing; more than one is a defect and throws.
    template <class Row, class... Parameters, class... Arguments>
    std::optional<Row> maybe_one(const Statement<Row(Parameters...)>& statement,
                                 Arguments&&... arguments) {
        const PgResult result = run<Parameters...>(statement.query(), arguments...);
        const int count = PQntuples(result.get());
        if (count > 1) throw DecodeError(std::string(statement.query().name) + ": several rows");
        if (count == 0) return std::nullopt;
        return decode_row<Row>(*result, 0);
    }

    template <class Row, class... Parameters, class... Arguments>
    Row one(const Statement<Row(Parameters...)>& statement, Arguments&&... arguments) {
        auto row = maybe_one(statement, std::forward<Arguments>(arguments)...);
        if (!row) throw DecodeError(std::string(statement.query().name) + ": no row");
        return *std::move(row);
    }

    /// For statements without a result; returns the number of rows they touched.
    template <class... Parameters, class... Arguments>
    std::int64_t run(const Statement<void(Parameters...)>& statement, Arguments&&... arguments) {
        const PgResult result = run<Parameters...>(statement.query(), arguments...);
        const std::string_view touched = PQcmdTuples(result.get());
        return touched.empty() ? 0 : Codec<std::int64_t>::decode(touched);
    }

    bool is_broken() const { return abandoned_ || PQstatus(connection_.get()) != CONNECTION_OK; }
    /// The same for a connection that nobody has used for a while: reads what the server may have
    /// said to it meanwhile, such as a farewell.
    bool has_broken_meanwhile();
    /// True after a WARNING arrived since the last call: a commit that warns is not to be trusted.
    bool take_warning() { return std::exchange(warned_, false); }
    PGconn* raw() { return connection_.get(); }

private:
    struct Parameter {
        std::optional<std::string> value;
        bool binary = false;
    };

    template <class... Parameters, class... Arguments>
    PgResult run(const Query& query, const Arguments&... arguments) {
        static_assert(sizeof...(Parameters) == sizeof...(Arguments), "one argument per parameter");
        static const std::array<Oid, sizeof...(Parameters)> types{
            builtin_oid(Codec<typename ParameterType<Parameters>::Value>::pg_type)...};
        const std::array<Parameter, sizeof...(Parameters)> encoded{
            encode<Parameters>(arguments)...};
        return execute_prepared(query, types, encoded);
    }

    template <class P>
    static Parameter encode(const P& argument) {
        if constexpr (is_optional<P>) {
            if (!argument) return {};
            return encode<typename P::value_type>(*argument);
        } else {
            return {Codec<P>::encode(argument), Codec<P>::pg_type == "bytea"};
        }
    }

    template <class Row>
    static Row decode_row(const PGresult& result, int row_index);
    template <class M>
    static M decode_column(const PGresult& result, int row_index, int column);

    PgResult execute_prepared(const Query& query, std::span<const Oid> types,
                              std::span<const Parameter> parameters);
    PgResult answer(bool was_sent, std::string_view what);
    void wait(short events);
    static void on_notice(void* self, const PGresult* notice);

    std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
    std::unordered_set<const char*> prepared_; ///< By the address of the statement's name.
    Pulse* const pulse_;
    const std::chrono::milliseconds answer_time_max_;
    bool abandoned_ = false; ///< An answer may still come, and nobody waits for it.
    bool warned_ = false;
};

template <class M>
M Connection::decode_column(const PGresult& result, int row_index, int column) {
    const bool is_null = PQgetisnull(&result, row_index, column) != 0;
    const std::string_view text{PQgetvalue(&result, row_index, column),
                                static_cast<std::size_t>(PQgetlength(&result, row_index, column))};
    if constexpr (is_optional<M>) {
        if (is_null) return std::nullopt;
        return Codec<typename M::value_type>::decode(text);
    } else {
        if (is_null) throw DecodeError("null in a column that is not optional");
        return Codec<M>::decode(text);
    }
}

/// Columns arrive in the order the row declares them; the contract test guards the order, so
/// names are never compared here.
template <class Row>
Row Connection::decode_row(const PGresult& result, int row_index) {
    if constexpr (DescribedStruct<Row>) {
        Row row{};
        int column = 0;
        for_each_member(row, [&]<class M>(std::string_view, M& member) {
            member = decode_column<M>(result, row_index, column++);
        });
        return row;
    } else {
        return decode_column<Row>(result, row_index, 0);
    }
}

} // namespace strikeoff::db
