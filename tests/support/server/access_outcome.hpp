#pragma once

#include "support/server/access_world.hpp"

#include <set>

namespace strikeoff::testing {

/// What a call came to, as far as it must be the same each time.
struct Outcome {
    int status = 0;
    std::string reason;           ///< Of a problem.
    std::string detail;           ///< The same.
    std::string type;             ///< Of an answer that is no JSON.
    std::set<std::string> fields; ///< Dotted paths; `[]` stands for each element of a list.

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome outcome_of(const Answer& answer, bool is_document);
/// For messages.
std::string text_of(const Outcome& outcome);

/// A table with a row for each way to call one route and a column for each caller. What is not
/// said by the status alone gets a letter, which is explained below.
class OutcomeTable {
public:
    explicit OutcomeTable(const std::vector<Caller>& callers) : callers_{callers} {}

    void add(const std::string& row, std::vector<Outcome> outcomes);
    std::string text() const;

private:
    const std::vector<Caller>& callers_;
    std::vector<std::pair<std::string, std::vector<Outcome>>> rows_;
};

} // namespace strikeoff::testing
