// Covers: src/http/json.hpp src/modules/onboarding/group_file.cpp
#include "http/json.hpp"
#include "http/text.hpp"
#include "input.hpp"
#include "modules/auctions/amendments.hpp"
#include "modules/auctions/auctions.hpp"
#include "modules/bids/bids.hpp"
#include "modules/certificates/certificates.hpp"
#include "modules/counties/counties.hpp"
#include "modules/onboarding/group_file.hpp"
#include "modules/onboarding/onboarding.hpp"

#include <cassert>

namespace {

using namespace strikeoff;

/// A refusal goes out as a problem document, whatever the body was.
void check_refusal(const Error& error) {
    assert(error.reason == "json.malformed" || error.reason == "json.unsupported" ||
           error.reason == "body.invalid");
    assert((error.reason == "body.invalid") == !error.fields.empty());
    assert(error.fields.size() <= http::field_errors_max);
    const http::Response response = http::problem(error, "id");
    assert(response.status == 422);
    const auto document = read_json_strict(response.body);
    assert(document && document->at("fields").as_array().size() == error.fields.size());
}

/// What is read as a shape is written as that shape, and reads the same.
template <class Shape>
void check_body(std::string_view body) {
    const auto value = http::from_json<Shape>(body);
    if (!value) return check_refusal(value.error());
    const std::string written = http::to_json(*value);
    const auto again = http::from_json<Shape>(written);
    assert(again && http::to_json(*again) == written);
}

/// The members of a group come as CSV; what is accepted can be stored.
void check_group(std::string_view body) {
    const auto members = onboarding::read_group_file(body);
    if (!members) {
        assert(members.error().reason == "group.malformed" ||
               members.error().reason.starts_with("csv."));
        return;
    }
    assert(members->numbers.size() == members->names.size());
    for (const auto& fields : {members->numbers, members->names})
        for (const std::string& field : fields)
            assert(http::is_utf8(field) && !field.contains('\0') && field.size() <= 200);
}

/// Of every module, and every kind of member that a shape has.
constexpr void (*bodies[])(std::string_view) = {check_body<bids::PlaceBid>,
                                                check_body<bids::PlaceBids>,
                                                check_body<auctions::NewAuction>,
                                                check_body<auctions::NewBatch>,
                                                check_body<auctions::BatchPlan>,
                                                check_body<auctions::Cleanup>,
                                                check_body<auctions::Commitments>,
                                                check_body<auctions::RevealSecret>,
                                                check_body<auctions::MoveEnd>,
                                                check_body<auctions::NewAmendment>,
                                                check_body<onboarding::NewBidder>,
                                                check_body<onboarding::SetBudget>,
                                                check_body<onboarding::SetLimit>,
                                                check_body<onboarding::Bar>,
                                                check_body<counties::NewCounty>,
                                                check_body<certificates::MarkDelinquent>,
                                                check_body<certificates::Certificate>,
                                                check_group};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    // A letter chooses the shape: A is a bid.
    const auto choice = static_cast<std::size_t>(static_cast<std::uint8_t>(data[0] - 'A'));
    bodies[choice % std::size(bodies)](fuzz::text_of(data + 1, size - 1));
    return 0;
}
