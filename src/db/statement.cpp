#include "db/statement.hpp"

namespace strikeoff::db {

std::vector<StatementInfo>& statement_registry() {
    static std::vector<StatementInfo> registry; // Filled while statements are constructed.
    return registry;
}

const std::vector<StatementInfo>& registered_statements() {
    return statement_registry();
}

} // namespace strikeoff::db
