#pragma once

#include "torture/clients.hpp"

namespace strikeoff::torture {

/// Whether a process knows the exact prefix of a batch's journal.
void check_book(const bids::Book& book, const std::vector<bids::Block>& blocks,
                std::vector<std::string>& faults);

/// Whether a process stored a bid once under its id: two may each have taken it, one may not twice.
void check_doubles(const std::vector<bids::Block>& blocks, std::vector<std::string>& faults);

/// What must hold once every batch is closed or canceled: the journal without gap or doubt, every
/// promise kept, the transcript verifiable with all receipts, projection, budgets and ledger equal
/// to what the journal says.
void check_sale(World& world, const Clients& clients, std::vector<std::string>& faults);

} // namespace strikeoff::torture
