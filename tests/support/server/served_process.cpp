#include "support/server/served_process.hpp"

#include "client/api.hpp"
#include "support/server/live_server.hpp"

#include <csignal>
#include <regex>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

std::vector<std::string> command_of(const ServeOptions& options) {
    std::vector<std::string> command{
        STRIKEOFF_BINARY, "serve",      "--data", options.data,
        "--keys",         options.keys, "--port", std::to_string(options.port)};
    command.insert(command.end(), options.flags.begin(), options.flags.end());
    return command;
}

} // namespace

OpenDirectory::OpenDirectory() {
    using enum std::filesystem::perms;
    std::filesystem::permissions(path(""),
                                 owner_all | group_read | group_exec | others_read | others_exec);
}

ServedProcess::ServedProcess(const ServeOptions& options)
    : process_{command_of(options), options.log} {}

bool ServedProcess::listens() const {
    return log_text().find("\"listening\"") != std::string::npos;
}

void ServedProcess::wait_until_it_listens() const {
    if (!eventually([&] { return listens(); }))
        throw std::runtime_error("it does not serve:\n" + log_text());
}

bool ServedProcess::answers() const {
    try {
        return listens() &&
               client::Api{{"127.0.0.1", std::to_string(port())}, ""}.fetch("/readyz").has_value();
    } catch (const client::ConnectionError&) {
        return false;
    }
}

std::string ServedProcess::fetch(const std::string& path) const {
    client::Api api{{.host = "127.0.0.1", .port = std::to_string(port())}, ""};
    const auto body = api.fetch(path);
    return body ? *body : "refused: " + body.error().message;
}

int ServedProcess::stop() {
    process_.signal(SIGTERM);
    return process_.wait(30s);
}

void ServedProcess::kill() {
    process_.signal(SIGKILL);
    process_.wait(30s);
}

unsigned short ServedProcess::port_of(const std::string& message) const {
    const std::string log = log_text();
    const std::string rest = log.substr(std::min(log.size(), log.find(message)));
    std::smatch match;
    if (!std::regex_search(rest, match, std::regex{R"(http://127\.0\.0\.1:(\d+))"}))
        throw std::runtime_error("no address in the log:\n" + log);
    return static_cast<unsigned short>(std::stoi(match[1]));
}

} // namespace strikeoff::testing
