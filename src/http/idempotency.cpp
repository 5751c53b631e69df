#include "http/idempotency.hpp"

#include "db/transaction.hpp"

#include <algorithm>

namespace strikeoff::http {
namespace {

constexpr std::size_t key_size_max = 200;

const db::Statement<void()> forget_old{{"http.forget_old_requests", R"sql(
    DELETE FROM idempotency_keys
    WHERE (user_id, route, key) IN (
        SELECT user_id, route, key FROM idempotency_keys
        WHERE created_at < now() - interval '24 hours' ORDER BY created_at LIMIT 100))sql"}};

const db::Statement<bool(UserId, std::string, std::string, Hash)> claim{
    {"http.claim_request", R"sql(
    INSERT INTO idempotency_keys (user_id, route, key, request_hash) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING
    RETURNING true)sql"}};

struct KeptAnswer {
    Bytes request_hash;
    std::optional<std::int32_t> status;
    std::optional<std::string> content_type;
    std::optional<Bytes> response;
};
BOOST_DESCRIBE_STRUCT(KeptAnswer, (), (request_hash, status, content_type, response))

const db::Statement<KeptAnswer(UserId, std::string, std::string)> kept_answer{
    {"http.kept_answer", R"sql(
    SELECT request_hash, status, content_type, response
    FROM idempotency_keys WHERE user_id = $1 AND route = $2 AND key = $3)sql"}};

const db::Statement<void(UserId, std::string, std::string, std::int32_t, std::string, Bytes)>
    keep_answer{{"http.keep_answer", R"sql(
    UPDATE idempotency_keys
    SET status = $4, content_type = $5, response = $6, completed_at = now()
    WHERE user_id = $1 AND route = $2 AND key = $3)sql"}};

const db::Statement<void(UserId, std::string, std::string)> forget_request{
    {"http.forget_request", R"sql(
    DELETE FROM idempotency_keys WHERE user_id = $1 AND route = $2 AND key = $3)sql"}};

bool is_printable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

} // namespace

NamedRequest::NamedRequest(db::Pool& pool, const Request& request, std::string_view route)
    : pool_{pool}, user_{request.caller.user.value()}, key_{request.header("Idempotency-Key")},
      route_{route} {
    Sha256 hash;
    const auto add = [&](std::string_view text) {
        std::array<std::uint8_t, 8> size; // Keeps the parts apart.
        store_be64(size.data(), text.size());
        hash.update(ByteView{size}).update(text);
    };
    add(request.path);
    for (const auto& [name, value] : request.query) {
        add(name);
        add(value);
    }
    add(request.header("Content-Type"));
    add(request.body);
    content_ = hash.finish();
}

std::optional<Response> NamedRequest::begin(std::string_view request_id) {
    const auto refuse = [&](ErrorCode code, std::string reason, std::string detail) {
        return problem(Error{code, std::move(reason), std::move(detail), {}}, request_id);
    };
    if (key_.size() > key_size_max || !is_printable(key_))
        return refuse(ErrorCode::invalid_input, "idempotency.key_malformed",
                      "Idempotency-Key is 1 to 200 visible ASCII characters");
    auto lease = pool_.acquire();
    lease->run(forget_old);
    if (lease->maybe_one(claim, user_, route_, key_, content_)) return std::nullopt;
    auto kept = lease->maybe_one(kept_answer, user_, route_, key_);
    if (kept && !std::ranges::equal(kept->request_hash, content_))
        return refuse(ErrorCode::invalid_input, "idempotency.other_body",
                      "this Idempotency-Key came with another request before");
    // A name without an answer may be one whose outcome is unknown; acting again could act twice.
    if (!kept || !kept->status)
        return refuse(ErrorCode::conflict, "idempotency.in_flight",
                      "a request with this Idempotency-Key is under way, or how it ended is not "
                      "known; look before you send it under another key");
    Response response{.status = *kept->status,
                      .content_type = std::move(kept->content_type).value_or("")};
    response.headers.emplace_back("Idempotency-Replayed", "true");
    if (kept->response) response.body = as_text(*kept->response);
    return response;
}

void NamedRequest::keep(const Response& response) {
    auto lease = pool_.acquire();
    const ByteView body = as_bytes(response.body);
    lease->run(keep_answer, user_, route_, key_, response.status, response.content_type,
               Bytes{body.begin(), body.end()});
}

void NamedRequest::forget() {
    auto lease = pool_.acquire();
    lease->run(forget_request, user_, route_, key_);
}

} // namespace strikeoff::http
