#include "support/server/golden.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace strikeoff::testing {

void expect_golden(std::string_view name, const std::string& actual) {
    const std::filesystem::path path =
        std::filesystem::path{STRIKEOFF_SOURCE} / "tests" / "golden" / name;
    if (std::getenv("UPDATE_GOLDEN")) {
        std::ofstream(path, std::ios::binary) << actual;
        return;
    }
    std::ifstream in(path, std::ios::binary);
    const std::string expected{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(actual, expected) << "run with UPDATE_GOLDEN=1 and review the difference of " << path;
}

} // namespace strikeoff::testing
