// The document of the API against the sources and against itself.
#include "routes.hpp"
#include "support/server/openapi_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

namespace strikeoff::testing {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Reasons that no problem document has: those of the command line, those that become the message
/// of a field, of a row of a file or of a line of bids. A 404 always says `not_found`.
const std::set<std::string> of_no_request{
    "user.email_malformed", "user.email_taken", "user.county_needed", "proxy.malformed",
    "enum.unknown",         "uuid.malformed",   "hex.malformed",      "text.malformed",
    "text.too_long",        "limit.malformed",  "county.unknown",     "money.malformed",
    "bid.repeated_item",    "link.too_many"};

std::set<std::string> reasons_in_sources() {
    std::set<std::string> reasons;
    const std::regex failure{R"re(ErrorCode::(\w+),\s*"([a-z_]+\.[a-z_]+)")re"};
    for (const char* folder : {"src/modules", "src/http"})
        for (const auto& entry :
             fs::recursive_directory_iterator(fs::path{STRIKEOFF_SOURCE} / folder)) {
            const bool test = entry.path().string().find("/tests/") != std::string::npos;
            if (test || (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp"))
                continue;
            std::ifstream in(entry.path());
            const std::string text{std::istreambuf_iterator<char>(in), {}};
            for (std::sregex_iterator at(text.begin(), text.end(), failure), end; at != end; ++at)
                if ((*at)[1] != "not_found") reasons.insert((*at)[2]);
        }
    return reasons;
}

TEST(OpenApi, knows_every_reason_that_the_sources_can_give) {
    const std::set<std::string> reasons = reasons_in_sources();
    EXPECT_GT(reasons.size(), 60u);
    std::vector<std::string> missing;
    const json::value& examples = openapi_document().at_pointer("/components/examples");
    for (const std::string& reason : reasons)
        if (!of_no_request.contains(reason) && !examples.as_object().contains(reason))
            missing.push_back(reason);
    EXPECT_THAT(missing, IsEmpty());
}

/// Calls `use` with each media type object of the operation, and where it stands.
template <class Use>
void for_each_content(const json::value& operation, Use use) {
    if (const json::value* body = operation.as_object().if_contains("requestBody"))
        for (const auto& [type, content] : body->at("content").as_object())
            use("request " + std::string(type), content);
    for (const auto& [status, response] : operation.at("responses").as_object())
        if (response.as_object().contains("content"))
            for (const auto& [type, content] : response.at("content").as_object())
                use(std::string(status) + " " + std::string(type), content);
}

TEST(OpenApi, every_body_has_an_example_that_fits_its_schema) {
    std::vector<std::string> faults;
    for (const auto& [path, item] : openapi_document().at("paths").as_object())
        for (const auto& [method, operation] : item.as_object())
            for_each_content(operation, [&](const std::string& place, const json::value& content) {
                const std::string where{std::string(operation.at("operationId").as_string()) + " " +
                                        place};
                if (place.ends_with("octet-stream") || place.ends_with("problem+json")) return;
                const json::value* example = content.as_object().if_contains("example");
                if (!example || (example->is_string() && example->as_string().empty())) {
                    faults.push_back(where + ": no example");
                    return;
                }
                for (const std::string& fault :
                     SchemaCheck{openapi_document()}.faults(content.at("schema"), *example))
                    faults.push_back(where + fault);
            });
    EXPECT_THAT(faults, IsEmpty());
}

TEST(OpenApi, every_problem_has_an_example_that_is_the_problem) {
    const json::value& document = openapi_document();
    const json::value& schema = document.at_pointer("/components/schemas/Problem");
    for (const auto& [reason, example] : document.at_pointer("/components/examples").as_object()) {
        EXPECT_THAT(SchemaCheck{document}.faults(schema, example.at("value")), IsEmpty());
        EXPECT_EQ(example.at("value").at("reason").as_string(), reason);
        EXPECT_FALSE(example.at("value").at("detail").as_string().empty()) << reason;
    }
}

TEST(OpenApi, says_each_parameter_of_a_path) {
    for (const auto& [path, item] : openapi_document().at("paths").as_object())
        for (const auto& [method, operation] : item.as_object()) {
            const auto braces = std::ranges::count(std::string(path), '{');
            std::ptrdiff_t described = 0;
            if (const json::value* parameters = operation.as_object().if_contains("parameters"))
                for (const json::value& parameter : parameters->as_array())
                    described += parameter.at("in") == "path" ? 1 : 0;
            EXPECT_EQ(braces, described) << method << " " << path;
        }
}

TEST(SchemaCheck, finds_what_does_not_fit) {
    const json::value schema = json::parse(
        R"({"type":"object","required":["id","n"],"properties":{
            "id":{"type":"string","format":"uuid"},"n":{"type":["integer","null"]},
            "word":{"type":"string","enum":["a","b"]},"money":{"type":"string",
            "pattern":"^\\d+\\.\\d{2}$"},"list":{"type":"array","items":{"type":"integer"}}}})");
    const auto faults = [&](const char* text) {
        return SchemaCheck{openapi_document()}.faults(schema, json::parse(text));
    };
    const std::string id = R"("id":"01a0c459-9d3b-7fe6-aaad-a4d044eab9bc")";
    const auto with = [&](const std::string& rest) {
        return faults(("{" + id + rest + "}").c_str());
    };
    EXPECT_THAT(with(R"(,"n":null,"word":"a","money":"1.50","list":[1,2])"), IsEmpty());
    EXPECT_THAT(with(""), ElementsAre(".n is missing"));
    EXPECT_THAT(with(R"(,"n":1,"more":1)"), ElementsAre(".more is not described"));
    EXPECT_EQ(with(R"(,"n":"1")").size(), 1u);
    EXPECT_EQ(with(R"(,"n":1,"word":"c")").size(), 1u);
    EXPECT_EQ(with(R"(,"n":1,"money":"1.5")").size(), 1u);
    EXPECT_EQ(with(R"(,"n":1,"list":[1,"2",3])").size(), 1u);
    EXPECT_EQ(faults(R"({"id":"nonsense","n":1})").size(), 1u);
    EXPECT_EQ(faults("[]").size(), 1u);
    EXPECT_EQ(openapi_faults("GET", "/api/v1/time", 200, "application/json", "{}").size(), 1u);
    EXPECT_EQ(openapi_faults("GET", "/api/v1/time", 201, "application/json", "{}").size(), 1u);
    EXPECT_EQ(openapi_faults("GET", "/api/v1/time", 200, "text/plain", "{}").size(), 1u);
}

} // namespace
} // namespace strikeoff::testing
