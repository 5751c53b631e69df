// Rules of the house that no compiler checks, held against the sources themselves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace strikeoff::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

struct Source {
    std::string path; ///< From the root of the tree.
    std::vector<std::string> lines;
    std::string text;
};

std::vector<Source> sources(const std::string& folder) {
    std::vector<Source> found;
    const fs::path root{STRIKEOFF_SOURCE};
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
        const fs::path extension = entry.path().extension();
        if (extension != ".cpp" && extension != ".hpp") continue;
        Source source{.path = fs::relative(entry.path(), root)};
        std::ifstream in(entry.path());
        for (std::string line; std::getline(in, line);) {
            source.lines.push_back(line);
            source.text += line + "\n";
        }
        found.push_back(std::move(source));
    }
    return found;
}

bool is_test(const Source& source) {
    return source.path.find("/tests/") != std::string::npos;
}

/// `path:line: text` of every line that the expression matches, comments left out.
std::vector<std::string> lines_matching(const std::vector<Source>& files, const std::regex& bad,
                                        const std::function<bool(const Source&)>& wanted) {
    std::vector<std::string> found;
    for (const Source& source : files) {
        if (!wanted(source)) continue;
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            const std::string code = source.lines[i].substr(0, source.lines[i].find("//"));
            if (std::regex_search(code, bad))
                found.push_back(source.path + ":" + std::to_string(i + 1) + ": " + code);
        }
    }
    return found;
}

struct Owners {
    std::map<std::string, std::string> module_of_table;
    std::map<std::string, std::set<std::string>> edges;
};

Owners read_owners() {
    Owners owners;
    std::ifstream in(fs::path{STRIKEOFF_SOURCE} / "src" / "modules" / "OWNERS.txt");
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::istringstream words(line);
        std::string first;
        std::string second;
        words >> first >> second;
        if (second != "->") {
            owners.module_of_table[first] = second;
            continue;
        }
        for (std::string target; words >> target;)
            owners.edges[first].insert(target);
        owners.edges[first];
    }
    return owners;
}

TEST(Tidy, lines_have_at_most_100_columns_and_no_tabs) {
    std::vector<std::string> bad;
    for (const char* folder : {"src", "tests", "bench"})
        for (const Source& source : sources(folder))
            for (std::size_t i = 0; i < source.lines.size(); ++i) {
                std::size_t columns = 0; // UTF-8 continuation bytes take no column.
                for (const char c : source.lines[i])
                    columns += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
                const bool sql_or_data = columns > 100 && source.lines[i].starts_with("    ") &&
                                         source.text.find("R\"sql(") != std::string::npos;
                if ((columns > 100 && !sql_or_data) ||
                    source.lines[i].find('\t') != std::string::npos)
                    bad.push_back(source.path + ":" + std::to_string(i + 1));
            }
    EXPECT_THAT(bad, IsEmpty());
}

TEST(Tidy, there_is_no_floating_point_near_money) {
    const std::regex floating{R"(\b(float|double)\b(?!, string_view))"};
    for (const char* folder : {"src/core", "src/modules"})
        EXPECT_THAT(lines_matching(sources(folder), floating,
                                   [](const Source& source) { return !is_test(source); }),
                    IsEmpty());
}

TEST(Tidy, the_engine_is_pure) {
    const std::regex impure{
        R"(#include <(fstream|iostream|thread|mutex|filesystem|random|libpq|unistd)"
        R"(|sys/|boost/asio|boost/beast)|::now\(\)|\brand\(|random_device)"};
    EXPECT_THAT(lines_matching(sources("src/core"), impure,
                               [](const Source& source) { return !is_test(source); }),
                IsEmpty());
}

TEST(Tidy, only_clocks_know_the_time) {
    const std::regex clock{R"(system_clock::now|steady_clock::now|\btime\(nullptr\)|gettimeofday)"};
    EXPECT_THAT(lines_matching(sources("src/modules"), clock,
                               [](const Source& source) { return !is_test(source); }),
                IsEmpty());
}

TEST(Tidy, arrows_point_down) {
    // A layer may include itself and those before it.
    const std::vector<std::string> layers{"core", "db", "mail", "http", "realtime", "modules"};
    std::vector<std::string> bad;
    const std::regex include{R"re(#include "([a-z_]+)/)re"};
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        const fs::path folder = fs::path{STRIKEOFF_SOURCE} / "src" / layers[layer];
        if (!fs::exists(folder)) continue;
        for (const Source& source : sources("src/" + layers[layer])) {
            if (is_test(source)) continue;
            for (const std::string& line : source.lines) {
                std::smatch match;
                if (!std::regex_search(line, match, include)) continue;
                const auto target = std::ranges::find(layers, match[1].str());
                if (target != layers.end() &&
                    static_cast<std::size_t>(target - layers.begin()) > layer)
                    bad.push_back(source.path + ": " + line);
            }
        }
    }
    EXPECT_THAT(bad, IsEmpty());
}

TEST(Tidy, modules_call_only_whom_they_may_and_without_a_cycle) {
    const Owners owners = read_owners();
    std::vector<std::string> bad;
    const std::regex include{R"re(#include "modules/([a-z_]+)/)re"};
    std::map<std::string, std::set<std::string>> used;
    for (const Source& source : sources("src/modules")) {
        if (is_test(source)) continue;
        const std::string module = source.path.substr(12, source.path.find('/', 12) - 12);
        for (const std::string& line : source.lines) {
            std::smatch match;
            if (!std::regex_search(line, match, include) || match[1] == module) continue;
            used[module].insert(match[1]);
            const auto edges = owners.edges.find(module);
            if (edges == owners.edges.end() || !edges->second.contains(match[1]))
                bad.push_back(source.path + ": " + line);
        }
    }
    EXPECT_THAT(bad, IsEmpty());
    // Remove modules that call nobody left, as long as there are any: what stays is a cycle.
    for (bool removed = true; removed;) {
        removed = false;
        for (auto module = used.begin(); module != used.end();) {
            const bool leaf = std::ranges::none_of(
                module->second, [&](const std::string& target) { return used.contains(target); });
            removed |= leaf;
            module = leaf ? used.erase(module) : std::next(module);
        }
    }
    EXPECT_TRUE(used.empty()) << "a cycle through " << used.begin()->first;
}

TEST(Tidy, only_the_owner_writes_a_table) {
    const Owners owners = read_owners();
    const std::regex write{R"((INSERT INTO|UPDATE|DELETE FROM)\s+([a-z_]+)\b)"};
    // The closing writes what follows from an award in the award's own transaction.
    const std::set<std::string> of_the_closing{
        "bids",           "winning_bids", "certificates",   "certificate_history", "budgets",
        "batch_journals", "transactions", "ledger_entries", "ledger_accounts",     "outbox_events"};
    // Barring narrows the books in the transaction that bars.
    const std::set<std::string> of_barring{"batches", "book_changes"};
    std::vector<std::string> bad;
    for (const Source& source : sources("src/modules")) {
        if (is_test(source)) continue;
        const std::string module = source.path.substr(12, source.path.find('/', 12) - 12);
        for (std::sregex_iterator at(source.text.begin(), source.text.end(), write), end; at != end;
             ++at) {
            const std::string table = (*at)[2];
            const auto owner = owners.module_of_table.find(table);
            if (owner == owners.module_of_table.end() || owner->second == module) continue;
            if (module == "auctions" && of_the_closing.contains(table)) continue;
            if (module == "auctions" && table == "book_changes") continue;
            if (module == "onboarding" && of_barring.contains(table)) continue;
            bad.push_back(source.path + " writes " + table + " of " + owner->second);
        }
    }
    EXPECT_THAT(bad, IsEmpty());
}

TEST(Tidy, comments_hold_no_code_and_no_promises) {
    const std::regex code{R"(^\s*//\s*(TODO|XXX|[\w:.<>]+(\(| = ).*;\s*$))"};
    std::vector<std::string> bad;
    for (const Source& source : sources("src"))
        for (std::size_t i = 0; i < source.lines.size(); ++i)
            if (std::regex_search(source.lines[i], code))
                bad.push_back(source.path + ":" + std::to_string(i + 1) + source.lines[i]);
    EXPECT_THAT(bad, IsEmpty());
}

// What is logged past src/log.hpp has no type that keeps secrets out.
TEST(Tidy, there_is_one_way_into_the_log) {
    const std::regex past{R"(spdlog::|std::(cerr|clog)\b)"};
    EXPECT_THAT(
        lines_matching(sources("src"), past,
                       [](const Source& source) { return !source.path.starts_with("src/log."); }),
        IsEmpty());
}

TEST(Tidy, statements_never_select_everything) {
    EXPECT_THAT(lines_matching(sources("src"), std::regex{R"(SELECT \*)"},
                               [](const Source&) { return true; }),
                IsEmpty());
}

} // namespace
} // namespace strikeoff::testing
