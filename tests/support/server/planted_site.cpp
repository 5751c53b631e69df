#include "support/server/planted_site.hpp"

#include "core/base32.hpp"
#include "core/chain.hpp"
#include "core/one_time_code.hpp"
#include "db/cluster_place.hpp"
#include "keys.hpp"
#include "support/server/api_stage.hpp"

#include <regex>
#include <set>

namespace strikeoff::testing {
namespace {

using testing_support::read_file;
using testing_support::run_strikeoff;

constexpr int people_count = 36;

const std::string account = "/api/v1/account";
const std::string auth = "/api/v1/auth";

std::string json_of(const boost::json::object& object) {
    return boost::json::serialize(object);
}

std::string fresh_password() {
    return "tin roof rusted " + to_hex(random_hash()).substr(0, 12);
}

RawAnswer good(RawAnswer answer) {
    if (answer.status < 200 || answer.status > 299)
        throw std::runtime_error(answer.head + answer.body);
    return answer;
}

} // namespace

PlantedSite::PlantedSite() : port_{free_port()} {
    process_.emplace(std::vector<std::string>{STRIKEOFF_BINARY, "serve", "--data", data().string(),
                                              "--keys", directory_.path("keys"), "--port",
                                              std::to_string(port_), "--log-level", "debug",
                                              "--mail-directory", directory_.path("mails"),
                                              "--public-url", "http://127.0.0.1"},
                     log());
    if (!listens(port_)) throw std::runtime_error("it does not serve:\n" + process_->log_text());
}

PlantedSite::~PlantedSite() {
    process_.reset();
    // A service that was killed leaves its database running; the next to use it ends it.
    run_strikeoff({"migrate", "--data", data().string(), "--keys", directory_.path("keys")});
}

void PlantedSite::plant() {
    plant_keys();
    for (int i = 0; i < people_count; ++i)
        sign_up();
    for (const std::string& token : await_tokens("confirm_address", people_count)) {
        plant("links", token);
        good(post(people_.front(), auth + "/confirm-address", json_of({{"token", token}})));
    }
    for (std::size_t i = 0; i < 12; ++i)
        sign_in(people_[i]);
    for (std::size_t i = 0; i < 6; ++i) {
        good(post(people_[i], auth + "/refresh", "{}"));
        plant_cookies(people_[i]);
    }
    // Answers that are kept under a name are kept without what they showed once.
    for (std::size_t i = 0; i < 4; ++i)
        enrol(people_[i], i % 2 == 0 ? "" : fmt::format("enrolment-{}", i));
    change_credentials();
    plant_draw();
}

void PlantedSite::plant(const std::string& kind, std::string_view secret) {
    secrets_.add(fmt::format("{} {}", kind, ++counts_[kind]), secret);
}

RawAnswer PlantedSite::post(Member& member, const std::string& path, const std::string& body,
                            const std::string& idempotency_key) {
    ApiCall call{.method = "POST",
                 .target = path,
                 .headers = {{"X-Strikeoff", "1"}, {"Sec-Fetch-Site", "same-origin"}},
                 .content_type = "application/json",
                 .body = body};
    if (!idempotency_key.empty()) call.headers["Idempotency-Key"] = idempotency_key;
    std::string cookies;
    for (const auto& [name, value] : member.cookies)
        cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
    if (!cookies.empty()) call.headers["Cookie"] = cookies;
    // Everybody comes from another network, so that no limit is met.
    const std::string from = fmt::format("127.1.{}.1", &member - people_.data());
    const RawAnswer answer = send(call, from.c_str(), port_);
    for (const std::string& field : answer.headers("Set-Cookie")) {
        const std::size_t equals = field.find('=');
        member.cookies[field.substr(0, equals)] =
            field.substr(equals + 1, field.find(';') - equals - 1);
    }
    return answer;
}

void PlantedSite::sign_up() {
    Member& member = people_.emplace_back(Member{
        .email = fresh_bid_id() + "@example.org", .password = fresh_password(), .cookies = {}});
    plant("passwords", member.password);
    good(post(member, auth + "/sign-up",
              json_of({{"email", member.email},
                       {"password", member.password},
                       {"first_name", "Blue"},
                       {"last_name", "Heron"}})));
}

std::vector<std::string> PlantedSite::await_tokens(const std::string& kind,
                                                   std::size_t count) const {
    std::set<std::string> tokens;
    const std::regex token{"#token=([0-9a-f]{64})"};
    const bool all_came = eventually([&] {
        for (const auto& entry : std::filesystem::directory_iterator(directory_.path("mails"))) {
            const std::string name = entry.path().filename().string();
            std::smatch match;
            if (!name.ends_with(".html") || name.find(kind) == std::string::npos) continue;
            const std::string text = read_file(entry.path().string());
            if (std::regex_search(text, match, token)) tokens.insert(match[1]);
        }
        return tokens.size() >= count;
    });
    if (!all_came) throw std::runtime_error("mails are missing: " + kind);
    return {tokens.begin(), tokens.end()};
}

void PlantedSite::sign_in(Member& member) {
    good(post(member, auth + "/sign-in",
              json_of({{"email", member.email}, {"password", member.password}})));
    plant("device tokens", member.cookies.at("__Host-so_d"));
    plant_cookies(member);
}

void PlantedSite::plant_cookies(const Member& member) {
    plant("session tokens", member.cookies.at("__Host-so_s"));
    plant("refresh tokens", member.cookies.at("__Host-so_r"));
}

void PlantedSite::enrol(Member& member, const std::string& idempotency_key) {
    const RawAnswer shown =
        good(post(member, account + "/second-factor/enrol", "{}", idempotency_key));
    const std::string secret{boost::json::parse(shown.body).at("secret").as_string()};
    plant("seeds of codes, in Base32", secret);
    const Bytes seed = *from_base32(secret);
    plant("seeds of codes", as_text(seed));
    const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::system_clock::now().time_since_epoch());
    const std::string code = counter_code(
        seed, static_cast<std::uint64_t>(one_time_step(Instant::from_micros(now.count()))));
    const RawAnswer confirmed = good(post(member, account + "/second-factor/confirm",
                                          json_of({{"code", code}}), idempotency_key));
    const boost::json::value codes = boost::json::parse(confirmed.body).at("codes");
    for (const boost::json::value& backup : codes.as_array()) {
        std::string text{backup.as_string()};
        plant("backup codes", text);
        std::erase(text, '-');
        secrets_.add("a backup code without hyphens", text);
    }
}

void PlantedSite::change_credentials() {
    for (std::size_t i = 4; i < 8; ++i) {
        const std::string wanted = fresh_password();
        plant("changed passwords", wanted);
        good(post(people_[i], account + "/password",
                  json_of({{"current", people_[i].password}, {"wanted", wanted}}),
                  i % 2 == 0 ? "" : fmt::format("password-{}", i)));
        good(post(people_[i], account + "/address",
                  json_of({{"email", fresh_bid_id() + "@example.org"}})));
    }
    for (const std::string& token : await_tokens("address_change_confirm", 4))
        plant("links", token);
    for (std::size_t i = 12; i < 18; ++i)
        good(post(people_[i], auth + "/ask-for-reset", json_of({{"email", people_[i].email}})));
    for (const std::string& token : await_tokens("reset_password", 6)) {
        plant("links", token);
        const std::string wanted = fresh_password();
        plant("changed passwords", wanted);
        good(post(people_[12], auth + "/reset-password",
                  json_of({{"token", token}, {"password", wanted}})));
    }
    for (std::size_t i = 18; i < 24; ++i) { // Typed at the wrong place, it is good at another.
        const std::string wrong = fresh_password();
        plant("wrong passwords", wrong);
        post(people_[i], auth + "/sign-in",
             json_of({{"email", people_[i].email}, {"password", wrong}}));
    }
}

void PlantedSite::plant_keys() {
    for (const char* name : {"signing.key", "kek.key", "pepper.key", "index.key"}) {
        const std::string text = read_file(directory_.path("keys") + "/" + name).substr(0, 64);
        plant("keys of the service", text);
        secrets_.add(name, ByteView{*from_hex(text)});
    }
    std::string users;
    for (const char* role : {"admin", "investor", "investor", "investor", "admin", "admin"})
        users += fmt::format("{}@example.org,{},,A,B\n", fresh_bid_id(), role);
    const std::vector<std::string> keys = make_users(users);
    admin_key_ = keys.front();
    for (const std::string& key : keys) {
        const ApiCall call{.method = "GET",
                           .target = "/api/v1/auctions",
                           .headers = {{"Authorization", "Bearer " + key}},
                           .content_type = "",
                           .body = ""};
        good(send(call, "127.0.0.1", port_));
    }
}

std::vector<std::string> PlantedSite::make_users(const std::string& lines) {
    const std::string file =
        directory_.write("users.csv", "email,role,county,first_name,last_name\n" + lines);
    const auto made = run_strikeoff({"user", "create", "--data", data().string(), "--keys",
                                     directory_.path("keys"), "--file", file});
    std::vector<std::string> keys;
    std::istringstream output{made.output};
    for (std::string line; std::getline(output, line);) {
        keys.emplace_back(boost::json::parse(line).at("key").as_string());
        plant("API keys", keys.back());
    }
    if (keys.empty()) throw std::runtime_error(made.errors);
    return keys;
}

std::string PlantedSite::ask(const std::string& key, const std::string& path,
                             const boost::json::object& body) const {
    const ApiCall call{.method = "POST",
                       .target = "/api/v1/" + path,
                       .headers = {{"Authorization", "Bearer " + key}},
                       .content_type = "application/json",
                       .body = json_of(body)};
    const RawAnswer answer = send(call, "127.0.0.1", port_);
    if (answer.status < 200 || answer.status > 299)
        throw std::runtime_error(call.target + " " + answer.body);
    if (answer.body.empty()) return "";
    const boost::json::value document = boost::json::parse(answer.body);
    const boost::json::value* const id = document.as_object().if_contains("id");
    return id ? std::string(id->as_string()) : "";
}

/// A sale of three batches whose draw the county has committed to.
std::string PlantedSite::make_sale(std::vector<std::string>& batches) {
    const std::string county = ask(admin_key_, "counties", {{"name", "Lee"}, {"state", "FL"}});
    const std::string staff =
        make_users(fmt::format("{}@example.org,county_admin,{},A,B\n", fresh_bid_id(), county))
            .front();
    query(fmt::format(
        "INSERT INTO properties (county_id, parcel_id) "
        "SELECT '{0}', 'P' || g FROM generate_series(1, 3) g; "
        "INSERT INTO certificates (county_id, property_id, tax_year, face_value, "
        "advertised_number) SELECT county_id, id, 2025, 100, row_number() OVER (ORDER BY "
        "parcel_id) FROM properties WHERE county_id = '{0}'",
        county));
    const std::string auction =
        ask(staff, "counties/" + county + "/auctions", {{"name", "Sale"}, {"tax_year", 2025}});
    const Instant start =
        *parse_instant(query("SELECT to_char(strikeoff.clock() AT TIME ZONE 'UTC', "
                             "'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
    for (int i = 0; i < 3; ++i)
        batches.push_back(ask(staff, "auctions/" + auction + "/batches",
                              {{"start_time", format_instant(start)},
                               {"end_time", format_instant(start + std::chrono::hours{4 + i})},
                               {"adv_from", i + 1},
                               {"adv_to", i + 1}}));
    ask(staff, "auctions/" + auction + "/publish", {});
    const Hash master = random_hash();
    secrets_.add("the county's master", ByteView{master});
    for (const std::string& batch : batches) {
        const BatchId id{*parse_uuid(batch)};
        const Hash secret = county_secret(master, id);
        plant("draw secrets of the county", as_text(secret));
        const std::string fixed = to_hex(commitment(SecretRole::county, id, secret));
        ask(staff, "auctions/" + auction + "/commitments",
            {{"commitments", boost::json::array{boost::json::object{{"batch_id", batch},
                                                                    {"commitment", fixed}}}}});
    }
    return auction;
}

/// What the service made itself and shows to nobody is read with its own keys.
void PlantedSite::plant_sealed(const std::string& table, const std::string& column,
                               const std::string& key, const std::string& id) {
    const std::string sealed =
        query(fmt::format("SELECT {} FROM {} WHERE {} = '{}'", column, table, key, id));
    const Keys keys{directory_.path("keys")};
    const Bytes secret =
        keys.open(*from_hex(std::string_view{sealed}.substr(2)), {table, column, *parse_uuid(id)});
    plant("draw secrets of the service", as_text(secret));
}

void PlantedSite::plant_draw() {
    std::vector<std::string> batches;
    const std::string auction = make_sale(batches);
    if (!eventually([&] { return query("SELECT count(*) FROM batch_secrets") == "3"; }))
        throw std::runtime_error("the batches did not open");
    plant_sealed("auction_secrets", "k_auction", "auction_id", auction);
    for (const std::string& batch : batches) {
        plant_sealed("batch_secrets", "operator_secret", "batch_id", batch);
        plant_sealed("batch_secrets", "k_blind", "batch_id", batch);
    }
}

std::string PlantedSite::dump() const {
    const db::ClusterPlace place = db::find_cluster_place({.data = data(), .postgres_bin = {}});
    const db::ProcessResult result =
        db::run_process({place.program("pg_dump").string(), "--dbname",
                         db::cluster_conninfo(place.root, "postgres", "strikeoff")},
                        place.user);
    if (result.exit_code != 0) throw std::runtime_error(result.output);
    return result.output;
}

std::string PlantedSite::query(const std::string& sql) const {
    const db::ClusterPlace place = db::find_cluster_place({.data = data(), .postgres_bin = {}});
    db::Connection connection{db::cluster_conninfo(place.root, "postgres", "strikeoff")};
    const db::PgResult result = connection.execute(sql);
    return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

} // namespace strikeoff::testing
