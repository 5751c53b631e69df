// Who gets what from every route: seven callers, their own and another county, what is theirs and
// what is another's, before a batch closes and after. The routes are those of the router's own
// list; one that no recipe makes a valid request for fails by its name.
#include "routes.hpp"
#include "support/server/access_outcome.hpp"
#include "support/server/access_recipes.hpp"
#include "support/server/golden.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

using By = AccessWorld::By;
using ::testing::IsEmpty;

const std::vector<http::Endpoint>& endpoints() {
    static const http::Router router = [] {
        http::Router made;
        add_routes(made);
        return made;
    }();
    return router.endpoints();
}

bool names(const http::Endpoint& endpoint, const char* value) {
    return endpoint.path.find("{" + std::string(value) + "}") != std::string::npos;
}

/// For a county's staff or the platform's.
bool is_for_staff(const http::Endpoint& endpoint) {
    return endpoint.doc.access > http::Access::investor;
}

bool reads(const http::Endpoint& endpoint) {
    return endpoint.method == http::Method::get;
}

/// One way to call a route.
struct Row {
    std::string name;
    Subject subject;
    By by = By::key;
};

enum class Phase { first, open, closed };

class Matrix {
public:
    explicit Matrix(AccessWorld& world) : world_{world} {}

    void run(Phase phase);
    /// GETs of an open sale by real sessions, held against those by keys.
    void hold_sessions_against_keys();
    /// All that others can read of the open sale.
    std::map<std::string, std::string> seen_by_others();
    std::string text() const;
    void expect_a_success_for_each_route() const;

private:
    std::vector<Row> rows_of(const http::Endpoint& endpoint, const Recipe& recipe, Phase phase);
    void add_people(std::vector<Row>& rows, const Row& row, const Recipe& recipe);
    Call call_of(const http::Endpoint& endpoint, const Recipe& recipe, const Row& row,
                 const Caller& caller);
    Answer send(const http::Endpoint& endpoint, const Row& row, const Call& call);
    void run_route(const http::Endpoint& endpoint, const Recipe& recipe, Phase phase);
    Outcome try_one(const http::Endpoint& endpoint, const Recipe& recipe, const Row& row,
                    const Caller& caller);
    void check(const http::Endpoint& endpoint, const Row& row, const Caller& caller,
               const Answer& answer) const;
    void expect_no_difference(const http::Endpoint& endpoint, const Recipe& recipe, const Row& row,
                              const Call& call, const Outcome& outcome);

    AccessWorld& world_;
    std::map<std::string, OutcomeTable, std::less<>> tables_;
    std::set<std::string, std::less<>> successes_;
};

/// What the path names, unless it is made afresh for each call.
void Matrix::add_people(std::vector<Row>& rows, const Row& row, const Recipe& recipe) {
    if (!recipe.of_people) return rows.push_back(row);
    for (const char* name : {"owner", "other"}) {
        Row of_person = row;
        of_person.name += (row.name.empty() ? "" : ", ") + std::string{"of "} + name;
        of_person.subject.person = &world_.caller(name);
        rows.push_back(std::move(of_person));
    }
}

std::vector<Row> Matrix::rows_of(const http::Endpoint& endpoint, const Recipe& recipe,
                                 Phase phase) {
    std::vector<Row> rows;
    const Subject anything{.world = &world_};
    if (recipe.when == When::always) {
        if (phase != Phase::first) return rows;
        if (!recipe.by_session) add_people(rows, {"", anything}, recipe);
        if (recipe.by_session) add_people(rows, {"by key", anything}, recipe);
        if (recipe.by_session) add_people(rows, {"by session", anything, By::session}, recipe);
        return rows;
    }
    if (recipe.when == When::open) {
        if (phase == Phase::open) rows.push_back({"", anything});
        return rows;
    }
    const bool is_due = recipe.when == When::county   ? phase == Phase::open
                        : recipe.when == When::closed ? phase == Phase::closed
                                                      : phase != Phase::first;
    if (!is_due) return rows;
    const std::string when = recipe.when == When::county ? ""
                             : phase == Phase::closed    ? "closed, "
                                                         : "open, ";
    for (Side* side : {&world_.own, &world_.other}) {
        Row row{when + (side == &world_.own ? "own county" : "other county"), anything};
        row.subject.side = side;
        add_people(rows, row, recipe);
    }
    const bool has_draft = names(endpoint, "auction_id") || names(endpoint, "batch_id");
    if (phase == Phase::open && has_draft && recipe.of_drafts) {
        Row row{"draft, own county", anything};
        row.subject.side = &world_.own;
        row.subject.draft = true;
        add_people(rows, row, recipe);
    }
    return rows;
}

Call Matrix::call_of(const http::Endpoint& endpoint, const Recipe& recipe, const Row& row,
                     const Caller& caller) {
    Call call{.subject = row.subject, .caller = &caller, .values = usual_values(row.subject)};
    call.body = endpoint.explanation.request_example;
    if (recipe.prepare) recipe.prepare(call);
    return call;
}

Answer Matrix::send(const http::Endpoint& endpoint, const Row& row, const Call& call) {
    std::string path = endpoint.path;
    for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{')) {
        const std::size_t end = path.find('}', at);
        const auto value = call.values.find(path.substr(at + 1, end - at - 1));
        if (value == call.values.end()) throw std::runtime_error("no value for " + path);
        path.replace(at, end - at + 1, value->second);
    }
    // A visitor has no session either.
    const By by = call.caller->is_visitor() ? By::key : row.by;
    return world_.ask(*call.caller, by,
                      {std::string(http::method_name(endpoint.method)), path + call.query,
                       call.body, std::string(endpoint.doc.accepts)});
}

/// What holds whatever the golden file says.
void Matrix::check(const http::Endpoint& endpoint, const Row& row, const Caller& caller,
                   const Answer& answer) const {
    const std::string where =
        fmt::format("{} {} [{}] by {}: {} {}", enum_name(endpoint.method), endpoint.path, row.name,
                    caller.name, answer.status, answer.body.substr(0, 400));
    EXPECT_LT(answer.status, 500) << where;
    EXPECT_NE(answer.status, 403) << where << ": forbidden must look unknown";
    const Side* side = row.subject.side;
    if (is_for_staff(endpoint) && answer.went_well())
        EXPECT_TRUE(caller.may(endpoint, side ? side->county() : caller.county)) << where;
    const bool knows_drafts = side && caller.belongs_to(side->county());
    if (side && row.subject.draft && !knows_drafts)
        for (const std::string& id : {side->draft_auction, side->draft_batch})
            EXPECT_EQ(answer.body.find(id), std::string::npos) << where;
    const auto expect_hidden = [&](const std::string& what) {
        EXPECT_EQ(answer.body.find(what), std::string::npos) << what << " in " << where;
    };
    if (!world_.closed && caller.name != "owner") {
        expect_hidden("\"" + std::string(AccessWorld::planted_rate) + "\"");
        for (const std::string& id : world_.planted_ids)
            expect_hidden(id);
        // Staff see pseudonyms in their list of bidders, where nobody's bids are.
        if (!caller.belongs_to(world_.own.county())) expect_hidden(world_.owner_ref);
    }
    // A list of the staff's own is of their county.
    if (is_for_staff(endpoint) && !side)
        for (const Side* any : {&world_.own, &world_.other})
            if (!caller.belongs_to(any->county())) expect_hidden(any->county());
    // What tells people from each other is theirs and their county's; staff are not hidden from
    // other staff.
    for (const Caller& person : world_.callers) {
        const bool is_theirs = person.name == caller.name || caller.belongs_to(world_.own.county());
        if (caller.is_staff() && person.is_staff()) continue;
        // Somebody who bids in a county is known to its staff.
        const bool bids_there = person.name == "other" && caller.name == "foreign";
        if (is_theirs || bids_there || person.is_visitor()) continue;
        for (const std::string& what :
             {person.user.id, person.email, "\"" + person.address + "\"", person.device})
            expect_hidden(what);
    }
}

/// What one may not know of must look as what there is not.
void Matrix::expect_no_difference(const http::Endpoint& endpoint, const Recipe& recipe,
                                  const Row& row, const Call& call, const Outcome& outcome) {
    const Side* side = row.subject.side;
    const Caller& caller = *call.caller;
    const bool has_rights = caller.may(endpoint, side ? side->county() : caller.county);
    const bool is_hidden = !has_rights && (is_for_staff(endpoint) || row.subject.draft);
    const bool must_be_equal = is_hidden || outcome.status == 404;
    if (!must_be_equal && !is_for_staff(endpoint)) return;
    Call unknown = call;
    std::string last;
    for (std::size_t at = endpoint.path.find('{'); at != std::string::npos;
         at = endpoint.path.find('{', at + 1)) {
        const std::string name = endpoint.path.substr(at + 1, endpoint.path.find('}', at) - at - 1);
        if (!name.ends_with("_id")) continue;
        last = name;
        if (!has_rights) unknown.values[name] = fresh_bid_id();
    }
    if (last.empty()) return;
    unknown.values[last] = fresh_bid_id();
    const Outcome of_unknown = outcome_of(send(endpoint, row, unknown), recipe.is_document);
    EXPECT_LT(of_unknown.status, 500)
        << endpoint.path << " of what there is not, by " << caller.name;
    if (!must_be_equal) return;
    EXPECT_TRUE(outcome == of_unknown)
        << enum_name(endpoint.method) << " " << endpoint.path << " [" << row.name << "] by "
        << call.caller->name << ": " << text_of(outcome) << ", but of what there is not "
        << text_of(of_unknown);
}

Outcome Matrix::try_one(const http::Endpoint& endpoint, const Recipe& recipe, const Row& row,
                        const Caller& caller) {
    const Call call = call_of(endpoint, recipe, row, caller);
    const Answer answer = send(endpoint, row, call);
    check(endpoint, row, caller, answer);
    const Outcome outcome = outcome_of(answer, recipe.is_document);
    expect_no_difference(endpoint, recipe, row, call, outcome);
    if (!answer.went_well()) return outcome;
    successes_.insert(std::string(endpoint.doc.id));
    if (!recipe.uses_up.empty())
        (row.subject.side ? *row.subject.side : world_.own).use_up(recipe.uses_up);
    return outcome;
}

void Matrix::run_route(const http::Endpoint& endpoint, const Recipe& recipe, Phase phase) {
    auto& table = tables_.try_emplace(std::string(endpoint.doc.id), world_.callers).first->second;
    for (const Row& row : rows_of(endpoint, recipe, phase)) {
        std::vector<Outcome> outcomes;
        for (const Caller& caller : world_.callers)
            outcomes.push_back(try_one(endpoint, recipe, row, caller));
        table.add(row.name, std::move(outcomes));
    }
}

void Matrix::run(Phase phase) {
    for (const bool at_last : {false, true})
        for (const http::Endpoint& endpoint : endpoints()) {
            const auto recipe = recipes().find(endpoint.doc.id);
            if (recipe != recipes().end() && recipe->second.at_last == at_last)
                run_route(endpoint, recipe->second, phase);
        }
}

void Matrix::hold_sessions_against_keys() {
    int compared = 0;
    for (const http::Endpoint& endpoint : endpoints()) {
        const auto recipe = recipes().find(endpoint.doc.id);
        if (recipe == recipes().end() || !reads(endpoint)) continue;
        for (const Row& row : rows_of(endpoint, recipe->second, Phase::open)) {
            Row by_session = row;
            by_session.by = By::session;
            for (const Caller& caller : world_.callers) {
                if (caller.is_visitor()) continue;
                const Outcome with_session = try_one(endpoint, recipe->second, by_session, caller);
                EXPECT_TRUE(with_session == try_one(endpoint, recipe->second, row, caller))
                    << endpoint.path << " [" << row.name << "] by " << caller.name << ": "
                    << text_of(with_session);
                ++compared;
            }
        }
    }
    EXPECT_GT(compared, 200);
}

std::map<std::string, std::string> Matrix::seen_by_others() {
    std::map<std::string, std::string> seen;
    for (const http::Endpoint& endpoint : endpoints()) {
        const auto recipe = recipes().find(endpoint.doc.id);
        if (recipe == recipes().end() || !reads(endpoint)) continue;
        for (const Row& row : rows_of(endpoint, recipe->second, Phase::open)) {
            if (row.subject.side != &world_.own) continue;
            for (const Caller& caller : world_.callers) {
                if (caller.name == "owner") continue;
                const Answer answer =
                    send(endpoint, row, call_of(endpoint, recipe->second, row, caller));
                std::string body = answer.body;
                // The random id of the request is all that may differ.
                if (const std::size_t at = body.find("\"request_id\":\""); at != std::string::npos)
                    body.erase(at, body.find(',', at) - at);
                seen[caller.name + " " + endpoint.path + " " + row.name] =
                    std::to_string(answer.status) + " " + body;
            }
        }
    }
    return seen;
}

void Matrix::expect_a_success_for_each_route() const {
    for (const auto& [id, recipe] : recipes())
        EXPECT_NE(successes_.contains(id), recipe.without_success != nullptr)
            << id << ": nobody succeeds, or one who was thought not to";
}

std::string Matrix::text() const {
    std::string text =
        "# Who gets what from every route. Callers: a visitor; the owner, an investor who bids in "
        "`own county`;\n"
        "# another investor, who bids in both counties; a viewer, the staff and an importer of "
        "`own "
        "county`; the\n"
        "# staff of `other county` (foreign); the platform's admin. Rows: the county that the path "
        "names, "
        "before its batch\n"
        "# closes (open) and after (closed), its unpublished sale (draft), and whose resource it "
        "is. A status\n"
        "# without a letter is the usual refusal, 404 not_found or 401 auth.required; letters are "
        "explained below.\n";
    for (const http::Endpoint& endpoint : endpoints()) {
        const auto table = tables_.find(endpoint.doc.id);
        if (table == tables_.end()) continue;
        text += fmt::format("\n{} {}  {}, for {}\n", http::method_name(endpoint.method),
                            endpoint.path, endpoint.doc.id, enum_name(endpoint.doc.access));
        text += table->second.text();
        if (const char* why = recipes().at(std::string(endpoint.doc.id)).without_success)
            text += std::string{"Nobody succeeds here without "} + why + ".\n";
    }
    return text;
}

/// Each refusal of somebody who is known left a row that says who asked, where, for what and when.
void expect_a_row_for_each_refusal(AccessWorld& world) {
    for (const Caller& caller : world.callers) {
        if (caller.is_visitor()) continue;
        std::map<std::string, std::string> without = world.refusals(caller);
        EXPECT_GT(without.size(), 20U) << caller.name;
        const db::PgResult rows = LiveServer::instance().app().worker_pool.acquire()->execute(
            "SELECT details_json->>'request_id' FROM auth_audit_logs "
            "WHERE event_type = 'access_denied' AND NOT success AND created_at IS NOT NULL "
            "AND details_json ? 'detail' AND details_json ? 'route' AND user_id = '" +
            caller.user.id + "' AND host(ip_address) = '" + caller.address + "'");
        EXPECT_EQ(PQntuples(rows.get()), static_cast<int>(without.size())) << caller.name;
        for (int i = 0; i < PQntuples(rows.get()); ++i)
            without.erase(PQgetvalue(rows.get(), i, 0));
        EXPECT_THAT(without, IsEmpty()) << caller.name;
    }
}

TEST(AccessMatrix, has_a_recipe_for_every_route) {
    std::vector<std::string> without;
    std::set<std::string, std::less<>> known;
    for (const http::Endpoint& endpoint : endpoints()) {
        known.insert(std::string(endpoint.doc.id));
        if (!recipes().contains(endpoint.doc.id))
            without.push_back(fmt::format("{} {}", endpoint.doc.id, endpoint.path));
    }
    EXPECT_THAT(without, IsEmpty()) << "tests/support/server/access_recipes.cpp";
    std::vector<std::string> stale;
    for (const auto& [id, recipe] : recipes())
        if (!known.contains(id)) stale.push_back(id);
    EXPECT_THAT(stale, IsEmpty());
}

TEST(AccessMatrix, is_the_one_that_was_reviewed) {
    AccessWorld world;
    Matrix matrix{world};
    world.sign_in_everybody();
    matrix.run(Phase::first);
    const auto before = matrix.seen_by_others();
    world.plant_bids();
    const auto after = matrix.seen_by_others();
    ASSERT_EQ(before.size(), after.size());
    for (const auto& [what, answer] : before)
        EXPECT_EQ(after.at(what), answer) << what << " tells of a bid";
    matrix.run(Phase::open);
    matrix.hold_sessions_against_keys();
    world.close_sales();
    matrix.run(Phase::closed);
    matrix.expect_a_success_for_each_route();
    expect_a_row_for_each_refusal(world);
    expect_golden("access_matrix.txt", matrix.text());
}

} // namespace
} // namespace strikeoff::testing
