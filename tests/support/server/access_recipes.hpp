#pragma once

#include "http/router.hpp"
#include "support/server/access_world.hpp"

namespace strikeoff::testing {

/// What a call of the matrix is about: whose resources the path and the body name.
struct Subject {
    AccessWorld* world = nullptr;
    Side* side = nullptr;
    const Caller* person = nullptr; ///< Whose the resource is, where it is somebody's.
    bool draft = false;             ///< The county's unpublished sale.
};

/// A call before its path is put together.
struct Call {
    Subject subject;
    const Caller* caller = nullptr;
    std::map<std::string, std::string> values; ///< Of the path.
    std::string query;
    std::string body;
};

/// When a route means something else.
enum class When {
    sale,   ///< Before its batch closes and after.
    closed, ///< After alone.
    county, ///< Whatever its sales do.
    open,   ///< While sales are open; it names no county.
    always  ///< It is about no county.
};

/// How a valid request of a route is made. A success that uses up what it was about names it, so
/// that the next call gets another one.
struct Recipe {
    When when = When::sale;
    std::function<void(Call&)> prepare;
    std::string uses_up;
    /// Rows for what is the owner's and what is the other investor's.
    bool of_people = false;
    /// A row for what belongs to a draft, when the path names an auction or a batch.
    bool of_drafts = true;
    /// A second row, by the callers' sessions.
    bool by_session = false;
    /// Tried after all others, whose sale would not be over any more.
    bool at_last = false;
    /// Its answer is a document whose members are not the route's.
    bool is_document = false;
    /// Why nobody succeeds here, and where somebody does.
    const char* without_success = nullptr;
};

/// By the route's id.
const std::map<std::string, Recipe, std::less<>>& recipes();

/// Values of the path that follow from the subject.
std::map<std::string, std::string> usual_values(const Subject& subject);

} // namespace strikeoff::testing
