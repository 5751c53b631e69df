#pragma once

#include "http/json.hpp"

namespace strikeoff::client {

/// Reads a described shape out of an answer. Members that we do not know are left alone, so that a
/// newer server can be talked to; missing ones and wrong types are noted as the first `fault`.
class AnswerReader {
public:
    template <class T>
    void read(const boost::json::value& value, std::string_view name, T& out) {
        if constexpr (is_optional<T>) {
            if (!value.is_null()) read(value, name, out.emplace());
        } else if constexpr (is_vector<T>) {
            if (!value.is_array()) return note(name);
            for (const boost::json::value& element : value.get_array())
                read(element, name, out.emplace_back());
        } else if constexpr (std::is_same_v<T, bool>) {
            value.is_bool() ? void(out = value.get_bool()) : note(name);
        } else if constexpr (std::is_integral_v<T>) {
            if (!value.is_int64() || !std::in_range<T>(value.get_int64())) return note(name);
            out = static_cast<T>(value.get_int64());
        } else if constexpr (std::is_same_v<T, db::Json>) {
            out.text = boost::json::serialize(value);
        } else if constexpr (DescribedStruct<T>) {
            read_object(value, name, out);
        } else {
            if (!value.is_string()) return note(name);
            auto read = http::JsonText<T>::read(std::string_view{value.get_string()});
            read ? void(out = *std::move(read)) : note(name);
        }
    }
    const std::string& fault() const { return fault_; }

private:
    template <class T>
    void read_object(const boost::json::value& value, std::string_view name, T& out) {
        if (!value.is_object()) return note(name);
        for_each_member(out, [&]<class M>(std::string_view member, M& slot) {
            if (const boost::json::value* found = value.get_object().if_contains(member))
                read(*found, member, slot);
            else if constexpr (!is_optional<M>)
                note(member);
        });
    }
    void note(std::string_view name) {
        if (fault_.empty()) fault_ = name.empty() ? std::string("the document") : std::string(name);
    }

    std::string fault_;
};

/// Fails with `answer.malformed`, naming the first member that is missing or wrong.
template <class T>
Result<T> read_document(const boost::json::value& value) {
    T out{};
    AnswerReader reader;
    reader.read(value, "", out);
    if (!reader.fault().empty())
        return fail(ErrorCode::unavailable, "answer.malformed",
                    "the server's answer is not as expected: " + reader.fault());
    return out;
}

template <class T>
Result<T> read_answer(std::string_view text) {
    SO_TRY(const boost::json::value document, parse_json_strict(text));
    return read_document<T>(document);
}

} // namespace strikeoff::client
