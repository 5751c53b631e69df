#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace strikeoff::db {

/// PostgreSQL refused a statement. `sqlstate` is its five-character code.
class DatabaseError : public std::runtime_error {
public:
    DatabaseError(std::string sqlstate, const std::string& message)
        : std::runtime_error(message), sqlstate_{std::move(sqlstate)} {}
    const std::string& sqlstate() const { return sqlstate_; }

private:
    std::string sqlstate_;
};

/// No connection could be had, or the one in use broke. What a transaction under way came to is
/// unknown to whoever catches this.
class Unavailable : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A value from the database is not what the program's types hold: a defect in a statement.
class DecodeError : public std::logic_error {
    using std::logic_error::logic_error;
};

} // namespace strikeoff::db
