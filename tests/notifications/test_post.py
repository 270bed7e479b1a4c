"""The post against real servers on loopback: what each answer, and each silence, is taken for."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from clock import MovableClock
from letter_specimens import SPECIMENS, Words
from notifications.letter import Letter
from notifications.outcome import Later, Refused, Sent, Unknown
from notifications.post import Post
from notifications.server import BadServer, MailServer
from sink import SmtpSink

SENDER = "Meridian Bank supplier review <review@meridian.example>"
LETTER = SPECIMENS["invitation"](Words())
PRIYA = LETTER.to


@asynccontextmanager
async def post(url: str, **options: object) -> AsyncIterator[Post]:
    opened = Post(url, SENDER, clock=MovableClock(), **options)  # type: ignore[arg-type]
    try:
        yield opened
    finally:
        await opened.close()


Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server(script: Script, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """A server that does what the script says, on every connection."""

    async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await script(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(session, "127.0.0.1", 0, ssl=tls)
    try:
        yield f"127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    finally:
        listening.close()


async def until(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, stop: str) -> None:
    """Agree to everything before the command `stop`, and read that."""
    writer.write(b"220 here\r\n")
    while not (line := await reader.readuntil(b"\r\n")).upper().startswith(stop.encode()):
        writer.write(b"354 go\r\n" if line.startswith(b"DATA") else b"250 ok\r\n")


async def body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await until(reader, writer, "DATA")
    writer.write(b"354 go\r\n")
    await reader.readuntil(b"\r\n.\r\n")


async def test_what_the_server_takes_is_sent(smtp_sink: SmtpSink) -> None:
    async with post(smtp_sink.url) as outgoing:
        assert isinstance(await outgoing.send(LETTER), Sent)
    assert smtp_sink.to(PRIYA)[0]["Subject"] == LETTER.subject
    assert smtp_sink.envelopes[0].mail_from == "review@meridian.example"


@pytest.mark.parametrize(("code", "kind"), [(550, Refused), (552, Refused), (450, Later), (421, Later)])
async def test_an_answer_about_the_recipient_is_taken_by_its_code(
    smtp_sink: SmtpSink, code: int, kind: type[Refused] | type[Later]
) -> None:
    smtp_sink.refuse(PRIYA, f"{code} because")
    async with post(smtp_sink.url) as outgoing:
        assert await outgoing.send(LETTER) == kind(code, "because")
        smtp_sink.accept(PRIYA)
        assert isinstance(await outgoing.send(LETTER), Sent), "the line is ready for the next letter"


@pytest.mark.parametrize(("code", "kind"), [(554, Refused), (451, Later)])
async def test_an_answer_about_the_content_is_taken_by_its_code(
    smtp_sink: SmtpSink, code: int, kind: type[Refused] | type[Later]
) -> None:
    smtp_sink.answer(f"{code} no")
    async with post(smtp_sink.url) as outgoing:
        assert await outgoing.send(LETTER) == kind(code, "no")
        assert isinstance(await outgoing.send(LETTER), Sent)
        assert outgoing.opened == 1


async def test_a_server_that_hangs_up_after_the_content_leaves_it_unknown(smtp_sink: SmtpSink) -> None:
    smtp_sink.answer("drop")
    async with post(smtp_sink.url) as outgoing:
        assert isinstance(await outgoing.send(LETTER), Unknown)
        assert isinstance(await outgoing.send(LETTER), Sent)


async def test_silence_after_the_content_is_unknown_when_the_deadline_passes() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await body(reader, writer)
        await reader.read()

    async with server(silent) as at, post(f"smtp://{at}", deadline=0.3) as outgoing:
        assert isinstance(await outgoing.send(LETTER), Unknown)


async def test_an_answer_nobody_can_read_after_the_content_is_unknown() -> None:
    async def babbling(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await body(reader, writer)
        writer.write(b"what?\r\n")
        await reader.read()

    async with server(babbling) as at, post(f"smtp://{at}", deadline=2) as outgoing:
        assert isinstance(await outgoing.send(LETTER), Unknown)


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT"])
@pytest.mark.parametrize("silent", [True, False])
async def test_silence_or_a_broken_line_before_the_content_means_later(command: str, silent: bool) -> None:
    async def broken(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await until(reader, writer, command)
        if silent:
            await reader.read()

    async with server(broken) as at, post(f"smtp://{at}", deadline=0.3) as outgoing:
        outcome = await outgoing.send(LETTER)
        assert isinstance(outcome, Later) and outcome.code is None and not outcome.misconfigured


async def test_nobody_listening_means_later(unused_tcp_port: int) -> None:
    async with post(f"smtp://127.0.0.1:{unused_tcp_port}") as outgoing:
        outcome = await outgoing.send(LETTER)
        assert isinstance(outcome, Later) and "127.0.0.1" in outcome.text


@pytest.mark.parametrize("greeting", ["421 too busy", "554 not you"])
async def test_a_server_that_does_not_let_us_in_means_later(greeting: str) -> None:
    async def closed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting.encode() + b"\r\n")
        await reader.read()

    async with server(closed) as at, post(f"smtp://{at}") as outgoing:
        code, _, text = greeting.partition(" ")
        assert await outgoing.send(LETTER) == Later(int(code), text)


async def test_connections_are_used_again_and_never_more_than_four(smtp_sink: SmtpSink) -> None:
    async with post(smtp_sink.url) as outgoing:
        outcomes = await asyncio.gather(*(outgoing.send(LETTER) for _ in range(40)))
        assert all(isinstance(each, Sent) for each in outcomes)
        assert outgoing.opened == smtp_sink.connections == 4


async def test_a_line_the_server_closed_while_idle_is_replaced_without_anyone_noticing() -> None:
    letters = []

    async def one_each(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await body(reader, writer)
        letters.append(1)
        writer.write(b"250 ok\r\n")
        await until(reader, writer, "MAIL")

    async with server(one_each) as at, post(f"smtp://{at}", deadline=5) as outgoing:
        assert [type(await outgoing.send(LETTER)) for _ in range(3)] == [Sent] * 3
    assert len(letters) == 3


async def test_an_address_beyond_ascii_needs_a_server_that_can(smtp_sink: SmtpSink) -> None:
    letter = Letter(key="k", name="n", to="jörg@x.example", subject="s", text="t", html="h")
    async with post(smtp_sink.url) as outgoing:
        assert isinstance(await outgoing.send(letter), Sent)
    assert smtp_sink.envelopes[0].rcpt_tos == ["jörg@x.example"]

    async def ascii_only(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await until(reader, writer, "QUIT")

    async with server(ascii_only) as at, post(f"smtp://{at}") as outgoing:
        assert isinstance(await outgoing.send(letter), Refused)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody but its own holder vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    start = MovableClock().now() - timedelta(days=1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=3650))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "loopback.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


def serving(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


class Keeper:
    """Keeps what arrives, from those who know the password."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []

    async def handle_DATA(self, server: SMTP, session: object, envelope: object) -> str:  # noqa: N802
        self.kept.append(envelope.content)  # type: ignore[attr-defined]
        return "250 OK"


def sign_in(server: SMTP, session: object, envelope: object, mechanism: str, data: object) -> AuthResult:
    return AuthResult(success=data.password == b"p@ss:word", handled=False)  # type: ignore[attr-defined]


@asynccontextmanager
async def guarded(keeper: Keeper, certificate: Path, *, starttls: bool) -> AsyncIterator[str]:
    loop, context = asyncio.get_running_loop(), serving(certificate)
    listening = await loop.create_server(
        lambda: SMTP(
            keeper,
            hostname="guarded",
            loop=loop,
            tls_context=context if starttls else None,
            require_starttls=starttls,
            authenticator=sign_in,
            auth_required=True,
            auth_require_tls=starttls,
        ),
        "127.0.0.1",
        0,
        ssl=None if starttls else context,
    )
    yield f"127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    listening.close()


@pytest.mark.parametrize(("scheme", "starttls"), [("smtps", False), ("smtp+starttls", True)])
async def test_a_letter_goes_encrypted_with_user_and_password(certificate: Path, scheme: str, starttls: bool) -> None:
    keeper = Keeper()
    async with (
        guarded(keeper, certificate, starttls=starttls) as at,
        post(f"{scheme}://us%40x:p%40ss%3Aword@{at}", tls=trusting(certificate)) as outgoing,
    ):
        assert isinstance(await outgoing.send(LETTER), Sent)
    assert len(keeper.kept) == 1


@pytest.mark.parametrize(("scheme", "starttls"), [("smtps", False), ("smtp+starttls", True)])
async def test_a_wrong_password_is_our_mistake_and_costs_no_letter(
    certificate: Path, scheme: str, starttls: bool
) -> None:
    async with (
        guarded(Keeper(), certificate, starttls=starttls) as at,
        post(f"{scheme}://us:wrong@{at}", tls=trusting(certificate)) as outgoing,
    ):
        outcome = await outgoing.send(LETTER)
        assert isinstance(outcome, Later) and outcome.misconfigured and "password" in outcome.text


@pytest.mark.parametrize(("scheme", "starttls"), [("smtps", False), ("smtp+starttls", True)])
async def test_a_certificate_nobody_vouches_for_is_said_loudly(certificate: Path, scheme: str, starttls: bool) -> None:
    async with (
        guarded(Keeper(), certificate, starttls=starttls) as at,
        post(f"{scheme}://us:p%40ss%3Aword@{at}") as outgoing,
    ):
        outcome = await outgoing.send(LETTER)
        assert isinstance(outcome, Later) and outcome.misconfigured
        assert outcome.text.startswith("MAIL SERVER SETTINGS ARE WRONG") and "certificate" in outcome.text


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
async def test_encryption_that_was_asked_for_is_never_done_without(smtp_sink: SmtpSink, scheme: str) -> None:
    async with post(f"{scheme}://127.0.0.1:{smtp_sink.port}", deadline=3) as outgoing:
        outcome = await outgoing.send(LETTER)
        assert isinstance(outcome, Later) and outcome.misconfigured
    assert smtp_sink.messages == []


def test_the_address_of_the_server_is_read_with_its_usual_port() -> None:
    assert MailServer.at("smtp://mail.example") == MailServer("smtp", "mail.example", 25)
    assert MailServer.at("smtps://u:p%2F@mail.example") == MailServer("smtps", "mail.example", 465, "u", "p/")
    assert MailServer.at("smtp+starttls://[::1]:2525").port == 2525
    assert "p/" not in repr(MailServer.at("smtps://u:p%2F@mail.example"))


@pytest.mark.parametrize("url", ["", "mail.example", "http://mail.example", "smtp://", "smtp://x:port", "smtp://u:p@x"])
def test_an_address_that_cannot_work_is_refused_at_once(url: str) -> None:
    with pytest.raises(BadServer):
        MailServer.at(url)
