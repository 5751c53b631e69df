#include "client/receipt_store.hpp"

#include <boost/json.hpp>

#include <cassert>

namespace strikeoff::client {

ReceiptStore::ReceiptStore(std::filesystem::path directory) : directory_{std::move(directory)} {
    std::filesystem::create_directories(directory_);
}

void ReceiptStore::add(BatchId batch, const boost::json::value& receipt) {
    const std::string text = boost::json::serialize(receipt);
    const std::lock_guard lock{mutex_};
    File& file = file_of(batch);
    assert(!file.finished);
    file.out << (file.count == 0 ? "\n" : ",\n") << text;
    ++file.count;
}

std::filesystem::path ReceiptStore::finish(BatchId batch) {
    const std::lock_guard lock{mutex_};
    File& file = file_of(batch);
    if (!file.finished) {
        file.out << "\n]\n";
        file.out.close();
        file.finished = true;
    }
    if (!file.out) throw std::runtime_error("cannot write " + path_of(batch).string());
    return path_of(batch);
}

std::int64_t ReceiptStore::count(BatchId batch) const {
    const std::lock_guard lock{mutex_};
    const auto found = files_.find(batch);
    return found == files_.end() ? 0 : found->second.count;
}

std::filesystem::path ReceiptStore::path_of(BatchId batch) const {
    return directory_ / ("receipts-" + batch.text() + ".json");
}

ReceiptStore::File& ReceiptStore::file_of(BatchId batch) {
    const auto [found, fresh] = files_.try_emplace(batch);
    if (fresh) {
        found->second.out.open(path_of(batch), std::ios::binary | std::ios::trunc);
        found->second.out << '[';
    }
    return found->second;
}

} // namespace strikeoff::client
