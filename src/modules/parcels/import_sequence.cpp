#include "modules/parcels/import_sequence.hpp"

#include "core/csv.hpp"
#include "modules/parcels/import_fields.hpp"

#include <algorithm>
#include <deque>

namespace strikeoff::parcels {
namespace {

struct Entry {
    std::string_view parcel;
    std::int64_t sequence = 0;
    std::size_t line = 0;
};

bool comes_before(const Entry& a, const Entry& b) {
    if (a.parcel != b.parcel) return a.parcel < b.parcel;
    if (a.sequence != b.sequence) return a.sequence > b.sequence;
    return a.line < b.line;
}

} // namespace

std::unordered_map<std::size_t, Superseded> superseded_lines(std::string_view text,
                                                             const ColumnMap& columns) {
    CsvReader reader{text};
    if (!reader.read_header()) return {};
    // The bytes are compared as they stand, so the encoding does not matter.
    RecordFields fields{columns, Encoding::utf_8};
    std::vector<Entry> entries;
    std::deque<std::string> kept; // Fields that are not a piece of the text.
    for (;;) {
        const auto more = reader.next();
        if (!more) continue; // Rejected when it is read in earnest.
        if (!*more) break;
        fields.start(reader.line(), reader.fields());
        std::string_view parcel = fields.raw(NalColumn::parcel_id);
        const auto sequence = fields.number(NalColumn::sequence, 0);
        if (!fields.errors().empty() || parcel.empty()) continue;
        const bool in_text = parcel.data() >= text.data() &&
                             parcel.data() + parcel.size() <= text.data() + text.size();
        if (!in_text) parcel = kept.emplace_back(parcel);
        entries.push_back({parcel, sequence.value_or(-1), reader.line()});
    }

    std::ranges::sort(entries, comes_before);
    std::unordered_map<std::size_t, Superseded> superseded;
    std::size_t best = 0;
    for (std::size_t i = 1; i < entries.size(); ++i) {
        if (entries[i].parcel != entries[best].parcel) {
            best = i;
            continue;
        }
        superseded[entries[i].line] = entries[i].sequence < entries[best].sequence
                                          ? Superseded::by_a_higher_sequence
                                          : Superseded::by_the_same_sequence;
    }
    return superseded;
}

} // namespace strikeoff::parcels
