#include "demo/people.hpp"

#include "db/embedded.hpp"
#include "demo/gunzip.hpp"
#include "keys.hpp"
#include "modules/counties/counties.hpp"
#include "modules/identity/accounts.hpp"
#include "modules/identity/links.hpp"

#include <fstream>

namespace strikeoff::demo {
namespace {

namespace fs = std::filesystem;

/// An import that waits for its second person, as far as the demo reads it.
struct Staged {
    ApprovalId id;
};
BOOST_DESCRIBE_STRUCT(Staged, (), (id))

fs::path cast_file(const Places& places) {
    return places.own / "cast.json";
}

/// Accounts to make. Left behind, it says that not all of them were.
fs::path accounts_file(const Places& places) {
    return places.own / "users.csv";
}

/// Files with bearer keys are for their owner alone.
void write_private(const fs::path& file, std::string_view text) {
    const fs::path fresh = file.string() + ".new";
    {
        std::ofstream out{fresh, std::ios::binary | std::ios::trunc};
        fs::permissions(fresh, fs::perms::owner_read | fs::perms::owner_write);
        out << text;
        out.close();
        if (!out) throw std::runtime_error("cannot write " + fresh.string());
    }
    fs::rename(fresh, file);
}

std::vector<Person> create_users(const Places& places, const std::string& csv) {
    const fs::path list = accounts_file(places);
    write_private(list, "email,role,county,first_name,last_name\n" + csv);
    std::vector<std::string> arguments{"user", "create", "--file", list.string()};
    for (std::string& flag : directory_flags(places))
        arguments.push_back(std::move(flag));
    const client::Finished finished = client::run_to_end(arguments, places.own);
    if (finished.exit_code != 0)
        throw std::runtime_error(fmt::format(
            "accounts cannot be made: {}if the database is of an earlier start, remove it; {} says "
            "where it is",
            finished.errors, (places.own / "serve.log").string()));
    std::vector<Person> people;
    std::string_view text = finished.output;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        people.push_back(expect(client::read_answer<Person>(line), "user create"));
    }
    return people;
}

template <class AnyCast>
auto to_try(AnyCast& cast) {
    std::vector people{&cast.admin};
    for (auto& person : cast.staff)
        people.push_back(&person);
    people.push_back(&cast.viewer);
    for (std::size_t i = 0; i < std::min<std::size_t>(cast.investors.size(), 3); ++i)
        people.push_back(&cast.investors[i]);
    return people;
}

std::string parcels_csv() {
    for (const EmbeddedFile& file : embedded_demo_files())
        if (file.name == "parcels.csv.gz") return gunzip(file.text());
    throw std::logic_error("the binary lacks its parcels");
}

} // namespace

std::optional<Cast> load_cast(const Places& places) {
    std::ifstream in{cast_file(places), std::ios::binary};
    if (!in) return std::nullopt;
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    return expect(client::read_answer<Cast>(text), cast_file(places).string());
}

void save_cast(const Places& places, const Cast& cast) {
    write_private(cast_file(places), http::to_json(cast) + "\n");
    write_private(places.own / "staff.key", cast.staff.front().key + "\n");
}

void give_passwords(const Places& places, const Service& service, Cast& cast) {
    client::Api visitor{service.address(), ""};
    for (Person* person : to_try(cast)) {
        if (person->password) continue;
        std::vector<std::string> arguments{"user", "link", "--json", "--email", person->email};
        for (std::string& flag : directory_flags(places))
            arguments.push_back(std::move(flag));
        const client::Finished finished = client::run_to_end(arguments, places.own);
        if (finished.exit_code != 0)
            throw std::runtime_error("no password can be set: " + finished.errors);
        const auto link =
            expect(client::read_answer<identity::Link>(finished.output), "link for a password");
        const std::string hex = to_hex(random_hash());
        const std::string password =
            fmt::format("{}-{}-{}", hex.substr(0, 6), hex.substr(6, 6), hex.substr(12, 6));
        expect(visitor.tell("/api/v1/auth/reset-password",
                            identity::ResetPassword{.token = link.token, .password = password}),
               "password");
        person->password = password;
    }
    save_cast(places, cast);
}

std::vector<const Person*> people_to_try(const Cast& cast) {
    return to_try(cast);
}

Cast make_cast(const Places& places, const Service& service, std::size_t investors) {
    if (fs::exists(accounts_file(places)))
        throw std::runtime_error(fmt::format("an earlier start was cut short; remove {} and {}",
                                             places.data.string(), places.keys.string()));
    Cast cast;
    cast.admin = create_users(places, "admin@example.org,admin,,Ada,Admin\n").at(0);
    client::Api admin{service.address(), cast.admin.key};
    const auto county =
        expect(admin.post<counties::County>("/api/v1/counties",
                                            counties::NewCounty{.name = "Columbia County",
                                                                .state = "FL",
                                                                .time_zone = "America/New_York",
                                                                .fips = "12023"}),
               "county");
    cast.county = county.id;
    std::string csv;
    for (const char* name : {"Carla,Collector", "Dora,Deputy"})
        csv += fmt::format("{}@example.org,county_admin,{},{}\n",
                           name[0] == 'C' ? "collector" : "deputy", county.id.text(), name);
    csv += fmt::format("auditor@example.org,viewer,{},Otto,Auditor\n", county.id.text());
    for (std::size_t i = 1; i <= investors; ++i)
        csv += fmt::format("investor{0}@example.org,investor,,Investor,{0}\n", i);
    std::vector<Person> people = create_users(places, csv);
    if (people.size() != investors + 3) throw std::runtime_error("not every account was made");
    cast.staff = {people[0], people[1]};
    cast.viewer = people[2];
    cast.investors.assign(people.begin() + 3, people.end());
    client::Api staff{service.address(), cast.staff.front().key, std::chrono::seconds{120}};
    const std::string staged =
        expect(staff.send(client::Verb::post,
                          fmt::format("/api/v1/counties/{}/imports/parcels", county.id.text()),
                          parcels_csv(), "text/csv"),
               "import of the parcels");
    const auto import = expect(client::read_answer<Staged>(staged), "import of the parcels");
    client::Api second{service.address(), cast.staff.back().key, std::chrono::seconds{120}};
    expect(second.send(client::Verb::post,
                       fmt::format("/api/v1/approvals/{}/approve", import.id.text()), "",
                       "application/json"),
           "approval of the import");
    save_cast(places, cast);
    fs::remove(accounts_file(places));
    return cast;
}

} // namespace strikeoff::demo
