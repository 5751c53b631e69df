#include "mail/folder_sender.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace strikeoff::mail {
namespace {

namespace fs = std::filesystem;

/// Whoever looks sees the whole file or none.
bool write_whole(const fs::path& path, std::string_view text) {
    const fs::path unfinished = path.string() + ".part";
    {
        std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
        out << text;
        out.close();
        if (!out) return false;
    }
    std::error_code error;
    fs::rename(unfinished, path, error);
    return !error;
}

} // namespace

FolderSender::FolderSender(const fs::path& directory) : directory_{directory} {
    fs::create_directories(directory_);
    fs::permissions(directory_, fs::perms::owner_all); // The links in mails open accounts.
}

Outcome FolderSender::send(const Letter& letter) {
    std::string time = format_instant(letter.at).substr(0, 19);
    std::ranges::replace(time, ':', '-'); // Some systems take no colons.
    const std::string name =
        fmt::format("{}_{}_{}", time, enum_name(letter.kind), letter.id.text().substr(24));
    if (write_whole(directory_ / (name + ".html"), letter.html) &&
        write_whole(directory_ / (name + ".eml"), letter.bytes))
        return {};
    return {Fate::unreachable, "cannot write to " + directory_.string()};
}

} // namespace strikeoff::mail
