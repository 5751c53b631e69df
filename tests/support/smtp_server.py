#!/usr/bin/python3
"""A mail server for the tests, on this machine alone: aiosmtpd, which speaks SMTP, STARTTLS and AUTH.

Each mail it takes becomes a file NNNN.json in --directory, with the bytes as they came and with
what Python's own reader of mails makes of them. What becomes of a mail is said by its recipient:

    gone@...    550 to RCPT                  busy@...    451 to the first RCPT, then taken
    spam@...    554 to the mail itself       slow@...    no answer to RCPT for a minute
    held@...    taken, but the first time without an answer for a minute

Prints `listening PORT` when it is ready. Ends with its standard output, or by a signal.
"""

import argparse
import asyncio
import email
import email.policy
import json
import os
import ssl

from aiosmtpd.smtp import SMTP, AuthResult

PATIENCE_OF_TESTS = 60


def parsed(raw):
    """What a mail program would show, and everything that is wrong with the mail."""
    message = email.message_from_bytes(raw, policy=email.policy.SMTP)
    sender = message["from"].addresses[0]
    plain = message.get_body(("plain",))
    html = message.get_body(("html",))
    parts = list(message.walk())
    defects = [str(defect) for part in parts for defect in part.defects]
    defects += [str(defect) for name in message.keys() for defect in message[name].defects]
    return {
        "subject": str(message["subject"]),
        "from_name": sender.display_name,
        "from_address": sender.addr_spec,
        "to": str(message["to"]),
        "message_id": str(message["message-id"]),
        "date": message["date"].datetime.isoformat(),
        "auto_submitted": str(message["auto-submitted"]),
        "text": plain.get_content().replace("\r\n", "\n"),
        "html": html.get_content().replace("\r\n", "\n"),
        "types": [part.get_content_type() for part in parts],
        "headers": message.keys(),
        "defects": defects,
    }


class Handler:
    def __init__(self, directory):
        self.directory = directory
        self.count = len([name for name in os.listdir(directory) if name.endswith(".json")])
        self.seen = set()

    def is_first(self, word, address):
        known = (word, address) in self.seen
        self.seen.add((word, address))
        return not known

    async def handle_RCPT(self, server, session, envelope, address, options):
        word = address.split("@")[0]
        if word == "gone":
            return f"550 5.1.1 <{address}> is unknown here"
        if word == "busy" and self.is_first(word, address):
            return "451 4.3.0 try again later"
        if word == "slow":
            await asyncio.sleep(PATIENCE_OF_TESTS)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        word = envelope.rcpt_tos[0].split("@")[0]
        if word == "spam":
            return "554 5.7.1 we do not like it"
        raw = envelope.original_content
        lines = raw.split(b"\r\n")
        mail = {
            "mail_from": envelope.mail_from,
            "recipients": envelope.rcpt_tos,
            "encrypted": session.ssl is not None or server.transport.get_extra_info("sslcontext")
            is not None,
            "authenticated": bool(session.authenticated),
            "ascii": raw.isascii(),
            "bare_breaks": sum(line.count(b"\r") + line.count(b"\n") for line in lines),
            "longest_line": max(len(line) for line in lines),
            **parsed(raw),
        }
        name = os.path.join(self.directory, f"{self.count:04}.json")
        self.count += 1
        with open(name + ".part", "w", encoding="utf-8") as out:
            json.dump(mail, out)
        os.rename(name + ".part", name)
        if word == "held" and self.is_first(word, envelope.rcpt_tos[0]):
            await asyncio.sleep(PATIENCE_OF_TESTS)
        return "250 2.0.0 taken"


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--directory", required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--tls", choices=["none", "offered", "required", "implicit"],
                        default="none")
    parser.add_argument("--user")
    parser.add_argument("--password")
    return parser.parse_args()


async def serve(options):
    loop = asyncio.get_running_loop()
    handler = Handler(options.directory)
    context = None
    if options.tls != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate, options.key)

    def authenticate(server, session, envelope, mechanism, data):
        right = (options.user.encode(), options.password.encode())
        # `handled` would mean that the answer was sent already.
        return AuthResult(success=(data.login, data.password) == right, handled=False)

    def connection():
        extra = {}
        if options.tls in ("offered", "required"):
            extra = {"tls_context": context, "require_starttls": options.tls == "required"}
        if options.user:
            extra |= {"authenticator": authenticate, "auth_required": True}
        return SMTP(handler, hostname="mail.test", loop=loop, **extra)

    server = await loop.create_server(
        connection, options.host, options.port, ssl=context if options.tls == "implicit" else None)
    print("listening", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(arguments()))
