#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace strikeoff::demo {

/// Tells how far a demo is: a line a phase, and on a terminal one live line below them.
class Progress {
public:
    Progress();
    ~Progress() { clear(); }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void line(std::string_view text); ///< With the seconds since the start before it.
    void live(std::string_view text); ///< Shown on a terminal only, until the next line.
    std::chrono::seconds elapsed() const;

private:
    void clear();

    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    bool terminal_;
    bool shown_ = false;
};

} // namespace strikeoff::demo
