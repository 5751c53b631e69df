#include "support/server/raw_connection.hpp"

#include "http/text.hpp"

#include <boost/json.hpp>

#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

std::chrono::milliseconds left(steady_clock::time_point until) {
    return std::max(
        0ms, std::chrono::duration_cast<std::chrono::milliseconds>(until - steady_clock::now()));
}

} // namespace

std::vector<std::string> RawAnswer::headers(std::string_view name) const {
    std::vector<std::string> found;
    std::string_view rest = head;
    while (!rest.empty()) {
        const std::size_t end = rest.find("\r\n");
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        if (http::equal_ignoring_case(line.substr(0, colon), name))
            found.emplace_back(http::trimmed(line.substr(colon + 1)));
    }
    return found;
}

std::string RawAnswer::header(std::string_view name) const {
    const std::vector<std::string> found = headers(name);
    return found.empty() ? "" : found.front();
}

std::string RawAnswer::reason() const {
    boost::system::error_code error;
    const boost::json::value document = boost::json::parse(body, error);
    if (error || !document.is_object() || !document.get_object().contains("reason")) return "";
    return std::string(document.at("reason").as_string());
}

RawConnection::RawConnection(unsigned short port, const char* from)
    : socket_{::socket(AF_INET, SOCK_STREAM, 0)} {
    sockaddr_in own{};
    own.sin_family = AF_INET;
    ::inet_pton(AF_INET, from, &own.sin_addr);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // The sockets interface takes every family through this one type.
    if (::bind(socket_, reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0 ||
        ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        const int error = errno;
        ::close(socket_);
        throw std::system_error(error, std::generic_category(), "connect");
    }
}

RawConnection::~RawConnection() {
    ::close(socket_);
}

bool RawConnection::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

void RawConnection::end() {
    ::shutdown(socket_, SHUT_WR);
}

bool RawConnection::receive_some(std::chrono::milliseconds patience) {
    pollfd readable{.fd = socket_, .events = POLLIN, .revents = 0};
    if (closed_ || ::poll(&readable, 1, static_cast<int>(patience.count())) <= 0) return false;
    char bytes[16 * 1024];
    const ssize_t n = ::recv(socket_, bytes, sizeof bytes, 0);
    if (n <= 0) {
        closed_ = true;
        return false;
    }
    received_.append(bytes, static_cast<std::size_t>(n));
    return true;
}

RawAnswer RawConnection::receive(bool with_body) {
    const auto until = steady_clock::now() + 20s;
    RawAnswer answer;
    std::size_t end = received_.find("\r\n\r\n");
    while (end == std::string::npos) {
        if (!receive_some(left(until))) return answer;
        end = received_.find("\r\n\r\n");
    }
    answer.head = received_.substr(0, end + 2);
    received_.erase(0, end + 4);
    const std::string_view line = answer.head;
    if (line.starts_with("HTTP/1.1 "))
        std::from_chars(line.data() + 9, line.data() + 12, answer.status);
    const std::string length = answer.header("Content-Length");
    const std::size_t size = with_body && !length.empty() ? std::stoul(length) : 0;
    while (received_.size() < size)
        if (!receive_some(left(until))) break;
    answer.body = received_.substr(0, size);
    received_.erase(0, answer.body.size());
    return answer;
}

std::string RawConnection::receive_to_end(std::chrono::milliseconds patience) {
    const auto until = steady_clock::now() + patience;
    while (receive_some(left(until))) {
    }
    return std::exchange(received_, {});
}

bool RawConnection::is_closed_within(std::chrono::milliseconds patience) {
    receive_to_end(patience);
    return closed_;
}

RawAnswer exchange_raw(unsigned short port, std::string_view bytes) {
    RawConnection connection{port};
    connection.send(bytes);
    return connection.receive();
}

} // namespace strikeoff::testing
