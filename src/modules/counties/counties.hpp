#pragma once

#include "core/describe.hpp"
#include "db/pool.hpp"
#include "http/router.hpp"

namespace strikeoff::counties {

struct County {
    CountyId id;
    std::string name;
    std::string state;
    std::string time_zone;
    std::optional<std::string> fips;
    db::Json settings; ///< What the county sets itself; the rest is inherited.
};
BOOST_DESCRIBE_STRUCT(County, (), (id, name, state, time_zone, fips, settings))

struct NewCounty {
    std::string name;
    std::string state; ///< Two letters.
    std::optional<std::string> time_zone;
    std::optional<std::string> fips;
    std::optional<db::Json> settings;
};
BOOST_DESCRIBE_STRUCT(NewCounty, (), (name, state, time_zone, fips, settings))

class CountyService {
public:
    explicit CountyService(db::Pool& worker_pool) : pool_{worker_pool} {}
    /// Fails with county.invalid, settings.invalid or county.exists.
    Result<CountyId> create(const NewCounty& wanted);

private:
    db::Pool& pool_;
};

void add_routes(http::Router& router);

} // namespace strikeoff::counties
