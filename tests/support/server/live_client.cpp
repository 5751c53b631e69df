#include "support/server/live_client.hpp"

#include "support/server/live_server.hpp"

#include <gtest/gtest.h>

namespace strikeoff::testing {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using asio::ip::tcp;
using namespace std::chrono_literals;

LiveClient::LiveClient(const LiveWish& wish) {
    const unsigned short port = wish.port == 0 ? LiveServer::instance().app().port() : wish.port;
    tcp::socket& socket = stream_.next_layer();
    socket.open(tcp::v4());
    if (!wish.reads) socket.set_option(tcp::socket::receive_buffer_size{4096});
    socket.connect(tcp::endpoint{asio::ip::address_v4::loopback(), port});
    stream_.set_option(websocket::stream_base::decorator{[&](websocket::request_type& request) {
        for (const auto& [name, value] : wish.headers)
            request.set(name, value);
    }});
    websocket::response_type response;
    boost::system::error_code error;
    const auto host = wish.headers.find("Host");
    stream_.handshake(response, host == wish.headers.end() ? "localhost" : host->second,
                      "/api/v1/live", error);
    status_ = static_cast<int>(response.result_int());
    if (error) {
        close_code_ = 1006;
        return;
    }
    thread_ = std::thread{[this] { io_.run(); }};
    if (wish.reads) read();
}

LiveClient::~LiveClient() {
    if (!thread_.joinable()) return;
    cut();
    work_.reset();
    thread_.join();
}

void LiveClient::read() {
    asio::post(io_, [this] { arm(); });
}

void LiveClient::arm() {
    stream_.async_read(buffer_, [this](const boost::system::error_code& error, std::size_t) {
        const std::lock_guard lock{mutex_};
        if (error) {
            const int code = stream_.reason().code;
            close_code_ = code == 0 ? 1006 : code;
        } else {
            const auto bytes = buffer_.cdata();
            auto message =
                boost::json::parse({static_cast<const char*>(bytes.data()), bytes.size()});
            buffer_.consume(buffer_.size());
            if (message.as_object().contains("beat"))
                ++beats_;
            else
                messages_.push_back(std::move(message.as_object()));
            arm();
        }
        came_.notify_all();
    });
}

void LiveClient::say(const std::string& text, bool as_text) {
    asio::post(io_, [this, text, as_text] {
        outgoing_.push_back({text, as_text});
        if (outgoing_.size() == 1) write();
    });
}

void LiveClient::write() {
    stream_.text(outgoing_.front().as_text);
    stream_.async_write(asio::buffer(outgoing_.front().text),
                        [this](const boost::system::error_code& error, std::size_t) {
                            outgoing_.pop_front();
                            if (!error && !outgoing_.empty()) write();
                        });
}

void LiveClient::subscribe(const std::string& topic, std::optional<std::int64_t> after) {
    boost::json::object wish{{"topic", topic}};
    if (after) wish["after"] = *after;
    say(boost::json::serialize(boost::json::object{{"subscribe", std::move(wish)}}));
}

std::optional<boost::json::object> LiveClient::next(std::chrono::milliseconds patience) {
    std::unique_lock lock{mutex_};
    came_.wait_for(lock, patience, [&] { return !messages_.empty() || close_code_; });
    if (messages_.empty()) return std::nullopt;
    boost::json::object message = std::move(messages_.front());
    messages_.pop_front();
    return message;
}

boost::json::object LiveClient::expect(std::string_view name) {
    const auto message = next();
    if (!message) {
        ADD_FAILURE() << "no message came, not " << name;
        return {};
    }
    const boost::json::value* content = message->if_contains(name);
    if (!content) {
        ADD_FAILURE() << "not " << name << ": " << boost::json::serialize(*message);
        return {};
    }
    return content->as_object();
}

std::vector<boost::json::object> LiveClient::events_until(std::string_view kind) {
    std::vector<boost::json::object> events;
    do {
        events.push_back(expect("event"));
        if (events.back().empty()) break;
    } while (events.back().at("kind").as_string() != kind);
    return events;
}

std::optional<int> LiveClient::close_code(std::chrono::milliseconds patience) {
    std::unique_lock lock{mutex_};
    came_.wait_for(lock, patience, [&] { return close_code_.has_value(); });
    return close_code_;
}

int LiveClient::beats() {
    const std::lock_guard lock{mutex_};
    return beats_;
}

void LiveClient::cut() {
    asio::post(io_, [this] {
        boost::system::error_code ignored; // It may be closed already.
        stream_.next_layer().close(ignored);
    });
}

} // namespace strikeoff::testing
