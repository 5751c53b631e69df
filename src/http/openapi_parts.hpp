#pragma once

#include "http/router.hpp"

#include <boost/json/object.hpp>

#include <span>

namespace strikeoff::http {

// The parts of the OpenAPI document that tell about refusals.

boost::json::object problem_schema();

/// The example object of a problem: its summary and the whole document.
boost::json::object problem_example(const KnownProblem& problem);

/// Adds a response for each status among the problems, with the reasons it can have.
void add_problem_responses(std::span<const KnownProblem> problems, boost::json::object& responses);

/// Adds what the server itself answers with a status that the endpoint has problems of as well.
void add_transport_problems(std::vector<KnownProblem>& problems);

/// What the server itself answers to any request, whatever the endpoint: by name.
boost::json::object transport_responses();
/// Adds references to those of them that this endpoint can give and that are not there yet.
void add_transport_responses(const Endpoint& endpoint, boost::json::object& responses);

} // namespace strikeoff::http
