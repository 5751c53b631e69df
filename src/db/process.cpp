#include "db/process.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace strikeoff::db {
namespace {

OsUser from_passwd(const passwd& entry) {
    return {entry.pw_uid, entry.pw_gid, entry.pw_name};
}

/// In the child: becomes the user and runs the program; never returns. Only async-signal-safe
/// calls, as other threads may have held locks when the process was forked.
[[noreturn]] void become(const OsUser& user, bool change_user, char* const* argv, int output) {
    const int null = ::open("/dev/null", O_RDONLY);
    if (null < 0) ::_exit(126);
    ::dup2(null, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    // A postmaster must not hold the service's sockets and locks open after it.
    for (int descriptor = 3; descriptor < 1024; ++descriptor)
        ::close(descriptor);
    ::setsid();
    if (change_user) {
        const gid_t group = user.gid;
        if (::setgroups(1, &group) != 0 || ::setgid(user.gid) != 0 || ::setuid(user.uid) != 0)
            ::_exit(126);
    }
    if (::chdir("/") != 0) ::_exit(126);
    ::execv(argv[0], argv);
    ::_exit(127);
}

std::string read_all(int descriptor) {
    std::string out;
    std::array<char, 4096> buffer;
    for (;;) {
        const ssize_t n = ::read(descriptor, buffer.data(), buffer.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return out;
        out.append(buffer.data(), static_cast<std::size_t>(n));
    }
}

} // namespace

OsUser current_os_user() {
    const passwd* entry = ::getpwuid(::geteuid());
    if (!entry) return {::geteuid(), ::getegid(), std::to_string(::geteuid())};
    return from_passwd(*entry);
}

std::optional<OsUser> find_os_user(const std::string& name) {
    const passwd* entry = ::getpwnam(name.c_str());
    if (!entry) return std::nullopt;
    return from_passwd(*entry);
}

ProcessResult run_process(const std::vector<std::string>& arguments, const OsUser& user) {
    std::vector<char*> argv;
    argv.reserve(arguments.size() + 1);
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str())); // execv does not write to them.
    argv.push_back(nullptr);

    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "pipe");
    const bool change_user = user.uid != ::geteuid();
    const pid_t child = ::fork();
    if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (child == 0) become(user, change_user, argv.data(), pipe[1]);

    ::close(pipe[1]);
    ProcessResult result;
    result.output = read_all(pipe[0]);
    ::close(pipe[0]);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

std::string process_stat(int pid) {
    const std::string file = "/proc/" + std::to_string(pid) + "/stat";
    const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (opened < 0) return {};
    std::array<char, 1024> line{}; // Longer than any: a short name and numbers.
    const ssize_t size = ::read(opened, line.data(), line.size());
    ::close(opened);
    // A process that ends between the two calls leaves a file that cannot be read.
    return size > 0 ? std::string(line.data(), static_cast<std::size_t>(size)) : std::string{};
}

bool is_running(int pid) {
    if (pid <= 0) return false;
    const std::string stat = process_stat(pid);
    // "123 (postgres) S ...": the name may hold parentheses, so the last one counts.
    const std::size_t at = stat.rfind(") ");
    return at != std::string::npos && stat[at + 2] != 'Z' && stat[at + 2] != 'X';
}

} // namespace strikeoff::db
