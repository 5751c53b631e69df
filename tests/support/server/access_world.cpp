#include "support/server/access_world.hpp"

#include "http/cookies.hpp"
#include "support/server/openapi_check.hpp"
#include "support/server/raw_connection.hpp"

#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

using http::Permission;
using http::Permissions;

enum class Where { nowhere, own, other };

struct CallerKind {
    const char* name;
    const char* role;
    Where where;
    Permissions permissions;
};

// The columns of the matrix. Another kind of caller is another line here.
constexpr CallerKind caller_kinds[] = {
    {"visitor", "", Where::nowhere, {}},
    {"owner", "investor", Where::nowhere, {}},
    {"other", "investor", Where::nowhere, {}},
    {"viewer", "viewer", Where::own, Permission::all},
    {"staff", "county_admin", Where::own, Permission::all},
    {"importer", "county_admin", Where::own, Permission::imports},
    {"foreign", "county_admin", Where::other, Permission::all},
    {"admin", "admin", Where::nowhere, {}},
};

std::string in_days(int days) {
    return format_instant(LiveServer::instance().now() + std::chrono::days{days});
}

} // namespace

Side::Side() : sale{{.items_a_batch = lots}}, colleague{make_user("county_admin", sale.county)} {
    LiveServer::instance().connect().execute(fmt::format(
        "INSERT INTO properties (county_id, parcel_id) SELECT '{0}', 'S' || lpad(g::text, 6, '0') "
        "FROM generate_series(1, 80) g; "
        "INSERT INTO certificates (county_id, property_id, tax_year, face_value, "
        "advertised_number) SELECT county_id, id, 2025, 500, {1} + row_number() OVER (ORDER BY "
        "parcel_id) FROM properties WHERE county_id = '{0}' AND parcel_id LIKE 'S%'",
        sale.county, lots));
    draft_auction = make_draft();
    draft_batch = one_value("SELECT id FROM batches WHERE auction_id = '" + draft_auction + "'");
    control_auction = make_draft();
    control_batch =
        one_value("SELECT id FROM batches WHERE auction_id = '" + control_auction + "'");
    prepare("/api/v1/auctions/" + control_auction + "/publish", "{}");
    const std::string open_sale = make_draft(R"({"format":"open"})");
    open_format_batch = one_value("SELECT id FROM batches WHERE auction_id = '" + open_sale + "'");
    prepare("/api/v1/auctions/" + open_sale + "/publish", "{}");
    if (!eventually([&] {
            return one_value("SELECT chain_length FROM batches WHERE id = '" + open_format_batch +
                             "'") == "1";
        }))
        throw std::runtime_error("the open sale got no opening");
}

Reply Side::prepare(const std::string& path, const std::string& body,
                    const std::string& content_type) {
    Reply reply = LiveServer::instance().call("POST", path, colleague.key, body, content_type);
    if (reply.status >= 300) throw std::runtime_error(path + ": " + reply.body);
    return reply;
}

std::string Side::make_draft(const std::string& settings) {
    const std::string auction =
        prepare("/api/v1/counties/" + sale.county + "/auctions",
                R"({"name":"Later","tax_year":2025,"settings":)" + settings + "}")
            .text("id");
    make_batch(auction);
    return auction;
}

std::string Side::make_batch(const std::string& auction) {
    const int number = next_certificate();
    return prepare("/api/v1/auctions/" + auction + "/batches",
                   fmt::format(R"({{"start_time":"{}","end_time":"{}","adv_from":{},"adv_to":{}}})",
                               in_days(20), in_days(30), number, number))
        .text("id");
}

std::string Side::spare(const std::string& name, const std::function<std::string()>& make) {
    const auto found = spares_.find(name);
    return found != spares_.end() ? found->second : spares_[name] = make();
}

bool Caller::belongs_to(const std::string& other) const {
    return role == "admin" || (!county.empty() && county == other);
}

bool Caller::may(const http::Endpoint& endpoint, const std::string& other) const {
    if (role == "admin") return true;
    if (!belongs_to(other) || endpoint.doc.access == http::Access::admin) return false;
    if (endpoint.doc.access <= http::Access::investor) return true;
    return permissions.serve(endpoint.doc.needs) &&
           (role == "county_admin" || endpoint.doc.access == http::Access::auditor);
}

AccessWorld::AccessWorld() : signer{sign_up()} {
    add_callers();
    own.sale.wait_until_open();
    other.sale.wait_until_open();
    std::vector<std::string> ids;
    bid_on_all(other, caller("other"), "11.25", ids);
    if (own.sale.bid(caller("other").user, 0, "16.00").status != 200)
        throw std::runtime_error("the competitor's bid was refused");
    owner_ref =
        LiveServer::instance()
            .call("GET",
                  "/api/v1/auctions/" + own.sale.auction + "/bidders/" + caller("owner").user.id,
                  own.sale.staff.key)
            .text("bidder_ref");
}

void AccessWorld::add_callers() {
    int place = 1;
    for (const CallerKind& kind : caller_kinds) {
        Caller made{.name = kind.name, .role = kind.role, .permissions = kind.permissions};
        if (kind.where == Where::own) made.county = own.county();
        if (kind.where == Where::other) made.county = other.county();
        if (made.role == "investor")
            made.user = own.sale.add_bidder();
        else if (!made.is_visitor())
            made.user = make_user(made.role, made.county, made.permissions);
        if (!made.is_visitor())
            made.email = one_value("SELECT email FROM users WHERE id = '" + made.user.id + "'");
        made.address = fmt::format("127.77.{}.1", place++);
        made.device = "device-of-" + made.name;
        callers.push_back(std::move(made));
    }
    other.prepare("/api/v1/auctions/" + other.sale.auction + "/bidders",
                  fmt::format(R"({{"user_id":"{}","bidder_number":"7","name":"Bidder 7",)"
                              R"("deposits":"1000000.00",{}}})",
                              caller("other").user.id, other.sale.papers()));
}

Caller& AccessWorld::caller(const std::string& name) {
    return *std::ranges::find(callers, name, &Caller::name);
}

Answer AccessWorld::ask(const Caller& caller, By by, const Request& request) {
    std::string text = request.method + " " + request.target + " HTTP/1.1\r\nHost: localhost\r\n" +
                       "User-Agent: " + caller.device + "\r\n" +
                       "X-Strikeoff: 1\r\nSec-Fetch-Site: same-origin\r\n";
    if (by == By::session)
        text += "Cookie: " + std::string(http::session_cookie) + "=" + caller.session + "\r\n";
    else if (!caller.is_visitor())
        text += "Authorization: Bearer " + caller.user.key + "\r\n";
    if (request.method != "GET")
        text += "Content-Type: " + request.content_type +
                "\r\nContent-Length: " + std::to_string(request.body.size()) + "\r\n";
    text += "\r\n" + request.body;
    RawAnswer answer;
    do {
        RawConnection connection{LiveServer::instance().app().port(), caller.address.c_str()};
        connection.send(text);
        answer = connection.receive();
        if (answer.status == 429) std::this_thread::sleep_for(200ms);
    } while (answer.status == 429);
    const bool by_key = answer.status == 409 && answer.body.contains("auth.session_needed");
    const bool of_the_api = request.target.starts_with("/api/");
    if ((answer.status == 404 && of_the_api) || by_key)
        refusals_[caller.name][answer.header("X-Request-Id")] =
            request.method + " " + request.target;
    const std::string type = answer.header("Content-Type");
    for (const std::string& fault :
         openapi_faults(request.method, request.target, answer.status, type, answer.body))
        ADD_FAILURE() << request.method << " " << request.target << " " << answer.status << ": "
                      << fault << "\n"
                      << answer.body.substr(0, 500);
    return {answer.status, type.substr(0, type.find(';')), answer.body};
}

void AccessWorld::sign_in_everybody() {
    for (Caller& caller : callers) {
        if (caller.is_visitor()) continue;
        caller.password = with_password(caller.user).password;
        Browser browser{caller.device};
        const Reply begun = browser.sign_in(caller.email, caller.password);
        if (begun.status != 200) throw std::runtime_error(begun.body);
        if (begun.text("next") == "enrol_second_factor") {
            std::vector<std::string> backup_codes;
            const Bytes secret = enrol(browser, backup_codes);
            browser.sign_in(caller.email, caller.password);
            const Reply given =
                browser.post("/api/v1/auth/second-factor", code_body(next_code(secret)));
            if (given.status != 200) throw std::runtime_error(given.body);
        }
        caller.session = browser.cookie(std::string(http::session_cookie));
    }
}

void AccessWorld::bid_on_all(const Side& side, const Caller& bidder, const char* rate,
                             std::vector<std::string>& ids) {
    std::string bids;
    for (int lot = 0; lot < Side::lots_won; ++lot) {
        ids.push_back(fresh_bid_id());
        bids += fmt::format(R"({}{{"bid_id":"{}","certificate_id":"{}","rate":"{}"}})",
                            bids.empty() ? "" : ",", ids.back(), side.sale.certificate(lot), rate);
    }
    const Answer answer = ask(
        bidder, By::key,
        {"POST", "/api/v1/batches/" + side.batch() + "/bids/bulk", R"({"bids":[)" + bids + "]}"});
    if (answer.body.find(fmt::format(R"("accepted":{},)", Side::lots_won)) == std::string::npos)
        throw std::runtime_error(answer.body);
}

void AccessWorld::plant_bids() {
    bid_on_all(own, caller("owner"), planted_rate, planted_ids);
}

void AccessWorld::close_sales() {
    own.sale.close_all();
    other.sale.close_all();
    for (const Side* side : {&own, &other}) {
        const bool copied = eventually([&] {
            return LiveServer::instance()
                       .call("GET", "/api/v1/batches/" + side->batch() + "/items/1/bids")
                       .status == 200;
        });
        if (!copied) throw std::runtime_error("the bids were not copied");
    }
    closed = true;
}

} // namespace strikeoff::testing
