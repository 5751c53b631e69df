#include "bid_load.hpp"

#include <fmt/compile.h>

#include <algorithm>
#include <cstdio>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t rates = 72; ///< 0.25 to 18.00.
// {"bid_id":"<36>","certificate_id":"<36>","rate":"NN.NN"}, the rate padded by a blank.
constexpr std::size_t body_size = 11 + 36 + 20 + 36 + 10 + 5 + 3;

int checked(int result, const char* what) {
    if (result < 0) throw std::system_error(errno, std::generic_category(), what);
    return result;
}

int connect_to(unsigned short port) {
    const int socket = checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    checked(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)),
            "connect");
    const int on = 1;
    checked(::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)), "setsockopt");
    return socket;
}

} // namespace

std::vector<TestUser> register_bidders(const TestSale& sale, int count) {
    App& app = LiveServer::instance().app();
    const AuctionId auction{*parse_uuid(sale.auction)};
    std::vector<TestUser> users;
    for (int i = 0; i < count; ++i) {
        users.push_back(make_user("investor"));
        const auto made = app.onboarding.register_bidder(
            auction,
            {.user_id = UserId{*parse_uuid(users.back().id)},
             .bidder_number = std::to_string(1000 + i),
             .name = fmt::format("Bidder {}", i),
             .deposits = Money::from_cents(100'000'000),
             .tax_form = onboarding::NewTaxForm{.form_year = sale.year()},
             .agreement_signed = true},
            UserId{*parse_uuid(sale.staff.id)});
        if (!made) throw std::runtime_error(made.error().message);
    }
    return users;
}

std::uint64_t stored_bids(const TestSale& sale) {
    db::Connection owner = LiveServer::instance().connect();
    const db::PgResult stored = owner.execute(
        fmt::format("SELECT coalesce(sum(l.count), 0) FROM bid_blocks l JOIN batches b ON b.id = "
                    "l.batch_id WHERE b.auction_id = '{}'",
                    sale.auction));
    return std::stoull(PQgetvalue(stored.get(), 0, 0));
}

BidLoad::BidLoad(const TestSale& sale, const std::vector<TestUser>& users)
    : bidders_{users.size()}, certificates_{sale.certificates}, random_{random_hash()} {
    for (const std::string& batch : sale.batches)
        for (const TestUser& user : users)
            heads_.push_back(
                fmt::format("POST /api/v1/batches/{}/bids HTTP/1.1\r\nHost: localhost\r\n"
                            "Authorization: Bearer {}\r\n"
                            "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
                            batch, user.key, body_size));
    for (const auto& of_batch : certificates_)
        lots_ += of_batch.size();
}

Figures BidLoad::run(const std::vector<unsigned short>& ports, int connections,
                     std::chrono::seconds warm_up, std::chrono::seconds measured) {
    figures_ = {};
    latencies_.clear();
    begin_ = SteadyClock::now() + warm_up;
    end_ = begin_ + measured;
    const int queue = checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
    std::vector<Client> clients(static_cast<std::size_t>(connections));
    for (std::size_t i = 0; i < clients.size(); ++i) {
        Client& client = clients[i];
        client.socket = connect_to(ports[i % ports.size()]);
        epoll_event event{.events = EPOLLIN, .data = {.ptr = &client}};
        checked(::epoll_ctl(queue, EPOLL_CTL_ADD, client.socket, &event), "epoll_ctl");
        send_next(client);
    }
    for (int busy = connections; busy > 0;) {
        std::array<epoll_event, 256> events;
        const int ready =
            checked(::epoll_wait(queue, events.data(), events.size(), 30'000), "epoll_wait");
        if (ready == 0) throw std::runtime_error("no answer within 30 s");
        for (int i = 0; i < ready; ++i)
            if (!receive(*static_cast<Client*>(events[static_cast<std::size_t>(i)].data.ptr)))
                --busy;
    }
    for (const Client& client : clients)
        ::close(client.socket);
    ::close(queue);
    std::ranges::sort(latencies_);
    figures_.per_second = latencies_.size() / static_cast<std::uint64_t>(measured.count());
    if (!latencies_.empty()) {
        figures_.p50_us = latencies_[latencies_.size() / 2];
        figures_.p99_us = latencies_[latencies_.size() * 99 / 100];
    }
    return figures_;
}

void BidLoad::send_next(Client& client) {
    const std::uint64_t n = sent_++;
    const std::uint64_t step = n / (bidders_ * lots_) % rates + 1;
    const std::size_t bidder = n % bidders_;
    // Neighbours in time bid on different lots, and so in different batches.
    const std::size_t lot = (n / bidders_ + bidder) % lots_;
    const std::size_t batch = lot % certificates_.size();
    Bytes16 random;
    std::memcpy(random.data(), random_.data(), 16);
    store_be64(random.data() + 8, ++random_low_ * 0x9e3779b97f4a7c15ULL);
    const auto wall = std::chrono::system_clock::now().time_since_epoch();
    const Uuid bid = make_uuid_v7(
        Instant::from_micros(std::chrono::duration_cast<std::chrono::microseconds>(wall).count()),
        random);
    request_.assign(heads_[batch * bidders_ + bidder]);
    const std::size_t head = request_.size();
    fmt::format_to(std::back_inserter(request_),
                   FMT_COMPILE(R"({{"bid_id":"{}","certificate_id":"{}","rate":"{}.{:02}"}})"),
                   format_uuid(bid), certificates_[batch][lot / certificates_.size()], step / 4,
                   step % 4 * 25);
    request_.resize(head + body_size, ' ');
    client.received = 0;
    client.whole = 0;
    client.sent = SteadyClock::now();
    const auto size = static_cast<ssize_t>(request_.size());
    if (::send(client.socket, request_.data(), request_.size(), MSG_NOSIGNAL) != size)
        throw std::runtime_error("a request was not taken whole");
}

bool BidLoad::receive(Client& client) {
    const ssize_t size = ::recv(client.socket, client.answer.data() + client.received,
                                client.answer.size() - client.received, 0);
    if (size <= 0) throw std::runtime_error("the service closed a connection");
    client.received += static_cast<std::size_t>(size);
    const std::string_view answer{client.answer.data(), client.received};
    if (client.whole == 0) {
        constexpr std::string_view length = "Content-Length: ";
        const std::size_t head = answer.find("\r\n\r\n");
        const std::size_t field = answer.find(length);
        if (head == std::string_view::npos) return true;
        client.whole = head + 4 + std::strtoul(answer.data() + field + length.size(), nullptr, 10);
    }
    if (answer.size() < client.whole) return true;
    const auto now = SteadyClock::now();
    const bool accepted = answer.contains("\"status\":\"accepted\"");
    if (!accepted && figures_.refused++ == 0)
        std::fprintf(stderr, "refused: %.*s\n", static_cast<int>(answer.size()), answer.data());
    if (accepted) ++figures_.accepted;
    if (accepted && client.sent >= begin_ && now < end_)
        latencies_.push_back(
            std::chrono::duration_cast<std::chrono::microseconds>(now - client.sent).count());
    if (now >= end_) return false;
    send_next(client);
    return true;
}

} // namespace strikeoff::testing
