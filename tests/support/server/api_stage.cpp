#include "support/server/api_stage.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

const std::map<std::string, std::string> own_page{{"X-Strikeoff", "1"},
                                                  {"Sec-Fetch-Site", "same-origin"}};

/// Columns that are written for requests that fail, and in the background, by table.
const std::map<std::string, std::string> noted_anyway{
    {"users", "failed_logins,login_blocked_until,updated_at"},
    {"api_keys", "last_used_at,updated_at"}};

std::string draft_of(const TestSale& sale) {
    const Reply made =
        LiveServer::instance().call("POST", "/api/v1/counties/" + sale.county + "/auctions",
                                    sale.staff.key, R"({"name":"Draft","tax_year":2025})");
    if (made.status != 201) throw std::runtime_error(made.body);
    return made.text("id");
}

} // namespace

RawAnswer send(const ApiCall& call, const char* from, unsigned short port) {
    std::string text = call.method + " " + call.target + " HTTP/1.1\r\nHost: localhost\r\n";
    for (const auto& [name, value] : call.headers)
        text += name + ": " + value + "\r\n";
    if (!call.content_type.empty()) text += "Content-Type: " + call.content_type + "\r\n";
    if (call.method != "GET")
        text += "Content-Length: " + std::to_string(call.body.size()) + "\r\n";
    text += "\r\n" + call.body;
    RawConnection connection{port == 0 ? LiveServer::instance().app().port() : port, from};
    connection.send(text);
    return connection.receive();
}

ApiStage::ApiStage()
    : sale_{{.first_end = 12h}}, draft_{draft_of(sale_)}, bidder_{sale_.add_bidder()},
      admin_{make_user("admin")}, staff_{make_user("county_admin", sale_.county)},
      person_{sign_up()} {
    sale_.wait_until_open();
    renew_session();
}

void ApiStage::renew_session() {
    Browser browser;
    const Reply in = browser.sign_in(person_.email, person_.password);
    if (in.status != 200) { // Failures of before delay this person: take another one.
        person_ = sign_up();
        browser.sign_in(person_.email, person_.password);
    }
    session_cookie_ = "__Host-so_s=" + browser.cookie("__Host-so_s");
    const boost::json::value list = browser.get("/api/v1/account/sessions").json();
    session_id_ = list.at("items").as_array().front().at("id").as_string();
}

void ApiStage::renew_keys() {
    bidder_ = sale_.add_bidder();
    admin_ = make_user("admin");
    staff_ = make_user("county_admin", sale_.county);
}

const std::vector<http::Endpoint>& ApiStage::endpoints() const {
    return LiveServer::instance().app().router.endpoints();
}

ApiCall ApiStage::call_of(const http::Endpoint& endpoint) {
    ApiCall call{.method = std::string(http::method_name(endpoint.method)),
                 .target = path_of(endpoint),
                 .headers = caller_of(endpoint),
                 .content_type = "",
                 .body = ""};
    if (const auto body = body_of(endpoint)) {
        call.content_type = "application/json";
        call.body = boost::json::serialize(*body);
    } else if (!endpoint.explanation.request_example.empty()) {
        call.content_type = endpoint.doc.accepts;
        call.body = endpoint.explanation.request_example;
    }
    return call;
}

std::string ApiStage::path_of(const http::Endpoint& endpoint,
                              const std::map<std::string, std::string>& instead) const {
    std::string path = endpoint.path;
    for (std::size_t open = path.find('{'); open != std::string::npos;
         open = path.find('{', open)) {
        const std::size_t close = path.find('}', open);
        const std::string name = path.substr(open + 1, close - open - 1);
        const auto other = instead.find(name);
        const std::string value = other == instead.end() ? value_of(name, endpoint) : other->second;
        path.replace(open, close - open + 1, value);
        open += value.size();
    }
    return path;
}

std::string ApiStage::value_of(std::string_view name, const http::Endpoint& endpoint) const {
    if (name == "county_id") return sale_.county;
    if (name == "auction_id") {
        // What makes up a sale is for one that is not published yet.
        const bool drafting =
            endpoint.path.ends_with("/batches/plan") || endpoint.path.ends_with("/publish") ||
            endpoint.path.ends_with("/cleanup") ||
            (endpoint.path.ends_with("/batches") && endpoint.method != http::Method::get);
        return drafting ? draft_ : sale_.auction;
    }
    if (name == "batch_id") return sale_.batches[0];
    if (name == "user_id") return bidder_.id;
    if (name == "certificate_id") return sale_.certificate(0);
    if (name == "adv_no") return "1";
    if (name == "session_id") return session_id_;
    return "01a0c459-9d3b-7fe6-aaad-a4d044eab9bc";
}

std::optional<boost::json::value> ApiStage::body_of(const http::Endpoint& endpoint) const {
    if (!endpoint.request_schema) return std::nullopt;
    boost::json::value body = http::example_of(*endpoint.request_schema);
    fill_in(body, "");
    return body;
}

void ApiStage::fill_in(boost::json::value& value, std::string_view name) const {
    if (value.is_object()) {
        for (auto& member : value.get_object())
            fill_in(member.value(), {member.key().data(), member.key().size()});
        return;
    }
    if (value.is_array()) {
        for (boost::json::value& element : value.get_array())
            fill_in(element, name);
        return;
    }
    if (!value.is_string()) return;
    const std::string password = "seven herons by the marsh";
    if (name == "email") value = fresh_bid_id() + "@example.org";
    if (name == "password" || name == "wanted") value = password;
    if (name == "current") value = person_.password;
    if (name == "first_name" || name == "last_name") value = "Heron";
    if (name == "code") value = "000000";
    if (name == "certificate_id") value = sale_.certificate(0);
    if (name == "bid_id") value = fresh_bid_id();
    if (name == "batch_id") value = sale_.batches[0];
    if (name == "user_id") value = bidder_.id;
    if (name == "name") value = "County " + fresh_bid_id();
    if (name == "bidder_number") value = fresh_bid_id().substr(24);
}

std::map<std::string, std::string> ApiStage::caller_of(const http::Endpoint& endpoint) {
    const auto with_key = [](const std::string& key) {
        return std::map<std::string, std::string>{{"Authorization", "Bearer " + key}};
    };
    std::map<std::string, std::string> headers = own_page;
    switch (endpoint.doc.access) {
    case http::Access::visitor:
        return headers;
    case http::Access::person:
        headers["Cookie"] = session_cookie_;
        return headers;
    case http::Access::investor:
        return with_key(bidder_.key);
    case http::Access::admin:
        return with_key(admin_.key);
    default:
        return with_key(staff_.key);
    }
}

std::map<std::string, std::string> digest_of_database() {
    db::Connection owner = LiveServer::instance().connect();
    const db::PgResult tables = owner.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'auth_audit_logs'");
    std::string sql;
    for (int i = 0; i < PQntuples(tables.get()); ++i) {
        const std::string name = PQgetvalue(tables.get(), i, 0);
        const auto left_out = noted_anyway.find(name);
        const std::string row =
            left_out == noted_anyway.end()
                ? "t::text"
                : fmt::format("(to_jsonb(t) - '{{{}}}'::text[])::text", left_out->second);
        sql += fmt::format("{}SELECT '{}', count(*) || ' ' || coalesce(md5(string_agg(md5({}), '' "
                           "ORDER BY md5({}))), '') FROM public.{} t",
                           sql.empty() ? "" : " UNION ALL ", name, row, row, name);
    }
    const db::PgResult digests = owner.execute(sql);
    std::map<std::string, std::string> found;
    for (int i = 0; i < PQntuples(digests.get()); ++i)
        found[PQgetvalue(digests.get(), i, 0)] = PQgetvalue(digests.get(), i, 1);
    return found;
}

std::map<std::string, std::string> digest_at_rest() {
    std::map<std::string, std::string> last = digest_of_database();
    for (int i = 0; i < 150; ++i) {
        std::this_thread::sleep_for(200ms);
        std::map<std::string, std::string> next = digest_of_database();
        if (next == last) return next;
        last = std::move(next);
    }
    throw std::runtime_error("the service does not come to rest");
}

std::vector<std::string> changed_tables(const std::map<std::string, std::string>& before,
                                        const std::map<std::string, std::string>& after) {
    std::vector<std::string> changed;
    for (const auto& [name, digest] : after)
        if (const auto found = before.find(name); found == before.end() || found->second != digest)
            changed.push_back(name);
    return changed;
}

} // namespace strikeoff::testing
