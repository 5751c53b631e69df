#pragma once

#include "core/leaf.hpp"
#include "core/transcript.hpp"

#include <string>
#include <vector>

namespace strikeoff::draw_kat {

/// The known sale as an operator holds it, who may tell anything and sign it.
struct Sale {
    Transcript transcript;
    std::vector<Leaf> leaves;
    Hash county_secret{};
};

/// The sale of the known answers from its parts: no hash, signature or result is copied.
Sale known_sale();

/// The key that signs it.
const SigningKey& sale_key();

/// Computes every hash, signature and result from the rules, lots, book, groups, times, leaves and
/// secrets that the sale holds, as an honest server would.
void seal(Sale& sale);

/// The file of the leaves.
std::string leaves_file(const Sale& sale);

/// The record of a hash, signed.
SignedRecord signed_record(const Hash& hash);

} // namespace strikeoff::draw_kat
