#include "modules/auctions/rush.hpp"

namespace strikeoff::auctions {
namespace {

const db::Statement<bool()> ends_soon{{"auctions.ends_soon", R"sql(
    SELECT EXISTS (SELECT 1 FROM batches
                   WHERE status = 'open'
                     AND end_time < strikeoff.clock() + interval '10 minutes'))sql"}};

} // namespace

bool end_is_near(db::Pool& pool) {
    return pool.acquire()->one(ends_soon);
}

} // namespace strikeoff::auctions
