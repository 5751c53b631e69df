#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace strikeoff::identity {

constexpr std::size_t password_characters_min = 15;
constexpr std::size_t password_bytes_max = 1024;

/// Refuses what is easily guessed: a password of fewer than 15 characters, of more than 1,024
/// bytes, that is no UTF-8, that is a common word however lengthened (repeated, in leet letters,
/// with digits and signs around it), a run of neighbouring keys or characters, or made of what the
/// person is called. Any other character sequence is good; there are no classes to mix (NIST SP
/// 800-63B, section 5.1.1.2). Fails with password.too_short, password.too_long,
/// password.malformed or password.easily_guessed.
Result<void> check_password(std::string_view password, const std::vector<std::string>& personal);

} // namespace strikeoff::identity
