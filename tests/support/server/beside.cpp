#include "support/server/beside.hpp"

#include "support/server/live_server.hpp"

#include <cstdlib>

namespace strikeoff::testing {

ServiceBeside::ServiceBeside(const std::string& database, const std::vector<std::string>& flags) {
    const std::filesystem::path& directory = LiveServer::instance().directory();
    std::vector<std::string> command{STRIKEOFF_BINARY, "serve",
                                     "--data",         directory / "data",
                                     "--keys",         directory / "keys",
                                     "--port",         std::to_string(port_),
                                     "--admin-port",   std::to_string(admin_port_),
                                     "--test-clock"};
    const char* const own = std::getenv("STRIKEOFF_TEST_DATABASE");
    if (!database.empty() || own)
        command.insert(command.end(), {"--database", database.empty() ? own : database});
    command.insert(command.end(), flags.begin(), flags.end());
    process_.emplace(command, directory_.path("log"));
    if (!listens(port_)) throw std::runtime_error("it does not serve:\n" + process_->log_text());
}

std::string database_url(unsigned short port) {
    db::Connection connection = LiveServer::instance().connect();
    const bool is_own = LiveServer::instance().app().database.cluster() == nullptr;
    return fmt::format("postgresql://{}@127.0.0.1:{}/{}?sslmode=disable&gssencmode=disable",
                       is_own ? PQuser(connection.raw()) : "postgres", port,
                       PQdb(connection.raw()));
}

std::string database_socket() {
    db::Connection connection = LiveServer::instance().connect();
    return fmt::format("{}/.s.PGSQL.{}", PQhost(connection.raw()), PQport(connection.raw()));
}

} // namespace strikeoff::testing
