"""Each setting that is missing or wrong is explained in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.settings import MEANING, Misconfigured, settings_from_environment

RIGHT = {
    "TIERCE_DATABASE_URL": "postgresql://tierce@db/tierce",
    "TIERCE_NATS_URL": "nats://one:4222,nats://two:4222",
    "TIERCE_SMTP_URL": "smtp+starttls://user:word@mail:587",
    "TIERCE_SECRET_KEY": "x" * 32,
    "TIERCE_BASE_URL": "https://risk.example.com",
    "TIERCE_SENDER": "Supplier risk <risk@example.com>",
    "TIERCE_COMPANY": "Example",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in RIGHT.items():
        monkeypatch.setenv(name, value)


def complaints() -> list[str]:
    with pytest.raises(Misconfigured) as misconfigured:
        settings_from_environment()
    return misconfigured.value.sentences


def test_the_right_ones_are_taken() -> None:
    assert settings_from_environment().nats_servers == ["nats://one:4222", "nats://two:4222"]


@pytest.mark.parametrize("field", sorted(MEANING.keys() - {"company"}))
def test_a_missing_one_is_named_with_what_it_is(monkeypatch: pytest.MonkeyPatch, field: str) -> None:
    monkeypatch.delenv(f"TIERCE_{field.upper()}")
    assert complaints() == [f"TIERCE_{field.upper()} is not set: it is {MEANING[field]}."]


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("TIERCE_DATABASE_URL", "mysql://db", "must start with postgresql:// or postgres://"),
        ("TIERCE_NATS_URL", "nats://one, http://two", "must start with nats:// or tls://"),
        ("TIERCE_SMTP_URL", "mail.example", "must start with smtp://"),
        ("TIERCE_SECRET_KEY", "short", "is shorter than 32 characters"),
        ("TIERCE_BASE_URL", "risk.example.com", "must start with https:// or http://"),
        ("TIERCE_SENDER", "Supplier risk", "holds no mail address"),
        ("TIERCE_PORT", "eighty", "is wrong"),
        ("TIERCE_HEADS_URL", "s3://heads", "must start with https:// or http://"),
    ],
)
def test_a_wrong_one_is_named_with_why(monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str) -> None:
    monkeypatch.setenv(name, value)
    (sentence,) = complaints()
    assert sentence.startswith(f"{name} {reason}")


@pytest.mark.parametrize(
    ("given", "other"),
    [
        (("ACCESS_KEY",), "ACCESS_KEY"),
        (("SECRET_KEY",), "ACCESS_KEY"),
        (("ACCESS_KEY", "SECRET_KEY", "TOKEN"), "TOKEN"),
    ],
)
def test_a_store_of_heads_is_opened_in_one_way(
    monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...], other: str
) -> None:
    for name in given:
        monkeypatch.setenv(f"TIERCE_HEADS_{name}", "sesame")
    (sentence,) = complaints()
    assert sentence.startswith(f"TIERCE_HEADS_SECRET_KEY and TIERCE_HEADS_{other} ")
    assert "sesame" not in sentence


def test_all_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in RIGHT:
        monkeypatch.delenv(name)
    assert len(complaints()) == len(RIGHT) - 1  # the company has a default


def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIERCE_SECRET_KEY", "hunter2hunter2")
    assert "hunter2" not in str(complaints())


def test_a_file_beside_the_process_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIERCE_COMPANY")
    Path(".env").write_text("TIERCE_COMPANY=From the file\n")
    assert settings_from_environment().company == "From the file"
