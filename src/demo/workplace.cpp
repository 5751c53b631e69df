#include "demo/workplace.hpp"

#include <unistd.h>

namespace strikeoff::demo {
namespace {

namespace fs = std::filesystem;

fs::path make_temporary() {
    std::string pattern = (fs::temp_directory_path() / "strikeoff-demo-XXXXXX").string();
    if (!::mkdtemp(pattern.data()))
        throw std::runtime_error("cannot make a directory like " + pattern);
    // PostgreSQL may run as a user of its own and must reach what is its.
    fs::permissions(pattern, fs::perms{0755});
    return pattern;
}

} // namespace

Workplace::Workplace(const DemoOptions& options) : keep_{options.keep} {
    if (options.once && options.data.empty()) {
        temporary_ = make_temporary();
        places_ = {temporary_ / "data", temporary_ / "keys", temporary_ / "demo"};
    } else {
        keep_ = true;
        const fs::path data = fs::absolute(options.data.empty() ? "data" : options.data);
        const fs::path keys =
            options.keys.empty() ? data.parent_path() / "keys" : fs::absolute(options.keys);
        places_ = {data, keys, data / "demo"};
    }
    check_unused();
    fs::create_directories(places_.own);
    fs::permissions(places_.own, fs::perms::owner_all); // It holds keys.
}

Workplace::~Workplace() {
    std::error_code ignored; // What is left in a temporary directory hurts nobody.
    if (!keep_) fs::remove_all(temporary_, ignored);
}

void Workplace::check_unused() const {
    if (fs::exists(places_.own) || !fs::exists(places_.data) || fs::is_empty(places_.data)) return;
    throw std::runtime_error(places_.data.string() +
                             " holds data that no demo made; choose another --data");
}

} // namespace strikeoff::demo
