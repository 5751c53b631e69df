#include "core/csv.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace strikeoff {
namespace {

struct Line {
    std::size_t number;
    std::vector<std::string> fields;
    friend bool operator==(const Line&, const Line&) = default;
};

/// All records; a refused one stands as its reason.
std::vector<Line> read_all(CsvReader& reader) {
    std::vector<Line> lines;
    for (;;) {
        const auto more = reader.next();
        if (!more)
            lines.push_back({reader.line(), {"! " + more.error().reason}});
        else if (*more)
            lines.push_back({reader.line(), {reader.fields().begin(), reader.fields().end()}});
        else
            return lines;
    }
}

std::vector<Line> read_all(std::string_view text) {
    CsvReader reader{text};
    return read_all(reader);
}

using Lines = std::vector<Line>;

TEST(CsvReader, reads_both_line_ends_and_a_last_line_without_one) {
    const Lines expected{{1, {"a", "b"}}, {2, {"1", ""}}, {3, {"", "2"}}};
    EXPECT_EQ(read_all("a,b\n1,\n,2\n"), expected);
    EXPECT_EQ(read_all("a,b\r\n1,\r\n,2\r\n"), expected);
    EXPECT_EQ(read_all("a,b\n1,\n,2"), expected);
    EXPECT_EQ(read_all("\xef\xbb\xbf"
                       "a,b\r\n1,\n,2\r"),
              expected);
}

TEST(CsvReader, undoes_quotes) {
    EXPECT_EQ(read_all("\"a\",\"b,c\",\"\",\"say \"\"hi\"\"\",\"\"\"\"\n"),
              (Lines{{1, {"a", "b,c", "", "say \"hi\"", "\""}}}));
    EXPECT_EQ(read_all("5\" pipe,x\n"), (Lines{{1, {"5\" pipe", "x"}}}));
}

TEST(CsvReader, counts_the_line_ends_inside_fields) {
    EXPECT_EQ(read_all("\"a\r\nb\n\",\"c\n\"\nd,e\n"),
              (Lines{{1, {"a\r\nb\n", "c\n"}}, {5, {"d", "e"}}}));
    EXPECT_EQ(read_all("\"a\n\n\"\n\n\r\n\"b\"\r\n"), (Lines{{1, {"a\n\n"}}, {6, {"b"}}}));
}

TEST(CsvReader, skips_empty_lines_but_not_empty_fields) {
    EXPECT_EQ(read_all("\n\na\n\n\"\"\n"), (Lines{{3, {"a"}}, {5, {""}}}));
    EXPECT_EQ(read_all(""), Lines{});
    EXPECT_EQ(read_all("\xef\xbb\xbf"), Lines{});
    EXPECT_EQ(read_all(","), (Lines{{1, {"", ""}}}));
}

TEST(CsvReader, goes_on_after_a_refused_record) {
    EXPECT_EQ(read_all("\"a\"b,c\nd\n\"x\ny\" z\ne\n\"f,\ng\n"),
              (Lines{{1, {"! csv.text_after_quote"}},
                     {2, {"d"}},
                     {3, {"! csv.text_after_quote"}},
                     {5, {"e"}},
                     {6, {"! csv.unterminated_quote"}}}));
}

TEST(CsvReader, wants_as_many_fields_as_the_header_has) {
    CsvReader reader{"a,b\n1\n1,2\n1,2,3\n\"1\",2,\n"};
    ASSERT_TRUE(reader.read_header());
    EXPECT_EQ(read_all(reader), (Lines{{2, {"! csv.field_count"}},
                                       {3, {"1", "2"}},
                                       {4, {"! csv.field_count"}},
                                       {5, {"! csv.field_count"}}}));
}

TEST(CsvReader, finds_columns_by_name) {
    CsvReader reader{"rate,extra,item,twice,twice\n"};
    ASSERT_TRUE(reader.read_header());
    const auto columns = [&](std::vector<std::string_view> names) { return reader.columns(names); };
    EXPECT_EQ(columns({"item", "rate"}), (std::vector<std::size_t>{2, 0}));
    EXPECT_EQ(columns({"item", "Rate"}).error().reason, "csv.column_missing");
    EXPECT_EQ(columns({"twice"}).error().reason, "csv.column_ambiguous");
    EXPECT_EQ(CsvReader{"\n"}.read_header().error().reason, "csv.no_header");
}

TEST(CsvWriter, quotes_only_where_it_must) {
    std::string out;
    append_csv_record(out, {"a", "b c", "d,e", "f\"g", "h\ni", "j\rk", ""});
    EXPECT_EQ(out, "a,b c,\"d,e\",\"f\"\"g\",\"h\ni\",\"j\rk\",\n");
}

TEST(CsvWriter, a_field_that_begins_like_a_byte_order_mark_is_read_back) {
    std::string out;
    append_csv_record(out, {"\xef\xbb\xbf", "a"});
    EXPECT_EQ(read_all(out), (Lines{{1, {"\xef\xbb\xbf", "a"}}}));
}

TEST(CsvWriter, what_is_written_is_read_back) {
    // Few letters, so that quotes, separators and line ends meet often.
    const auto field = rc::gen::container<std::string>(
        rc::gen::element('a', '"', ',', '\n', '\r', ' ', '\xef', '\xbb', '\xbf'));
    const bool holds = rc::check("a table survives writing and reading", [&] {
        const auto width = *rc::gen::inRange<std::size_t>(1, 6);
        const auto table = *rc::gen::container<std::vector<std::vector<std::string>>>(
            rc::gen::container<std::vector<std::string>>(width, field));
        std::string text = "\xef\xbb\xbf";
        for (const auto& row : table) {
            const std::vector<std::string_view> views(row.begin(), row.end());
            append_csv_record(text, views);
        }
        std::vector<std::vector<std::string>> read;
        for (Line& line : read_all(text))
            read.push_back(std::move(line.fields));
        RC_ASSERT(read == table);
    });
    EXPECT_TRUE(holds);
}

} // namespace
} // namespace strikeoff
