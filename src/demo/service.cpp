#include "demo/service.hpp"

#include "demo/interrupt.hpp"

#include <boost/asio.hpp>

namespace strikeoff::demo {
namespace {

using namespace std::chrono_literals;

constexpr auto start_patience = 180s; ///< A slow disk needs its time to make a cluster.

/// What a command said of its failure: the lines of its log that are no log lines.
std::string complaint_in(std::string_view log) {
    std::string out;
    while (!log.empty()) {
        const std::string_view line = log.substr(0, log.find('\n'));
        log.remove_prefix(std::min(log.size(), line.size() + 1));
        const bool logged = line.size() > 24 && line[4] == '-' && line[10] == 'T';
        if (!logged && !line.empty()) out += fmt::format("{}{}", out.empty() ? "" : "\n", line);
    }
    return out.empty() ? "it said nothing" : out;
}

} // namespace

void check_port(unsigned short port) {
    namespace asio = boost::asio;
    asio::io_context io;
    asio::ip::tcp::acceptor acceptor{io, asio::ip::tcp::v4()};
    acceptor.set_option(asio::socket_base::reuse_address{true});
    boost::system::error_code error;
    acceptor.bind({asio::ip::address_v4::loopback(), port}, error);
    if (error)
        throw std::runtime_error(
            fmt::format("port {}: {}; choose another with --port", port, error.message()));
}

std::vector<std::string> directory_flags(const Places& places) {
    return {"--data", places.data.string(), "--keys", places.keys.string()};
}

Service::Service(const Places& places, unsigned short port)
    : process_{[&] {
                   std::vector<std::string> arguments = directory_flags(places);
                   arguments.insert(arguments.begin(), "serve");
                   arguments.insert(arguments.end(),
                                    {"--port", std::to_string(port), "--log-format", "text",
                                     "--mail-directory", places.mails().string()});
                   return arguments;
               }(),
               places.own / "serve.log"} {
    wait_until_listening();
    wait_until_ready();
}

void Service::wait_until_listening() {
    static constexpr std::string_view mark = "listening url=http://";
    for (auto waited = 0ms; waited < start_patience; waited += 50ms) {
        const std::string log = process_.log_text();
        const std::size_t at = log.find(mark);
        const std::size_t end = log.find('\n', at);
        if (at != std::string::npos && end != std::string::npos) {
            address_ = client::parse_server(log.substr(at + 14, end - at - 14)).value();
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
    throw std::runtime_error("the service does not start: " + complaint_in(process_.log_text()));
}

void Service::check_alive() {
    if (process_.poll())
        throw std::runtime_error("the service has ended: " + complaint_in(process_.log_text()));
}

bool Service::stop() {
    return process_.stop() == 0;
}

} // namespace strikeoff::demo
