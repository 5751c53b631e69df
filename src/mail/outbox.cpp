#include "mail/outbox.hpp"

#include "core/json.hpp"
#include "mail/message.hpp"
#include "mail/templates.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>

namespace strikeoff::mail {
namespace {

// The clock of tests moves, so the columns' defaults will not do.
const db::Statement<void(MailId, std::optional<UserId>, std::string, std::string, Bytes)>
    insert_mail{{"mail.insert_mail", R"sql(
    INSERT INTO mails (id, user_id, kind, recipient, sealed, available_at, created_at)
    SELECT $1, $2, $3, $4, $5, t.now, t.now FROM (SELECT strikeoff.clock() AS now) t)sql"}};

} // namespace

SealedPlace place_of(MailId id) {
    return {.table = "mails", .column = "sealed", .row = id.uuid};
}

Values open_values(const Keys& keys, MailId id, const Bytes& sealed) {
    const Bytes plain = keys.open(sealed, place_of(id));
    const auto document = parse_json_strict(as_text(plain));
    if (!document || !document->is_object()) throw std::runtime_error("a mail has no payload");
    Values values;
    for (const auto& member : document->get_object())
        values.emplace(member.key(), std::string(member.value().as_string()));
    return values;
}

Outbox::Outbox(const Keys& keys, const Clock& clock) : keys_{keys}, clock_{clock} {
    check_templates();
}

Result<MailId> Outbox::put(db::Connection& connection, const Mail& mail) const {
    if (!is_address(mail.recipient))
        return fail(ErrorCode::invalid_input, "mail.address_malformed",
                    "that is no address to send to");
    boost::json::object payload;
    for (const auto& [name, value] : mail.values)
        payload.emplace(name, value);
    const MailId id{random_uuid(clock_.now())};
    connection.run(insert_mail, id, mail.user, std::string(enum_name(mail.kind)), mail.recipient,
                   keys_.seal(as_bytes(boost::json::serialize(payload)), place_of(id)));
    return id;
}

} // namespace strikeoff::mail
