#include "modules/parcels/import_encoding.hpp"
#include "modules/parcels/import_fields.hpp"

#include <gtest/gtest.h>

#include <array>
#include <zlib.h>

namespace strikeoff::parcels {
namespace {

std::string gzip(std::string_view text) {
    ::z_stream stream{};
    EXPECT_EQ(::deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string out(::deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(::deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    ::deflateEnd(&stream);
    return out;
}

constexpr std::size_t much = std::size_t{100} << 20;

TEST(Gunzip, gives_the_text_back) {
    std::string text;
    for (int i = 0; i < 400'000; ++i)
        text += std::to_string(std::int64_t{i} * 7919) + ",";
    EXPECT_EQ(gunzip(gzip(text), much), text);
    EXPECT_EQ(gunzip(gzip(""), much), "");
    EXPECT_EQ(gunzip(gzip("a") + gzip("b"), much), "ab") << "one after the other";
}

TEST(Gunzip, refuses_what_is_damaged_or_cut_off) {
    const std::string whole = gzip(std::string(100'000, 'x') + "y");
    for (std::size_t size = 2; size < whole.size(); size += 7)
        EXPECT_EQ(gunzip(whole.substr(0, size), much).error().reason, "import.gzip") << size;
    std::string damaged = whole;
    damaged[whole.size() - 6] = static_cast<char>(damaged[whole.size() - 6] ^ 1);
    EXPECT_EQ(gunzip(damaged, much).error().reason, "import.gzip") << "the checksum";
    EXPECT_EQ(gunzip(whole + "tail", much).error().reason, "import.gzip");
}

TEST(Gunzip, refuses_a_small_file_that_holds_too_much) {
    const std::string bomb = gzip(std::string(std::size_t{8} << 20, '\0'));
    ASSERT_LT(bomb.size(), 100'000U);
    EXPECT_EQ(gunzip(bomb, std::size_t{4} << 20).error().reason, "import.gzip");
    EXPECT_EQ(gunzip(bomb, std::size_t{8} << 20)->size(), std::size_t{8} << 20);
}

TEST(Utf8, is_what_rfc_3629_says) {
    for (const char* good : {"", "abc", "\u00e9", "\u20ac", "\U0001f600", "\xed\x9f\xbf",
                             "\xf4\x8f\xbf\xbf", "12345678\u00e9 and more text"})
        EXPECT_TRUE(is_utf8(good)) << good;
    for (const char* bad :
         {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\xc3", "12345678\xe9", "\xff"})
        EXPECT_FALSE(is_utf8(bad)) << bad;
}

TEST(FileMoney, is_read_with_dollar_and_commas) {
    const std::array<std::pair<const char*, std::int64_t>, 10> amounts{
        {{"1234.56", 123'456},
         {"$1,234.56", 123'456},
         {"1,234", 123'400},
         {"$12,345,678.9", 1'234'567'890},
         {"$ 5", 500},
         {"-$5", -500},
         {"-5.00", -500},
         {"$0", 0},
         {"999", 99'900},
         {"$999,999,999,999.99", 99'999'999'999'999}}};
    for (const auto& [text, cents] : amounts)
        EXPECT_EQ(parse_file_money(text).value().cents(), cents) << text;
    for (const char* text :
         {"", "$", "-", "$-5", "--5", "1,23", "1,2345", ",123", "1,", "1,,234", "1234,567",
          "1.2,345", "1.234", "(5.00)", "5 USD", "1e3", "$$5", "1 234"})
        EXPECT_EQ(parse_file_money(text).error().reason, "money.malformed") << text;
}

} // namespace
} // namespace strikeoff::parcels
