#include "support/run_command.hpp"

#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace strikeoff::testing_support {
namespace {

void check(int error, const char* what) {
    if (error != 0) throw std::system_error(error, std::generic_category(), what);
}

} // namespace

TemporaryDirectory::TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "strikeoff-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) check(errno, "mkdtemp");
    path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored; // A directory left behind must not end the test run.
    std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryDirectory::write(std::string_view name, std::string_view text) const {
    std::ofstream file{path_ / name, std::ios::binary};
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.close();
    if (!file) throw std::runtime_error("cannot write " + path(name));
    return path(name);
}

std::string read_file(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) throw std::runtime_error("cannot read " + path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

namespace {

/// Until the file holds `mark` or the child has ended; it is not reaped, so its id stays its own.
void wait_for(std::string_view mark, const std::string& file, ::pid_t child) {
    ::siginfo_t ended{};
    while (read_file(file).find(mark) == std::string::npos && ended.si_pid == 0) {
        ::usleep(20'000);
        check(::waitid(P_PID, static_cast<::id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT),
              "waitid");
    }
}

} // namespace

CommandOutcome run_strikeoff(const std::vector<std::string>& arguments) {
    return run_strikeoff_until(arguments, "", 0);
}

CommandOutcome run_strikeoff_until(const std::vector<std::string>& arguments, std::string_view mark,
                                   int signal) {
    // Files, not pipes: whatever it writes, it never waits for us.
    const TemporaryDirectory directory;
    const std::string output = directory.path("output");
    const std::string errors = directory.path("errors");

    ::posix_spawn_file_actions_t actions;
    check(::posix_spawn_file_actions_init(&actions), "posix_spawn");
    constexpr int flags = O_WRONLY | O_CREAT | O_TRUNC;
    check(::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0), "stdin");
    check(::posix_spawn_file_actions_addopen(&actions, 1, output.c_str(), flags, 0600), "stdout");
    check(::posix_spawn_file_actions_addopen(&actions, 2, errors.c_str(), flags, 0600), "stderr");

    std::vector<std::string> words{STRIKEOFF_BINARY};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);

    ::pid_t child = 0;
    const int spawned =
        ::posix_spawn(&child, STRIKEOFF_BINARY, &actions, nullptr, argv.data(), ::environ);
    ::posix_spawn_file_actions_destroy(&actions);
    check(spawned, STRIKEOFF_BINARY);
    if (signal != 0) {
        wait_for(mark, output, child);
        ::kill(child, signal);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR) check(errno, "waitpid");
    return {.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
            .output = read_file(output),
            .errors = read_file(errors)};
}

} // namespace strikeoff::testing_support
