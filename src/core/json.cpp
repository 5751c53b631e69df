#include "core/json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value_stack.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <vector>

namespace strikeoff {
namespace {

namespace json = boost::json;
using json::error_code;
using json::string_view;

constexpr std::size_t depth_max = 32;
constexpr std::int64_t integer_max = (std::int64_t{1} << 53) - 1;

/// The keys of one object so far. Most objects are small, and comparing a few short strings beats
/// hashing them; a hostile one with very many keys must not cost quadratic time.
class KeySet {
public:
    bool insert(std::string_view key) {
        if (few_.size() < few_max) {
            if (std::ranges::find(few_, key) != few_.end()) return false;
            few_.emplace_back(key);
            return true;
        }
        if (many_.empty()) many_.insert(few_.begin(), few_.end());
        return many_.emplace(key).second;
    }

private:
    static constexpr std::size_t few_max = 16;
    std::vector<std::string> few_;
    std::unordered_set<std::string> many_;
};

/// Receives the parser's events and refuses what Boost.JSON would accept or round.
class StrictHandler {
public:
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();

    json::value release() { return stack_.release(); }
    const char* complaint() const { return complaint_; }

    bool on_document_begin(error_code&) {
        stack_.reset();
        return true;
    }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) {
        keys_.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t size, error_code&) {
        keys_.pop_back();
        stack_.push_object(size);
        return true;
    }
    bool on_array_begin(error_code&) { return true; }
    bool on_array_end(std::size_t size, error_code&) {
        stack_.push_array(size);
        return true;
    }
    bool on_key_part(string_view part, std::size_t, error_code&) {
        key_.append(part.data(), part.size());
        stack_.push_chars(part);
        return true;
    }
    bool on_key(string_view part, std::size_t, error_code& error) {
        key_.append(part.data(), part.size());
        if (!keys_.back().insert(key_)) return refuse("a key is repeated", error);
        key_.clear();
        stack_.push_key(part);
        return true;
    }
    bool on_string_part(string_view part, std::size_t, error_code&) {
        stack_.push_chars(part);
        return true;
    }
    bool on_string(string_view part, std::size_t, error_code&) {
        stack_.push_string(part);
        return true;
    }
    bool on_number_part(string_view, error_code&) { return true; }
    bool on_int64(std::int64_t number, string_view, error_code& error) {
        if (number > integer_max || number < -integer_max)
            return refuse("an integer is beyond 2^53 - 1", error);
        stack_.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t, string_view, error_code& error) {
        return refuse("an integer is beyond 2^53 - 1", error); // Only those above int64 come here.
    }
    bool on_double(double, string_view, error_code& error) {
        return refuse("a number is not an integer", error);
    }
    bool on_bool(bool truth, error_code&) {
        stack_.push_bool(truth);
        return true;
    }
    bool on_null(error_code&) {
        stack_.push_null();
        return true;
    }
    bool on_comment_part(string_view, error_code&) { return true; }
    bool on_comment(string_view, error_code&) { return true; }

private:
    bool refuse(const char* complaint, error_code& error) {
        complaint_ = complaint;
        error = json::make_error_code(json::error::syntax);
        return false;
    }

    json::value_stack stack_;
    std::vector<KeySet> keys_; ///< One for each open object.
    std::string key_;          ///< The current key's parts so far.
    const char* complaint_ = nullptr;
};

bool is_json(std::string_view text, const json::parse_options& options) {
    error_code error;
    json::parse({text.data(), text.size()}, error, {}, options);
    return !error;
}

} // namespace

std::expected<json::value, JsonFault> read_json_strict(std::string_view text) {
    json::parse_options options;
    options.max_depth = depth_max;
    json::basic_parser<StrictHandler> parser{options};
    error_code error;
    const std::size_t consumed = parser.write_some(/*more=*/false, text.data(), text.size(), error);
    if (error) {
        const char* complaint = parser.handler().complaint();
        // What follows the complaint has not been read yet.
        if (complaint)
            return std::unexpected(JsonFault{consumed, complaint, is_json(text, options)});
        return std::unexpected(JsonFault{consumed, error.message()});
    }
    if (consumed < text.size())
        return std::unexpected(JsonFault{consumed, "text after the document"});
    return parser.handler().release();
}

Result<json::value> parse_json_strict(std::string_view text) {
    auto value = read_json_strict(text);
    if (!value) {
        const JsonFault& fault = value.error();
        return fail(ErrorCode::invalid_input, fault.is_json ? "json.unsupported" : "json.malformed",
                    fmt::format("{} JSON at byte {}: {}",
                                fault.is_json ? "unsupported" : "malformed", fault.offset,
                                fault.message));
    }
    return std::move(*value);
}

} // namespace strikeoff
