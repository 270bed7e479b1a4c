"""The message of a letter: headers that mean what they say, and nothing smuggled in."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letter_specimens import LINK, SPECIMENS, Words
from notifications.addresses import BadAddress, mail_address, one_line, person_name
from notifications.letter import Correspondent, Envelope, House, Letter, message_id
from notifications.letters import sign_in_code
from notifications.message import compose, sender_mailbox

AT = datetime(2026, 12, 8, 10, 42, tzinfo=UTC)
SENDER = sender_mailbox("Meridian Bank supplier review <review@meridian.example>")
HEADERS = {"From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress"}


def wire(letter: Letter) -> EmailMessage:
    return message_from_bytes(compose(letter, SENDER, AT).as_bytes(), policy=policy.default)


@pytest.mark.parametrize("name", sorted(SPECIMENS))
def test_a_letter_goes_as_text_and_html_and_comes_out_as_it_went_in(name: str) -> None:
    letter = SPECIMENS[name](Words())
    message = wire(letter)
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().replace("\r\n", "\n") == letter.text
    assert html.get_content().replace("\r\n", "\n").rstrip() == letter.html.rstrip()
    assert not message.defects


def test_the_headers_say_who_when_and_that_a_machine_wrote() -> None:
    letter = SPECIMENS["invitation"](Words())
    message = wire(letter)
    assert message["From"] == "Meridian Bank supplier review <review@meridian.example>"
    assert message["To"] == "Priya Raman <priya@northwind.example>"
    assert message["Reply-To"] == "Dana Whitfield <dana.whitfield@meridian.example>"
    assert message["Date"] == "Tue, 08 Dec 2026 10:42:00 +0000"
    assert message["Message-ID"] == message_id(letter.key, "meridian.example")
    assert message["Auto-Submitted"] == "auto-generated"
    assert set(message.keys()) - {"MIME-Version", "Content-Type"} == HEADERS


def test_a_letter_that_continues_another_is_threaded_under_it() -> None:
    house, to = House(name="Meridian Bank"), Correspondent(address="priya@northwind.example")
    message = wire(sign_in_code(Envelope(key="b", house=house, to=to, in_reply_to="a"), code="1", minutes=1))
    assert message["In-Reply-To"] == message["References"] == message_id("a", "meridian.example")


def test_every_line_on_the_wire_is_short_enough_for_any_server() -> None:
    for specimen in SPECIMENS.values():
        content = compose(specimen(Words()), SENDER, AT).as_bytes()
        assert content.isascii() and max(map(len, content.split(b"\r\n"))) <= 998
        assert content.count(b"\n") == content.count(b"\r\n")


@given(name=st.text(max_size=300), subject=st.text(max_size=400))
def test_whatever_someone_is_called_the_headers_stay_ours(name: str, subject: str) -> None:
    letter = Letter(
        key=name,
        name="any",
        to="priya@northwind.example",
        to_name=person_name(name),
        subject=one_line(subject) or "-",
        text="t\n",
        html="<p>h</p>",
        reply_to="dana@meridian.example",
        reply_to_name=person_name(name),
    )
    message = wire(letter)
    assert set(message.keys()) - {"MIME-Version", "Content-Type"} == HEADERS
    assert [address for _, address in getaddresses([str(message["To"])])] == ["priya@northwind.example"]
    assert [each.addr_spec for each in message["Reply-To"].addresses] == ["dana@meridian.example"]
    assert str(message["Subject"]).split() == letter.subject.split()


@pytest.mark.parametrize(
    "address",
    [
        "", "plain", "@x.example", "a@", "a b@x.example", "a@x.example\nBcc: c@d.example", "a@x.example,b@y.example",
        "<a@x.example>", "a@x..example", "a@-x.example", ".a@x.example", "a..b@x.example", '"a"@x.example',
        "a@b@c.example",
        "a\x00@x.example", "a\u202e@x.example", "a@x.example>", "a" * 65 + "@x.example", "a@" + "x" * 64 + ".example",
        "a@" + "x." * 125 + "example",
    ],
)  # fmt: skip
def test_what_is_no_single_address_is_refused(address: str) -> None:
    with pytest.raises(BadAddress):
        mail_address(address)


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("Priya@Northwind.Example", "Priya@northwind.example"),
        (" a.b+c@x.example ", "a.b+c@x.example"),
        ("post@bücher.example", "post@xn--bcher-kva.example"),
        ("jörg@x.example", "jörg@x.example"),
        ("root@localhost", "root@localhost"),
        ("o'neil@x.example", "o'neil@x.example"),
    ],
)
def test_an_ordinary_address_is_taken(written: str, used: str) -> None:
    assert mail_address(written) == used


def test_names_lose_what_could_end_them_or_turn_them_around() -> None:
    assert person_name('Eve" <all@x.example>,') == "Eve all x.example"
    assert person_name("Zo\u202eë\r\nBcc: x") == "Zoë Bcc x"
    assert one_line("a\tb\n\nc\u2028d") == "a b c d"
    assert len(one_line("x" * 500)) == 180


def test_the_sender_may_be_an_address_alone_but_must_be_one() -> None:
    assert sender_mailbox("review@meridian.example") == Address("", "review", "meridian.example")
    with pytest.raises(BadAddress):
        sender_mailbox("nobody")


def test_the_link_survives_the_encoding_of_the_text_part() -> None:
    assert LINK in next(iter(wire(SPECIMENS["invitation"](Words())).iter_parts())).get_content()
