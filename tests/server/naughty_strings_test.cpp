// The Big List of Naughty Strings in every text of every request.
#include "support/server/api_stage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace strikeoff::testing {
namespace {

namespace json = boost::json;
using Section = std::vector<std::string>;

constexpr int uses_min = 3;                ///< Of each string, in different places.
constexpr std::size_t calls_of_keys = 180; ///< Bids are 200 at once.

/// The strings by the sections of the list: its kinds of naughtiness.
std::vector<Section> naughty_strings() {
    std::ifstream file{STRIKEOFF_TEST_DATA "/blns/blns.txt"};
    std::vector<Section> sections;
    bool begins = true;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('#')) {
            begins = true;
        } else if (!line.empty()) {
            if (begins) sections.emplace_back();
            begins = false;
            sections.back().push_back(line);
        }
    }
    sections.push_back({"", std::string(1, '\0'), "a\r\nSet-Cookie: a=b", std::string(20'000, 'x'),
                        "%00", "\xef\xbf\xbf", "-1", "9223372036854775808", "1e400"});
    return sections;
}

std::string percent_coded(std::string_view text) {
    std::string coded;
    for (const char c : text)
        coded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    return coded;
}

/// A place of a request that takes a text.
struct Slot {
    const http::Endpoint* endpoint = nullptr;
    enum class Kind : std::uint8_t { body_text, body_object, whole_body, path, query } kind{};
    std::string name; ///< A JSON pointer, or a parameter.
};

void find_texts(const json::value& value, const std::string& pointer, const Slot& slot,
                std::vector<Slot>& slots) {
    Slot found = slot;
    found.name = pointer;
    if (value.is_string()) slots.push_back(found);
    if (value.is_array())
        for (const json::value& element : value.get_array())
            find_texts(element, pointer + "/0", slot, slots);
    if (!value.is_object()) return;
    found.kind = Slot::Kind::body_object;
    if (value.get_object().empty() && !pointer.empty()) slots.push_back(found);
    for (const auto& [name, member] : value.get_object())
        find_texts(member, pointer + "/" + std::string(name), slot, slots);
}

std::vector<Slot> slots_of(const ApiStage& stage, const http::Endpoint& endpoint) {
    std::vector<Slot> slots;
    if (const auto body = stage.body_of(endpoint))
        find_texts(*body, "", {&endpoint, Slot::Kind::body_text, ""}, slots);
    else if (!endpoint.explanation.request_example.empty())
        slots.push_back({&endpoint, Slot::Kind::whole_body, ""});
    for (const std::string& segment : endpoint.segments)
        if (const std::size_t open = segment.find('{'); open != std::string::npos)
            slots.push_back({&endpoint, Slot::Kind::path,
                             segment.substr(open + 1, segment.find('}') - open - 1)});
    for (const http::QueryParameter& parameter : endpoint.doc.query)
        slots.push_back({&endpoint, Slot::Kind::query, std::string(parameter.name)});
    return slots;
}

/// A password is hashed before such a request is refused, which takes its time.
bool is_slow(const Slot& slot) {
    const std::string_view path = slot.endpoint->path;
    return slot.kind == Slot::Kind::body_text &&
           (path.ends_with("/sign-up") || path.ends_with("/sign-in") ||
            path.ends_with("/reset-password") || path.ends_with("/account/password") ||
            path.ends_with("/step-up"));
}

ApiCall call_with(ApiStage& stage, const Slot& slot, const std::string& text) {
    ApiCall call = stage.call_of(*slot.endpoint);
    switch (slot.kind) {
    case Slot::Kind::whole_body:
        call.body = text;
        break;
    case Slot::Kind::path:
        call.target = stage.path_of(*slot.endpoint, {{slot.name, percent_coded(text)}});
        break;
    case Slot::Kind::query:
        call.target += "?" + slot.name + "=" + percent_coded(text);
        break;
    case Slot::Kind::body_text:
    case Slot::Kind::body_object:
        json::value body = *stage.body_of(*slot.endpoint);
        if (slot.kind == Slot::Kind::body_text)
            body.at_pointer(slot.name) = text;
        else
            body.at_pointer(slot.name) = json::object{{text, text}};
        call.body = json::serialize(body);
    }
    return call;
}

/// Files have a budget of some a minute, and wrong passwords of some in a session, which this test
/// uses up.
bool has_a_small_budget(const ApiCall& call) {
    return call.target.contains("/items.csv") || call.target.contains("/results.csv") ||
           call.target.contains("/bids.csv") || call.target.contains("/account/password") ||
           call.target.contains("/account/step-up");
}

constexpr int too_many = 429;

/// Sends it and expects success or a refusal that says why. Returns the status.
int answer_to(const ApiCall& call) {
    const RawAnswer answer = send(call);
    EXPECT_TRUE(answer.status >= 200 && answer.status < 500)
        << call.method << " " << call.target << " " << call.body.substr(0, 500) << "\n"
        << answer.head << answer.body;
    EXPECT_TRUE(answer.status != too_many || has_a_small_budget(call)) << call.target;
    if (answer.status >= 400) {
        EXPECT_EQ(answer.header("Content-Type"), "application/problem+json; charset=utf-8");
        EXPECT_NE(answer.reason(), "") << call.target << answer.body;
    }
    EXPECT_EQ(answer.head.find("Set-Cookie: a="), std::string::npos) << "a header was injected";
    return answer.status;
}

/// Which strings each slot sees: at least one of every section, and each string is seen by three.
std::vector<std::vector<const std::string*>> shares_of(const std::vector<Section>& sections,
                                                       const std::vector<Slot>& slots) {
    std::vector<std::vector<const std::string*>> shares(slots.size());
    std::size_t quick = 0;
    for (const Slot& slot : slots)
        quick += is_slow(slot) ? 0 : 1;
    for (std::size_t s = 0; s < sections.size(); ++s) {
        const Section& section = sections[s];
        const std::size_t wanted = (section.size() * uses_min + quick - 1) / quick;
        std::size_t next = 0;
        for (std::size_t i = 0; i < slots.size(); ++i) {
            if (is_slow(slots[i])) {
                if ((s + i) % 4 == 0) shares[i].push_back(&section[i % section.size()]);
                continue;
            }
            for (std::size_t n = 0; n < std::min(wanted, section.size()); ++n)
                shares[i].push_back(&section[next++ % section.size()]);
        }
    }
    return shares;
}

using Strings = std::vector<const std::string*>;

/// Sends each string and returns the calls that were refused.
std::vector<ApiCall> send_all(ApiStage& stage, const Slot& slot, const Strings& strings) {
    std::vector<ApiCall> refused;
    for (const std::string* text : strings) {
        ApiCall call = call_with(stage, slot, *text);
        const int status = answer_to(call);
        // Who is told to come later may be welcome then.
        if (status >= 400 && status != too_many) refused.push_back(std::move(call));
    }
    return refused;
}

using Digest = std::map<std::string, std::string>;

/// Sends each string to a place and expects that nothing is stored of what is refused. Returns how
/// many were. `state` is the database's digest before, or empty; and afterwards.
std::size_t try_slot(ApiStage& stage, const Slot& slot, const Strings& strings, Digest& state) {
    if (state.empty()) state = digest_of_database();
    const auto refused = send_all(stage, slot, strings);
    if (refused.size() < strings.size()) {
        // Some were taken. The others are sent again, once what follows from those has settled.
        state = digest_at_rest();
        for (const ApiCall& call : refused)
            EXPECT_GE(answer_to(call), 400) << call.target;
    }
    Digest after = digest_of_database();
    EXPECT_THAT(changed_tables(state, after), ::testing::IsEmpty())
        << enum_name(slot.endpoint->method) << " " << slot.endpoint->path << " " << slot.name;
    state = std::move(after);
    return refused.size();
}

TEST(NaughtyStrings, are_taken_or_refused_with_a_reason_and_break_nothing) {
    const std::vector<Section> sections = naughty_strings();
    ApiStage stage;
    std::vector<Slot> slots;
    for (const http::Endpoint& endpoint : stage.endpoints())
        std::ranges::copy(slots_of(stage, endpoint), std::back_inserter(slots));
    const auto shares = shares_of(sections, slots);
    std::map<const std::string*, int> uses;
    std::size_t sent = 0;
    std::size_t refused = 0;
    std::size_t of_these_keys = calls_of_keys;
    Digest state;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const Slot& slot = slots[i];
        const bool is_new = i == 0 || slots[i - 1].endpoint != slot.endpoint;
        const bool signs_in = is_new && slot.endpoint->doc.access == http::Access::person;
        if (signs_in) stage.renew_session();
        if (of_these_keys + 2 * shares[i].size() > calls_of_keys) {
            stage.renew_keys();
            of_these_keys = 0;
        }
        if (signs_in || of_these_keys == 0) state.clear();
        of_these_keys += 2 * shares[i].size(); // What is refused may be sent again.
        refused += try_slot(stage, slot, shares[i], state);
        sent += shares[i].size();
        for (const std::string* text : shares[i])
            ++uses[text];
    }
    std::size_t strings = 0;
    for (const Section& section : sections)
        strings += section.size();
    EXPECT_GT(strings, 480U);
    EXPECT_EQ(uses.size(), strings);
    for (const auto& [text, count] : uses)
        EXPECT_GE(count, uses_min) << *text;
    EXPECT_GT(refused, sent / 2);
    fmt::print("{} strings, {} places, {} requests, {} of them refused\n", strings, slots.size(),
               sent, refused);
}

} // namespace
} // namespace strikeoff::testing
