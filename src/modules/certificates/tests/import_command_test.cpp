// The command against the database of a service that runs: it joins the same cluster.
#include "support/server/live_server.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>

namespace strikeoff::testing {
namespace {

/// Runs the built binary beside the service and returns what it prints.
std::string run(const std::string& words) {
    LiveServer& server = LiveServer::instance();
    std::string database =
        fmt::format("--data {} --keys {}", (server.directory() / "data").string(),
                    (server.directory() / "keys").string());
    if (const char* url = std::getenv("STRIKEOFF_TEST_DATABASE"))
        database += fmt::format(" --database '{}'", url);
    const std::string command = fmt::format("{} {} {}", STRIKEOFF_BINARY, words, database);
    std::FILE* const pipe = ::popen(command.c_str(), "r");
    if (!pipe) throw std::runtime_error("popen");
    std::string output;
    std::array<char, 4096> piece{};
    for (std::size_t got; (got = std::fread(piece.data(), 1, piece.size(), pipe)) > 0;)
        output.append(piece.data(), got);
    EXPECT_EQ(::pclose(pipe), 0) << command;
    return output;
}

TEST(ImportCommandOnADatabase, takes_a_roll_and_a_list_in) {
    LiveServer& server = LiveServer::instance();
    const Reply county =
        server.call("POST", "/api/v1/counties", server.admin_key(),
                    R"({"name":"Imports )" + fresh_bid_id() + R"(","state":"FL"})");
    const std::string of_county = "--county " + county.text("id") + " ";
    const auto roll = boost::json::parse(
        run("import parcels " + of_county + STRIKEOFF_SOURCE "/demo/parcels.csv.gz"));
    EXPECT_EQ(roll.at("created").as_int64(), 4'555);

    const std::string path = server.directory() / "list.csv";
    std::ofstream{path} << "Parcel No.,Face Amount\n11-2S-15-00010-001,500\nA,x\n";
    const auto list =
        boost::json::parse(run("import advertised --tax-year 2024 " + of_county + path));
    EXPECT_EQ(list.at("created").as_int64(), 1);
    EXPECT_EQ(list.at("rejected").as_int64(), 1);
    const Reply certificates = server.call(
        "GET", "/api/v1/counties/" + county.text("id") + "/certificates", server.admin_key());
    EXPECT_EQ(certificates.json().at("items").at(0).at("parcel_id").as_string(),
              "11-2S-15-00010-001");
}

} // namespace
} // namespace strikeoff::testing
