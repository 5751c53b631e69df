#pragma once

#include "torture/world.hpp"

namespace strikeoff::torture {

struct Report {
    std::vector<std::string> faults; ///< Broken promises and invariants; none is good.
    int steps = 0;
    int accepted = 0;
    int replayed = 0;
    int deaths = 0;
    int leaves = 0;
    int closed = 0;
    std::map<std::string, int> refused;
};

using MakeWorld = std::function<std::unique_ptr<World>(const WorldShape&, Interleave)>;

/// Runs one sale with two processes under faults that the seed decides, to its end, and checks
/// what must hold. The same seed on a model takes the same course.
Report run(std::uint64_t seed, int steps, const MakeWorld& make_world);

} // namespace strikeoff::torture
