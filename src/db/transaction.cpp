#include "db/transaction.hpp"

#include "log.hpp"

namespace strikeoff::db {
namespace {

struct IdentitySet {
    std::string user_id;
    std::string county_ids;
};
BOOST_DESCRIBE_STRUCT(IdentitySet, (), (user_id, county_ids))

const Statement<IdentitySet(std::string, std::string)> set_identity{{"db.set_identity", R"sql(
    SELECT set_config('strikeoff.user_id', $1, true) AS user_id,
           set_config('strikeoff.county_ids', $2, true) AS county_ids)sql"}};

const Statement<std::string(std::string)> confine{{"db.confine", R"sql(
    SELECT set_config('strikeoff.acting_in', $1, true))sql"}};

thread_local std::optional<std::string> acting_in;

} // namespace

ActingIn::ActingIn(const std::vector<CountyId>& counties) {
    acting_in = Codec<std::vector<CountyId>>::encode(counties);
}

ActingIn::~ActingIn() {
    acting_in.reset();
}

Transaction::Transaction(Pool& pool, Isolation isolation) : lease_{pool.acquire()} {
    lease_->execute(isolation == Isolation::repeatable_read
                        ? "BEGIN ISOLATION LEVEL REPEATABLE READ"
                        : "BEGIN");
    open_ = true;
    if (acting_in) lease_->one(confine, *acting_in);
}

Transaction::Transaction(Pool& pool, const Identity& identity) : Transaction{pool} {
    lease_->one(set_identity, identity.user ? identity.user->text() : std::string{},
                Codec<std::vector<CountyId>>::encode(identity.counties));
}

Transaction::~Transaction() {
    if (!open_ || lease_->is_broken()) return;
    try {
        lease_->execute("ROLLBACK");
    } catch (const std::exception& error) {
        // The lease sees a connection that is not idle and drops it, which rolls back as well.
        log::warning("a rollback failed", log::Field{"error", log::Text{error.what()}});
    }
}

void Transaction::commit() {
    lease_->take_warning();
    const PgResult result = lease_->execute("COMMIT");
    open_ = false;
    // A failed transaction answers COMMIT with ROLLBACK and no error.
    if (std::string_view{PQcmdStatus(result.get())} != "COMMIT")
        throw DatabaseError("25P02", "the transaction was rolled back at its commit");
    if (lease_->take_warning()) throw Unavailable("the commit warned; its outcome is not certain");
}

} // namespace strikeoff::db
