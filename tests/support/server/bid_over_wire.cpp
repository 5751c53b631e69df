#include "support/server/bid_over_wire.hpp"

namespace strikeoff::testing {

RawAnswer bid_over_wire(const TestSale& sale, const TestUser& user, int lot,
                        const std::string& id) {
    const std::string body = fmt::format(R"({{"bid_id":"{}","certificate_id":"{}","rate":"5.00"}})",
                                         id, sale.certificate(lot));
    return exchange_raw(
        LiveServer::instance().app().port(),
        fmt::format("POST /api/v1/batches/{}/bids HTTP/1.1\r\nHost: a\r\nAuthorization: "
                    "Bearer {}\r\nContent-Type: application/json\r\nContent-Length: "
                    "{}\r\n\r\n{}",
                    sale.batches[0], user.key, body.size(), body));
}

} // namespace strikeoff::testing
