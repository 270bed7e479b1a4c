"""A signed head says one thing only, to everyone who holds the public key, however it reached them."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from events.tree.heads import heads, signed
from events.tree.notes import NoKey, new_key, private_key, public_key

KEY = new_key("risk.example.com/tierce")
AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
NOTE = signed(KEY, size=42, root=b"r" * 32, at=AT)

GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="


def test_the_signature_of_another_implementation_is_understood() -> None:
    from base64 import b64decode

    assert public_key(GO_KEY).signed(GO_TEXT, b64decode(GO_SIGNATURE))
    assert not public_key(GO_KEY).signed(GO_TEXT + "\n", b64decode(GO_SIGNATURE))


def test_a_head_reads_as_it_was_signed() -> None:
    (head,) = heads(NOTE)
    assert (head.origin, head.size, head.root, head.time) == (KEY.name, 42, b"r" * 32, "2026-01-05T12:00:00Z")
    assert head.signed_by([public_key(GO_KEY), KEY.public]) == KEY.public


def test_a_head_changed_anywhere_is_signed_by_nobody() -> None:
    for old, new in (("42", "43"), ("cnJy", "cnJz"), ("12:00", "12:01"), ("risk.", "desk.")):
        for head in heads(NOTE.replace(old, new)):
            assert head.signed_by([KEY.public]) is None
    assert heads(NOTE)[0].signed_by([new_key(KEY.name).public]) is None


def test_heads_are_found_in_a_file_of_many_in_quoted_text_and_in_a_saved_mail() -> None:
    later = signed(KEY, size=99, root=b"s" * 32, at=AT)
    mail = EmailMessage()
    mail.set_content(f"Please keep this:\n\n    {NOTE.replace(chr(10), chr(10) + '    ')}\nBest")
    mail.add_alternative("<p>Please keep this</p>", subtype="html")
    quoted = "".join(f"> {line}\r\n" for line in NOTE.splitlines())
    for text, sizes in ((f"{NOTE}\n{later}\n", [42, 99]), (quoted, [42]), (mail.as_string(), [42])):
        found = heads(text)
        assert [head.size for head in found] == sizes
        assert all(head.signed_by([KEY.public]) for head in found)


def test_keys_are_read_as_they_are_written() -> None:
    assert private_key(f"{KEY}\n").public == public_key(f"{KEY.public}\n") == KEY.public


@pytest.mark.parametrize(
    "wrong",
    ["", "a+b", str(KEY.public).replace("risk", "desk"), str(KEY.public)[:-8]],
    ids=["nothing", "no key", "another name", "cut off"],
)
def test_what_is_no_key_is_refused(wrong: str) -> None:
    with pytest.raises(NoKey):
        public_key(wrong)
    with pytest.raises(NoKey):
        private_key(f"PRIVATE+KEY+{wrong}")
