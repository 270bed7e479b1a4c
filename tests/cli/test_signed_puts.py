"""Heads are put into a store that speaks as S3 does, with requests that it believes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from cli.sealing.places import store_of
from cli.sealing.publishing import Publishing
from cli.sealing.sigv4 import Keys, signed
from clock import MovableClock
from events.tree.heads import heads
from tests.cli.bucket import Bucket, bucket
from tests.cli.test_sealing import Mailed, Tree, publishing, settings

OURS = Keys("AKIAHEADS", "s3cret/with+signs", "eu-central-1")
PUBLISHED = Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1")
"""Of the examples in the documentation of S3 ("Signature calculations for the Authorization header")."""


@pytest.fixture
def there(clock: MovableClock) -> Iterator[Bucket]:
    with bucket(*OURS, clock.now()) as running:
        yield running


def press(folder: Path, there: Bucket, clock: MovableClock, keys: Keys = OURS) -> Publishing:
    given = settings(
        folder,
        heads_url=f"{there.url}/heads of ours/(1)/",
        heads_access_key=keys.id,
        heads_secret_key=keys.secret,
        heads_region=keys.region,
    )
    return publishing(given, clock, Mailed())


@pytest.mark.parametrize(
    ("method", "name", "body", "headers", "signature"),
    [
        ("PUT", "test$file.text", b"Welcome to Amazon S3.",
         {"Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"},
         "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
        ("GET", "test.txt", b"", {"Range": "bytes=0-9"},
         "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
    ],
)  # fmt: skip
def test_the_published_examples_are_signed_as_published(
    method: str, name: str, body: bytes, headers: dict[str, str], signature: str
) -> None:
    url, at = f"https://examplebucket.s3.amazonaws.com/{name}", datetime(2013, 5, 24, tzinfo=UTC)
    request = signed(method, url, body, headers, keys=PUBLISHED, at=at)
    assert (request.get_header("Authorization") or "").endswith(f"Signature={signature}")


async def test_a_head_is_put_signed_and_what_is_there_is_not_replaced(
    tmp_path: Path, there: Bucket, clock: MovableClock
) -> None:
    for _ in range(2):  # another process, or this one started again, within the same second
        await press(tmp_path, there, clock).look(Tree())
    assert there.answers == ["", "PreconditionFailed"]
    ((path, note),) = there.objects.items()
    assert path.startswith("/heads%20of%20ours/%281%29/000000000042-2026")
    assert heads(note.decode()) == heads((tmp_path / "heads").read_text())[:1]


async def test_what_the_store_says_that_refuses_is_in_the_log_of_the_process_and_the_head_is_put_later(
    tmp_path: Path, there: Bucket, clock: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        await press(tmp_path, there, clock, OURS._replace(secret="wrong")).look(Tree())
    assert "SignatureDoesNotMatch" in caplog.text and "wrong" not in caplog.text
    there.now += timedelta(hours=1)
    late = press(tmp_path, there, clock)
    await late.look(Tree())
    there.now, late._at = clock.now(), float("-inf")
    await late.look(Tree())
    assert there.answers == ["SignatureDoesNotMatch", "RequestTimeTooSkewed", ""]


@pytest.mark.parametrize("changed", ["note", "name", "If-None-Match", "Content-Type"])
def test_a_request_that_was_changed_on_its_way_is_refused(
    tmp_path: Path, there: Bucket, clock: MovableClock, changed: str
) -> None:
    given = settings(tmp_path, heads_url=there.url, heads_access_key=OURS.id, heads_secret_key=OURS.secret,
                     heads_region=OURS.region)  # fmt: skip
    store = store_of(given)
    assert store
    request = store.request("42.txt", b"a head", clock.now())
    if changed == "note":
        request.data = b"another"
    elif changed == "name":
        request.full_url = f"{there.url}/43.txt"
    else:
        request.add_header(changed, "text/html")
    with pytest.raises(HTTPError, match="403"):
        urlopen(request, timeout=5)
    assert not there.objects
