#include "client/child_process.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace strikeoff::client {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::string own_binary() {
    return fs::read_symlink("/proc/self/exe").string();
}

int open_output(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), file.string());
    return descriptor;
}

/// In the child; only async-signal-safe calls, as other threads may hold locks.
[[noreturn]] void become(char* const* argv, pid_t parent, int output, int errors) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) ::_exit(126); // It died before we asked to be told.
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    const int null = ::open("/dev/null", O_RDONLY);
    ::dup2(null, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(errors, STDERR_FILENO);
    ::execv(argv[0], argv);
    ::_exit(127);
}

pid_t spawn(const std::vector<std::string>& arguments, int output, int errors) {
    std::vector<std::string> words{own_binary()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child == 0) become(argv.data(), parent, output, errors);
    const int error = errno;
    if (child < 0) throw std::system_error(error, std::generic_category(), "fork");
    ::setpgid(child, child); // Whoever is first.
    return child;
}

int code_of(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string text_of(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

ChildProcess::ChildProcess(std::vector<std::string> arguments, fs::path log)
    : log_{std::move(log)} {
    const int descriptor = open_output(log_);
    try {
        pid_ = spawn(arguments, descriptor, descriptor);
    } catch (...) {
        ::close(descriptor);
        throw;
    }
    ::close(descriptor);
}

ChildProcess::~ChildProcess() {
    stop();
}

std::optional<int> ChildProcess::poll() {
    if (exit_code_) return exit_code_;
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) == pid_) exit_code_ = code_of(status);
    return exit_code_;
}

int ChildProcess::wait() {
    while (!poll())
        std::this_thread::sleep_for(20ms);
    return *exit_code_;
}

int ChildProcess::stop(std::chrono::seconds patience) {
    if (poll()) return *exit_code_;
    ::kill(pid_, SIGTERM);
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!poll() && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(20ms);
    if (!poll()) ::kill(pid_, SIGKILL);
    return wait();
}

std::string ChildProcess::log_text() const {
    return text_of(log_);
}

Finished run_to_end(const std::vector<std::string>& arguments, const fs::path& scratch) {
    const fs::path output = scratch / "command.out";
    const fs::path errors = scratch / "command.err";
    const int out = open_output(output);
    const int err = open_output(errors);
    const pid_t child = spawn(arguments, out, err);
    ::close(out);
    ::close(err);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
    Finished finished{code_of(status), text_of(output), text_of(errors)};
    fs::remove(output); // It may hold keys.
    fs::remove(errors);
    return finished;
}

} // namespace strikeoff::client
