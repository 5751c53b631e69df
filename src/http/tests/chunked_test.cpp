#include "http/chunked.hpp"

#include <gtest/gtest.h>

namespace strikeoff::http {
namespace {

using State = ChunkedDecoder::State;

State fed(std::string_view input) {
    ChunkedDecoder decoder{100};
    return decoder.feed(input);
}

TEST(Chunked, extensions_are_read_by_their_grammar) {
    for (const char* extension : {"", ";a", ";a=b", ";a=\"b;c\"", ";a=\"\\\"\";d", ";a=\"\""})
        EXPECT_EQ(fed("1" + std::string{extension} + "\r\nx\r\n0\r\n\r\n"), State::done)
            << extension;
    for (const char* extension : {";", ";;a", ";a=", ";=b", ";a b", " ;a", ";a=\"", ";a=\"\\\"",
                                  ";a=\"b\"c", ";a=b\"c\"", ";a=b=c"})
        EXPECT_EQ(fed("1" + std::string{extension} + "\r\nx\r\n0\r\n\r\n"), State::malformed)
            << extension;
}

} // namespace
} // namespace strikeoff::http
