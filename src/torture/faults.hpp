#pragma once

#include "torture/world.hpp"

#include <random>

namespace strikeoff::torture {

/// A process that is killed, by whatever it was about to do.
struct Death {};

/// How often what goes wrong, in thousandths of the occasions. One of them for all processes.
class Faults {
public:
    explicit Faults(std::mt19937_64& random) : random_{random} {}

    bool happens(std::uint64_t per_mille) { return on && random_() % 1000 < per_mille; }
    /// Throws what a broken connection or a killed process comes to.
    void maybe_break(std::uint64_t per_mille);
    /// Calls `commit` with a fault before or after it, now and then.
    void commit(const std::function<void()>& commit);

    /// From now on the database answers nobody, for longer than anybody waits for an outcome.
    void fail_for_long() { down = lasting = true; }
    void recover() { down = lasting = false; }

    bool on = true;
    bool down = false; ///< The database answers nobody.
    bool lasting = false;

private:
    std::mt19937_64& random_;
};

/// The stores of one process, which fail now and then.
std::unique_ptr<bids::Journal> make_faulty_journal(World& world, Faults& faults);
std::unique_ptr<bids::BookSource> make_faulty_books(World& world, Faults& faults);
std::unique_ptr<bids::ProjectionStore> make_faulty_projections(World& world, Faults& faults);
std::unique_ptr<auctions::ClosingStore> make_faulty_closings(World& world, Faults& faults);

} // namespace strikeoff::torture
