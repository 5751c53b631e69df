#pragma once

#include "core/id.hpp"
#include "db/pool.hpp"

#include <vector>

namespace strikeoff::db {

/// Who a transaction acts for. Row-level security reads it (`strikeoff.my_user()`,
/// `strikeoff.my_counties()`); nobody and no county is a visitor.
struct Identity {
    std::optional<UserId> user;
    std::vector<CountyId> counties;
};

/// While it lives, transactions that this thread begins are confined to some counties: what they
/// touch of another is refused by the database (`strikeoff.acting_in()`).
class ActingIn {
public:
    explicit ActingIn(const std::vector<CountyId>& counties);
    ActingIn(const ActingIn&) = delete;
    ActingIn& operator=(const ActingIn&) = delete;
    ~ActingIn();
};

enum class Isolation : std::uint8_t { read_committed, repeatable_read };

/// A transaction; rolled back unless committed. The identity is local to it, so a pooled
/// connection never carries one person's rights to the next.
class Transaction {
public:
    explicit Transaction(Pool& pool, Isolation isolation = Isolation::read_committed);
    Transaction(Pool& pool, const Identity& identity);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    Connection* operator->() { return &*lease_; }
    Connection& connection() { return *lease_; }
    /// Throws `Unavailable` when the outcome is unknown.
    void commit();

private:
    Pool::Lease lease_;
    bool open_ = false;
};

} // namespace strikeoff::db
