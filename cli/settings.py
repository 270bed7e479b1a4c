"""What an instance is told from outside: TIERCE_… variables or a .env file, each wrong one explained."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

SCHEMES = {
    "database_url": ("postgresql://", "postgres://"),
    "nats_url": ("nats://", "tls://"),
    "smtp_url": ("smtp://", "smtps://", "smtp+starttls://"),
    "base_url": ("https://", "http://"),
    "heads_url": ("https://", "http://"),
}

MEANING = {
    "database_url": "the PostgreSQL database, such as postgresql://tierce:password@db.example/tierce",
    "nats_url": "the NATS servers with JetStream, such as nats://token@nats-1.example:4222",
    "smtp_url": "the mail server, such as smtp+starttls://user:password@mail.example:587",
    "secret_key": "a random text of at least 32 characters that signs sessions and links; keep it secret",
    "base_url": "the address people and vendors reach Tierce at, such as https://risk.example.com",
    "sender": "the address mails come from, such as Supplier risk <risk@example.com>",
    "company": "the name of your company, as vendors know it",
}
"""What each setting is, in the words of the message when it is missing or wrong."""


class Misconfigured(Exception):
    """Settings are missing or wrong; one sentence for each."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def _starts(setting: str) -> AfterValidator:
    def check(value: str) -> str:
        for address in value.split(","):
            if not address.strip().startswith(SCHEMES[setting]):
                raise ValueError(f"must start with {' or '.join(SCHEMES[setting])}")
        return value

    return AfterValidator(check)


def _long_enough(key: SecretStr) -> SecretStr:
    if len(key.get_secret_value()) < 32:
        raise ValueError("is shorter than 32 characters")
    return key


def _an_address(sender: str) -> str:
    if "@" not in sender:
        raise ValueError("holds no mail address")
    return sender


def _one_way_in(secret: SecretStr | None, others: ValidationInfo) -> SecretStr | None:
    """How a store of heads is opened: by signed requests, by a bearer's token, or by neither."""
    if (secret is None) != (others.data.get("heads_access_key") is None):
        raise ValueError("and TIERCE_HEADS_ACCESS_KEY go together: set both or neither")
    if secret and others.data.get("heads_token"):
        raise ValueError("and TIERCE_HEADS_TOKEN are two ways into one store: set one of them")
    return secret


class Settings(BaseSettings):
    """Immutable once read."""

    model_config = SettingsConfigDict(env_prefix="TIERCE_", env_file=".env", extra="ignore", frozen=True)

    database_url: Annotated[str, _starts("database_url")]
    nats_url: Annotated[str, _starts("nats_url")]
    smtp_url: Annotated[str, _starts("smtp_url")]
    secret_key: Annotated[SecretStr, AfterValidator(_long_enough)]
    base_url: Annotated[str, _starts("base_url")]
    sender: Annotated[str, AfterValidator(_an_address)]
    company: Annotated[str, Field(min_length=1)] = "Your company"
    owner_url: str | None = None
    """Used by `tierce migrate` alone, when the database's owner is another role than the application's."""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    nats_replicas: Literal[1, 3, 5] = 1
    """How many of a cluster's servers keep each stream."""
    database_connections: int = Field(default=10, ge=2)
    signing_key: Path | None = None
    """The key that signs heads of the log; made at the first start. Without one nothing is signed."""
    heads_file: Path | None = None
    """Signed heads are added to it."""
    heads_url: Annotated[str, _starts("heads_url")] | None = None
    """Signed heads are PUT under it, each under a name of its own, with heads_token as bearer if it is set."""
    heads_token: SecretStr | None = None
    heads_access_key: str | None = None
    """For a store that speaks as S3 does: requests are signed with it and its secret, for its region."""
    heads_secret_key: Annotated[SecretStr | None, AfterValidator(_one_way_in)] = Field(
        default=None, validate_default=True
    )
    heads_region: Annotated[str, Field(min_length=1)] = "us-east-1"
    heads_to: str = ""
    """Addresses, separated by commas, that a signed head is mailed to each day."""
    log_format: Literal["auto", "json", "console"] = "auto"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    mailbox: bool = False
    """The mailbox page, in `tierce up` only."""
    mail_folder: Path | None = None
    """Where its mails are, for who erases a person."""
    demo: bool = False
    """One click signs in as each demo person; honoured on loopback only."""

    @property
    def nats_servers(self) -> list[str]:
        return [server.strip() for server in self.nats_url.split(",")]

    @property
    def heads_readers(self) -> list[str]:
        return [address.strip() for address in self.heads_to.split(",") if address.strip()]


def settings_from_environment() -> Settings:
    """The settings, or every reason why not at once."""
    try:
        return Settings()  # type: ignore[call-arg]  # its fields come from the environment
    except ValidationError as invalid:
        raise Misconfigured(
            [_sentence(error["loc"], error["type"], error["msg"]) for error in invalid.errors()]
        ) from None


def _sentence(where: tuple[int | str, ...], kind: str, message: str) -> str:
    field = str(where[0])
    name = f"TIERCE_{field.upper()}"
    meaning = f": it is {MEANING[field]}" if field in MEANING else ""
    if kind == "missing":
        return f"{name} is not set{meaning}."
    reason = message.removeprefix("Value error, ")
    return f"{name} {reason}{meaning}." if kind == "value_error" else f"{name} is wrong ({reason.lower()}){meaning}."
