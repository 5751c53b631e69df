#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace strikeoff {

/// What the caller may do about a failure. The HTTP status is a function of this and nothing else.
enum class ErrorCode : std::uint8_t {
    invalid_input,   ///< 422
    unauthenticated, ///< 401
    forbidden,       ///< 404: unknown and forbidden look the same
    not_found,       ///< 404
    conflict,        ///< 409
    rule_violation,  ///< 422
    too_many,        ///< 429
    unavailable      ///< 503
};

/// One wrong member of a request: its path (`items.3.rate`) and what is wrong with it.
struct FieldError {
    std::string field;
    std::string message;
};

/// An expected failure. `reason` is a stable machine key ("bid.rate_off_step") that clients switch
/// on and translate; `message` is for people and logs and may change freely.
struct Error {
    ErrorCode code = ErrorCode::invalid_input;
    std::string reason;
    std::string message;
    std::vector<FieldError> fields;
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorCode code, std::string reason, std::string message,
                                   std::vector<FieldError> fields = {}) {
    return std::unexpected<Error>(
        Error{code, std::move(reason), std::move(message), std::move(fields)});
}

} // namespace strikeoff

#define SO_CONCAT_(a, b) a##b
#define SO_CONCAT(a, b) SO_CONCAT_(a, b)
#define SO_TRY_(slot, returns, declaration, expression)                                            \
    auto&& slot = (expression);                                                                    \
    if (!slot) returns std::unexpected(std::move(slot).error());                                   \
    declaration = std::move(slot).value()

/// `SO_TRY(auto x, f());` declares x from f()'s value or returns f()'s error. It is a statement,
/// not an expression, so that `co_return` inside is legal.
#define SO_TRY(declaration, expression)                                                            \
    SO_TRY_(SO_CONCAT(so_try_, __LINE__), return, declaration, expression)
/// The same for an expression whose value is void.
#define SO_TRY_VOID(expression)                                                                    \
    if (auto&& SO_CONCAT(so_try_, __LINE__) = (expression); !SO_CONCAT(so_try_, __LINE__))         \
    return std::unexpected(std::move(SO_CONCAT(so_try_, __LINE__)).error())
