#include "mail/templates.hpp"

#include "db/embedded.hpp"

#include <fmt/format.h>

#include <set>
#include <stdexcept>

namespace strikeoff::mail {
namespace {

constexpr std::size_t value_max = 254; ///< An address fits; nothing that is shown is longer.
constexpr std::string_view subject_label = "Subject: ";

enum class Form : std::uint8_t { text, html };

std::string file_name(std::string_view name, Form form) {
    return fmt::format("{}.{}", name, form == Form::text ? "txt" : "html");
}

std::string_view file_text(const std::string& name) {
    for (const EmbeddedFile& file : embedded_mail_templates())
        if (file.name == name) return file.text();
    throw std::logic_error("there is no template " + name);
}

/// Where the link of a kind leads; the front page for those that hold no secret.
std::string_view page_of(Kind kind) {
    switch (kind) {
    case Kind::confirm_address:
        return "confirm-address";
    case Kind::reset_password:
        return "reset-password";
    case Kind::address_change_confirm:
        return "confirm-new-address";
    default:
        return "";
    }
}

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || std::string_view{"-._~"}.contains(c);
        out += plain ? std::string{c} : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

std::string html_escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

/// One line of bounded length: no value can add a paragraph of its own.
std::string one_line(std::string_view text) {
    std::size_t length = std::min(text.size(), value_max);
    while (length > 0 && length < text.size() &&
           (static_cast<unsigned char>(text[length]) & 0xc0) == 0x80)
        --length; // Not within a character.
    std::string out{text.substr(0, length)};
    for (char& c : out)
        if ((c >= 0 && c < ' ') || c == 0x7f) c = ' ';
    return out;
}

/// Calls `piece` for the text between placeholders and `name` for each placeholder.
template <class Piece, class Name>
void scan(std::string_view text, Piece&& piece, Name&& name) {
    for (;;) {
        const std::size_t open = text.find("{{");
        piece(text.substr(0, open));
        if (open == text.npos) return;
        const std::size_t close = text.find("}}", open);
        if (close == text.npos) throw std::logic_error("a placeholder is not closed");
        name(text.substr(open + 2, close - open - 2));
        text.remove_prefix(close + 2);
    }
}

/// `raw` is put in as it stands where the template says {{body}}.
std::string filled(std::string_view text, const Values& values, Form form,
                   std::string_view raw = "") {
    std::string out;
    scan(
        text, [&](std::string_view piece) { out += piece; },
        [&](std::string_view name) {
            if (name == "body") {
                out += raw;
                return;
            }
            const auto value = values.find(name);
            if (value == values.end())
                throw std::logic_error(fmt::format("no value for {{{{{}}}}}", name));
            out += form == Form::html ? html_escaped(value->second) : value->second;
        });
    return out;
}

void check_names(const std::string& file, const std::set<std::string, std::less<>>& known) {
    scan(
        file_text(file), [](std::string_view) {},
        [&](std::string_view name) {
            if (!known.contains(name))
                throw std::logic_error(fmt::format("{}: {{{{{}}}}} is unknown", file, name));
        });
}

template <Payload T>
void check_kind() {
    std::set<std::string, std::less<>> known{"site", "url", "link"};
    const T payload;
    for_each_member(payload, [&](std::string_view name, const auto&) { known.emplace(name); });
    known.erase("token"); // Shown within a link only.
    for (const Form form : {Form::text, Form::html})
        check_names(file_name(enum_name(T::kind), form), known);
    if (!file_text(file_name(enum_name(T::kind), Form::text)).starts_with(subject_label))
        throw std::logic_error(fmt::format("{}: no subject", enum_name(T::kind)));
}

} // namespace

std::string shown_time(Instant at) {
    const std::string text = format_instant(at);
    return fmt::format("{} {} UTC", text.substr(0, 10), text.substr(11, 5));
}

void check_templates() {
    check_names(file_name("layout", Form::text), {"site", "url", "body"});
    check_names(file_name("layout", Form::html), {"site", "url", "body", "subject"});
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Payloads>>(
        []<class T>(std::type_identity<T>) { check_kind<T>(); });
}

Message render(Kind kind, const Values& values, const Site& site, std::string to) {
    Values known;
    for (const auto& [name, value] : values)
        if (name != "token") known.emplace(name, one_line(value));
    known.emplace("site", one_line(site.name));
    known.emplace("url", site.url);
    const auto token = values.find("token");
    known.emplace("link", token == values.end()
                              ? site.url + "/"
                              : fmt::format("{}/{}#token={}", site.url, page_of(kind),
                                            percent_encoded(token->second)));

    const std::string_view file = file_text(file_name(enum_name(kind), Form::text));
    const std::size_t end_of_subject = file.find('\n');
    Message message;
    message.to = std::move(to);
    message.subject =
        filled(file.substr(subject_label.size(), end_of_subject - subject_label.size()), known,
               Form::text);
    const std::string text = filled(file.substr(end_of_subject + 1), known, Form::text);
    message.text = filled(file_text(file_name("layout", Form::text)), known, Form::text,
                          text.substr(text.find_first_not_of('\n')));
    known.emplace("subject", message.subject);
    message.html =
        filled(file_text(file_name("layout", Form::html)), known, Form::html,
               filled(file_text(file_name(enum_name(kind), Form::html)), known, Form::html));
    return message;
}

} // namespace strikeoff::mail
