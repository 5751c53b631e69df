#include "support/nal_file.hpp"

#include <fmt/format.h>

#include <fstream>
#include <map>
#include <random>
#include <stdexcept>
#include <vector>

namespace strikeoff::testing_support {
namespace {

std::vector<std::string> nal_columns() {
    std::ifstream in{STRIKEOFF_TEST_DATA "/imports/nal_header.csv"};
    std::string header;
    if (!std::getline(in, header)) throw std::runtime_error("no header of a NAL file");
    header.erase(header.find_last_not_of("\r\n") + 1);
    std::vector<std::string> columns;
    std::size_t from = 0;
    for (std::size_t to = 0; to != std::string::npos; from = to + 1) {
        to = header.find(',', from);
        columns.push_back(header.substr(from, to - from));
    }
    return columns;
}

/// The values of one row by column; the others are blank, as most of a roll is.
using Row = std::map<std::string, std::string>;

class Writer {
public:
    explicit Writer(const NalOptions& options) : options_{options}, random_{options.seed} {}

    NalFile write() {
        for (std::size_t i = 0; i < columns_.size(); ++i)
            file_.text += (i ? "," : "") + columns_[i];
        end_line();
        for (std::size_t i = 0; i < options_.parcels; ++i)
            write_parcel(i);
        return std::move(file_);
    }

private:
    std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

    void write_parcel(std::size_t number) {
        const std::string parcel =
            fmt::format("{:02}-{:04}-{:06}", number % 67, number % 9'973, number);
        // The one that counts may stand before or after those that it replaces.
        const std::size_t versions = below(10) == 0 ? 2 + below(2) : 1;
        const std::size_t highest = below(versions);
        for (std::size_t i = 0; i < versions; ++i) {
            Row row = random_row(parcel);
            const std::size_t sequence = i == highest ? versions : i < highest ? i + 1 : i;
            row["SEQ_NO"] = std::to_string(sequence);
            append(row);
            ++file_.rows;
            if (i != highest) {
                ++file_.superseded;
                continue;
            }
            if (row["JV_HMSTD"] > "0" || row["EXMPT_01"] > "0") ++file_.homesteads;
            if (!row["JV"].empty()) file_.just_value += std::stoll(row["JV"]);
        }
    }

    Row random_row(const std::string& parcel) {
        Row row{{"CO_NO", "22"}, {"PARCEL_ID", parcel}, {"FILE_T", "R"}, {"ASMNT_YR", "2026"}};
        row["DOR_UC"] = fmt::format("{:03}", below(100));
        if (below(20) != 0) row["JV"] = std::to_string(below(900'000));
        if (below(20) != 0) row["AV_NSD"] = std::to_string(below(900'000));
        if (below(20) != 0) row["TV_NSD"] = std::to_string(below(900'000));
        row["JV_HMSTD"] = below(3) == 0 ? std::to_string(1 + below(400'000)) : below(2) ? "0" : "";
        row["EXMPT_01"] = below(4) == 0 ? "25000" : below(2) ? "0" : "";
        row["OWN_NAME"] = options_.latin_1 && below(4) == 0 ? "PE\xd1"
                                                              "A JOS\xc9 & MU\xd1OZ"
                                                            : "SMITH JOHN \"JACK\", TRUSTEE";
        row["S_LEGAL"] = below(5) == 0 ? "LOT 1\nBLOCK 2, \"OAKS\"" : "LOT 3 BLOCK 4";
        row["PHY_ADDR1"] = fmt::format("{} SW MAIN ST, UNIT {}", below(9'999), below(99));
        row["PHY_CITY"] = "LAKE BUTLER";
        row["PHY_ZIPCD"] = "32054";
        return row;
    }

    void append(const Row& row) {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (i > 0) file_.text += ',';
            const auto found = row.find(columns_[i]);
            if (found != row.end()) append_field(found->second);
        }
        end_line();
    }

    void append_field(const std::string& value) {
        if (value.find_first_of(",\"\n") == std::string::npos) {
            file_.text += value;
            return;
        }
        file_.text += '"';
        for (const char c : value) {
            if (c == '"') file_.text += '"';
            file_.text += c;
        }
        file_.text += '"';
    }

    void end_line() { file_.text += options_.crlf ? "\r\n" : "\n"; }

    NalOptions options_;
    std::mt19937_64 random_;
    std::vector<std::string> columns_ = nal_columns();
    NalFile file_;
};

} // namespace

NalFile make_nal_file(const NalOptions& options) {
    return Writer{options}.write();
}

} // namespace strikeoff::testing_support
