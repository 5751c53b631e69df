#pragma once

#include "client/answer.hpp"
#include "client/connection.hpp"

#include <boost/asio/io_context.hpp>

namespace strikeoff::client {

/// The HTTP API as one caller sees it, one call at a time. A refusal is an Error with the server's
/// own reason; a server that cannot be reached throws ConnectionError.
class Api {
public:
    Api(ServerAddress server, std::string key,
        std::chrono::seconds timeout = std::chrono::seconds{30})
        : key_{std::move(key)}, connection_{io_.get_executor(), std::move(server), timeout} {}

    /// The bare exchange, whatever the status.
    Answer exchange(Call call);
    /// The body of a success.
    Result<std::string> fetch(const std::string& target);

    template <class T>
    Result<T> get(const std::string& target) {
        SO_TRY(const std::string body, fetch(target));
        return read_answer<T>(body);
    }
    /// Every page of a list.
    template <class T>
    Result<std::vector<T>> list(const std::string& target) {
        std::vector<T> items;
        std::string cursor;
        do {
            SO_TRY(const std::string body,
                   fetch(target + "?limit=200" + (cursor.empty() ? "" : "&cursor=" + cursor)));
            SO_TRY(const boost::json::value page, parse_json_strict(body));
            SO_TRY(const Shape<T> read, read_document<Shape<T>>(page));
            items.insert(items.end(), read.items.begin(), read.items.end());
            cursor = read.next_cursor.value_or("");
        } while (!cursor.empty());
        return items;
    }
    template <class T, class Body>
    Result<T> post(const std::string& target, const Body& body) {
        SO_TRY(const std::string answer, send(Verb::post, target, http::to_json(body)));
        return read_answer<T>(answer);
    }
    /// A POST whose answer's content does not matter.
    template <class Body>
    Result<void> tell(const std::string& target, const Body& body) {
        const Result<std::string> answer = send(Verb::post, target, http::to_json(body));
        if (!answer) return std::unexpected(answer.error());
        return {};
    }
    Result<std::string> send(Verb verb, const std::string& target, std::string_view body,
                             std::string_view content_type = "application/json");

private:
    template <class T>
    struct Shape {
        std::vector<T> items;
        std::optional<std::string> next_cursor;
        BOOST_DESCRIBE_CLASS(Shape, (), (items, next_cursor), (), ())
    };

    std::string key_;
    boost::asio::io_context io_{1};
    Connection connection_;
};

/// The error of a refusal: its reason and detail out of the problem document.
Error refusal_of(const Answer& answer);

} // namespace strikeoff::client
