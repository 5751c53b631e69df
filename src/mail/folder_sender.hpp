#pragma once

#include "mail/sender.hpp"

#include <filesystem>

namespace strikeoff::mail {

/// Writes each mail as two files that one can open: `.eml` for a mail program, `.html` for a
/// browser. Their name begins with the time. A mail that is sent twice replaces its files.
class FolderSender : public Sender {
public:
    /// Makes the directory, for this user alone. Throws std::filesystem::filesystem_error.
    explicit FolderSender(const std::filesystem::path& directory);
    Outcome send(const Letter& letter) override;

private:
    std::filesystem::path directory_;
};

} // namespace strikeoff::mail
