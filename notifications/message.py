"""A letter as it goes over the wire: RFC 5322 headers, a text part and an HTML part."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr

from notifications.addresses import BadAddress, mail_address, person_name
from notifications.letter import Letter, message_id


def mailbox(address: str, name: str = "") -> Address:
    local, _, domain = mail_address(address).rpartition("@")
    return Address(person_name(name), local, domain)


def sender_mailbox(text: str) -> Address:
    """`Meridian Bank supplier review <review@meridian.example>`, or the address alone."""
    name, address = parseaddr(text)
    if not address.isascii():
        raise BadAddress(text)
    return mailbox(address, name)


def compose(letter: Letter, sender: Address, at: datetime) -> EmailMessage:
    """The message of a letter; every header is made of checked parts, so none can bring another with it."""
    message = EmailMessage(policy=SMTP if letter.to.isascii() else SMTPUTF8)
    message["From"] = sender
    message["To"] = mailbox(letter.to, letter.to_name)
    if letter.reply_to:
        message["Reply-To"] = mailbox(letter.reply_to, letter.reply_to_name)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id(letter.key, sender.domain)
    if letter.in_reply_to:
        message["In-Reply-To"] = message["References"] = message_id(letter.in_reply_to, sender.domain)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return message
