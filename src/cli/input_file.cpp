#include "cli/input_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace strikeoff::cli {
namespace {

constexpr std::size_t message_bytes_max = 300;
constexpr std::size_t release_bytes = std::size_t{64} << 20;

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_{fd} {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }

private:
    int fd_;
};

/// Appends everything that is left to read; false with errno set when reading fails.
bool read_all(int fd, std::vector<char>& out) {
    constexpr std::size_t piece_bytes = std::size_t{1} << 20;
    for (;;) {
        const std::size_t before = out.size();
        out.resize(before + piece_bytes);
        const ssize_t got = ::read(fd, out.data() + before, piece_bytes);
        if (got < 0 && errno != EINTR) return false;
        out.resize(before + static_cast<std::size_t>(got < 0 ? 0 : got));
        if (got == 0) return true;
    }
}

std::unexpected<Error> unreadable(const std::string& path, int error) {
    auto refusal = refuse_input(path, 1, fmt::format("cannot be read: {}", std::strerror(error)));
    refusal.error().reason = "file.unreadable";
    return refusal;
}

} // namespace

std::unexpected<Error> refuse_input(std::string_view path, std::size_t line,
                                    std::string_view message) {
    // The message quotes the file, which may be hostile: no control codes, and not a whole page.
    std::string shown{message.substr(0, message_bytes_max)};
    std::ranges::replace_if(shown, [](unsigned char c) { return c < ' ' || c == 127; }, '?');
    if (message.size() > message_bytes_max) shown += "...";
    return fail(ErrorCode::invalid_input, "input.refused",
                fmt::format("{}:{}: {}", path, line, shown));
}

Result<InputFile> InputFile::open(const std::string& path) {
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    struct stat status{};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0) return unreadable(path, errno);

    InputFile input;
    if (S_ISREG(status.st_mode)) {
        input.mapped_bytes_ = static_cast<std::size_t>(status.st_size);
        if (input.mapped_bytes_ == 0) return input;
        void* const address =
            ::mmap(nullptr, input.mapped_bytes_, PROT_READ, MAP_PRIVATE, file.get(), 0);
        if (address == MAP_FAILED) {
            input.mapped_bytes_ = 0;
            return unreadable(path, errno);
        }
        ::madvise(address, input.mapped_bytes_, MADV_SEQUENTIAL);
        input.text_ = {static_cast<const char*>(address), input.mapped_bytes_};
    } else {
        if (!read_all(file.get(), input.read_)) return unreadable(path, errno);
        input.text_ = {input.read_.data(), input.read_.size()};
    }
    return input;
}

InputFile::InputFile(InputFile&& other) noexcept
    : text_{std::exchange(other.text_, {})}, mapped_bytes_{std::exchange(other.mapped_bytes_, 0)},
      released_{other.released_}, read_{std::move(other.read_)} {}

InputFile::~InputFile() {
    if (mapped_bytes_ > 0) ::munmap(const_cast<char*>(text_.data()), mapped_bytes_);
}

void InputFile::release_before(std::size_t offset) {
    // Whole large pieces: the start stays aligned to a page, and the call stays rare.
    const std::size_t end = offset / release_bytes * release_bytes;
    if (mapped_bytes_ == 0 || end <= released_) return;
    ::madvise(const_cast<char*>(text_.data()) + released_, end - released_, MADV_DONTNEED);
    released_ = end;
}

} // namespace strikeoff::cli
