#pragma once

#include "core/book_record.hpp"
#include "core/leaf.hpp"

#include <boost/json.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

/// The known answers of draw.md: `draw-kat.json` and the whole small sale beside it.
namespace strikeoff::draw_kat {

inline constexpr std::string_view sale_path =
    STRIKEOFF_TEST_DATA "/draw-kat/transcript-01a0c459-9d3b-7fe6-aaad-a4d044eab9bc";

inline std::string read_file(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    if (!in) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>{in}, {}};
}

inline const boost::json::object& answers() {
    static const boost::json::value value =
        boost::json::parse(read_file(STRIKEOFF_TEST_DATA "/draw-kat.json"));
    return value.as_object();
}

inline std::string transcript_text() {
    return read_file(std::string{sale_path} + ".json");
}
inline const boost::json::object& transcript() {
    static const boost::json::value value = boost::json::parse(transcript_text());
    return value.as_object();
}
inline std::string leaves_text() {
    return read_file(std::string{sale_path} + ".leaves");
}
inline std::string receipts_text() {
    return read_file(STRIKEOFF_TEST_DATA "/draw-kat/receipts.json");
}

template <std::size_t N>
std::array<std::uint8_t, N> bytes(const boost::json::value& hex) {
    return from_hex_fixed<N>(hex.as_string()).value();
}
inline Hash hash(const boost::json::value& hex) {
    return bytes<32>(hex);
}
inline Hash answer(std::string_view name) {
    return hash(answers().at(name));
}
inline std::string answer_text(std::string_view name) {
    return std::string{answers().at(name).as_string()};
}

template <class Id>
Id id(const boost::json::value& text) {
    return Id{parse_uuid(text.as_string()).value()};
}
inline Instant instant(const boost::json::value& micros) {
    return Instant::from_micros(std::stoll(std::string{micros.as_string()}));
}
inline Money cents(const boost::json::value& text) {
    return Money::from_cents(std::stoll(std::string{text.as_string()}));
}
template <class Integer>
Integer number(const boost::json::value& value) {
    return value.to_number<Integer>();
}

inline BatchId batch() {
    return id<BatchId>(answers().at("batch_id"));
}

inline std::vector<BookLot> lots() {
    std::vector<BookLot> out;
    for (const auto& lot : transcript().at("book").at("lots").as_array())
        out.push_back({number<std::uint32_t>(lot.at(0)), id<CertificateId>(lot.at(1)),
                       cents(lot.at(2)), lot.at(3) == 1});
    return out;
}
inline std::vector<BookBidder> bidders() {
    std::vector<BookBidder> out;
    for (const auto& bidder : transcript().at("book").at("bidders").as_array())
        out.push_back({bytes<16>(bidder.at(0)), cents(bidder.at(1)),
                       number<std::uint32_t>(bidder.at(2)), bidder.at(3) == 1});
    return out;
}
inline std::vector<BookGroup> groups() {
    std::vector<BookGroup> out;
    for (const auto& group : transcript().at("groups").as_array()) {
        out.push_back({bytes<16>(group.at(0)), {}});
        for (const auto& member : group.at(1).as_array())
            out.back().members.push_back(id<BidderNumberId>(member));
    }
    return out;
}

/// The leaves in order, built from what they stand for rather than from their bytes.
inline std::vector<Leaf> leaves() {
    const HmacSha256 k_auction{answer("k_auction")};
    const HmacSha256 k_blind{answer("k_blind")};
    std::vector<Leaf> out;
    for (const auto& row : answers().at("leaves").as_array()) {
        const auto user = id<UserId>(row.at("user_id"));
        const auto bid = id<BidId>(row.at("bid_id"));
        out.push_back({.kind = static_cast<BidKind>(number<int>(row.at("kind"))),
                       .batch = batch(),
                       .bid = bid,
                       .certificate = id<CertificateId>(row.at("certificate_id")),
                       .bidder_ref = bidder_ref(bidder_key(k_auction, user), user),
                       .rate = Rate::from_bp(number<std::int32_t>(row.at("rate"))),
                       .accepted_at = instant(row.at("accepted_at")),
                       .blind = blind(k_blind, bid)});
    }
    return out;
}

} // namespace strikeoff::draw_kat
