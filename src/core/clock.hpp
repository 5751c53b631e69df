#pragma once

#include "core/time.hpp"

namespace strikeoff {

/// What time it is. Only an implementation of this knows; rules take `now` as an argument.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

} // namespace strikeoff
