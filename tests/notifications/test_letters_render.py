"""Every letter prints, in both parts, and nothing anybody is called can break out of its place."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from jinja2 import UndefinedError

from letter_specimens import DUE, LINK, SPECIMENS, Words
from notifications.addresses import BadAddress, BadLink
from notifications.letter import Correspondent, Envelope, House, Letter, message_id
from notifications.letters import questionnaire_invitation, sign_in_code
from notifications.stationery import TEMPLATES, render, stationery

HOSTILE = 'Evil "Ltd" <script>alert(1)</script> & <img src=x onerror=y>\r\nBcc: all@victim.example\n\nPay here:'
NAMES = sorted(SPECIMENS)


class Reader(HTMLParser):
    """Collects what a mail program would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def write(name: str, hostile: str = "") -> Letter:
    return SPECIMENS[name](Words(hostile))


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_both_parts_say_who_sent_it_and_why(name: str) -> None:
    letter = write(name)
    for part in (flat(letter.text), Reader(letter.html).text):
        assert "You get this" in part
        assert "Meridian Bank" in part
        assert "{{" not in part and "%(" not in part


@pytest.mark.parametrize("name", NAMES)
def test_every_link_of_the_html_part_is_in_the_text_part_and_as_plain_words(name: str) -> None:
    letter = write(name)
    reader = Reader(letter.html)
    for href in {attrs["href"] for tag, attrs in reader.tags if tag == "a"}:
        assert href and href in letter.text
    for href in {attrs["href"] for tag, attrs in reader.tags if tag == "a" and attrs.get("class") == "button"}:
        assert href and href in reader.text


@pytest.mark.parametrize("name", NAMES)
def test_no_letter_loads_anything_from_elsewhere(name: str) -> None:
    reader = Reader(write(name).html)
    assert not {"img", "link", "script", "iframe", "object", "form"} & {tag for tag, _ in reader.tags}
    assert not any("src" in attrs or "background" in attrs for _, attrs in reader.tags)
    assert "url(" not in write(name).html


@pytest.mark.parametrize("name", NAMES)
def test_styles_stand_in_the_elements_and_those_for_dark_and_narrow_screens_stay(name: str) -> None:
    html = write(name).html
    assert html.count("<style") == 1
    assert "prefers-color-scheme: dark" in html and "max-width: 480px" in html
    assert re.search(r'<h1 style="[^"]*font-size: 24px', html)


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_stay_words(name: str) -> None:
    letter = write(name, HOSTILE)
    reader = Reader(letter.html)
    assert not {"script", "img"} & {tag for tag, _ in reader.tags}
    assert not any(key.startswith("on") for _, attrs in reader.tags for key in attrs)
    assert "&lt;script&gt;" in letter.html and "&amp;lt;" not in letter.html
    assert "<script>" in letter.text, "the text part is not escaped"


@pytest.mark.parametrize("name", NAMES)
def test_no_name_starts_a_line_of_its_own_in_a_header_or_in_the_text_part(name: str) -> None:
    letter = write(name, HOSTILE)
    assert "\n" not in letter.subject + letter.to_name + letter.reply_to_name
    assert "\r" not in letter.subject + letter.to_name + letter.reply_to_name + letter.text
    assert not re.search(r"^\s*Pay here:$", letter.text, re.MULTILINE)
    assert "\nBcc:" not in letter.text.replace("\nBcc: all@victim.example Pay", " Bcc: all@victim.example Pay")


@pytest.mark.parametrize("name", NAMES)
def test_the_text_part_fits_a_terminal(name: str) -> None:
    lines = write(name).text.splitlines()
    assert all(len(line) <= 74 or line.strip().startswith("https://") for line in lines)
    assert "\n\n\n" not in write(name).text


def test_a_word_that_was_not_said_stops_the_printing() -> None:
    envelope = Envelope(key="k", house=House(name="M"), to=Correspondent(address="a@b.example"))
    with pytest.raises(UndefinedError):
        render("vendor_code", envelope, about="x", code="1")


def test_a_letter_to_no_address_or_with_a_link_to_a_script_is_not_written() -> None:
    words = Words()
    with pytest.raises(BadLink):
        questionnaire_invitation(
            words.envelope(),
            vendor="v",
            about="a",
            questions=1,
            minutes=1,
            due=DUE,
            link="javascript:x",
        )
    nobody = Envelope(key="k", house=House(name="M"), to=Correspondent(address="a@b.example, c@d.example"))
    with pytest.raises(BadAddress):
        sign_in_code(nobody, code="1", minutes=1)


@pytest.mark.parametrize("subject", ["a\nBcc: x@y.example", "a\r", "a\x00b", "", "a\u2028b"])
def test_a_letter_made_by_hand_is_checked_as_well(subject: str) -> None:
    with pytest.raises(ValueError, match="subject"):
        Letter(key="k", name="n", to="a@b.example", subject=subject, text="t", html="h")


def test_someone_without_a_name_is_greeted_without_one() -> None:
    envelope = Envelope(key="k", house=House(name="M"), to=Correspondent(address="a@b.example"))
    letter = sign_in_code(envelope, code="123 456", minutes=10)
    assert letter.text.startswith("Hello,\n") and letter.fleeting


def test_the_message_id_depends_on_the_key_alone() -> None:
    assert message_id("a", "x.example") == message_id("a", "x.example")
    assert message_id("a", "x.example") != message_id("b", "x.example")
    assert message_id("a b\r\n<>", "x.example").isprintable()


def test_only_html_is_escaped() -> None:
    shop = stationery("en")
    assert shop.from_string("{{ '<' }}").render() == "<"
    assert {path.suffix for path in TEMPLATES.rglob("*") if path.is_file()} == {".txt", ".html", ".css"}
    for folder in (path for path in TEMPLATES.iterdir() if path.is_dir()):
        assert {path.name for path in folder.iterdir()} == {"subject.txt", "body.txt", "body.html"}


def test_the_link_is_in_the_invitation_twice_once_as_a_button() -> None:
    letter = write("invitation")
    assert [attrs["href"] for tag, attrs in Reader(letter.html).tags if tag == "a"] == [LINK, LINK]
