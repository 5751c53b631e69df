#include "mail/smtp_sender.hpp"

#include "secret_file.hpp"

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <curl/curl.h>
#include <stdexcept>

namespace strikeoff::mail {
namespace {

constexpr std::size_t error_max = 500;

/// What cannot fail but for a defect of ours or want of memory.
template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
    if (const CURLcode code = ::curl_easy_setopt(handle, option, value); code != CURLE_OK)
        throw std::runtime_error(fmt::format("libcurl refuses option {}: {}",
                                             static_cast<int>(option), ::curl_easy_strerror(code)));
}

CURL* new_handle() {
    static const CURLcode ready = ::curl_global_init(CURL_GLOBAL_DEFAULT);
    CURL* const handle = ready == CURLE_OK ? ::curl_easy_init() : nullptr;
    if (!handle) throw std::runtime_error("libcurl does not start");
    return handle;
}

/// A part of the URL as libcurl reads it: who judges must read as who connects does.
std::string url_part(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (::curl_url_get(url, part, &text, 0) != CURLUE_OK) return "";
    const std::unique_ptr<char, void (*)(void*)> owned{text, &::curl_free};
    return text;
}

std::string read_password(const std::filesystem::path& file) {
    if (file.empty()) return "";
    std::string password = read_secret_file(file);
    if (password.empty()) throw std::runtime_error(file.string() + " does not hold a password");
    return password;
}

} // namespace

/// One mail on its way.
struct SmtpSender::Transfer {
    std::string_view rest;  ///< Not yet read by libcurl.
    std::string last_reply; ///< The server's last line.
    std::string refusal;    ///< Its last one that refuses: it may say good-bye afterwards.
    std::array<char, CURL_ERROR_SIZE> error{};

    static std::size_t read(char* buffer, std::size_t size, std::size_t count, void* self) {
        std::string_view& rest = static_cast<Transfer*>(self)->rest;
        const std::size_t length = std::min(size * count, rest.size());
        std::ranges::copy(rest.substr(0, length), buffer);
        rest.remove_prefix(length);
        return length;
    }
    static std::size_t take_reply(char* line, std::size_t size, std::size_t count, void* self) {
        std::string& reply = static_cast<Transfer*>(self)->last_reply;
        reply.assign(line, std::min(size * count, error_max));
        while (reply.ends_with('\n') || reply.ends_with('\r'))
            reply.pop_back();
        if (reply.starts_with('4') || reply.starts_with('5'))
            static_cast<Transfer*>(self)->refusal = reply;
        return size * count;
    }
    static int progress(void* canceled, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
        return static_cast<std::atomic<bool>*>(canceled)->load() ? 1 : 0;
    }
};

bool is_loopback(std::string_view host) {
    if (host == "localhost") return true;
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(host, error);
    return !error && address.is_loopback();
}

SmtpServer read_server(const Settings& settings) {
    const std::unique_ptr<CURLU, void (*)(CURLU*)> url{::curl_url(), &::curl_url_cleanup};
    const bool is_url = ::curl_url_set(url.get(), CURLUPART_URL, settings.smtp_url.c_str(),
                                       CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
    const std::string scheme = url_part(url.get(), CURLUPART_SCHEME);
    if (!is_url || (scheme != "smtp" && scheme != "smtps"))
        throw std::runtime_error("--smtp must be like smtp://mail.example.org:587 or "
                                 "smtps://mail.example.org:465");
    if (!url_part(url.get(), CURLUPART_USER).empty() ||
        !url_part(url.get(), CURLUPART_PASSWORD).empty())
        throw std::runtime_error("--smtp holds no user: any user of this machine could read the "
                                 "password; give --smtp-user and --smtp-password-file");
    const std::string host = url_part(url.get(), CURLUPART_HOST);
    const bool by_starttls = settings.encryption == Encryption::required ||
                             (settings.encryption == Encryption::automatic && !is_loopback(host));
    return {.host = host, .encrypted = scheme == "smtps" || by_starttls};
}

SmtpSender::SmtpSender(const Settings& settings)
    : settings_{settings}, password_{read_password(settings.smtp_password_file)},
      handle_{new_handle(), &::curl_easy_cleanup} {
    // The shortest pause between two attempts is a minute, and keeps other processes off.
    assert(settings.send_max < std::chrono::minutes{1});
}

SmtpSender::~SmtpSender() = default;

void SmtpSender::set_server() {
    CURL* const handle = handle_.get();
    set(handle, CURLOPT_URL, settings_.smtp_url.c_str());
    set(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(handle, CURLOPT_PROXY, ""); // Whatever the environment says.
    const bool encrypted = read_server(settings_).encrypted;
    set(handle, CURLOPT_USE_SSL,
        encrypted ? static_cast<long>(CURLUSESSL_ALL) : static_cast<long>(CURLUSESSL_NONE));
    set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!settings_.smtp_authority.empty())
        set(handle, CURLOPT_CAINFO, settings_.smtp_authority.c_str());
    if (settings_.smtp_user.empty()) return;
    set(handle, CURLOPT_USERNAME, settings_.smtp_user.c_str());
    set(handle, CURLOPT_PASSWORD, password_.reveal().c_str());
}

void SmtpSender::set_limits() {
    CURL* const handle = handle_.get();
    set(handle, CURLOPT_NOSIGNAL, 1L);
    set(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings_.connect_max.count()));
    set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(settings_.send_max.count()));
    set(handle, CURLOPT_MAXAGE_CONN, 30L); // Servers close idle connections.
    set(handle, CURLOPT_NOPROGRESS, 0L);
    set(handle, CURLOPT_XFERINFOFUNCTION, &Transfer::progress);
    set(handle, CURLOPT_XFERINFODATA, static_cast<void*>(&canceled_));
}

Outcome SmtpSender::send(const Letter& letter) {
    CURL* const handle = handle_.get();
    ::curl_easy_reset(handle); // Connections are kept.
    set_server();
    set_limits();
    const std::unique_ptr<curl_slist, void (*)(curl_slist*)> recipients{
        ::curl_slist_append(nullptr, letter.to.c_str()), &::curl_slist_free_all};
    Transfer transfer{.rest = letter.bytes, .last_reply = "", .refusal = "", .error = {}};
    set(handle, CURLOPT_MAIL_FROM, letter.from.c_str());
    set(handle, CURLOPT_MAIL_RCPT, recipients.get());
    set(handle, CURLOPT_UPLOAD, 1L);
    set(handle, CURLOPT_READFUNCTION, &Transfer::read);
    set(handle, CURLOPT_READDATA, static_cast<void*>(&transfer));
    set(handle, CURLOPT_HEADERFUNCTION, &Transfer::take_reply);
    set(handle, CURLOPT_HEADERDATA, static_cast<void*>(&transfer));
    set(handle, CURLOPT_ERRORBUFFER, transfer.error.data());
    const CURLcode code = ::curl_easy_perform(handle);
    return outcome_of(code, transfer);
}

Outcome SmtpSender::outcome_of(int code, const Transfer& transfer) const {
    if (code == CURLE_OK) return {};
    long reply = 0;
    ::curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &reply);
    const std::string_view said{transfer.error.data()};
    std::string error{said.empty() ? ::curl_easy_strerror(static_cast<CURLcode>(code)) : said};
    if (reply >= 400) error += "; the server said: " + transfer.refusal;
    error.resize(std::min(error.size(), error_max));
    // The replies to the recipient and to the mail itself are about this mail. Those to greeting,
    // STARTTLS, AUTH and MAIL FROM are about us: somebody will mend that, and all mails wait.
    const bool about_this =
        said.starts_with("RCPT failed") || said.starts_with("DATA failed") || transfer.rest.empty();
    if (about_this && reply >= 500) return {Fate::refused, error};
    // A server that talks to us and is slow with one mail may be quick with the next.
    const bool slow = code == CURLE_OPERATION_TIMEDOUT && !transfer.last_reply.empty();
    if (about_this || slow) return {Fate::failed, error};
    return {Fate::unreachable, error};
}

} // namespace strikeoff::mail
