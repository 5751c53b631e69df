#include "support/server/served_process.hpp"

#include "client/api.hpp"
#include "support/server/live_server.hpp"

#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <regex>
#include <sys/wait.h>
#include <unistd.h>

namespace strikeoff::testing {

OpenDirectory::OpenDirectory() {
    using enum std::filesystem::perms;
    std::filesystem::permissions(path(""),
                                 owner_all | group_read | group_exec | others_read | others_exec);
}

ServedProcess::ServedProcess(const std::string& data, const std::string& keys, std::string log)
    : log_{std::move(log)} {
    std::ofstream{log_}.flush();
    child_ = ::fork();
    if (child_ == 0) {
        const int output = ::open(log_.c_str(), O_WRONLY | O_APPEND);
        if (output < 0) ::_exit(127);
        ::dup2(output, STDERR_FILENO);
        ::execl(STRIKEOFF_BINARY, STRIKEOFF_BINARY, "serve", "--data", data.c_str(), "--keys",
                keys.c_str(), "--port", "0", "--admin-port", "0", nullptr);
        ::_exit(127);
    }
    const bool listens =
        eventually([&] { return log_text().find("\"listening\"") != std::string::npos; });
    if (!listens) {
        stop();
        throw std::runtime_error("it does not serve:\n" + log_text());
    }
    port_ = port_after("\"listening\"");
    admin_port_ = port_after("\"listening for the operator\"");
}

std::string ServedProcess::fetch(const std::string& path) const {
    client::Api api{{.host = "127.0.0.1", .port = port_}, ""};
    const auto body = api.fetch(path);
    return body ? *body : "refused: " + body.error().message;
}

int ServedProcess::stop() {
    if (child_ == 0) return 0;
    int status = 0;
    ::kill(child_, SIGTERM);
    ::waitpid(std::exchange(child_, 0), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string ServedProcess::port_after(const std::string& message) const {
    const std::string log = log_text();
    const std::string rest = log.substr(std::min(log.size(), log.find(message)));
    std::smatch match;
    if (!std::regex_search(rest, match, std::regex{R"(http://127\.0\.0\.1:(\d+))"}))
        throw std::runtime_error("no address in the log:\n" + log);
    return match[1];
}

} // namespace strikeoff::testing
