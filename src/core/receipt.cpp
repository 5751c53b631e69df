#include "core/receipt.hpp"

#include "core/json.hpp"
#include "core/merkle.hpp"
#include "core/published_json.hpp"

#include <fmt/format.h>

#include <charconv>

namespace strikeoff {
namespace {

namespace json = boost::json;

void append_hex(std::string& out, ByteView bytes) {
    const std::size_t at = out.size();
    out.resize(at + 2 * bytes.size());
    to_hex(bytes, out.data() + at);
}

void append_number(std::string& out, std::uint64_t number) {
    char digits[20];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

std::unexpected<Error> malformed(std::string message) {
    return fail(ErrorCode::invalid_input, "receipt.malformed", std::move(message));
}

Result<Receipt> receipt_of(const json::value& value, std::string where) {
    Receipt receipt;
    std::string fault;
    PublishedReader reader{value, std::move(where), fault};
    reader.member("batch_id", receipt.batch);
    reader.member("open", receipt.opening);
    reader.member("leaf", receipt.leaf);
    reader.member("index", receipt.index);
    reader.member("size", receipt.size);
    if (const json::value* path = reader.member("path")) {
        PublishedReader list{*path, reader.where() + " path", fault};
        if (const json::array* hashes = list.list())
            for (const json::value& hash : *hashes)
                if (!read_published(hash, receipt.path.emplace_back()))
                    list.note("an entry is not a hash");
    }
    reader.member("signature", receipt.signature);
    reader.no_others();
    if (!fault.empty()) return malformed(std::move(fault));
    return receipt;
}

} // namespace

void append_receipt_json(std::string& out, BatchId batch, const Hash& opening,
                         const LeafBytes& leaf, std::uint64_t index, std::uint64_t size,
                         std::span<const Hash> path, const Signature& signature) {
    out += R"({"batch_id":")";
    const std::size_t at = out.size();
    out.resize(at + 36);
    format_uuid(batch.uuid, out.data() + at);
    out += R"(","open":")";
    append_hex(out, opening);
    out += R"(","leaf":")";
    append_hex(out, leaf);
    out += R"(","index":)";
    append_number(out, index);
    out += R"(,"size":)";
    append_number(out, size);
    out += R"(,"path":[)";
    for (std::size_t i = 0; i < path.size(); ++i) {
        out += i == 0 ? "\"" : ",\"";
        append_hex(out, path[i]);
        out += '"';
    }
    out += R"(],"signature":")";
    append_hex(out, signature);
    out += "\"}";
}

std::string write_receipt(const Receipt& receipt) {
    std::string out;
    append_receipt_json(out, receipt.batch, receipt.opening, receipt.leaf, receipt.index,
                        receipt.size, receipt.path, receipt.signature);
    return out;
}

Result<Receipt> read_receipt(std::string_view text) {
    SO_TRY(const json::value document, parse_json_strict(text));
    return receipt_of(document, "receipt");
}

Result<std::vector<Receipt>> read_receipts(std::string_view text) {
    SO_TRY(const json::value document, parse_json_strict(text));
    if (!document.is_array()) return malformed("the receipts are not a JSON list");
    std::vector<Receipt> receipts;
    for (const json::value& item : document.get_array()) {
        SO_TRY(Receipt receipt, receipt_of(item, fmt::format("receipt {}", receipts.size() + 1)));
        receipts.push_back(std::move(receipt));
    }
    return receipts;
}

Result<void> verify_receipt(const Receipt& receipt, const PublicKey& key) {
    const auto leaf = decode_leaf(receipt.leaf);
    if (!leaf)
        return fail(ErrorCode::invalid_input, "receipt.leaf",
                    "its leaf is malformed: " + leaf.error().message);
    if (leaf->batch != receipt.batch)
        return fail(ErrorCode::invalid_input, "receipt.leaf", "its leaf belongs to another batch");
    const auto root =
        inclusion_root(merkle_leaf_hash(receipt.leaf), receipt.index, receipt.size, receipt.path);
    if (!root)
        return fail(ErrorCode::invalid_input, "receipt.path",
                    fmt::format("its path of {} hashes cannot lead from place {} of {}",
                                receipt.path.size(), receipt.index, receipt.size));
    const Bytes message = receipt_message(receipt.batch, receipt.opening, receipt.size, *root);
    if (!verify_signature(key, message, receipt.signature))
        return fail(ErrorCode::invalid_input, "receipt.signature",
                    "its signature is not the operator's over its path, leaf and opening");
    return {};
}

} // namespace strikeoff
