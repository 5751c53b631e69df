#include "support/server/mail_server.hpp"

#include "mail/outbox.hpp"
#include "support/run_command.hpp"
#include "support/server/live_server.hpp"

#include <algorithm>

namespace strikeoff::testing {
namespace {

struct QueuedRow {
    mail::MailId id;
    std::string kind;
    std::optional<Bytes> sealed;
};
BOOST_DESCRIBE_STRUCT(QueuedRow, (), (id, kind, sealed))

const db::Statement<QueuedRow(std::string)> list_queued{{"tests.list_queued_mails", R"sql(
    SELECT id, kind, sealed FROM mails
    WHERE recipient = $1 AND sealed IS NOT NULL
    ORDER BY created_at, id)sql"}};

} // namespace

MailServer::MailServer(const MailServerOptions& options) : host_{options.host} {
    const std::filesystem::path key = folder_.path() / "key.pem";
    write_certificate(key, certificate(), "mail.test");
    std::vector<std::string> command{"/usr/bin/python3",
                                     std::string{STRIKEOFF_SOURCE} +
                                         "/tests/support/smtp_server.py",
                                     "--directory",
                                     folder_.path(),
                                     "--host",
                                     options.host,
                                     "--port",
                                     std::to_string(options.port),
                                     "--tls",
                                     options.tls,
                                     "--certificate",
                                     certificate(),
                                     "--key",
                                     key};
    if (!options.user.empty())
        command.insert(command.end(), {"--user", options.user, "--password", options.password});
    process_ = std::make_unique<Process>(command, folder_.path() / "log");
    static constexpr std::string_view mark = "listening ";
    const bool ready =
        eventually([&] { return process_->log_text().find(mark) != std::string::npos; });
    const std::string log = process_->log_text();
    if (!ready) throw std::runtime_error("the mail server does not start: " + log);
    port_ = static_cast<unsigned short>(std::stoi(log.substr(log.find(mark) + mark.size())));
}

std::string MailServer::url(const std::string& scheme) const {
    return fmt::format("{}://{}:{}", scheme, host_, port_);
}

std::vector<boost::json::object> MailServer::mails() const {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::ranges::sort(files);
    std::vector<boost::json::object> mails;
    for (const std::filesystem::path& file : files)
        mails.push_back(boost::json::parse(testing_support::read_file(file)).as_object());
    return mails;
}

std::vector<QueuedMail> mails_to(const std::string& address) {
    LiveServer& server = LiveServer::instance();
    db::Connection worker = server.connect("strikeoff_worker");
    std::vector<QueuedMail> mails;
    for (const QueuedRow& row : worker.all(list_queued, address))
        mails.push_back({row.kind, mail::open_values(server.app().keys, row.id, *row.sealed)});
    return mails;
}

} // namespace strikeoff::testing
