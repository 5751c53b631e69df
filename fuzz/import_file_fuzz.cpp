// Covers: src/modules/parcels/import_columns.cpp src/modules/parcels/import_encoding.cpp
// Covers: src/modules/parcels/import_fields.cpp src/modules/parcels/import_file.cpp
// Covers: src/modules/parcels/import_rows.cpp src/modules/parcels/import_sequence.cpp
#include "core/csv.hpp"
#include "modules/parcels/import_encoding.hpp"
#include "modules/parcels/import_fields.hpp"
#include "modules/parcels/import_file.hpp"

#include <cassert>

namespace {

using namespace strikeoff;
using namespace strikeoff::parcels;

/// Holds each record to what the database and the pages rely on.
class Checker : public ImportVisitor {
public:
    void parcel(std::size_t line, const ParcelRecord& record) override {
        take(line, record.parcel_id);
        assert(record.just_value.value_or(Money{}) >= Money{});
    }
    void advertised(std::size_t line, const AdvertisedRecord& record) override {
        take(line, record.parcel_id);
        assert(record.face > Money{});
        assert(record.tax_amount.value_or(Money{}) <= record.face);
    }
    void result(std::size_t line, const ResultRecord& record) override {
        take(line, record.parcel_id);
        assert(record.face > Money{});
    }
    void rejected(const std::vector<RowError>& errors, const RecordFields& fields) override {
        assert(!errors.empty());
        for (const RowError& error : errors)
            assert(is_utf8(error.message) && is_utf8(error.column) && error.line == fields.line());
        for (const auto& [name, value] : fields.values())
            assert(is_utf8(name) && is_utf8(value));
        go_on(fields.line());
        ++rejected_count;
    }

    std::size_t accepted_count = 0;
    std::size_t rejected_count = 0;

private:
    void take(std::size_t line, const std::string& parcel) {
        assert(!parcel.empty() && is_utf8(parcel) && !parcel.contains('\0'));
        go_on(line);
        ++accepted_count;
    }
    void go_on(std::size_t line) {
        assert(line > last_line_);
        last_line_ = line;
    }
    std::size_t last_line_ = 1;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    // The first byte chooses the format; headers that fit one are too rare to find by chance.
    constexpr std::string_view headers[] = {
        "", "PARCEL_ID,SEQ_NO,JV,JV_HMSTD,EXMPT_01,OWN_NAME,ASMNT_YR\n",
        "parcel_id,assessed_value,taxable_county,exempt_codes,dor_use\n",
        "Adv No.,Parcel No.,Face Amount,Tax Year,Homestead,Tax Amount,Removed,Paid\n",
        "Parcel No.,Face,Winner,Award Rate,Auction Date,Num Bids\n"};
    std::string text{headers[data[0] % std::size(headers)]};
    text.append(reinterpret_cast<const char*>(data) + 1, size - 1);

    Checker checker;
    const auto report = read_import(text, std::nullopt, checker);
    if (report) {
        assert(report->rows == report->accepted + report->rejected);
        assert(report->accepted == checker.accepted_count);
        assert(report->rejected == checker.rejected_count);
        assert(report->errors.size() <= reported_errors_max);
        assert(report->total_face.value_or(Money{}) >= Money{});
    }
    if (is_gzip({reinterpret_cast<const char*>(data), size}))
        (void)gunzip({reinterpret_cast<const char*>(data), size}, std::size_t{1} << 20);
    return 0;
}
