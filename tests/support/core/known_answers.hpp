#pragma once

#include <boost/json.hpp>

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace strikeoff::testing_support {

/// A JSON document of tests/data.
inline boost::json::value known_answers(const std::string& name) {
    std::ifstream file{STRIKEOFF_TEST_DATA "/" + name};
    if (!file) throw std::runtime_error("no known answers: " + name);
    std::ostringstream text;
    text << file.rdbuf();
    return boost::json::parse(text.str());
}

inline std::string text_of(const boost::json::value& value) {
    const boost::json::string& text = value.as_string();
    return {text.data(), text.size()};
}

} // namespace strikeoff::testing_support
