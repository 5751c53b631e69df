#include "secret_file.hpp"

#include <fstream>
#include <stdexcept>
#include <sys/stat.h>

namespace strikeoff {

std::string read_secret_file(const std::filesystem::path& file) {
    struct stat status{};
    std::ifstream in(file);
    if (!in || ::stat(file.c_str(), &status) != 0)
        throw std::runtime_error("cannot read " + file.string());
    if ((status.st_mode & 077) != 0)
        throw std::runtime_error(file.string() + " is open to others: chmod 0400 it");
    std::string line;
    std::getline(in, line);
    return line;
}

} // namespace strikeoff
