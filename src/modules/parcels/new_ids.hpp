#pragma once

#include "core/id_series.hpp"

#include <sodium.h>

namespace strikeoff::parcels {

/// Ids of rows written together, ascending in the order in which they are asked for.
class NewIds {
public:
    explicit NewIds(Instant at) : series_{at} {}

    Uuid next() {
        std::array<std::uint8_t, 6> random{};
        ::randombytes_buf(random.data(), random.size());
        return series_.next(random);
    }

private:
    IdSeries series_;
};

} // namespace strikeoff::parcels
