#pragma once

#include <boost/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace strikeoff::testing {

/// Holds JSON against the schemas that our OpenAPI document uses: type, enum, const, properties,
/// required, items, pattern, format, maxLength, additionalProperties, allOf and local references.
/// A member that the schema does not name is a fault as well, and so is a keyword that is not
/// known here.
class SchemaCheck {
public:
    explicit SchemaCheck(const boost::json::value& document) : document_{document} {}
    /// What does not fit, each with its path; empty when all does.
    std::vector<std::string> faults(const boost::json::value& schema,
                                    const boost::json::value& value) const;

private:
    void check(const boost::json::value& schema, const boost::json::value& value,
               const std::string& path, std::vector<std::string>& faults) const;
    const boost::json::value& document_;
};

/// What does not fit between an answer of the service and the document of its API.
std::vector<std::string> openapi_faults(std::string_view method, const std::string& target,
                                        int status, std::string_view content_type,
                                        const std::string& body);

/// The document as the service would give it.
const boost::json::value& openapi_document();

} // namespace strikeoff::testing
