#pragma once

#include "core/id.hpp"

#include <boost/json/value.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>

namespace strikeoff::client {

/// Keeps receipts as they arrive: `receipts-<batch>.json` in one directory, a JSON list each, as
/// `verify --receipts` reads them.
class ReceiptStore {
public:
    explicit ReceiptStore(std::filesystem::path directory);

    void add(BatchId batch, const boost::json::value& receipt);
    /// Completes the file of a batch and returns its path. Nothing may be added afterwards.
    /// Throws std::runtime_error when it could not be written.
    std::filesystem::path finish(BatchId batch);
    std::int64_t count(BatchId batch) const;

private:
    struct File {
        std::ofstream out;
        std::int64_t count = 0;
        bool finished = false;
    };
    std::filesystem::path path_of(BatchId batch) const;
    File& file_of(BatchId batch);

    std::filesystem::path directory_;
    mutable std::mutex mutex_;
    std::map<BatchId, File> files_;
};

} // namespace strikeoff::client
