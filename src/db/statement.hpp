#pragma once

#include "db/codec.hpp"

#include <string_view>
#include <type_traits>
#include <vector>

namespace strikeoff::db {

/// The text of a statement, under a name of the form `module.verb_noun`.
struct Query {
    std::string_view name;
    std::string_view sql;
};

struct ColumnType {
    std::string name; ///< Empty when the row is a single value, whose column may have any name.
    std::string pg_type;
    bool nullable = false;
};

/// What C++ believes of a statement; the contract test holds it against the migrated schema.
struct StatementInfo {
    Query query;
    std::vector<std::string> parameter_types;
    std::vector<ColumnType> columns;
};

std::vector<StatementInfo>& statement_registry();
const std::vector<StatementInfo>& registered_statements();

template <class T>
struct ParameterType {
    using Value = T;
};
template <class T>
struct ParameterType<std::optional<T>> {
    using Value = T;
};

template <class M>
ColumnType column_of(std::string_view name) {
    using Value = typename ParameterType<M>::Value;
    return {std::string(name), std::string(Codec<Value>::pg_type), is_optional<M>};
}

template <class Row>
std::vector<ColumnType> columns_of() {
    std::vector<ColumnType> columns;
    if constexpr (std::is_void_v<Row>) {
    } else if constexpr (DescribedStruct<Row>) {
        Row row{};
        for_each_member(row, [&]<class M>(std::string_view name, M&) {
            columns.push_back(column_of<M>(name));
        });
    } else {
        columns.push_back(column_of<Row>(""));
    }
    return columns;
}

/// A prepared statement with the types of its parameters and of a row of its result: a described
/// struct, whose members are the columns in order, one value, or void.
template <class Signature>
class Statement;

template <class Row, class... Parameters>
class Statement<Row(Parameters...)> {
public:
    using RowType = Row;
    explicit Statement(Query query) : query_{query} {
        statement_registry().push_back(
            {query,
             {std::string(Codec<typename ParameterType<Parameters>::Value>::pg_type)...},
             columns_of<Row>()});
    }
    const Query& query() const { return query_; }

private:
    Query query_;
};

} // namespace strikeoff::db
