#pragma once

#include "modules/parcels/import_columns.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace strikeoff::parcels {

/// Reads `1234.56`, `1,234.56`, `$1,234.56` or `-$5`: commas only between groups of three digits.
/// Fails with `money.malformed`.
Result<Money> parse_file_money(std::string_view text);

/// Reads the fields of one record by our columns and gathers what is wrong with them. A column that
/// the file does not have reads as blank.
class RecordFields {
public:
    RecordFields(const ColumnMap& columns, Encoding encoding)
        : columns_{columns}, encoding_{encoding} {}

    void start(std::size_t line, std::span<const std::string_view> fields);
    const std::vector<RowError>& errors() const { return errors_; }
    std::size_t line() const { return line_; }

    /// The fields in which we have columns, by the headers of the file; none of a record that could
    /// not be split.
    std::vector<std::pair<std::string, std::string>> values() const;

    /// As it stands in the file, without spaces around it.
    template <DescribedEnum Column>
    std::string_view raw(Column column) const {
        return raw_at(index(column));
    }
    template <DescribedEnum Column>
    bool has(Column column) const {
        return columns_.position(index(column)).has_value();
    }
    template <DescribedEnum Column>
    std::optional<std::string> text(Column column) {
        return text_at(index(column));
    }
    /// Text that must not be blank.
    template <DescribedEnum Column>
    std::string key(Column column) {
        return key_at(index(column));
    }
    /// An amount of 0.00 or more.
    template <DescribedEnum Column>
    std::optional<Money> money(Column column) {
        return money_at(index(column));
    }
    /// A whole number of at least `least`.
    template <DescribedEnum Column>
    std::optional<std::int32_t> number(Column column, std::int32_t least) {
        return number_at(index(column), least);
    }
    template <DescribedEnum Column>
    std::optional<std::int32_t> year(Column column) {
        return year_at(index(column));
    }
    template <DescribedEnum Column>
    std::optional<Rate> rate(Column column) {
        return rate_at(index(column));
    }
    template <DescribedEnum Column>
    std::optional<Date> date(Column column) {
        return date_at(index(column));
    }
    /// 1, Y, Yes, True or the word `also`; 0, N, No, False or blank.
    template <DescribedEnum Column>
    bool flag(Column column, std::string_view also = {}) {
        return flag_at(index(column), also);
    }
    template <DescribedEnum Column>
    void refuse(Column column, std::string message) {
        refuse_at(index(column), std::move(message));
    }

private:
    template <DescribedEnum Column>
    static std::size_t index(Column column) {
        return static_cast<std::size_t>(column);
    }
    std::string_view raw_at(std::size_t column) const;
    std::optional<std::string> text_at(std::size_t column);
    std::string key_at(std::size_t column);
    std::optional<Money> money_at(std::size_t column);
    std::optional<std::int32_t> number_at(std::size_t column, std::int32_t least);
    std::optional<std::int32_t> year_at(std::size_t column);
    std::optional<Rate> rate_at(std::size_t column);
    std::optional<Date> date_at(std::size_t column);
    bool flag_at(std::size_t column, std::string_view also);
    std::string shown(std::string_view raw) const;
    void refuse_at(std::size_t column, std::string message);

    const ColumnMap& columns_;
    Encoding encoding_;
    std::size_t line_ = 0;
    std::span<const std::string_view> fields_;
    std::vector<RowError> errors_;
};

} // namespace strikeoff::parcels
