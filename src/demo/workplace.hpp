#pragma once

#include "demo/demo.hpp"
#include "demo/service.hpp"

namespace strikeoff::demo {

/// The directories of a demo. A temporary one goes with the object, unless it is to be kept.
class Workplace {
public:
    /// Throws std::runtime_error when the data directory holds what no demo made.
    explicit Workplace(const DemoOptions& options);
    ~Workplace();
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;

    const Places& places() const { return places_; }
    void keep() { keep_ = true; }
    bool is_kept() const { return keep_; }

private:
    void check_unused() const;

    bool keep_;
    std::filesystem::path temporary_;
    Places places_;
};

} // namespace strikeoff::demo
