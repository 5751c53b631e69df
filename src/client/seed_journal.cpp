#include "client/seed_journal.hpp"

#include "core/json.hpp"
#include "core/published_json.hpp"
#include "keys.hpp"

#include <boost/json.hpp>

#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace strikeoff::client {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void broken(const fs::path& file) {
    throw std::system_error(errno, std::generic_category(), file.string());
}

void write_all(int descriptor, std::string_view text, const fs::path& file) {
    while (!text.empty()) {
        const ssize_t n = ::write(descriptor, text.data(), text.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) broken(file);
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    if (::fsync(descriptor) != 0) broken(file);
}

std::string read_whole(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) broken(file);
    return text;
}

template <class T>
bool read_member(const boost::json::object& line, std::string_view name, T& out) {
    const boost::json::value* found = line.if_contains(name);
    return found && read_published(*found, out);
}

std::string record_name(std::string_view record, int number) {
    return fmt::format("{} {}", record, number);
}

} // namespace

Result<Hash> load_master(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
    if (descriptor >= 0) {
        try {
            write_all(descriptor, to_hex(random_hash()) + "\n", file);
        } catch (...) {
            ::close(descriptor);
            ::unlink(file.c_str()); // Half a master must not be taken for one.
            throw;
        }
        ::close(descriptor);
    } else if (errno != EEXIST) {
        broken(file);
    }
    struct stat status{};
    if (::stat(file.c_str(), &status) != 0) broken(file);
    if ((status.st_mode & 077) != 0)
        return fail(ErrorCode::invalid_input, "master.open_to_others",
                    file.string() + ":1: is open to others: chmod 0400 it");
    std::string text = read_whole(file);
    if (text.ends_with('\n')) text.pop_back();
    const auto master = from_hex_fixed<32>(text);
    if (!master)
        return fail(ErrorCode::invalid_input, "master.malformed",
                    file.string() + ":1: does not hold 64 hexadecimal digits");
    return *master;
}

Result<SeedJournal> SeedJournal::open(const fs::path& file) {
    const int descriptor =
        ::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) broken(file);
    SeedJournal journal{file, descriptor};
    // Two tools with one memory could each miss what the other released.
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return fail(ErrorCode::conflict, "journal.in_use",
                    file.string() + ":1: is in use by another process");
    SO_TRY_VOID(journal.replay(read_whole(file)));
    return journal;
}

SeedJournal::SeedJournal(SeedJournal&& other) noexcept
    : file_{std::move(other.file_)}, descriptor_{std::exchange(other.descriptor_, -1)},
      key_{other.key_}, commitments_{std::move(other.commitments_)},
      records_{std::move(other.records_)}, receipts_{std::move(other.receipts_)} {}

SeedJournal::~SeedJournal() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> SeedJournal::replay(std::string_view text) {
    // A last line without its end was cut off by a crash before anything was done on its account.
    const std::size_t size = text.rfind('\n') + 1;
    if (size != text.size() && ::ftruncate(descriptor_, static_cast<off_t>(size)) != 0)
        broken(file_);
    text = text.substr(0, size);
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(line.size() + 1);
        const auto document = parse_json_strict(line);
        if (!document || !document->is_object() || !take(document->get_object()))
            return fail(
                ErrorCode::invalid_input, "journal.malformed",
                fmt::format("{}:{}: is not a line of this journal", file_.string(), number));
    }
    return {};
}

/// Takes one line into memory; false when it is not one of ours.
bool SeedJournal::take(const boost::json::object& line) {
    const boost::json::value* what = line.if_contains("what");
    if (!what || !what->is_string()) return false;
    const std::string_view kind = what->get_string();
    if (kind == "key") return read_member(line, "key", key_.emplace());
    BatchId batch;
    if (!read_member(line, "batch_id", batch)) return false;
    Hash hash{};
    if (kind == "commitment") {
        commitments_.insert(batch);
        return true;
    }
    if (!read_member(line, "hash", hash)) return false;
    if (kind == "receipt") {
        receipts_[batch] = hash;
        return true;
    }
    std::uint32_t number = 0;
    if (!read_member(line, "number", number)) return false;
    records_[{batch, record_name(kind, static_cast<int>(number))}] = hash;
    return true;
}

void SeedJournal::append(const boost::json::object& line) {
    write_all(descriptor_, boost::json::serialize(line) + "\n", file_);
}

Result<void> SeedJournal::pin_key(const PublicKey& key) {
    if (key_ && *key_ != key)
        return fail(ErrorCode::conflict, "key.changed",
                    "the server's key is " + to_hex(key) + " and was " + to_hex(*key_));
    if (key_) return {};
    append({{"what", "key"}, {"key", to_hex(key)}});
    key_ = key;
    return {};
}

void SeedJournal::note_commitment(BatchId batch, const Hash& commitment) {
    append(
        {{"what", "commitment"}, {"batch_id", batch.text()}, {"commitment", to_hex(commitment)}});
    commitments_.insert(batch);
}

Result<void> SeedJournal::note_record(BatchId batch, std::string_view record, int number,
                                      const Hash& hash, const Signature& signature) {
    const auto [found, fresh] = records_.try_emplace({batch, record_name(record, number)}, hash);
    if (!fresh && found->second != hash)
        return fail(ErrorCode::conflict, "record.changed",
                    fmt::format("{} {} of batch {} is another than the one kept before", record,
                                number, batch.text()));
    if (!fresh) return {};
    append({{"what", record},
            {"batch_id", batch.text()},
            {"number", number},
            {"hash", to_hex(hash)},
            {"signature", to_hex(signature)}});
    return {};
}

Result<void> SeedJournal::note_close(BatchId batch, const Hash& close, const Signature& signature) {
    if (const auto noted = note_record(batch, "close", 0, close, signature); !noted)
        return fail(ErrorCode::conflict, "close.changed", noted.error().message);
    return {};
}

void SeedJournal::note_receipt(BatchId batch, const Hash& close, Instant received_at,
                               const Signature& signature) {
    append({{"what", "receipt"},
            {"batch_id", batch.text()},
            {"hash", to_hex(close)},
            {"received_at", std::to_string(received_at.micros())},
            {"signature", to_hex(signature)}});
    receipts_[batch] = close;
}

} // namespace strikeoff::client
