#include "support/server/process.hpp"

#include "support/run_command.hpp"
#include "support/server/live_server.hpp"
#include "support/server/raw_connection.hpp"

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>

namespace strikeoff::testing {

using namespace std::chrono_literals;

Process::Process(const std::vector<std::string>& command, const std::filesystem::path& log)
    : log_{log} {
    std::vector<std::string> words = command;
    std::vector<char*> argv;
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                       0600);
    ::posix_spawn_file_actions_adddup2(&actions, 1, 2);
    const int error = ::posix_spawnp(&pid_, argv[0], &actions, nullptr, argv.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::system_error(error, std::generic_category(), command.front());
}

Process::~Process() {
    if (ended_) return;
    ::kill(pid_, SIGTERM);
    if (wait(20s) != -1) return;
    ::kill(pid_, SIGKILL);
    wait(20s);
}

void Process::signal(int number) const {
    ::kill(pid_, number);
}

int Process::wait(std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!ended_) {
        int status = 0;
        if (::waitpid(pid_, &status, WNOHANG) == pid_) {
            ended_ = true;
            exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        } else if (std::chrono::steady_clock::now() > until) {
            return -1;
        } else {
            std::this_thread::sleep_for(10ms);
        }
    }
    return exit_code_;
}

std::string Process::log_text() const {
    return testing_support::read_file(log_.string());
}

unsigned short free_port() {
    boost::asio::io_context io;
    const boost::asio::ip::tcp::acceptor acceptor{
        io, {boost::asio::ip::address_v4::loopback(), 0}, /*reuse_addr=*/true};
    return acceptor.local_endpoint().port();
}

bool listens(unsigned short port) {
    return eventually([port] {
        try {
            const RawConnection connection{port};
            return true;
        } catch (const std::system_error&) {
            return false;
        }
    });
}

} // namespace strikeoff::testing
