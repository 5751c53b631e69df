#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace strikeoff::cli {

/// A file's whole text. A regular file is mapped, so that one of gigabytes costs no memory of ours;
/// a pipe is read to its end.
class InputFile {
public:
    /// Fails with `file.unreadable`; the message is `path:1: why`.
    static Result<InputFile> open(const std::string& path);

    InputFile(InputFile&& other) noexcept;
    InputFile& operator=(InputFile&&) = delete;
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;
    ~InputFile();

    /// Stays where it is when the object moves.
    std::string_view text() const { return text_; }

    /// Tells the system that what stands before `offset` will not be read soon. It may still be.
    void release_before(std::size_t offset);

private:
    InputFile() = default;

    std::string_view text_;
    std::size_t mapped_bytes_ = 0;
    std::size_t released_ = 0;
    std::vector<char> read_; ///< Not a string, whose short text moves with it.
};

/// The `file:line: message` of every refused input.
std::unexpected<Error> refuse_input(std::string_view path, std::size_t line,
                                    std::string_view message);

} // namespace strikeoff::cli
