#include "modules/identity/device_name.hpp"

#include <span>

namespace strikeoff::identity {
namespace {

struct Mark {
    std::string_view text;
    std::string_view name;
};

// In this order: most browsers also claim to be those behind them.
constexpr Mark browsers[]{{"Edg", "Edge"},       {"OPR/", "Opera"},    {"Firefox/", "Firefox"},
                          {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chromium/", "Chromium"},
                          {"Chrome/", "Chrome"}, {"Safari/", "Safari"}};
constexpr Mark systems[]{{"Windows", "Windows"}, {"Android", "Android"}, {"iPhone", "iPhone"},
                         {"iPad", "iPad"},       {"Mac OS X", "macOS"},  {"CrOS", "ChromeOS"},
                         {"Linux", "Linux"}};

std::string_view name_in(std::string_view text, std::span<const Mark> marks) {
    for (const Mark& mark : marks)
        if (text.contains(mark.text)) return mark.name;
    return {};
}

} // namespace

std::string device_name(std::string_view user_agent) {
    const std::string_view browser = name_in(user_agent, browsers);
    const std::string_view system = name_in(user_agent, systems);
    if (browser.empty() && system.empty()) return "a program";
    if (browser.empty()) return "a program on " + std::string(system);
    if (system.empty()) return std::string(browser);
    return std::string(browser) + " on " + std::string(system);
}

} // namespace strikeoff::identity
