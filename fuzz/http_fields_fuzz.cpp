// Covers: src/http/text.cpp src/http/forwarded.cpp src/http/conditional.cpp src/http/gzip.cpp
#include "http/conditional.hpp"
#include "http/forwarded.hpp"
#include "http/gzip.hpp"
#include "http/json.hpp"
#include "http/text.hpp"
#include "input.hpp"
#include "modules/parcels/import_encoding.hpp"

#include <fmt/format.h>

#include <cassert>

namespace {

using namespace strikeoff;
using namespace strikeoff::http;
namespace ip = boost::asio::ip;

/// What a query decodes to is a text that JSON and the database can hold, and every text can be
/// sent.
void check_decoding(std::string_view text) {
    const auto decoded = percent_decoded(text);
    if (!decoded) return;
    assert(parcels::is_utf8(*decoded) && !decoded->contains('\0'));
    std::string encoded;
    for (const char c : *decoded)
        encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    assert(percent_decoded(encoded) == decoded);
}

/// Whatever a header says can be stored.
void check_readable(std::string_view text) {
    for (const std::size_t size_max : {std::size_t{0}, std::size_t{7}, text.size()}) {
        const std::string readable = http::readable(text, size_max);
        assert(readable.size() <= size_max && http::is_utf8(readable) && !readable.contains('\0'));
        assert(http::readable(readable, size_max) == readable);
    }
    assert(http::is_utf8(text) == parcels::is_utf8(text));
    if (http::is_utf8(text) && !text.contains('\0'))
        assert(http::readable(text, text.size()) == text);
}

void check_lists(std::string_view text) {
    std::string joined;
    std::vector<std::string> elements;
    for_each_element(text, [&](std::string_view element) {
        assert(!element.empty() && element == trimmed(element) && !element.contains(','));
        joined += fmt::format(" ,{}", element);
        elements.emplace_back(element);
    });
    std::size_t at = 0;
    for_each_element(joined, [&](std::string_view element) { assert(element == elements[at++]); });
    assert(at == elements.size());
    assert(equal_ignoring_case(text, text));
}

void check_tags(std::string_view text) {
    const std::string tag = entity_tag(text);
    const std::string coded = coded_tag(tag, "gzip");
    assert(tag != coded);
    for (const std::string& named : {tag, coded}) {
        // What equals in the strict way equals in the lax one.
        if (names_tag(text, named, TagComparison::strong))
            assert(names_tag(text, named, TagComparison::weak));
        const std::string list = fmt::format("{}, {}", named, text);
        assert(names_tag(list, named, TagComparison::strong));
        const std::string weak = "W/" + named;
        assert(names_tag(weak, named, TagComparison::weak));
        assert(!names_tag(weak, named, TagComparison::strong));
    }
}

void check_compression(std::string_view accepted, std::string_view body) {
    assert(accepts_gzip(fmt::format("{},gzip", accepted)));
    assert(!accepts_gzip(fmt::format("{}, GZIP ; q=0.0", accepted)));
    if (body.size() < 16) return; // To compress takes longer than all the rest.
    const std::string packed = gzip(body);
    assert(parcels::is_gzip(packed));
    const auto unpacked = parcels::gunzip(packed, body.size() + 1);
    assert(unpacked && *unpacked == body);
}

/// Nobody but a proxy that was named says who a request comes from, and what is kept is always an
/// address in its one spelling.
void check_origin(const std::vector<std::string>& networks, std::string_view peer_text,
                  const Fields& fields) {
    const auto proxies = TrustedProxies::parse(networks);
    if (!proxies) {
        assert(proxies.error().reason == "proxy.malformed");
        return;
    }
    for (const std::string& network : networks) {
        boost::system::error_code error;
        const auto address = ip::make_address(network.substr(0, network.find('/')), error);
        assert(!error && proxies->contains(address));
    }
    boost::system::error_code error;
    const ip::address peer = ip::make_address(std::string{peer_text}, error);
    if (error) return;
    const Origin origin = proxies->origin(peer, fields);
    if (!proxies->contains(peer))
        assert(origin.address == plain_address(peer).to_string() && !origin.secure);
    const ip::address found = ip::make_address(origin.address, error);
    assert(!error && plain_address(found) == found && found.to_string() == origin.address);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto parts = fuzz::parts_of(fuzz::text_of(data, size), 4);
    check_decoding(parts[0]);
    check_readable(parts[0]);
    check_lists(parts[0]);
    check_tags(parts[0]);
    check_compression(parts[0], parts[1]);
    std::vector<std::string> networks;
    for_each_element(parts[1], [&](std::string_view network) { networks.emplace_back(network); });
    check_origin(networks, trimmed(parts[2].substr(0, parts[2].find('\n'))),
                 {{"X-Forwarded-For", parts[0]},
                  {"x-forwarded-proto", parts[3]},
                  {"X-Forwarded-For", parts[3]}});
    return 0;
}
