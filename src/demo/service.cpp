#include "demo/service.hpp"

#include "demo/interrupt.hpp"

namespace strikeoff::demo {
namespace {

using namespace std::chrono_literals;

constexpr auto start_patience = 180s; ///< A slow disk needs its time to make a cluster.

/// The end of a log, without the time and level of each line.
std::string last_lines(const std::string& log, std::size_t count) {
    std::size_t at = log.size();
    for (std::size_t i = 0; i <= count && at != std::string::npos && at > 0; ++i)
        at = log.rfind('\n', at - 1);
    return log.substr(at == std::string::npos ? 0 : at + 1);
}

} // namespace

std::vector<std::string> directory_flags(const Places& places) {
    return {"--data", places.data.string(), "--keys", places.keys.string()};
}

Service::Service(const Places& places, unsigned short port)
    : process_{[&] {
                   std::vector<std::string> arguments = directory_flags(places);
                   arguments.insert(arguments.begin(), "serve");
                   arguments.insert(arguments.end(), {"--port", std::to_string(port)});
                   return arguments;
               }(),
               places.own / "serve.log"} {
    wait_until_listening();
    wait_until_ready();
}

void Service::wait_until_listening() {
    static constexpr std::string_view mark = "listening on http://";
    for (auto waited = 0ms; waited < start_patience; waited += 50ms) {
        const std::string log = process_.log_text();
        const std::size_t at = log.find(mark);
        const std::size_t end = log.find('\n', at);
        if (at != std::string::npos && end != std::string::npos) {
            address_ = client::parse_server(log.substr(at + 13, end - at - 13)).value();
            return;
        }
        if (process_.poll()) give_up();
        pause(50ms);
    }
    give_up();
}

void Service::wait_until_ready() {
    client::Api api{address_, "", 5s};
    for (auto waited = 0ms; waited < start_patience; waited += 100ms) {
        try {
            if (api.exchange({.target = "/readyz"}).ok()) return;
        } catch (const client::ConnectionError&) {
            if (process_.poll()) give_up();
        }
        pause(100ms);
    }
    give_up();
}

void Service::give_up() const {
    throw std::runtime_error("the service does not start:\n" + last_lines(process_.log_text(), 4));
}

void Service::check_alive() {
    if (process_.poll())
        throw std::runtime_error("the service has ended:\n" + last_lines(process_.log_text(), 8));
}

bool Service::stop() {
    return process_.stop() == 0;
}

} // namespace strikeoff::demo
