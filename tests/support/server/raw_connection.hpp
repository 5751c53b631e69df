#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace strikeoff::testing {

/// One answer as it came over the wire.
struct RawAnswer {
    int status = 0; ///< 0: the connection was closed, or nothing came in time.
    std::string head;
    std::string body;

    /// The value of a header line; empty when there is none.
    std::string header(std::string_view name) const;
    std::vector<std::string> headers(std::string_view name) const; ///< All of them.
    std::string reason() const;                                    ///< Of a problem document.
};

/// A connection to this machine that sends just the bytes it is told to.
class RawConnection {
public:
    /// `from` is the address of this machine that the peer is to see.
    explicit RawConnection(unsigned short port, const char* from = "127.0.0.1");
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;
    ~RawConnection();

    /// False when the peer has closed the connection.
    bool send(std::string_view bytes);
    void end(); ///< Nothing more will be sent.
    /// The next answer, whose body its Content-Length measures; none after HEAD.
    RawAnswer receive(bool with_body = true);
    /// All that still comes until the peer closes, or until `patience` has passed.
    std::string receive_to_end(std::chrono::milliseconds patience = std::chrono::seconds{10});
    /// Has the peer closed the connection within the time?
    bool is_closed_within(std::chrono::milliseconds patience);

private:
    bool receive_some(std::chrono::milliseconds patience);

    int socket_ = -1;
    std::string received_;
    bool closed_ = false;
};

/// A connection for one exchange.
RawAnswer exchange_raw(unsigned short port, std::string_view bytes);

} // namespace strikeoff::testing
