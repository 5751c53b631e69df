#pragma once

#include "support/server/live_server.hpp"
#include "support/server/process.hpp"
#include "support/server/raw_connection.hpp"
#include "support/server/secret_search.hpp"
#include "support/server/served_process.hpp"

#include <map>
#include <optional>
#include <string>

namespace strikeoff::testing {

/// A service of its own with a database of its own, whose people give it secrets of every kind, by
/// HTTP as browsers do. Its log tells all that it can tell.
class PlantedSite {
public:
    PlantedSite();
    /// Ends the service, and its database with it.
    ~PlantedSite();
    PlantedSite(const PlantedSite&) = delete;
    PlantedSite& operator=(const PlantedSite&) = delete;

    void plant();
    /// Where it may not be: everything that the service and its database keep, but for the mails
    /// and the files of keys.
    std::filesystem::path data() const { return directory_.path("data"); }
    std::filesystem::path log() const { return directory_.path("log"); }
    /// What a superuser's copy of the database says.
    std::string dump() const;
    /// Runs a statement as the superuser and returns its first value.
    std::string query(const std::string& sql) const;

    const SecretSearch& secrets() const { return secrets_; }
    /// How many there are of each kind.
    const std::map<std::string, int>& counts() const { return counts_; }
    const std::string& an_email() const { return people_.front().email; }
    Process& process() { return *process_; }

private:
    struct Member {
        std::string email;
        std::string password;
        std::map<std::string, std::string> cookies;
    };

    void plant(const std::string& kind, std::string_view secret);
    RawAnswer post(Member& member, const std::string& path, const std::string& body,
                   const std::string& idempotency_key = "");
    void sign_up();
    /// The tokens of all mails of a kind that have come.
    std::vector<std::string> await_tokens(const std::string& kind, std::size_t count) const;
    void sign_in(Member& member);
    void plant_cookies(const Member& member);
    void enrol(Member& member, const std::string& idempotency_key);
    void change_credentials();
    void plant_keys();
    std::string make_sale(std::vector<std::string>& batches);
    /// The keys of users made by the operator, one for each line of a file of them.
    std::vector<std::string> make_users(const std::string& lines);
    std::string ask(const std::string& key, const std::string& path,
                    const boost::json::object& body) const;
    void plant_sealed(const std::string& table, const std::string& column, const std::string& key,
                      const std::string& id);
    void plant_draw();

    OpenDirectory directory_;
    unsigned short port_;
    std::optional<Process> process_;
    std::vector<Member> people_;
    std::string admin_key_;
    SecretSearch secrets_;
    std::map<std::string, int> counts_;
};

} // namespace strikeoff::testing
